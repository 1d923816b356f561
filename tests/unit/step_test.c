/*
 * Steps: what a citizen sends and what comes of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/dialogue.h"

#define ROOT                                                      \
	"Huduma za Serikali\n3 Jaribio\n6 Maji\n7 Haipo\n8 Elimu" \
	"\n99 English"
#define ROOT_EN                                                          \
	"Government services\n3 Trial\n6 Water\n7 Absent\n8 Education\n" \
	"99 Kiswahili"
#define NAV   "\n0 Rudi\n00 Mwanzo"
#define WATER "Huduma za Maji\n1 Uliza deni\n2 Toa taarifa ya uvujaji"
#define ASK   "Ingiza namba ya akaunti ya maji (mf. A1234567)" NAV
#define MANY                                                        \
	"Chagua mkoa wako\n1 Arusha na wilaya zake zote\n"          \
	"2 Dar es Salaam\n3 Dodoma, makao makuu\n4 Kilimanjaro na " \
	"Moshi" NAV "\n98 Zaidi"
#define MANY_2  "7 Mwanza na visiwa vyake\n12 Zanzibar Mjini Magharibi" NAV
#define BAD     "Chaguo si sahihi.\n"
#define EXPIRED "Muda umekwisha. Tafadhali piga tena *152*00#."

#define PLAY(d, ...)                                          \
	play_exchanges(d, (struct exchange[]){ __VA_ARGS__ }, \
	    ARRAY_SIZE(((struct exchange[]){ __VA_ARGS__ })))

static void
a_bill_is_asked_for_and_sent_by_sms(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00#");
	assert_shown(d, ROOT);
	PLAY(d, { "6", WATER NAV "\n99 English" }, { "1", ASK });
	answer(d, " a123 4567 ");
	assert_called(d, "bill");
	assert_string_equal(d->move.graph->name, "maji");
	OUTCOME(d, OUTCOME_OK, "Asha", "1200.00", "9912 3456");
	assert_shown(d,
	    "Asha\nDeni: TZS 1,200\nNamba ya malipo: 99123456\n"
	    "1 Nitumie kwa SMS" NAV);
	answer(d, "1");
	assert_ended(d, "Asante. Utapokea SMS.");
	assert_string_equal(d->move.sms,
	    "Asha: deni TZS 1,200. Lipa kwa namba ya malipo 99123456.");
}

static void
every_outcome_has_its_way(void **state)
{
	static const struct {
		enum outcome outcome;
		const char *amount, *screen;
	} cases[] = {
		{ OUTCOME_OK, "0", "Asha, huna deni." },
		{ OUTCOME_MISSING, "0",
		    "Akaunti A1234567 haijapatikana. Hakiki namba." },
		{ OUTCOME_FAIL, "0",
		    "Samahani, huduma haipatikani kwa sasa. Jaribu tena "
		    "baadaye." },
		{ OUTCOME_SLOW, "0",
		    "Mfumo una shughuli nyingi. Utapata jibu kwa SMS." },
		/* Not what the variable may hold, so not what was proved. */
		{ OUTCOME_OK, "12.50",
		    "Samahani, huduma haipatikani kwa sasa. Jaribu tena "
		    "baadaye." },
		{ OUTCOME_OK, "1000000000000",
		    "Samahani, huduma haipatikani kwa sasa. Jaribu tena "
		    "baadaye." },
		{ OUTCOME_OK, NULL,
		    "Samahani, huduma haipatikani kwa sasa. Jaribu tena "
		    "baadaye." },
	};
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		dial(d, "*152*00*6*1*A1234567#");
		assert_called(d, "bill");
		OUTCOME(d, cases[i].outcome, "Asha", cases[i].amount, "1");
		assert_ended(d, cases[i].screen);
		assert_null(d->move.sms);
	}
}

static void
a_late_outcome_goes_out_by_sms(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1*A1234567#");
	d->session.channel = CHANNEL_SMS;
	OUTCOME(d, OUTCOME_OK, "Asha", "1200", "99");
	assert_ended(d, "Asha: deni TZS 1,200. Lipa kwa namba ya malipo 99.");
	assert_null(d->move.sms);
}

/* ---- wrong answers */

static void
a_wrong_choice_shows_the_same_options_under_an_error(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00#");
	PLAY(d, { "5", BAD ROOT });
	assert_int_equal(d->move.reading, READING_WRONG);
	PLAY(d, { "", BAD ROOT }, { "maji", BAD ROOT }, { "06", BAD ROOT },
	    { "6.", WATER NAV "\n99 English" });
	assert_int_equal(d->move.reading, READING_TAKEN);
}

static void
an_ask_gives_up_after_its_tries(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1#");
	PLAY(d, { "1", "Namba si sahihi.\n" ASK },
	    { "98", "Namba si sahihi.\n" ASK });
	assert_int_equal(d->session.tries, 2);
	answer(d, "A12");
	assert_ended(d,
	    "Samahani, huduma haipatikani kwa sasa. Jaribu tena "
	    "baadaye.");
	assert_int_equal(d->move.reading, READING_WRONG);
}

static void
tries_are_counted_anew_at_every_visit(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1#");
	PLAY(d, { "1", "Namba si sahihi.\n" ASK },
	    { "1", "Namba si sahihi.\n" ASK },
	    { "0", WATER NAV "\n99 English" }, { "1", ASK },
	    { "1", "Namba si sahihi.\n" ASK });
}

static void
a_typed_answer_is_never_echoed_by_an_error(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*1*5000#");
	assert_shown(d, "Namba ya siri ya kulipa 5,000?" NAV);
	PLAY(d, { "98765", "Tarakimu 4.\nNamba ya siri ya kulipa 5,000?" NAV });
}

/* ---- navigation */

static void
back_goes_to_where_one_came_from_and_home_to_the_root(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00#");
	PLAY(d, { "8", "Elimu\n2 Jaribio" NAV }, { "0", ROOT },
	    { "6", WATER NAV "\n99 English" }, { "1", ASK },
	    { "0", WATER NAV "\n99 English" }, { "0", ROOT }, { "0", BAD ROOT },
	    { "00", BAD ROOT }, { "6", WATER NAV "\n99 English" }, { "1", ASK },
	    { "00", ROOT }, { "0", BAD ROOT });
	assert_int_equal(d->session.depth, 0);
}

static void
the_language_goes_round_at_the_doors(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00#");
	PLAY(d, { "99", ROOT_EN });
	assert_int_equal(d->move.reading, READING_NAV);
	PLAY(d, { "99", ROOT }, { "99", ROOT_EN });
	answer(d, "6");
	assert_shown(d,
	    "Water services\n1 Check bill\n2 Report a leak\n"
	    "0 Back\n00 Home\n99 Kiswahili");
	PLAY(d, { "99", WATER NAV "\n99 English" }, { "1", ASK },
	    { "99", "Namba si sahihi.\n" ASK });
}

static void
a_language_line_that_needs_another_page_is_not_shown(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*150*1#");
	assert_shown(d, "Fupi\n1 Maji");
	PLAY(d, { "99", BAD "Fupi\n1 Maji" });
}

static void
pages_turn_and_keep_their_keys(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*4#");
	assert_shown(d, MANY);
	PLAY(d, { "98", MANY_2 }, { "98", BAD MANY_2 }, { "5", BAD MANY_2 },
	    { "0", MANY }, { "98", MANY_2 }, { "00", ROOT });
}

static void
a_root_of_two_pages_has_its_lines_on_both(void **state)
{
	static const char first[] =
	    "Mikoa\n1 Arusha na wilaya zake zote\n"
	    "2 Kilimanjaro na Moshi mjini\n3 Mwanza na visiwa vyake\n"
	    "4 Zanzibar Mjini Magharibi\n98 Zaidi\n99 English";
	static const char second[] =
	    "5 Tanga, Pangani, Muheza na Korogwe\n0 Rudi\n99 English";
	struct dialogue *d = *state;

	dial(d, "*150*2#");
	assert_shown(d, first);
	PLAY(d, { "98", second }, { "0", first }, { "98", second });
	answer(d, "99");
	assert_int_equal(strncmp(d->move.screen, "Regions\n1 ", 10), 0);
}

static void
an_option_of_another_page_is_taken_by_its_key(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*4#");
	answer(d, "12");
	assert_ended(d, "Asante.");
	dial(d, "*152*00*3*4*98#");
	assert_shown(d, MANY_2);
	answer(d, "2");
	assert_ended(d, "Asante.");
}

static void
a_place_is_gone_back_to_on_the_page_it_was_left(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*4*98#");
	answer(d, "7");
	answer(d, "0");
	assert_shown(d, MANY_2);
}

static void
a_say_goes_on_by_anything_but_the_navigation(void **state)
{
	struct dialogue *d = *state;
	const char *first, *second;

	dial(d, "*152*00*3*3#");
	first = d->move.screen;
	assert_non_null(strstr(first, "\n98 Zaidi"));
	answer(d, "1");
	second = d->move.screen;
	assert_string_not_equal(first, second);
	assert_non_null(strstr(second, "Mwisho.\n0 Rudi\n00 Mwanzo\n98 Zaidi"));
	PLAY(d, { "0", first }, { "98", second });
	answer(d, "ndiyo");
	assert_ended(d, "Asante.");
}

static void
seventeen_places_back_the_oldest_is_forgotten(void **state)
{
	struct dialogue *d = *state;
	int i;

	dial(d, "*152*00*3#");
	for (i = 0; i < 20; i++) {
		answer(d, "4");
		answer(d, "7");
	}
	assert_int_equal(d->session.depth, SESSION_BACK_MAX);
	for (i = 0; i < SESSION_BACK_MAX; i++)
		answer(d, "0");
	assert_int_equal(d->session.depth, 0);
	assert_null(strstr(d->move.screen, "0 Rudi"));
}

/* ---- values */

static void
another_institution_knows_nothing_of_what_was_said(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1*A1234567#");
	OUTCOME(d, OUTCOME_OK, "Asha", "1200", "99");
	assert_string_equal(d->session.vars[0], "A1234567");
	answer(d, "00");
	assert_null(d->move.session.vars[0]);
	assert_null(d->move.session.vars[1]);
}

static void
a_secret_lives_until_the_next_call_is_made(void **state)
{
	struct dialogue *d = *state;
	const struct move *m = &d->move;

	dial(d, "*152*00*3*1*5000#");
	answer(d, "1234");
	assert_shown(d, "Lipa 5,000?\n1 Ndiyo" NAV);
	assert_string_equal(d->session.vars[0], "1234");
	answer(d, "1");
	assert_called(d, "pay");
	/* To be sent, but not to be stored. */
	assert_string_equal(m->session.vars[0], "1234");
	assert_true(session_holds_secret(d->c, &m->session));
	assert_null(d->session.vars[0]);

	d->session = m->session;
	OUTCOME(d, OUTCOME_OK, "sawa");
	assert_null(m->session.vars[0]);
	assert_false(session_holds_secret(d->c, &m->session));
}

static void
nobody_goes_back_to_before_a_deed(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*1*5000#");
	PLAY(d, { "1234", "Lipa 5,000?\n1 Ndiyo" NAV });
	answer(d, "1");
	OUTCOME(d, OUTCOME_OK, "sawa");
	assert_shown(d, "Imelipwa: sawa\n1 Tena\n2 Basi\n00 Mwanzo");
	PLAY(d, { "0", BAD "Imelipwa: sawa\n1 Tena\n2 Basi\n00 Mwanzo" },
	    { "1", "Kiasi?" NAV },
	    { "0", "Imelipwa: sawa\n1 Tena\n2 Basi\n00 Mwanzo" });
}

static void
what_a_list_showed_is_what_is_picked(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*2#");
	assert_called(d, "list");
	OUTCOME(d, OUTCOME_OK,
	    "a1\x1fMoja\x1fx\x1e"
	    "b2\x1fMbili\x1fy");
	assert_shown(d, "Chagua\n1 Moja\n2 Mbili" NAV);
	PLAY(d, { "3", BAD "Chagua\n1 Moja\n2 Mbili" NAV },
	    { "01", BAD "Chagua\n1 Moja\n2 Mbili" NAV });
	answer(d, "2");
	assert_ended(d, "Umechagua b2.");
}

static void
a_list_without_rows_is_passed_by(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*2#");
	OUTCOME(d, OUTCOME_OK, "");
	assert_shown(d, "Hakuna.\n1 Jaribu tena" NAV);
}

static void
rows_are_no_more_and_no_wider_than_declared(void **state)
{
	struct dialogue *d = *state;
	char rows[2000] = "";
	int i;

	for (i = 0; i < 30; i++)
		strcat(rows, "id\x1fKituo kikubwa cha mabasi\x1e");
	dial(d, "*152*00*3*2#");
	OUTCOME(d, OUTCOME_OK, rows);
	assert_non_null(strstr(d->move.screen, "\n2 Kituo kikubwa cha ma\n"));
	answer(d, "21");
	assert_int_equal(d->move.reading, READING_WRONG);
	answer(d, "20");
	assert_ended(d, "Umechagua id.");
}

static void
what_is_picked_is_not_cut_as_its_label_is(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*10#");
	OUTCOME(d, OUTCOME_OK,
	    "Mwanahamisi\x1e"
	    "Asha");
	assert_shown(d, "Jina\n1 Mwanah\n2 Asha" NAV);
	answer(d, "1");
	assert_ended(d, "Jina Mwanahamisi.");
}

static void
an_option_stands_where_its_condition_holds(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3#");
	assert_non_null(strstr(d->move.screen, "\n7 Njia"));
	assert_null(strstr(d->move.screen, "SMS tu"));
	answer(d, "8");
	assert_int_equal(d->move.reading, READING_WRONG);
}

/* ---- dialled through */

static void
answers_dialled_through_are_played_as_if_typed(void **state)
{
	static const struct {
		const char *dialled, *screen;
	} cases[] = {
		{ "*152*00*#", ROOT },
		{ "*152*00*6#", WATER NAV "\n99 English" },
		{ "*152*00*8*2*4*98#", MANY_2 },
		{ "*152*00*99#", ROOT_EN },
		{ "*152*00*6*00#", ROOT },
		/* The first wrong one is shown, the rest ignored. */
		{ "*152*00*5*6*1#", BAD ROOT },
		{ "*152*00*6*1*12*1#", "Namba si sahihi.\n" ASK },
		{ "*152*00**6#", BAD ROOT },
		/* What comes after an end is ignored, too. */
		{ "*152*00*3*4*1*1*1#", "Asante." },
		/* A secret is not taken from what was dialled. */
		{ "*152*00*3*1*5000*1234*1#",
		    "Namba ya siri ya kulipa 5,000?" NAV },
		/* Small amounts are paid at once: not by a dialled string. */
		{ "*152*00*3*1*600#", "Kiasi?" NAV },
		{ "*152*00*3*1*600*1*1#", "Kiasi?" NAV },
	};
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		dial(d, cases[i].dialled);
		assert_string_equal(d->move.screen, cases[i].screen);
		assert_null(d->session.dialled);
	}
}

static void
what_was_dialled_goes_on_behind_a_call(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1*A1234567*1#");
	assert_called(d, "bill");
	assert_string_equal(d->session.dialled, "1");
	OUTCOME(d, OUTCOME_OK, "Asha", "45000", "991234567890");
	assert_ended(d, "Asante. Utapokea SMS.");
	assert_null(d->session.dialled);
}

static void
what_was_dialled_is_dropped_when_a_call_fails(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*2*1#");
	OUTCOME(d, OUTCOME_OK, "");
	/* No rows: 1 would try again, and again. */
	assert_shown(d, "Hakuna.\n1 Jaribu tena" NAV);
	dial(d, "*152*00*6*1*A1234567*1#");
	OUTCOME(d, OUTCOME_MISSING, NULL);
	assert_null(d->session.dialled);
}

/* The institution asks for a PIN somewhere: what is left of the dialled string
 * may hold it, and the session is stored while its call is open. */
static void
what_may_be_a_secret_does_not_wait_for_a_call(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*2*2*1234#");
	assert_called(d, "list");
	assert_string_equal(d->session.dialled, "");
	OUTCOME(d, OUTCOME_OK,
	    "a\x1fMoja\x1e"
	    "b\x1fMbili");
	assert_int_equal(d->move.kind, MOVE_SHOW);
	assert_null(d->session.dialled);
}

static void
what_was_dialled_leads_to_no_deed_behind_a_call_either(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*2*1#");
	assert_called(d, "areas");
	OUTCOME(d, OUTCOME_OK, "a\x1fMikocheni");
	assert_shown(d, "Chagua eneo\n1 Mikocheni" NAV);
	answer(d, "1");
	assert_called(d, "leak");

	/* Straight from one call to the deed: the question before it is asked
	 * again, and answered by hand. */
	dial(d, "*152*00*3*9*1*1#");
	assert_called(d, "price");
	OUTCOME(d, OUTCOME_OK, "700");
	assert_shown(d, "Haraka?\n1 Ndiyo" NAV);
	assert_null(d->session.dialled);
	answer(d, "1");
	OUTCOME(d, OUTCOME_OK, "700");
	assert_called(d, "buy");
}

/* ---- what cannot be played */

static void
a_code_that_nobody_has_hears_sorry(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*999#");
	assert_int_equal(d->move.kind, MOVE_END);
	assert_non_null(strstr(d->move.screen, "Samahani"));
}

static void
an_institution_without_a_good_file_says_so(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*7#");
	assert_ended(d, "Huduma hii haipatikani kwa sasa.");
}

static void
a_language_that_is_gone_becomes_the_default(void **state)
{
	struct dialogue *d = *state;

	d->lang = 3;
	dial(d, "*152*00#");
	assert_shown(d, ROOT);
	assert_string_equal(
	    step_words(d->arena, d->c, &d->facts, 3, &d->c->expired), EXPIRED);
}

/* The checker refuses such a menu; the engine does not hang on it either. */
static void
a_circle_of_unseen_states_ends(void **state)
{
	static const struct piece sorry = { "Samahani.", 9, NOWHERE };
	static const struct branch round = { .next = { .state = 0 } };
	static const struct state route = { .kind = STATE_ROUTE,
		.branches = &round,
		.branch_count = 1 };
	static const struct keyword word = { .word = "X",
		.next = { .state = 0 } };
	static const struct graph g = { .states = &route,
		.state_count = 1,
		.keywords = &word,
		.keyword_count = 1 };
	static const struct graph *const graphs[] = { &g };
	static const struct catalogue c = { .root = &g,
		.graphs = graphs,
		.graph_count = 1,
		.langs = { "sw" },
		.lang_count = 1,
		.limits = { .sms_parts = 1 },
		.sorry = { .in = { { &sorry, 1 } } } };
	struct dialogue *d = *state;
	struct move m = step_keyword(&c, &d->facts, 0, "x", d->arena);

	assert_int_equal(m.kind, MOVE_END);
	assert_string_equal(m.screen, "Samahani.");
}

static void
an_answer_to_nothing_hears_that_it_is_over(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*3*4*1#");
	d->session = d->move.session;
	answer(d, "1");
	assert_ended(d, EXPIRED);
	dial(d, "*152*00*6*2#");
	d->session = d->move.session;
	answer(d, "1");
	assert_ended(d, EXPIRED);
	dial(d, "*152*00*6#");
	OUTCOME(d, OUTCOME_OK, NULL);
	assert_ended(d, EXPIRED);
}

/* ---- requests */

static void
a_request_has_its_values_encoded(void **state)
{
	struct dialogue *d = *state;
	const struct api *api;

	text(d, "NAULI DAR ES-SALAAM");
	assert_called(d, "fare");
	api = &d->move.graph->apis[d->move.state->api];
	assert_string_equal(step_render(d->arena, d->c, &d->facts,
				&d->move.session, &api->url, true),
	    "https://t.example/look?from=DAR&to=ES-SALAAM");
	dial(d, "*152*00*6*2#");
	OUTCOME(d, OUTCOME_OK, "a/b c&\xc3\xa9\x1fMoja");
	answer(d, "1");
	api = &d->move.graph->apis[d->move.state->api];
	assert_string_equal(step_render(d->arena, d->c, &d->facts,
				&d->move.session, &api->body[0].value, false),
	    "a/b c&\xc3\xa9");
	assert_string_equal(step_render(d->arena, d->c, &d->facts,
				&d->move.session, &api->body[0].value, true),
	    "a%2Fb%20c%26%C3%A9");
	assert_string_equal(step_render(d->arena, d->c, &d->facts,
				&d->move.session, &api->body[1].value, true),
	    "255712345678");
}

#define PLAYED(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAYED(a_bill_is_asked_for_and_sent_by_sms),
		PLAYED(every_outcome_has_its_way),
		PLAYED(a_late_outcome_goes_out_by_sms),
		PLAYED(a_wrong_choice_shows_the_same_options_under_an_error),
		PLAYED(an_ask_gives_up_after_its_tries),
		PLAYED(tries_are_counted_anew_at_every_visit),
		PLAYED(a_typed_answer_is_never_echoed_by_an_error),
		PLAYED(back_goes_to_where_one_came_from_and_home_to_the_root),
		PLAYED(the_language_goes_round_at_the_doors),
		PLAYED(a_language_line_that_needs_another_page_is_not_shown),
		PLAYED(pages_turn_and_keep_their_keys),
		PLAYED(a_root_of_two_pages_has_its_lines_on_both),
		PLAYED(an_option_of_another_page_is_taken_by_its_key),
		PLAYED(a_place_is_gone_back_to_on_the_page_it_was_left),
		PLAYED(a_say_goes_on_by_anything_but_the_navigation),
		PLAYED(seventeen_places_back_the_oldest_is_forgotten),
		PLAYED(another_institution_knows_nothing_of_what_was_said),
		PLAYED(a_secret_lives_until_the_next_call_is_made),
		PLAYED(nobody_goes_back_to_before_a_deed),
		PLAYED(what_a_list_showed_is_what_is_picked),
		PLAYED(a_list_without_rows_is_passed_by),
		PLAYED(rows_are_no_more_and_no_wider_than_declared),
		PLAYED(what_is_picked_is_not_cut_as_its_label_is),
		PLAYED(an_option_stands_where_its_condition_holds),
		PLAYED(answers_dialled_through_are_played_as_if_typed),
		PLAYED(what_was_dialled_goes_on_behind_a_call),
		PLAYED(what_was_dialled_is_dropped_when_a_call_fails),
		PLAYED(what_may_be_a_secret_does_not_wait_for_a_call),
		PLAYED(what_was_dialled_leads_to_no_deed_behind_a_call_either),
		PLAYED(a_code_that_nobody_has_hears_sorry),
		PLAYED(an_institution_without_a_good_file_says_so),
		PLAYED(a_language_that_is_gone_becomes_the_default),
		PLAYED(a_circle_of_unseen_states_ends),
		PLAYED(an_answer_to_nothing_hears_that_it_is_over),
		PLAYED(a_request_has_its_values_encoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

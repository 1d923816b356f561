/*
 * Screens: where pages break, what the budget counts, and the proof.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/gsm.h"
#include "menus/screen.h"
#include "tests/unit/dialogue.h"

#define NAV "\n0 Rudi\n00 Mwanzo"

/* A catalogue of one state, to be laid out with one text. */
struct stage {
	struct catalogue c;
	struct graph root, g;
	const struct graph *graphs[1];
	struct state state;
	struct code code;
	struct facts facts;
	struct session session;
	struct variable var;
};

static struct arena *arena;

static int
setup(void **state)
{
	arena = arena_new();
	return dialogue_setup(state);
}

static int
teardown(void **state)
{
	arena_free(arena);
	return dialogue_teardown(state);
}

static struct words
words(const char *text)
{
	struct piece *piece = arena_alloc(arena, sizeof(*piece));
	struct words w = { .in = { { piece, 1 } } };

	*piece = (struct piece){ text, strlen(text), NOWHERE };
	return w;
}

/* One state of KIND at the root of nothing else, with both lines shown. */
static struct stage *
stage(enum state_kind kind, const char *text, int septets, int ucs2)
{
	struct stage *s = arena_alloc(arena, sizeof(*s));

	s->state = (struct state){ .name = "one", .kind = kind,
		.text = words(text), .bad = words("Si."), .into = NOWHERE };
	s->var = (struct variable){ .name = "var", .max = 10, .drops = "" };
	s->g = (struct graph){ .name = "g", .states = &s->state,
		.state_count = 1, .vars = &s->var, .var_count = 1,
		.ussd_door = NOWHERE };
	s->root = s->g;
	s->graphs[0] = &s->g;
	s->c = (struct catalogue){ .langs = { "sw" }, .lang_count = 1,
		.back = { "0", words("Rudi") },
		.home = { "00", words("Mwanzo") },
		.more = { "98", words("Zaidi") },
		.lang = { "99", words("English") }, .bad = words("Kosa."),
		.limits = { .sms_parts = 1 }, .root = &s->root,
		.graphs = s->graphs, .graph_count = 1 };
	s->facts = (struct facts){ .septets = septets, .ucs2 = ucs2 };
	s->session = (struct session){ .depth = 1, .code = NOWHERE };
	return s;
}

static struct screen
page(struct stage *s, uint8_t number, bool wrong)
{
	struct scene sc = scene_of(arena, &s->c, &s->facts, &s->session);

	s->session.here.page = number;
	return screen_lay(&sc, wrong);
}

static struct stage *
menu(int septets, int ucs2, const char *const *texts)
{
	static const char *const keys[] = { "1", "2", "3", "4", "5", "6" };
	struct stage *s = stage(STATE_MENU, "Chagua", septets, ucs2);
	struct menu_option *options = arena_array(arena, 6, sizeof(*options));
	size_t i;

	for (i = 0; texts[i] != NULL; i++)
		options[i] = (struct menu_option){
			.key = keys[i], .text = words(texts[i]) };
	s->state.options = options;
	s->state.option_count = i;
	return s;
}

static void
a_long_text_breaks_at_words(void **state)
{
	static const struct {
		const char *text;
		int septets, ucs2;
		const char *pages[4];
	} cases[] = {
		/* The navigation takes 26. */
		{ "moja mbili tatu", 31, 31, { "moja", "mbili", "tatu" } },
		{ "moja mbili tatu", 36, 36, { "moja mbili", "tatu" } },
		{ "moja mbili tatu", 41, 41, { "moja mbili tatu" } },
		{ "moja  mbili\ntatu", 36, 36, { "moja", "mbili\ntatu" } },
		{ "kilimanjaro", 31, 31, { "kilim", "anjar", "o" } },
		/* Never inside a pair of septets, nor inside a character. */
		{ "abcd\xe2\x82\xac" "e", 31, 0,
		    { "abcd", "\xe2\x82\xac" "e" } },
		{ "ab\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 31, 0,
		    { "ab\xc3\xa9\xc3\xa9\xc3\xa9", "\xc3\xa9" } },
		{ "\xd0\x94\xd0\xb0\xd0\xb9\xd0\xb4", 99, 29,
		    { "\xd0\x94\xd0\xb0\xd0\xb9", "\xd0\xb4" } },
		{ "a\xf0\x9f\x98\x80\xf0\x9f\x98\x80", 99, 30,
		    { "a\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" } },
		/* A page in the alphabet has the larger budget. */
		{ "abcdefghij \xd0\x94", 36, 31, { "abcdefghij", "\xd0\x94" } },
	};
	struct screen shown;
	struct stage *s;
	size_t i, n;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		s = stage(STATE_SAY, cases[i].text, cases[i].septets,
		    cases[i].ucs2);
		for (n = 0; cases[i].pages[n] != NULL; n++) {
			shown = page(s, (uint8_t)n, false);
			assert_string_equal(shown.text,
			    arena_printf(arena, "%s" NAV "\n98 Zaidi",
				cases[i].pages[n]));
		}
		assert_int_equal(shown.pages, n);
	}
}

static void
options_break_as_wholes_and_fill_the_last_page(void **state)
{
	static const char *const five[] = { "aaaaaaaaaa", "bbbbbbbbbb",
		"cccccccccc", "dddddddddd", NULL };
	/* 6+1, options of 12+1, error 5+1, navigation 6+1 and 9+1, more 8+1;
	 * the last line has no line feed. */
	static const struct {
		int septets;
		const char *pages[5];
	} cases[] = {
		{ 7 + 4 * 13 + 6 + 17 - 1,
		    { "Chagua\n1 aaaaaaaaaa\n2 bbbbbbbbbb\n3 cccccccccc\n"
		      "4 dddddddddd" NAV } },
		{ 7 + 4 * 13 + 6 + 17 - 2,
		    { "Chagua\n1 aaaaaaaaaa\n2 bbbbbbbbbb\n3 cccccccccc" NAV
		      "\n98 Zaidi",
			"4 dddddddddd" NAV } },
		{ 7 + 3 * 13 + 6 + 17 - 1,
		    { "Chagua\n1 aaaaaaaaaa\n2 bbbbbbbbbb" NAV "\n98 Zaidi",
			"3 cccccccccc\n4 dddddddddd" NAV } },
		{ 7 + 13 + 6 + 17 + 9 - 1,
		    { "Chagua\n1 aaaaaaaaaa" NAV "\n98 Zaidi",
			"2 bbbbbbbbbb" NAV "\n98 Zaidi",
			"3 cccccccccc\n4 dddddddddd" NAV } },
		{ 13 + 6 + 17 + 9 - 1,
		    { "Chagua" NAV "\n98 Zaidi",
			"1 aaaaaaaaaa" NAV "\n98 Zaidi",
			"2 bbbbbbbbbb" NAV "\n98 Zaidi",
			"3 cccccccccc" NAV "\n98 Zaidi",
			"4 dddddddddd" NAV } },
	};
	struct screen shown;
	struct stage *s;
	size_t i, n;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		s = menu(cases[i].septets, 70, five);
		for (n = 0; n < 5 && cases[i].pages[n] != NULL; n++) {
			shown = page(s, (uint8_t)n, false);
			assert_string_equal(shown.text, cases[i].pages[n]);
			assert_int_equal(shown.page, n);
		}
		assert_int_equal(shown.pages, n);
		assert_int_equal(page(s, 200, false).page, n - 1);
	}
}

static void
an_error_moves_no_option_and_keeps_to_the_budget(void **state)
{
	static const char *const five[] = { "aaaaaaaaaa", "bbbbbbbbbb",
		"cccccccccc", "\xd0\x94\xd0\xb0", "eeee", NULL };
	struct screen plain, wrong;
	struct gsm_room room;
	struct stage *s;
	int septets;
	uint8_t n;

	(void)state;
	for (septets = 50; septets < 120; septets++) {
		s = menu(septets, septets - 5, five);
		for (n = 0; n < page(s, 0, false).pages; n++) {
			plain = page(s, n, false);
			wrong = page(s, n, true);
			assert_string_equal(wrong.text,
			    arena_printf(arena, "Kosa.\n%s", plain.text));
			room = gsm_measure(wrong.text, strlen(wrong.text));
			assert_true(room.in_alphabet ?
				room.septets <= (size_t)septets :
				room.ucs2 <= (size_t)septets - 5);
		}
	}
}

static void
what_does_not_fit_at_all_is_cut(void **state)
{
	static const char *const long_one[] = { "abcdefghijklmnopqrstuvwxyz",
		NULL };
	struct stage *s = menu(43, 43, long_one);

	(void)state;
	assert_string_equal(
	    page(s, 1, false).text, "1 abcdefghijklmnopqr" NAV);
	s = stage(STATE_ASK, "abcdefghijklmnopqrstuvwxyz", 30, 30);
	assert_string_equal(page(s, 0, true).text, "Si.\nabcdefghi" NAV);
	s = stage(STATE_END, "abcdefghij\xe2\x82\xac", 11, 30);
	assert_string_equal(page(s, 0, false).text, "abcdefghij");
}

static void
an_sms_has_parts_and_no_navigation(void **state)
{
	struct stage *s = stage(STATE_END, "", 10, 10);
	/* One part, several, and the same outside the alphabet. */
	static const struct {
		int parts;
		const char *letter;
		size_t room;
	} cases[] = {
		{ 1, "a", 160 },
		{ 2, "a", 305 },
		{ 3, "a", 457 },
		{ 1, "\xd0\x94", 70 },
		{ 2, "\xd0\x94", 133 },
	};
	size_t i;

	(void)state;
	s->session.channel = CHANNEL_SMS;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t len = strlen(cases[i].letter), n;
		char *text = arena_alloc(arena, 500 * len + 1);

		for (n = 0; n < 500; n++)
			memcpy(text + n * len, cases[i].letter, len);
		s->state.text = words(text);
		s->c.limits.sms_parts = cases[i].parts;
		assert_int_equal(strlen(page(s, 0, false).text),
		    cases[i].room * len);
	}
	s->state.kind = STATE_ASK;
	s->state.text = words("Namba?");
	assert_string_equal(page(s, 0, true).text, "Si.\nNamba?");
}

/* ---- the proof */

static void
put_variable(struct stage *s)
{
	static const struct piece pieces[] = { { NULL, 0, 0 },
		{ " ni", 3, NOWHERE } };

	s->state.text.in[0] = (struct template){ pieces, 2 };
}

static struct screen_proof
prove(struct stage *s, enum channel channel)
{
	return screen_worst(arena, &s->c, &s->g, 0, 0, channel,
	    s->facts.septets, s->facts.ucs2);
}

static void
the_proof_counts_the_widest_values_and_the_error_line(void **state)
{
	/* The value of 10 septets, " ni", the error and the navigation. */
	const int room = 13 + 1 + 4 + 7 + 9;
	struct stage *s = stage(STATE_ASK, "", room, 70);
	struct screen_proof proof;

	(void)state;
	put_variable(s);
	proof = prove(s, CHANNEL_USSD);
	assert_true(proof.fits);
	assert_int_equal(proof.septets, room);
	assert_int_equal(proof.ucs2, 0);
	assert_int_equal(proof.pages, 1);
	s->facts.septets--;
	proof = prove(s, CHANNEL_USSD);
	assert_false(proof.fits);
	assert_int_equal(proof.misfit, SCREEN_HEAD);
}

static void
the_proof_counts_a_value_that_may_leave_the_alphabet_both_ways(void **state)
{
	const int room = 13 + 1 + 4 + 7 + 9;
	struct stage *s = stage(STATE_ASK, "", room, room);
	struct screen_proof proof;

	(void)state;
	put_variable(s);
	s->var.unicode = true;
	proof = prove(s, CHANNEL_USSD);
	assert_true(proof.fits);
	assert_int_equal(proof.septets, room);
	assert_int_equal(proof.ucs2, room);
	s->facts.ucs2--;
	assert_false(prove(s, CHANNEL_USSD).fits);
}

static void
the_proof_names_the_option_that_is_too_long(void **state)
{
	static const char *const texts[] = { "short", "tooo loooooooong",
		"short", NULL };
	struct stage *s = menu(47, 70, texts);
	struct screen_proof proof = prove(s, CHANNEL_USSD);

	(void)state;
	assert_false(proof.fits);
	assert_int_equal(proof.misfit, 1);
	s->facts.septets = 100;
	proof = prove(s, CHANNEL_USSD);
	assert_true(proof.fits);
	assert_int_equal(proof.pages, 1);
}

static void
the_proof_counts_options_whatever_their_conditions(void **state)
{
	static const char *const texts[] = { "always", "never", NULL };
	static const struct test test = { .var = 0, .op = COMPARE_EMPTY };
	struct stage *s = menu(160, 70, texts);
	size_t septets = prove(s, CHANNEL_USSD).septets;
	struct menu_option options[2];

	(void)state;
	memcpy(options, s->state.options, sizeof(options));
	options[1].when = (struct condition){ &test, 1 };
	s->state.options = options;
	assert_int_equal(prove(s, CHANNEL_USSD).septets, septets);
}

static void
the_proof_of_a_list_has_all_its_rows(void **state)
{
	static const char *const cols[] = { "id", "label", NULL };
	struct stage *s = stage(STATE_LIST, "Chagua", 100, 70);
	struct screen_proof proof;

	(void)state;
	s->var = (struct variable){ .name = "rows", .type = VAR_ROWS,
		.max = 20, .width = 15, .cols = cols, .drops = "" };
	s->state.label_col = 1;
	proof = prove(s, CHANNEL_USSD);
	assert_true(proof.fits);
	/* Three rows stand beside error, navigation and more. */
	assert_int_equal(proof.pages, 7);
	s->var.width = 70;
	proof = prove(s, CHANNEL_USSD);
	assert_false(proof.fits);
	assert_int_equal(proof.misfit, 0);
}

static void
a_menu_of_several_pages_fits_no_sms(void **state)
{
	const char *const texts[] = {
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
		"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
		NULL,
	};
	struct stage *s = menu(160, 70, texts);
	struct screen_proof proof;

	(void)state;
	assert_true(prove(s, CHANNEL_USSD).fits);
	proof = prove(s, CHANNEL_SMS);
	assert_false(proof.fits);
	assert_int_equal(proof.misfit, 2);
	s->c.limits.sms_parts = 2;
	assert_true(prove(s, CHANNEL_SMS).fits);
	/* But a long text goes on with the next SMS. */
	s->state.kind = STATE_SAY;
	s->state.text = words(texts[0]);
	assert_true(prove(s, CHANNEL_SMS).fits);
}

static void
what_is_proved_in_the_menus_is_so(void **state)
{
	struct dialogue *d = *state;
	const struct graph *g = d->c->graphs[1];
	struct screen_proof proof;
	uint16_t i;

	assert_string_equal(g->name, "trial");
	for (i = 0; i < g->state_count; i++) {
		if (g->states[i].kind == STATE_CALL ||
		    g->states[i].kind == STATE_ROUTE)
			continue;
		proof = screen_worst(
		    arena, d->c, g, i, 0, CHANNEL_USSD, 160, 70);
		if (!proof.fits)
			fail_msg("%s: %d", g->states[i].name, proof.misfit);
		assert_in_range(proof.pages, 1, 6);
		assert_in_range(proof.septets, 1, 160);
		assert_in_range(proof.ucs2, 0, 70);
	}
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGED(a_long_text_breaks_at_words),
		STAGED(options_break_as_wholes_and_fill_the_last_page),
		STAGED(an_error_moves_no_option_and_keeps_to_the_budget),
		STAGED(what_does_not_fit_at_all_is_cut),
		STAGED(an_sms_has_parts_and_no_navigation),
		STAGED(the_proof_counts_the_widest_values_and_the_error_line),
		STAGED(
		    the_proof_counts_a_value_that_may_leave_the_alphabet_both_ways),
		STAGED(the_proof_names_the_option_that_is_too_long),
		STAGED(the_proof_counts_options_whatever_their_conditions),
		STAGED(the_proof_of_a_list_has_all_its_rows),
		STAGED(a_menu_of_several_pages_fits_no_sms),
		STAGED(what_is_proved_in_the_menus_is_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

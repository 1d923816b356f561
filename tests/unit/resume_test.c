/*
 * A dialogue that was dropped, between a turn's steps: when it is kept, when
 * it is offered, and what becomes of it.
 */
#include "config/dialects.h"
#include "tests/unit/world.h"

#define OFFER "Ulikuwa: Huduma za Maji\n1 Endelea\n2 Anza upya"

static struct world *at_water(void);
static void dials_anew(struct world *w, const char *code);
static bool is_kept(struct world *w);

static void
a_broken_off_session_is_kept_with_its_tombstone(void **state)
{
	struct world *w = at_water();

	(void)state;
	hangs_up(w);
	loads(w);
	assert_true(asked(w, COMMIT)->ends);
	assert_true(asked(w, COMMIT)->drops_len > 0);
	commits(w);
	assert_int_equal(stored(w)->life, RECORD_ENDED);
	assert_true(is_kept(w));
	world_end(w);
}

static void
what_was_kept_is_offered_once_and_goes_on(void **state)
{
	struct world *w = at_water();
	const char *before = screen(w);

	(void)state;
	hangs_up(w);
	settles(w);
	world_restart(w); /* by any node */
	dials_anew(w, "*152*00#");
	loads(w);
	assert_true(asked(w, COMMIT)->begins);
	assert_true(asked(w, COMMIT)->offers);
	commits(w);
	assert_string_equal(screen(w), OFFER);
	assert_false(is_kept(w));
	types(w, "1");
	settles(w);
	assert_string_equal(screen(w), before);
	assert_int_equal(world_counted(w, "sessions", "resumed"), 1);
	types(w, "1");
	settles(w);
	assert_non_null(strstr(screen(w), "Ingiza namba"));
	assert_int_equal(world_counted(w, "sessions", "started"), 1);
	world_end(w);
}

static void
what_is_declined_begins_anew_and_is_gone(void **state)
{
	struct world *w = at_water();

	(void)state;
	hangs_up(w);
	settles(w);
	dials_anew(w, "*152*00#");
	settles(w);
	types(w, "2");
	settles(w);
	assert_non_null(strstr(screen(w), "Huduma za Serikali"));
	assert_int_equal(world_counted(w, "sessions", "resumed"), 0);
	hangs_up(w);
	settles(w);
	assert_false(is_kept(w));
	world_end(w);
}

static void
an_offer_that_is_dropped_is_offered_again(void **state)
{
	struct world *w = at_water();

	(void)state;
	hangs_up(w);
	settles(w);
	dials_anew(w, "*152*00#");
	settles(w);
	hangs_up(w);
	settles(w);
	assert_true(is_kept(w));
	dials_anew(w, "*152*00#");
	settles(w);
	assert_string_equal(screen(w), OFFER);
	world_end(w);
}

/* Not every operator tells of a loss. */
static void
a_live_session_is_offered_to_who_dials_again(void **state)
{
	struct world *w = at_water();

	(void)state;
	dials_anew(w, "*152*00#");
	settles(w);
	assert_string_equal(screen(w), OFFER);
	world_end(w);
}

static void
a_repeated_begin_sees_the_same_offer(void **state)
{
	struct world *w = at_water();

	(void)state;
	dials_anew(w, "*152*00#");
	settles(w);
	resends(w, true);
	settles(w);
	assert_string_equal(screen(w), OFFER);
	assert_int_equal(world_counted(w, "turns", "repeated"), 1);
	assert_int_equal(stored(w)->version, 1);
	world_end(w);
}

/* Somebody else took it up first. */
static void
an_offer_whose_commit_is_refused_is_judged_again(void **state)
{
	struct world *w = at_water();

	(void)state;
	hangs_up(w);
	settles(w);
	dials_anew(w, "*152*00#");
	loads(w);
	*held_find(w->dropped, CITIZEN)->name = '\0';
	refuses(w, COMMIT, STORE_CONFLICT);
	loads(w);
	assert_false(asked(w, COMMIT)->offers);
	commits(w);
	assert_non_null(strstr(screen(w), "Huduma za Serikali"));
	world_end(w);
}

static void
who_dials_through_or_another_code_is_offered_nothing(void **state)
{
	static const char *const dialled[] = { "*152*00*3#", "*150*1#" };
	struct world *w;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(dialled); i++) {
		w = at_water();
		hangs_up(w);
		settles(w);
		dials_anew(w, dialled[i]);
		settles(w);
		assert_null(strstr(screen(w), "Ulikuwa"));
		assert_true(is_kept(w));
		world_end(w);
	}
}

static void
what_is_not_to_be_taken_up_is_not_kept(void **state)
{
	static const struct {
		const char *dialled, *answer;
	} cases[] = {
		{ "*152*00#", NULL },	     /* nothing was entered */
		{ "*152*00*8#", NULL },	     /* the root's own menus */
		{ "*152*00*3*1*2000#", NULL }, /* a secret is asked for */
		{ "*152*00*3*1*2000#", "4711" }, /* and was given */
	};
	struct world *w;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		w = a_world("smppplus");
		dials(w, cases[i].dialled);
		settles(w);
		if (cases[i].answer != NULL) {
			types(w, cases[i].answer);
			settles(w);
		}
		assert_int_equal(stored(w)->life, RECORD_LIVE);
		hangs_up(w);
		settles(w);
		assert_false(is_kept(w));
		world_end(w);
	}
}

static void
who_hangs_up_during_a_call_is_offered_nothing(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*152*00*6*1*A1234567#");
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_CALLING);
	hangs_up(w);
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_ENDED);
	assert_false(is_kept(w));
	world_end(w);
}

/* The operator's last word brought an answer: it counts, and leads on. */
static void
a_session_that_its_operator_closes_is_kept_where_it_arrived(void **state)
{
	struct world *w = at_water();

	(void)state;
	ends_with(w, "1");
	settles(w);
	assert_true(is_kept(w));
	dials_anew(w, "*152*00#");
	settles(w);
	assert_string_equal(screen(w), OFFER);
	types(w, "1");
	settles(w);
	assert_non_null(strstr(screen(w), "Ingiza namba"));
	world_end(w);
}

static void
menus_that_cannot_be_had_begin_anew(void **state)
{
	struct world *w = at_water();

	(void)state;
	hangs_up(w);
	settles(w);
	settles(w);
	w->menus = "tests/talks/short/menus.cfg";
	w->graph_count = 0;
	world_restart(w);
	dials_anew(w, "*152*00#");
	settles(w);
	assert_non_null(strstr(screen(w), "6 Maji"));
	assert_null(strstr(screen(w), "Ulikuwa"));
	world_end(w);
}

static void
what_was_dropped_goes_on_with_the_menus_that_it_began_on(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	catalogues_publish(w->g.catalogues);
	settles(w);
	dials(w, "*152*00*6#");
	settles(w);
	hangs_up(w);
	settles(w);
	w->menus = "tests/talks/short/menus.cfg";
	world_restart(w);
	dials_anew(w, "*152*00#");
	settles(w);
	assert_string_equal(screen(w), OFFER);
	types(w, "2"); /* and anew with those of today */
	settles(w);
	assert_string_equal(screen(w), "Huduma\n6 Maji\n99 English");
	world_end(w);
}

/* ---- */

static struct world *
at_water(void)
{
	struct world *w = a_world("smppplus");

	dials(w, "*152*00*6#");
	settles(w);
	return w;
}

/* In a session of its own, as the operator has it. */
static void
dials_anew(struct world *w, const char *code)
{
	w->side.session[3]++;
	dials(w, code);
}

static bool
is_kept(struct world *w)
{
	return held_find(w->dropped, CITIZEN) != NULL;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_broken_off_session_is_kept_with_its_tombstone),
		cmocka_unit_test(what_was_kept_is_offered_once_and_goes_on),
		cmocka_unit_test(what_is_declined_begins_anew_and_is_gone),
		cmocka_unit_test(an_offer_that_is_dropped_is_offered_again),
		cmocka_unit_test(a_live_session_is_offered_to_who_dials_again),
		cmocka_unit_test(a_repeated_begin_sees_the_same_offer),
		cmocka_unit_test(
		    an_offer_whose_commit_is_refused_is_judged_again),
		cmocka_unit_test(
		    who_dials_through_or_another_code_is_offered_nothing),
		cmocka_unit_test(what_is_not_to_be_taken_up_is_not_kept),
		cmocka_unit_test(who_hangs_up_during_a_call_is_offered_nothing),
		cmocka_unit_test(
		    a_session_that_its_operator_closes_is_kept_where_it_arrived),
		cmocka_unit_test(menus_that_cannot_be_had_begin_anew),
		cmocka_unit_test(
		    what_was_dropped_goes_on_with_the_menus_that_it_began_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

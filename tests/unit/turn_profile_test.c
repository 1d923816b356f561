/*
 * A turn that looks into the citizen's profile, between its steps.
 */
#include <stdio.h>

#include "tests/unit/world.h"

#define ASK  "Akaunti?\n0 Rudi\n00 Mwanzo"
#define KEEP "Tuhifadhi namba hii kwa matumizi yajayo?"
#define USE  "Utatumia namba A12***67?"

static struct world *at_water(void);
static void knows(struct world *w, const char *name, const char *kept);

static void
only_an_ask_that_may_keep_looks_into_the_profile(void **state)
{
	struct world *w = at_water();

	(void)state;
	types(w, "1");
	loads(w);
	assert_string_equal(asked(w, PROFILE)->name, CITIZEN);
	assert_int_equal(questions(w), 1);
	settles(w);
	assert_string_equal(screen(w), ASK);
	types(w, "12"); /* wrong: and it is known by now that nothing is */
	loads(w);
	assert_true(is_asked(w, COMMIT));
	commits(w);
	types(w, "A1234567");
	loads(w);
	commits(w);
	assert_non_null(strstr(screen(w), KEEP));
	world_end(w);
}

static void
what_is_kept_is_stored_with_the_turn_that_leads_on(void **state)
{
	struct world *w = at_water();

	(void)state;
	types(w, "1");
	settles(w);
	types(w, "A1234567");
	settles(w);
	types(w, "3");
	loads(w);
	assert_string_equal(asked(w, COMMIT)->keeps, "maji.acct");
	assert_string_equal(asked(w, COMMIT)->kept, "s A1234567");
	assert_int_equal(
	    asked(w, COMMIT)->kept_ms, 365 * INT64_C(86400000));
	assert_true(*asked(w, COMMIT)->opens != '\0');
	commits(w);
	answers(w, OUTCOME_OK, "700");
	assert_string_equal(asked(w, COMMIT)->keeps, "");
	commits(w);
	assert_string_equal(screen(w), "A1234567: TZS 700");
	world_end(w);
}

static void
what_is_known_is_offered_by_any_node(void **state)
{
	struct world *w = at_water();

	(void)state;
	knows(w, "maji.acct", "y A1234567");
	types(w, "1");
	settles(w);
	assert_non_null(strstr(screen(w), USE));
	world_restart(w);
	types(w, "1");
	loads(w);
	assert_string_equal(asked(w, COMMIT)->keeps, "");
	commits(w);
	answers(w, OUTCOME_OK, "700");
	settles(w);
	assert_string_equal(screen(w), "A1234567: TZS 700");
	world_end(w);
}

static void
a_begin_that_leads_to_an_ask_looks_once(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	w->menus = "tests/talks/kept/menus.cfg";
	world_restart(w);
	knows(w, "maji.acct", "s A1234567");
	dials(w, "*152*00*7#");
	loads(w);
	assert_true(is_asked(w, PROFILE));
	assert_int_equal(questions(w), 1);
	settles(w);
	assert_non_null(strstr(screen(w), USE));
	assert_int_equal(world_counted(w, "sessions", "started"), 1);
	resends(w, true);
	loads(w);
	assert_true(nothing_is_asked(w));
	assert_int_equal(w->submit_count, 2);
	world_end(w);
}

/* The ask is where the last answer leads, and what that brought is kept. */
static void
an_answer_that_leads_back_to_the_ask_is_kept_all_the_same(void **state)
{
	struct world *w = at_water();

	(void)state;
	types(w, "2");
	settles(w);
	types(w, "1234");
	settles(w);
	types(w, "1");
	settles(w);
	assert_string_equal(
	    held_find(w->profile, "maji.meter")->text, "y 1234");
	types(w, "1");
	settles(w);
	assert_non_null(strstr(screen(w), "Utatumia namba ***4?"));
	world_end(w);
}

static void
without_the_profile_nothing_is_shown_or_stored(void **state)
{
	struct world *w = at_water();

	(void)state;
	types(w, "1");
	loads(w);
	refuses(w, PROFILE, STORE_DOWN);
	assert_true(is_over(w));
	assert_true(nothing_is_asked(w));
	assert_int_equal(stored(w)->version, 1);
	world_end(w);
}

static void
what_a_refused_commit_would_have_kept_is_not_kept(void **state)
{
	struct world *w = at_water();

	(void)state;
	types(w, "2");
	settles(w);
	types(w, "1234");
	settles(w);
	types(w, "1");
	loads(w);
	other_node_plays(w, SESSION, "Nyingine");
	commits(w);
	settles(w);
	assert_string_equal(screen(w), "Nyingine");
	assert_null(held_find(w->profile, "maji.meter"));
	world_end(w);
}

/* ---- */

static struct world *
at_water(void)
{
	struct world *w = a_world("smppplus");

	w->menus = "tests/talks/kept/menus.cfg";
	world_restart(w);
	dials(w, "*152*00*6#");
	settles(w);
	return w;
}

static void
knows(struct world *w, const char *name, const char *kept)
{
	struct held *k = held_add(w->profile, name);

	snprintf(k->text, sizeof(k->text), "%s", kept);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    only_an_ask_that_may_keep_looks_into_the_profile),
		cmocka_unit_test(
		    what_is_kept_is_stored_with_the_turn_that_leads_on),
		cmocka_unit_test(what_is_known_is_offered_by_any_node),
		cmocka_unit_test(a_begin_that_leads_to_an_ask_looks_once),
		cmocka_unit_test(
		    an_answer_that_leads_back_to_the_ask_is_kept_all_the_same),
		cmocka_unit_test(
		    without_the_profile_nothing_is_shown_or_stored),
		cmocka_unit_test(
		    what_a_refused_commit_would_have_kept_is_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

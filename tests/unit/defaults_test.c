/*
 * What states leave out: an institution's defaults, and the limits that hold
 * at a state.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menus/catalogue.h"
#include "menus/limits.h"
#include "menus/session.h"
#include "menus/step.h"

static const char menus[] =
    "langs = [ \"sw\", \"en\" ];\n"
    "limits = { pages = 4; session = 100; turn = 3000; later = 50000; };\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
    "root = { text = { sw = \"Huduma\"; en = \"Services\"; };\n"
    "  menu = ( { sw = \"Maji\"; en = \"Water\"; next = \"maji\"; } ); };\n";

#define WORDS(name, sw, en) name " = { sw = \"" sw "\"; en = \"" en "\"; }; "

static const char maji[] = "maji: { " WORDS("title", "Maji",
    "Water") "doors = { ussd = \"home\"; };\n"
	     "vars = { n = { type = \"number\"; max = 3; least_value = 1; }; "
	     "};\n"
	     "apis = { a = { get = \"http://127.0.0.1/{n}\"; timeout = 9000; "
	     "};\n"
	     "  b = { get = \"http://127.0.0.1/{n}\"; timeout = 800; }; };\n"
	     "limits = { wait = 80; calls = 5; };\n"
	     "defaults = { resume = false;\n"
	     "  ask = { tries = 2; fail = \"sorry\"; resume = true;\n"
	     "    " WORDS("bad", "Kosa.",
		 "Wrong.") "};\n"
			   "  call = { missing = \"sorry\"; fail = \"sorry\"; "
			   "slow = \"slow\";\n"
			   "    later = true; }; };\n"
			   "dialogues = { d = { start = \"again\"; gives = [ "
			   "\"done\" ];\n"
			   "  defaults = { ask = { fail = \"return done\"; "
			   "tries = 1; }; };\n"
			   "  states = { again = { " WORDS("text", "Tena?",
			       "Again?") "    ask = { into = \"n\"; }; next = "
					 "\"return done\"; }; }; }; };\n"
					 "states = {\n"
					 "home = { " WORDS("text", "Ngapi?",
					     "How many?") "  ask = { into = "
							  "\"n\"; }; next = "
							  "\"a\";\n"
							  "  limits = { wait = "
							  "30; septets = 60; "
							  "}; };\n"
							  "own = { " WORDS(
							      "text", "Ngapi?",
							      "How many?") "  "
									   "ask"
									   " = "
									   "{ "
									   "int"
									   "o "
									   "= "
									   "\"n"
									   "\";"
									   " tr"
									   "ies"
									   " = "
									   "1; "
									   "fai"
									   "l "
									   "= "
									   "\"h"
									   "ome"
									   "\";"
									   "\n"
									   "   "
									   " " WORDS(
									       "bad",
									       "Hapana.",
									       "No.") "}; next = \"b\";\n"
										      "  resume = false; };\n"
										      "a = { call = \"a\"; ok = \"news\"; limits = { turn = 1000; }; };\n"
										      "b = { call = \"b\"; ok = \"d\"; slow = \"sorry\"; later = false; };\n"
										      "d = { sub = \"d\"; done = \"sorry\"; };\n"
										      "news = { route = ( { when = \"channel == 'sms'\"; next = \"slow\"; },\n"
										      "  { next = \"own\"; } ); };\n"
										      "slow = { " WORDS(
											  "end",
											  "Baadaye",
											  "Later") "};\n"
												   "sorry = { " WORDS(
												       "end",
												       "Samahani",
												       "Sorry") "}; }; };\n";

struct fixture {
	struct arena *arena;
	struct catalogue *c;
	const struct graph *g;
};

static int
setup(void **state)
{
	const struct source top = { "menus.cfg", menus, strlen(menus) };
	const struct source one = { "maji.cfg", maji, strlen(maji) };
	static struct fixture f;
	struct findings found;

	f.arena = arena_new();
	findings_init(&found, f.arena);
	f.c = catalogue_compile(top, &one, 1, 0, 0, &found);
	if (found.errors > 0)
		findings_print(&found, stderr);
	assert_int_equal(found.errors, 0);
	f.g = f.c->graphs[0];
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	catalogue_free(f->c);
	arena_free(f->arena);
	return 0;
}

static const struct state *
state_named(const struct fixture *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->g->state_count; i++)
		if (strcmp(f->g->states[i].name, name) == 0)
			return &f->g->states[i];
	fail_msg("there is no %s", name);
	return NULL;
}

static const char *
leads_to(const struct fixture *f, const struct target *t)
{
	return f->g->states[t->state].name;
}

static void
an_ask_takes_over_what_it_leaves_out(void **state)
{
	const struct fixture *f = *state;
	const struct state *st = state_named(f, "home");

	assert_int_equal(st->tries, 2);
	assert_string_equal(leads_to(f, &st->fail), "sorry");
	assert_string_equal(st->bad.in[1].pieces[0].literal, "Wrong.");
	assert_true(st->resume);
}

static void
what_a_state_says_itself_counts(void **state)
{
	const struct fixture *f = *state;
	const struct state *st = state_named(f, "own");

	assert_int_equal(st->tries, 1);
	assert_string_equal(leads_to(f, &st->fail), "home");
	assert_string_equal(st->bad.in[1].pieces[0].literal, "No.");
	assert_false(st->resume);
	st = state_named(f, "b");
	assert_false(st->later);
	assert_string_equal(leads_to(f, &st->outcomes[OUTCOME_SLOW]), "sorry");
}

static void
a_call_takes_over_outcomes(void **state)
{
	const struct fixture *f = *state;
	const struct state *st = state_named(f, "a");

	assert_true(st->later);
	assert_string_equal(leads_to(f, &st->outcomes[OUTCOME_OK]), "news");
	assert_string_equal(
	    leads_to(f, &st->outcomes[OUTCOME_MISSING]), "sorry");
	assert_string_equal(leads_to(f, &st->outcomes[OUTCOME_FAIL]), "sorry");
	assert_string_equal(leads_to(f, &st->outcomes[OUTCOME_SLOW]), "slow");
}

static void
a_dialogue_takes_over_no_targets_and_has_its_own(void **state)
{
	const struct fixture *f = *state;
	const struct state *st = state_named(f, "d/again");

	assert_int_equal(st->tries, 1);
	assert_string_equal(leads_to(f, &st->fail), "sorry");
	assert_int_equal(st->fail.line, state_named(f, "d")->line);
	assert_string_equal(st->bad.in[1].pieces[0].literal, "Wrong.");
	assert_true(st->resume);
}

static void
the_limit_of_a_state_counts_before_the_institutions(void **state)
{
	const struct fixture *f = *state;
	struct limits l = limits_at(f->c, state_named(f, "home"));

	assert_int_equal(l.session_s, 30);
	assert_int_equal(l.septets, 60);
	assert_int_equal(l.ucs2, 70);
	assert_int_equal(limits_at(f->c, state_named(f, "own")).session_s, 80);
	assert_int_equal(limits_at(f->c, state_named(f, "a")).turn_ms, 1000);
	assert_int_equal(limits_at(f->c, state_named(f, "b")).turn_ms, 3000);
	assert_int_equal(f->g->max_calls, 5);
}

static void
a_session_lives_as_long_as_its_state_waits(void **state)
{
	const struct fixture *f = *state;
	const struct facts facts = { .septets = 160, .ucs2 = 70 };
	struct move m = step_begin(f->c, &facts, 0, "*152*00#", f->arena);

	assert_int_equal(session_life_ms(f->c, &m.session), 100000);
	m = step_input(f->c, &facts, &m.session, "1", f->arena);
	assert_int_equal(session_life_ms(f->c, &m.session), 30000);
}

int
main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(an_ask_takes_over_what_it_leaves_out),
		TEST(what_a_state_says_itself_counts),
		TEST(a_call_takes_over_outcomes),
		TEST(a_dialogue_takes_over_no_targets_and_has_its_own),
		TEST(the_limit_of_a_state_counts_before_the_institutions),
		TEST(a_session_lives_as_long_as_its_state_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * What passed the check cannot go wrong on the screen: wanderers through the
 * samples and through generated menus meet nothing that was not promised.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "menus/edges.h"
#include "menus/step.h"
#include "tests/unit/random_menu.h"
#include "tests/unit/wander.h"

#define MENUS 4000

static const char menus[] =
    "langs = [ \"sw\", \"en\" ];\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
    "root = { text = { sw = \"Huduma\"; en = \"Services\"; };\n"
    "  menu = ( { sw = \"Maji\"; en = \"Water\"; next = \"maji\"; } ); };\n";

/* Leads back into where its people come from. */
static const char latra[] =
    "latra: { title = { sw = \"Nauli\"; en = \"Fares\"; };\n"
    "doors = { ussd = \"home\"; open = { in = \"from\"; }; };\n"
    "vars = { t = { type = \"text\"; max = 9; keep = \"9d\"; "
    "share = true; };\n"
    "  q = { type = \"text\"; max = 40; };\n"
    "  f = { type = \"money\"; max = 12; }; };\n"
    "apis = { bus = { get = \"http://h/{q}\"; timeout = 3000;\n"
    "  take = { f = \"$.f\"; }; share = [ \"maji\" ]; };\n"
    "  day = { get = \"http://h/{date}\"; timeout = 3000;\n"
    "  take = { f = \"$.f\"; }; share = [ \"maji\" ]; }; };\n"
    "states = { home = { text = { sw = \"Nauli\"; en = \"Fares\"; };\n"
    "  menu = ( { sw = \"Kutoka\"; en = \"From\"; next = \"from\"; },\n"
    "    { sw = \"Maji\"; en = \"Water\"; next = \"maji\"; } ); };\n"
    "from = { text = { sw = \"Wapi?\"; en = \"Where?\"; };\n"
    "  ask = { into = \"t\"; tries = 2; fail = \"home\";\n"
    "    bad = { sw = \"Kosa.\"; en = \"Wrong.\"; }; }; next = \"to\"; };\n"
    "to = { text = { sw = \"Toka {t}\"; en = \"From {t}\"; };\n"
    "  menu = ( { sw = \"Basi\"; en = \"Enough\"; next = \"bye\"; },\n"
    "    { sw = \"Maji\"; en = \"Water\"; next = \"maji\"; },\n"
    "    { sw = \"Ndani\"; en = \"Inside\"; next = \"maji.in\"; } ); };\n"
    "bye = { end = { sw = \"Asante\"; en = \"Thanks\"; }; }; }; };\n";

static void
add(struct wandered *sum, struct wandered more)
{
	sum->shown += more.shown;
	sum->ended += more.ended;
	sum->called += more.called;
	sum->visited += more.visited;
	sum->texts += more.texts;
	sum->offered += more.offered;
	sum->kept += more.kept;
}

static void
nothing_goes_wrong_in_the_samples(void **state)
{
	const char *folder = getenv("MLANGO_SRCDIR");
	struct arena *a = arena_new();
	struct wandered sum;
	struct findings f;
	struct catalogue *c;

	(void)state;
	findings_init(&f, a);
	c = catalogue_read(arena_printf(a, "%s/config/menus.cfg",
			       folder == NULL ? "." : folder),
	    0, 0, &f);
	assert_int_equal(f.errors, 0);
	sum = wander(c, 20260228, 20000);
	assert_true(sum.shown > 5000 && sum.ended > 500);
	assert_true(sum.called > 500 && sum.texts > 200);
	catalogue_free(c);
	arena_free(a);
}

/* A secret is known on every path to `sure`, but for who goes back there from
 * behind a call. */
static void
nobody_comes_back_to_where_a_secret_is_missing(void **state)
{
	static const char secret[] =
	    "maji: { title = { sw = \"Maji\"; en = \"Water\"; };\n"
	    "doors = { ussd = \"home\"; };\n"
	    "vars = { pin = { type = \"pin\"; max = 4; }; };\n"
	    "apis = {\n"
	    "test = { post = \"http://h/\"; safe = true; timeout = 3000;\n"
	    "  body = { pin = \"{pin}\"; }; };\n"
	    "news = { get = \"http://h/\"; timeout = 3000; };\n"
	    "pay = { post = \"http://h/\"; timeout = 3000;\n"
	    "  body = { pin = \"{pin}\"; }; }; };\n"
	    "states = {\n"
	    "home = { text = { sw = \"Siri?\"; en = \"PIN?\"; };\n"
	    "  ask = { into = \"pin\"; tries = 3; fail = \"bye\";\n"
	    "  bad = { sw = \"Kosa.\"; en = \"Wrong.\"; }; };\n"
	    "  next = \"sure\"; };\n"
	    "sure = { text = { sw = \"Sasa?\"; en = \"Now?\"; }; menu = (\n"
	    "  { sw = \"Jaribu\"; en = \"Try\"; next = \"test\"; },\n"
	    "  { sw = \"Habari\"; en = \"News\"; next = \"news\"; },\n"
	    "  { sw = \"Lipa\"; en = \"Pay\"; next = \"pay\"; } ); };\n"
	    "test = { call = \"test\"; ok = \"over\"; missing = \"over\";\n"
	    "  fail = \"over\"; slow = \"over\"; };\n"
	    "news = { call = \"news\"; ok = \"over\"; missing = \"over\";\n"
	    "  fail = \"over\"; slow = \"over\"; };\n"
	    "pay = { call = \"pay\"; once = true; ok = \"over\";\n"
	    "  missing = \"over\"; fail = \"over\"; slow = \"over\"; };\n"
	    "over = { text = { sw = \"Tayari\"; en = \"Done\"; }; menu = (\n"
	    "  { sw = \"Tena\"; en = \"Again\"; next = \"home\"; },\n"
	    "  { sw = \"Basi\"; en = \"Enough\"; next = \"bye\"; } ); };\n"
	    "bye = { end = { sw = \"Asante\"; en = \"Thanks\"; }; };\n"
	    "}; };\n";
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct source maji = { "maji.cfg", secret, strlen(secret) };
	struct arena *a = arena_new();
	struct findings f;
	struct catalogue *c;

	(void)state;
	findings_init(&f, a);
	c = catalogue_compile(top, &maji, 1, 0, 0, &f);
	assert_int_equal(f.errors, 0);
	assert_true(wander(c, 20260301, 10000).called > 1000);
	catalogue_free(c);
	arena_free(a);
}

static void
a_long_row_of_unseen_states_is_gone_through(void **state)
{
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct source maji = { .name = "maji.cfg" };
	struct arena *a = arena_new();
	struct facts facts = { .septets = 160, .ucs2 = 70 };
	const char *states = "";
	struct findings f;
	struct catalogue *c;
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		states = arena_printf(a,
		    "%s r%d = { route = ( { when = \"empty x\";"
		    " next = \"r%d\"; }, { next = \"r100\"; } ); };\n",
		    states, i, i + 1);
	maji.text = arena_printf(a,
	    "maji: { title = { sw = \"Maji\"; en = \"Water\"; };\n"
	    "doors = { ussd = \"r0\"; };\n"
	    "vars = { x = { type = \"text\"; max = 4; }; };\n"
	    "states = { %s r100 = { end = { sw = \"Mwisho\"; en = \"End\"; };"
	    " }; }; };\n",
	    states);
	maji.len = strlen(maji.text);
	findings_init(&f, a);
	c = catalogue_compile(top, &maji, 1, 0, 0, &f);
	assert_int_equal(f.errors, 0);
	assert_string_equal(
	    step_begin(c, &facts, 0, "*152*00*1#", a).screen, "Mwisho");
	catalogue_free(c);
	arena_free(a);
}

static bool
has_copies(const struct graph *g)
{
	return g->states[g->state_count - 1].copy_of != NULL;
}

static bool
borrows(const struct graph *g)
{
	size_t i;

	for (i = 0; i < g->state_count; i++)
		if (g->states[i].borrowed != NULL)
			return true;
	return false;
}

static bool
has_doors(const struct catalogue *c, const struct graph *g)
{
	uint16_t number, state;
	struct edge e;
	size_t i, n;

	for (i = 0; i < g->state_count; i++)
		for (n = 0; edges_get(&g->states[i], n, &e); n++)
			if (catalogue_door(c, e.to, &number, &state))
				return true;
	return false;
}

static void
nothing_goes_wrong_in_any_menu_that_is_proved(void **state)
{
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct wandered sum = { .shown = 0 };
	struct source both[] = { { .name = "maji.cfg" },
		{ "latra.cfg", latra, strlen(latra) } };
	size_t proved = 0, with_dialogues = 0, with_doors = 0, with_loans = 0;
	uint64_t seed;

	(void)state;
	for (seed = 1; seed <= MENUS; seed++) {
		struct arena *a = arena_new();
		struct catalogue *c;
		struct findings f;

		findings_init(&f, a);
		both[0].text = random_menu(a, seed * 0x9e3779b97f4a7c15u);
		both[0].len = strlen(both[0].text);
		c = catalogue_compile(top, both, 2, 0, 0, &f);
		if (f.errors == 0) {
			proved++;
			with_dialogues += has_copies(c->graphs[1]);
			with_doors += has_doors(c, c->graphs[1]);
			with_loans += borrows(c->graphs[1]);
			add(&sum, wander(c, seed, 150));
		}
		catalogue_free(c);
		arena_free(a);
	}
	print_message("# %zu doors, %zu loans\n", with_doors, with_loans);
	print_message(
	    "# %zu of %d proved, %zu shown, %zu called, %zu visited\n",
	    proved, MENUS, sum.shown, sum.called, sum.visited);
	assert_true(proved > MENUS / 50 && with_dialogues > MENUS / 100);
	assert_true(with_doors > MENUS / 400 && with_loans > MENUS / 400);
	assert_true(sum.shown > 5000 && sum.called > 500);
	assert_true(sum.visited > 100);
	print_message("# %zu offered, %zu kept\n", sum.offered, sum.kept);
	assert_true(sum.offered > 20 && sum.kept > 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_goes_wrong_in_the_samples),
		cmocka_unit_test(
		    nobody_comes_back_to_where_a_secret_is_missing),
		cmocka_unit_test(a_long_row_of_unseen_states_is_gone_through),
		cmocka_unit_test(nothing_goes_wrong_in_any_menu_that_is_proved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

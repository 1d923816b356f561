/*
 * What passed the check cannot go wrong on the screen: wanderers through the
 * samples and through what was hard to get right meet nothing that was not
 * promised. Generated menus are walked through in tests/property/.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "menus/step.h"
#include "tests/unit/wander.h"

static const char menus[] =
    "langs = [ \"sw\", \"en\" ];\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
    "root = { text = { sw = \"Huduma\"; en = \"Services\"; };\n"
    "  menu = ( { sw = \"Maji\"; en = \"Water\"; next = \"maji\"; } ); };\n";

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_goes_wrong_in_the_samples),
		cmocka_unit_test(
		    nobody_comes_back_to_where_a_secret_is_missing),
		cmocka_unit_test(a_long_row_of_unseen_states_is_gone_through),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Check 9: how long the ways of a menu are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "menus/catalogue.h"
#include "menus/check.h"

static const char menus[] =
    "langs = [ \"sw\" ];\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
    "root = { text = { sw = \"Huduma\"; };\n"
    "  menu = ( { sw = \"Maji\"; next = \"maji\"; } ); };\n";

struct fixture {
	struct arena *arena;
	struct findings findings;
};

static int
setup(void **state)
{
	static struct fixture f;

	f.arena = arena_new();
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	return 0;
}

/* "menu home a b": a state, its kind, and where it leads. */
static const char *
state_of(struct arena *a, char *line)
{
	const char *kind = strsep(&line, " "), *name = strsep(&line, " ");
	const char *to = strsep(&line, " "), *options = "", *next;

	if (strcmp(kind, "end") == 0)
		return arena_printf(
		    a, "%s = { end = { sw = \"Asante\"; }; };\n", name);
	if (strcmp(kind, "say") == 0)
		return arena_printf(a,
		    "%s = { say = { sw = \"%0300d\"; }; next = \"%s\"; };\n",
		    name, 0, to);
	if (strcmp(kind, "ask") == 0)
		return arena_printf(a,
		    "%s = { text = { sw = \"Namba\"; }; ask = { into = \"n\";\n"
		    "  tries = 2; fail = \"%s\"; bad = { sw = \"Si.\"; }; };\n"
		    "  next = \"%s\"; };\n",
		    name, to, to);
	if (strcmp(kind, "route") == 0)
		return arena_printf(
		    a, "%s = { route = ( { next = \"%s\"; } ); };\n", name, to);
	for (next = to; next != NULL; next = strsep(&line, " "))
		options =
		    arena_printf(a, "%s%s{ sw = \"Nenda\"; next = \"%s\"; }",
			options, *options == '\0' ? "" : ", ", next);
	return arena_printf(a,
	    "%s = { text = { sw = \"Maji\"; }; menu = ( %s ); };\n", name,
	    options);
}

static void
check(struct fixture *f, const char *doors, const char *states)
{
	struct source top = { "menus.cfg", menus, strlen(menus) }, one;
	char *rest = arena_string(f->arena, states), *line;
	const char *written = "";

	while ((line = strsep(&rest, "\n")) != NULL)
		written = arena_printf(
		    f->arena, "%s%s", written, state_of(f->arena, line));
	one.name = "maji.cfg";
	one.text = arena_printf(f->arena,
	    "maji: { title = { sw = \"Maji\"; }; doors = { %s };\n"
	    "vars = { n = { type = \"digits\"; max = 12; }; };\n"
	    "states = { %s }; };\n",
	    doors, written);
	one.len = strlen(one.text);
	findings_init(&f->findings, f->arena);
	catalogue_free(catalogue_compile(top, &one, 1, 0, 0, &f->findings));
}

/* What check 9 has to say of it, or "". */
static const char *
told(const struct fixture *f)
{
	size_t i;

	for (i = 0; i < f->findings.count; i++)
		if (f->findings.list[i].check == CHECK_LENGTHS &&
		    strcmp(f->findings.list[i].file, "maji.cfg") == 0)
			return arena_printf(f->arena, "%s: %s: %s",
			    finding_grade_name(f->findings.list[i].grade),
			    f->findings.list[i].state,
			    f->findings.list[i].says);
	return "";
}

#define FIVE "menu home a\nmenu a b\nmenu b c\nmenu c d\n"
#define TEN                                                               \
	"menu home a\nmenu a b\nmenu b c\nmenu c d\nmenu d e\nmenu e f\n" \
	"menu f g\nmenu g h\nmenu h bye\nend bye"

static void
the_longest_way_is_told_by_where_it_goes(void **state)
{
	static const struct {
		const char *states, *says; /* "": nothing */
	} cases[] = {
		{ "menu home bye\nend bye", "" },
		{ FIVE "end d", "" },
		{ FIVE "menu d bye\nend bye",
		    "warning: home: the way by here from the door to an end is "
		    "long: 6 screens and 5 key presses; " },
		/* Nobody sees a route. */
		{ "route home h\nroute h i\nmenu i a\nmenu a b\nroute b c\n"
		  "menu c d\nmenu d bye\nend bye",
		    "" },
		/* Who goes round does so by choice. */
		{ "menu home a\nmenu a b home\nmenu b a bye\nend bye", "" },
		/* A way back counts up to where it comes back. */
		{ "menu home a bye\nmenu a b\nmenu b c\nmenu c home\nend bye",
		    "" },
		{ "menu home a bye\nmenu a b\nmenu b c\nmenu c d\n"
		  "menu d home\nend bye",
		    "warning: a: the way by here from the door to an end is "
		    "long: 6 screens and 5 key presses; " },
		{ "menu home a bye\nmenu a r\nroute r c\nmenu c d\n"
		  "menu d e\nmenu e s\nroute s home\nend bye",
		    "warning: a: the way by here from the door to an end is "
		    "long: 6 screens and 5 key presses; " },
		/* And it does not where there is a shorter way by it. */
		{ "menu home a bye\nmenu a b bye\nmenu b c bye\nmenu c bye\n"
		  "end bye",
		    "" },
		{ "menu home a\nmenu a b\nmenu b c\nask c d\nask d bye\n"
		  "end bye",
		    "warning: home: the way by here from the door to an end is "
		    "long: 6 screens and 27 key presses; " },
		/* Each page is a screen. */
		{ "say home a\nmenu a b\nmenu b c\nmenu c bye\nend bye",
		    "warning: home: the way by here from the door to an end is "
		    "long: 7 screens and 6 key presses; " },
		/* One that comes back is no end. */
		{ "menu home a\nmenu a b home\n"
		  "menu b c\nmenu c d\n"
		  "menu d e\nmenu e f\nmenu f g\nmenu g h\nmenu h bye\n"
		  "end bye",
		    "warning: home: a citizen who reads for 15 s a screen "
		    "cannot "
		    "come to an end: " },
		{ TEN,
		    "warning: home: a citizen who reads for 15 s a screen "
		    "cannot "
		    "come to an end: the shortest way takes 135 s, and "
		    "limits.session is 120" },
	};
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *said;

		check(f, "ussd = \"home\";", cases[i].states);
		said = told(f);
		if (*cases[i].says == '\0' ||
		    strncmp(said, cases[i].says, strlen(cases[i].says)) != 0)
			assert_string_equal(said, cases[i].says);
	}
}

static void
a_dialogue_by_sms_may_take_its_time(void **state)
{
	struct fixture *f = *state;

	check(f, "sms = ( { word = \"MAJI\"; next = \"home\"; } );", TEN);
	assert_string_equal(told(f), "");
}

static void
a_menu_of_seven_options_is_long(void **state)
{
	struct fixture *f = *state;

	check(f, "ussd = \"home\";", "menu home b b b b b b\nend b");
	assert_string_equal(told(f), "");
	check(f, "ussd = \"home\";", "menu home b b b b b b b\nend b");
	assert_string_equal(told(f),
	    "warning: home: 7 options are many to read; put some of them into "
	    "a "
	    "menu of their own");
}

#define MEASURED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEASURED(the_longest_way_is_told_by_where_it_goes),
		MEASURED(a_dialogue_by_sms_may_take_its_time),
		MEASURED(a_menu_of_seven_options_is_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

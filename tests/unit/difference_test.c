/*
 * Differences: what is told of two versions of a menu, and in which order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "menus/catalogue.h"
#include "menus/difference.h"

static const char head[] =
    "langs = [ \"sw\", \"en\" ];\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
    "root = { text = { sw = \"Huduma\"; en = \"Services\"; };\n"
    "  menu = ( { key = \"6\"; sw = \"Maji\"; en = \"Water\";\n"
    "             next = \"maji\"; } ); };\n"
    "institutions = \"institutions\";\n";

static const char maji[] =
    "maji: { title = { sw = \"Maji\"; en = \"Water\"; };\n"
    " doors = { ussd = \"home\";\n"
    "  sms = ( { word = \"DENI\"; args = [ \"acct\" ]; next = \"bill\"; } ); "
    "};\n"
    " vars = { acct = { type = \"text\"; max = 12; match = \"^[A-Z]+$\"; };\n"
    "  due = { type = \"money\"; max = 9; }; };\n"
    " apis = { bill = { get = \"http://x.example/{acct}\"; timeout = 3000;\n"
    "  take = { due = \"$.due\"; }; }; };\n"
    " states = {\n"
    "  home = { text = { sw = \"Karibu\"; en = \"Welcome\"; };\n"
    "   menu = ( { sw = \"Deni\"; en = \"Bill\"; next = \"ask\"; },\n"
    "            { sw = \"Msaada\"; en = \"Help\"; next = \"help\"; } ); };\n"
    "  ask = { text = { sw = \"Akaunti?\"; en = \"Account?\"; };\n"
    "   ask = { into = \"acct\"; tries = 3; fail = \"sorry\";\n"
    "    bad = { sw = \"Si sahihi.\"; en = \"Wrong.\"; }; };\n"
    "   next = \"bill\"; };\n"
    "  bill = { call = \"bill\"; ok = \"sort\"; missing = \"sorry\";\n"
    "   fail = \"sorry\"; slow = \"sorry\"; };\n"
    "  sort = { route = ( { when = \"due > 0\"; next = \"owes\"; },\n"
    "                     { next = \"clear\"; } ); };\n"
    "  owes = { end = { sw = \"Deni {due}\"; en = \"Due {due}\"; }; };\n"
    "  clear = { end = { sw = \"Hakuna\"; en = \"Nothing\"; }; };\n"
    "  help = { end = { sw = \"Piga 190\"; en = \"Call 190\"; }; };\n"
    "  sorry = { end = { sw = \"Samahani\"; en = \"Sorry\"; }; };\n"
    " }; };\n";

#define EDITS    4
#define LONG_WAY ((size_t)2000)

struct edit {
	const char *from, *to; /* every time it stands there */
};

static const char *
edited(struct arena *a, const char *text, const struct edit *edits)
{
	const char *at;
	size_t i;

	for (i = 0; i < EDITS && edits[i].from != NULL; i++) {
		const char *done = "";

		assert_non_null(strstr(text, edits[i].from));
		while ((at = strstr(text, edits[i].from)) != NULL) {
			done = arena_printf(a, "%s%.*s%s", done,
			    (int)(at - text), text, edits[i].to);
			text = at + strlen(edits[i].from);
		}
		text = arena_printf(a, "%s%s", done, text);
	}
	return text;
}

static struct catalogue *
compiled(struct arena *a, const char *menus, const char *institution)
{
	struct source one = { "maji.cfg", institution, strlen(institution) };
	struct findings f;
	struct catalogue *c;

	findings_init(&f, a);
	c = catalogue_compile(
	    (struct source){ "menus.cfg", menus, strlen(menus) }, &one, 1, 0, 0,
	    &f);
	findings_print(&f, stderr);
	assert_non_null(c);
	assert_int_equal(f.errors, 0);
	assert_int_equal(c->graph_count, 1);
	return c;
}

/* "maji/home: the key ...\n" */
static const char *
told(struct arena *a, const struct difference *d)
{
	const char *all = "";
	size_t i;

	for (i = 0; i < d->count; i++)
		all = arena_printf(a, "%s%s: %s: %s\n", all,
		    difference_kind_name(d->list[i].kind),
		    difference_place(a, &d->list[i]),
		    difference_says(a, &d->list[i]));
	return all;
}

static const char *
difference_by(struct arena *a, const struct edit *edits)
{
	struct catalogue *old = compiled(a, head, maji);
	struct catalogue *new = compiled(a, head, edited(a, maji, edits));
	struct difference d =
	    difference_of(a, old, old->graphs[0], new, new->graphs[0]);
	const char *all = told(a, &d);

	catalogue_free(old);
	catalogue_free(new);
	return all;
}

static void
every_change_of_an_institution_is_told(void **state)
{
	static const struct {
		struct edit edits[EDITS];
		const char *told;
	} cases[] = {
		/* Keys and keywords. */
		{ { { "{ sw = \"Msaada\"", "{ key = \"5\"; sw = \"Msaada\"" } },
		    "key: maji/home: the key 2 \"Msaada\", which led to "
		    "'help', is gone; what it was is 5 now\n"
		    "key: maji/home: the key 5 \"Msaada\" is new and leads to "
		    "'help'\n"
		    "text: maji/home: the option 2 in 'sw' is gone: it was "
		    "\"Msaada\"\n"
		    "text: maji/home: the option 2 in 'en' is gone: it was "
		    "\"Help\"\n"
		    "text: maji/home: the option 5 in 'sw' is new: "
		    "\"Msaada\"\n"
		    "text: maji/home: the option 5 in 'en' is new: "
		    "\"Help\"\n" },
		{ { { "next = \"help\"", "next = \"sorry\"" },
		      { "  help = { end = { sw = \"Piga 190\"; en = \"Call "
			"190\"; }; };\n",
			  "" } },
		    "key: maji/home: the key 2 \"Msaada\" led to 'help' and "
		    "leads to 'sorry' now\n"
		    "state: maji/help: is gone: end\n" },
		{ { { "DENI", "BILI" } },
		    "keyword: maji: the keyword BILI is new and leads to "
		    "'bill' with acct\n"
		    "keyword: maji: the keyword DENI, which led to 'bill' with "
		    "acct, is gone; what it was is BILI now\n" },
		/* Texts. */
		{ { { "Deni {due}", "Unadaiwa\\n{due}" } },
		    "text: maji/owes: text in 'sw' was \"Deni {due}\" and is "
		    "\"Unadaiwa\\n{due}\" now\n" },
		{ { { "\"Bill\"", "\"Your bill\"" },
		      { "\"Wrong.\"", "\"No.\"" } },
		    "text: maji/home: the option 1 in 'en' was \"Bill\" and is "
		    "\"Your bill\" now\n"
		    "text: maji/ask: bad in 'en' was \"Wrong.\" and is \"No.\" "
		    "now\n" },
		{ { { "en = \"Call 190\"; };",
		      "en = \"Call 190\"; }; sms = { sw = \"190\"; en = "
		      "\"190\"; };" } },
		    "text: maji/help: sms in 'sw' is new: \"190\"\n"
		    "text: maji/help: sms in 'en' is new: \"190\"\n" },
		/* Ways and states. */
		{ { { "missing = \"sorry\"", "missing = \"clear\"" } },
		    "way: maji/bill: missing was sorry and is clear now\n" },
		{ { { "due > 0", "due > 100" } },
		    "way: maji/sort: route was due > 0 > owes; else > clear "
		    "and is due > 100 > owes; else > clear now\n" },
		{ { { "tries = 3", "tries = 2" } },
		    "state: maji/ask: tries was 3 and is 2 now\n" },
		{ { { "next = \"help\"; } ); };",
		      "next = \"help\"; } ); resume = false; };" } },
		    "state: maji/home: resume was true and is false now\n" },
		{ { { "help = { end = { sw = \"Piga 190\"; en = \"Call 190\"; "
		      "}; "
		      "};",
		      "help = { say = { sw = \"Piga 190\"; en = \"Call 190\"; "
		      "}; next = \"clear\"; };" } },
		    "state: maji/help: kind was end and is say now\n" },
		{ { { "next = \"help\"; } ); };",
		      "next = \"help\"; } ); limits = { wait = 60; }; };" } },
		    "limit: maji/home: limits.wait is new: 60\n" },
		{ { { "args = [ \"acct\" ];",
		      "args = [ \"acct\" ]; rest = true; optional = 0;" } },
		    "keyword: maji: the keyword DENI led to 'bill' with acct "
		    "and "
		    "leads to 'bill' with acct... now\n" },
		/* Renamed, be it two that lead to each other, or a route. */
		{ { { "sorry", "pole" } },
		    "state: maji/pole: was called 'sorry'\n" },
		{ { { "sort", "choose" }, { "owes", "debt" } },
		    "state: maji/choose: was called 'sort'\n"
		    "state: maji/debt: was called 'owes'\n" },
		{ { { "next = \"ask\"", "next = \"ask_acct\"" },
		      { "  ask = { text", "  ask_acct = { text" },
		      { "next = \"bill\"; };\n  bill",
			  "next = \"help\"; };\n  bill" } },
		    "way: maji/ask_acct: next was bill and is help now\n"
		    "state: maji/ask_acct: was called 'ask'\n" },
		/* Rules and services. */
		{ { { "max = 12", "max = 14" }, { "[A-Z]", "[A-Y]" } },
		    "variable: maji: variable acct: max was 12 and is 14 now\n"
		    "variable: maji: variable acct: match was ^[A-Z]+$ and is "
		    "^[A-Y]+$ now\n" },
		{ { { "max = 9;", "max = 9; least_value = 5;" } },
		    "variable: maji: variable due: least_value is new: 5\n" },
		{ { { "x.example/{acct}", "y.example/{acct}" },
		      { "3000", "2000" }, { "$.due", "$.owed" } },
		    "call: maji: api bill: url was http://x.example/{acct} and "
		    "is http://y.example/{acct} now\n"
		    "call: maji: api bill: take due was $.due and is $.owed "
		    "now\n"
		    "call: maji: api bill: timeout was 3000 and is 2000 "
		    "now\n" },
	};
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(
		    difference_by(a, cases[i].edits), cases[i].told);
	arena_free(a);
}

static void
what_did_not_change_is_not_told(void **state)
{
	static const struct edit spaces[EDITS] = { { "; };\n", ";\n\n };\n" } };
	static const struct edit no_edits[EDITS] = { { NULL, NULL } };
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(difference_by(a, no_edits), "");
	assert_string_equal(difference_by(a, spaces), "");
	arena_free(a);
}

static void
what_citizens_notice_most_stands_first(void **state)
{
	static const struct edit edits[EDITS] = { { "timeout = 3000",
						      "timeout = 2000" },
		{ "\"Karibu\"", "\"Habari\"" }, { "DENI", "BILI" },
		{ "slow = \"sorry\"", "slow = \"help\"" } };
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(difference_by(a, edits),
	    "keyword: maji: the keyword BILI is new and leads to 'bill' with "
	    "acct\n"
	    "keyword: maji: the keyword DENI, which led to 'bill' with acct, "
	    "is gone; what it was is BILI now\n"
	    "text: maji/home: text in 'sw' was \"Karibu\" and is \"Habari\" "
	    "now\n"
	    "way: maji/bill: slow was sorry and is help now\n"
	    "call: maji: api bill: timeout was 3000 and is 2000 now\n");
	arena_free(a);
}

static void
the_menus_file_and_all_institutions_are_compared(void **state)
{
	static const struct edit edits[EDITS] = { { "*152*00#", "*152*01#" },
		{ "key = \"6\"", "key = \"7\"" },
		{ "\"root\"; } );",
		    "\"root\"; } );\nlimits = { pages = 4; };\n"
		    "words = { was = { sw = \"Hapo: {title}\"; "
		    "en = \"You were at: {title}\"; }; };\n"
		    "nav = { back = \"9\"; home = \"00\"; more = \"98\"; "
		    "lang = \"99\"; };" } };
	struct arena *a = arena_new();
	struct catalogue *old = compiled(a, head, maji);
	struct catalogue *new = compiled(a, edited(a, head, edits), maji);
	struct difference d = difference_of_all(a, old, new);

	(void)state;
	assert_string_equal(told(a, &d),
	    "code: the menus file: *152*00# is gone: it was root\n"
	    "code: the menus file: *152*01# is new: root\n"
	    "key: the menus file: the key of 'back' was 0 and is 9 now\n"
	    "key: root/root: the key 6 \"Maji\", which led to 'maji', is gone;"
	    " what it was is 7 now\n"
	    "key: root/root: the key 7 \"Maji\" is new and leads to 'maji'\n"
	    "text: the menus file: was in 'sw' was \"Ulikuwa: {...}\" and is "
	    "\"Hapo: {...}\" now\n"
	    "text: root/root: the option 6 in 'sw' is gone: it was \"Maji\"\n"
	    "text: root/root: the option 6 in 'en' is gone: it was \"Water\"\n"
	    "text: root/root: the option 7 in 'sw' is new: \"Maji\"\n"
	    "text: root/root: the option 7 in 'en' is new: \"Water\"\n"
	    "limit: the menus file: pages was 6 and is 4 now\n");
	catalogue_free(old);
	catalogue_free(new);
	arena_free(a);
}

static void
an_institution_may_come_and_go(void **state)
{
	struct arena *a = arena_new();
	struct catalogue *c = compiled(a, head, maji);
	struct difference d;

	(void)state;
	d = difference_of(a, c, NULL, c, c->graphs[0]);
	assert_string_equal(told(a, &d), "door: maji: is new\n");
	d = difference_of(a, c, c->graphs[0], c, NULL);
	assert_string_equal(told(a, &d), "door: maji: is gone\n");
	catalogue_free(c);
	arena_free(a);
}

/* A say for each of many states, each of which leads to the next one. */
static const char *
long_way(struct arena *a, char prefix)
{
	size_t room = 200 * LONG_WAY, len, i;
	char *text = arena_alloc(a, room);

	len = (size_t)snprintf(text, room,
	    "maji: { title = { sw = \"M\"; en = \"W\"; };\n"
	    " doors = { ussd = \"%c0\"; }; states = {\n",
	    prefix);
	for (i = 0; i + 1 < LONG_WAY; i++)
		len += (size_t)snprintf(text + len, room - len,
		    "%c%zu = { say = { sw = \"Neno %zu\"; en = \"Word %zu\"; };"
		    " next = \"%c%zu\"; };\n",
		    prefix, i, i, i, prefix, i + 1);
	snprintf(text + len, room - len,
	    "%c%zu = { end = { sw = \"Basi\"; en = \"Done\"; }; }; }; };\n",
	    prefix, i);
	return text;
}

/* Were each found only once the next one is, this would take minutes. */
static void
every_state_may_have_another_name(void **state)
{
	struct arena *a = arena_new();
	struct catalogue *old = compiled(a, head, long_way(a, 's'));
	struct catalogue *new = compiled(a, head, long_way(a, 't'));
	struct difference d =
	    difference_of(a, old, old->graphs[0], new, new->graphs[0]);
	size_t i;

	(void)state;
	assert_int_equal(d.count, LONG_WAY);
	for (i = 0; i < d.count; i++)
		assert_int_equal(d.list[i].how, DIFFERENCE_RENAMED);
	catalogue_free(old);
	catalogue_free(new);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_change_of_an_institution_is_told),
		cmocka_unit_test(what_did_not_change_is_not_told),
		cmocka_unit_test(what_citizens_notice_most_stands_first),
		cmocka_unit_test(
		    the_menus_file_and_all_institutions_are_compared),
		cmocka_unit_test(an_institution_may_come_and_go),
		cmocka_unit_test(every_state_may_have_another_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

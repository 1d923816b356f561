/*
 * From files to a catalogue: what a good file becomes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "menus/catalogue.h"
#include "menus/pattern.h"

static const char menus[] =
    "langs = [ \"sw\", \"en\" ];\n"
    "words = { bad = { sw = \"Kosa.\"; en = \"Wrong.\"; }; };\n"
    "limits = { septets = 150; calls = 7; };\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; },\n"
    "          { code = \"*152*00*7#\"; root = \"root\"; },\n"
    "          { code = \"*150#\"; root = \"short\"; } );\n"
    "root = { text = { sw = \"Huduma\"; en = \"Services\"; };\n"
    "  menu = ( { key = \"6\"; sw = \"Maji\"; en = \"Water\"; next = \"maji\"; "
    "},\n"
    "           { key = \"8\"; sw = \"Elimu\"; en = \"Education\";\n"
    "             menu = ( { sw = \"NECTA\"; en = \"NECTA\"; next = \"necta\"; "
    "} ); } ); };\n"
    "short = { text = { sw = \"Fupi\"; en = \"Short\"; };\n"
    "  menu = ( { sw = \"Maji\"; en = \"Water\"; next = \"maji\"; } ); };\n";

static const char maji[] =
    "maji: {\n"
    "  title = { sw = \"Maji\"; en = \"Water\"; };\n"
    "  base = \"http://127.0.0.1:8090/maji\";\n"
    "  doors = { ussd = \"home\"; sms = ( { word = \"DENI\"; args = [ \"acct\" "
    "]; next = \"bill\"; } ); };\n"
    "  vars = { acct = { type = \"text\"; max = 12; fold = \"upper\"; match = "
    "\"^[A-Z][0-9]{7,11}$\"; keep = \"365d\"; };\n"
    "           paid = { type = \"date\"; }; way = { type = \"choice\"; "
    "choices = [ \"maji\", \"umeme\" ]; };\n"
    "           amount = { type = \"money\"; max = 12; least_value = 1; };\n"
    "           secret = { type = \"pin\"; max = 4; };\n"
    "           areas = { type = \"rows\"; max = 12; cols = [ \"id\", "
    "\"label\" ]; width = 24; }; area = { type = \"text\"; max = 8; }; };\n"
    "  apis = { bill = { get = \"/accounts/{acct}?lang={lang}\"; timeout = "
    "9000; retry = 1; take = { amount = \"$.due\"; }; };\n"
    "           places = { get = \"https://a.example/areas\"; timeout = 2000; "
    "cache = 60; take = { areas = \"$.a[*](id,name)\"; }; };\n"
    "           leak = { post = \"/leaks\"; timeout = 3000; body = { area = "
    "\"{area}\"; phone = \"+{msisdn}\"; }; }; };\n"
    "  states = {\n"
    "    home = { text = { sw = \"Maji\"; en = \"Water\"; };\n"
    "      menu = ( { sw = \"Deni\"; en = \"Bill\"; next = \"ask\"; }, { key = "
    "\"5\"; sw = \"Taarifa\"; en = \"Report\"; when = \"channel == 'ussd' and "
    "empty area\"; next = \"areas\"; } ); };\n"
    "    ask = { text = { sw = \"Akaunti?\"; en = \"Account?\"; };\n"
    "      ask = { into = \"acct\"; tries = 3; fail = \"bye\"; bad = { sw = "
    "\"Si sahihi.\"; en = \"Wrong.\"; }; }; next = \"bill\"; };\n"
    "    bill = { call = \"bill\"; later = true; ok = \"due\"; missing = "
    "\"bye\"; fail = \"bye\"; slow = \"bye\"; };\n"
    "    due = { route = ( { when = \"amount >= -5\"; next = \"owes\"; }, { "
    "next = \"bye\"; } ); };\n"
    "    owes = { say = { sw = \"Deni: {amount}/= leo\"; en = \"Due: "
    "{amount}/= now\"; }; next = \"bye\"; resume = false; };\n"
    "    areas = { call = \"places\"; ok = \"pick\"; missing = \"bye\"; fail = "
    "\"bye\"; slow = \"bye\"; };\n"
    "    pick = { text = { sw = \"Eneo\"; en = \"Area\"; };\n"
    "      list = { rows = \"areas\"; show = \"label\"; into = \"area\"; value "
    "= \"id\"; empty = \"bye\"; }; next = \"leak\"; };\n"
    "    leak = { call = \"leak\"; once = true; ok = \"bye\"; missing = "
    "\"bye\"; fail = \"bye\"; slow = \"bye\"; };\n"
    "    bye = { end = { sw = \"Asante\"; en = \"Thanks\"; }; sms = { sw = "
    "\"SMS {msisdn}\"; en = \"SMS {msisdn}\"; }; };\n"
    "  };\n"
    "  talks = ( { name = \"bill\"; dial = \"*152*00*6#\"; given = { bill = "
    "\"200 bill.json\"; places = \"never\"; leak = \"404\"; };\n"
    "              say = ( \"<Deni\", \"> 1\" ); } );\n"
    "};\n";

struct fixture {
	struct arena *arena;
	struct findings findings;
	struct catalogue *c;
};

static struct catalogue *compile(
    struct fixture *f, const char *head, const char *institution);
static const struct state *find(const struct graph *g, const char *name);

static int
setup(void **state)
{
	static struct fixture f;

	f.arena = arena_new();
	findings_init(&f.findings, f.arena);
	f.c = compile(&f, menus, maji);
	if (f.c == NULL || f.c->graph_count != 1)
		findings_print(&f.findings, stderr);
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

static struct catalogue *
compile(struct fixture *f, const char *head, const char *institution)
{
	struct source top = { "menus.cfg", head, strlen(head) };
	struct source one = { "maji.cfg", institution, strlen(institution) };

	return catalogue_compile(top, &one, 1, 0, 0, &f->findings);
}

static const struct state *
find(const struct graph *g, const char *name)
{
	size_t i;

	for (i = 0; i < g->state_count; i++)
		if (strcmp(g->states[i].name, name) == 0)
			return &g->states[i];
	fail_msg("no state %s", name);
	return NULL;
}

static void
nested_menus_lie_flat_in_the_root(void **state)
{
	struct fixture *f = *state;
	const struct graph *root = f->c->root;
	const struct state *top, *nested;

	assert_int_equal(root->state_count, 3);
	top = find(root, "root");
	nested = find(root, "root.8");
	assert_int_equal(top->option_count, 2);
	assert_int_equal(top->options[0].next.state, NOWHERE);
	assert_string_equal(top->options[0].next.institution, "maji");
	assert_ptr_equal(&root->states[top->options[1].next.state], nested);
	assert_null(top->options[1].next.institution);
	assert_string_equal(nested->text.in[0].pieces[0].literal, "Elimu");
	assert_string_equal(nested->options[0].key, "1");
}

static void
an_institution_that_is_not_there_is_absent_and_an_error(void **state)
{
	struct fixture *f = *state;
	const struct target *t = &find(f->c->root, "root.8")->options[0].next;

	assert_int_equal(t->state, NOWHERE);
	assert_int_equal(catalogue_graph(f->c, t->institution), NOWHERE);
	assert_int_equal(f->findings.errors, 1);
	assert_int_equal(f->findings.list[0].line, 10);
	assert_int_equal(f->findings.list[0].check, 2);
	assert_non_null(strstr(f->findings.list[0].says, "necta"));
}

static void
limits_and_words_have_defaults_and_a_dialect_may_lower(void **state)
{
	struct fixture *f = *state;
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct catalogue *low;

	assert_int_equal(f->c->limits.septets, 150);
	assert_int_equal(f->c->limits.ucs2, 70);
	assert_int_equal(f->c->limits.session_s, 120);
	assert_int_equal(f->c->graphs[0]->max_calls, 7);
	assert_string_equal(f->c->bad.in[1].pieces[0].literal, "Wrong.");
	assert_string_equal(f->c->more.text.in[0].pieces[0].literal, "Zaidi");
	assert_string_equal(f->c->more.key, "98");
	assert_int_equal(
	    f->c->changed.in[0].pieces[1].var, BUILTIN_BASE + BUILTIN_CODE);
	assert_string_equal(f->c->unknown.in[1].pieces[1].literal, "DENI");
	low = catalogue_compile(top, NULL, 0, 120, 200, &f->findings);
	assert_int_equal(low->limits.septets, 120);
	assert_int_equal(low->limits.ucs2, 70);
	catalogue_free(low);
}

static void
variables_carry_their_rules(void **state)
{
	struct fixture *f = *state;
	const struct graph *g = f->c->graphs[0];
	const struct variable *v = g->vars;

	assert_string_equal(v[0].name, "acct");
	assert_true(v[0].upper);
	assert_string_equal(v[0].drops, " /-");
	assert_true(pattern_match(v[0].match, "A1234567"));
	assert_false(pattern_match(v[0].match, "A123456"));
	assert_false(pattern_match(v[0].match, "A1234567\n"));
	assert_int_equal(v[0].keep_s, 365 * 86400);
	assert_int_equal(v[1].type, VAR_DATE);
	assert_int_equal(v[1].max, 10);
	assert_int_equal(v[2].type, VAR_CHOICE);
	assert_int_equal(v[2].max, 5);
	assert_true(v[3].has_least);
	assert_false(v[3].has_most);
	assert_int_equal(v[3].least, 1);
	assert_true(v[4].secret);
	assert_int_equal(v[5].max, 12);
	assert_int_equal(v[5].width, 24);
	assert_string_equal(v[5].cols[1], "label");
}

static void
folding_follows_the_rule(void **state)
{
	static const struct {
		const char *match, *drops;
		char turns, joiner;
	} cases[] = {
		{ "^S[0-9]{12}$", " /-", 0, 0 },
		{ "^[A-Z-]+$", " ", '/', '-' },
		{ "^[^-A-Z]+$", " ", '/', '-' },
		{ "^[0-9]{4}-[0-9]{2}$", " ", '/', '-' },
		{ "^[0-9]{4}\\\\-[0-9]{2}$", " ", '/', '-' },
		{ "^[0-9]{4}/[0-9]{2}$", " ", '-', '/' },
		{ "^[0-9]{4}[/-][0-9]{2}$", " ", 0, 0 },
		{ "^T [0-9]{3}$", "/-", 0, 0 },
	};
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *text = arena_printf(f->arena,
		    "maji: { title = { sw = \"a\"; en = \"b\"; };"
		    "doors = { ussd = \"x\"; }; vars = { v = { type = \"text\";"
		    "max = 20; fold = \"upper\"; match = \"%s\"; }; };"
		    "states = { x = { end = { sw = \"a\"; en = \"b\"; }; }; };"
		    "};",
		    cases[i].match);
		struct catalogue *c = compile(f, menus, text);
		const struct variable *v;

		assert_int_equal(c->graph_count, 1);
		v = &c->graphs[0]->vars[0];
		assert_string_equal(v->drops, cases[i].drops);
		assert_int_equal(v->turns, cases[i].turns);
		assert_int_equal(v->joiner, cases[i].joiner);
		catalogue_free(c);
	}
}

static void
services_know_where_to_go_and_what_to_take(void **state)
{
	struct fixture *f = *state;
	const struct api *bill = &f->c->graphs[0]->apis[0], *leak = bill + 2;

	assert_string_equal(bill->method, "GET");
	assert_true(bill->safe);
	assert_int_equal(bill->url.count, 4);
	assert_string_equal(bill->url.pieces[0].literal,
	    "http://127.0.0.1:8090/maji/accounts/{acct}?lang={lang}");
	assert_int_equal(bill->url.pieces[0].len,
	    strlen("http://127.0.0.1:8090/maji/accounts/"));
	assert_int_equal(bill->url.pieces[1].var, 0);
	assert_null(bill->url.pieces[1].literal);
	assert_int_equal(bill->takes[0].var, 3);
	assert_string_equal(bill->takes[0].path, "$.due");
	assert_string_equal(leak->method, "POST");
	assert_false(leak->safe);
	assert_int_equal(leak->body_count, 2);
	assert_string_equal(leak->body[1].name, "phone");
	assert_int_equal(leak->body[1].value.count, 2);
}

static void
states_are_what_their_action_word_says(void **state)
{
	struct fixture *f = *state;
	const struct graph *g = f->c->graphs[0];
	const struct state *s;

	s = find(g, "home");
	assert_int_equal(s->kind, STATE_MENU);
	assert_ptr_equal(&g->states[g->ussd_door], s);
	assert_string_equal(s->options[0].key, "1");
	assert_string_equal(s->options[1].key, "5");
	assert_int_equal(s->options[1].when.count, 2);
	assert_int_equal(s->options[1].when.tests[1].op, COMPARE_EMPTY);
	s = find(g, "ask");
	assert_int_equal(s->kind, STATE_ASK);
	assert_int_equal(s->tries, 3);
	assert_int_equal(s->into, 0);
	assert_ptr_equal(&g->states[s->next.state], find(g, "bill"));
	s = find(g, "bill");
	assert_int_equal(s->kind, STATE_CALL);
	assert_true(s->later);
	assert_ptr_equal(
	    &g->states[s->outcomes[OUTCOME_SLOW].state], find(g, "bye"));
	s = find(g, "due");
	assert_int_equal(s->kind, STATE_ROUTE);
	assert_int_equal(s->branches[0].when.tests[0].number, -5);
	assert_true(s->branches[0].when.tests[0].numeric);
	assert_int_equal(s->branches[1].when.count, 0);
	s = find(g, "owes");
	assert_int_equal(s->kind, STATE_SAY);
	assert_int_equal(s->text.in[0].count, 3);
	assert_false(s->resume);
	s = find(g, "pick");
	assert_int_equal(s->kind, STATE_LIST);
	assert_int_equal(s->rows, 5);
	assert_int_equal(s->label_col, 1);
	assert_int_equal(s->value_col, 0);
	s = find(g, "bye");
	assert_int_equal(s->kind, STATE_END);
	assert_true(s->has_sms);
}

static void
talks_are_kept_as_they_are_written(void **state)
{
	struct fixture *f = *state;
	const struct talk *t = &f->c->graphs[0]->talks[0];

	assert_string_equal(t->dial, "*152*00*6#");
	assert_null(t->text);
	assert_int_equal(t->given[0].status, 200);
	assert_string_equal(t->given[0].body, "bill.json");
	assert_int_equal(t->given[1].status, 0);
	assert_int_equal(t->given[2].status, 404);
	assert_null(t->given[2].body);
	assert_string_equal(t->say[1], "> 1");
	assert_null(t->say[2]);
}

static void
a_hash_names_a_catalogue_by_its_content(void **state)
{
	struct fixture *f = *state;
	struct source top = { "elsewhere.cfg", menus, strlen(menus) };
	struct source one = { "else/maji.cfg", maji, strlen(maji) };
	struct catalogue *same, *other;
	char *changed;

	same = catalogue_compile(top, &one, 1, 100, 0, &f->findings);
	assert_true(digest_equal(&f->c->hash, &same->hash));
	assert_int_equal(catalogue_source(same).len, strlen(menus));
	assert_string_equal(catalogue_source(same).text, menus);
	assert_string_equal(same->graphs[0]->source, maji);
	catalogue_free(same);

	changed = arena_string(f->arena, maji);
	memcpy(strstr(changed, "Asante"), "Ahsant", 6);
	other = compile(f, menus, changed);
	assert_false(digest_equal(&f->c->hash, &other->hash));
	assert_false(
	    digest_equal(&f->c->graphs[0]->hash, &other->graphs[0]->hash));
	catalogue_free(other);

	other = catalogue_compile(top, NULL, 0, 0, 0, &f->findings);
	assert_false(digest_equal(&f->c->hash, &other->hash));
	catalogue_free(other);
}

static void
the_longest_code_that_was_dialled_wins(void **state)
{
	static const struct {
		const char *dialled;
		int code;
		const char *rest;
	} cases[] = {
		{ "*152*00#", 0, "" },
		{ "*152*00", 0, "" },
		{ "152*00#", 0, "" },
		{ "*152*00*6*1#", 0, "6*1#" },
		{ "*152*00*6", 0, "6" },
		{ "*152*00*7#", 1, "" },
		{ "*152*00*7*2#", 1, "2#" },
		{ "*152*00*71#", 0, "71#" },
		{ "*150#", 2, "" },
		{ "*150*#", 2, "#" },
		{ "*152*001#", -1, "" },
		{ "*152#", -1, "" },
		{ "", -1, "" },
		{ "*", -1, "" },
	};
	struct fixture *f = *state;
	const struct code *code;
	const char *rest;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		code = catalogue_code(
		    f->c, cases[i].dialled, "255754000001", &rest);
		if (cases[i].code == -1)
			assert_null(code);
		else
			assert_ptr_equal(code, &f->c->codes[cases[i].code]);
		assert_string_equal(rest, cases[i].rest);
	}
}

static void
a_code_may_be_for_some_numbers_only(void **state)
{
	static const char *const only[] = { "255754000001", "255754000002",
		NULL };
	static const struct code codes[] = { { .code = "*152#" },
		{ .code = "*152*99#", .only = only } };
	static const struct catalogue c = { .codes = codes, .code_count = 2 };
	const char *rest;

	(void)state;
	assert_ptr_equal(
	    catalogue_code(&c, "*152*99#", "255754000002", &rest), &codes[1]);
	assert_string_equal(rest, "");
	assert_ptr_equal(
	    catalogue_code(&c, "*152*99#", "255754000003", &rest), &codes[0]);
	assert_string_equal(rest, "99#");
	assert_ptr_equal(
	    catalogue_code(&c, "*152*99#", NULL, &rest), &codes[1]);
}

static void
a_bad_institution_is_left_out_and_the_rest_stands(void **state)
{
	struct fixture *f = *state;
	char *broken = arena_string(f->arena, maji);
	struct catalogue *c;

	memcpy(strstr(broken, "next = \"bill\""), "next = \"bull\"", 13);
	c = compile(f, menus, broken);
	assert_non_null(c);
	assert_int_equal(c->graph_count, 0);
	assert_int_equal(catalogue_graph(c, "maji"), NOWHERE);
	catalogue_free(c);
}

static void
a_keyword_belongs_to_the_first_by_name(void **state)
{
	static const char other[] =
	    "ardhi: { title = { sw = \"a\"; en = \"b\"; };\n"
	    "doors = { sms = ( { word = \"deni\"; next = \"x\"; } ); };\n"
	    "states = { x = { end = { sw = \"a\"; en = \"b\"; }; }; }; };\n";
	struct fixture *f = *state;
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct source both[] = { { "maji.cfg", maji, strlen(maji) },
		{ "ardhi.cfg", other, strlen(other) } };
	struct findings findings;
	struct catalogue *c;

	findings_init(&findings, f->arena);
	c = catalogue_compile(top, both, 2, 0, 0, &findings);
	findings_sort(&findings);
	assert_int_equal(c->graph_count, 2);
	assert_string_equal(c->graphs[0]->name, "ardhi");
	assert_string_equal(findings.list[0].file, "maji.cfg");
	assert_int_equal(findings.list[0].check, 10);
	assert_string_equal(
	    findings.list[0].says, "the keyword DENI belongs to 'ardhi'");
	catalogue_free(c);
}

/* An alias of one is a word of the other; and one begins with another. */
static void
words_of_two_institutions_are_held_against_each_other(void **state)
{
	static const char other[] =
	    "ardhi: { title = { sw = \"a\"; en = \"b\"; };\n"
	    "vars = { v = { type = \"text\"; max = 9; }; };\n"
	    "doors = { sms = ( { word = \"KIWANJA\"; also = [ \"deni\" ];\n"
	    "next = \"x\"; },\n"
	    "{ word = \"HATI\"; args = [ \"v\" ]; next = \"x\"; } ); };\n"
	    "states = { x = { end = { sw = \"a\"; en = \"b\"; }; }; }; };\n";
	static const char third[] =
	    "bima: { title = { sw = \"a\"; en = \"b\"; };\n"
	    "doors = { sms = ( { word = \"hati ya bima\"; next = \"x\"; } ); "
	    "};\n"
	    "states = { x = { end = { sw = \"a\"; en = \"b\"; }; }; }; };\n";
	struct fixture *f = *state;
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct source all[] = { { "maji.cfg", maji, strlen(maji) },
		{ "ardhi.cfg", other, strlen(other) },
		{ "bima.cfg", third, strlen(third) } };
	struct findings findings;
	struct catalogue *c;

	findings_init(&findings, f->arena);
	c = catalogue_compile(top, all, 3, 0, 0, &findings);
	findings_sort(&findings);
	assert_string_equal(findings.list[0].file, "bima.cfg");
	assert_int_equal(findings.list[0].grade, FINDING_WARNING);
	assert_string_equal(findings.list[0].says,
	    "the keyword hati ya bima takes messages away from HATI of "
	    "'ardhi', which has arguments");
	assert_string_equal(
	    findings.list[1].says, "the keyword DENI belongs to 'ardhi'");
	catalogue_free(c);
}

static void
files_that_cannot_be_institutions_are_named(void **state)
{
	static const char *const names[] = { "Maji.cfg", "root.cfg", "1a.cfg",
		"maji.old.cfg", "maji", "maji.cfg" };
	struct fixture *f = *state;
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct source files[ARRAY_SIZE(names)];
	struct findings findings;
	struct catalogue *c;
	size_t i;

	findings_init(&findings, f->arena);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		files[i] = (struct source){ names[i], maji, strlen(maji) };
	c = catalogue_compile(top, files, ARRAY_SIZE(names), 0, 0, &findings);
	assert_int_equal(c->graph_count, 1);
	for (i = 0; i + 1 < ARRAY_SIZE(names); i++) {
		assert_string_equal(findings.list[i].file, names[i]);
		assert_int_equal(findings.list[i].line, 0);
	}
	catalogue_free(c);
}

static void
a_bad_menus_file_gives_no_catalogue(void **state)
{
	struct fixture *f = *state;

	assert_null(compile(f, "langs = [ \"sw\" ", maji));
	assert_null(compile(f, "langs = [ \"sw\" ];", maji));
	assert_null(compile(f, "", maji));
	assert_null(
	    catalogue_read("/nonexistent/menus.cfg", 0, 0, &f->findings));
}

static void
a_pattern_without_hope_ends(void **state)
{
	struct fixture *f = *state;
	const struct pattern *p;
	const char *why;

	p = pattern_compile(f->arena, "^(a+)+$", &why);
	assert_true(pattern_match(p, "aaaaaaaaaaaaaaaa"));
	assert_false(pattern_match(
	    p, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"));
	assert_null(pattern_compile(f->arena, "^[a-z$", &why));
	assert_non_null(strstr(why, "at character 7"));
}

static void
the_samples_have_no_finding_at_all(void **state)
{
	const char *folder = getenv("MLANGO_SRCDIR");
	struct fixture *f = *state;
	struct findings findings;
	struct catalogue *c;

	findings_init(&findings, f->arena);
	c = catalogue_read(arena_printf(f->arena, "%s/config/menus.cfg",
			       folder != NULL ? folder : "."),
	    0, 0, &findings);
	findings_print(&findings, stderr);
	assert_int_equal(findings.count, 0);
	assert_non_null(c);
	assert_int_equal(c->graph_count, 6);
	assert_string_equal(c->graphs[0]->name, "latra");
	assert_string_equal(c->graphs[1]->name, "maji");
	assert_string_equal(c->graphs[3]->name, "necta");
	catalogue_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_may_be_for_some_numbers_only),
		cmocka_unit_test(nested_menus_lie_flat_in_the_root),
		cmocka_unit_test(
		    an_institution_that_is_not_there_is_absent_and_an_error),
		cmocka_unit_test(
		    limits_and_words_have_defaults_and_a_dialect_may_lower),
		cmocka_unit_test(variables_carry_their_rules),
		cmocka_unit_test(folding_follows_the_rule),
		cmocka_unit_test(services_know_where_to_go_and_what_to_take),
		cmocka_unit_test(states_are_what_their_action_word_says),
		cmocka_unit_test(talks_are_kept_as_they_are_written),
		cmocka_unit_test(a_hash_names_a_catalogue_by_its_content),
		cmocka_unit_test(the_longest_code_that_was_dialled_wins),
		cmocka_unit_test(
		    a_bad_institution_is_left_out_and_the_rest_stands),
		cmocka_unit_test(a_keyword_belongs_to_the_first_by_name),
		cmocka_unit_test(
		    words_of_two_institutions_are_held_against_each_other),
		cmocka_unit_test(files_that_cannot_be_institutions_are_named),
		cmocka_unit_test(a_bad_menus_file_gives_no_catalogue),
		cmocka_unit_test(a_pattern_without_hope_ends),
		cmocka_unit_test(the_samples_have_no_finding_at_all),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

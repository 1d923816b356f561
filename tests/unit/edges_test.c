/*
 * Edges: every way that leads on from a state, as a person would call it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menus/edges.h"
#include "tests/unit/dialogue.h"

static const struct graph *
graph_named(const struct catalogue *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->graph_count; i++)
		if (strcmp(c->graphs[i]->name, name) == 0)
			return c->graphs[i];
	fail_msg("there is no %s", name);
	return NULL;
}

static const struct state *
state_named(const struct graph *g, const char *name)
{
	size_t i;

	for (i = 0; i < g->state_count; i++)
		if (strcmp(g->states[i].name, name) == 0)
			return &g->states[i];
	fail_msg("there is no %s", name);
	return NULL;
}

/* "1 > ask_acct, 2 > areas" */
static const char *
edges_text(struct arena *a, const struct graph *g, const struct state *st)
{
	const char *text = "";
	struct edge e;
	size_t n;

	for (n = 0; edges_get(st, n, &e); n++)
		text = arena_printf(a, "%s%s%s > %s", text, n == 0 ? "" : ", ",
		    edges_label(a, g, &e), g->states[e.to->state].name);
	return text;
}

static void
every_kind_of_state_has_its_edges(void **state)
{
	static const struct {
		const char *graph, *state, *kind, *edges;
	} cases[] = {
		{ "maji", "home", "menu", "1 > ask_acct, 2 > areas" },
		{ "maji", "ask_acct", "ask", "next > bill, fail > sorry" },
		{ "maji", "bill", "call",
		    "ok > due, missing > no_acct, fail > sorry, "
		    "slow > by_sms" },
		{ "maji", "due", "route",
		    "amount == 0 > clear, channel == 'sms' > sent, "
		    "else > owes" },
		{ "maji", "pick", "list", "next > leak, empty > sorry" },
		{ "maji", "thanks", "end", "" },
		{ "trial", "long", "say", "next > bye" },
		{ "trial", "size", "route",
		    "amount > 1000000 and empty answer > sure, "
		    "amount < 1000 > buy, else > ask_pin" },
		{ "trial", "home", "menu",
		    "1 > ask_amount, 2 > list, 3 > long, 4 > many, "
		    "5 > ask_note, 6 > ask_day, "
		    "7 if channel == 'ussd' > ask_way, "
		    "8 if channel == 'sms' > long, 9 > quick, 10 > names" },
	};
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct graph *g = graph_named(d->c, cases[i].graph);
		const struct state *st = state_named(g, cases[i].state);

		assert_string_equal(edges_kind_name(st->kind), cases[i].kind);
		assert_string_equal(
		    edges_text(d->arena, g, st), cases[i].edges);
	}
}

static void
an_edge_knows_its_words_and_its_line(void **state)
{
	struct dialogue *d = *state;
	const struct graph *maji = graph_named(d->c, "maji");
	const struct state *home = state_named(maji, "home");
	struct edge e;

	assert_true(edges_get(home, 1, &e));
	assert_int_equal(e.kind, EDGE_OPTION);
	assert_int_equal(e.number, 1);
	assert_ptr_equal(e.text, &home->options[1].text);
	assert_ptr_equal(e.to, &home->options[1].next);
	assert_int_equal(e.line, home->options[1].line);
	assert_true(e.line > home->line);
	assert_null(e.when);
}

#define AT(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		AT(every_kind_of_state_has_its_edges),
		AT(an_edge_knows_its_words_and_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

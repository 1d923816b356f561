/*
 * Services that institutions share: found when they are called, given values
 * by their owner's rules, and taken from by both.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menus/callee.h"
#include "tests/unit/dialogue.h"

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

static const struct graph *
graph_named(const struct dialogue *d, const char *name)
{
	return d->c->graphs[catalogue_graph(d->c, name)];
}

static void
ask_person(struct dialogue *d, const char *number)
{
	dial(d, "*153*2*4#");
	answer(d, number);
}

static void
a_shared_service_is_its_owners(void **state)
{
	const struct dialogue *d = *state;
	const struct graph *g = graph_named(d, "zahanati"), *owner;
	const struct api *api =
	    callee_api(d->c, g, state_named(g, "whose"), &owner);

	assert_non_null(api);
	assert_string_equal(api->name, "person");
	assert_ptr_equal(owner, graph_named(d, "vizazi"));
	g = owner;
	api = callee_api(d->c, g, state_named(g, "who/find"), &owner);
	assert_ptr_equal(owner, g);
	assert_string_equal(api->name, "person");
}

static void
what_is_given_stands_in_the_owners_variables(void **state)
{
	struct dialogue *d = *state;
	const struct api *api;
	struct session theirs;

	ask_person(d, "12345678");
	assert_called(d, "whose");
	assert_true(callee_session(d->arena, d->c, &d->move.session, &theirs));
	api = callee_api(d->c, d->move.graph, d->move.state, NULL);
	assert_string_equal(
	    step_render(d->arena, d->c, &d->facts, &theirs, &api->url, true),
	    "http://127.0.0.1:1/people/12345678");
}

/* zahanati takes any digits, vizazi only eight that begin with no 0. */
static void
what_the_owners_rule_refuses_is_a_failure(void **state)
{
	struct dialogue *d = *state;

	ask_person(d, "1234");
	assert_ended(d, "Imeshindikana.");
}

static void
what_is_taken_passes_both_rules(void **state)
{
	struct dialogue *d = *state;

	ask_person(d, "12345678");
	OUTCOME(d, OUTCOME_OK, "Mwanahamisi binti Abdulrahman");
	assert_shown(d, "Wewe ni Mwanahamis\n1 Ingia\n0 Rudi\n00 Mwanzo");
	ask_person(d, "12345678");
	OUTCOME(d, OUTCOME_MISSING, NULL);
	assert_ended(d, "Hayupo.");
}

static void
a_secret_is_given_and_forgotten(void **state)
{
	struct dialogue *d = *state;
	const struct graph *g = graph_named(d, "zahanati");
	struct session theirs;
	size_t i;

	ask_person(d, "12345678");
	OUTCOME(d, OUTCOME_OK, "Asha");
	answer(d, "1");
	answer(d, "1234");
	assert_called(d, "enter");
	assert_true(callee_session(d->arena, d->c, &d->move.session, &theirs));
	/* As another node would have it, without the secret. */
	assert_false(callee_session(d->arena, d->c, &d->session, &theirs));
	d->session = d->move.session;
	OUTCOME(d, OUTCOME_OK, NULL);
	assert_ended(d, "Karibu Asha.");
	for (i = 0; i < g->var_count; i++)
		if (g->vars[i].secret)
			assert_null(d->session.vars[i]);
}

/* As when the owner takes its service back, or has no good file. */
static void
what_is_not_there_any_more_is_a_failure(void **state)
{
	struct dialogue *d = *state;
	const struct graph *g = graph_named(d, "zahanati");
	const struct state *st = state_named(g, "whose");
	struct borrowed *b = (struct borrowed *)(uintptr_t)st->borrowed;

	b->api = "nothing";
	assert_null(callee_api(d->c, g, st, NULL));
	ask_person(d, "12345678");
	assert_ended(d, "Imeshindikana.");
	b->api = "person";
	b->institution = "absent";
	ask_person(d, "12345678");
	assert_ended(d, "Imeshindikana.");
}

int
main(void)
{
#define TEST(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_shared_service_is_its_owners),
		TEST(what_is_given_stands_in_the_owners_variables),
		TEST(what_the_owners_rule_refuses_is_a_failure),
		TEST(what_is_taken_passes_both_rules),
		TEST(a_secret_is_given_and_forgotten),
		TEST(what_is_not_there_any_more_is_a_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

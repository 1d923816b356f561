/*
 * Dialogues that a `sub` runs: copied into the graph for each, and left by
 * what it says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/dialogue.h"

static const struct state *
state_named(const struct dialogue *d, const char *name)
{
	const struct graph *g = d->c->graphs[catalogue_graph(d->c, "vizazi")];
	size_t i;

	for (i = 0; i < g->state_count; i++)
		if (strcmp(g->states[i].name, name) == 0)
			return &g->states[i];
	return NULL;
}

static const char *
next_name(const struct dialogue *d, uint16_t state)
{
	const struct graph *g = d->c->graphs[catalogue_graph(d->c, "vizazi")];

	return g->states[state].name;
}

static void
every_sub_has_a_copy_of_its_own(void **state)
{
	const struct dialogue *d = *state;
	const struct state *who = state_named(d, "who");
	const struct state *one = state_named(d, "who/find");
	const struct state *other = state_named(d, "login/who/find");

	assert_int_equal(who->kind, STATE_SUB);
	assert_string_equal(next_name(d, who->next.state), "who/ask_nin");
	assert_ptr_equal(one->copy_of, other->copy_of);
	assert_string_equal(
	    next_name(d, one->outcomes[OUTCOME_OK].state), "greet");
	assert_string_equal(next_name(d, one->outcomes[OUTCOME_MISSING].state),
	    "who/not_found");
	assert_string_equal(
	    next_name(d, other->outcomes[OUTCOME_OK].state), "login/ask_pin");
	assert_string_equal(
	    next_name(d, other->outcomes[OUTCOME_FAIL].state), "nobody");
}

static void
a_state_of_the_file_is_no_copy_and_keeps_its_number(void **state)
{
	const struct dialogue *d = *state;
	const struct graph *g = d->c->graphs[catalogue_graph(d->c, "vizazi")];

	assert_string_equal(g->states[0].name, "home");
	assert_string_equal(g->states[1].name, "who");
	assert_null(g->states[1].copy_of);
	assert_string_equal(
	    g->states[g->states[1].next.state].name, "who/ask_nin");
	assert_null(g->states[g->states[1].next.state - 1].copy_of);
}

static void
a_dialogue_is_run_and_left_by_its_outcome(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*153*1*1#");
	assert_shown(d, "Namba ya NIDA\n0 Rudi\n00 Mwanzo");
	answer(d, "12345678");
	assert_called(d, "who/find");
	OUTCOME(d, OUTCOME_OK, "Asha");
	assert_shown(d, "Karibu Asha\n1 Cheti\n0 Rudi\n00 Mwanzo");
}

static void
what_is_left_after_too_many_tries_leads_on_outside(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*153*1*1#");
	answer(d, "x");
	assert_shown(d, "Si sahihi.\nNamba ya NIDA\n0 Rudi\n00 Mwanzo");
	answer(d, "y");
	assert_ended(d, "Hatukufahamu.");
}

static void
one_dialogue_runs_another(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*153*1*2#");
	answer(d, "12345678");
	assert_called(d, "login/who/find");
	OUTCOME(d, OUTCOME_OK, "Asha");
	assert_shown(d, "Asha, namba ya siri\n0 Rudi\n00 Mwanzo");
	answer(d, "1234");
	assert_called(d, "login/check");
	OUTCOME(d, OUTCOME_OK, NULL);
	assert_ended(d, "Cheti cha Asha");
}

static void
one_goes_back_into_a_dialogue_and_out_of_it(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*153*1*1#");
	answer(d, "12345678");
	OUTCOME(d, OUTCOME_OK, "Asha");
	answer(d, "0");
	assert_shown(d, "Namba ya NIDA\n0 Rudi\n00 Mwanzo");
	answer(d, "0");
	assert_shown(d,
	    "Vizazi na vifo\n1 Mimi ni nani\n2 Cheti\n0 Rudi\n00 Mwanzo\n"
	    "99 English");
}

static void
a_dialogue_is_run_by_sms_too(void **state)
{
	struct dialogue *d = *state;

	text(d, "kitambulisho");
	assert_shown(d, "Namba ya NIDA");
	answer(d, "12345678");
	OUTCOME(d, OUTCOME_MISSING, NULL);
	assert_shown(d, "12345678 haipo\n1 Jaribu tena\n2 Acha");
	answer(d, "1");
	answer(d, "12345679");
	OUTCOME(d, OUTCOME_OK, "Juma");
	assert_ended(d, "Juma, 12345679");
}

int
main(void)
{
#define TEST(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)
	const struct CMUnitTest tests[] = {
		TEST(every_sub_has_a_copy_of_its_own),
		TEST(a_state_of_the_file_is_no_copy_and_keeps_its_number),
		TEST(a_dialogue_is_run_and_left_by_its_outcome),
		TEST(what_is_left_after_too_many_tries_leads_on_outside),
		TEST(one_dialogue_runs_another),
		TEST(one_goes_back_into_a_dialogue_and_out_of_it),
		TEST(a_dialogue_is_run_by_sms_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

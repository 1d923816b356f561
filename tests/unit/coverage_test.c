/*
 * Coverage: what dialogues came by, and what they did not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menus/coverage.h"
#include "tests/unit/dialogue.h"

struct covering {
	struct dialogue *d;
	const struct graph *maji;
	struct coverage *coverage;
};

static struct covering
covering(struct dialogue *d)
{
	assert_string_equal(d->c->graphs[0]->name, "maji");
	return (struct covering){ d, d->c->graphs[0],
		coverage_new(d->arena, d->c) };
}

static void
moved(struct covering *c)
{
	coverage_add(c->coverage, &c->d->move);
}

static const char *
visited_states(const struct covering *c)
{
	const char *names = "";
	uint16_t i;

	for (i = 0; i < c->maji->state_count; i++)
		if (coverage_visited(c->coverage, c->maji, i))
			names = arena_printf(c->d->arena, "%s%s ", names,
			    c->maji->states[i].name);
	return names;
}

static const char *
visited_edges(const struct covering *c)
{
	const char *names = "";
	size_t count, i;
	const struct coverage_edge *e =
	    coverage_edges(c->coverage, c->maji, &count);

	for (i = 0; i < count; i++)
		if (e[i].visited)
			names = arena_printf(c->d->arena, "%s%s\n", names,
			    coverage_name(c->d->arena, &e[i]));
	return names;
}

static void
at_first_nothing_is_visited(void **state)
{
	struct covering c = covering(*state);
	struct covered sum = coverage_of(c.coverage, c.maji);

	assert_string_equal(visited_states(&c), "");
	assert_string_equal(visited_edges(&c), "");
	assert_int_equal(sum.states, c.maji->state_count);
	assert_int_equal(sum.visited_states, 0);
	assert_int_equal(sum.visited_edges, 0);
}

static void
a_dialogue_visits_what_it_is_shown_and_what_it_passes(void **state)
{
	struct covering c = covering(*state);
	struct covered sum;

	dial(c.d, "*152*00*6#");
	moved(&c);
	assert_string_equal(visited_states(&c), "home ");
	answer(c.d, "7");
	moved(&c);
	assert_string_equal(visited_edges(&c), "");
	answer(c.d, "1");
	moved(&c);
	answer(c.d, "A1234567");
	moved(&c);
	assert_string_equal(visited_states(&c), "home ask_acct bill ");
	OUTCOME(c.d, OUTCOME_OK, "Asha", "0", "1");
	moved(&c);
	assert_string_equal(
	    visited_states(&c), "home ask_acct bill due clear ");
	assert_string_equal(visited_edges(&c),
	    "home: 1\nask_acct: next\nbill: ok\ndue: amount == 0\n");
	sum = coverage_of(c.coverage, c.maji);
	assert_int_equal(sum.visited_states, 5);
	assert_int_equal(sum.visited_edges, 4);
	assert_true(sum.edges > 20);
}

static void
a_keyword_is_an_edge_once_its_words_are_taken(void **state)
{
	struct covering c = covering(*state);

	text(c.d, "DENI 12");
	moved(&c);
	assert_string_equal(visited_states(&c), "");
	text(c.d, "DENI A1234567");
	moved(&c);
	assert_string_equal(visited_states(&c), "bill ");
	assert_string_equal(visited_edges(&c), "keyword DENI\n");
	OUTCOME(c.d, OUTCOME_SLOW, NULL);
	moved(&c);
	assert_string_equal(visited_edges(&c), "keyword DENI\nbill: slow\n");
}

static void
going_back_and_home_follow_no_edge(void **state)
{
	struct covering c = covering(*state);

	dial(c.d, "*152*00*6*1#");
	moved(&c);
	assert_string_equal(visited_edges(&c), "home: 1\n");
	answer(c.d, "0");
	moved(&c);
	answer(c.d, "00");
	moved(&c);
	assert_string_equal(visited_edges(&c), "home: 1\n");
}

#define AT(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		AT(at_first_nothing_is_visited),
		AT(a_dialogue_visits_what_it_is_shown_and_what_it_passes),
		AT(a_keyword_is_an_edge_once_its_words_are_taken),
		AT(going_back_and_home_follow_no_edge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Conditions: of numbers, of words, and of what is not there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "menus/condition.h"

#define CHANNEL (BUILTIN_BASE + BUILTIN_CHANNEL)

static const struct graph graph = { .name = "g" };
static const struct catalogue catalogue = {
	.langs = { "sw" }, .lang_count = 1, .root = &graph
};

static bool
holds(const char *value, const struct test *tests, size_t count)
{
	struct session s = { .here = { .graph = NOWHERE }, .vars = { value } };
	struct facts facts = { .septets = 160 };
	struct arena *a = arena_new();
	struct scene sc = scene_of(a, &catalogue, &facts, &s);
	bool result = condition_holds(&sc, &(struct condition){ tests, count });

	arena_free(a);
	return result;
}

static void
each_comparison_has_its_meaning(void **state)
{
	/* In the order of enum compare, without EMPTY. */
	static const struct {
		const char *value, *literal;
		bool numeric;
		int64_t number;
		const char *holds;
	} cases[] = {
		/* ==!=< <=> >= */
		{ "10", NULL, true, 10, "+--+-+" },
		{ "9", NULL, true, 10, "-+++--" },
		{ "11", NULL, true, 10, "-+--++" },
		{ "-1", NULL, true, 0, "-+++--" },
		{ "b", "b", false, 0, "+--+-+" },
		{ "a", "b", false, 0, "-+++--" },
		{ "2024-12-31", "2025-01-01", false, 0, "-+++--" },
		/* Unset, or no number after all: only unequal. */
		{ NULL, NULL, true, 0, "-+----" },
		{ NULL, "", false, 0, "-+----" },
		{ "x", NULL, true, 0, "-+----" },
		{ "", "", false, 0, "+--+-+" },
	};
	size_t i;
	enum compare op;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		for (op = COMPARE_EQ; op < COMPARE_EMPTY; op++) {
			struct test test = { .var = 0,
				.op = op,
				.literal = cases[i].literal,
				.numeric = cases[i].numeric,
				.number = cases[i].number };

			if (holds(cases[i].value, &test, 1) !=
			    (cases[i].holds[op] == '+'))
				fail_msg("case %zu, comparison %d", i, (int)op);
		}
}

static void
what_is_unset_or_blank_is_empty(void **state)
{
	static const struct test empty = { .var = 0, .op = COMPARE_EMPTY };

	(void)state;
	assert_true(holds(NULL, &empty, 1));
	assert_true(holds("", &empty, 1));
	assert_false(holds("0", &empty, 1));
}

static void
all_tests_must_hold_and_none_always_do(void **state)
{
	static const struct test both[] = {
		{ .var = 0, .op = COMPARE_GT, .numeric = true, .number = 5 },
		{ .var = CHANNEL, .op = COMPARE_EQ, .literal = "ussd" },
	};

	(void)state;
	assert_true(holds("6", both, 2));
	assert_false(holds("5", both, 2));
	assert_false(holds("6",
	    (struct test[]){ both[0],
		{ .var = CHANNEL, .op = COMPARE_NE, .literal = "ussd" } },
	    2));
	assert_true(holds(NULL, NULL, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_comparison_has_its_meaning),
		cmocka_unit_test(what_is_unset_or_blank_is_empty),
		cmocka_unit_test(all_tests_must_hold_and_none_always_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * What a menu may know of the world.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "config/dialects.h"
#include "gateway/facts.h"
#include "menus/date.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct facts
facts(struct limits file, struct dialect_limits link)
{
	const struct catalogue c = { .limits = file };
	const struct dialect d = { .limits = link };

	return facts_now(arena, "255712345678", "tigo", "*152*00#", &c, &d);
}

static void
the_lesser_budget_counts(void **state)
{
	static const struct {
		struct limits file;
		struct dialect_limits link;
		int septets, ucs2;
	} budgets[] = {
		{ { .septets = 160, .ucs2 = 70 }, { 160, 182, 80 }, 160, 70 },
		{ { .septets = 182, .ucs2 = 80 }, { 160, 160, 70 }, 160, 70 },
		{ { .septets = 160, .ucs2 = 80 }, { 160, 182, 70 }, 160, 70 },
		{ { .septets = 160, .ucs2 = 70 }, { 160, 160, 70 }, 160, 70 },
		/* A dialect that says nothing of it. */
		{ { .septets = 160, .ucs2 = 70 }, { 0, 0, 0 }, 160, 70 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(budgets); i++) {
		struct facts f = facts(budgets[i].file, budgets[i].link);

		assert_int_equal(f.septets, budgets[i].septets);
		assert_int_equal(f.ucs2, budgets[i].ucs2);
	}
}

static void
a_citizen_is_met_at_a_day_and_a_minute(void **state)
{
	struct limits file = { .septets = 160, .ucs2 = 70 };
	struct facts f = facts(file, (struct dialect_limits){ 0, 0, 0 });

	(void)state;
	assert_string_equal(f.msisdn, "255712345678");
	assert_string_equal(f.operator_name, "tigo");
	assert_string_equal(f.code, "*152*00#");
	assert_true(date_is_day(f.date));
	assert_int_equal(strlen(f.time), 5);
	assert_in_range(strtol(f.time, NULL, 10), 0, 23);
	assert_int_equal(f.time[2], ':');
	assert_in_range(strtol(f.time + 3, NULL, 10), 0, 59);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lesser_budget_counts),
		cmocka_unit_test(a_citizen_is_met_at_a_day_and_a_minute),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

/*
 * Whatever passes the checks goes well: generated menus, thousands of them,
 * each with a random walk through it. See draft.h for what is generated, tour.h
 * for what must hold.
 *
 * MLANGO_PROPERTY_SEED and MLANGO_PROPERTY_COUNT walk through others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/property/trial.h"

#define STEPS      120
#define COUNT      300 /* institutions' menus that are walked through */
#define COUNT_LONG 10000

static struct trial *trial;

static size_t
setting(const char *name, size_t otherwise)
{
	const char *value = getenv(name);

	return value == NULL ? otherwise : strtoul(value, NULL, 0);
}

static void
tell_figures(void)
{
	enum figure i;

	for (i = 0; i < FIGURES; i++)
		print_message(
		    "# %9zu %s\n", trial->figures.count[i], figure_name(i));
}

static void
nothing_goes_wrong_in_menus_that_are_proved(void **state)
{
	bool is_long = getenv("MLANGO_LONG") != NULL;
	size_t wanted =
	    setting("MLANGO_PROPERTY_COUNT", is_long ? COUNT_LONG : COUNT);
	uint64_t seed = setting("MLANGO_PROPERTY_SEED", 1);
	size_t walked = 0, refused = 0;
	enum figure i;

	(void)state;
	for (; walked < wanted; seed++) {
		struct arena *a = arena_new();
		struct draft d = draft_new(a, seed);

		trial_stroll(trial, &d, PLANT_NOTHING, seed, STEPS);
		if (trial->verdict.broken != PROPERTY_HOLDS)
			fail_msg("seed %llu, step %zu: %s",
			    (unsigned long long)seed, trial->walk.count,
			    trial->verdict.says);
		walked += trial->accepted;
		refused += !trial->accepted;
		arena_free(a);
	}
	print_message("# %zu walked through, %zu refused\n", walked, refused);
	tell_figures();
	assert_true(refused <= walked / 4);
	for (i = 0; i < FIGURES && wanted >= COUNT; i++)
		if (trial->figures.count[i] == 0)
			fail_msg("never walked: %s", figure_name(i));
}

static int
set_up(void **state)
{
	(void)state;
	trial = trial_new();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_goes_wrong_in_menus_that_are_proved),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}

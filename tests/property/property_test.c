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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "menus/catalogue.h"
#include "tests/property/shrink.h"

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

/* As small as it can be made, in a folder of its own. */
static void
tell_failure(struct draft *d, uint64_t seed)
{
	char folder[64];

	snprintf(
	    folder, sizeof(folder), "property-%llu", (unsigned long long)seed);
	shrink(trial, d, PLANT_NOTHING, seed);
	shrink_write(trial, d, PLANT_NOTHING, seed, folder);
	fail_msg("seed %llu, see the folder %s: %s", (unsigned long long)seed,
	    folder, trial->verdict.says);
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
			tell_failure(&d, seed);
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

/* ---- what is planted is found */

static void
read_text(const char *path, char *text, size_t size)
{
	FILE *in = fopen(path, "r");

	assert_non_null(in);
	text[fread(text, 1, size - 1, in)] = '\0';
	fclose(in);
}

static void
remove_all(struct arena *a, const struct draft *d, const char *folder)
{
	size_t i;

	for (i = 1; i < d->count; i++)
		remove(
		    arena_printf(a, "%s/institutions/%s", folder, d->names[i]));
	remove(arena_printf(a, "%s/institutions", folder));
	remove(arena_printf(a, "%s/menus.cfg", folder));
	remove(arena_printf(a, "%s/walk", folder));
	assert_int_equal(remove(folder), 0);
}

static const struct planted {
	enum plant plant;
	enum property breaks;
	size_t steps, octets; /* at most when it is small */
} plants[] = {
	{ PLANT_WIDE, PROPERTY_WHOLE, 6, 1500 },
	{ PLANT_ROOM, PROPERTY_ROOM, 6, 1500 },
	{ PLANT_TONGUE, PROPERTY_TONGUE, 6, 1500 },
	{ PLANT_UNSET, PROPERTY_UNSET, 6, 1500 },
	{ PLANT_END, PROPERTY_END, 6, 1500 },
	{ PLANT_KEPT, PROPERTY_KEPT, 6, 1500 },
	{ PLANT_KEYS, PROPERTY_KEYS, 6, 1500 },
	{ PLANT_CRASH, PROPERTY_ALIVE, 6, 1500 },
};

/* The first draft that it breaks; its seed. */
static uint64_t
find(struct arena *a, const struct planted *p, struct draft *d)
{
	uint64_t seed = 0;

	do {
		*d = draft_new(a, ++seed);
		trial_stroll(trial, d, p->plant, seed, STEPS);
	} while (trial->verdict.broken != p->breaks && seed < COUNT);
	assert_int_equal(trial->verdict.broken, p->breaks);
	return seed;
}

static void
every_planted_fault_is_found_and_made_small(void **state)
{
	size_t i, before;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(plants); i++) {
		const struct planted *p = &plants[i];
		struct arena *a = arena_new();
		struct draft d;
		uint64_t seed = find(a, p, &d);

		before = shrink_size(&d);
		shrink(trial, &d, p->plant, seed);
		print_message("# fault %d: %zu octets become %zu, %zu steps\n",
		    (int)p->plant, before, shrink_size(&d), trial->walk.count);
		assert_int_equal(trial->verdict.broken, p->breaks);
		assert_in_range(shrink_size(&d), 1, p->octets);
		assert_in_range(trial->walk.count, 1, p->steps);
		arena_free(a);
	}
}

/* Files that anybody can read, with the walk beside them. */
static void
what_is_left_of_a_failure_is_written_down(void **state)
{
	const struct planted *p = &plants[0];
	struct arena *a = arena_new();
	char folder[] = "/tmp/property-XXXXXX";
	struct catalogue *c;
	struct findings f;
	struct draft d;
	uint64_t seed = find(a, p, &d);
	char walk[4000];

	(void)state;
	assert_non_null(mkdtemp(folder));
	shrink(trial, &d, p->plant, seed);
	shrink_write(trial, &d, p->plant, seed, folder);
	findings_init(&f, a);
	c = catalogue_read(arena_printf(a, "%s/menus.cfg", folder), 0, 0, &f);
	assert_non_null(c);
	assert_int_equal(f.errors, 0);
	catalogue_free(c);
	read_text(arena_printf(a, "%s/walk", folder), walk, sizeof(walk));
	assert_non_null(strstr(walk, "> "));
	assert_non_null(strstr(walk, "< \""));
	remove_all(a, &d, folder);
	arena_free(a);
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
		cmocka_unit_test(every_planted_fault_is_found_and_made_small),
		cmocka_unit_test(what_is_left_of_a_failure_is_written_down),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}

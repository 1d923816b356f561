/*
 * Names and their numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "menus/graph.h"
#include "menus/names.h"

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

static void
a_name_has_its_place_in_the_list_as_its_number(void **state)
{
	const char *list[] = { "lipa", "anza", "salio", "Anza", "an", NULL };
	struct names names;
	uint16_t i;

	(void)state;
	names_init(&names, arena, list);
	assert_int_equal(names.count, 5);
	for (i = 0; list[i] != NULL; i++)
		assert_int_equal(names_find(&names, list[i]), i);
	assert_ptr_equal(names.list, list);
	assert_string_equal(names.list[0], "lipa");
}

static void
what_is_not_in_the_list_is_nowhere(void **state)
{
	const char *list[] = { "anza", "lipa", NULL };
	const char *none[] = { NULL };
	struct names names;

	(void)state;
	names_init(&names, arena, list);
	assert_int_equal(names_find(&names, ""), NOWHERE);
	assert_int_equal(names_find(&names, "anz"), NOWHERE);
	assert_int_equal(names_find(&names, "anzaa"), NOWHERE);
	assert_int_equal(names_find(&names, "zzz"), NOWHERE);
	names_init(&names, arena, none);
	assert_int_equal(names_find(&names, "anza"), NOWHERE);
}

static void
each_of_as_many_states_as_there_may_be_is_found(void **state)
{
	const char *list[STATES_MAX + 1] = { NULL };
	struct names names;
	uint16_t i;

	(void)state;
	/* Not in order of the alphabet: 7 has no factor in common with 4000. */
	for (i = 0; i < STATES_MAX; i++)
		list[i] = arena_printf(arena, "s%04d", i * 7 % STATES_MAX);
	names_init(&names, arena, list);
	for (i = 0; i < STATES_MAX; i++)
		assert_int_equal(names_find(&names, list[i]), i);
}

static void
a_slip_is_answered_with_what_was_near(void **state)
{
	static const char *const list[] = { "lipa", "salio", NULL };

	(void)state;
	assert_string_equal(
	    names_hint(arena, list, "salo"), "; did you mean 'salio'?");
	assert_string_equal(names_hint(arena, list, "kitambulisho"), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_name_has_its_place_in_the_list_as_its_number),
		cmocka_unit_test(what_is_not_in_the_list_is_nowhere),
		cmocka_unit_test(
		    each_of_as_many_states_as_there_may_be_is_found),
		cmocka_unit_test(a_slip_is_answered_with_what_was_near),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

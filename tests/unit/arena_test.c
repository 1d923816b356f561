/*
 * Arenas: zeroed, aligned, never moving, gone all at once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void
what_it_gives_is_zeroed_and_aligned(void **state)
{
	static const size_t sizes[] = { 1, 7, 8, 15, 16, 17, 4095, 4096, 4097,
		8191, 8192, 8193, 100000 };
	static const char zeros[100000];
	struct arena *a;
	size_t round, i;

	(void)state;
	/* Twice, so that the second arena gets the first one's dirty blocks. */
	for (round = 0; round < 2; round++) {
		a = arena_new();
		for (i = 0; i < ARRAY_SIZE(sizes); i++) {
			char *piece = arena_alloc(a, sizes[i]);

			assert_int_equal(
			    (uintptr_t)piece % _Alignof(max_align_t), 0);
			assert_memory_equal(piece, zeros, sizes[i]);
			memset(piece, 0xff, sizes[i]);
		}
		arena_free(a);
	}
}

static void
pieces_do_not_touch(void **state)
{
	struct arena *a = arena_new();
	unsigned char *pieces[300];
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(pieces); i++) {
		pieces[i] = arena_alloc(a, 37 * i);
		memset(pieces[i], (int)i % 251, 37 * i);
	}
	for (i = 0; i < ARRAY_SIZE(pieces); i++)
		for (j = 0; j < 37 * i; j++)
			assert_int_equal(pieces[i][j], i % 251);
	arena_free(a);
}

static void
an_empty_piece_is_still_a_piece(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_non_null(arena_alloc(a, 0));
	assert_non_null(arena_array(a, 0, 8));
	assert_non_null(arena_array(a, 8, 0));
	assert_string_equal(arena_copy(a, NULL, 0), "");
	arena_free(a);
}

static void
a_copy_is_ended_by_a_nul_that_is_not_counted(void **state)
{
	struct arena *a = arena_new();
	char *copy;

	(void)state;
	copy = arena_copy(a, "a\0bcd", 3);
	assert_memory_equal(copy, "a\0b", 4);
	assert_string_equal(arena_string(a, "maji"), "maji");
	arena_free(a);
}

static void
it_prints_texts_of_any_length(void **state)
{
	struct arena *a = arena_new();
	char *text = arena_printf(a, "%9000s|%d", "x", 7);

	(void)state;
	assert_int_equal(strlen(text), 9002);
	assert_string_equal(text + 8999, "x|7");
	assert_string_equal(arena_printf(a, "%s", ""), "");
	arena_free(a);
}

static void
freeing_no_arena_is_nothing(void **state)
{
	(void)state;
	arena_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_gives_is_zeroed_and_aligned),
		cmocka_unit_test(pieces_do_not_touch),
		cmocka_unit_test(an_empty_piece_is_still_a_piece),
		cmocka_unit_test(a_copy_is_ended_by_a_nul_that_is_not_counted),
		cmocka_unit_test(it_prints_texts_of_any_length),
		cmocka_unit_test(freeing_no_arena_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

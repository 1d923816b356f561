/*
 * Octets for the store and back: what was packed, and what was not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/pack.h"

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

/* One of everything. */
static struct pack
packed(void)
{
	struct pack p;

	pack_init(&p, arena);
	pack_u8(&p, 0xfe);
	pack_u32(&p, 0xfedcba98);
	pack_u64(&p, 0xfedcba9876543210);
	pack_number(&p, 300);
	pack_fixed(&p, "four", 4);
	pack_octets(&p, "a\0b", 3);
	pack_string(&p, "Karibu");
	pack_string(&p, "");
	pack_string(&p, NULL);
	return p;
}

static void
everything_comes_back_as_it_was_packed(void **state)
{
	struct pack p = packed();
	struct unpack u;
	char four[4];
	size_t len;

	(void)state;
	unpack_init(&u, arena, p.octets, p.len);
	assert_int_equal(unpack_u8(&u), 0xfe);
	assert_int_equal(unpack_u32(&u), 0xfedcba98);
	assert_true(unpack_u64(&u) == 0xfedcba9876543210);
	assert_int_equal(unpack_number(&u), 300);
	unpack_fixed(&u, four, sizeof(four));
	assert_memory_equal(four, "four", 4);
	/* With the NUL behind them that the length does not count. */
	assert_memory_equal(unpack_octets(&u, &len), "a\0b", 4);
	assert_int_equal(len, 3);
	assert_string_equal(unpack_string(&u), "Karibu");
	assert_string_equal(unpack_string(&u), "");
	assert_null(unpack_string(&u));
	assert_int_equal(unpack_end(&u), 0);
}

static void
numbers_are_big_endian_and_lengths_lead(void **state)
{
	static const char octets[] = "\xfe"
				     "\xfe\xdc\xba\x98"
				     "\xfe\xdc\xba\x98\x76\x54\x32\x10"
				     "\xac\x02"
				     "four"
				     "\x03"
				     "a\0b"
				     "\x07Karibu"
				     "\x01"
				     "\x00";
	struct pack p = packed();

	(void)state;
	assert_int_equal(p.len, sizeof(octets) - 1);
	assert_memory_equal(p.octets, octets, p.len);
}

static void
a_truncation_anywhere_is_seen_at_the_end(void **state)
{
	struct pack p = packed();
	struct unpack u;
	uint8_t four[4], *cut;
	size_t len, octets;

	(void)state;
	for (len = 0; len < p.len; len++) {
		/* Of its own, so that a sanitizer knows where it ends. */
		cut = test_malloc(len);
		memcpy(cut, p.octets, len);
		unpack_init(&u, arena, cut, len);
		unpack_u8(&u);
		unpack_u32(&u);
		unpack_u64(&u);
		unpack_number(&u);
		unpack_fixed(&u, four, sizeof(four));
		unpack_octets(&u, &octets);
		unpack_string(&u);
		unpack_string(&u);
		unpack_string(&u);
		assert_int_equal(unpack_end(&u), -1);
		test_free(cut);
	}
}

static void
what_is_left_over_is_seen_at_the_end(void **state)
{
	struct unpack u;

	(void)state;
	unpack_init(&u, arena, "\x01\x02", 2);
	unpack_u8(&u);
	assert_int_equal(unpack_end(&u), -1);
	unpack_u8(&u);
	assert_int_equal(unpack_end(&u), 0);
}

static void
once_something_was_missing_all_reads_as_nothing(void **state)
{
	uint8_t two[2] = { 7, 7 };
	struct unpack u;
	size_t len = 7;

	(void)state;
	unpack_init(&u, arena, "\x01\x02\x03", 3);
	assert_int_equal(unpack_u32(&u), 0);
	assert_int_equal(unpack_u8(&u), 0);
	assert_int_equal(unpack_number(&u), 0);
	unpack_fixed(&u, two, sizeof(two));
	assert_memory_equal(two, "\0\0", 2);
	assert_string_equal(unpack_octets(&u, &len), "");
	assert_int_equal(len, 0);
	assert_string_equal(unpack_string(&u), "");
	assert_int_equal(unpack_end(&u), -1);
}

static const struct {
	uint64_t number;
	const char *octets;
	size_t len;
} numbers[] = {
	{ 0, "\x00", 1 },
	{ 127, "\x7f", 1 },
	{ 128, "\x80\x01", 2 },
	{ 16383, "\xff\x7f", 2 },
	{ 16384, "\x80\x80\x01", 3 },
	{ UINT64_MAX / 2, "\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 9 },
	{ UINT64_MAX / 2 + 1, "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 10 },
	{ UINT64_MAX, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10 },
};

static void
a_number_takes_as_many_octets_as_it_needs(void **state)
{
	struct unpack u;
	struct pack p;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		pack_init(&p, arena);
		pack_number(&p, numbers[i].number);
		assert_int_equal(p.len, numbers[i].len);
		assert_memory_equal(p.octets, numbers[i].octets, p.len);
		unpack_init(&u, arena, p.octets, p.len);
		assert_true(unpack_number(&u) == numbers[i].number);
		assert_int_equal(unpack_end(&u), 0);
	}
}

static void
a_number_of_more_than_64_bits_is_bad(void **state)
{
	static const char *const bad[] = {
		"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02",
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
	};
	struct unpack u;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		unpack_init(&u, arena, bad[i], strlen(bad[i]));
		assert_true(unpack_number(&u) == 0);
		assert_true(u.bad);
	}
}

static void
a_length_that_is_a_lie_is_bad(void **state)
{
	/* One more than there is, and the most there can be. */
	static const struct {
		const char *octets;
		size_t len;
	} lies[] = {
		{ "\x04xyz", 4 },
		{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01xyz", 13 },
	};
	struct unpack u;
	size_t i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lies); i++) {
		unpack_init(&u, arena, lies[i].octets, lies[i].len);
		assert_string_equal(unpack_octets(&u, &len), "");
		assert_true(u.bad);
	}
	unpack_init(&u, arena, "\x05xyz", 4);
	assert_string_equal(unpack_string(&u), "");
	assert_true(u.bad);
	unpack_init(&u, arena, lies[1].octets, lies[1].len);
	assert_string_equal(unpack_string(&u), "");
	assert_true(u.bad);
}

static void
a_string_with_a_nul_in_it_is_bad(void **state)
{
	struct unpack u;

	(void)state;
	unpack_init(&u, arena, "\x04x\0y", 4);
	assert_string_equal(unpack_string(&u), "");
	assert_true(u.bad);
}

static void
a_pack_grows_and_keeps_what_it_has(void **state)
{
	struct unpack u;
	struct pack p;
	uint32_t i;

	(void)state;
	pack_init(&p, arena);
	for (i = 0; i < 5000; i++)
		pack_u32(&p, i);
	unpack_init(&u, arena, p.octets, p.len);
	for (i = 0; i < 5000; i++)
		assert_int_equal(unpack_u32(&u), i);
	assert_int_equal(unpack_end(&u), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_comes_back_as_it_was_packed),
		cmocka_unit_test(numbers_are_big_endian_and_lengths_lead),
		cmocka_unit_test(a_truncation_anywhere_is_seen_at_the_end),
		cmocka_unit_test(what_is_left_over_is_seen_at_the_end),
		cmocka_unit_test(
		    once_something_was_missing_all_reads_as_nothing),
		cmocka_unit_test(a_number_takes_as_many_octets_as_it_needs),
		cmocka_unit_test(a_number_of_more_than_64_bits_is_bad),
		cmocka_unit_test(a_length_that_is_a_lie_is_bad),
		cmocka_unit_test(a_string_with_a_nul_in_it_is_bad),
		cmocka_unit_test(a_pack_grows_and_keeps_what_it_has),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

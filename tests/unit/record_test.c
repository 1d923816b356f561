/*
 * A record as octets: what is written comes back, and nothing else does.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "storage/record.h"

static const struct record typical = {
	.epoch = 0x0123456789abcdef,
	.version = 7,
	.life = RECORD_LIVE,
	.resume_s = 3600,
	.identity = (const uint8_t *)"\x12\x34",
	.identity_len = 2,
	.last = {
		.has_turn = true,
		.turn = 4,
		.sequence = 0x7fffffff,
		.generation = 0xfedcba9876543210,
		.hash = 0x1122334455667788,
		.at_ms = 1763930000123,
	},
	.screen = "Chagua huduma\n1 Lipa bili\n2 Ripoti uvujaji",
	.catalogue = { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
	    16 } },
	.menu = (const uint8_t *)"\0menu\0",
	.menu_len = 6,
	.begun_ms = 1763929999000,
	.begun_hash = 0x8877665544332211,
	.screens = 3,
};

static int
begin(void **state)
{
	*state = arena_new();
	return 0;
}

static int
end(void **state)
{
	arena_free(*state);
	return 0;
}

static void
assert_same(const struct record *a, const struct record *b)
{
	assert_int_equal(a->epoch, b->epoch);
	assert_int_equal(a->version, b->version);
	assert_int_equal(a->life, b->life);
	assert_int_equal(a->resume_s, b->resume_s);
	assert_int_equal(a->identity_len, b->identity_len);
	assert_memory_equal(a->identity, b->identity, a->identity_len);
	assert_int_equal(a->last.begin, b->last.begin);
	assert_int_equal(a->last.has_turn, b->last.has_turn);
	assert_int_equal(a->last.turn, b->last.turn);
	assert_int_equal(a->last.sequence, b->last.sequence);
	assert_int_equal(a->last.generation, b->last.generation);
	assert_int_equal(a->last.hash, b->last.hash);
	assert_int_equal(a->last.at_ms, b->last.at_ms);
	assert_string_equal(a->screen, b->screen);
	assert_memory_equal(&a->catalogue, &b->catalogue, sizeof(a->catalogue));
	assert_int_equal(a->menu_len, b->menu_len);
	assert_memory_equal(a->menu, b->menu, a->menu_len);
	assert_int_equal(a->begun_ms, b->begun_ms);
	assert_true(a->begun_hash == b->begun_hash);
	assert_int_equal(a->screens, b->screens);
}

static void
a_record_comes_back_as_it_was(void **state)
{
	static uint8_t large[70000];
	struct record r[3] = { typical, typical, typical };
	size_t i;

	r[1] = (struct record){ .life = RECORD_ENDED, .screen = "",
		.identity = large, .menu = large };
	r[2].life = RECORD_CALLING;
	r[2].last.begin = true;
	r[2].last.has_turn = false;
	r[2].last.at_ms = -1;
	r[2].screens = UINT16_MAX;
	r[2].menu = large;
	r[2].menu_len = sizeof(large);
	for (i = 0; i < ARRAY_SIZE(r); i++) {
		struct record back;
		size_t len;
		uint8_t *octets = record_pack(*state, &r[i], &len);

		assert_int_equal(
		    record_unpack(*state, octets, len, &back), 0);
		assert_same(&r[i], &back);
	}
}

static void
a_record_begins_with_its_stamp(void **state)
{
	static const uint8_t stamp[RECORD_STAMP] = { 0x01, 0x23, 0x45, 0x67,
		0x89, 0xab, 0xcd, 0xef, 0, 0, 0, 7 };
	size_t len;
	uint8_t *octets = record_pack(*state, &typical, &len);

	assert_true(len > RECORD_STAMP);
	assert_memory_equal(octets, stamp, RECORD_STAMP);
}

static void
a_typical_record_is_small(void **state)
{
	size_t len;

	record_pack(*state, &typical, &len);
	assert_in_range(len - strlen(typical.screen) - typical.menu_len -
	    typical.identity_len, 60, 88);
}

static void
a_record_cut_or_prolonged_anywhere_is_none(void **state)
{
	struct record back;
	size_t len, cut;
	uint8_t *octets = record_pack(*state, &typical, &len);
	uint8_t *longer = arena_copy(*state, octets, len);

	for (cut = 0; cut < len; cut++) {
		/* Its own copy: a sanitizer sees every octet read beyond it. */
		uint8_t *part = test_malloc(cut + 1);

		memcpy(part + 1, octets, cut);
		assert_int_equal(
		    record_unpack(*state, part + 1, cut, &back), -1);
		test_free(part);
	}
	/* The NUL that arena_copy adds is one octet too many. */
	assert_int_equal(record_unpack(*state, longer, len + 1, &back), -1);
}

static void
a_record_of_another_format_or_life_is_none(void **state)
{
	static const struct {
		size_t at;
		uint8_t value;
	} cases[] = {
		{ RECORD_STAMP, RECORD_FORMAT - 1 },
		{ RECORD_STAMP, RECORD_FORMAT + 1 },	/* format */
		{ RECORD_STAMP + 1, 0 }, { RECORD_STAMP + 1, 4 }, /* life */
		{ RECORD_STAMP + 4, 4 }, { RECORD_STAMP + 4, 0x80 }, /* flags */
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct record back;
		size_t len;
		uint8_t *octets = record_pack(*state, &typical, &len);

		octets[cases[i].at] = cases[i].value;
		assert_int_equal(
		    record_unpack(*state, octets, len, &back), -1);
	}
}

static void
a_screen_with_a_nul_in_it_is_none(void **state)
{
	struct record back;
	size_t len, i;
	uint8_t *octets = record_pack(*state, &typical, &len);

	for (i = 0; memcmp(octets + i, "Chagua", 6) != 0; i++)
		assert_true(i < len);
	octets[i + 2] = '\0';
	assert_int_equal(record_unpack(*state, octets, len, &back), -1);
}

/* What is read is whole: its strings end, its lengths are within it. */
static void
octets_changed_at_random_are_a_record_or_none(void **state)
{
	uint64_t seed = 0x9e3779b97f4a7c15;
	size_t len, i, times, records = 0;
	uint8_t *good = record_pack(*state, &typical, &len);

	for (i = 0; i < 20000; i++) {
		struct arena *a = arena_new();
		uint8_t *bad = arena_copy(a, good, len);
		struct record back;

		for (times = 0; times <= i % 3; times++) {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			bad[seed % len] = (uint8_t)(seed >> 32);
		}
		if (record_unpack(a, bad, len - seed % 2, &back) == 0) {
			records++;
			assert_true(strlen(back.screen) <= len);
			assert_true(back.menu_len <= len);
			assert_true(back.identity_len <= len);
		}
		arena_free(a);
	}
	assert_in_range(records, 1, 19999);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_record_comes_back_as_it_was, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_record_begins_with_its_stamp, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_typical_record_is_small, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_record_cut_or_prolonged_anywhere_is_none, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_record_of_another_format_or_life_is_none, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_screen_with_a_nul_in_it_is_none, begin, end),
		cmocka_unit_test_setup_teardown(
		    octets_changed_at_random_are_a_record_or_none, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

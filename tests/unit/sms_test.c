/*
 * A text becomes short messages that can be put together again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/gsm.h"
#include "gateway/sms.h"

static char *
repeated(struct arena *a, const char *unit, size_t times)
{
	char *text = arena_alloc(a, strlen(unit) * times + 1);

	while (times-- > 0)
		strcat(text, unit);
	return text;
}

static char *
put_together(struct arena *a, const struct sms_part *parts, size_t count)
{
	char *whole = arena_string(a, "");
	size_t i, skip = count > 1 ? 6 : 0;

	for (i = 0; i < count; i++) {
		const uint8_t *at = parts[i].octets + skip;
		size_t len = parts[i].len - skip;

		whole = arena_printf(a, "%s%s", whole,
		    parts[i].data_coding == 8 ? gsm_from_utf16(a, at, len)
		                              : gsm_decode(a, at, len));
	}
	return whole;
}

static void
every_length_is_cut_at_characters_and_whole_again(void **state)
{
	static const struct {
		const char *unit;
		size_t times, parts;
	} rows[] = {
		{ "a", 0, 1 }, { "a", 160, 1 }, { "a", 161, 2 },
		{ "a", 306, 2 }, { "a", 307, 3 },
		{ "\xe2\x82\xac", 80, 1 },	/* the euro: two septets */
		{ "\xe2\x82\xac", 81, 2 }, { "\xe2\x82\xac", 152, 2 },
		{ "\xe2\x82\xac", 153, 3 },	/* 76 a part, not 76.5 */
		{ "\xc5\x82", 70, 1 }, { "\xc5\x82", 71, 2 },
		{ "\xf0\x9f\x98\x80", 35, 1 },	/* a surrogate pair each */
		{ "\xf0\x9f\x98\x80", 66, 2 }, { "\xf0\x9f\x98\x80", 67, 3 },
	};
	struct sms_part parts[SMS_PARTS_MAX];
	size_t i, j, count;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena *a = arena_new();
		char *text = repeated(a, rows[i].unit, rows[i].times);

		count = sms_split(a, text, 42, parts);
		assert_int_equal(count, rows[i].parts);
		assert_string_equal(put_together(a, parts, count), text);
		for (j = 0; j < count; j++) {
			assert_true(parts[j].len <= 160);
			assert_int_equal(
			    parts[j].esm_class, count > 1 ? 0x40 : 0);
			if (count > 1) {
				assert_int_equal(parts[j].octets[3], 42);
				assert_int_equal(parts[j].octets[4], count);
				assert_int_equal(parts[j].octets[5], j + 1);
			}
		}
		arena_free(a);
	}
}

static void
a_text_past_all_bounds_ends_at_the_last_part(void **state)
{
	struct sms_part parts[SMS_PARTS_MAX];
	struct arena *a = arena_new();

	(void)state;
	assert_int_equal(sms_split(a, repeated(a, "neno ", 1000), 1, parts),
	    SMS_PARTS_MAX);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_length_is_cut_at_characters_and_whole_again),
		cmocka_unit_test(a_text_past_all_bounds_ends_at_the_last_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

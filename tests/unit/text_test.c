/*
 * UTF-8, hex, masks and the nearest word.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

/* RFC 3629, and the places where decoders are known to slip. */
static const struct {
	const char *octets;
	size_t len;
	uint32_t character;
	size_t took;
} sequences[] = {
	{ "A", 1, 'A', 1 },
	{ "\0", 1, 0, 1 },
	{ "\x7f", 1, 0x7f, 1 },
	{ "\xc2\x80", 2, 0x80, 2 },
	{ "\xdf\xbf", 2, 0x7ff, 2 },
	{ "\xe0\xa0\x80", 3, 0x800, 3 },
	{ "\xed\x9f\xbf", 3, 0xd7ff, 3 },
	{ "\xee\x80\x80", 3, 0xe000, 3 },
	{ "\xef\xbf\xbf", 3, 0xffff, 3 },
	{ "\xf0\x90\x80\x80", 4, 0x10000, 4 },
	{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff, 4 },
	{ "\x80", 1, TEXT_BAD, 1 },
	{ "\xc0\x80", 2, TEXT_BAD, 1 },
	{ "\xc1\xbf", 2, TEXT_BAD, 1 },
	{ "\xe0\x9f\xbf", 3, TEXT_BAD, 1 },
	{ "\xed\xa0\x80", 3, TEXT_BAD, 1 },
	{ "\xed\xbf\xbf", 3, TEXT_BAD, 1 },
	{ "\xf0\x8f\xbf\xbf", 4, TEXT_BAD, 1 },
	{ "\xf4\x90\x80\x80", 4, TEXT_BAD, 1 },
	{ "\xf5\x80\x80\x80", 4, TEXT_BAD, 1 },
	{ "\xff", 1, TEXT_BAD, 1 },
	{ "\xc3\x41", 2, TEXT_BAD, 1 },
	{ "\xe2\x82", 2, TEXT_BAD, 1 },
	{ "\xe2\x82\xac", 2, TEXT_BAD, 1 },
};

static void
utf8_reads_as_rfc_3629_says(void **state)
{
	uint32_t character;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(sequences); i++) {
		assert_int_equal(text_next(sequences[i].octets,
				     sequences[i].len, &character),
		    sequences[i].took);
		assert_int_equal(character, sequences[i].character);
		assert_int_equal(
		    text_is_utf8(sequences[i].octets, sequences[i].len),
		    sequences[i].character != TEXT_BAD);
	}
	assert_true(text_is_utf8("", 0));
	assert_false(text_is_utf8("sawa\xff", 5));
}

static void
every_character_is_written_as_it_is_read(void **state)
{
	uint32_t c, back;
	char out[4];
	size_t len;

	(void)state;
	for (c = 0; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		len = text_put(c, out);
		assert_int_equal(text_next(out, len, &back), len);
		assert_int_equal(back, c);
	}
}

static void
hex_goes_out_and_comes_back(void **state)
{
	static const uint8_t octets[] = { 0x00, 0x1b, 0xa5, 0xff };
	uint8_t back[sizeof(octets)];
	char hex[2 * sizeof(octets) + 1];

	(void)state;
	text_to_hex(octets, sizeof(octets), hex);
	assert_string_equal(hex, "001ba5ff");
	assert_int_equal(text_from_hex("001BA5ff", 8, back), 0);
	assert_memory_equal(back, octets, sizeof(octets));
	assert_int_equal(text_from_hex("", 0, back), 0);
}

static void
what_is_not_hex_is_refused(void **state)
{
	static const char *const bad[] = { "0", "0g", "g0", " 0", "0x",
		"00-1" };
	uint8_t out[4];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(
		    text_from_hex(bad[i], strlen(bad[i]), out), -1);
}

static void
a_mask_hides_enough_of_a_number(void **state)
{
	static const char *const masks[][2] = {
		{ "255712345123", "2557****123" },
		{ "0712345678", "0712****678" },
		{ "12345678901234567890", "1234****890" },
		{ "", "(0 digits)" },
		{ "1234567", "(7 digits)" },
		{ "123456789", "(9 digits)" },
		{ "123456789012345678901", "(21 digits)" },
	};
	char out[TEXT_MASKED];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(masks); i++) {
		text_mask(masks[i][0], out);
		assert_string_equal(out, masks[i][1]);
	}
}

static void
the_nearest_word_is_what_was_meant(void **state)
{
	static const char *const words[] = { "host", "port", "password",
		"window", NULL };
	static const char *const meant[][2] = {
		{ "hots", "host" },
		{ "prt", "port" },
		{ "pasword", "password" },
		{ "passwrod", "password" },
		{ "windows", "window" },
		{ "host", "host" },
		{ "bananas", NULL },
		{ "x", NULL },
		{ "", NULL },
	};
	char huge[200] = "";
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(meant); i++) {
		const char *near = text_nearest(meant[i][0], words);

		if (meant[i][1] == NULL)
			assert_null(near);
		else {
			assert_non_null(near);
			assert_string_equal(near, meant[i][1]);
		}
	}
	memset(huge, 'p', sizeof(huge) - 1);
	assert_null(text_nearest(huge, words));
}

static void
only_digits_are_digits(void **state)
{
	(void)state;
	assert_true(text_is_digits("0123456789"));
	assert_false(text_is_digits(""));
	assert_false(text_is_digits("12 "));
	assert_false(text_is_digits("+255"));
	assert_false(text_is_digits("\u0661"));
}

static void
what_may_forge_a_text_is_a_control(void **state)
{
	static const uint32_t controls[] = { 0, '\n', 0x1b, 0x7f, 0x85, 0x61c,
		0x200e, 0x202a, 0x202e, 0x2066, 0x2069 };
	static const uint32_t others[] = { ' ', '~', 0xa0, 0xe9, 0x200d, 0x2029,
		0x202f, 0x2065, 0x206a, 0x1f44d };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(controls); i++)
		assert_true(text_is_control(controls[i]));
	for (i = 0; i < ARRAY_SIZE(others); i++)
		assert_false(text_is_control(others[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_reads_as_rfc_3629_says),
		cmocka_unit_test(every_character_is_written_as_it_is_read),
		cmocka_unit_test(hex_goes_out_and_comes_back),
		cmocka_unit_test(what_is_not_hex_is_refused),
		cmocka_unit_test(a_mask_hides_enough_of_a_number),
		cmocka_unit_test(the_nearest_word_is_what_was_meant),
		cmocka_unit_test(only_digits_are_digits),
		cmocka_unit_test(what_may_forge_a_text_is_a_control),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Whole numbers as we keep them, as citizens type them, as services write them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "menus/number.h"

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

typedef bool reader(const char *text, int64_t *n);

static const struct {
	reader *read;
	const char *text;
	int64_t n;
} numbers[] = {
	{ number_read, "0", 0 },
	{ number_read, "-0", 0 },
	{ number_read, "007", 7 },
	{ number_read, "+12", 12 },
	{ number_read, "-1200", -1200 },
	{ number_read, "9223372036854775807", INT64_MAX },
	{ number_read, "-9223372036854775808", INT64_MIN },
	{ number_typed, "1200", 1200 },
	{ number_typed, "1,200", 1200 },
	{ number_typed, "1 200", 1200 },
	{ number_typed, "-1,200", -1200 },
	{ number_typed, "12,345,678", 12345678 },
	{ number_typed, "123 456", 123456 },
	{ number_typed, "9,223,372,036,854,775,807", INT64_MAX },
	{ number_typed, "-9,223,372,036,854,775,808", INT64_MIN },
	{ number_given, "1200", 1200 },
	{ number_given, "1200.00", 1200 },
	{ number_given, "-1200.0", -1200 },
	{ number_given, "-9223372036854775808.000", INT64_MIN },
};

static const struct {
	reader *read;
	const char *text;
} no_numbers[] = {
	{ number_read, "" },
	{ number_read, "-" },
	{ number_read, "+" },
	{ number_read, "--1" },
	{ number_read, " 1" },
	{ number_read, "1 " },
	{ number_read, "1,200" },
	{ number_read, "1.0" },
	{ number_read, "1e3" },
	{ number_read, "0x10" },
	{ number_read, "9223372036854775808" },
	{ number_read, "-9223372036854775809" },
	{ number_read, "99999999999999999999" },
	{ number_typed, "" },
	{ number_typed, "1,5" },
	{ number_typed, "1,2000" },
	{ number_typed, "1200,000" },
	{ number_typed, ",200" },
	{ number_typed, "1,200," },
	{ number_typed, "1,,200" },
	{ number_typed, "1,200,50" },
	{ number_typed, "1.200" },
	{ number_typed, "9,223,372,036,854,775,808" },
	{ number_typed, "1,000,000,000,000,000,000,000,000,000,000,000,000" },
	{ number_given, "" },
	{ number_given, "." },
	{ number_given, ".0" },
	{ number_given, "1200." },
	{ number_given, "1200.50" },
	{ number_given, "1200.0x" },
	{ number_given, "1200.0.0" },
	{ number_given, "1,200" },
	{ number_given, "000000000000000000000000000000000001" },
};

static void
a_whole_number_is_read(void **state)
{
	int64_t n;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (!numbers[i].read(numbers[i].text, &n))
			fail_msg("'%s' was not read", numbers[i].text);
		assert_true(n == numbers[i].n);
	}
}

static void
what_is_no_whole_number_of_64_bits_is_refused(void **state)
{
	int64_t n;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(no_numbers); i++)
		if (no_numbers[i].read(no_numbers[i].text, &n))
			fail_msg("'%s' was read", no_numbers[i].text);
}

static void
a_number_is_kept_in_plain_decimal(void **state)
{
	(void)state;
	assert_string_equal(number_text(arena, 0), "0");
	assert_string_equal(number_text(arena, -1200), "-1200");
	assert_string_equal(
	    number_text(arena, INT64_MIN), "-9223372036854775808");
}

static void
thousands_are_shown_apart(void **state)
{
	static const char *const shown[][2] = {
		{ "0", "0" },
		{ "999", "999" },
		{ "-999", "-999" },
		{ "1000", "1,000" },
		{ "-1000", "-1,000" },
		{ "123456", "123,456" },
		{ "-123456", "-123,456" },
		{ "1234567", "1,234,567" },
		{ "-9223372036854775808", "-9,223,372,036,854,775,808" },
		{ "", "" },
		{ "hakuna", "hakuna" },
		{ "1200.50", "1200.50" },
		{ "99999999999999999999", "99999999999999999999" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(shown); i++)
		assert_string_equal(
		    number_with_thousands(arena, shown[i][0]), shown[i][1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_number_is_read),
		cmocka_unit_test(what_is_no_whole_number_of_64_bits_is_refused),
		cmocka_unit_test(a_number_is_kept_in_plain_decimal),
		cmocka_unit_test(thousands_are_shown_apart),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

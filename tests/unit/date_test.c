/*
 * Days of the calendar, as citizens type them and as we keep them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

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

static const struct {
	const char *typed;
	const char *kept;
} days[] = {
	{ "29-02-2024", "2024-02-29" },
	{ "29022024", "2024-02-29" },
	{ "29/2/2024", "2024-02-29" },
	{ "1.2.2024", "2024-02-01" },
	{ "01 02 2024", "2024-02-01" },
	{ "1/2-2024", "2024-02-01" },
	{ "2024-2-1", "2024-02-01" },
	{ "2024-02-01", "2024-02-01" },
	{ "29-02-2000", "2000-02-29" },
	{ "31-12-9999", "9999-12-31" },
	{ "01-01-1000", "1000-01-01" },
};

static const char *const no_days[] = {
	"",
	"leo",
	"29-02-2023",
	"29-02-1900",
	"31-04-2024",
	"32-01-2024",
	"00-01-2024",
	"01-00-2024",
	"01-13-2024",
	"02-29-2024",
	"30022024",
	"20240229",
	"2902202",
	"290220241",
	"01-02-24",
	"1-2-202",
	"1-2-20244",
	"001-02-2024",
	"2024-002-01",
	"01-01-0999",
	"1-2",
	"1-2-",
	"1-2-2024-",
	"1-2-2024x",
	" 1-2-2024",
	"1--2-2024",
	"1:2:2024",
	"-1-2-2024",
	"1-2-2024 10:00",
	"2024-02-01T10:00",
};

static void
a_day_that_exists_is_read_however_it_is_typed(void **state)
{
	char out[DATE_LEN + 1];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(days); i++) {
		assert_true(date_typed(days[i].typed, out));
		assert_string_equal(out, days[i].kept);
	}
}

static void
what_is_no_day_is_refused(void **state)
{
	char out[DATE_LEN + 1];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(no_days); i++)
		if (date_typed(no_days[i], out))
			fail_msg("'%s' was read as %s", no_days[i], out);
}

static void
months_are_as_long_as_they_are(void **state)
{
	static const int longest[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	char typed[32], out[DATE_LEN + 1];
	int month, day;

	(void)state;
	for (month = 1; month <= 12; month++)
		for (day = 1; day <= 31; day++) {
			snprintf(
			    typed, sizeof(typed), "%d/%d/2023", day, month);
			assert_int_equal(
			    date_typed(typed, out), day <= longest[month - 1]);
		}
}

static void
only_a_day_as_we_keep_it_is_one_of_ours(void **state)
{
	static const char *const others[] = { "", "2024-2-29", "2023-02-29",
		"29-02-2024", "2024/02/29", "2024-02-29 ", "20240229" };
	size_t i;

	(void)state;
	assert_true(date_is_day("2024-02-29"));
	for (i = 0; i < ARRAY_SIZE(others); i++)
		assert_false(date_is_day(others[i]));
}

static void
a_day_is_shown_as_it_is_typed(void **state)
{
	(void)state;
	assert_string_equal(date_show(arena, "2024-02-29"), "29-02-2024");
	assert_string_equal(date_show(arena, "2023-02-29"), "2023-02-29");
	assert_string_equal(date_show(arena, "hakuna"), "hakuna");
	assert_string_equal(date_show(arena, ""), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_that_exists_is_read_however_it_is_typed),
		cmocka_unit_test(what_is_no_day_is_refused),
		cmocka_unit_test(months_are_as_long_as_they_are),
		cmocka_unit_test(only_a_day_as_we_keep_it_is_one_of_ours),
		cmocka_unit_test(a_day_is_shown_as_it_is_typed),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

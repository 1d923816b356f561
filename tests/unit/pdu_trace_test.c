/*
 * What the silenced libsmpp34 has instead of snprintf: the same texts, and
 * nothing at all where its trace goes on.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"

#define SIZE 34 /* of the buffers in which the library judges a value */

int pdu_trace(char *to, size_t room, int flag, size_t size,
    const char *format, ...);
int pdu_trace_plain(char *to, size_t room, const char *format, ...);

/* The library's; here it is ours. */
char *ptrerror;

static const size_t rooms[] = { 0, 1, 2, 11, SIZE };

static void
a_number_reads_as_snprintf_writes_it(void **state)
{
	static const int numbers[] = { 0, 7, -1, 255, INT_MAX, INT_MIN };
	char want[SIZE] = "", got[SIZE] = "";
	size_t n, r;

	(void)state;
	for (n = 0; n < ARRAY_SIZE(numbers); n++)
		for (r = 0; r < ARRAY_SIZE(rooms); r++) {
			int len = snprintf(want, rooms[r], "%d", numbers[n]);

			assert_int_equal(len, pdu_trace(got, rooms[r], 1, SIZE,
			    "%d", numbers[n]));
			assert_string_equal(got, want);
			assert_int_equal(len, pdu_trace_plain(
			    got, rooms[r], "%d", numbers[n]));
			assert_string_equal(got, want);
		}
}

static void
a_text_reads_as_snprintf_writes_it(void **state)
{
	static const char *const texts[] = { "", "OK", "SUBMIT_SM_RESP" };
	char want[SIZE] = "", got[SIZE] = "";
	size_t t, r;

	(void)state;
	for (t = 0; t < ARRAY_SIZE(texts); t++)
		for (r = 0; r < ARRAY_SIZE(rooms); r++) {
			int len = snprintf(want, rooms[r], "%s", texts[t]);

			assert_int_equal(len, pdu_trace_plain(
			    got, rooms[r], "%s", texts[t]));
			assert_string_equal(got, want);
		}
}

static void
any_other_format_is_left_to_the_c_library(void **state)
{
	char got[SIZE];

	(void)state;
	assert_int_equal(18, pdu_trace(got, SIZE, 1, SIZE, "[%s:%08X(%s)]",
	    "tag", 0x15u, "OK"));
	assert_string_equal(got, "[tag:00000015(OK)]");
}

static void
the_trace_gets_nothing_however_much_room_it_claims(void **state)
{
	char trace[SIZE] = "untouched";

	(void)state;
	ptrerror = trace;
	assert_int_equal(
	    pdu_trace(trace, (size_t)-5, 1, SIZE_MAX, "%s", "secret"), 0);
	assert_int_equal(
	    pdu_trace_plain(trace, (size_t)-5, "%s", "secret"), 0);
	assert_string_equal(trace, "untouched");
	ptrerror = NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_reads_as_snprintf_writes_it),
		cmocka_unit_test(a_text_reads_as_snprintf_writes_it),
		cmocka_unit_test(any_other_format_is_left_to_the_c_library),
		cmocka_unit_test(
		    the_trace_gets_nothing_however_much_room_it_claims),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

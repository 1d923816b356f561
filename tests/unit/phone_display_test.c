/*
 * A phone's display: rows that fit, words that are not cut, frames that close.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/check.h"
#include "simulator/phone_display.h"

/* TEXT in rows of WIDTH, each ended by a bar. */
static const char *
rows(const char *text, size_t width)
{
	static char out[256];
	size_t len, skip;

	out[0] = '\0';
	do {
		len = display_row(text, width, &skip);
		strncat(out, text, len);
		strcat(out, "|");
		text += len + skip;
	} while (*text != '\0');
	return out;
}

static void
a_row_ends_at_a_line_feed_or_before_the_word_that_does_not_fit(void **state)
{
	static const struct {
		const char *text, *rows;
	} cases[] = {
		{ "", "|" },
		{ "abc", "abc|" },
		{ "1 Maji\n2 Umeme", "1 Maji|2 Umeme|" },
		{ "a\n\nb", "a||b|" },
		{ "one two three", "one two|three|" },
		{ "12345678", "12345678|" },
		{ "12345678 9", "12345678|9|" },
		{ "1234567890", "12345678|90|" },
		{ "1 234567890", "1|23456789|0|" },
		{ "12345678\n9", "12345678|9|" },
		{ "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
		  "\xc3\xa9\xc3\xa9",
		    "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
		    "\xc3\xa9|\xc3\xa9|" },
		{ "a\n", "a|" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(rows(cases[i].text, 8), cases[i].rows);
}

static void
a_frame_closes_on_every_side(void **state)
{
	char *drawn = NULL, *row;
	size_t len = 0;
	FILE *out = open_memstream(&drawn, &len);

	(void)state;
	display_draw(out, false, "255712345678",
	    "Karibu kwenye huduma za serikali, chagua moja\n1 Maji", "end");
	fclose(out);
	assert_string_equal(drawn,
	    "+- 255712345678 -----------------+\n"
	    "| Karibu kwenye huduma za        |\n"
	    "| serikali, chagua moja          |\n"
	    "| 1 Maji                         |\n"
	    "+- end --------------------------+\n");
	for (row = strtok(drawn, "\n"); row != NULL; row = strtok(NULL, "\n"))
		assert_int_equal(strlen(row), DISPLAY_WIDTH + 4);
	free(drawn);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_row_ends_at_a_line_feed_or_before_the_word_that_does_not_fit),
		cmocka_unit_test(a_frame_closes_on_every_side),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

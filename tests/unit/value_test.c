/*
 * Values: what the rules of variables take, and how it is shown.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menus/fold.h"
#include "menus/pattern.h"
#include "menus/rows.h"
#include "menus/value.h"

#define REFUSED NULL
#define W10	"wwwwwwwwww"

static const char *const pesa[] = { "M-Pesa", "Tigo Pesa", "Halopesa", NULL };
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
same(const char *actual, const char *expected, const char *of)
{
	if (expected == NULL && actual == NULL)
		return;
	if (expected == NULL || actual == NULL || strcmp(actual, expected) != 0)
		fail_msg("'%s' is '%s' and not '%s'", of,
		    actual == NULL ? "(refused)" : actual,
		    expected == NULL ? "(refused)" : expected);
}

static void
what_is_typed_is_folded_and_held_to_the_rule(void **state)
{
	static const struct {
		struct variable v;
		const char *match, *typed, *value;
	} cases[] = {
		{ { .max = 12, .upper = true }, "^[A-Z][0-9]{7,11}$",
		    "  a1234567\t", "A1234567" },
		{ { .max = 12, .upper = true }, "^[A-Z][0-9]{7,11}$",
		    "A12345", REFUSED },
		/* In the path of a URL they would climb. */
		{ { .max = 12 }, ".*", "..", REFUSED },
		{ { .max = 12 }, ".*", " . ", REFUSED },
		{ { .max = 12 }, ".*", "..a", "..a" },
		{ { .max = 12, .drops = " /-", .upper = true },
		    "^[A-Z][0-9]{7,11}$", "a 123/45-67", "A1234567" },
		{ { .max = 20, .drops = " ", .turns = '/', .joiner = '-',
		      .upper = true },
		    "^S[0-9]{4}-[0-9]{4}-[0-9]{4}$", "s0334/ 0556/2019",
		    "S0334-0556-2019" },
		{ { .max = 20 }, NULL, "Dar   es\xc2\xa0Salaam ",
		    "Dar es Salaam" },
		{ { .max = 20, .lower = true }, NULL, "JUMA", "juma" },
		{ { .max = 20 }, NULL, "", REFUSED },
		{ { .max = 20 }, NULL, " \n ", REFUSED },
		{ { .max = 5 }, NULL, "abcdef", REFUSED },
		{ { .max = 5 }, NULL, "abc[]", REFUSED },
		{ { .max = 5, .cut = true }, NULL, "abcdef", "abcdef" },
		{ { .max = 300 }, NULL, W10 W10 W10 W10 W10 W10 W10 W10 W10
		      W10 W10 W10 W10 W10 W10 W10 W10 W10 "www", REFUSED },
		{ { .max = 20, .min_length = 3, .max_length = 4 }, NULL, "ab",
		    REFUSED },
		{ { .max = 20, .min_length = 3, .max_length = 4 }, NULL,
		    "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9",
		    "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9" },
		{ { .max = 20, .min_length = 3, .max_length = 4 }, NULL,
		    "abcde", REFUSED },
		/* Curly quotes have straight kin; Cyrillic has none. */
		{ { .max = 20 }, NULL, "\xe2\x80\x9cndiyo\xe2\x80\x9d",
		    "\"ndiyo\"" },
		{ { .max = 20, .unicode = true }, NULL, "\xd0\x94\xd0\xb0",
		    "\xd0\x94\xd0\xb0" },
		{ { .max = 1, .unicode = true }, NULL, "\xd0\x94\xd0\xb0",
		    REFUSED },
		{ { .max = 20 }, NULL, "a\xff" "b", "a?b" },
		{ { .type = VAR_DIGITS, .max = 12 }, NULL, "0712 345-678",
		    "0712345678" },
		{ { .type = VAR_DIGITS, .max = 12 }, NULL, "12a", REFUSED },
		{ { .type = VAR_DIGITS, .max = 4 }, NULL, "12345", REFUSED },
		{ { .type = VAR_PIN, .max = 4, .min_length = 4 }, NULL, "0042",
		    "0042" },
		{ { .type = VAR_PIN, .max = 4, .min_length = 4 }, NULL, "42",
		    REFUSED },
		{ { .type = VAR_NUMBER, .max = 9 }, NULL, "007", "7" },
		{ { .type = VAR_NUMBER, .max = 9 }, NULL, "-12", "-12" },
		{ { .type = VAR_NUMBER, .max = 9 }, NULL, "+12", "12" },
		{ { .type = VAR_NUMBER, .max = 9 }, NULL, "1,5", REFUSED },
		{ { .type = VAR_NUMBER, .max = 9 }, NULL, "1.5", REFUSED },
		{ { .type = VAR_NUMBER, .max = 9 }, NULL, "-", REFUSED },
		{ { .type = VAR_NUMBER, .max = 9 }, NULL, "1e3", REFUSED },
		{ { .type = VAR_NUMBER, .max = 25 }, NULL,
		    "9223372036854775807", "9223372036854775807" },
		{ { .type = VAR_NUMBER, .max = 25 }, NULL,
		    "-9,223,372,036,854,775,808", "-9223372036854775808" },
		{ { .type = VAR_NUMBER, .max = 25 }, NULL,
		    "9223372036854775808", REFUSED },
		{ { .type = VAR_MONEY, .max = 9 }, NULL, "1,200/=", "1200" },
		{ { .type = VAR_MONEY, .max = 9 }, NULL, "1 200 000",
		    "1200000" },
		{ { .type = VAR_MONEY, .max = 9 }, NULL, "1200/-", "1200" },
		{ { .type = VAR_MONEY, .max = 9 }, NULL, "1,2000", REFUSED },
		{ { .type = VAR_MONEY, .max = 9 }, NULL, "1200,000", REFUSED },
		{ { .type = VAR_MONEY, .max = 9 }, NULL, ",200", REFUSED },
		/* Its greatest width counts with the commas. */
		{ { .type = VAR_MONEY, .max = 8 }, NULL, "1200000", REFUSED },
		{ { .type = VAR_MONEY, .max = 9, .has_least = true,
		      .least = 500 }, NULL, "499", REFUSED },
		{ { .type = VAR_MONEY, .max = 9, .has_least = true,
		      .least = 500 }, NULL, "500", "500" },
		{ { .type = VAR_MONEY, .max = 9, .has_most = true,
		      .most = 500 }, NULL, "501", REFUSED },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "29-02-2024",
		    "2024-02-29" },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "29022024",
		    "2024-02-29" },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "1/3/2024",
		    "2024-03-01" },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "1.3.2024",
		    "2024-03-01" },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "01 03 2024",
		    "2024-03-01" },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "2024-3-1",
		    "2024-03-01" },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "29-02-2023",
		    REFUSED },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "29-02-1900",
		    REFUSED },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "31-04-2024",
		    REFUSED },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "01-13-2024",
		    REFUSED },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "00-01-2024",
		    REFUSED },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "1-3-24", REFUSED },
		{ { .type = VAR_DATE, .max = 10 }, NULL, "1-3-2024-1",
		    REFUSED },
		{ { .type = VAR_CHOICE, .max = 9, .choices = pesa }, NULL,
		    "tigo  pesa", "Tigo Pesa" },
		{ { .type = VAR_CHOICE, .max = 9, .choices = pesa }, NULL,
		    "m pesa.", "M-Pesa" },
		{ { .type = VAR_CHOICE, .max = 9, .choices = pesa }, NULL,
		    "pesa", REFUSED },
		{ { .type = VAR_ROWS, .max = 9 }, NULL, "1", REFUSED },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct variable v = cases[i].v;
		const char *why = NULL;

		if (v.drops == NULL)
			v.drops = "";
		if (cases[i].match != NULL)
			v.match = pattern_compile(arena, cases[i].match, &why);
		assert_null(why);
		same(value_typed(arena, &v, cases[i].typed), cases[i].value,
		    cases[i].typed);
	}
}

static void
what_a_service_gives_is_cleaned_and_held_to_its_type(void **state)
{
	static const struct {
		struct variable v;
		const char *given, *value;
	} cases[] = {
		{ { .max = 10 }, "  Asha\n Juma ", "Asha Juma" },
		{ { .max = 6 }, "Asha Juma", REFUSED },
		{ { .max = 6, .cut = true }, "Asha Juma", "Asha J" },
		{ { .max = 5, .cut = true }, "Asha Juma", "Asha" },
		{ { .max = 5, .cut = true }, "abc{}", "abc{" },
		{ { .max = 10 }, "", "" },
		{ { .max = 20 }, "Zo\xc5\xab \xe2\x80\x93 \xe2\x82\xac",
		    "Zou - \xe2\x82\xac" },
		/* What turns the reading direction never reaches a screen. */
		{ { .max = 20, .unicode = true }, "a\xe2\x80\xae" "b", "ab" },
		{ { .type = VAR_MONEY, .max = 9 }, "1200.00", "1200" },
		{ { .type = VAR_MONEY, .max = 9 }, "-0", "0" },
		{ { .type = VAR_MONEY, .max = 9 }, "1200.50", REFUSED },
		{ { .type = VAR_MONEY, .max = 9 }, "1200.", REFUSED },
		{ { .type = VAR_MONEY, .max = 9 }, "1e3", REFUSED },
		{ { .type = VAR_MONEY, .max = 9 }, "", REFUSED },
		{ { .type = VAR_MONEY, .max = 9 }, "null", REFUSED },
		/* A cut amount would be another amount. */
		{ { .type = VAR_MONEY, .max = 5, .cut = true }, "123456",
		    REFUSED },
		{ { .type = VAR_DIGITS, .max = 12 }, "9912 3456 7890",
		    "991234567890" },
		{ { .type = VAR_DIGITS, .max = 12, .cut = true },
		    "9912345678901", REFUSED },
		{ { .type = VAR_DATE, .max = 10 }, "2024-02-29", "2024-02-29" },
		{ { .type = VAR_DATE, .max = 10 }, "2024-02-29T23:59:59Z",
		    "2024-02-29" },
		{ { .type = VAR_DATE, .max = 10 }, "2024-02-30", REFUSED },
		{ { .type = VAR_CHOICE, .max = 9, .choices = pesa }, "m-pesa",
		    "M-Pesa" },
		{ { .type = VAR_CHOICE, .max = 4, .cut = true,
		      .choices = pesa }, "m-pesa", "M-Pesa" },
		{ { .type = VAR_CHOICE, .max = 9, .choices = pesa }, "Airtel",
		    REFUSED },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		same(value_given(arena, &cases[i].v, cases[i].given),
		    cases[i].value, cases[i].given);
}

static void
what_is_shown_keeps_to_the_width(void **state)
{
	static const struct {
		struct variable v;
		const char *kept, *shown;
	} cases[] = {
		{ { .max = 10 }, NULL, "" },
		{ { .type = VAR_MONEY, .max = 10 }, "1200", "1,200" },
		{ { .type = VAR_MONEY, .max = 10 }, "120", "120" },
		{ { .type = VAR_MONEY, .max = 10 }, "-123456", "-123,456" },
		{ { .type = VAR_MONEY, .max = 10 }, "-123", "-123" },
		{ { .type = VAR_MONEY, .max = 26 }, "-9223372036854775808",
		    "-9,223,372,036,854,775,808" },
		{ { .type = VAR_NUMBER, .max = 10 }, "1200", "1200" },
		{ { .type = VAR_DATE, .max = 10 }, "2024-02-29", "29-02-2024" },
		{ { .max = 4, .cut = true }, "Asha Juma", "Asha" },
		{ { .max = 5, .cut = true }, "Asha Juma", "Asha" },
		{ { .max = 3, .cut = true }, "\xe2\x82\xac\xe2\x82\xac",
		    "\xe2\x82\xac" },
		{ { .max = 3, .cut = true, .unicode = true },
		    "\xf0\x9f\x98\x80\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		same(value_shown(arena, &cases[i].v, cases[i].kept),
		    cases[i].shown, cases[i].kept);
}

static void
spaces_of_every_kind_become_one(void **state)
{
	(void)state;
	same(fold_spaces(arena,
		 " a\t\r\n b\xe2\x80\x83\xe3\x80\x80" "c\xef\xbb\xbf"),
	    "a b c", "spaces");
	same(fold_spaces(arena, ""), "", "nothing");
}

static void
words_are_compared_without_case_accents_and_marks(void **state)
{
	static const struct {
		const char *text, *folded;
	} cases[] = {
		{ "  Nauli:  d\xc3\xa1r!", "NAULI DAR" },
		{ "ng'ombe", "NGOMBE" },
		{ "ng\xe2\x80\x99ombe", "NGOMBE" },
		{ "\xc3\x86on stra\xc3\x9f" "e", "AEON STRASSE" },
		{ "deni\xe2\x80\xa6", "DENI" },
		{ "M-Pesa", "M PESA" },
		{ "*#", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		same(fold_words(arena, cases[i].text), cases[i].folded,
		    cases[i].text);
}

static void
rows_are_found_by_number(void **state)
{
	static const char packed[] = "1\x1f" "a\x1e\x1f\x1e" "3";

	(void)state;
	assert_int_equal(rows_count(NULL), 0);
	assert_int_equal(rows_count(""), 0);
	assert_int_equal(rows_count("x"), 1);
	assert_int_equal(rows_count(packed), 3);
	same(rows_cell(arena, packed, 0, 0), "1", "0,0");
	same(rows_cell(arena, packed, 0, 1), "a", "0,1");
	same(rows_cell(arena, packed, 0, 2), NULL, "0,2");
	same(rows_cell(arena, packed, 1, 0), "", "1,0");
	same(rows_cell(arena, packed, 1, 1), "", "1,1");
	same(rows_cell(arena, packed, 2, 0), "3", "2,0");
	same(rows_cell(arena, packed, 2, 1), NULL, "2,1");
	same(rows_cell(arena, packed, 3, 0), NULL, "3,0");
	same(rows_cell(arena, "", 0, 0), NULL, "nothing");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_is_folded_and_held_to_the_rule),
		cmocka_unit_test(
		    what_a_service_gives_is_cleaned_and_held_to_its_type),
		cmocka_unit_test(what_is_shown_keeps_to_the_width),
		cmocka_unit_test(spaces_of_every_kind_become_one),
		cmocka_unit_test(
		    words_are_compared_without_case_accents_and_marks),
		cmocka_unit_test(rows_are_found_by_number),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

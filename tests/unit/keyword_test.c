/*
 * Keywords: dialogues that an SMS begins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menus/keyword.h"
#include "tests/unit/dialogue.h"

#define USAGE_BILL "Namba si sahihi.\nDENI acct"
#define USAGE_FARE "Chaguo si sahihi.\nnauli from to"
#define SHORT_FARE "Ujumbe haujakamilika.\nnauli from to"

static void
a_keyword_is_known_however_it_is_written(void **state)
{
	static const char *const ways[] = { "DENI A1234567", "deni a1234567",
		"  Deni \t A1234567 ", "D\xc3\xa9ni A1234567.",
		"deni: A1234567", "\"DENI\" A1234567", "DENI, A123-4567",
		"Deni=a1234567!", "deni a 123 4567", "*DENI*A1234567#",
		"deni\302\240A1234567" };
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		assert_true(step_is_keyword(d->c, ways[i]));
		text(d, ways[i]);
		assert_called(d, "bill");
		assert_int_equal(d->session.channel, CHANNEL_SMS);
		assert_string_equal(d->session.vars[0], "A1234567");
	}
}

static void
arguments_go_into_their_variables(void **state)
{
	static const struct {
		const char *text, *from, *to;
	} cases[] = {
		{ "NAULI DAR ARUSHA", "DAR", "ARUSHA" },
		{ "nauli dar,arusha", "DAR", "ARUSHA" },
		{ "Nauli Dar; Arusha?", "DAR", "ARUSHA" },
		{ "nauli dar es salaam", "DAR", "ES SALAAM" },
	};
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		text(d, cases[i].text);
		assert_called(d, "fare");
		assert_string_equal(d->session.vars[1], cases[i].from);
		assert_string_equal(d->session.vars[2], cases[i].to);
	}
	text(d, "KIASI 1,500/=");
	assert_ended(d, "Kiasi 1,500.");
}

static void
a_wrong_argument_is_answered_with_how_to_write_it(void **state)
{
	static const struct {
		const char *text, *answer;
	} cases[] = {
		{ "DENI", "Ujumbe haujakamilika.\nDENI acct" },
		{ "DENI 12", USAGE_BILL },
		{ "DENI A1234567 B7654321", USAGE_BILL },
		{ "nauli", SHORT_FARE },
		{ "nauli dar", SHORT_FARE },
		/* Nobody asks for `from` on a screen: the general words. */
		{ "nauli Kilimanjaro-Moshi arusha", USAGE_FARE },
		{ "nauli dar Kilimanjaro-Moshi", "Si kituo.\nnauli from to" },
		/* Its author gave an example. */
		{ "kiasi", "Ujumbe haujakamilika.\nMfano: KIASI 1500" },
		{ "kiasi kumi", "Kiasi si sahihi.\nMfano: KIASI 1500" },
	};
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		text(d, cases[i].text);
		assert_ended(d, cases[i].answer);
		assert_int_equal(d->move.reading, READING_WRONG);
	}
}

static void
an_unknown_word_is_answered_with_the_nearest(void **state)
{
	struct dialogue *d = *state;
	static const struct {
		const char *text, *nearest;
	} cases[] = {
		{ "NAURI DAR ARUSHA", "NAULI" },
		{ "deny A1234567", "DENI" },
		{ "kaisi 5", "KIASI" },
		{ "xyzzy", NULL },
		{ "", NULL },
		{ "?!", NULL },
		{ "\xff\xfe", NULL },
	};
	const char *unknown =
	    step_words(d->arena, d->c, &d->facts, 0, &d->c->unknown);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_false(step_is_keyword(d->c, cases[i].text));
		text(d, cases[i].text);
		assert_ended(d,
		    cases[i].nearest == NULL ? unknown
					     : arena_printf(d->arena, "%s?\n%s",
						   cases[i].nearest, unknown));
	}
}

static void
an_answer_is_found_by_sms_and_ends(void **state)
{
	struct dialogue *d = *state;

	text(d, "DENI A1234567");
	OUTCOME(d, OUTCOME_OK, "Asha", "1200", "99");
	assert_ended(d, "Asha: deni TZS 1,200. Lipa kwa namba ya malipo 99.");
	assert_null(d->move.sms);
	d->lang = 1;
	text(d, "DENI A1234567");
	OUTCOME(d, OUTCOME_MISSING, NULL);
	assert_ended(d, "Account A1234567 was not found. Check the number.");
}

static void
a_dialogue_goes_on_by_sms_without_navigation(void **state)
{
	struct dialogue *d = *state;

	text(d, "NAULI DAR ARUSHA");
	OUTCOME(d, OUTCOME_MISSING, NULL);
	assert_shown(d, "Hakuna basi DAR - ARUSHA. Kituo kingine?");
	answer(d, "Kilimanjaro-Moshi");
	assert_shown(d, "Si kituo.\nHakuna basi DAR - ARUSHA. Kituo kingine?");
	answer(d, "00");
	/* Two tries; and 00 is what was asked for, if a strange one. */
	assert_called(d, "fare");
	assert_string_equal(d->session.vars[2], "00");
	text(d, "CHAGUA");
	assert_null(strstr(d->move.screen, "00 "));
	answer(d, "0");
	assert_int_equal(d->move.reading, READING_WRONG);
	answer(d, "12.");
	assert_ended(d, "Asante.");
}

static void
a_keyword_in_a_dialogue_begins_anew(void **state)
{
	struct dialogue *d = *state;

	text(d, "NAULI DAR ARUSHA");
	OUTCOME(d, OUTCOME_MISSING, NULL);
	answer(d, "deni a1234567");
	assert_called(d, "bill");
	assert_int_equal(d->session.depth, 0);
}

static void
a_long_text_goes_on_with_whatever_is_answered(void **state)
{
	struct dialogue *d = *state;

	text(d, "MSAADA");
	assert_non_null(strstr(d->move.screen, "Mwisho."));
	assert_null(strstr(d->move.screen, "98"));
	answer(d, "sawa");
	assert_ended(d, "Asante.");
}

/* A catalogue of its own: "MATOKEO" and "MATOKEO CSEE". */
static void
the_keyword_of_most_words_is_meant(void **state)
{
	static const struct keyword words[] = {
		{ .word = "Matokeo" },
		{ .word = "Matokeo Csee" },
		{ .word = "ng'ombe" },
	};
	static const struct graph none;
	static const struct graph g = { .keywords = words,
		.keyword_count = ARRAY_SIZE(words) };
	static const struct graph *const graphs[] = { &none, &g };
	static const struct catalogue c = { .graphs = graphs,
		.graph_count = 2 };
	static const struct {
		const char *text;
		int word;
	} cases[] = {
		{ "matokeo S0334", 0 },
		{ "matokeo csee S0334", 1 },
		{ "MATOKEO-CSEE S0334", 1 },
		{ "Ngombe", 2 },
		{ "csee", -1 },
		{ "matoke", -1 },
	};
	struct dialogue *d = *state;
	struct keyword_found k;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		bool found = keyword_find(d->arena, &c, cases[i].text, &k);

		assert_int_equal(found, cases[i].word >= 0);
		if (found) {
			assert_ptr_equal(k.keyword, &words[cases[i].word]);
			assert_int_equal(k.number, 1);
		}
	}
	assert_string_equal(
	    keyword_nearest(d->arena, &c, "matokeo cse x"), "MATOKEO CSEE");
}

static void
an_alias_means_its_keyword(void **state)
{
	static const char *const ways[] = { "CHETI NAMBA C1234",
		"cheti  changu: c1234", "Certificate c-1234" };
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		text(d, ways[i]);
		assert_ended(d, "Cheti C1234");
	}
	text(d, "certificate");
	assert_ended(d, "Ujumbe haujakamilika.\nCHETI NAMBA certificate [nin]");
	text(d, "sertificate c1234");
	assert_non_null(strstr(d->move.screen, "CERTIFICATE?"));
}

static void
an_optional_argument_may_be_missing_and_not_wrong(void **state)
{
	struct dialogue *d = *state;

	text(d, "cheti namba c1234 12345678");
	assert_ended(d, "Cheti C1234 cha 12345678");
	text(d, "cheti namba c1234 0");
	assert_non_null(strstr(d->move.screen, "Si sahihi."));
}

static void
the_rest_is_taken_as_it_was_typed(void **state)
{
	static const struct {
		const char *text, *rest;
	} cases[] = {
		{ "MAONI maji", "maji" },
		{ "maoni: maji hayatoki; saa 3,4 (usiku)!",
		    "maji hayatoki; saa 3,4 (usiku)!" },
		{ "Maoni, - sawa?", "- sawa?" },
		{ "lalamiko\"Hapana\"", "\"Hapana\"" },
		{ "MAONI  kodi: 1,500/=", "kodi: 1,500/=" },
	};
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		text(d, cases[i].text);
		assert_ended(d,
		    arena_printf(
			d->arena, "Asante kwa: %s", cases[i].rest));
	}
	text(d, "MAONI !");
	assert_ended(d, "Ujumbe haujakamilika.\nMAONI opinion");
}

#define PLAYED(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAYED(a_keyword_is_known_however_it_is_written),
		PLAYED(arguments_go_into_their_variables),
		PLAYED(a_wrong_argument_is_answered_with_how_to_write_it),
		PLAYED(an_unknown_word_is_answered_with_the_nearest),
		PLAYED(an_answer_is_found_by_sms_and_ends),
		PLAYED(a_dialogue_goes_on_by_sms_without_navigation),
		PLAYED(a_keyword_in_a_dialogue_begins_anew),
		PLAYED(a_long_text_goes_on_with_whatever_is_answered),
		PLAYED(the_keyword_of_most_words_is_meant),
		PLAYED(an_alias_means_its_keyword),
		PLAYED(an_optional_argument_may_be_missing_and_not_wrong),
		PLAYED(the_rest_is_taken_as_it_was_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

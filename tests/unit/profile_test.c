/*
 * What a profile has to do with an ask: what is offered, what is asked, and
 * what is to be kept. And who may read what.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menus/mask.h"
#include "tests/unit/dialogue.h"

#define NAV  "\n0 Rudi\n00 Mwanzo"
#define ASK  "Akaunti?" NAV
#define KEEP "Tuhifadhi namba hii kwa matumizi yajayo?\n1 Ndiyo\n2 Hapana"
#define KEEP_SHARED \
	KEEP "\n3 Ndiyo, pia kwa taasisi nyingine za serikali" NAV
#define USE "Utatumia namba A12***67?\n1 Ndiyo\n2 Hapana" NAV
#define BAD "Chaguo si sahihi.\n"

#define PLAY(d, ...)                                          \
	play_exchanges(d, (struct exchange[]){ __VA_ARGS__ }, \
	    ARRAY_SIZE(((struct exchange[]){ __VA_ARGS__ })))

static void knows(struct dialogue *d, const char *institution,
    const char *name, const char *value, enum consent consent);
static void assert_keeps(const struct dialogue *d, const char *name,
    const char *value, enum consent consent, int days);
static void assert_account(struct dialogue *d, const char *account);

/* ---- masks */

static void
a_mask_shows_its_owner_enough_and_nobody_else(void **state)
{
	static const struct {
		const char *value, *masked;
	} cases[] = {
		{ "A1234567", "A12***67" },
		{ "255712345678", "255***78" },
		{ "A123456", "A***6" },
		{ "12345", "1***5" },
		{ "1234", "***4" },
		{ "12", "*2" },
		{ "7", "*" },
		{ "", "" },
		{ "{}1234567", "**1***67" },
		{ "\xc3\x84" "bcdefgh\xc3\x84", "*bc***h*" },
		{ "12-05-1990", "12****90" },
	};
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(
		    mask(d->arena, cases[i].value), cases[i].masked);
}

/* ---- nothing is known */

static void
a_new_value_is_kept_if_its_citizen_says_so(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1#");
	assert_shown(d, ASK);
	answer(d, "a123 4567");
	assert_shown(d, KEEP_SHARED);
	assert_null(d->move.keeps);
	answer(d, "1");
	assert_account(d, "A1234567");
	assert_keeps(d, "acct", "A1234567", CONSENT_YES, 365);
}

static void
a_no_is_kept_without_the_value(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1#");
	PLAY(d, { "A1234567", KEEP_SHARED });
	answer(d, "2");
	assert_account(d, "A1234567");
	assert_keeps(d, "acct", "", CONSENT_NO, 365);
}

static void
only_what_is_shared_is_asked_for_others(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1#");
	answer(d, "A1234567");
	answer(d, "3");
	assert_keeps(d, "acct", "A1234567", CONSENT_SHARED, 365);

	dial(d, "*152*00*6*2#");
	PLAY(d, { "1234567", KEEP NAV }, { "3", BAD KEEP NAV });
	answer(d, "1");
	assert_keeps(d, "meter", "1234567", CONSENT_YES, 30);
}

static void
a_question_of_the_gateways_is_answered_like_a_menu(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1#");
	PLAY(d, { "A1234567", KEEP_SHARED }, { "9", BAD KEEP_SHARED },
	    { "ndiyo", BAD KEEP_SHARED }, { "98", BAD KEEP_SHARED },
	    { "0", ASK }, { "B7654321", KEEP_SHARED });
	assert_int_equal(d->session.tries, 0);
	answer(d, "1.");
	assert_keeps(d, "acct", "B7654321", CONSENT_YES, 365);

	dial(d, "*152*00*6*1#");
	answer(d, "A1234567");
	answer(d, "00");
	assert_shown(d, "Huduma\n6 Maji\n7 Ardhi\n99 English");
	assert_null(d->move.keeps);
}

static void
a_wrong_answer_is_refused_before_anything_is_asked(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1#");
	PLAY(d, { "12", "Si sahihi.\n" ASK }, { "A1234567", KEEP_SHARED });
}

static void
nobody_is_asked_who_dialled_through_or_wrote_an_sms(void **state)
{
	struct dialogue *d = *state;

	knows(d, "maji", "acct", "B7654321", CONSENT_YES);
	dial(d, "*152*00*6*1*A1234567#");
	assert_account(d, "A1234567");
	assert_null(d->move.keeps);
	text(d, "DENI A1234567");
	assert_called(d, "bill");
	assert_null(d->move.keeps);
}

/* ---- something is known */

static void
what_is_known_is_offered_masked_and_taken(void **state)
{
	struct dialogue *d = *state;

	knows(d, "maji", "acct", "A1234567", CONSENT_YES);
	dial(d, "*152*00*6*1#");
	assert_shown(d, USE);
	PLAY(d, { "3", BAD USE });
	answer(d, "1");
	assert_account(d, "A1234567");
	assert_null(d->move.keeps);
}

static void
another_value_takes_the_place_of_the_known_one(void **state)
{
	struct dialogue *d = *state;

	knows(d, "maji", "acct", "A1234567", CONSENT_SHARED);
	dial(d, "*152*00*6*1#");
	PLAY(d, { "2", ASK });
	answer(d, "B7654321");
	assert_account(d, "B7654321");
	assert_keeps(d, "acct", "B7654321", CONSENT_SHARED, 365);
}

static void
who_said_no_is_asked_no_more(void **state)
{
	struct dialogue *d = *state;

	knows(d, "maji", "acct", "", CONSENT_NO);
	dial(d, "*152*00*6*1#");
	assert_shown(d, ASK);
	answer(d, "A1234567");
	assert_account(d, "A1234567");
	assert_null(d->move.keeps);
}

static void
what_its_rule_refuses_by_now_is_not_offered(void **state)
{
	struct dialogue *d = *state;

	knows(d, "maji", "acct", "12345", CONSENT_YES);
	dial(d, "*152*00*6*1#");
	assert_shown(d, ASK);
	answer(d, "A1234567");
	assert_keeps(d, "acct", "A1234567", CONSENT_YES, 365);
}

static void
an_ask_that_one_comes_back_to_offers_again(void **state)
{
	struct dialogue *d = *state;

	knows(d, "maji", "meter", "1234567", CONSENT_YES);
	dial(d, "*152*00*6*2#");
	assert_shown(d, "Utatumia namba 1***7?\n1 Ndiyo\n2 Hapana" NAV);
	PLAY(d, { "2", "Mita?" NAV });
	answer(d, "7654321");
	assert_keeps(d, "meter", "7654321", CONSENT_YES, 30);
	assert_shown(d, "Mita 7654321.\n1 Nyingine\n2 Asante" NAV);
	answer(d, "0");
	assert_shown(d, "Utatumia namba 1***7?\n1 Ndiyo\n2 Hapana" NAV);
	answer(d, "0");
	assert_shown(d, "Maji\n1 Deni\n2 Mita\n3 Uvujaji" NAV "\n99 English");
}

static void
an_offer_that_was_dropped_comes_back_as_it_was(void **state)
{
	struct dialogue *d = *state;

	knows(d, "maji", "acct", "A1234567", CONSENT_YES);
	dial(d, "*152*00*6*1#");
	d->profile.count = 0;
	drop(d);
	assert_shown(d, "Ulikuwa: Maji\n1 Endelea\n2 Anza upya");
	PLAY(d, { "1", USE });
	answer(d, "1");
	assert_account(d, "A1234567");
}

/* ---- between institutions */

static void
another_institution_reads_only_what_is_shared(void **state)
{
	static const struct {
		const char *institution;
		enum consent consent;
		const char *screen;
	} cases[] = {
		{ "maji", CONSENT_SHARED, USE },
		{ "maji", CONSENT_YES, "Akaunti ya maji?" NAV },
		{ "maji", CONSENT_NO, "Akaunti ya maji?" NAV },
		{ "ardhi", CONSENT_SHARED, "Akaunti ya maji?" NAV },
	};
	struct dialogue *d = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		knows(d, cases[i].institution, "acct", "A1234567",
		    cases[i].consent);
		dial(d, "*152*00*7#");
		assert_shown(d, cases[i].screen);
	}
	knows(d, "maji", "acct", "A1234567", CONSENT_SHARED);
	dial(d, "*152*00*7#");
	answer(d, "1");
	assert_ended(d, "Ardhi: A1234567");
	/* It keeps nothing itself, and so asks for nothing. */
	dial(d, "*152*00*7#");
	answer(d, "2");
	answer(d, "B7654321");
	assert_ended(d, "Ardhi: B7654321");
	assert_null(d->move.keeps);
}

static void
what_is_read_is_there_and_shared_and_fits(void **state)
{
	static const struct {
		const char *acct, *reads, *says;
	} cases[] = {
		{ "max = 10; keep = \"9d\"; share = true;", "maji.acct",
		    NULL },
		{ "max = 10; keep = \"9d\"; share = true;", "maji.number",
		    "no such variable" },
		{ "max = 10; keep = \"9d\"; share = true;", "mji.acct",
		    "'mji' is no institution; did you mean 'maji'?" },
		{ "max = 10; keep = \"9d\"; share = true;", "ardhi.water",
		    "is this institution's own" },
		{ "max = 10; keep = \"9d\";", "maji.acct",
		    "does not say share = true" },
		{ "max = 11; keep = \"9d\"; share = true;", "maji.acct",
		    "may be 11 wide, and here is room for 10" },
	};
	struct dialogue *d = *state;
	struct findings f;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct source two[2] = { { "maji.cfg", NULL, 0 },
			{ "ardhi.cfg", NULL, 0 } };
		struct catalogue *c;

		two[0].text = arena_printf(d->arena,
		    "maji: { title = { sw = \"Maji\"; en = \"Water\"; };\n"
		    "doors = { ussd = \"a\"; }; vars = { acct = { type = "
		    "\"text\"; %s }; };\nstates = { a = { text = { sw = "
		    "\"Nini?\"; en = \"What?\"; }; ask = { into = \"acct\"; "
		    "tries = 1; fail = \"z\"; bad = { sw = \"La.\"; en = "
		    "\"No.\"; }; }; next = \"z\"; }; z = { end = { sw = "
		    "\"Haya.\"; en = \"Well.\"; }; }; }; };\n",
		    cases[i].acct);
		two[1].text = arena_printf(d->arena,
		    "ardhi: { title = { sw = \"Ardhi\"; en = \"Land\"; };\n"
		    "doors = { ussd = \"a\"; }; vars = { water = { type = "
		    "\"text\"; max = 10;\nreads = \"%s\"; }; };\nstates = { a "
		    "= { text = { sw = \"Nini?\"; en = \"What?\"; }; ask = { "
		    "into = \"water\"; tries = 1; fail = \"z\"; bad = { sw = "
		    "\"La.\"; en = \"No.\"; }; }; next = \"z\"; }; z = { end "
		    "= { sw = \"Haya.\"; en = \"Well.\"; }; }; }; };\n",
		    cases[i].reads);
		two[0].len = strlen(two[0].text);
		two[1].len = strlen(two[1].text);
		findings_init(&f, d->arena);
		c = catalogue_compile(
		    catalogue_source(d->c), two, 2, 0, 0, &f);
		assert_non_null(c);
		/* Nobody is left out for what another one says. */
		assert_int_equal(c->graph_count, 2);
		assert_int_equal(f.errors, cases[i].says != NULL);
		if (cases[i].says != NULL) {
			assert_non_null(
			    strstr(f.list[0].says, cases[i].says));
			assert_string_equal(f.list[0].file, "ardhi.cfg");
			assert_int_equal(f.list[0].line, 2);
			assert_int_equal(f.list[0].check, 4);
		}
		catalogue_free(c);
	}
}

/* ---- */

static void
knows(struct dialogue *d, const char *institution, const char *name,
    const char *value, enum consent consent)
{
	struct known *k = arena_alloc(d->arena, sizeof(*k));

	*k = (struct known){ institution, name, value, consent, 1,
		"2027-11-23" };
	d->profile = (struct profile){ k, 1 };
}

static void
assert_keeps(const struct dialogue *d, const char *name, const char *value,
    enum consent consent, int days)
{
	const struct known *k = d->move.keeps;

	assert_non_null(k);
	assert_string_equal(k->institution, "maji");
	assert_string_equal(k->name, name);
	assert_string_equal(k->value, value);
	assert_int_equal(k->consent, consent);
	assert_int_equal(k->until_ms, days * INT64_C(86400000));
}

static void
assert_account(struct dialogue *d, const char *account)
{
	const struct known *keeps = d->move.keeps;

	assert_called(d, "bill");
	OUTCOME(d, OUTCOME_OK, "42500");
	assert_ended(d, arena_printf(d->arena, "%s: TZS 42,500", account));
	d->move.keeps = keeps;
}

static int
setup(void **state)
{
	return dialogue_open(state, "tests/talks/kept/menus.cfg");
}

int
main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, setup, dialogue_teardown)
	static const struct CMUnitTest tests[] = {
		TEST(a_mask_shows_its_owner_enough_and_nobody_else),
		TEST(a_new_value_is_kept_if_its_citizen_says_so),
		TEST(a_no_is_kept_without_the_value),
		TEST(only_what_is_shared_is_asked_for_others),
		TEST(a_question_of_the_gateways_is_answered_like_a_menu),
		TEST(a_wrong_answer_is_refused_before_anything_is_asked),
		TEST(nobody_is_asked_who_dialled_through_or_wrote_an_sms),
		TEST(what_is_known_is_offered_masked_and_taken),
		TEST(another_value_takes_the_place_of_the_known_one),
		TEST(who_said_no_is_asked_no_more),
		TEST(what_its_rule_refuses_by_now_is_not_offered),
		TEST(an_ask_that_one_comes_back_to_offers_again),
		TEST(an_offer_that_was_dropped_comes_back_as_it_was),
		TEST(another_institution_reads_only_what_is_shared),
		TEST(what_is_read_is_there_and_shared_and_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * From one institution into another: by its doors, without any value, and back
 * to where none is needed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/dialogue.h"

#define CLINIC \
	"Zahanati\n1 Kadi\n2 Vizazi\n3 Haipo\n4 Mimi\n0 Rudi\n00 Mwanzo\n99 English"
#define REGISTRY                                                          \
	"Vizazi na vifo\n1 Mimi ni nani\n2 Cheti\n0 Rudi\n00 Mwanzo\n99 " \
	"English"
#define PEOPLE "Watu\n1 Vizazi na vifo\n2 Zahanati\n3 Kliniki\n99 English"

static void
the_name_alone_is_the_ussd_door(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*153*2*2#");
	assert_shown(d, REGISTRY);
}

static void
a_named_door_leads_where_it_says(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*153*2*1*123#");
	answer(d, "2");
	assert_shown(d, "Namba ya NIDA\n0 Rudi\n00 Mwanzo");
	dial(d, "*153*3*1#");
	assert_shown(d, "Namba ya kadi\n0 Rudi\n00 Mwanzo");
}

static void
values_stay_behind_the_door(void **state)
{
	struct dialogue *d = *state;
	size_t i;

	dial(d, "*153*2*1*123#");
	assert_shown(
	    d, "Kadi 123\n1 Vizazi\n2 Cheti\n3 Asante\n0 Rudi\n00 Mwanzo");
	answer(d, "1");
	for (i = 0; i < VARS_MAX; i++)
		assert_null(d->session.vars[i]);
}

/* `card` and `ask_card` have been left: the one shows a value, the other is
 * opened as a door. */
static void
back_leads_to_doors_and_to_the_root_menu(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*153*2*1*123*1#");
	assert_shown(d, REGISTRY);
	answer(d, "0");
	assert_shown(d, "Namba ya kadi\n0 Rudi\n00 Mwanzo");
	answer(d, "0");
	assert_shown(d, CLINIC);
	answer(d, "0");
	assert_shown(d, PEOPLE);
}

static void
what_has_no_good_file_is_absent(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*153*2*3#");
	assert_ended(d, "Huduma hii haipatikani kwa sasa.");
}

/* The check sees to it that no way leads there. */
static void
nobody_goes_through_a_door_by_sms(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*153*2#");
	d->session.channel = CHANNEL_SMS;
	answer(d, "2");
	assert_ended(d, "Huduma hii haipatikani kwa sasa.");
}

static void
a_session_grows_by_no_more_than_doors(void **state)
{
	struct dialogue *d = *state;
	int i;

	dial(d, "*153*2#");
	for (i = 0; i < 3; i++) {
		answer(d, "1");
		answer(d, "123");
		answer(d, "1");
		assert_shown(d, REGISTRY);
		answer(d, "0");
		answer(d, "0");
		assert_shown(d, CLINIC);
	}
	assert_int_equal(d->session.depth, 1);
}

int
main(void)
{
#define TEST(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_name_alone_is_the_ussd_door),
		TEST(a_named_door_leads_where_it_says),
		TEST(values_stay_behind_the_door),
		TEST(back_leads_to_doors_and_to_the_root_menu),
		TEST(what_has_no_good_file_is_absent),
		TEST(nobody_goes_through_a_door_by_sms),
		TEST(a_session_grows_by_no_more_than_doors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

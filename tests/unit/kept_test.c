/*
 * Profiles against a real Redis.
 */
#include "tests/unit/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#define NUMBER "255700000001"
#define DAY_MS INT64_C(86400000)

static const struct session_key ussd = { NUMBER, "voda", "ussd" };

struct profile_heard {
	int answers;
	enum store_result result;
	size_t count;
	struct {
		char name[64], value[64], consent;
		int64_t until_ms;
	} list[8];
};

static void
heard_profile(void *arg, enum store_result result, const struct kept *list,
    size_t count)
{
	struct profile_heard *h = arg;
	size_t i;

	h->answers++;
	h->result = result;
	h->count = count;
	for (i = 0; i < count; i++) {
		snprintf(h->list[i].name, 64, "%s/%s", list[i].institution,
		    list[i].name);
		snprintf(h->list[i].value, 64, "%s", list[i].value);
		h->list[i].consent = list[i].consent;
		h->list[i].until_ms = list[i].until_ms;
	}
}

static bool
is_heard(void *arg)
{
	return ((struct profile_heard *)arg)->answers > 0;
}

static struct profile_heard
profile(void)
{
	struct profile_heard h = { 0 };

	store_profile(store, NUMBER, heard_profile, &h);
	redis_fixture_until(&f, is_heard, &h);
	assert_int_equal(h.answers, 1);
	return h;
}

static void
keep(const char *institution, const char *name, char consent,
    const char *value, int64_t ms)
{
	const struct kept k = { institution, name, value, consent, ms };
	struct store_commit c = { .key = ussd,
		.octets = (const uint8_t *)"epoch001v001 one",
		.len = 16,
		.live_ms = 60000,
		.keeps = &k };
	struct heard before = load(&ussd);

	if (before.len > 0)
		c.stamp = (const uint8_t *)"epoch001v001";
	assert_int_equal(commit(&c), STORE_OK);
}

static long
left_ms(void)
{
	return strtol(redis_fixture_cli(&f,
	    "PTTL 'mlango:profile:{p%d}:%s'", store_partition(store, NUMBER),
	    NUMBER), NULL, 10);
}

static void
of_a_number_without_a_profile_nothing_is_known(void **state)
{
	struct profile_heard h = profile();

	(void)state;
	assert_int_equal(h.result, STORE_OK);
	assert_int_equal(h.count, 0);
}

static void
what_is_kept_is_read_as_it_was(void **state)
{
	struct profile_heard h;
	int64_t now = clock_wall_ms();

	(void)state;
	keep("maji", "acct", 's', "A 12 y", DAY_MS);
	h = profile();
	assert_int_equal(h.count, 1);
	assert_string_equal(h.list[0].name, "maji/acct");
	assert_string_equal(h.list[0].value, "A 12 y");
	assert_int_equal(h.list[0].consent, 's');
	assert_in_range(
	    h.list[0].until_ms, now + DAY_MS - 1000, now + DAY_MS + 60000);
	keep("maji", "acct", 'n', "", DAY_MS);
	h = profile();
	assert_int_equal(h.count, 1);
	assert_string_equal(h.list[0].value, "");
	assert_int_equal(h.list[0].consent, 'n');
}

static void
each_value_has_an_end_of_its_own_and_the_last_one_takes_all(void **state)
{
	(void)state;
	keep("maji", "acct", 'y', "1", 10 * DAY_MS);
	keep("maji", "meter", 'y', "2", 1);
	assert_in_range(left_ms(), 9 * DAY_MS, 10 * DAY_MS);
	keep("ardhi", "plot", 'y', "3", 20 * DAY_MS);
	assert_in_range(left_ms(), 19 * DAY_MS, 20 * DAY_MS);
	while (profile().count != 2)
		continue; /* a millisecond */
}

static void
what_is_none_of_ours_is_passed_over(void **state)
{
	struct profile_heard h;

	(void)state;
	keep("maji", "acct", 'y', "1", DAY_MS);
	redis_fixture_cli(&f,
	    "HSET 'mlango:profile:{p%d}:%s' nodot '9999999999999 y 1' "
	    "a.b nonsense c.d '9999999999999' e.f '9999999999999 y'",
	    store_partition(store, NUMBER), NUMBER);
	h = profile();
	assert_int_equal(h.count, 1);
}

static void
a_refused_commit_keeps_nothing(void **state)
{
	const struct kept k = { "maji", "acct", "1", 'y', DAY_MS };
	struct store_commit c = { .key = ussd,
		.stamp = (const uint8_t *)"epoch009v009",
		.octets = (const uint8_t *)"epoch001v001 one",
		.len = 16,
		.live_ms = 60000,
		.keeps = &k };

	(void)state;
	assert_int_equal(commit(&c), STORE_CONFLICT);
	assert_int_equal(profile().count, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, store_forget)
	static const struct CMUnitTest tests[] = {
		TEST(of_a_number_without_a_profile_nothing_is_known),
		TEST(what_is_kept_is_read_as_it_was),
		TEST(each_value_has_an_end_of_its_own_and_the_last_one_takes_all),
		TEST(what_is_none_of_ours_is_passed_over),
		TEST(a_refused_commit_keeps_nothing),
	};

	redis_fixture_need();
	return cmocka_run_group_tests(tests, store_begin, store_end);
}

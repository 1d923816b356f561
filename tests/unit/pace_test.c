/*
 * The rate: never more than agreed, less when the peer complains, and back.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/check.h"
#include "gateway/pace.h"

/* Takes all it can, each millisecond of a second that begins at FROM. */
static int
taken_in_a_second(struct pace *p, int64_t from)
{
	int count = 0;
	int64_t now;

	for (now = from; now < from + 1000; now++)
		while (count < 1000000 && pace_take(p, now))
			count++;
	return count;
}

static void
a_second_sees_the_agreed_rate_and_a_tenth_more_at_most(void **state)
{
	static const int rates[] = { 1, 2, 7, 10, 100, 999, 20000 };
	struct pace p;
	size_t i;
	int second;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rates); i++) {
		pace_init(&p, rates[i], 5000);
		assert_in_range(taken_in_a_second(&p, 5000), rates[i] - 1,
		    rates[i] + rates[i] / 10 + 1);
		for (second = 6; second < 12; second++)
			assert_in_range(taken_in_a_second(&p, second * 1000),
			    rates[i] - 1, rates[i] + 1);
	}
}

static void
an_hour_of_silence_saves_up_no_more_than_a_tenth(void **state)
{
	struct pace p;
	int count = 0;

	(void)state;
	pace_init(&p, 100, 0);
	while (pace_take(&p, 3600 * 1000))
		count++;
	assert_int_equal(count, 10);
}

static void
the_wait_is_as_long_as_it_must_be_and_no_longer(void **state)
{
	struct pace p;
	int64_t wait;

	(void)state;
	pace_init(&p, 4, 0);
	assert_int_equal(pace_wait_ms(&p, 0), 0);
	assert_true(pace_take(&p, 0));
	wait = pace_wait_ms(&p, 0);
	assert_int_equal(wait, 250);
	assert_false(pace_take(&p, wait - 1));
	assert_true(pace_take(&p, wait));
}

static void
no_rate_is_no_limit(void **state)
{
	struct pace p;

	(void)state;
	pace_init(&p, 0, 0);
	assert_int_equal(taken_in_a_second(&p, 0), 1000000);
	assert_int_equal(pace_wait_ms(&p, 0), 0);
}

static void
a_complaint_halves_the_rate_once_a_second(void **state)
{
	struct pace p;
	int i;

	(void)state;
	pace_init(&p, 100, 0);
	for (i = 0; i < 50; i++)
		pace_slow(&p, 2000 + i);
	assert_in_range(taken_in_a_second(&p, 2050), 40, 60);
	pace_slow(&p, 3050);
	assert_in_range(taken_in_a_second(&p, 3051), 20, 35);
}

static void
a_slowed_rate_creeps_back_to_what_was_agreed(void **state)
{
	struct pace p;
	int64_t second;
	int count, before = 1;

	(void)state;
	pace_init(&p, 100, 0);
	pace_slow(&p, 1000);
	for (second = 1; second < 12; second++) {
		count = taken_in_a_second(&p, second * 1000);
		assert_in_range(count, before - 1, before + 60);
		assert_true(count <= 110);
		before = count;
	}
	assert_in_range(before, 99, 101);
}

static void
a_complaint_without_an_agreed_rate_halves_what_was_sent(void **state)
{
	struct pace p;
	int64_t now;

	(void)state;
	pace_init(&p, 0, 0);
	for (now = 0; now < 1000; now += 2)
		assert_true(pace_take(&p, now));
	pace_slow(&p, 999);
	assert_in_range(taken_in_a_second(&p, 1000), 240, 310);
	/* And some day it is free again. */
	assert_int_equal(taken_in_a_second(&p, 60000), 1000000);
}

static void
even_the_slowest_rate_sends(void **state)
{
	struct pace p;
	int i;

	(void)state;
	pace_init(&p, 1, 0);
	for (i = 1; i < 20; i++)
		pace_slow(&p, i * 1000);
	assert_in_range(taken_in_a_second(&p, 20000), 1, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_second_sees_the_agreed_rate_and_a_tenth_more_at_most),
		cmocka_unit_test(
		    an_hour_of_silence_saves_up_no_more_than_a_tenth),
		cmocka_unit_test(
		    the_wait_is_as_long_as_it_must_be_and_no_longer),
		cmocka_unit_test(no_rate_is_no_limit),
		cmocka_unit_test(a_complaint_halves_the_rate_once_a_second),
		cmocka_unit_test(a_slowed_rate_creeps_back_to_what_was_agreed),
		cmocka_unit_test(
		    a_complaint_without_an_agreed_rate_halves_what_was_sent),
		cmocka_unit_test(even_the_slowest_rate_sends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

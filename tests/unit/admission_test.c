/*
 * Who may begin: a bucket for all, one for each institution, and nobody while
 * the gateway itself has more than it can do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gateway/admission.h"

static int begun_in_a_second(struct admission *a, int64_t from_ms);
static int entered_in_a_second(
    struct admission *a, const char *institution, int64_t from_ms);

static void
without_limits_everyone_begins(void **state)
{
	struct admission *a = admission_new(0, 0);

	(void)state;
	assert_int_equal(begun_in_a_second(a, 5), 1000);
	assert_int_equal(entered_in_a_second(a, "maji", 5), 1000);
	admission_free(a);
}

static void
no_more_begin_than_the_bucket_for_all_has(void **state)
{
	struct admission *a = admission_new(100, 0);
	int begun;

	(void)state;
	begun = begun_in_a_second(a, 5);
	assert_in_range(begun, 100, 110);
	begun = begun_in_a_second(a, 1005);
	assert_in_range(begun, 90, 110);
	admission_free(a);
}

static void
a_flood_to_one_institution_leaves_the_others_alone(void **state)
{
	struct admission *a = admission_new(0, 50);

	(void)state;
	assert_in_range(entered_in_a_second(a, "maji", 5), 50, 55);
	assert_in_range(entered_in_a_second(a, "necta", 5), 50, 55);
	admission_free(a);
}

static void
a_loop_that_lags_lets_nobody_begin_until_it_keeps_up(void **state)
{
	struct admission *a = admission_new(0, 0);
	int i;

	(void)state;
	admission_load(a, 60000, 0); /* one hiccup refuses nobody */
	assert_true(admission_begin(a, 1));
	for (i = 0; i < 10; i++)
		admission_load(a, 600, 0);
	assert_false(admission_begin(a, 2));
	for (i = 0; i < 10; i++)
		admission_load(a, 0, 0);
	assert_true(admission_begin(a, 3));
	admission_free(a);
}

static void
a_full_window_to_redis_lets_nobody_begin(void **state)
{
	struct admission *a = admission_new(0, 0);

	(void)state;
	admission_load(a, 0, 0.9);
	assert_false(admission_begin(a, 1));
	admission_load(a, 0, 0.5);
	assert_true(admission_begin(a, 2));
	admission_free(a);
}

static int
begun_in_a_second(struct admission *a, int64_t from_ms)
{
	int64_t ms;
	int begun = 0;

	for (ms = from_ms; ms < from_ms + 1000; ms++)
		begun += admission_begin(a, ms);
	return begun;
}

static int
entered_in_a_second(
    struct admission *a, const char *institution, int64_t from_ms)
{
	int64_t ms;
	int entered = 0;

	for (ms = from_ms; ms < from_ms + 1000; ms++)
		entered += admission_enter(a, institution, ms);
	return entered;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_limits_everyone_begins),
		cmocka_unit_test(no_more_begin_than_the_bucket_for_all_has),
		cmocka_unit_test(
		    a_flood_to_one_institution_leaves_the_others_alone),
		cmocka_unit_test(
		    a_loop_that_lags_lets_nobody_begin_until_it_keeps_up),
		cmocka_unit_test(a_full_window_to_redis_lets_nobody_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

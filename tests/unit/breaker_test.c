/*
 * The breaker, with time told, and the cache of answers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/answer_cache.h"
#include "gateway/breaker.h"

static void open_at(struct breaker *b, int64_t now_ms);

static void
five_failures_in_a_row_open_it(void **state)
{
	struct breaker b = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 4; i++)
		assert_false(breaker_failed(&b, 0, false));
	assert_false(breaker_succeeded(&b));
	for (i = 0; i < 4; i++)
		assert_false(breaker_failed(&b, 0, false));
	assert_int_equal(breaker_ask(&b, 0), BREAKER_PASS);
	assert_true(breaker_failed(&b, 1000, false));
	assert_true(breaker_is_open(&b));
	assert_int_equal(breaker_ask(&b, 1000), BREAKER_STOP);
	assert_int_equal(breaker_ask(&b, 5999), BREAKER_STOP);
}

static void
after_a_pause_one_call_tries(void **state)
{
	struct breaker b = { 0 };

	(void)state;
	open_at(&b, 0);
	assert_int_equal(breaker_ask(&b, 5000), BREAKER_TRY);
	assert_int_equal(breaker_ask(&b, 5000), BREAKER_STOP);
	assert_true(breaker_succeeded(&b));
	assert_int_equal(breaker_ask(&b, 5000), BREAKER_PASS);
}

static void
each_failed_try_doubles_the_pause_up_to_a_minute(void **state)
{
	static const int64_t pauses[] = { 10000, 20000, 40000, 60000, 60000 };
	struct breaker b = { 0 };
	int64_t now = 5000;
	size_t i;

	(void)state;
	open_at(&b, 0);
	for (i = 0; i < sizeof(pauses) / sizeof(pauses[0]); i++) {
		assert_int_equal(breaker_ask(&b, now), BREAKER_TRY);
		assert_false(breaker_failed(&b, now, true));
		assert_int_equal(
		    breaker_ask(&b, now + pauses[i] - 1), BREAKER_STOP);
		now += pauses[i];
	}
	assert_int_equal(breaker_ask(&b, now), BREAKER_TRY);
}

static void
calls_from_before_it_opened_do_not_prolong_it(void **state)
{
	struct breaker b = { 0 };

	(void)state;
	open_at(&b, 0);
	assert_false(breaker_failed(&b, 4000, false));
	assert_int_equal(breaker_ask(&b, 5000), BREAKER_TRY);
	assert_false(breaker_failed(&b, 5100, false));
	assert_int_equal(breaker_ask(&b, 5200), BREAKER_STOP);
}

static void
an_abandoned_try_leaves_the_next_call_to_try(void **state)
{
	struct breaker b = { 0 };

	(void)state;
	open_at(&b, 0);
	assert_int_equal(breaker_ask(&b, 5000), BREAKER_TRY);
	breaker_abandoned(&b, false);
	assert_int_equal(breaker_ask(&b, 5000), BREAKER_STOP);
	breaker_abandoned(&b, true);
	assert_int_equal(breaker_ask(&b, 5000), BREAKER_TRY);
}

static void
an_answer_is_kept_for_its_time_and_its_asker(void **state)
{
	struct answer_cache *c = answer_cache_new(10, 10000);
	size_t len = 0;

	(void)state;
	assert_null(answer_cache_get(c, "maji", "http://a/", 0, &len));
	answer_cache_put(c, "maji", "http://a/", "one", 3, 100);
	assert_memory_equal(
	    answer_cache_get(c, "maji", "http://a/", 99, &len), "one", 3);
	assert_int_equal(len, 3);
	assert_null(answer_cache_get(c, "necta", "http://a/", 0, &len));
	assert_null(answer_cache_get(c, "maji", "http://a/b", 0, &len));
	answer_cache_put(c, "maji", "http://a/", "second", 6, 200);
	assert_memory_equal(
	    answer_cache_get(c, "maji", "http://a/", 199, &len), "second", 6);
	assert_null(answer_cache_get(c, "maji", "http://a/", 200, &len));
	answer_cache_free(c);
}

static void
a_full_cache_forgets_what_is_least_used(void **state)
{
	struct answer_cache *c = answer_cache_new(3, 100000);
	size_t len;

	(void)state;
	answer_cache_put(c, "i", "a", "A", 1, 100);
	answer_cache_put(c, "i", "b", "B", 1, 100);
	answer_cache_put(c, "i", "c", "C", 1, 100);
	assert_non_null(answer_cache_get(c, "i", "a", 0, &len));
	answer_cache_put(c, "i", "d", "D", 1, 100);
	assert_null(answer_cache_get(c, "i", "b", 0, &len));
	assert_non_null(answer_cache_get(c, "i", "a", 0, &len));
	assert_non_null(answer_cache_get(c, "i", "c", 0, &len));
	assert_non_null(answer_cache_get(c, "i", "d", 0, &len));
	answer_cache_free(c);
}

static void
a_cache_never_outgrows_its_octets(void **state)
{
	struct answer_cache *c = answer_cache_new(1000, 20000);
	char url[16], *body = calloc(1, 30000);
	size_t i, len, octets = 0;

	(void)state;
	for (i = 0; i < 100; i++) {
		snprintf(url, sizeof(url), "u%zu", i);
		answer_cache_put(c, "i", url, body, 100 * i, 100);
	}
	for (i = 0; i < 100; i++) {
		snprintf(url, sizeof(url), "u%zu", i);
		if (answer_cache_get(c, "i", url, 0, &len) != NULL)
			octets += len;
	}
	assert_in_range(octets, 10000, 20000);
	assert_non_null(answer_cache_get(c, "i", "u99", 0, &len));
	answer_cache_put(c, "i", "u99", body, 30000, 100);
	assert_null(answer_cache_get(c, "i", "u99", 0, &len));
	free(body);
	answer_cache_free(c);
}

static void
open_at(struct breaker *b, int64_t now_ms)
{
	int i;

	for (i = 0; i < BREAKER_FAILURES; i++)
		breaker_failed(b, now_ms, false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_failures_in_a_row_open_it),
		cmocka_unit_test(after_a_pause_one_call_tries),
		cmocka_unit_test(
		    each_failed_try_doubles_the_pause_up_to_a_minute),
		cmocka_unit_test(calls_from_before_it_opened_do_not_prolong_it),
		cmocka_unit_test(an_abandoned_try_leaves_the_next_call_to_try),
		cmocka_unit_test(an_answer_is_kept_for_its_time_and_its_asker),
		cmocka_unit_test(a_full_cache_forgets_what_is_least_used),
		cmocka_unit_test(a_cache_never_outgrows_its_octets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

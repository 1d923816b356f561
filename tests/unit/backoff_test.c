/*
 * Back-off: at once, then ever longer, within its bounds for every chance.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/check.h"
#include "gateway/backoff.h"

static void
the_first_try_follows_at_once_and_each_pause_doubles(void **state)
{
	static const int pauses[] = {
		0,
		1000,
		2000,
		4000,
		8000,
		16000,
		30000,
		30000,
		30000,
	};
	struct backoff b;
	size_t i;

	(void)state;
	backoff_init(&b, 1000, 30000);
	for (i = 0; i < ARRAY_SIZE(pauses); i++)
		assert_int_equal(backoff_next(&b, 0), pauses[i]);
}

static void
chance_takes_at_most_a_quarter_away(void **state)
{
	uint32_t chance;
	struct backoff b;
	int i, pause;

	(void)state;
	for (chance = UINT32_MAX; chance > 0; chance /= 3) {
		backoff_init(&b, 1000, 30000);
		assert_int_equal(backoff_next(&b, chance), 0);
		for (i = 0; i < 20; i++) {
			pause = backoff_next(&b, chance);
			assert_in_range(pause, 750, 30000);
		}
		assert_in_range(pause, 22500, 30000);
	}
}

static void
a_reset_begins_anew(void **state)
{
	struct backoff b;

	(void)state;
	backoff_init(&b, 10, 10);
	assert_int_equal(backoff_next(&b, 0), 0);
	assert_int_equal(backoff_next(&b, 0), 10);
	backoff_reset(&b);
	assert_int_equal(backoff_next(&b, 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_first_try_follows_at_once_and_each_pause_doubles),
		cmocka_unit_test(chance_takes_at_most_a_quarter_away),
		cmocka_unit_test(a_reset_begins_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

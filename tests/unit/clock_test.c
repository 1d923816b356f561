/*
 * The clocks, as far as a test may ask about time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"

static void
the_steady_clock_never_goes_back(void **state)
{
	int64_t before = clock_steady_us(), now;
	int i;

	(void)state;
	for (i = 0; i < 10000; i++, before = now) {
		now = clock_steady_us();
		assert_true(now >= before);
	}
}

static void
both_forms_of_the_steady_clock_agree(void **state)
{
	int64_t before = clock_steady_us() / 1000, now = clock_steady_ms();

	(void)state;
	assert_true(before <= now);
	assert_true(now <= clock_steady_us() / 1000);
}

static void
the_wall_clock_is_that_of_the_machine(void **state)
{
	time_t before = time(NULL);
	int64_t now = clock_wall_ms();

	(void)state;
	/* time() may lag behind by a tick of the kernel's. */
	assert_true(now >= (int64_t)before * 1000 - 20);
	assert_true(now / 1000 <= (int64_t)time(NULL) + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_steady_clock_never_goes_back),
		cmocka_unit_test(both_forms_of_the_steady_clock_agree),
		cmocka_unit_test(the_wall_clock_is_that_of_the_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

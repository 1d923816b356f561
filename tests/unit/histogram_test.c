/*
 * A histogram keeps every value to better than two per cent.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "simulator/histogram.h"

static void
one_value_comes_back_whatever_its_size(void **state)
{
	static const uint64_t values[] = { 0, 1, 63, 64, 127, 128, 129, 255,
		256, 1000, 4095, 4096, 123456, 99999999, 3000000000 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct histogram h = { .count = 0 };

		histogram_add(&h, values[i]);
		assert_true(histogram_part(&h, 0.5) == values[i]);
		assert_true(h.most == values[i]);
	}
}

static void
parts_of_many_values_are_within_two_per_cent(void **state)
{
	static const double parts[] = { 0.01, 0.5, 0.9, 0.99, 0.999 };
	struct histogram h = { .count = 0 };
	uint64_t v, got;
	size_t i;

	(void)state;
	for (v = 1; v <= 1000000; v++)
		histogram_add(&h, v);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		double want = parts[i] * 1000000;

		got = histogram_part(&h, parts[i]);
		assert_true((double)got >= want * 0.999);
		assert_true((double)got <= want * 1.02);
	}
	assert_true(histogram_part(&h, 1) == 1000000);
}

static void
of_nothing_everything_is_zero(void **state)
{
	struct histogram h = { .count = 0 };

	(void)state;
	assert_true(histogram_part(&h, 0.99) == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_value_comes_back_whatever_its_size),
		cmocka_unit_test(parts_of_many_values_are_within_two_per_cent),
		cmocka_unit_test(of_nothing_everything_is_zero),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

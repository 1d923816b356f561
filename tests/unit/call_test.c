/*
 * What is stored of a call comes back as it was, or not at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/call.h"

static const struct call sample = {
	.id = "07-00112233445566778899aabbccddeeff",
	.msisdn = "255700000001",
	.operator_name = "voda",
	.channel = "ussd",
	.number = "*152*00#",
	.epoch = 0x1122334455667788,
	.secret_lost = true,
	.catalogue = { { 1, 2, 3 } },
	.menu = (const uint8_t *)"menu\0octets",
	.menu_len = 11,
	.ref = (const uint8_t *)"ref",
	.ref_len = 3,
};

static void
a_call_comes_back_as_it_was(void **state)
{
	struct arena *a = arena_new();
	struct call back;
	size_t len;
	uint8_t *octets = call_pack(a, &sample, &len);

	(void)state;
	assert_int_equal(call_unpack(a, octets, len, &back), 0);
	assert_string_equal(back.id, sample.id);
	assert_string_equal(back.msisdn, sample.msisdn);
	assert_string_equal(back.operator_name, sample.operator_name);
	assert_string_equal(back.channel, sample.channel);
	assert_string_equal(back.number, sample.number);
	assert_true(back.epoch == sample.epoch);
	assert_true(back.secret_lost);
	assert_memory_equal(&back.catalogue, &sample.catalogue, 16);
	assert_int_equal(back.menu_len, 11);
	assert_memory_equal(back.menu, sample.menu, 11);
	assert_int_equal(back.ref_len, 3);
	arena_free(a);
}

static void
a_call_that_is_cut_or_led_by_another_version_is_refused(void **state)
{
	struct arena *a = arena_new();
	struct call back;
	size_t len, cut;
	uint8_t *octets = call_pack(a, &sample, &len);

	(void)state;
	for (cut = 0; cut < len; cut++)
		assert_int_equal(call_unpack(a, octets, cut, &back), -1);
	octets[0]++;
	assert_int_equal(call_unpack(a, octets, len, &back), -1);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_comes_back_as_it_was),
		cmocka_unit_test(
		    a_call_that_is_cut_or_led_by_another_version_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

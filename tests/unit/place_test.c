/*
 * Where a peer is: addresses written as numbers, and who can read along there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "gateway/place.h"

static const struct {
	const char *host;
	int port;
	const char *name;
} numbers[] = {
	{ "10.1.2.3", 2775, "10.1.2.3:2775" },
	{ "127.0.0.1", 1, "127.0.0.1:1" },
	{ "fd00::1", 2775, "[fd00::1]:2775" },
	{ "2001:0DB8:0:0::1", 65535, "[2001:db8::1]:65535" },
};

static const char *const no_numbers[] = { "", "localhost", "smsc.tigo.co.tz",
	"10.1.2.3.4", "10.1.2.256", "10.1.2.3:2775", "[fd00::1]", "fd00::g" };

/* The first and the last of each private range, and their neighbours. */
static const struct {
	const char *host;
	bool is_public;
} places[] = {
	{ "127.0.0.0", false },
	{ "127.255.255.255", false },
	{ "126.255.255.255", true },
	{ "128.0.0.0", true },
	{ "10.0.0.0", false },
	{ "10.255.255.255", false },
	{ "9.255.255.255", true },
	{ "11.0.0.0", true },
	{ "172.16.0.0", false },
	{ "172.31.255.255", false },
	{ "172.15.255.255", true },
	{ "172.32.0.0", true },
	{ "192.168.0.0", false },
	{ "192.168.255.255", false },
	{ "192.167.255.255", true },
	{ "192.169.0.0", true },
	{ "169.254.0.0", false },
	{ "169.254.255.255", false },
	{ "169.253.255.255", true },
	{ "169.255.0.0", true },
	{ "100.64.0.0", false },
	{ "100.127.255.255", false },
	{ "100.63.255.255", true },
	{ "100.128.0.0", true },
	{ "::1", false },
	{ "::2", true },
	{ "fc00::1", false },
	{ "fdff::1", false },
	{ "fbff::1", true },
	{ "fe00::1", true },
	{ "fe80::1", false },
	{ "febf::1", false },
	{ "fe7f::1", true },
	{ "fec0::1", true },
	{ "2001:db8::1", true },
	{ "::ffff:10.1.2.3", false },
	{ "::ffff:127.0.0.1", false },
	{ "::ffff:192.0.2.1", true },
};

static void
a_number_is_one_place_with_a_name_of_its_own(void **state)
{
	struct places found;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		assert_int_equal(
		    places_of_number(numbers[i].host, numbers[i].port, &found),
		    0);
		assert_int_equal(found.count, 1);
		assert_string_equal(
		    place_name(&found.list[0]), numbers[i].name);
	}
}

static void
what_is_no_number_is_no_place_yet(void **state)
{
	struct places found;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(no_numbers); i++)
		if (places_of_number(no_numbers[i], 2775, &found) != -1)
			fail_msg("'%s' was taken for a number", no_numbers[i]);
}

static void
all_that_is_not_private_is_public(void **state)
{
	struct places found;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		assert_int_equal(
		    places_of_number(places[i].host, 2775, &found), 0);
		if (place_is_public(&found.list[0]) != places[i].is_public)
			fail_msg("%s", places[i].host);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_is_one_place_with_a_name_of_its_own),
		cmocka_unit_test(what_is_no_number_is_no_place_yet),
		cmocka_unit_test(all_that_is_not_private_is_public),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

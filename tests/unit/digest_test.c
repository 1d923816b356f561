/*
 * The hashes against the vectors of their specifications.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/digest.h"

static const struct digest_key paper_key = { { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    11, 12, 13, 14, 15 } };

/* SipHash-2-4 of 00, 01, 02 ... by length; 15 is the paper's Appendix A. */
static const struct {
	size_t len;
	uint64_t hash;
} sip_vectors[] = {
	{ 0, 0x726fdb47dd0e0e31 },
	{ 1, 0x74f839c593dc67fd },
	{ 7, 0xab0200f58b01d137 },
	{ 8, 0x93f5f5799a932462 },
	{ 15, 0xa129ca6149be45e5 },
	{ 63, 0x958a324ceb064572 },
};

static void
the_keyed_hash_is_siphash_2_4(void **state)
{
	uint8_t input[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(input); i++)
		input[i] = (uint8_t)i;
	for (i = 0; i < ARRAY_SIZE(sip_vectors); i++)
		assert_int_equal(
		    digest_keyed(&paper_key, input, sip_vectors[i].len),
		    sip_vectors[i].hash);
}

static void
the_keyed_hash_depends_on_every_bit_of_its_key(void **state)
{
	struct digest_key key;
	uint64_t hash = digest_keyed(&paper_key, "*150#", 5);
	int bit;

	(void)state;
	for (bit = 0; bit < 128; bit++) {
		key = paper_key;
		key.octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_not_equal(digest_keyed(&key, "*150#", 5), hash);
	}
}

/* FIPS 180-4's examples, cut to 128 bits. */
static const char *const sha_vectors[][2] = {
	{ "", "e3b0c44298fc1c149afbf4c8996fb924" },
	{ "abc", "ba7816bf8f01cfea414140de5dae2223" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	    "248d6a61d20638b8e5c026930c3e6039" },
};

static void
a_digest_is_the_first_half_of_sha_256(void **state)
{
	char hex[DIGEST_HEX];
	struct digest d;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(sha_vectors); i++) {
		d = digest_of(sha_vectors[i][0], strlen(sha_vectors[i][0]));
		digest_hex(&d, hex);
		assert_string_equal(hex, sha_vectors[i][1]);
	}
}

static void
a_digest_comes_back_from_its_hex(void **state)
{
	struct digest d = digest_of("maji", 4), back;
	char hex[DIGEST_HEX];

	(void)state;
	digest_hex(&d, hex);
	assert_int_equal(digest_from_hex(hex, &back), 0);
	assert_true(digest_equal(&d, &back));
	back.octets[15] ^= 1;
	assert_false(digest_equal(&d, &back));
}

static void
what_is_not_a_digest_is_refused(void **state)
{
	static const char *const bad[] = { "",
		"e3b0c44298fc1c149afbf4c8996fb92",
		"e3b0c44298fc1c149afbf4c8996fb9244",
		"e3b0c44298fc1c149afbf4c8996fb92g" };
	struct digest d;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(digest_from_hex(bad[i], &d), -1);
}

static void
two_random_keys_differ(void **state)
{
	struct digest_key a, b;

	(void)state;
	digest_random(&a, sizeof(a));
	digest_random(&b, sizeof(b));
	assert_memory_not_equal(&a, &b, sizeof(a));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keyed_hash_is_siphash_2_4),
		cmocka_unit_test(
		    the_keyed_hash_depends_on_every_bit_of_its_key),
		cmocka_unit_test(a_digest_is_the_first_half_of_sha_256),
		cmocka_unit_test(a_digest_comes_back_from_its_hex),
		cmocka_unit_test(what_is_not_a_digest_is_refused),
		cmocka_unit_test(two_random_keys_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

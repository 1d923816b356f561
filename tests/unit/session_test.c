/*
 * Sessions as octets: small, whole, and trusted in nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/dialogue.h"

static uint8_t *
pack(struct dialogue *d, size_t *len)
{
	return session_pack(d->arena, d->c, &d->session, len);
}

static int
unpack(
    struct dialogue *d, const uint8_t *octets, size_t len, struct session *out)
{
	return session_unpack(d->arena, d->c, octets, len, out);
}

static void
a_session_comes_back_as_it_was(void **state)
{
	struct dialogue *d = *state;
	struct session back;
	uint8_t *octets;
	size_t len, i;

	d->lang = 1;
	dial(d, "*152*00*6*1*A1234567#");
	OUTCOME(d, OUTCOME_OK, "Asha", "1200", "99");
	answer(d, "9");
	d->session.tries = 3;
	d->session.here.page = 2;
	d->session.vars[5] = "";
	octets = pack(d, &len);
	assert_int_equal(unpack(d, octets, len, &back), 0);
	assert_int_equal(back.channel, d->session.channel);
	assert_int_equal(back.lang, 1);
	assert_int_equal(back.code, d->session.code);
	assert_int_equal(back.tries, 3);
	assert_int_equal(back.depth, 3);
	assert_memory_equal(&back.here, &d->session.here, sizeof(back.here));
	assert_memory_equal(back.back, d->session.back, sizeof(back.back));
	assert_null(back.dialled);
	for (i = 0; i < VARS_MAX; i++)
		if (d->session.vars[i] == NULL)
			assert_null(back.vars[i]);
		else
			assert_string_equal(back.vars[i], d->session.vars[i]);
}

static void
the_rest_of_a_dialled_string_comes_back(void **state)
{
	struct dialogue *d = *state;

	dial(d, "*152*00*6*1*A1234567*2*1#");
	assert_string_equal(d->session.dialled, "2*1");
	dial(d, "*152*00*6*1*A1234567#");
	assert_string_equal(d->session.dialled, "");
}

static void
a_typical_session_is_small(void **state)
{
	struct dialogue *d = *state;
	size_t len;

	dial(d, "*152*00#");
	(void)pack(d, &len);
	assert_in_range(len, 1, 12);
	dial(d, "*152*00*6*1*A1234567#");
	OUTCOME(d, OUTCOME_OK, "Asha Juma Mohamed", "1200000", "991234567890");
	(void)pack(d, &len);
	assert_in_range(len, 1, 80);
}

static void
octets_that_lack_their_end_are_refused(void **state)
{
	struct dialogue *d = *state;
	struct session back;
	uint8_t *octets;
	size_t len, i;

	dial(d, "*152*00*6*1*A1234567#");
	octets = pack(d, &len);
	for (i = 0; i < len; i++)
		assert_int_equal(unpack(d, octets, i, &back), -1);
	octets = arena_copy(d->arena, octets, len);
	assert_int_equal(unpack(d, octets, len, &back), 0);
	assert_int_equal(unpack(d, octets, len + 1, &back), -1);
}

static void
places_and_values_that_are_not_there_are_refused(void **state)
{
	/* version, flags, code + 1, here (graph + 1, state, page), tries,
	 * depth, a place for each, values (number + 1, length, octets), 0,
	 * dialled. */
	static const struct {
		const char *octets;
		size_t len;
		int result;
	} cases[] = {
#define CASE(octets, result) { octets, sizeof(octets) - 1, result }
		CASE("\1\0\1\0\0\0\0\0\0\0", 0),
		CASE("\2\0\1\0\0\0\0\0\0\0", -1), /* version */
		CASE("\1\4\1\0\0\0\0\0\0\0", -1), /* a third language */
		CASE("\1\0\x7f\0\0\0\0\0\0\0", -1), /* no such code */
		CASE("\1\0\0\0\0\0\0\0\0\0", -1), /* USSD without a code */
		CASE("\1\1\0\0\0\0\0\0\0\0", 0), /* SMS has none */
		CASE("\1\0\1\x7f\0\0\0\0\0\0", -1), /* nor institution */
		CASE("\1\0\1\0\x7f\0\0\0\0\0", -1), /* state */
		CASE("\1\0\1\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\1\0\0\0\0\0",
		    -1),
		CASE("\1\0\1\0\0\0\0\x11\0\0", -1), /* depth */
		CASE("\1\0\1\0\0\0\0\1\0\0\0\0\0", 0),
		CASE("\1\0\1\0\0\0\0\1\x7f\0\0\0\0", -1),
		CASE("\1\0\1\1\0\0\0\0\1\1A\0\0", 0),
		CASE("\1\0\1\0\0\0\0\0\1\1A\0\0", -1), /* the root has none */
		CASE("\1\0\1\1\0\0\0\0\7\1A\0\0", -1), /* a seventh value */
		CASE("\1\0\1\1\0\0\0\0\1\1A\1\1B\0\0", -1), /* twice */
		CASE("\1\0\1\1\0\0\0\0\1\1\0\0\0", -1), /* a NUL */
		CASE("\1\0\1\1\0\0\0\0\1\1\xff\0\0", -1), /* no UTF-8 */
		CASE("\1\0\1\1\0\0\0\0\1\xff\xff\xff\xff\x0f", -1),
		CASE("\1\0\1\0\0\0\0\0\0\2\xff", -1),
		CASE("\1\0\1\1\3\0\0\0\0\0", -1), /* in a route */
		CASE("\1\0\1\3\1\0\0\0\0\0", -1), /* in a sub */
		CASE("\1\0\1\1\2\0\0\0\0\0", 0), /* at a call */
		CASE("\1\0\1\0\0\0\0\1\1\2\0\0\0", -1), /* back to a call */
	};
	struct dialogue *d = *state;
	struct session back;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		if (unpack(d, (const uint8_t *)cases[i].octets, cases[i].len,
			&back) != cases[i].result)
			fail_msg("case %zu", i);
}

/* Every octet replaced by a few others: refused, or playable. */
static void
octets_that_were_tampered_with_do_no_harm(void **state)
{
	static const uint8_t others[] = { 0, 1, 2, 0x10, 0x41, 0x7f, 0x80,
		0xff };
	struct dialogue *d = *state;
	struct session back;
	uint8_t *octets, was;
	size_t len, i, j, playable = 0;

	dial(d, "*152*00*6*1*A1234567#");
	OUTCOME(d, OUTCOME_OK, "Asha", "1200", "99");
	octets = pack(d, &len);
	for (i = 0; i < len; i++)
		for (j = 0; j < sizeof(others); j++) {
			was = octets[i];
			octets[i] = others[j];
			if (unpack(d, octets, len, &back) == 0) {
				playable++;
				d->session = back;
				answer(d, "0");
				d->session = back;
				OUTCOME(d, OUTCOME_FAIL, NULL);
			}
			octets[i] = was;
		}
	assert_in_range(playable, 1, len * sizeof(others) - 1);
}

#define PLAYED(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAYED(a_session_comes_back_as_it_was),
		PLAYED(the_rest_of_a_dialled_string_comes_back),
		PLAYED(a_typical_session_is_small),
		PLAYED(octets_that_lack_their_end_are_refused),
		PLAYED(places_and_values_that_are_not_there_are_refused),
		PLAYED(octets_that_were_tampered_with_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

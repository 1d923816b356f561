/*
 * A repeat is told from a new request that looks alike.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/repeat.h"

#define T0 1000000

struct request_row {
	const char *sentence;
	struct request_id last, now;
	const char *stored_identity, *identity;
	bool repeat;
};

#define BEGIN(gen, seq, h, at)                                            \
	{ .begin = true, .generation = gen, .sequence = seq, .hash = h,   \
		.at_ms = T0 + (at) }
#define INPUT(gen, seq, h, at)                                            \
	{ .generation = gen, .sequence = seq, .hash = h, .at_ms = T0 + (at) }
#define TURN(gen, seq, h, at, n)                                          \
	{ .generation = gen, .sequence = seq, .hash = h,                  \
		.at_ms = T0 + (at), .has_turn = true, .turn = n }

static const struct request_row rows[] = {
	{ "the same sequence on the same bind", INPUT(1, 7, 9, 0),
	    INPUT(1, 7, 9, 60000), "", "", true },
	{ "1 after 1 is new input", INPUT(1, 7, 9, 0), INPUT(1, 8, 9, 10), "",
	    "", false },
	{ "equal octets on a new bind soon after", INPUT(1, 7, 9, 0),
	    INPUT(2, 1, 9, 9999), "", "", true },
	{ "equal octets on a new bind much later", INPUT(1, 7, 9, 0),
	    INPUT(2, 1, 9, 10001), "", "", false },
	{ "other octets on a new bind", INPUT(1, 7, 9, 0),
	    INPUT(2, 7, 8, 10), "", "", false },
	{ "another session of the operator's", INPUT(1, 7, 9, 0),
	    INPUT(1, 7, 9, 10), "a", "b", false },
	{ "the dialect's own turn number again", TURN(1, 7, 9, 0, 4),
	    TURN(1, 8, 9, 10, 4), "a", "a", true },
	{ "the dialect's next turn number", TURN(1, 7, 9, 0, 4),
	    TURN(1, 8, 9, 10, 5), "a", "a", false },
	{ "the same turn number on a new bind", TURN(1, 7, 9, 0, 4),
	    TURN(2, 1, 9, 60000, 4), "a", "a", true },
	{ "a begin of the same string within five seconds",
	    BEGIN(1, 7, 9, 0), BEGIN(1, 8, 9, 5000), "", "", true },
	{ "a begin of the same string later", BEGIN(1, 7, 9, 0),
	    BEGIN(1, 8, 9, 5001), "", "", false },
	{ "a begin of the same session, sent again slowly",
	    BEGIN(1, 7, 9, 0), BEGIN(1, 8, 9, 20000), "a", "a", true },
	{ "a begin when the dialogue has gone on", INPUT(1, 7, 9, 0),
	    BEGIN(1, 8, 9, 10), "a", "a", false },
	{ "a begin of another string", BEGIN(1, 7, 9, 0),
	    BEGIN(1, 8, 8, 10), "", "", false },
};

static void
a_repeat_is_told_from_what_looks_alike(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct request_row *r = &rows[i];
		struct record stored = {
			.last = r->last,
			.identity = (const uint8_t *)r->stored_identity,
			.identity_len = strlen(r->stored_identity),
		};

		if (repeat_of_last(&stored, &r->now,
		        (const uint8_t *)r->identity,
		        strlen(r->identity)) != r->repeat)
			fail_msg("%s", r->sentence);
	}
}

struct begin_row {
	const char *sentence;
	enum record_life life;
	uint64_t hash; /* of the dial that comes now; it began by 9 */
	int64_t after_ms;
	const char *stored_identity, *identity;
	bool repeat;
};

static const struct begin_row begin_rows[] = {
	{ "the dial again after an answer", RECORD_LIVE, 9, 10, "a", "a",
	    true },
	{ "the dial again during a call", RECORD_CALLING, 9, 30000, "a", "a",
	    true },
	{ "the dial of that session much later", RECORD_LIVE, 9, 30001, "a",
	    "a", false },
	{ "where the operator names no session", RECORD_LIVE, 9, 5000, "", "",
	    true },
	{ "and later there", RECORD_LIVE, 9, 5001, "", "", false },
	{ "the same dial in another session", RECORD_LIVE, 9, 10, "a", "b",
	    false },
	{ "another dial", RECORD_LIVE, 8, 10, "a", "a", false },
	{ "the dial again after the end", RECORD_ENDED, 9, 10, "a", "a",
	    false },
};

static void
a_late_copy_of_the_dial_is_told_from_a_new_one(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(begin_rows) / sizeof(begin_rows[0]); i++) {
		const struct begin_row *r = &begin_rows[i];
		struct request_id now = { .begin = true, .hash = r->hash,
			.at_ms = T0 + r->after_ms };
		struct record stored = {
			.life = r->life,
			.begun_ms = T0,
			.begun_hash = 9,
			.identity = (const uint8_t *)r->stored_identity,
			.identity_len = strlen(r->stored_identity),
		};

		if (repeat_of_begin(&stored, &now,
		        (const uint8_t *)r->identity,
		        strlen(r->identity)) != r->repeat)
			fail_msg("%s", r->sentence);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_repeat_is_told_from_what_looks_alike),
		cmocka_unit_test(
		    a_late_copy_of_the_dial_is_told_from_a_new_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

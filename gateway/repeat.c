/*
 * Repeats, told from new requests that look alike.
 */
#include <string.h>

#include "gateway/repeat.h"

static bool begin_again(
    int64_t then_ms, const struct request_id *request, bool has_identity);
static bool input_again(
    const struct record *stored, const struct request_id *request);
static bool within(
    int64_t then_ms, const struct request_id *request, int64_t ms);

bool
repeat_of_last(const struct record *stored, const struct request_id *request,
    const uint8_t *identity, size_t identity_len)
{
	if (stored->last.begin != request->begin ||
	    stored->last.hash != request->hash ||
	    !repeat_same_session(stored, identity, identity_len))
		return false;
	if (request->begin)
		return begin_again(
		    stored->last.at_ms, request, identity_len > 0);
	return input_again(stored, request);
}

bool
repeat_of_begin(const struct record *stored, const struct request_id *request,
    const uint8_t *identity, size_t identity_len)
{
	return stored->life != RECORD_ENDED &&
	    stored->begun_hash == request->hash &&
	    repeat_same_session(stored, identity, identity_len) &&
	    begin_again(stored->begun_ms, request, identity_len > 0);
}

bool
repeat_same_session(
    const struct record *stored, const uint8_t *identity, size_t identity_len)
{
	return stored->identity_len == identity_len &&
	    (identity_len == 0 ||
		memcmp(stored->identity, identity, identity_len) == 0);
}

static bool
begin_again(
    int64_t then_ms, const struct request_id *request, bool has_identity)
{
	return within(then_ms, request,
	    has_identity ? REPEAT_SESSION_MS : REPEAT_BEGIN_MS);
}

static bool
input_again(const struct record *stored, const struct request_id *request)
{
	const struct request_id *last = &stored->last;

	if (request->has_turn && last->has_turn)
		return request->turn == last->turn;
	if (request->generation == last->generation)
		return request->sequence == last->sequence;
	return within(last->at_ms, request, REPEAT_BIND_MS);
}

/* Another node's clock may be ahead of ours, and ours may be set back: what
 * is far in the future is as little a repeat as what is long past. */
static bool
within(int64_t then_ms, const struct request_id *request, int64_t ms)
{
	int64_t age = request->at_ms - then_ms;

	return -ms <= age && age <= ms;
}

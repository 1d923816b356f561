/*
 * Each question is asked, and the loop runs until it is answered.
 */
#include <stdio.h>
#include <string.h>

#include "tests/unit/store_fixture.h"

#define COPY(into, from) snprintf(into, sizeof(into), "%s", from)

struct redis_fixture f;
struct redis *redis;
struct store *store;

static void store_open(void);
static bool is_up(void *arg);
static bool is_answered(void *arg);

int
store_begin(void **state)
{
	(void)state;
	redis_fixture_start(&f);
	store_open();
	return 0;
}

int
store_end(void **state)
{
	(void)state;
	store_free(store);
	redis_free(redis);
	redis_fixture_stop(&f);
	return 0;
}

int
store_forget(void **state)
{
	(void)state;
	redis_fixture_cli(&f, "FLUSHALL");
	return 0;
}

void
store_restart(void)
{
	store_free(store);
	redis_free(redis);
	store_open();
}

static void
store_open(void)
{
	redis = redis_new(f.base, &f.settings);
	store = store_new(redis, &f.settings);
	redis_fixture_until(&f, is_up, NULL);
}

static bool
is_up(void *arg)
{
	(void)arg;
	return redis_is_up(redis);
}

static bool
is_answered(void *arg)
{
	return ((struct heard *)arg)->answers > 0;
}

void
heard_wait(struct heard *h)
{
	assert_int_equal(h->answers, 0);
	redis_fixture_until(&f, is_answered, h);
	assert_int_equal(h->answers, 1);
}

void
heard_loaded(
    void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct heard *h = arg;

	assert_in_range(len, 0, sizeof(h->octets) - 1);
	h->answers++;
	h->result = result;
	h->len = len;
	memcpy(h->octets, octets, len);
}

void
heard_committed(void *arg, enum store_result result)
{
	struct heard *h = arg;

	h->answers++;
	h->result = result;
}

void
heard_queued(void *arg, enum store_result result, const struct queued *list,
    size_t count)
{
	struct heard *h = arg;
	size_t i;

	assert_in_range(count, 0, HEARD_MAX);
	h->answers++;
	h->result = result;
	h->count = count;
	for (i = 0; i < count; i++) {
		COPY(h->queued[i].entry, list[i].entry);
		COPY(h->queued[i].id, list[i].id);
		COPY(h->queued[i].to, list[i].to);
		COPY(h->queued[i].from, list[i].from);
		COPY(h->queued[i].text, list[i].text);
		h->queued[i].resent = list[i].resent;
	}
}

void
heard_swept(void *arg, enum store_result result, const struct overdue *list,
    size_t count)
{
	struct heard *h = arg;
	size_t i;

	assert_in_range(count, 0, HEARD_MAX);
	h->answers++;
	h->result = result;
	h->count = count;
	for (i = 0; i < count; i++) {
		h->overdue[i].is_call = list[i].is_call;
		h->overdue[i].len = list[i].len;
		h->overdue[i].claims = list[i].claims;
		COPY(h->overdue[i].msisdn, list[i].msisdn);
		memcpy(h->overdue[i].octets, list[i].octets, list[i].len);
		if (list[i].is_call) {
			COPY(h->overdue[i].call_id, list[i].call_id);
			continue;
		}
		COPY(h->overdue[i].operator_name, list[i].key.operator_name);
		COPY(h->overdue[i].channel, list[i].key.channel);
	}
}

void
heard_leased(void *arg, enum store_result result, bool owned)
{
	struct heard *h = arg;

	h->answers++;
	h->result = result;
	h->owned = owned;
}

struct heard
load(const struct session_key *key)
{
	struct heard h = { 0 };

	store_load(store, key, heard_loaded, &h);
	heard_wait(&h);
	return h;
}

enum store_result
commit(const struct store_commit *c)
{
	struct heard h = { 0 };

	store_commit(store, c, heard_committed, &h);
	heard_wait(&h);
	return h.result;
}

struct heard
sweep(const char *msisdn, int64_t claim_ms)
{
	struct heard h = { 0 };

	store_sweep(store, store_partition(store, msisdn), HEARD_MAX, claim_ms,
	    heard_swept, &h);
	heard_wait(&h);
	return h;
}

struct heard
take(const char *msisdn, const char *consumer, bool again)
{
	struct heard h = { 0 };

	store_take(store, "vodacom", store_partition(store, msisdn), consumer,
	    HEARD_MAX, again, 60000, heard_queued, &h);
	heard_wait(&h);
	return h;
}

/*
 * The store: its birth and death, and the questions to it. What can be asked
 * stands in sessions.c, commit.c, queue.c, sweep.c, lease.c, graphs.c and
 * counters.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "config/settings.h"
#include "storage/refusal.h"
#include "storage/store.h"

struct store *
store_new(struct redis *r, const struct redis_settings *settings)
{
	struct store *s = calloc(1, sizeof(*s));

	CHECK(s != NULL);
	CHECK(settings->partitions > 0);
	CHECK(strlen(settings->prefix) < PREFIX_MAX);
	s->told = calloc((size_t)settings->partitions, sizeof(*s->told));
	CHECK(s->told != NULL);
	s->redis = r;
	s->keys.partitions = settings->partitions;
	snprintf(s->keys.prefix, PREFIX_MAX, "%s", settings->prefix);
	return s;
}

void
store_free(struct store *s)
{
	struct store_ask *ask, *next;

	if (s == NULL)
		return;
	while (s->open != NULL)
		store_cancel(s->open);
	store_counters_free(s);
	store_recoveries_free(s);
	for (ask = s->spare; ask != NULL; ask = next) {
		next = ask->next;
		free(ask);
	}
	free(s->told);
	free(s);
}

int
store_partition(const struct store *s, const char *msisdn)
{
	return keys_partition(&s->keys, msisdn);
}

int
store_partitions(const struct store *s)
{
	return s->keys.partitions;
}

void
message_id_new(const struct store *s, const char *msisdn, char *out)
{
	keys_message_id(&s->keys, msisdn, out);
}

struct store_ask *
store_ask_new(struct store *s, void *arg)
{
	struct store_ask *ask = s->spare;

	if (ask != NULL) {
		s->spare = ask->next;
	} else {
		ask = malloc(sizeof(*ask));
		CHECK(ask != NULL);
	}
	*ask = (struct store_ask){ .store = s, .arg = arg };
	ask->next = s->open;
	ask->link = &s->open;
	if (ask->next != NULL)
		ask->next->link = &ask->next;
	s->open = ask;
	return ask;
}

struct arena *
store_ask_arena(struct store_ask *ask)
{
	if (ask->arena == NULL)
		ask->arena = arena_new();
	return ask->arena;
}

void
store_ask_end(struct store_ask *ask)
{
	struct store *s = ask->store;

	*ask->link = ask->next;
	if (ask->next != NULL)
		ask->next->link = ask->link;
	arena_free(ask->arena);
	ask->next = s->spare;
	s->spare = ask;
}

void
store_cancel(struct store_ask *ask)
{
	redis_cancel(ask->redis);
	store_ask_end(ask);
}

void
store_text_answered(
    void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_loaded *done = ask->done.loaded;
	void *asker = ask->arg;
	enum store_result found = store_of_question(result);
	const char *octets;
	size_t len;

	store_ask_end(ask);
	octets = reply_text(found == STORE_OK ? reply : NULL, &len);
	if (found == STORE_OK && len == 0)
		found = STORE_MISSING;
	done(asker, found, (const uint8_t *)octets, len);
}

void
store_order_answered(
    void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_committed *done = ask->done.committed;
	void *asker = ask->arg;

	store_ask_end(ask);
	done(asker, store_of_order(result, reply));
}

enum store_result
store_of_question(enum redis_result result)
{
	switch (result) {
	case REDIS_OK:
		return STORE_OK;
	case REDIS_ERROR:
	case REDIS_DOWN:
	case REDIS_LOST:
		break;
	}
	return STORE_DOWN;
}

enum store_result
store_of_order(enum redis_result result, const struct reply *reply)
{
	const char *error;

	switch (result) {
	case REDIS_OK:
		return STORE_OK;
	case REDIS_DOWN:
		return STORE_DOWN;
	case REDIS_LOST:
		return STORE_UNKNOWN;
	case REDIS_ERROR:
		break;
	}
	error = reply_text(reply, NULL);
	switch (refusal_of(error)) {
	case REFUSAL_SCRIPT:
	case REFUSAL_LASTS:
		return STORE_DOWN;
	case REFUSAL_NONE:
		break;
	}
	log_line(LOG_LEVEL_ERROR, "redis", "failed error=\"%.*s\"",
	    refusal_shown(error), error);
	return STORE_UNKNOWN;
}

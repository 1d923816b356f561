/*
 * The sweeper's question: what is over in a partition.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "storage/store.h"

#define NUMBER_TEXT 24

static redis_done sweep_answered;
static bool overdue_read(
    struct arena *a, struct overdue *o, const struct reply *found);
static bool session_key_read(
    struct arena *a, struct session_key *key, const char *name);

struct store_ask *
store_sweep(struct store *s, int partition, int count, int64_t claim_ms,
    store_swept *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key due, sessions, calls;
	char grace[NUMBER_TEXT], most[NUMBER_TEXT], claim[NUMBER_TEXT];
	const char *arguments[] = { due.text, sessions.text, calls.text, grace,
		most, claim };

	ask->done.swept = done;
	keys_due(&s->keys, partition, &due);
	keys_session_head(&s->keys, partition, &sessions);
	keys_call_head(&s->keys, partition, &calls);
	snprintf(grace, sizeof(grace), "%d", STORE_GRACE_MS);
	snprintf(most, sizeof(most), "%d", count);
	snprintf(claim, sizeof(claim), "%" PRId64, claim_ms);
	ask->redis = redis_script(s->redis, sweep_answered, ask,
	    &scripts[SCRIPT_SWEEP], 1, ARRAY_SIZE(arguments), arguments, NULL);
	return ask;
}

static void
sweep_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	struct store *s = ask->store;
	store_swept *done = ask->done.swept;
	void *asker = ask->arg;
	struct arena *a = arena_new();
	struct overdue *list =
	    arena_array(a, reply_count(reply), sizeof(*list));
	size_t count = 0, i;

	store_ask_end(ask);
	for (i = 0; i < reply_count(reply); i++) {
		if (!overdue_read(a, &list[count], reply_at(reply, i)))
			continue;
		if (!list[count++].is_call)
			store_count(s, "sessions", "timed_out", 1);
	}
	done(asker, store_of_order(result, reply), list, count);
	arena_free(a);
}

static bool
overdue_read(struct arena *a, struct overdue *o, const struct reply *found)
{
	const char *kind = reply_text(reply_at(found, 0), NULL);
	const char *name = reply_text(reply_at(found, 1), NULL);

	o->octets = (const uint8_t *)reply_text(reply_at(found, 2), &o->len);
	o->is_call = strcmp(kind, "call") == 0;
	if (!o->is_call) {
		bool read = session_key_read(a, &o->key, name);

		o->msisdn = o->key.msisdn;
		return read;
	}
	o->call_id = name;
	o->msisdn = reply_text(reply_at(found, 3), NULL);
	o->claims = (int)reply_number(reply_at(found, 4));
	return true;
}

/* "NUMBER:OPERATOR:CHANNEL", where only the operator may have a colon. */
static bool
session_key_read(struct arena *a, struct session_key *key, const char *name)
{
	char *copy = arena_string(a, name);
	char *first = strchr(copy, ':'), *last = strrchr(copy, ':');

	if (first == last)
		return false;
	*first = '\0';
	*last = '\0';
	*key = (struct session_key){
		.msisdn = copy,
		.operator_name = first + 1,
		.channel = last + 1,
	};
	return true;
}

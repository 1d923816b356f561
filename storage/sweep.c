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
static void count_over(
    struct store *s, int partition, int64_t all, int64_t told);
static bool overdue_read(
    struct arena *a, struct overdue *o, const struct reply *found);
static bool session_key_read(
    struct arena *a, struct session_key *key, const char *name);

struct store_ask *
store_sweep(struct store *s, int partition, int count, int64_t claim_ms,
    store_swept *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key due, swept, sessions, calls, resumes;
	char grace[NUMBER_TEXT], most[NUMBER_TEXT], claim[NUMBER_TEXT],
	    told[NUMBER_TEXT];
	const char *arguments[] = { due.text, swept.text, sessions.text,
		calls.text, resumes.text, grace, most, claim, told };

	ask->done.swept = done;
	ask->partition = partition;
	keys_due(&s->keys, partition, &due);
	keys_swept(&s->keys, partition, &swept);
	keys_session_head(&s->keys, partition, &sessions);
	keys_call_head(&s->keys, partition, &calls);
	keys_resume_head(&s->keys, partition, &resumes);
	snprintf(grace, sizeof(grace), "%d", STORE_GRACE_MS);
	snprintf(most, sizeof(most), "%d", count);
	snprintf(claim, sizeof(claim), "%" PRId64, claim_ms);
	snprintf(told, sizeof(told), "%" PRId64, s->told[partition]);
	ask->redis = redis_script(s->redis, sweep_answered, ask,
	    &scripts[SCRIPT_SWEEP], 2, ARRAY_SIZE(arguments), arguments, NULL);
	return ask;
}

static void
sweep_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_swept *done = ask->done.swept;
	void *asker = ask->arg;
	struct arena *a = arena_new();
	const struct reply *over = reply_at(reply, 2);
	struct overdue *list = arena_array(a, reply_count(over), sizeof(*list));
	size_t count = 0, i;

	if (result == REDIS_OK)
		count_over(ask->store, ask->partition,
		    reply_number(reply_at(reply, 0)),
		    reply_number(reply_at(reply, 1)));
	store_ask_end(ask);
	for (i = 0; i < reply_count(over); i++)
		count += overdue_read(a, &list[count], reply_at(over, i));
	done(asker, store_of_order(result, reply), list, count);
	arena_free(a);
}

/* ALL were found so far and TOLD of them counted, by us or by another node;
 * the rest was found now, or in a sweep whose answer was lost. */
static void
count_over(struct store *s, int partition, int64_t all, int64_t told)
{
	if (all > told)
		store_count(s, "sessions", "timed_out", (int)(all - told));
	s->told[partition] = all;
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

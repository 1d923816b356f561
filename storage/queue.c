/*
 * Messages waiting for a link: one stream for each link and partition, with
 * one consumer group, which whoever takes first makes.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "storage/store.h"

#define ENTRY_TEXT 48 /* "(" and a stream's id */

/* What a question for messages needs until it is answered. */
struct take {
	struct key queue;
	const char *consumer, *count, *idle;
	bool again;
	bool made_group;
};

/* How far a consumer's own messages of an earlier life, and those of others,
 * were handed out again. One for each queue and consumer, while we live. */
struct recovery {
	struct recovery *next;
	struct key queue;
	char own_from[ENTRY_TEXT]; /* "" once there are none left */
	char others_from[ENTRY_TEXT];
	char consumer[];
};

static void take_ask(struct store_ask *ask);
static void take_new(struct store_ask *ask);
static void take_again(struct store_ask *ask);
static redis_done take_answered;
static bool lacks_group(enum redis_result result, const struct reply *reply);
static void take_make_group(struct store_ask *ask);
static redis_done take_made_group;
static const struct reply *take_entries(
    struct store_ask *ask, const struct reply *reply);
static void take_end(struct store_ask *ask, enum store_result result,
    const struct reply *entries);
static void queued_read(struct queued *q, const struct reply *entry);
static const char *text_at(const struct reply *list, size_t i);
static struct recovery *recovery_of(struct store *s, const struct take *t);

struct store_ask *
store_take(struct store *s, const char *link, int partition,
    const char *consumer, int count, bool again, int64_t idle_ms,
    store_queued *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct arena *a = store_ask_arena(ask);
	struct take *t = arena_alloc(a, sizeof(*t));

	ask->done.queued = done;
	ask->rest = t;
	keys_queue(&s->keys, partition, link, &t->queue);
	t->consumer = arena_string(a, consumer);
	t->count = arena_printf(a, "%d", count);
	t->idle = arena_printf(a, "%" PRId64, idle_ms);
	t->again = again;
	take_ask(ask);
	return ask;
}

static void
take_ask(struct store_ask *ask)
{
	const struct take *t = ask->rest;

	if (t->again)
		take_again(ask);
	else
		take_new(ask);
}

static void
take_new(struct store_ask *ask)
{
	const struct take *t = ask->rest;
	const char *read[] = { "XREADGROUP", "GROUP", STORE_GROUP, t->consumer,
		"COUNT", t->count, "STREAMS", t->queue.text, ">" };

	ask->redis = redis_command(ask->store->redis, take_answered, ask,
	    ARRAY_SIZE(read), read, NULL);
}

static void
take_again(struct store_ask *ask)
{
	const struct take *t = ask->rest;
	const struct recovery *v = recovery_of(ask->store, t);
	const char *arguments[] = { t->queue.text, STORE_GROUP, t->consumer,
		t->count, t->idle, v->own_from, v->others_from };

	ask->redis = redis_script(ask->store->redis, take_answered, ask,
	    &scripts[SCRIPT_AGAIN], 1, ARRAY_SIZE(arguments), arguments, NULL);
}

static void
take_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	struct take *t = ask->rest;

	if (lacks_group(result, reply) && !t->made_group)
		take_make_group(ask);
	else if (result != REDIS_OK)
		take_end(ask, store_of_order(result, reply), NULL);
	else
		take_end(ask, STORE_OK, take_entries(ask, reply));
}

static bool
lacks_group(enum redis_result result, const struct reply *reply)
{
	return result == REDIS_ERROR &&
	    strstr(reply_text(reply, NULL), "NOGROUP") != NULL;
}

static void
take_make_group(struct store_ask *ask)
{
	struct take *t = ask->rest;
	const char *make[] = { "XGROUP", "CREATE", t->queue.text, STORE_GROUP,
		"0", "MKSTREAM" };

	t->made_group = true;
	ask->redis = redis_command(ask->store->redis, take_made_group, ask,
	    ARRAY_SIZE(make), make, NULL);
}

/* Another node may have been quicker: that is as good. */
static void
take_made_group(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	bool there = result == REDIS_ERROR &&
	    strncmp(reply_text(reply, NULL), "BUSYGROUP", 9) == 0;

	if (result == REDIS_OK || there)
		take_ask(ask);
	else
		take_end(ask, store_of_order(result, reply), NULL);
}

/* XREADGROUP: one pair of queue and entries, or nil. The script: two places
 * to go on from, and the entries. */
static const struct reply *
take_entries(struct store_ask *ask, const struct reply *reply)
{
	const struct take *t = ask->rest;
	struct recovery *v;

	if (!t->again)
		return reply_at(reply_at(reply, 0), 1);
	v = recovery_of(ask->store, t);
	snprintf(v->own_from, ENTRY_TEXT, "%s", text_at(reply, 0));
	snprintf(v->others_from, ENTRY_TEXT, "%s", text_at(reply, 1));
	return reply_at(reply, 2);
}

static void
take_end(struct store_ask *ask, enum store_result result,
    const struct reply *entries)
{
	const struct take *t = ask->rest;
	struct arena *a = ask->arena;
	store_queued *done = ask->done.queued;
	void *asker = ask->arg;
	struct queued *list =
	    arena_array(a, reply_count(entries), sizeof(*list));
	size_t count = 0, i;

	for (i = 0; i < reply_count(entries); i++) {
		list[count].resent = t->again;
		queued_read(&list[count], reply_at(entries, i));
		if (list[count].id != NULL)
			count++;
	}
	ask->arena = NULL;
	store_ask_end(ask);
	done(asker, result, list, count);
	arena_free(a);
}

/* An entry that was deleted while it was pending has nothing to read, up to
 * Redis 6.2: it stays without an id. */
static void
queued_read(struct queued *q, const struct reply *entry)
{
	const struct reply *fields = reply_at(entry, 1);
	const char *leaves = "";
	const struct {
		const char *name;
		const char **into;
	} known[] = {
		{ "id", &q->id },
		{ "to", &q->to },
		{ "from", &q->from },
		{ "text", &q->text },
		{ "leaves", &leaves },
	};
	size_t i, k;

	q->entry = text_at(entry, 0);
	q->id = NULL;
	q->to = q->from = q->text = "";
	for (i = 0; i + 1 < reply_count(fields); i += 2)
		for (k = 0; k < ARRAY_SIZE(known); k++)
			if (strcmp(text_at(fields, i), known[k].name) == 0)
				*known[k].into = text_at(fields, i + 1);
	q->leaves_nothing = strcmp(leaves, "nothing") == 0;
}

static const char *
text_at(const struct reply *list, size_t i)
{
	return reply_text(reply_at(list, i), NULL);
}

static struct recovery *
recovery_of(struct store *s, const struct take *t)
{
	size_t len = strlen(t->consumer);
	struct recovery *v;

	for (v = s->recoveries; v != NULL; v = v->next)
		if (strcmp(v->queue.text, t->queue.text) == 0 &&
		    strcmp(v->consumer, t->consumer) == 0)
			return v;
	v = calloc(1, sizeof(*v) + len + 1);
	CHECK(v != NULL);
	v->queue = t->queue;
	memcpy(v->consumer, t->consumer, len);
	memcpy(v->own_from, "-", 2);
	memcpy(v->others_from, "0-0", 4);
	v->next = s->recoveries;
	s->recoveries = v;
	return v;
}

void
store_recoveries_free(struct store *s)
{
	struct recovery *v;

	while ((v = s->recoveries) != NULL) {
		s->recoveries = v->next;
		free(v);
	}
}

/*
 * What was live, its sources, and who did what: the past of publishing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "storage/publish.h"
#include "storage/store.h"

static redis_done history_answered;
static redis_done audit_answered;
static void read_entry(
    struct arena *a, const struct reply *entry, struct audited *out);

/* ---- sources */

struct store_ask *
store_put_source(struct store *s, const char *name, const char *hash,
    const char *source, size_t len, store_committed *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key sources;
	const char *set[] = { "HSET", sources.text, hash, source };
	size_t lens[] = { 4, 0, strlen(hash), len };

	ask->done.committed = done;
	keys_sources(&s->keys, name, &sources);
	lens[1] = sources.len;
	ask->redis = redis_command(
	    s->redis, store_order_answered, ask, ARRAY_SIZE(set), set, lens);
	return ask;
}

struct store_ask *
store_get_source(struct store *s, const char *name, const char *hash,
    store_loaded *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key sources;
	const char *get[] = { "HGET", sources.text, hash };

	ask->done.loaded = done;
	keys_sources(&s->keys, name, &sources);
	ask->redis = redis_command(
	    s->redis, store_text_answered, ask, ARRAY_SIZE(get), get, NULL);
	return ask;
}

/* ---- versions */

struct store_ask *
store_history(
    struct store *s, const char *name, store_versions *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key versions;
	const char *get[] = { "LRANGE", versions.text, "0", "-1" };

	ask->done.versions = done;
	ask->rest = arena_string(store_ask_arena(ask), name);
	keys_versions(&s->keys, name, &versions);
	ask->redis = redis_command(
	    s->redis, history_answered, ask, ARRAY_SIZE(get), get, NULL);
	return ask;
}

static void
history_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_versions *done = ask->done.versions;
	void *asker = ask->arg;
	enum store_result told = store_of_question(result);
	size_t count = told == STORE_OK ? reply_count(reply) : 0, i;
	struct arena *a = arena_new();
	struct version *list = arena_array(a, count, sizeof(*list));

	for (i = 0; i < count; i++)
		store_version_read(a, ask->rest,
		    reply_text(reply_at(reply, i), NULL), &list[i]);
	store_ask_end(ask);
	done(asker, told, list, count);
	arena_free(a);
}

/* ---- the audit log */

struct store_ask *
store_audit(struct store *s, int count, store_audited *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	char most[16];
	struct key audit;
	const char *get[] = { "XREVRANGE", audit.text, "+", "-", "COUNT",
		most };

	ask->done.audited = done;
	keys_audit(&s->keys, &audit);
	snprintf(most, sizeof(most), "%d", count);
	ask->redis = redis_command(
	    s->redis, audit_answered, ask, ARRAY_SIZE(get), get, NULL);
	return ask;
}

static void
audit_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_audited *done = ask->done.audited;
	void *asker = ask->arg;
	enum store_result told = store_of_question(result);
	size_t count = told == STORE_OK ? reply_count(reply) : 0, i;
	struct arena *a = arena_new();
	struct audited *list = arena_array(a, count, sizeof(*list));

	for (i = 0; i < count; i++)
		read_entry(a, reply_at(reply, i), &list[i]);
	store_ask_end(ask);
	done(asker, told, list, count);
	arena_free(a);
}

static void
read_entry(struct arena *a, const struct reply *entry, struct audited *out)
{
	const struct reply *fields = reply_at(entry, 1);
	const char *name, *value;
	size_t i;

	*out = (struct audited){ 0, "", "", "", "", "", "" };
	out->at_ms = atoll(reply_text(reply_at(entry, 0), NULL));
	for (i = 0; i + 1 < reply_count(fields); i += 2) {
		name = reply_text(reply_at(fields, i), NULL);
		value =
		    arena_string(a, reply_text(reply_at(fields, i + 1), NULL));
		if (strcmp(name, "who") == 0)
			out->who = value;
		else if (strcmp(name, "node") == 0)
			out->node = value;
		else if (strcmp(name, "act") == 0)
			out->act = value;
		else if (strcmp(name, "on") == 0)
			out->on = value;
		else if (strcmp(name, "outcome") == 0)
			out->outcome = value;
		else if (strcmp(name, "facts") == 0)
			out->facts = value;
	}
}

/*
 * A profile: one hash for each number, whose fields are "INSTITUTION.NAME" and
 * whose values "UNTIL CONSENT VALUE". commit.lua writes them; what has expired
 * is not seen any more, and goes with the last of the hash.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "storage/store.h"

static redis_done profile_answered;
static bool kept_read(struct arena *a, struct kept *k,
    const struct reply *field, const struct reply *value);

struct store_ask *
store_profile(
    struct store *s, const char *msisdn, store_profiled *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key profile;
	const char *get[] = { "HGETALL", profile.text };

	keys_profile(&s->keys, msisdn, &profile);
	ask->done.profiled = done;
	ask->redis =
	    redis_command(s->redis, profile_answered, ask, 2, get, NULL);
	return ask;
}

static void
profile_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_profiled *done = ask->done.profiled;
	void *asker = ask->arg;
	size_t fields = result == REDIS_OK ? reply_count(reply) : 0;
	struct arena *a = arena_new();
	struct kept *list = arena_array(a, fields / 2 + 1, sizeof(*list));
	size_t count = 0, i;

	store_ask_end(ask);
	for (i = 0; i + 1 < fields; i += 2)
		count += kept_read(a, &list[count], reply_at(reply, i),
		    reply_at(reply, i + 1));
	done(asker, store_of_question(result), list, count);
	arena_free(a);
}

/* False when it has expired, or is none of ours. */
static bool
kept_read(struct arena *a, struct kept *k, const struct reply *field,
    const struct reply *value)
{
	char *name = arena_string(a, reply_text(field, NULL));
	char *dot = strchr(name, '.'), *rest;

	k->until_ms = strtoll(reply_text(value, NULL), &rest, 10);
	if (dot == NULL || *rest != ' ' || rest[1] == '\0' || rest[2] != ' ' ||
	    k->until_ms <= clock_wall_ms())
		return false;
	*dot = '\0';
	k->institution = name;
	k->name = dot + 1;
	k->consent = rest[1];
	k->value = arena_string(a, rest + 3);
	return true;
}

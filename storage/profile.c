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
static redis_done told_answered;
static size_t kept_list(
    struct arena *a, const struct reply *fields, struct kept **list);
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
	struct arena *a = arena_new();
	struct kept *list;
	size_t count;

	store_ask_end(ask);
	count = kept_list(a, result == REDIS_OK ? reply : NULL, &list);
	done(asker, store_of_question(result), list, count);
	arena_free(a);
}

struct store_ask *
store_tell(struct store *s, const char *msisdn, store_told *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key about, profile;
	const char *arguments[] = { about.text, profile.text };

	keys_about(&s->keys, msisdn, &about);
	keys_profile(&s->keys, msisdn, &profile);
	ask->done.told = done;
	ask->redis = redis_script(s->redis, told_answered, ask,
	    &scripts[SCRIPT_TELL], 2, 2, arguments, NULL);
	return ask;
}

static void
told_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_told *done = ask->done.told;
	void *asker = ask->arg;
	struct arena *a = arena_new();
	struct kept *list;
	size_t count, messages = 0;

	store_ask_end(ask);
	if (result == REDIS_OK)
		messages = (size_t)reply_number(reply_at(reply, 0));
	count =
	    kept_list(a, result == REDIS_OK ? reply_at(reply, 1) : NULL, &list);
	done(asker, store_of_question(result), messages, list, count);
	arena_free(a);
}

static size_t
kept_list(struct arena *a, const struct reply *fields, struct kept **list)
{
	size_t all = reply_count(fields), count = 0, i;

	*list = arena_array(a, all / 2 + 1, sizeof(**list));
	for (i = 0; i + 1 < all; i += 2)
		count += kept_read(a, &(*list)[count], reply_at(fields, i),
		    reply_at(fields, i + 1));
	return count;
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

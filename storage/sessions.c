/*
 * A session is loaded by one GET; commit.c stores it.
 */
#include "storage/store.h"

static redis_done store_load_answered;

struct store_ask *
store_load(struct store *s, const struct session_key *key, store_loaded *done,
    void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key session;
	const char *get[] = { "GET", session.text };
	size_t lens[] = { 3, 0 };

	keys_session(&s->keys, key, &session);
	lens[1] = session.len;
	ask->done.loaded = done;
	ask->redis =
	    redis_command(s->redis, store_load_answered, ask, 2, get, lens);
	return ask;
}

static void
store_load_answered(
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

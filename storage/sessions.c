/*
 * A session is loaded by one GET; commit.c stores it.
 */
#include "storage/store.h"

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
	    redis_command(s->redis, store_text_answered, ask, 2, get, lens);
	return ask;
}

/*
 * A session is loaded by one GET; commit.c stores it.
 */
#include "base/check.h"
#include "storage/store.h"

static redis_done begin_answered;
static struct stored stored_at(const struct reply *reply, size_t i);

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

struct store_ask *
store_load_begin(struct store *s, const struct session_key *key,
    store_found *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key session, resume;
	const char *get[] = { "MGET", session.text, resume.text };
	size_t lens[] = { 4, 0, 0 };

	keys_session(&s->keys, key, &session);
	keys_resume(&s->keys, key->msisdn, &resume);
	lens[1] = session.len;
	lens[2] = resume.len;
	ask->done.found = done;
	ask->redis = redis_command(
	    s->redis, begin_answered, ask, ARRAY_SIZE(get), get, lens);
	return ask;
}

static void
begin_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_found *done = ask->done.found;
	void *asker = ask->arg;

	store_ask_end(ask);
	if (result != REDIS_OK)
		reply = NULL;
	done(asker, store_of_question(result), stored_at(reply, 0),
	    stored_at(reply, 1));
}

static struct stored
stored_at(const struct reply *reply, size_t i)
{
	struct stored s;

	s.octets = (const uint8_t *)reply_text(reply_at(reply, i), &s.len);
	return s;
}

/*
 * The store of the world: it remembers what is asked and waits for the test.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gateway/pdu.h"
#include "storage/redis.h"
#include "storage/sessions.h"
#include "tests/unit/world.h"

struct count {
	char name[64];
	int times;
};

struct store {
	struct world *world;
	struct count counts[WORLD_MAX];
};

static struct store_ask *ask_new(
    struct store *s, enum question what, void (*done)(void), void *arg);
static void name_session(char *out, size_t room, const struct session_key *key);
static void note_messages(
    struct store_ask *ask, const struct store_message *list, size_t count);

struct store *
store_new(struct redis *r, const struct redis_settings *settings)
{
	struct store *s = calloc(1, sizeof(*s));

	(void)settings;
	s->world = (struct world *)(void *)r;
	return s;
}

void
store_free(struct store *s)
{
	free(s);
}

bool
redis_is_up(const struct redis *r)
{
	return ((const struct world *)(const void *)r)->redis_up;
}

const struct digest_key *
redis_request_key(const struct redis *r)
{
	static const struct digest_key key = { { 1, 2, 3 } };

	(void)r;
	return &key;
}

size_t
redis_in_flight(const struct redis *r)
{
	(void)r;
	return 0;
}

/* ---- the questions */

struct store_ask *
store_load(struct store *s, const struct session_key *key, store_loaded *done,
    void *arg)
{
	struct store_ask *ask = ask_new(s, LOAD, (void (*)(void))done, arg);

	name_session(ask->name, sizeof(ask->name), key);
	return ask;
}

struct store_ask *
store_load_begin(struct store *s, const struct session_key *key,
    store_found *done, void *arg)
{
	struct store_ask *ask = ask_new(s, FIND, (void (*)(void))done, arg);

	name_session(ask->name, sizeof(ask->name), key);
	return ask;
}

struct store_ask *
store_profile(
    struct store *s, const char *msisdn, store_profiled *done, void *arg)
{
	struct store_ask *ask = ask_new(s, PROFILE, (void (*)(void))done, arg);

	snprintf(ask->name, sizeof(ask->name), "%s", msisdn);
	return ask;
}

struct store_ask *
store_tell(struct store *s, const char *msisdn, store_told *done, void *arg)
{
	struct store_ask *ask = ask_new(s, TELL, (void (*)(void))done, arg);

	snprintf(ask->name, sizeof(ask->name), "%s", msisdn);
	return ask;
}

struct store_ask *
store_erase(struct store *s, const struct session_key *key,
    const uint8_t *stamp, const struct store_message *says,
    store_committed *done, void *arg)
{
	struct store_ask *ask = ask_new(s, ERASE, (void (*)(void))done, arg);

	name_session(ask->name, sizeof(ask->name), key);
	ask->stamped = true;
	memcpy(ask->stamp, stamp, RECORD_STAMP);
	note_messages(ask, says, 1);
	return ask;
}

struct store_ask *
store_commit(struct store *s, const struct store_commit *c,
    store_committed *done, void *arg)
{
	struct store_ask *ask = ask_new(s, COMMIT, (void (*)(void))done, arg);

	name_session(ask->name, sizeof(ask->name), &c->key);
	assert_true(c->len <= HELD_MAX);
	memcpy(ask->octets, c->octets, c->len);
	ask->len = c->len;
	ask->stamped = c->stamp != NULL;
	if (c->stamp != NULL)
		memcpy(ask->stamp, c->stamp, RECORD_STAMP);
	ask->begins = c->begins;
	ask->ends = c->ends;
	ask->offers = c->offers;
	if (c->keeps != NULL) {
		snprintf(ask->keeps, sizeof(ask->keeps), "%s.%s",
		    c->keeps->institution, c->keeps->name);
		snprintf(ask->kept, sizeof(ask->kept), "%c %s",
		    c->keeps->consent, c->keeps->value);
		ask->kept_ms = c->keeps->until_ms;
	}
	assert_true(c->drops.len <= HELD_MAX);
	if (c->drops.len > 0)
		memcpy(ask->drops, c->drops.octets, c->drops.len);
	ask->drops_len = c->drops.len;
	if (c->opens != NULL) {
		snprintf(ask->opens, MESSAGE_ID, "%s", c->opens->id);
		assert_true(c->opens->len <= HELD_MAX);
		memcpy(ask->call, c->opens->octets, c->opens->len);
		ask->call_len = c->opens->len;
	}
	if (c->closes != NULL)
		snprintf(ask->closes, MESSAGE_ID, "%s", c->closes);
	note_messages(ask, c->messages, c->message_count);
	return ask;
}

struct store_ask *
store_close_call(struct store *s, const char *msisdn, const char *call_id,
    const struct store_message *messages, size_t message_count,
    store_committed *done, void *arg)
{
	return store_close_planning(s, msisdn, call_id, messages,
	    message_count, NULL, 0, done, arg);
}

struct store_ask *
store_close_planning(struct store *s, const char *msisdn, const char *call_id,
    const struct store_message *messages, size_t message_count,
    const struct store_call *plans, size_t plan_count, store_committed *done,
    void *arg)
{
	struct store_ask *ask = ask_new(s, CLOSE, (void (*)(void))done, arg);

	(void)msisdn;
	(void)plans;
	assert_int_equal(plan_count, 0);
	snprintf(ask->closes, MESSAGE_ID, "%s", call_id);
	note_messages(ask, messages, message_count);
	return ask;
}

struct store_ask *
store_keep_call(struct store *s, const char *msisdn, const char *call_id,
    int64_t alive_ms, store_committed *done, void *arg)
{
	struct store_ask *ask = ask_new(s, KEEP, (void (*)(void))done, arg);

	(void)msisdn;
	(void)alive_ms;
	snprintf(ask->name, sizeof(ask->name), "%s", call_id);
	return ask;
}

struct store_ask *
store_take(struct store *s, const char *link, int partition,
    const char *consumer, int count, bool again, int64_t idle_ms,
    store_queued *done, void *arg)
{
	struct store_ask *ask = ask_new(s, TAKE, (void (*)(void))done, arg);

	(void)link;
	(void)consumer;
	(void)idle_ms;
	ask->partition = partition;
	ask->count = count;
	ask->again = again;
	return ask;
}

struct store_ask *
store_sent(struct store *s, const char *link, int partition, const char *entry,
    const char *id, const char *state, const char *smsc_id,
    store_committed *done, void *arg)
{
	struct store_ask *ask = ask_new(s, SENT, (void (*)(void))done, arg);

	(void)link;
	(void)entry;
	ask->partition = partition;
	snprintf(ask->name, sizeof(ask->name), "%s", id);
	snprintf(ask->state, sizeof(ask->state), "%s", state);
	snprintf(ask->smsc_id, sizeof(ask->smsc_id), "%s", smsc_id);
	return ask;
}

struct store_ask *
store_receipt(struct store *s, const char *link, const char *smsc_id,
    const char *state, bool final, store_committed *done, void *arg)
{
	struct store_ask *ask = ask_new(s, RECEIPT, (void (*)(void))done, arg);

	(void)link;
	(void)final;
	assert_true(strlen(smsc_id) < sizeof(ask->smsc_id));
	snprintf(ask->smsc_id, sizeof(ask->smsc_id), "%s", smsc_id);
	snprintf(ask->state, sizeof(ask->state), "%s", state);
	return ask;
}

struct store_ask *
store_sweep(struct store *s, int partition, int count, int64_t claim_ms,
    store_swept *done, void *arg)
{
	struct store_ask *ask = ask_new(s, SWEEP, (void (*)(void))done, arg);

	(void)claim_ms;
	ask->partition = partition;
	ask->count = count;
	return ask;
}

struct store_ask *
store_lease(struct store *s, const char *name, const char *node,
    int64_t ttl_ms, store_leased *done, void *arg)
{
	struct store_ask *ask = ask_new(s, LEASE, (void (*)(void))done, arg);

	(void)node;
	(void)ttl_ms;
	snprintf(ask->name, sizeof(ask->name), "%s", name);
	return ask;
}

struct store_ask *
store_put_graph(struct store *s, const char *hash, const char *source,
    size_t len, store_committed *done, void *arg)
{
	struct world *w = s->world;
	struct published *p = published_find(w, hash);

	if (p == NULL) {
		assert_true(w->graph_count < WORLD_MAX);
		p = &w->graphs[w->graph_count++];
	}
	*p = (struct published){ 0 };
	snprintf(p->hash, sizeof(p->hash), "%s", hash);
	p->octets = arena_copy(w->arena, source, len);
	p->len = len;
	return ask_new(s, PUT, (void (*)(void))done, arg);
}

/* As life.lua does. */
struct store_ask *
store_graph_life(struct store *s, const char *hash, enum store_life life,
    int64_t ms, store_committed *done, void *arg)
{
	struct published *p = published_find(s->world, hash);

	if (p != NULL && life == STORE_KEPT)
		p->life_ms = 0;
	else if (p != NULL && p->life_ms < ms &&
	    (p->life_ms > 0 || life == STORE_ENDING))
		p->life_ms = ms;
	return ask_new(s, LIFE, (void (*)(void))done, arg);
}

struct store_ask *
store_get_graph(
    struct store *s, const char *hash, store_loaded *done, void *arg)
{
	struct store_ask *ask = ask_new(s, GET, (void (*)(void))done, arg);

	snprintf(ask->name, sizeof(ask->name), "%s", hash);
	return ask;
}

void
store_cancel(struct store_ask *ask)
{
	struct world *w = *(struct world **)(void *)(ask + 1);

	world_ask_end(w, ask);
}

int
store_partition(const struct store *s, const char *msisdn)
{
	(void)s;
	return msisdn[strlen(msisdn) - 1] % PARTITIONS;
}

int
store_partitions(const struct store *s)
{
	(void)s;
	return PARTITIONS;
}

void
message_id_new(const struct store *s, const char *msisdn, char *out)
{
	static unsigned number;

	snprintf(out, MESSAGE_ID, "%02d-%032x", store_partition(s, msisdn),
	    ++number);
}

void
store_count(struct store *s, const char *hash, const char *field, int by)
{
	char name[64];
	int i;

	snprintf(name, sizeof(name), "%s.%s", hash, field);
	for (i = 0; i < WORLD_MAX; i++)
		if (s->counts[i].times == 0 ||
		    strcmp(s->counts[i].name, name) == 0)
			break;
	assert_true(i < WORLD_MAX);
	memcpy(s->counts[i].name, name, sizeof(name));
	s->counts[i].times += by;
}

int
world_counted(const struct world *w, const char *hash, const char *field)
{
	const struct store *s = w->g.store;
	char name[64];
	int i;

	snprintf(name, sizeof(name), "%s.%s", hash, field);
	for (i = 0; i < WORLD_MAX; i++)
		if (strcmp(s->counts[i].name, name) == 0)
			return s->counts[i].times;
	return 0;
}

/* ---- what it is made of */

/* Behind each ask stands its world: store_cancel has nothing else. */
static struct store_ask *
ask_new(struct store *s, enum question what, void (*done)(void), void *arg)
{
	struct store_ask *ask =
	    calloc(1, sizeof(*ask) + sizeof(struct world *));

	assert_non_null(ask);
	*(struct world **)(void *)(ask + 1) = s->world;
	ask->what = what;
	ask->done = done;
	ask->arg = arg;
	TAILQ_INSERT_TAIL(&s->world->asked, ask, entry);
	return ask;
}

void
world_ask_end(struct world *w, struct store_ask *ask)
{
	TAILQ_REMOVE(&w->asked, ask, entry);
	free(ask);
}

static void
name_session(char *out, size_t room, const struct session_key *key)
{
	snprintf(out, room, "%s:%s:%s", key->msisdn, key->operator_name,
	    key->channel);
}

static void
note_messages(
    struct store_ask *ask, const struct store_message *list, size_t count)
{
	assert_true(count <= 1);
	if (count == 0)
		return;
	snprintf(ask->message_id, MESSAGE_ID, "%s", list->id);
	snprintf(ask->from, sizeof(ask->from), "%s", list->from);
	snprintf(ask->text, sizeof(ask->text), "%s", list->text);
}

/*
 * A commit: one script, all or nothing. Most turns change their session and
 * nothing else, and have a script of their own that does no more than that.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "storage/store.h"

#define NUMBER_TEXT  24
#define MESSAGES_MAX 32
#define KEYS_MAX     (7 + STORE_PLANS_MAX + 2 * MESSAGES_MAX)
#define VALUES_MAX   (23 + 6 * STORE_PLANS_MAX + 6 * MESSAGES_MAX)

/* Keys and values of the commit script, one part after another. */
struct parts {
	const struct keys *names;
	struct arena *arena;
	int partition;
	size_t key_count, value_count;
	struct slice {
		const char *octets;
		size_t len;
	} keys[KEYS_MAX], values[VALUES_MAX];
};

static bool is_plain_turn(const struct store_commit *c);
static void commit_turn(struct store_ask *ask, const struct store_commit *c);
static void parts_begin(
    struct parts *p, struct store_ask *ask, const char *msisdn);
static void parts_session(struct parts *p, const struct store_commit *c);
static void parts_dropped(struct parts *p, const struct store_commit *c);
static void parts_keeps(struct parts *p, const struct store_commit *c);
static void parts_closes(struct parts *p, const char *id);
static void parts_opens(
    struct parts *p, const char *msisdn, const struct store_call *call);
static void parts_plans(struct parts *p, const char *msisdn,
    const struct store_call *plans, size_t count);
static void parts_messages(
    struct parts *p, const struct store_message *list, size_t count);
static void parts_send(struct parts *p, struct store_ask *ask);
static void add_key(struct parts *p, const struct key *k);
static void add_octets(struct parts *p, const void *octets, size_t len);
static void add_text(struct parts *p, const char *text);
static void add_number(struct parts *p, int64_t number);
static int64_t kept_ms(const struct store_commit *c);
static redis_done commit_answered;

struct store_ask *
store_commit(struct store *s, const struct store_commit *c,
    store_committed *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct parts p;

	CHECK(c->len >= RECORD_STAMP);
	ask->done.committed = done;
	if (is_plain_turn(c)) {
		commit_turn(ask, c);
		return ask;
	}
	parts_begin(&p, ask, c->key.msisdn);
	parts_session(&p, c);
	parts_dropped(&p, c);
	parts_keeps(&p, c);
	parts_closes(&p, c->closes);
	if (c->opens != NULL)
		parts_opens(&p, c->key.msisdn, c->opens);
	parts_plans(&p, c->key.msisdn, c->plans, c->plan_count);
	parts_messages(&p, c->messages, c->message_count);
	parts_send(&p, ask);
	return ask;
}

struct store_ask *
store_close_call(struct store *s, const char *msisdn, const char *call_id,
    const struct store_message *messages, size_t message_count,
    store_committed *done, void *arg)
{
	return store_close_planning(
	    s, msisdn, call_id, messages, message_count, NULL, 0, done, arg);
}

struct store_ask *
store_close_planning(struct store *s, const char *msisdn, const char *call_id,
    const struct store_message *messages, size_t message_count,
    const struct store_call *plans, size_t plan_count, store_committed *done,
    void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct parts p;

	ask->done.committed = done;
	parts_begin(&p, ask, msisdn);
	add_text(&p, "none");
	add_text(&p, "none");
	add_text(&p, "none");
	parts_closes(&p, call_id);
	parts_plans(&p, msisdn, plans, plan_count);
	parts_messages(&p, messages, message_count);
	parts_send(&p, ask);
	return ask;
}

static bool
is_plain_turn(const struct store_commit *c)
{
	return !c->begins && !c->ends && !c->offers && c->keeps == NULL &&
	    c->opens == NULL && c->closes == NULL && c->plan_count == 0 &&
	    c->message_count == 0;
}

static void
commit_turn(struct store_ask *ask, const struct store_commit *c)
{
	struct store *s = ask->store;
	struct key session;
	char kept[NUMBER_TEXT];
	const char *arguments[] = { session.text, (const char *)c->stamp,
		(const char *)c->octets, kept };
	size_t lens[] = { 0, RECORD_STAMP, c->len, 0 };

	keys_session(&s->keys, &c->key, &session);
	lens[0] = session.len;
	if (c->stamp == NULL)
		lens[1] = 0;
	lens[3] = (size_t)snprintf(kept, sizeof(kept), "%" PRId64, kept_ms(c));
	ask->redis = redis_script(s->redis, commit_answered, ask,
	    &scripts[SCRIPT_TURN], 1, 4, arguments, lens);
}

static void
commit_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_committed *done = ask->done.committed;
	void *asker = ask->arg;
	enum store_result stored = store_of_order(result, reply);

	store_ask_end(ask);
	if (stored == STORE_OK && reply_number(reply) == 0)
		stored = STORE_CONFLICT;
	done(asker, stored);
}

/* ---- the parts, in the order in which commit.lua takes them */

static void
parts_begin(struct parts *p, struct store_ask *ask, const char *msisdn)
{
	struct key due, about;

	p->names = &ask->store->keys;
	p->arena = store_ask_arena(ask);
	p->partition = keys_partition(p->names, msisdn);
	p->key_count = 0;
	p->value_count = 0;
	keys_due(p->names, p->partition, &due);
	keys_about(p->names, msisdn, &about);
	add_key(p, &due);
	add_key(p, &about);
}

static void
parts_session(struct parts *p, const struct store_commit *c)
{
	struct key session, member;

	keys_session(p->names, &c->key, &session);
	keys_member_session(&c->key, &member);
	add_key(p, &session);
	add_text(p, "session");
	add_octets(p, c->stamp, c->stamp != NULL ? RECORD_STAMP : 0);
	add_octets(p, c->octets, c->len);
	add_number(p, kept_ms(c));
	add_octets(p, member.text, member.len);
	add_text(p, c->ends ? "end" : c->begins ? "begin" : "go");
	if (c->begins && !c->ends)
		add_number(p, c->live_ms);
}

static void
parts_dropped(struct parts *p, const struct store_commit *c)
{
	struct key resume;

	if (!c->offers && c->drops.len == 0) {
		add_text(p, "none");
		return;
	}
	keys_resume(p->names, c->key.msisdn, &resume);
	add_key(p, &resume);
	add_text(p, c->offers ? "offers" : "drops");
	if (c->offers)
		return;
	add_octets(p, c->drops.octets, c->drops.len);
	add_number(p, c->drops_ms);
}

static void
parts_keeps(struct parts *p, const struct store_commit *c)
{
	const struct kept *k = c->keeps;
	struct key profile;

	if (k == NULL) {
		add_text(p, "none");
		return;
	}
	keys_profile(p->names, c->key.msisdn, &profile);
	add_key(p, &profile);
	add_text(p, "keeps");
	add_text(p,
	    arena_printf(p->arena, "%s.%s", k->institution, k->name));
	add_text(p, arena_printf(p->arena, "%c %s", k->consent, k->value));
	add_number(p, k->until_ms);
}

static void
parts_closes(struct parts *p, const char *id)
{
	struct key call, member;

	if (id == NULL) {
		add_text(p, "none");
		return;
	}
	keys_call(p->names, p->partition, id, &call);
	keys_member_call(id, &member);
	add_key(p, &call);
	add_text(p, "closes");
	add_octets(p, member.text, member.len);
}

static void
parts_opens(struct parts *p, const char *msisdn, const struct store_call *call)
{
	int64_t kept = call->kept_ms > 0 ? call->kept_ms : STORE_CALL_KEPT_MS;
	struct key name, member;

	keys_call(p->names, p->partition, call->id, &name);
	keys_member_call(call->id, &member);
	add_key(p, &name);
	add_text(p, "opens");
	add_octets(p, member.text, member.len);
	add_number(p, call->deadline_ms);
	add_number(p, call->deadline_ms + kept);
	add_text(p, msisdn);
	add_octets(p, call->octets, call->len);
}

/* And nothing more is opened. */
static void
parts_plans(struct parts *p, const char *msisdn, const struct store_call *plans,
    size_t count)
{
	size_t i;

	CHECK(count <= STORE_PLANS_MAX);
	for (i = 0; i < count; i++)
		parts_opens(p, msisdn, &plans[i]);
	add_text(p, "none");
}

static void
parts_messages(struct parts *p, const struct store_message *list, size_t count)
{
	struct key message, queue;
	size_t i;

	CHECK(count <= MESSAGES_MAX);
	for (i = 0; i < count; i++) { /* LIST may be NULL when there is none */
		const struct store_message *m = &list[i];

		CHECK(
		    keys_partition_of_message(p->names, m->id) == p->partition);
		keys_message(p->names, p->partition, m->id, &message);
		keys_queue(p->names, p->partition, m->link, &queue);
		add_key(p, &message);
		add_key(p, &queue);
		add_text(p, m->id);
		add_text(p, m->link);
		add_text(p, m->to);
		add_text(p, m->from);
		add_text(p, m->text);
		add_text(p, m->institution);
	}
}

static void
parts_send(struct parts *p, struct store_ask *ask)
{
	const char *arguments[KEYS_MAX + VALUES_MAX];
	size_t lens[KEYS_MAX + VALUES_MAX], count = 0, i;

	for (i = 0; i < p->key_count; i++, count++) {
		arguments[count] = p->keys[i].octets;
		lens[count] = p->keys[i].len;
	}
	for (i = 0; i < p->value_count; i++, count++) {
		arguments[count] = p->values[i].octets;
		lens[count] = p->values[i].len;
	}
	ask->redis = redis_script(ask->store->redis, commit_answered, ask,
	    &scripts[SCRIPT_COMMIT], p->key_count, count, arguments, lens);
}

static void
add_key(struct parts *p, const struct key *k)
{
	CHECK(p->key_count < KEYS_MAX);
	p->keys[p->key_count].octets = arena_copy(p->arena, k->text, k->len);
	p->keys[p->key_count++].len = k->len;
}

static void
add_octets(struct parts *p, const void *octets, size_t len)
{
	CHECK(p->value_count < VALUES_MAX);
	p->values[p->value_count].octets = arena_copy(p->arena, octets, len);
	p->values[p->value_count++].len = len;
}

static void
add_text(struct parts *p, const char *text)
{
	add_octets(p, text, strlen(text));
}

static void
add_number(struct parts *p, int64_t number)
{
	add_text(p, arena_printf(p->arena, "%" PRId64, number));
}

/* A dead session stays a while, for the sweeper to read or to be repeated. */
static int64_t
kept_ms(const struct store_commit *c)
{
	return c->ends ? STORE_TOMBSTONE_MS : c->live_ms + STORE_GRACE_MS;
}

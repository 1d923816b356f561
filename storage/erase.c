/*
 * Everything about a number, erased.
 *
 *	operators -> the script -> the operators' ids of its messages
 *
 * What is about a number shares a slot, and one script erases it. Which
 * operators there have been, and what leads from an operator's id to ours,
 * stands elsewhere; the latter says nothing of the number.
 */
#include <inttypes.h>
#include <string.h>

#include "base/check.h"
#include "base/digest.h"
#include "storage/store.h"

#define OPERATORS_MAX 200
#define FIXED         21 /* keys and arguments before the operators */

/* What the script needs once the operators are known. */
struct erasure {
	struct session_key key;
	const uint8_t *stamp;
	struct store_message says;
};

static redis_done operators_known;
static void erase(struct store_ask *ask, const struct reply *operators);
static redis_done erased;
static void forget_receipts(struct store *s, const struct reply *reply);

void
store_note_operators(struct store *s, const char *const *names, size_t count)
{
	struct key operators;
	const char *add[2 + OPERATORS_MAX] = { "SADD", operators.text };
	size_t i;

	CHECK(count <= OPERATORS_MAX);
	if (count == 0)
		return;
	keys_operators(&s->keys, &operators);
	for (i = 0; i < count; i++)
		add[2 + i] = names[i];
	redis_command(s->redis, NULL, NULL, 2 + count, add, NULL);
}

struct store_ask *
store_erase(struct store *s, const struct session_key *key,
    const uint8_t *stamp, const struct store_message *says,
    store_committed *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct arena *a = store_ask_arena(ask);
	struct erasure *e = arena_alloc(a, sizeof(*e));
	struct key operators;
	const char *members[] = { "SMEMBERS", operators.text };

	*e = (struct erasure){
		.key = { arena_string(a, key->msisdn),
		    arena_string(a, key->operator_name),
		    arena_string(a, key->channel) },
		.stamp = arena_copy(a, stamp, RECORD_STAMP),
		.says = { .id = arena_string(a, says->id),
		    .link = arena_string(a, says->link),
		    .to = arena_string(a, says->to),
		    .from = arena_string(a, says->from),
		    .text = arena_string(a, says->text) },
	};
	ask->rest = e;
	ask->done.committed = done;
	keys_operators(&s->keys, &operators);
	ask->redis = redis_command(
	    s->redis, operators_known, ask, ARRAY_SIZE(members), members, NULL);
	return ask;
}

static void
operators_known(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;

	if (result == REDIS_OK)
		erase(ask, reply);
	else
		store_order_answered(ask, result, reply);
}

static void
erase(struct store_ask *ask, const struct reply *operators)
{
	struct store *s = ask->store;
	struct arena *a = ask->arena;
	const struct erasure *e = ask->rest;
	const struct store_message *m = &e->says;
	const char *number = e->key.msisdn;
	int p = keys_partition(&s->keys, number);
	struct key due, about, profile, resume, proof, message, queue;
	struct key sessions, calls, messages, queues;
	char id[MESSAGE_ID];
	size_t known = reply_count(operators), count = FIXED, i;
	const char **arguments =
	    arena_array(a, FIXED + 2 * known, sizeof(*arguments));
	size_t *lens = arena_array(a, FIXED + 2 * known, sizeof(*lens));
	const char *const fixed[FIXED] = { due.text, about.text, profile.text,
		resume.text, proof.text, message.text, queue.text,
		arena_printf(a, "%s:%s:%s", number, e->key.operator_name,
		    e->key.channel),
		(const char *)e->stamp, number,
		arena_printf(a, "%016" PRIx64,
		    digest_keyed(
			redis_request_key(s->redis), number, strlen(number))),
		STORE_GROUP, sessions.text, calls.text, messages.text,
		queues.text, m->id, m->link, m->to, m->from, m->text };

	keys_message_id(&s->keys, number, id);
	keys_due(&s->keys, p, &due);
	keys_about(&s->keys, number, &about);
	keys_profile(&s->keys, number, &profile);
	keys_resume(&s->keys, number, &resume);
	keys_erased(&s->keys, id, &proof);
	keys_message(&s->keys, p, m->id, &message);
	keys_queue(&s->keys, p, m->link, &queue);
	keys_session_head(&s->keys, p, &sessions);
	keys_call_head(&s->keys, p, &calls);
	keys_message_head(&s->keys, p, &messages);
	keys_queue_head(&s->keys, p, &queues);
	memcpy(arguments, fixed, sizeof(fixed));
	for (i = 0; i < known; i++) {
		const char *name = reply_text(reply_at(operators, i), NULL);

		arguments[count++] = arena_printf(a, "%s:ussd", name);
		arguments[count++] = arena_printf(a, "%s:sms", name);
	}
	for (i = 0; i < count; i++)
		lens[i] = i == 8 ? RECORD_STAMP : strlen(arguments[i]);
	ask->redis = redis_script(s->redis, erased, ask, &scripts[SCRIPT_ERASE],
	    7, count, arguments, lens);
}

static void
erased(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	struct store *s = ask->store;
	store_committed *done = ask->done.committed;
	void *asker = ask->arg;
	enum store_result stored = store_of_order(result, reply);

	store_ask_end(ask);
	if (stored == STORE_OK && reply_number(reply_at(reply, 0)) == 0)
		stored = STORE_CONFLICT;
	if (stored == STORE_OK)
		forget_receipts(s, reply);
	done(asker, stored);
}

/* Should they stay, they lead to nothing and end with their week. */
static void
forget_receipts(struct store *s, const struct reply *reply)
{
	size_t i;

	for (i = 1; i + 1 < reply_count(reply); i += 2)
		store_forget_receipt(s, reply_text(reply_at(reply, i), NULL),
		    reply_text(reply_at(reply, i + 1), NULL));
}

/*
 * A message's life after it was sent. The operator knows it by an id of its
 * own, which says nothing of the number; so what leads from that id to ours
 * lives in a slot of its own, and each of these takes two steps.
 */
#include "storage/store.h"

#define RECEIPT_KEPT_MS "604800000" /* 7 days, as long as the message */

/* What is still to be written once the first step is done: of an answer, and
 * of a receipt. */
struct rest {
	struct key queue, message;
	const char *entry, *state, *smsc_id, *link;
};
struct news {
	const char *state;
	bool final;
};

static void sent_finish(struct store_ask *ask);
static redis_done sent_noted;
static redis_done sent_answered;
static redis_done receipt_found;
static redis_done receipt_written;

struct store_ask *
store_sent(struct store *s, const char *link, int partition, const char *entry,
    const char *id, const char *state, const char *smsc_id,
    store_committed *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct arena *a = store_ask_arena(ask);
	struct rest *rest = arena_alloc(a, sizeof(*rest));
	struct key receipt;
	const char *set[] = { "SET", receipt.text, id, "PX", RECEIPT_KEPT_MS };

	ask->done.committed = done;
	ask->rest = rest;
	keys_queue(&s->keys, partition, link, &rest->queue);
	keys_message(&s->keys, partition, id, &rest->message);
	rest->entry = arena_string(a, entry);
	rest->state = arena_string(a, state);
	rest->link = arena_string(a, link);
	rest->smsc_id = arena_string(a, smsc_id != NULL ? smsc_id : "");
	if (*rest->smsc_id == '\0') {
		sent_finish(ask);
		return ask;
	}
	keys_receipt(&s->keys, link, rest->smsc_id, &receipt);
	ask->redis = redis_command(
	    s->redis, sent_noted, ask, ARRAY_SIZE(set), set, NULL);
	return ask;
}

/* Only a message whose receipt will be understood leaves its queue. */
static void
sent_noted(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;

	if (result == REDIS_OK)
		sent_finish(ask);
	else
		store_order_answered(ask, result, reply);
}

static void
sent_finish(struct store_ask *ask)
{
	const struct rest *rest = ask->rest;
	const char *arguments[] = { rest->queue.text, rest->message.text,
		STORE_GROUP, rest->entry, rest->state, rest->smsc_id };

	ask->redis = redis_script(ask->store->redis, sent_answered, ask,
	    &scripts[SCRIPT_SENT], 2, ARRAY_SIZE(arguments), arguments, NULL);
}

/* A message that was erased while it was in hand has no receipt either. */
static void
sent_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	const struct rest *rest = ask->rest;

	if (result == REDIS_OK && reply_number(reply) == 0 &&
	    *rest->smsc_id != '\0')
		store_forget_receipt(ask->store, rest->link, rest->smsc_id);
	store_order_answered(ask, result, reply);
}

void
store_forget_receipt(struct store *s, const char *link, const char *smsc_id)
{
	struct key receipt;
	const char *del[] = { "DEL", receipt.text };

	keys_receipt(&s->keys, link, smsc_id, &receipt);
	redis_command(s->redis, NULL, NULL, ARRAY_SIZE(del), del, NULL);
}

struct store_ask *
store_receipt(struct store *s, const char *link, const char *smsc_id,
    const char *state, bool final, store_committed *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct arena *a = store_ask_arena(ask);
	struct news *news = arena_alloc(a, sizeof(*news));
	struct key receipt;
	const char *get[] = { "GET", receipt.text };

	ask->done.committed = done;
	*news = (struct news){ arena_string(a, state), final };
	ask->rest = news;
	keys_receipt(&s->keys, link, smsc_id, &receipt);
	ask->redis = redis_command(
	    s->redis, receipt_found, ask, ARRAY_SIZE(get), get, NULL);
	return ask;
}

static void
receipt_found(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	struct store *s = ask->store;
	const struct news *news = ask->rest;
	const char *id = reply_text(reply, NULL);
	int partition = keys_partition_of_message(&s->keys, id);
	struct key message;
	const char *arguments[] = { message.text, news->state,
		news->final ? "final" : "passing" };

	if (result != REDIS_OK || partition == -1) {
		receipt_written(ask, result, NULL);
		return;
	}
	keys_message(&s->keys, partition, id, &message);
	ask->redis = redis_script(s->redis, receipt_written, ask,
	    &scripts[SCRIPT_RECEIPT], 1, ARRAY_SIZE(arguments), arguments,
	    NULL);
}

static void
receipt_written(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_committed *done = ask->done.committed;
	void *asker = ask->arg;
	enum store_result written = store_of_order(result, reply);

	store_ask_end(ask);
	if (written == STORE_OK && reply_number(reply) == 0)
		written = STORE_MISSING;
	done(asker, written);
}

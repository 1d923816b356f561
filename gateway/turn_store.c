/*
 * What a turn stores, all of it or nothing: the session as it now is, the call
 * that begins or ends, what is to be done later, and what goes out by SMS.
 */
#include "config/settings.h"
#include "gateway/operators.h"
#include "gateway/turn_parts.h"

static size_t make_messages(struct turn *t, struct store_message *out);
static void make_message(
    struct turn *t, char *id, const char *text, struct store_message *out);
static const char *message_text(const struct turn *t, size_t n);

void
turn_store(
    struct turn *t, const struct store_call *opens, store_committed *done)
{
	struct record next = t->record;
	struct store_commit commit = { .key = t->key, .stamp = t->stamp };
	struct store_message messages[TURN_MESSAGES];
	struct store_call plans[STORE_PLANS_MAX];

	next.version++;
	next.life = t->life;
	if (t->catalogue != NULL) {
		next.resume_s = 0;
		if (t->move.kind == MOVE_SHOW &&
		    session_may_resume(t->catalogue, &t->move.session))
			next.resume_s = (uint16_t)t->catalogue->limits.resume_s;
		next.catalogue = t->catalogue->hash;
		next.menu = session_pack(
		    t->arena, t->catalogue, &t->move.session, &next.menu_len);
		commit.live_ms =
		    session_life_ms(t->catalogue, &t->move.session);
	}
	next.screen = t->screen != NULL ? t->screen : "";
	next.screens += t->life != RECORD_CALLING;
	if (!t->taken_over && t->unseen == NULL) {
		next.identity = t->event.identity;
		next.identity_len = t->event.identity_len;
		next.last = t->request;
	}
	commit.octets = record_pack(t->arena, &next, &commit.len);
	commit.begins = t->begins && t->record.version == 0;
	commit.ends = t->life == RECORD_ENDED;
	turn_store_dropped(t, &next, &commit);
	commit.keeps = turn_keeps(t);
	commit.opens = opens;
	commit.closes = t->closes;
	commit.plans = plans;
	commit.plan_count = turn_plans(t, commit.live_ms, plans);
	commit.messages = messages;
	commit.message_count = make_messages(t, messages);
	t->record = next;
	t->stamp = arena_copy(t->arena, commit.octets, RECORD_STAMP);
	t->store_ask = store_commit(t->gateway->store, &commit, done, t);
}

bool
turn_sends(const struct turn *t)
{
	return message_text(t, 0) != NULL;
}

/* ---- what goes out by SMS with this turn */

static size_t
make_messages(struct turn *t, struct store_message *out)
{
	const char *text;
	size_t count = 0;

	while ((text = message_text(t, count)) != NULL) {
		make_message(t, t->message_ids[count], text, &out[count]);
		count++;
	}
	return count;
}

/* By SMS every answer is a message; on the screen an end may send one, and an
 * application several. NULL behind the last. */
static const char *
message_text(const struct turn *t, size_t n)
{
	const struct move *m = &t->move;
	const char *own = t->channel == CHANNEL_SMS ? m->screen : m->sms;

	if (own != NULL && n-- == 0)
		return own;
	return n < m->message_count ? m->messages[n] : NULL;
}

static void
make_message(
    struct turn *t, char *id, const char *text, struct store_message *out)
{
	const struct link_settings *s = link_settings(t->link);

	/* Made once: a commit that is tried again queues it once. */
	if (id[0] == '\0')
		message_id_new(t->gateway->store, t->key.msisdn, id);
	*out = (struct store_message){
		.id = id,
		.link = s->name,
		.to = t->key.msisdn,
		.from = t->channel == CHANNEL_SMS ? t->number
						  : operators_number(t->link),
		.text = text,
		.institution =
		    session_graph(t->catalogue, &t->move.session)->name,
	};
}

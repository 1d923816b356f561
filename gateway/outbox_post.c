/*
 * A message in hand, from its first part to what became of it.
 *
 *	send parts -> answered -> finish
 *	        \<- again later -/
 */
#include <event2/event.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/failpoint.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/outbox_parts.h"

#define WAIT_MS          2000 /* before a message is tried again */
#define TRIES_MAX        5
#define TON_ALPHANUMERIC 5

static void send_part(struct posting *p);
static void part_answered(void *arg, const struct link_answer *answer);
static void send_unknown(struct posting *p);
static bool is_throttle(uint32_t status);
static void refuse(struct posting *p, uint32_t status);
static void try_again(struct posting *p);
static void wait_a_little(struct posting *p);
static void on_again(evutil_socket_t fd, short what, void *arg);
static void finish(struct posting *p);
static void finished(void *arg, enum store_result result);
static uint8_t reference_of(const char *id);

void
outbox_post(
    struct outbox *o, int partition, int64_t until_ms, const struct queued *q)
{
	struct posting *p;
	struct arena *a;

	HASH_FIND_STR(o->in_hand, q->id, p);
	if (p != NULL) { /* claimed from ourselves: it is on its way */
		p->ours_until_ms = until_ms;
		return;
	}
	a = arena_new();
	p = arena_alloc(a, sizeof(*p));
	p->outbox = o;
	p->arena = a;
	p->id = arena_string(a, q->id);
	p->entry = arena_string(a, q->entry);
	p->partition = partition;
	p->ours_until_ms = until_ms;
	p->to = arena_string(a, q->to);
	p->from = arena_string(a, q->from);
	p->resent = q->resent;
	p->leaves_nothing = q->leaves_nothing;
	p->part_count = sms_split(a, q->text, reference_of(q->id), p->parts);
	HASH_ADD_KEYPTR(hh, o->in_hand, p->id, strlen(p->id), p);
	if (q->resent)
		store_count(o->gateway->store, "sms", "resent", 1);
	FAILPOINT("outbox.taken");
	send_part(p);
}

static void
send_part(struct posting *p)
{
	const struct link_settings *s = link_settings(p->outbox->link);
	const struct sms_part *part = &p->parts[p->next];
	bool word = strspn(p->from, "0123456789") != strlen(p->from);
	int64_t left = p->ours_until_ms - clock_steady_ms();
	struct pdu pdu = {
		.command = PDU_SUBMIT_SM,
		.source = { .ton = word ? TON_ALPHANUMERIC : 0,
		    .npi = word ? 0 : 1 },
		.dest = { .ton = 1, .npi = 1 },
		.esm_class = part->esm_class,
		.registered_delivery = p->leaves_nothing ? 0 : s->receipts,
		.data_coding = part->data_coding,
		.text = part->octets,
		.text_len = part->len,
	};

	if (left <= 0) {
		/* It waited too long, and is handed out again to whoever
		 * asks first. */
		outbox_forget(p);
		return;
	}
	snprintf(pdu.source.digits, sizeof(pdu.source.digits), "%s", p->from);
	snprintf(pdu.dest.digits, sizeof(pdu.dest.digits), "%s", p->to);
	link_submit(p->outbox->link,
	    &(struct link_order){
		.class = LINK_CLASS_SMS, .live_ms = (int)left },
	    &pdu, part_answered, p);
}

static void
part_answered(void *arg, const struct link_answer *answer)
{
	struct posting *p = arg;

	FAILPOINT("outbox.answered");
	switch (answer->result) {
	case LINK_SENT:
		p->smsc_id = arena_string(p->arena, answer->message_id);
		p->state = "sent";
		if (++p->next < p->part_count)
			send_part(p);
		else
			finish(p);
		return;
	case LINK_REFUSED:
		if (is_throttle(answer->status)) {
			wait_a_little(p);
			return;
		}
		if (pdu_outcome(answer->status) == PDU_OUTCOME_TEMPORARY) {
			try_again(p);
			return;
		}
		refuse(p, answer->status);
		return;
	case LINK_UNKNOWN:
		send_unknown(p);
		return;
	case LINK_DROPPED:
		/* Nothing was sent; and what cannot be said never will be. */
		if (answer->status != PDU_ROK)
			refuse(p, answer->status);
		else
			wait_a_little(p);
		return;
	}
}

/* It may have gone out: once more, and marked. */
static void
send_unknown(struct posting *p)
{
	if (p->resent) {
		p->state = "unknown";
		finish(p);
		return;
	}
	p->resent = true;
	store_count(p->outbox->gateway->store, "sms", "resent", 1);
	try_again(p);
}

/* The link slows down by itself; it is not the message's fault. */
static bool
is_throttle(uint32_t status)
{
	return status == PDU_RTHROTTLED || status == PDU_RMSGQFUL;
}

static void
refuse(struct posting *p, uint32_t status)
{
	log_subscriber(LOG_LEVEL_NOTICE, p->to,
	    "message refused link=%s status=%s",
	    link_settings(p->outbox->link)->name, pdu_status_name(status));
	p->state = "failed";
	finish(p);
}

/* The part that failed, and not those before it. */
static void
try_again(struct posting *p)
{
	if (++p->tries <= TRIES_MAX) {
		wait_a_little(p);
		return;
	}
	p->state = "failed";
	finish(p);
}

static void
wait_a_little(struct posting *p)
{
	static const struct timeval wait = { WAIT_MS / 1000, 0 };

	if (p->again == NULL)
		p->again = evtimer_new(p->outbox->gateway->base, on_again, p);
	CHECK(p->again != NULL);
	evtimer_add(p->again, &wait);
}

static void
on_again(evutil_socket_t fd, short what, void *arg)
{
	struct posting *p = arg;

	(void)fd;
	(void)what;
	if (p->state != NULL && p->next == p->part_count)
		finish(p);
	else
		send_part(p);
}

/* ---- finish */

static void
finish(struct posting *p)
{
	struct gateway *g = p->outbox->gateway;
	bool known = p->smsc_id != NULL && !p->leaves_nothing;

	p->finishing = store_sent(g->store,
	    link_settings(p->outbox->link)->name, p->partition, p->entry, p->id,
	    p->state, known ? p->smsc_id : "", finished, p);
}

static void
finished(void *arg, enum store_result result)
{
	struct posting *p = arg;
	struct outbox *o = p->outbox;
	int partition = p->partition;

	p->finishing = NULL;
	if (result == STORE_DOWN || result == STORE_UNKNOWN) {
		/* Redis is away. It stays in hand, so that it is not sent
		 * again when it is handed out again. */
		p->next = p->part_count;
		wait_a_little(p);
		return;
	}
	store_count(o->gateway->store, "sms", p->state, 1);
	outbox_forget(p);
	outbox_take(o, partition);
}

void
outbox_forget(struct posting *p)
{
	if (p->finishing != NULL)
		store_cancel(p->finishing);
	if (p->again != NULL)
		event_free(p->again);
	HASH_DEL(p->outbox->in_hand, p);
	arena_free(p->arena);
}

/* The same for every sending of a message. */
static uint8_t
reference_of(const char *id)
{
	uint8_t sum = 0;

	for (; *id != '\0'; id++)
		sum = (uint8_t)(sum * 31 + (uint8_t)*id);
	return sum;
}

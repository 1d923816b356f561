/*
 * The messages that wait for one link.
 *
 *	look -> take -> taken -> send parts -> answered -> finish
 *	                              \-> again later
 */
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "base/clock.h"
#include "base/failpoint.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/outbox.h"
#include "gateway/sms.h"
#include "storage/sessions.h"

#define LOOK_MS	      500   /* for what other nodes queued */
#define TAKE_MAX      32
#define IN_HAND_MAX   256
#define IN_HAND_S     10    /* of what the link's rate lets through */
#define DEAD_MS	      30000 /* another node so silent is taken over from */
#define MARGIN_MS     2000
#define CLAIM_LOOKS   20    /* every so many looks */
#define WAIT_MS	      2000  /* before a message is tried again */
#define TRIES_MAX     5
#define TON_ALPHANUMERIC 5

struct posting {
	struct outbox *outbox;
	struct arena *arena;
	const char *id; /* of the message, the hash's key */
	const char *entry;
	int partition;
	int64_t ours_until_ms; /* steady; then another node may take it */
	const char *to, *from;
	bool resent;
	struct sms_part parts[SMS_PARTS_MAX];
	size_t part_count;
	size_t next; /* the part that is on its way */
	const char *state;
	const char *smsc_id;
	int tries;
	struct event *again;
	struct store_ask *finishing;
	UT_hash_handle hh;
};

struct shelf { /* one partition's queue */
	struct outbox *outbox;
	int partition;
	struct store_ask *ask;
	bool again;	/* asked for what was handed out before, */
	size_t count;	/* for so many, */
	int64_t asked_ms; /* and when */
	bool wanted;	/* woken while it was being asked */
	bool recovered; /* what an earlier life of this node left */
	int looks;
};

struct outbox {
	struct gateway *gateway;
	struct link *link;
	struct event *timer;
	struct shelf *shelves;
	int shelf_count;
	struct posting *in_hand; /* hash by id */
};

static void on_look(evutil_socket_t fd, short what, void *arg);
static bool can_send(const struct outbox *o);
static size_t most_in_hand(const struct outbox *o);
static int64_t dead_ms(const struct outbox *o);
static void take(struct outbox *o, int partition);
static void taken(void *arg, enum store_result result,
    const struct queued *list, size_t count);
static int64_t ours_until(const struct shelf *shelf);
static void post(struct outbox *o, int partition, int64_t until_ms,
    const struct queued *q);
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
static void posting_free(struct posting *p);
static uint8_t reference_of(const char *id);

struct outbox *
outbox_new(struct gateway *g, struct link *l)
{
	static const struct timeval every = { 0, LOOK_MS * 1000 };
	struct outbox *o = calloc(1, sizeof(*o));
	int i;

	CHECK(o != NULL);
	o->gateway = g;
	o->link = l;
	o->shelf_count = store_partitions(g->store);
	o->shelves = calloc((size_t)o->shelf_count, sizeof(*o->shelves));
	o->timer = event_new(g->base, -1, EV_PERSIST, on_look, o);
	CHECK(o->shelves != NULL && o->timer != NULL);
	for (i = 0; i < o->shelf_count; i++)
		o->shelves[i] = (struct shelf){ .outbox = o, .partition = i };
	event_add(o->timer, &every);
	return o;
}

void
outbox_free(struct outbox *o)
{
	struct posting *p, *next;
	int i;

	for (i = 0; i < o->shelf_count; i++)
		if (o->shelves[i].ask != NULL)
			store_cancel(o->shelves[i].ask);
	HASH_ITER (hh, o->in_hand, p, next)
		posting_free(p);
	event_free(o->timer);
	free(o->shelves);
	free(o);
}

/* ---- look and take */

void
outbox_look(struct outbox *o)
{
	int i;

	for (i = 0; i < o->shelf_count; i++)
		take(o, i);
}

void
outbox_wake(struct outbox *o, const char *msisdn)
{
	take(o, store_partition(o->gateway->store, msisdn));
}

static void
on_look(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	outbox_look(arg);
}

static bool
can_send(const struct outbox *o)
{
	return !o->gateway->stopping && redis_is_up(o->gateway->redis) &&
	    link_state(o->link) == LINK_BOUND && link_has_room(o->link) &&
	    HASH_COUNT(o->in_hand) < most_in_hand(o);
}

/* No more than the link gets rid of well before another node, which knows
 * nothing of our patience, takes them over. */
static size_t
most_in_hand(const struct outbox *o)
{
	const struct link_settings *s = link_settings(o->link);
	int most = 4 * s->window;

	if (s->tps > 0 && most > s->tps * IN_HAND_S)
		most = s->tps * IN_HAND_S;
	return most < IN_HAND_MAX ? (size_t)most : IN_HAND_MAX;
}

static int64_t
dead_ms(const struct outbox *o)
{
	int64_t least = 2 * (int64_t)link_settings(o->link)->response_ms;

	return least > DEAD_MS ? least : DEAD_MS;
}

static void
take(struct outbox *o, int partition)
{
	const struct settings *s = o->gateway->settings;
	struct shelf *shelf = &o->shelves[partition];
	size_t share;

	if (shelf->ask != NULL) {
		shelf->wanted = true;
		return;
	}
	if (!can_send(o))
		return;
	shelf->again = !shelf->recovered || ++shelf->looks % CLAIM_LOOKS == 0;
	shelf->wanted = false;
	/* All partitions are asked at once. */
	share = (most_in_hand(o) - HASH_COUNT(o->in_hand)) /
	    (size_t)o->shelf_count;
	shelf->count = share < 1 ? 1 : share < TAKE_MAX ? share : TAKE_MAX;
	shelf->asked_ms = clock_steady_ms();
	shelf->ask = store_take(o->gateway->store,
	    link_settings(o->link)->name, partition, s->node,
	    (int)shelf->count, shelf->again, dead_ms(o), taken, shelf);
}

static void
taken(void *arg, enum store_result result, const struct queued *list,
    size_t count)
{
	struct shelf *shelf = arg;
	struct outbox *o = shelf->outbox;
	size_t i;

	shelf->ask = NULL;
	if (result != STORE_OK)
		return;
	/* Read once more until nothing unfinished is left, then the new. */
	if (shelf->again && count < shelf->count) {
		shelf->wanted |= !shelf->recovered;
		shelf->recovered = true;
	}
	for (i = 0; i < count; i++)
		post(o, shelf->partition, ours_until(shelf), &list[i]);
	if (shelf->wanted || (!shelf->again && count == shelf->count))
		take(o, shelf->partition);
}

/* What is sent by then is answered, or overdue, before it is another's. */
static int64_t
ours_until(const struct shelf *shelf)
{
	const struct outbox *o = shelf->outbox;

	return shelf->asked_ms + dead_ms(o) -
	    link_settings(o->link)->response_ms - MARGIN_MS;
}

/* ---- send */

static void
post(struct outbox *o, int partition, int64_t until_ms, const struct queued *q)
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
		.registered_delivery = s->receipts,
		.data_coding = part->data_coding,
		.text = part->octets,
		.text_len = part->len,
	};

	if (left <= 0) {
		/* It waited too long, and is handed out again to whoever
		 * asks first. */
		posting_free(p);
		return;
	}
	snprintf(pdu.source.digits, sizeof(pdu.source.digits), "%s", p->from);
	snprintf(pdu.dest.digits, sizeof(pdu.dest.digits), "%s", p->to);
	link_submit(p->outbox->link, LINK_CLASS_SMS, &pdu, (int)left,
	    part_answered, p);
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

	p->finishing = store_sent(g->store,
	    link_settings(p->outbox->link)->name, p->partition, p->entry,
	    p->id, p->state, p->smsc_id != NULL ? p->smsc_id : "", finished,
	    p);
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
	posting_free(p);
	take(o, partition);
}

static void
posting_free(struct posting *p)
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

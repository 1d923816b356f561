/*
 * What a turn says: the acknowledgement, the screen, the polite sentence.
 */
#include "base/clock.h"
#include "base/failpoint.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/screens.h"
#include "gateway/turn_parts.h"

/* Whose screen it was, and which, should the operator refuse it. */
struct shown {
	struct gateway *gateway;
	struct link *link;
	struct session_key key;
	const uint8_t *stamp; /* NULL: no session waits for an answer to it */
};

static void submit(const struct turn *t, const struct pdu *pdu, int left_ms);
static screens_refused on_refused;

void
turn_acknowledge(struct turn *t, enum pdu_status status)
{
	if (t->acknowledged)
		return;
	t->acknowledged = true;
	link_respond(t->link, t->generation, t->command | PDU_RESPONSE,
	    t->sequence, status);
	FAILPOINT("turn.acknowledged");
}

void
turn_show(struct turn *t)
{
	const struct dialect *d = link_settings(t->link)->dialect;
	struct ussd_reply reply;
	int64_t left = turn_heard_until(t) - clock_steady_ms();
	size_t i;

	if (t->channel != CHANNEL_USSD || t->muted || t->screen == NULL)
		return;
	if (left <= 0) {
		store_count(t->gateway->store, "turns", "late", 1);
		log_subscriber(LOG_LEVEL_NOTICE, t->key.msisdn,
		    "screen not sent: the operator waits no longer link=%s",
		    t->key.operator_name);
		return;
	}
	if (dialect_write(d, t->action, &t->event.ref, t->screen, t->arena,
		&reply) == -1) {
		log_subscriber(LOG_LEVEL_ERROR, t->key.msisdn,
		    "screen not sent: the dialect cannot say it link=%s",
		    t->key.operator_name);
		return;
	}
	for (i = 0; i < reply.count; i++)
		submit(t, &reply.pdus[i], (int)left);
}

int64_t
turn_heard_until(const struct turn *t)
{
	const struct dialect *d = link_settings(t->link)->dialect;

	return t->arrived_ms + d->timers.answer_s * INT64_C(1000);
}

static void
submit(const struct turn *t, const struct pdu *pdu, int left_ms)
{
	struct arena *a = arena_new();
	struct shown *s = arena_alloc(a, sizeof(*s));

	s->gateway = t->gateway;
	s->link = t->link;
	s->key =
	    (struct session_key){ .operator_name = link_settings(t->link)->name,
		    .channel = t->key.channel };
	/* What needs no session, such as a release, has no key. */
	s->key.msisdn = arena_string(
	    a, t->key.msisdn != NULL ? t->key.msisdn : t->event.msisdn);
	if (t->action == USSD_CONTINUE && t->stamp != NULL)
		s->stamp = arena_copy(a, t->stamp, RECORD_STAMP);
	screens_send(t->gateway->screens,
	    &(struct screens_wish){
		.link = t->link,
		.order = { .class = t->begins ? LINK_CLASS_NEW
					      : LINK_CLASS_IN_SESSION,
		    .live_ms = left_ms,
		    .near = t->generation },
		.refused = on_refused,
		.owner = s,
		.owned = a,
	    },
	    pdu);
}

/* Nobody will answer a screen that nobody sees. */
static void
on_refused(void *owner, uint32_t status)
{
	struct shown *s = owner;

	store_count(s->gateway->store, "screens", pdu_status_name(status), 1);
	log_subscriber(LOG_LEVEL_NOTICE, s->key.msisdn,
	    "screen refused status=%s link=%s", pdu_status_name(status),
	    s->key.operator_name);
	if (s->stamp != NULL)
		turn_start_unseen(s->gateway, s->link, &s->key, s->stamp);
}

/*
 * What a turn says: the acknowledgement, the screen, the polite sentence.
 */
#include "base/failpoint.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/screens.h"
#include "gateway/turn_parts.h"

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
	struct link_order order = {
		.class = t->begins ? LINK_CLASS_NEW : LINK_CLASS_IN_SESSION,
		.live_ms = d->timers.answer_s * 1000,
		.near = t->generation,
	};
	struct ussd_reply reply;
	size_t i;

	if (t->channel != CHANNEL_USSD || t->muted || t->screen == NULL)
		return;
	if (dialect_write(d, t->action, &t->event.ref, t->screen, t->arena,
		&reply) == -1) {
		log_subscriber(LOG_LEVEL_ERROR, t->key.msisdn,
		    "screen not sent: the dialect cannot say it link=%s",
		    t->key.operator_name);
		return;
	}
	for (i = 0; i < reply.count; i++)
		screens_send(
		    t->gateway->screens, t->link, &order, &reply.pdus[i]);
}

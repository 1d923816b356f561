/*
 * While there is a bind: silence is asked about, and an end is drained before
 * it comes, whoever wanted it.
 */
#include "base/clock.h"
#include "gateway/link_inside.h"

static void link_unbind(struct link *l);

/* ---- silence */

void
link_silence(struct link *l)
{
	struct pdu enquire = { .command = PDU_ENQUIRE_LINK };
	int64_t now = clock_steady_ms();
	int64_t most = l->settings->enquire_s * 1000;
	int64_t quiet = now - wire_heard_ms(l->wire);

	if (wire_heard_ms(l->wire) >= l->enquired_ms)
		l->misses = 0;
	if (quiet < most) {
		link_arm(l, l->life, most - quiet);
		return;
	}
	if (l->misses == LINK_MISSES_MOST) {
		link_fall(l, "no answer to enquire_link");
		return;
	}
	l->misses++;
	l->enquired_ms = now;
	(void)link_ask(l, &enquire);
	link_arm(l, l->life, l->settings->response_ms);
}

/* ---- draining */

void
link_begin_drain(struct link *l, const char *why)
{
	link_arm(l, l->life, l->settings->drain_ms);
	link_become(l, LINK_DRAINING, why);
	link_check_drain(l);
}

void
link_check_drain(struct link *l)
{
	if (l->freed || l->state != LINK_DRAINING || l->unbinding ||
	    window_used(l->window) > 0 || l->waiting.count > 0)
		return;
	if (l->peer_left)
		link_fall(l, "peer has unbound");
	else if (l->owed == 0)
		link_unbind(l);
}

static void
link_unbind(struct link *l)
{
	struct pdu unbind = { .command = PDU_UNBIND };

	l->unbinding = true;
	l->handshake = link_ask(l, &unbind);
	link_arm(l, l->life, l->settings->response_ms);
}

void
link_drain_over(struct link *l)
{
	if (l->peer_left)
		link_fall(l, "peer has unbound");
	else if (!l->unbinding)
		link_unbind(l);
	else
		link_fall(l, "no answer to unbind");
}

void
link_heard_unbind_answer(struct link *l, const struct pdu *pdu)
{
	if (l->unbinding && pdu->sequence == l->handshake)
		link_fall(l, "unbound");
	else
		l->figures.bad_in++;
}

void
link_heard_unbind(struct link *l, const struct pdu *pdu)
{
	link_reply(l, pdu->command, pdu->sequence, PDU_ROK);
	l->peer_left = true;
	if (l->state == LINK_BOUND)
		link_begin_drain(l, "peer unbinds");
	else if (l->state == LINK_DRAINING && !l->unbinding)
		link_check_drain(l);
	else
		link_fall(l, "peer has unbound");
}

/*
 * While there is a bind: silence is asked about, and an end is drained before
 * it comes, whoever wanted it.
 */
#include "base/clock.h"
#include "gateway/bind_inside.h"

static void bind_unbind(struct bind *b);

/* ---- silence */

void
bind_silence(struct bind *b)
{
	struct pdu enquire = { .command = PDU_ENQUIRE_LINK };
	int64_t now = clock_steady_ms();
	int64_t most = b->settings->enquire_s * 1000;
	int64_t quiet = now - wire_heard_ms(b->wire);

	if (wire_heard_ms(b->wire) >= b->enquired_ms)
		b->misses = 0;
	if (quiet < most) {
		bind_arm(b, b->life, most - quiet);
		return;
	}
	if (b->misses == BIND_MISSES_MOST) {
		bind_fall(b, "no answer to enquire_link");
		return;
	}
	b->misses++;
	b->enquired_ms = now;
	(void)bind_ask(b, &enquire);
	bind_arm(b, b->life, b->settings->response_ms);
}

/* ---- draining */

void
bind_begin_drain(struct bind *b, const char *why)
{
	bind_arm(b, b->life, b->settings->drain_ms);
	bind_become(b, BIND_DRAINING, why);
	bind_check_drain(b);
}

void
bind_check_drain(struct bind *b)
{
	if (b->freed || b->state != BIND_DRAINING || b->unbinding ||
	    window_used(b->window) > 0 || b->events->waits(b->owner, b))
		return;
	if (b->peer_left)
		bind_fall(b, "peer has unbound");
	else if (b->owed == 0)
		bind_unbind(b);
}

static void
bind_unbind(struct bind *b)
{
	struct pdu unbind = { .command = PDU_UNBIND };

	b->unbinding = true;
	b->handshake = bind_ask(b, &unbind);
	bind_arm(b, b->life, b->settings->response_ms);
}

void
bind_drain_over(struct bind *b)
{
	if (b->peer_left)
		bind_fall(b, "peer has unbound");
	else if (!b->unbinding)
		bind_unbind(b);
	else
		bind_fall(b, "no answer to unbind");
}

void
bind_heard_unbind_answer(struct bind *b, const struct pdu *pdu)
{
	if (b->unbinding && pdu->sequence == b->handshake)
		bind_fall(b, "unbound");
	else
		b->figures.bad_in++;
}

void
bind_heard_unbind(struct bind *b, const struct pdu *pdu)
{
	bind_reply(b, pdu->command, pdu->sequence, PDU_ROK);
	b->peer_left = true;
	if (b->state == BIND_BOUND)
		bind_begin_drain(b, "peer unbinds");
	else if (b->state == BIND_DRAINING && !b->unbinding)
		bind_check_drain(b);
	else
		bind_fall(b, "peer has unbound");
}

/*
 * What we say on one bind, and what becomes of it.
 *
 * Every answer is given by the loop: the response's, the overdue timer's, or,
 * when the bind falls, a late one.
 */
#include "base/clock.h"
#include "base/log.h"
#include "gateway/bind_inside.h"

/* Congested from here on (SMPP 5.0, 4.8.4.18: "nearly congested"). */
#define CONGESTED      90
#define STRAYS_TOLD_MS 60000

static bool is_congested(const struct pdu *pdu);
static void bind_stray(struct bind *b, const struct pdu *pdu);
static void bind_roomier(struct bind *b);
static void bind_arm_overdue(struct bind *b, int64_t ms);

bool
bind_may_send(const struct bind *b)
{
	return b->role != BIND_RECEIVER &&
	    (b->state == BIND_BOUND ||
		(b->state == BIND_DRAINING && !b->peer_left && !b->unbinding));
}

bool
bind_has_room(const struct bind *b)
{
	return bind_may_send(b) && window_has_room(b->window) &&
	    wire_has_room(b->wire);
}

void
bind_send(
    struct bind *b, uint8_t *octets, size_t len, link_done *done, void *arg)
{
	uint32_t sequence = window_put(b->window, clock_steady_ms(), done, arg);

	octets[12] = (uint8_t)(sequence >> 24);
	octets[13] = (uint8_t)(sequence >> 16);
	octets[14] = (uint8_t)(sequence >> 8);
	octets[15] = (uint8_t)sequence;
	wire_send_octets(b->wire, octets, len);
	b->figures.pdus_out++;
	b->figures.submits++;
	if (!b->overdue_armed)
		bind_arm_overdue(b, b->settings->response_ms);
}

/* ---- answers */

void
bind_heard_answer(struct bind *b, const struct pdu *pdu)
{
	struct link_answer answer = {
		.result = pdu->status == PDU_ROK ? LINK_SENT : LINK_REFUSED,
		.status = pdu->status,
		.message_id = pdu->message_id,
	};
	struct window_request request;

	if (!window_take(b->window, pdu->sequence, &request)) {
		bind_stray(b, pdu);
		return;
	}
	if (pdu->status != PDU_ROK)
		b->figures.refused++;
	if ((pdu->status != PDU_ROK || pdu->tlvs.len > 0) &&
	    is_congested(pdu)) {
		b->figures.throttled++;
		b->events->slow(b->owner, b);
	}
	if (request.done != NULL)
		request.done(request.arg, &answer);
	bind_roomier(b);
}

static bool
is_congested(const struct pdu *pdu)
{
	struct pdu_tlv state;

	return pdu->status == PDU_RTHROTTLED || pdu->status == PDU_RMSGQFUL ||
	    (pdu_tlv_find(pdu->tlvs, PDU_TAG_CONGESTION_STATE, &state) &&
		state.len == 1 && state.value[0] >= CONGESTED);
}

/* Whoever was answered may have ended us. */
static void
bind_roomier(struct bind *b)
{
	if (b->freed)
		return;
	b->events->room(b->owner, b);
	bind_check_drain(b);
}

/* Late, given twice, or never asked for. */
static void
bind_stray(struct bind *b, const struct pdu *pdu)
{
	int64_t now = clock_steady_ms();

	b->figures.strays++;
	if (b->strayed_ms != 0 && now - b->strayed_ms < STRAYS_TOLD_MS)
		return;
	b->strayed_ms = now;
	log_line(LOG_LEVEL_WARNING, b->name,
	    "a response to nothing that waits command=%s sequence=%u "
	    "so_far=%llu",
	    pdu_command_name(pdu->command), pdu->sequence,
	    (unsigned long long)b->figures.strays);
}

void
bind_overdue(evutil_socket_t fd, short what, void *arg)
{
	struct bind *b = arg;
	int64_t sent_by = clock_steady_ms() - b->settings->response_ms;
	struct link_answer unknown = { LINK_UNKNOWN, PDU_ROK, "" };
	struct window_request request;

	(void)fd;
	(void)what;
	bind_enter(b);
	b->overdue_armed = false;
	while (!b->freed && window_take_oldest(b->window, sent_by, &request)) {
		b->figures.unknown++;
		if (request.done != NULL)
			request.done(request.arg, &unknown);
	}
	if (window_used(b->window) > 0)
		bind_arm_overdue(b, window_oldest_ms(b->window) - sent_by);
	bind_roomier(b);
	bind_leave(b);
}

/* All wait equally long, so the timer runs to the oldest one's end and is
 * not touched by those that are answered. */
static void
bind_arm_overdue(struct bind *b, int64_t ms)
{
	b->overdue_armed = true;
	bind_arm(b, b->overdue, ms);
}

/* ---- with a bind it begins, and with it it ends */

/* The answers come by the loop: who is told may send at once what he has, and
 * here there is nobody left to send it to. */
void
bind_send_end(struct bind *b)
{
	struct window_request request;

	while (window_take_oldest(b->window, INT64_MAX, &request)) {
		b->figures.unknown++;
		later_answer(
		    b->late, request.done, request.arg, LINK_UNKNOWN, PDU_ROK);
	}
	event_del(b->overdue);
	b->overdue_armed = false;
	b->owed = 0;
}

/* ---- beside the window */

uint32_t
bind_ask(struct bind *b, struct pdu *pdu)
{
	pdu->sequence = window_number(b->window);
	b->figures.pdus_out++;
	/* What keeps a bind alive does not queue behind its traffic, but an
	 * unbind is the last thing said. */
	if (pdu->command == PDU_ENQUIRE_LINK)
		CHECK(wire_send_ahead(b->wire, pdu) == 0);
	else
		CHECK(wire_send(b->wire, pdu) == 0);
	return pdu->sequence;
}

void
bind_reply(
    struct bind *b, uint32_t command, uint32_t sequence, enum pdu_status status)
{
	struct pdu answer = {
		.command = command | PDU_RESPONSE,
		.status = status,
		.sequence = sequence,
	};

	b->figures.pdus_out++;
	if (command == PDU_ENQUIRE_LINK)
		CHECK(wire_send_ahead(b->wire, &answer) == 0);
	else
		CHECK(wire_send(b->wire, &answer) == 0);
}

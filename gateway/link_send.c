/*
 * What we say, and what becomes of it.
 *
 * A submit is encoded at once. If window, rate and wire have room, its octets
 * go to the wire; else a copy waits. Every answer is given by the loop: the
 * response's, the overdue timer's, or, for what was never sent, a late one.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/link_inside.h"

/* Congested from here on (SMPP 5.0, 4.8.4.18: "nearly congested"). */
#define CONGESTED      90
#define STRAYS_TOLD_MS 60000

static bool link_may_send(const struct link *l);
static void link_wait(struct link *l, enum link_class class, int64_t until_ms,
    size_t len, link_done *done, void *arg);
static void link_send(struct link *l, int64_t now, uint8_t *octets, size_t len,
    link_done *done, void *arg);
static void link_drop_over(struct link *l, int64_t now);
static void link_arm_pump(struct link *l, int64_t now);
static void link_drop(struct link *l, struct waiting_submit *s);
static void link_slow(struct link *l, const struct pdu *pdu, int64_t now);
static void link_stray(struct link *l, const struct pdu *pdu);
static void link_arm_overdue(struct link *l, int64_t ms);
static void link_answer_later(struct link *l, link_done *done, void *arg,
    enum link_result result, uint32_t status);

void
link_submit(struct link *l, enum link_class class, const struct pdu *pdu,
    int live_ms, link_done *done, void *arg)
{
	int64_t now = clock_steady_ms();
	int len;

	if (!link_may_send(l)) {
		link_answer_later(l, done, arg, LINK_DROPPED, PDU_ROK);
		return;
	}
	len = pdu_pack(pdu, l->scratch, sizeof(l->scratch));
	if (len == -1) {
		log_line(LOG_LEVEL_ERROR, l->settings->name,
		    "a %s of ours cannot be encoded",
		    pdu_command_name(pdu->command));
		link_answer_later(l, done, arg, LINK_DROPPED, PDU_RINVMSGLEN);
		return;
	}
	if (l->waiting.count == 0 && window_has_room(l->window) &&
	    wire_has_room(l->wire) && pace_take(&l->pace, now))
		link_send(l, now, l->scratch, (size_t)len, done, arg);
	else
		link_wait(l, class, now + live_ms, (size_t)len, done, arg);
}

bool
link_has_room(const struct link *l)
{
	return l->state == LINK_BOUND && window_has_room(l->window) &&
	    l->waiting.count_of[LINK_CLASS_SMS] < l->settings->window;
}

/* After the peer's unbind there is nobody to send to. */
static bool
link_may_send(const struct link *l)
{
	return l->state == LINK_BOUND ||
	    (l->state == LINK_DRAINING && !l->peer_left && !l->unbinding);
}

static void
link_wait(struct link *l, enum link_class class, int64_t until_ms, size_t len,
    link_done *done, void *arg)
{
	struct waiting_submit *s =
	    waiting_submit_new(class, until_ms, l->scratch, len, done, arg);
	struct waiting_submit *pushed_out;

	while (!waiting_push(&l->waiting, s)) {
		pushed_out = waiting_pop_for(&l->waiting, s);
		if (pushed_out == NULL) {
			link_drop(l, s);
			return;
		}
		link_drop(l, pushed_out);
	}
	link_pump(l);
}

static void
link_send(struct link *l, int64_t now, uint8_t *octets, size_t len,
    link_done *done, void *arg)
{
	uint32_t sequence = window_put(l->window, now, done, arg);

	octets[12] = (uint8_t)(sequence >> 24);
	octets[13] = (uint8_t)(sequence >> 16);
	octets[14] = (uint8_t)(sequence >> 8);
	octets[15] = (uint8_t)sequence;
	wire_send_octets(l->wire, octets, len);
	l->figures.pdus_out++;
	l->figures.submits++;
	if (!l->overdue_armed)
		link_arm_overdue(l, l->settings->response_ms);
}

/* ---- what waits */

/* Sends what may be sent, drops what is of no use any more. */
void
link_pump(struct link *l)
{
	int64_t now = clock_steady_ms();
	struct waiting_submit *s;

	if (l->freed || l->waiting.count == 0)
		return;
	link_drop_over(l, now);
	while (l->waiting.count > 0 && window_has_room(l->window) &&
	    wire_has_room(l->wire) && pace_take(&l->pace, now)) {
		s = waiting_pop(&l->waiting);
		link_send(l, now, s->octets, s->len, s->done, s->arg);
		free(s);
	}
	link_arm_pump(l, now);
}

static void
link_drop_over(struct link *l, int64_t now)
{
	struct waiting_submit *s;

	while ((s = waiting_pop_over(&l->waiting, now)) != NULL)
		link_drop(l, s);
}

/* A response or an emptier wire pumps by itself; time alone does it for the
 * rate and for what grows too old. */
static void
link_arm_pump(struct link *l, int64_t now)
{
	int64_t due = l->waiting.earliest_ms;
	int64_t paced = now + pace_wait_ms(&l->pace, now);

	if (l->waiting.count == 0)
		return;
	if (paced > now && paced < due)
		due = paced;
	if (l->pump_ms != 0 && l->pump_ms <= due)
		return;
	l->pump_ms = due;
	link_arm(l, l->pump, due > now ? due - now : 0);
}

void
link_pump_due(evutil_socket_t fd, short what, void *arg)
{
	struct link *l = arg;

	(void)fd;
	(void)what;
	link_enter(l);
	l->pump_ms = 0;
	link_pump(l);
	link_check_drain(l);
	link_leave(l);
}

static void
link_drop(struct link *l, struct waiting_submit *s)
{
	link_answer_later(l, s->done, s->arg, LINK_DROPPED, PDU_ROK);
	free(s);
}

/* ---- answers */

void
link_heard_answer(struct link *l, const struct pdu *pdu)
{
	struct link_answer answer = {
		.result = pdu->status == PDU_ROK ? LINK_SENT : LINK_REFUSED,
		.status = pdu->status,
		.message_id = pdu->message_id,
	};
	struct window_request request;

	if (!window_take(l->window, pdu->sequence, &request)) {
		link_stray(l, pdu);
		return;
	}
	if (pdu->status != PDU_ROK)
		l->figures.refused++;
	if (pdu->status != PDU_ROK || pdu->tlvs.len > 0)
		link_slow(l, pdu, clock_steady_ms());
	if (request.done != NULL)
		request.done(request.arg, &answer);
	link_pump(l);
	link_check_drain(l);
}

static void
link_slow(struct link *l, const struct pdu *pdu, int64_t now)
{
	struct pdu_tlv state;

	if (pdu->status != PDU_RTHROTTLED && pdu->status != PDU_RMSGQFUL &&
	    (!pdu_tlv_find(pdu->tlvs, PDU_TAG_CONGESTION_STATE, &state) ||
		state.len != 1 || state.value[0] < CONGESTED))
		return;
	l->figures.throttled++;
	pace_slow(&l->pace, now);
}

/* Late, given twice, or never asked for. */
static void
link_stray(struct link *l, const struct pdu *pdu)
{
	int64_t now = clock_steady_ms();

	l->figures.strays++;
	if (l->strayed_ms != 0 && now - l->strayed_ms < STRAYS_TOLD_MS)
		return;
	l->strayed_ms = now;
	log_line(LOG_LEVEL_WARNING, l->settings->name,
	    "a response to nothing that waits command=%s sequence=%u "
	    "so_far=%llu",
	    pdu_command_name(pdu->command), pdu->sequence,
	    (unsigned long long)l->figures.strays);
}

void
link_overdue(evutil_socket_t fd, short what, void *arg)
{
	struct link *l = arg;
	int64_t sent_by = clock_steady_ms() - l->settings->response_ms;
	struct link_answer unknown = { LINK_UNKNOWN, PDU_ROK, "" };
	struct window_request request;

	(void)fd;
	(void)what;
	link_enter(l);
	l->overdue_armed = false;
	while (!l->freed && window_take_oldest(l->window, sent_by, &request)) {
		l->figures.unknown++;
		if (request.done != NULL)
			request.done(request.arg, &unknown);
	}
	if (window_used(l->window) > 0)
		link_arm_overdue(l, window_oldest_ms(l->window) - sent_by);
	link_pump(l);
	link_check_drain(l);
	link_leave(l);
}

/* All wait equally long, so the timer runs to the oldest one's end and is
 * not touched by those that are answered. */
static void
link_arm_overdue(struct link *l, int64_t ms)
{
	l->overdue_armed = true;
	link_arm(l, l->overdue, ms);
}

static void
link_answer_later(struct link *l, link_done *done, void *arg,
    enum link_result result, uint32_t status)
{
	struct link_late_answer *late = malloc(sizeof(*late));

	CHECK(late != NULL);
	if (result == LINK_UNKNOWN)
		l->figures.unknown++;
	else
		l->figures.dropped++;
	*late = (struct link_late_answer){
		.done = done,
		.arg = arg,
		.result = result,
		.status = status,
	};
	if (STAILQ_EMPTY(&l->late))
		event_active(l->answers, EV_TIMEOUT, 0);
	STAILQ_INSERT_TAIL(&l->late, late, entry);
}

void
link_answers_due(evutil_socket_t fd, short what, void *arg)
{
	struct link *l = arg;
	struct link_late_answer *late;

	(void)fd;
	(void)what;
	link_enter(l);
	while ((late = STAILQ_FIRST(&l->late)) != NULL) {
		struct link_answer answer = { late->result, late->status, "" };
		link_done *done = late->done;
		void *whose = late->arg;

		STAILQ_REMOVE_HEAD(&l->late, entry);
		free(late);
		if (done != NULL)
			done(whose, &answer);
	}
	link_leave(l);
}

/* ---- with a bind it begins, and with it it ends */

void
link_send_begin(struct link *l)
{
	pace_init(&l->pace, l->settings->tps, clock_steady_ms());
	l->owed = 0;
}

void
link_send_end(struct link *l)
{
	struct window_request request;
	struct waiting_submit *s;

	while (window_take_oldest(l->window, INT64_MAX, &request))
		link_answer_later(
		    l, request.done, request.arg, LINK_UNKNOWN, PDU_ROK);
	while ((s = waiting_pop(&l->waiting)) != NULL)
		link_drop(l, s);
	event_del(l->overdue);
	event_del(l->pump);
	l->overdue_armed = false;
	l->pump_ms = 0;
	l->owed = 0;
}

void
link_send_forget(struct link *l)
{
	struct link_late_answer *late;

	link_send_end(l);
	event_del(l->answers);
	while ((late = STAILQ_FIRST(&l->late)) != NULL) {
		STAILQ_REMOVE_HEAD(&l->late, entry);
		free(late);
	}
}

/* ---- beside the window */

uint32_t
link_ask(struct link *l, struct pdu *pdu)
{
	pdu->sequence = window_number(l->window);
	l->figures.pdus_out++;
	/* What keeps a link alive does not queue behind its traffic, but an
	 * unbind is the last thing said. */
	if (pdu->command == PDU_ENQUIRE_LINK)
		CHECK(wire_send_ahead(l->wire, pdu) == 0);
	else
		CHECK(wire_send(l->wire, pdu) == 0);
	return pdu->sequence;
}

void
link_reply(
    struct link *l, uint32_t command, uint32_t sequence, enum pdu_status status)
{
	struct pdu answer = {
		.command = command | PDU_RESPONSE,
		.status = status,
		.sequence = sequence,
	};

	l->figures.pdus_out++;
	if (command == PDU_ENQUIRE_LINK)
		CHECK(wire_send_ahead(l->wire, &answer) == 0);
	else
		CHECK(wire_send(l->wire, &answer) == 0);
}

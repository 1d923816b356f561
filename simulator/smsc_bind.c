/*
 * One bind of an ESME: what it says, and how the operator responds.
 */
#include <arpa/inet.h>
#include <event2/util.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "gateway/tls.h"
#include "simulator/smsc_inside.h"

/* Requests that an ESME may leave unanswered; how long they are remembered. */
#define WINDOW      16384
#define REMEMBER_MS 60000

static void bind_secured(void *arg, struct octets *octets, const char *why);
static void bind_heard(void *owner, const uint8_t *octets, size_t len);
static void bind_hear(struct smsc_bind *b, const struct pdu *pdu);
static void hear_bind(struct smsc_bind *b, const struct pdu *pdu);
static void hear_submit(struct smsc_bind *b, const struct pdu *pdu);
static void hear_enquire(struct smsc_bind *b, const struct pdu *pdu);
static void hear_unbind(struct smsc_bind *b, const struct pdu *pdu);
static void hear_response(struct smsc_bind *b, const struct pdu *pdu);
static void hear_nothing(struct smsc_bind *b, const struct pdu *pdu);
static uint32_t bind_verdict(const struct smsc *s, const struct pdu *pdu);
static uint32_t submit_verdict(struct smsc *s);
static void respond(struct smsc_bind *b, const struct pdu *pdu, uint32_t status,
    const char *message_id);
static void bind_garbled(void *owner, const uint8_t *head, size_t len);
static void bind_roomy(void *owner);
static void bind_gone(void *owner, const char *why);

static const struct wire_events wire_events = {
	.heard = bind_heard,
	.garbled = bind_garbled,
	.room = bind_roomy,
	.gone = bind_gone,
};

static const struct {
	uint32_t command;
	enum bind_kind kind; /* of those that bind */
	void (*hear)(struct smsc_bind *b, const struct pdu *pdu);
} hearers[] = {
	{ PDU_SUBMIT_SM, BIND_NONE, hear_submit },
	{ PDU_DELIVER_SM | PDU_RESPONSE, BIND_NONE, hear_response },
	{ PDU_DATA_SM, BIND_NONE, hear_submit },
	{ PDU_DATA_SM | PDU_RESPONSE, BIND_NONE, hear_response },
	{ PDU_GENERIC_NACK, BIND_NONE, hear_response },
	{ PDU_ENQUIRE_LINK, BIND_NONE, hear_enquire },
	{ PDU_ENQUIRE_LINK | PDU_RESPONSE, BIND_NONE, hear_nothing },
	{ PDU_BIND_TRANSMITTER, BIND_TRANSMITTER, hear_bind },
	{ PDU_BIND_RECEIVER, BIND_RECEIVER, hear_bind },
	{ PDU_BIND_TRANSCEIVER, BIND_TRANSCEIVER, hear_bind },
	{ PDU_UNBIND, BIND_NONE, hear_unbind },
	{ PDU_UNBIND | PDU_RESPONSE, BIND_NONE, hear_unbind },
};

struct smsc_bind *
smsc_bind_new(struct smsc *s, int fd, int number)
{
	struct smsc_bind *b = calloc(1, sizeof(*b));

	CHECK(b != NULL);
	evutil_make_socket_nonblocking(fd);
	b->smsc = s;
	b->number = number;
	b->window = window_new(WINDOW, 1);
	if (s->settings.tls == NULL)
		b->wire = wire_new(s->base, fd, 0, &wire_events, b);
	else
		b->securing = securing_new(s->base, fd,
		    tls_session_new(s->settings.tls, NULL), bind_secured, b);
	return b;
}

static void
bind_secured(void *arg, struct octets *octets, const char *why)
{
	struct smsc_bind *b = arg;
	struct smsc *s = b->smsc;

	b->securing = NULL;
	if (octets != NULL) {
		b->wire = wire_over(s->base, octets, 0, &wire_events, b);
		return;
	}
	if (s->events->unsecured != NULL)
		s->events->unsecured(s->owner, b->number, why);
	smsc_end_bind(b, why);
}

void
smsc_bind_free(struct smsc_bind *b)
{
	securing_cancel(b->securing);
	wire_free(b->wire);
	window_free(b->window);
	free(b);
}

/* ---- what it says */

static void
bind_heard(void *owner, const uint8_t *octets, size_t len)
{
	struct smsc_bind *b = owner;
	enum pdu_status answer = PDU_ROK;
	struct pdu pdu, refusal = { .status = PDU_RINVCMDID };
	enum pdu_verdict verdict = pdu_decode(octets, len, &pdu, &answer);

	b->calling = true;
	if (b->smsc->events->trace != NULL)
		b->smsc->events->trace(b->smsc->owner, b->number, true, &pdu);
	if (verdict == PDU_OK || (pdu.command & PDU_RESPONSE) != 0)
		bind_hear(b, &pdu);
	else {
		refusal.command = PDU_GENERIC_NACK;
		refusal.sequence = pdu.sequence;
		if (verdict == PDU_BAD_BODY) {
			refusal.command = pdu.command | PDU_RESPONSE;
			refusal.status = answer;
		}
		smsc_say(b, &refusal);
	}
	b->calling = false;
	if (b->dead)
		smsc_bind_free(b);
}

static void
bind_hear(struct smsc_bind *b, const struct pdu *pdu)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hearers); i++)
		if (hearers[i].command == pdu->command) {
			hearers[i].hear(b, pdu);
			return;
		}
	if ((pdu->command & PDU_RESPONSE) == 0)
		respond(b, pdu, PDU_RINVBNDSTS, "");
}

static void
hear_bind(struct smsc_bind *b, const struct pdu *pdu)
{
	static const uint8_t version[] = {
		PDU_TAG_SC_INTERFACE_VERSION >> 8,
		PDU_TAG_SC_INTERFACE_VERSION & 0xff,
		0,
		1,
		0x34,
	};
	struct smsc *s = b->smsc;
	struct pdu answer = {
		.command = pdu->command | PDU_RESPONSE,
		.sequence = pdu->sequence,
		.status =
		    b->kind != BIND_NONE ? PDU_RALYBND : bind_verdict(s, pdu),
		.system_id = "mlango-smsc",
	};
	size_t i;

	if (answer.status == PDU_ROK)
		answer.tlvs = (struct pdu_tlvs){ version, sizeof(version) };
	smsc_say(b, &answer);
	if (answer.status != PDU_ROK)
		return;
	for (i = 0; i < ARRAY_SIZE(hearers); i++)
		if (hearers[i].command == pdu->command)
			b->kind = hearers[i].kind;
	memcpy(b->system_id, pdu->system_id, sizeof(b->system_id));
	s->bind_count++;
	if (s->events->bound != NULL)
		s->events->bound(s->owner, b->number, b->system_id);
}

static uint32_t
bind_verdict(const struct smsc *s, const struct pdu *pdu)
{
	if (s->knobs.bind_status != PDU_ROK)
		return s->knobs.bind_status;
	if (s->settings.password != NULL &&
	    strcmp(s->settings.password, pdu->password) != 0)
		return PDU_RINVPASWD;
	return PDU_ROK;
}

/* Whatever it does to a handset, the response comes first, as it does on a
 * network. */
static void
hear_submit(struct smsc_bind *b, const struct pdu *pdu)
{
	struct smsc *s = b->smsc;
	struct smsc_news news = { .kind = NEWS_NONE };
	uint32_t status = submit_verdict(s);
	struct arena *a;

	if (b->kind != BIND_TRANSMITTER && b->kind != BIND_TRANSCEIVER) {
		respond(b, pdu, PDU_RINVBNDSTS, "");
		return;
	}
	s->figures.submits++;
	if (status != PDU_ROK) {
		respond(b, pdu, status, "");
		return;
	}
	a = arena_new();
	snprintf(
	    news.message_id, sizeof(news.message_id), "%08X", ++s->messages);
	status = smsc_hear(s, pdu, a, &news);
	respond(b, pdu, status, status == PDU_ROK ? news.message_id : "");
	smsc_tell(s, &news, a);
	arena_free(a);
}

static uint32_t
submit_verdict(struct smsc *s)
{
	if (s->knobs.status_count <= 0)
		return PDU_ROK;
	s->knobs.status_count--;
	return s->knobs.submit_status;
}

static void
hear_enquire(struct smsc_bind *b, const struct pdu *pdu)
{
	struct pdu answer = {
		.command = PDU_ENQUIRE_LINK | PDU_RESPONSE,
		.sequence = pdu->sequence,
	};

	smsc_say(b, &answer);
}

static void
hear_unbind(struct smsc_bind *b, const struct pdu *pdu)
{
	struct pdu answer = {
		.command = PDU_UNBIND | PDU_RESPONSE,
		.sequence = pdu->sequence,
	};

	if (pdu->command == PDU_UNBIND)
		smsc_say(b, &answer);
	smsc_end_bind(b, "unbound");
}

static void
hear_response(struct smsc_bind *b, const struct pdu *pdu)
{
	struct window_request request;

	if (!window_take(b->window, pdu->sequence, &request))
		return;
	if (pdu->status != PDU_ROK && request.arg != NULL)
		phone_refused(request.arg, pdu->sequence, pdu->status);
}

static void
hear_nothing(struct smsc_bind *b, const struct pdu *pdu)
{
	(void)b;
	(void)pdu;
}

/* ---- what we say */

void
smsc_say(struct smsc_bind *b, const struct pdu *pdu)
{
	struct smsc *s = b->smsc;

	if (b->wire == NULL)
		return;
	CHECK(wire_send(b->wire, pdu) == 0);
	if (s->events->trace != NULL)
		s->events->trace(s->owner, b->number, false, pdu);
}

static void
respond(struct smsc_bind *b, const struct pdu *pdu, uint32_t status,
    const char *message_id)
{
	struct smsc *s = b->smsc;
	struct late_response *late;
	struct pdu answer = {
		.command = pdu->command | PDU_RESPONSE,
		.sequence = pdu->sequence,
		.status = status,
	};

	if (s->knobs.never_responds)
		return;
	snprintf(
	    answer.message_id, sizeof(answer.message_id), "%s", message_id);
	if (s->knobs.response_ms == 0) {
		smsc_say(b, &answer);
		return;
	}
	late = malloc(sizeof(*late));
	CHECK(late != NULL);
	late->bind = b->number;
	late->due_ms = clock_steady_ms() + s->knobs.response_ms;
	late->pdu = answer;
	if (STAILQ_EMPTY(&s->late))
		smsc_arm(s->response, s->knobs.response_ms);
	STAILQ_INSERT_TAIL(&s->late, late, entry);
}

/* In the order they came: the knob is not turned in mid-traffic, or else the
 * earlier ones hold the later ones up. */
void
smsc_responses_due(evutil_socket_t fd, short what, void *arg)
{
	struct smsc *s = arg;
	int64_t now = clock_steady_ms();
	struct late_response *late;
	struct smsc_bind *b;

	(void)fd;
	(void)what;
	while ((late = STAILQ_FIRST(&s->late)) != NULL && late->due_ms <= now) {
		b = smsc_find_bind(s, late->bind);
		if (b != NULL)
			smsc_say(b, &late->pdu);
		STAILQ_REMOVE_HEAD(&s->late, entry);
		free(late);
	}
	if (late != NULL)
		smsc_arm(s->response, late->due_ms - now);
}

uint32_t
smsc_ask(struct smsc_bind *b, uint8_t *octets, size_t len, struct phone *whose)
{
	int64_t now = clock_steady_ms();
	struct window_request forgotten;
	uint32_t sequence, be;

	if (!window_has_room(b->window) &&
	    !window_take_oldest(b->window, now - REMEMBER_MS, &forgotten))
		return 0;
	sequence = window_put(b->window, now, NULL, whose);
	be = htonl(sequence);
	memcpy(octets + 12, &be, sizeof(be));
	wire_send_octets(b->wire, octets, len);
	b->smsc->figures.requests++;
	return sequence;
}

/* ---- the wire */

static void
bind_garbled(void *owner, const uint8_t *head, size_t len)
{
	struct pdu nack = {
		.command = PDU_GENERIC_NACK,
		.status = PDU_RINVCMDLEN,
	};

	(void)head;
	(void)len;
	smsc_say(owner, &nack);
	smsc_end_bind(owner, "impossible PDU length");
}

static void
bind_roomy(void *owner)
{
	(void)owner;
}

static void
bind_gone(void *owner, const char *why)
{
	smsc_end_bind(owner, why);
}

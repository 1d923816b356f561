/*
 * What the peer says. One row for each command that an ESME may hear; any
 * other is refused, and the link lives.
 */
#include <string.h>

#include "base/log.h"
#include "gateway/bind_inside.h"

struct heard {
	const struct pdu *pdu;
	const uint8_t *octets;
	size_t len;
};

static void bind_heard(void *owner, const uint8_t *octets, size_t len);
static void bind_hear(struct bind *b, const struct heard *h);
static void hear_request(struct bind *b, const struct heard *h);
static void hear_answer(struct bind *b, const struct heard *h);
static void hear_enquire(struct bind *b, const struct heard *h);
static void hear_nack(struct bind *b, const struct heard *h);
static void hear_bind(struct bind *b, const struct heard *h);
static void hear_unbind(struct bind *b, const struct heard *h);
static void hear_unbind_answer(struct bind *b, const struct heard *h);
static void hear_and_count(struct bind *b, const struct heard *h);
static void hear_stranger(struct bind *b, const struct heard *h);
static void bind_bad(struct bind *b, const struct pdu *pdu,
    enum pdu_verdict verdict, enum pdu_status answer);
static bool has_response(uint32_t command);
static void bind_garbled(void *owner, const uint8_t *head, size_t len);
static void bind_roomy(void *owner);
static void bind_gone(void *owner, const char *why);

const struct wire_events bind_wire_events = {
	.heard = bind_heard,
	.garbled = bind_garbled,
	.room = bind_roomy,
	.gone = bind_gone,
};

/* The commonest first. */
static const struct {
	uint32_t command;
	void (*hear)(struct bind *b, const struct heard *h);
} hearers[] = {
	{ PDU_DELIVER_SM, hear_request },
	{ PDU_SUBMIT_SM | PDU_RESPONSE, hear_answer },
	{ PDU_DATA_SM, hear_request },
	{ PDU_DATA_SM | PDU_RESPONSE, hear_answer },
	{ PDU_ENQUIRE_LINK, hear_enquire },
	{ PDU_ENQUIRE_LINK | PDU_RESPONSE, hear_and_count },
	{ PDU_GENERIC_NACK, hear_nack },
	{ PDU_BIND_TRANSCEIVER | PDU_RESPONSE, hear_bind },
	{ PDU_BIND_TRANSMITTER | PDU_RESPONSE, hear_bind },
	{ PDU_BIND_RECEIVER | PDU_RESPONSE, hear_bind },
	{ PDU_UNBIND, hear_unbind },
	{ PDU_UNBIND | PDU_RESPONSE, hear_unbind_answer },
	{ PDU_ALERT_NOTIFICATION, hear_and_count },
	{ PDU_OUTBIND, hear_and_count },
};

static void
bind_heard(void *owner, const uint8_t *octets, size_t len)
{
	struct bind *b = owner;
	struct pdu pdu;
	struct heard h = { &pdu, octets, len };
	enum pdu_status answer = PDU_ROK;
	enum pdu_verdict verdict = pdu_decode(octets, len, &pdu, &answer);

	b->figures.pdus_in++;
	bind_enter(b);
	/* A response completes by its header, whatever its body is like. */
	if (verdict == PDU_OK ||
	    (verdict == PDU_BAD_BODY && (pdu.command & PDU_RESPONSE) != 0))
		bind_hear(b, &h);
	else
		bind_bad(b, &pdu, verdict, answer);
	bind_leave(b);
}

static void
bind_hear(struct bind *b, const struct heard *h)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hearers); i++)
		if (hearers[i].command == h->pdu->command) {
			hearers[i].hear(b, h);
			return;
		}
	hear_stranger(b, h);
}

static void
hear_request(struct bind *b, const struct heard *h)
{
	if (b->state < BIND_BOUND || b->role == BIND_TRANSMITTER)
		bind_reply(
		    b, h->pdu->command, h->pdu->sequence, PDU_RINVBNDSTS);
	else if (b->state != BIND_BOUND)
		bind_reply(b, h->pdu->command, h->pdu->sequence, PDU_RX_T_APPN);
	else {
		b->owed++;
		b->events->request(b->owner, b,
		    &(struct link_request){
			h->pdu, h->octets, h->len, b->generation });
	}
}

static void
hear_answer(struct bind *b, const struct heard *h)
{
	bind_heard_answer(b, h->pdu);
}

static void
hear_enquire(struct bind *b, const struct heard *h)
{
	bind_reply(b, h->pdu->command, h->pdu->sequence, PDU_ROK);
}

/* The answer to whatever has that number. */
static void
hear_nack(struct bind *b, const struct heard *h)
{
	if (b->state == BIND_BINDING)
		bind_heard_bind(b, h->pdu);
	else if (b->unbinding && h->pdu->sequence == b->handshake)
		bind_heard_unbind_answer(b, h->pdu);
	else
		bind_heard_answer(b, h->pdu);
}

static void
hear_bind(struct bind *b, const struct heard *h)
{
	bind_heard_bind(b, h->pdu);
}

static void
hear_unbind(struct bind *b, const struct heard *h)
{
	bind_heard_unbind(b, h->pdu);
}

static void
hear_unbind_answer(struct bind *b, const struct heard *h)
{
	bind_heard_unbind_answer(b, h->pdu);
}

static void
hear_and_count(struct bind *b, const struct heard *h)
{
	(void)b;
	(void)h;
}

/* A command of the protocol that is none for an ESME. */
static void
hear_stranger(struct bind *b, const struct heard *h)
{
	b->figures.bad_in++;
	if ((h->pdu->command & PDU_RESPONSE) == 0)
		bind_reply(
		    b, h->pdu->command, h->pdu->sequence, PDU_RINVBNDSTS);
}

/* ---- what cannot be understood */

static void
bind_bad(struct bind *b, const struct pdu *pdu, enum pdu_verdict verdict,
    enum pdu_status answer)
{
	b->figures.bad_in++;
	log_line(LOG_LEVEL_DEBUG, b->name,
	    "cannot be understood command=%s sequence=%u answer=%s",
	    pdu_command_name(pdu->command), pdu->sequence,
	    pdu_status_name(answer));
	if (!has_response(pdu->command))
		return;
	if (verdict == PDU_UNKNOWN)
		bind_reply(b, PDU_GENERIC_NACK, pdu->sequence, PDU_RINVCMDID);
	else
		bind_reply(b, pdu->command, pdu->sequence, answer);
}

static bool
has_response(uint32_t command)
{
	return (command & PDU_RESPONSE) == 0 && command != PDU_OUTBIND &&
	    command != PDU_ALERT_NOTIFICATION;
}

static void
bind_garbled(void *owner, const uint8_t *head, size_t len)
{
	static const char *const others[] = { "HTTP", "GET ", "POST", "SSH-" };
	struct bind *b = owner;
	const char *why = "impossible PDU length";
	size_t i;

	bind_enter(b);
	b->figures.bad_in++;
	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (len >= 4 && memcmp(head, others[i], 4) == 0)
			why = "this is no SMPP: HTTP or the like";
	if (len >= 2 && head[0] == 0x16 && head[1] == 0x03)
		why = "this is no plain SMPP: TLS";
	/* The header may be cut or nonsense; 0 is then its number. */
	bind_reply(b, PDU_GENERIC_NACK, 0, PDU_RINVCMDLEN);
	bind_fall(b, why);
	bind_leave(b);
}

/* ---- the wire */

static void
bind_roomy(void *owner)
{
	struct bind *b = owner;

	bind_enter(b);
	b->events->room(b->owner, b);
	bind_leave(b);
}

static void
bind_gone(void *owner, const char *why)
{
	struct bind *b = owner;

	bind_enter(b);
	bind_fall(b, why);
	bind_leave(b);
}

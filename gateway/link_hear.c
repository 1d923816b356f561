/*
 * What the peer says. One row for each command that an ESME may hear; any
 * other is refused, and the link lives.
 */
#include <string.h>

#include "base/log.h"
#include "gateway/link_inside.h"

struct heard {
	const struct pdu *pdu;
	const uint8_t *octets;
	size_t len;
};

static void link_heard(void *owner, const uint8_t *octets, size_t len);
static void link_hear(struct link *l, const struct heard *h);
static void hear_request(struct link *l, const struct heard *h);
static void hear_answer(struct link *l, const struct heard *h);
static void hear_enquire(struct link *l, const struct heard *h);
static void hear_nack(struct link *l, const struct heard *h);
static void hear_bind(struct link *l, const struct heard *h);
static void hear_unbind(struct link *l, const struct heard *h);
static void hear_unbind_answer(struct link *l, const struct heard *h);
static void hear_and_count(struct link *l, const struct heard *h);
static void hear_stranger(struct link *l, const struct heard *h);
static void link_bad(struct link *l, const struct pdu *pdu,
    enum pdu_verdict verdict, enum pdu_status answer);
static bool has_response(uint32_t command);
static void link_garbled(void *owner, const uint8_t *head, size_t len);
static void link_roomy(void *owner);
static void link_gone(void *owner, const char *why);

const struct wire_events link_wire_events = {
	.heard = link_heard,
	.garbled = link_garbled,
	.room = link_roomy,
	.gone = link_gone,
};

/* The commonest first. */
static const struct {
	uint32_t command;
	void (*hear)(struct link *l, const struct heard *h);
} hearers[] = {
	{ PDU_DELIVER_SM, hear_request },
	{ PDU_SUBMIT_SM | PDU_RESPONSE, hear_answer },
	{ PDU_DATA_SM, hear_request },
	{ PDU_DATA_SM | PDU_RESPONSE, hear_answer },
	{ PDU_ENQUIRE_LINK, hear_enquire },
	{ PDU_ENQUIRE_LINK | PDU_RESPONSE, hear_and_count },
	{ PDU_GENERIC_NACK, hear_nack },
	{ PDU_BIND_TRANSCEIVER | PDU_RESPONSE, hear_bind },
	{ PDU_UNBIND, hear_unbind },
	{ PDU_UNBIND | PDU_RESPONSE, hear_unbind_answer },
	{ PDU_ALERT_NOTIFICATION, hear_and_count },
	{ PDU_OUTBIND, hear_and_count },
};

static void
link_heard(void *owner, const uint8_t *octets, size_t len)
{
	struct link *l = owner;
	struct pdu pdu;
	struct heard h = { &pdu, octets, len };
	enum pdu_status answer = PDU_ROK;
	enum pdu_verdict verdict = pdu_decode(octets, len, &pdu, &answer);

	l->figures.pdus_in++;
	link_enter(l);
	/* A response completes by its header, whatever its body is like. */
	if (verdict == PDU_OK ||
	    (verdict == PDU_BAD_BODY && (pdu.command & PDU_RESPONSE) != 0))
		link_hear(l, &h);
	else
		link_bad(l, &pdu, verdict, answer);
	link_leave(l);
}

static void
link_hear(struct link *l, const struct heard *h)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hearers); i++)
		if (hearers[i].command == h->pdu->command) {
			hearers[i].hear(l, h);
			return;
		}
	hear_stranger(l, h);
}

static void
hear_request(struct link *l, const struct heard *h)
{
	if (l->state < LINK_BOUND)
		link_reply(
		    l, h->pdu->command, h->pdu->sequence, PDU_RINVBNDSTS);
	else if (l->state != LINK_BOUND)
		link_reply(l, h->pdu->command, h->pdu->sequence, PDU_RX_T_APPN);
	else {
		l->owed++;
		l->events->request(l->owner, l, h->pdu, h->octets, h->len);
	}
}

static void
hear_answer(struct link *l, const struct heard *h)
{
	link_heard_answer(l, h->pdu);
}

static void
hear_enquire(struct link *l, const struct heard *h)
{
	link_reply(l, h->pdu->command, h->pdu->sequence, PDU_ROK);
}

/* The answer to whatever has that number. */
static void
hear_nack(struct link *l, const struct heard *h)
{
	if (l->state == LINK_BINDING)
		link_heard_bind(l, h->pdu);
	else if (l->unbinding && h->pdu->sequence == l->handshake)
		link_heard_unbind_answer(l, h->pdu);
	else
		link_heard_answer(l, h->pdu);
}

static void
hear_bind(struct link *l, const struct heard *h)
{
	link_heard_bind(l, h->pdu);
}

static void
hear_unbind(struct link *l, const struct heard *h)
{
	link_heard_unbind(l, h->pdu);
}

static void
hear_unbind_answer(struct link *l, const struct heard *h)
{
	link_heard_unbind_answer(l, h->pdu);
}

static void
hear_and_count(struct link *l, const struct heard *h)
{
	(void)l;
	(void)h;
}

/* A command of the protocol that is none for an ESME. */
static void
hear_stranger(struct link *l, const struct heard *h)
{
	l->figures.bad_in++;
	if ((h->pdu->command & PDU_RESPONSE) == 0)
		link_reply(
		    l, h->pdu->command, h->pdu->sequence, PDU_RINVBNDSTS);
}

/* ---- what cannot be understood */

static void
link_bad(struct link *l, const struct pdu *pdu, enum pdu_verdict verdict,
    enum pdu_status answer)
{
	l->figures.bad_in++;
	log_line(LOG_LEVEL_DEBUG, l->settings->name,
	    "cannot be understood command=%s sequence=%u answer=%s",
	    pdu_command_name(pdu->command), pdu->sequence,
	    pdu_status_name(answer));
	if (!has_response(pdu->command))
		return;
	if (verdict == PDU_UNKNOWN)
		link_reply(l, PDU_GENERIC_NACK, pdu->sequence, PDU_RINVCMDID);
	else
		link_reply(l, pdu->command, pdu->sequence, answer);
}

static bool
has_response(uint32_t command)
{
	return (command & PDU_RESPONSE) == 0 && command != PDU_OUTBIND &&
	    command != PDU_ALERT_NOTIFICATION;
}

static void
link_garbled(void *owner, const uint8_t *head, size_t len)
{
	static const char *const others[] = { "HTTP", "GET ", "POST", "SSH-" };
	struct link *l = owner;
	const char *why = "impossible PDU length";
	size_t i;

	link_enter(l);
	l->figures.bad_in++;
	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (len >= 4 && memcmp(head, others[i], 4) == 0)
			why = "this is no SMPP: HTTP or the like";
	if (len >= 2 && head[0] == 0x16 && head[1] == 0x03)
		why = "this is no plain SMPP: TLS";
	/* The header may be cut or nonsense; 0 is then its number. */
	link_reply(l, PDU_GENERIC_NACK, 0, PDU_RINVCMDLEN);
	link_fall(l, why);
	link_leave(l);
}

/* ---- the wire */

static void
link_roomy(void *owner)
{
	struct link *l = owner;

	link_enter(l);
	link_pump(l);
	link_leave(l);
}

static void
link_gone(void *owner, const char *why)
{
	struct link *l = owner;

	link_enter(l);
	link_fall(l, why);
	link_leave(l);
}

/*
 * A handset: what it says becomes a request to an ESME, by the dialect's
 * table; what it waits for is a screen, and not for ever.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/gsm.h"
#include "simulator/smsc_inside.h"

/* What does not fit short_message goes into message_payload. */
#define SHORT_MOST 254

/* What no handset makes of a text. */
struct octets {
	uint8_t data_coding;
	const uint8_t *at;
	size_t len;
};

static void phone_new_session(struct phone *p, const char *code);
static int phone_input(
    struct phone *p, const char *text, const struct octets *octets);
static void phone_number_session(struct phone *p);
static void remember(struct phone_octets *o, const uint8_t *octets, size_t len);
static int phone_send(
    struct phone *p, struct phone_octets *what, int bind, bool same_sequence);
static int phone_say_as(struct phone *p, enum ussd_event_kind event,
    const char *text, const struct octets *octets);
static void put_text(struct pdu *pdu, const struct dialect *d, const char *text,
    struct arena *a);
static void trace_request(
    struct phone *p, const struct phone_octets *what, int bind);

struct phone *
smsc_phone(struct smsc *s, const char *number)
{
	struct phone *p;

	HASH_FIND_STR(s->phones, number, p);
	if (p != NULL)
		return p;
	p = calloc(1, sizeof(*p));
	CHECK(p != NULL);
	p->smsc = s;
	snprintf(p->number, sizeof(p->number), "%s", number);
	HASH_ADD_STR(s->phones, number, p);
	return p;
}

void
phone_free(struct phone *p)
{
	smsc_join_free(p);
	free(p->last.at);
	free(p->dial.at);
	free(p);
}

const char *
phone_number(const struct phone *p)
{
	return p->number;
}

bool
phone_is_live(const struct phone *p)
{
	return p->live && !p->closing;
}

void
phone_set_owner(struct phone *p, void *owner)
{
	p->owner = owner;
}

void *
phone_owner(const struct phone *p)
{
	return p->owner;
}

void
phone_use_bind(struct phone *p, int bind)
{
	p->wish = bind;
}

/* ---- USSD */

int
phone_dial(struct phone *p, const char *code)
{
	phone_walk_away(p);
	phone_new_session(p, code);
	if (phone_say(p, USSD_BEGIN, "") == -1)
		return -1;
	remember(&p->dial, p->last.at, p->last.len);
	p->live = true;
	phone_await_screen(p);
	return 0;
}

int
phone_answer(struct phone *p, const char *text)
{
	return phone_input(p, text, NULL);
}

int
phone_answer_octets(
    struct phone *p, uint8_t data_coding, const uint8_t *octets, size_t len)
{
	return phone_input(p, "", &(struct octets){ data_coding, octets, len });
}

static int
phone_input(struct phone *p, const char *text, const struct octets *octets)
{
	if (!phone_is_live(p))
		return -1;
	p->turn++;
	if (phone_say_as(p, USSD_INPUT, text, octets) == -1)
		return -1;
	phone_await_screen(p);
	return 0;
}

/* Some dialects cannot say it: there, the operator never tells. */
int
phone_cancel(struct phone *p)
{
	if (!phone_is_live(p))
		return -1;
	p->turn++;
	if (phone_say(p, USSD_ABORT, "") == -1)
		(void)!phone_say(p, USSD_END, "");
	phone_walk_away(p);
	return 0;
}

int
phone_cut(struct phone *p)
{
	if (!phone_is_live(p))
		return -1;
	p->turn++;
	if (phone_say(p, USSD_END, "") == -1)
		(void)!phone_say(p, USSD_ABORT, "");
	phone_walk_away(p);
	return 0;
}

void
phone_walk_away(struct phone *p)
{
	phone_got_screen(p);
	p->live = p->closing = false;
}

static void
phone_new_session(struct phone *p, const char *code)
{
	if (!p->shares)
		phone_number_session(p);
	p->shares = false;
	p->turn = 0;
	p->bind = SMSC_ANY_BIND;
	snprintf(p->code, sizeof(p->code), "%s", code);
}

/* A number of which all the dialects' masks leave something. */
static void
phone_number_session(struct phone *p)
{
	const struct dialect *d = p->smsc->settings.dialect;
	uint32_t round = p->smsc->settings.session_numbers;
	uint32_t number = ++p->smsc->sessions;
	size_t i, octet, used;

	number = (round > 0 ? number % round : number) << 1;
	for (i = 0; i < 4; i++)
		p->session[i] = (uint8_t)(number >> (24 - 8 * i));
	memset(p->heard_as, 0, sizeof(p->heard_as));
	for (i = 0; i < d->part_count; i++) {
		const struct dialect_part *part = &d->parts[i];

		if (part->from == DIALECT_FROM_FIELD)
			memcpy(p->heard_as, p->session, 4);
		if (part->from != DIALECT_FROM_TLV || part->otherwise)
			continue;
		used = part->len < 4 ? part->len : 4;
		for (octet = 0; octet < used; octet++)
			p->heard_as[4 - used + octet] |=
			    (uint8_t)(part->mask[part->len - used + octet] &
				p->session[4 - used + octet]);
	}
}

void
phone_is_pushed(struct phone *p, const uint8_t session[4], const char *from)
{
	static const uint8_t none[4];

	phone_new_session(p, from);
	if (memcmp(session, none, sizeof(none)) == 0)
		return;
	memcpy(p->session, session, sizeof(p->session));
	memcpy(p->heard_as, session, sizeof(p->heard_as));
}

void
phone_share_session(struct phone *p, const struct phone *other)
{
	memcpy(p->session, other->session, sizeof(p->session));
	memcpy(p->heard_as, other->heard_as, sizeof(p->heard_as));
	p->shares = true;
}

int
phone_say(struct phone *p, enum ussd_event_kind event, const char *text)
{
	return phone_say_as(p, event, text, NULL);
}

static int
phone_say_as(struct phone *p, enum ussd_event_kind event, const char *text,
    const struct octets *octets)
{
	struct ussd_side side = {
		.msisdn = p->number,
		.code = p->code,
		.turn = p->turn,
	};
	struct arena *a = arena_new();
	struct pdu pdu;
	int result;

	memcpy(side.session, p->session, sizeof(side.session));
	result = dialect_play(
	    p->smsc->settings.dialect, event, &side, text, a, &pdu);
	if (octets != NULL) {
		pdu.data_coding = octets->data_coding;
		pdu.text = octets->at;
		pdu.text_len = octets->len;
	}
	if (result == 0)
		result = phone_request(p, &pdu);
	p->said = p->sequence;
	arena_free(a);
	return result;
}

/* ---- SMS */

int
phone_text(struct phone *p, const char *to, const char *text)
{
	struct pdu pdu = {
		.command = PDU_DELIVER_SM,
		.source = { .ton = 1, .npi = 1 },
		.dest = { .npi = 1 },
	};
	struct arena *a = arena_new();
	int result;

	snprintf(pdu.source.digits, sizeof(pdu.source.digits), "%s", p->number);
	snprintf(pdu.dest.digits, sizeof(pdu.dest.digits), "%s", to);
	put_text(&pdu, p->smsc->settings.dialect, text, a);
	result = phone_request(p, &pdu);
	arena_free(a);
	return result;
}

static void
put_text(
    struct pdu *pdu, const struct dialect *d, const char *text, struct arena *a)
{
	struct gsm_room room = gsm_measure(text, strlen(text));
	uint8_t *tlv;
	size_t len = 0;

	if (room.in_alphabet && d->text.zero == DIALECT_GSM7)
		pdu->text = gsm_encode(a, text, strlen(text), &pdu->text_len);
	else {
		pdu->data_coding = 0x08;
		pdu->text = gsm_to_utf16(a, text, strlen(text), &pdu->text_len);
	}
	if (pdu->text_len <= SHORT_MOST)
		return;
	tlv = arena_alloc(a, pdu->text_len + 4);
	CHECK(pdu_tlv_put(tlv, pdu->text_len + 4, &len, PDU_TAG_MESSAGE_PAYLOAD,
		  pdu->text, (uint16_t)pdu->text_len) == 0);
	pdu->tlvs = (struct pdu_tlvs){ tlv, len };
	pdu->text_len = 0;
}

/* ---- requests */

int
phone_request(struct phone *p, const struct pdu *pdu)
{
	struct smsc *s = p->smsc;
	int len = pdu_pack(pdu, s->scratch, sizeof(s->scratch));

	if (len == -1)
		return -1;
	remember(&p->last, s->scratch, (size_t)len);
	return phone_send(
	    p, &p->last, p->wish != SMSC_ANY_BIND ? p->wish : p->bind, false);
}

int
phone_repeat(struct phone *p, int bind, bool same_sequence)
{
	if (p->last.len == 0)
		return -1;
	return phone_send(p, &p->last, bind, same_sequence);
}

int
phone_repeat_dial(struct phone *p, int bind)
{
	if (p->dial.len == 0)
		return -1;
	return phone_send(p, &p->dial, bind, false);
}

static void
remember(struct phone_octets *o, const uint8_t *octets, size_t len)
{
	if (o->room < len) {
		o->at = realloc(o->at, len);
		CHECK(o->at != NULL);
		o->room = len;
	}
	memcpy(o->at, octets, len);
	o->len = len;
}

static int
phone_send(
    struct phone *p, struct phone_octets *what, int bind, bool same_sequence)
{
	struct smsc_bind *b = smsc_receiver(p->smsc, bind);

	if (b == NULL)
		return -1;
	p->bind = b->number;
	if (same_sequence) {
		wire_send_octets(b->wire, what->at, what->len);
		p->smsc->figures.requests++;
	} else {
		p->sequence = smsc_ask(b, what->at, what->len, p);
		if (p->sequence == 0)
			return -1;
	}
	if (p->smsc->events->trace != NULL)
		trace_request(p, what, b->number);
	return 0;
}

static void
trace_request(struct phone *p, const struct phone_octets *what, int bind)
{
	enum pdu_status answer;
	struct pdu pdu;

	(void)pdu_decode(what->at, what->len, &pdu, &answer);
	p->smsc->events->trace(p->smsc->owner, bind, false, &pdu);
}

/* ---- waiting for a screen: all wait equally long, so the first in the line
 * is the first to give up, and one timer does for all */

void
phone_await_screen(struct phone *p)
{
	struct smsc *s = p->smsc;

	phone_got_screen(p);
	p->waits = true;
	p->asked_ms = clock_steady_ms();
	TAILQ_INSERT_TAIL(&s->waiting, p, waiting);
	if (!s->silence_armed && s->settings.answer_ms > 0) {
		s->silence_armed = true;
		smsc_arm(s->silence, s->settings.answer_ms);
	}
}

void
phone_got_screen(struct phone *p)
{
	if (p->waits)
		TAILQ_REMOVE(&p->smsc->waiting, p, waiting);
	p->waits = false;
}

/* An SMS that is refused leaves a dialogue alone. */
void
phone_refused(struct phone *p, uint32_t sequence, uint32_t status)
{
	struct smsc *s = p->smsc;

	s->figures.refused++;
	if (sequence == p->said)
		phone_walk_away(p);
	if (s->events->refused != NULL)
		s->events->refused(s->owner, p, status);
}

void
phone_silence_due(evutil_socket_t fd, short what, void *arg)
{
	struct smsc *s = arg;
	int64_t asked_by = clock_steady_ms() - s->settings.answer_ms;
	struct phone *p;

	(void)fd;
	(void)what;
	while (
	    (p = TAILQ_FIRST(&s->waiting)) != NULL && p->asked_ms <= asked_by) {
		s->figures.silent++;
		phone_walk_away(p);
		if (s->events->silent != NULL)
			s->events->silent(s->owner, p);
	}
	s->silence_armed = p != NULL;
	if (p != NULL)
		smsc_arm(s->silence, p->asked_ms - asked_by);
}

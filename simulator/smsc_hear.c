/*
 * What an ESME's submit does at the operator: a screen of a dialogue, its
 * end, or an SMS with its receipt.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "simulator/smsc_inside.h"

/* SMPP v3.4, 5.2.12 and 5.2.17: a receipt; one is asked for. */
#define ESM_RECEIPT    0x04
#define RECEIPT_WANTED 0x03

static uint32_t hear_screen(
    struct smsc *s, const struct ussd_heard *heard, struct smsc_news *news);
static uint32_t hear_push(
    struct smsc *s, const struct ussd_heard *heard, struct smsc_news *news);
static void hear_end(struct smsc *s, struct phone *p, enum ussd_action action,
    struct smsc_news *news);
static uint32_t hear_sms(struct smsc *s, const struct pdu *pdu, struct arena *a,
    struct smsc_news *news);
static void send_receipt(
    struct smsc *s, const struct smsc_news *news, struct arena *a);
static const char *receipt_text(
    const char *id, const char *stat, struct arena *a);
static uint8_t message_state(const char *stat);

uint32_t
smsc_hear(struct smsc *s, const struct pdu *pdu, struct arena *a,
    struct smsc_news *news)
{
	struct ussd_heard heard;

	switch (dialect_hear(s->settings.dialect, pdu, a, &heard)) {
	case DIALECT_USSD:
		news->phone = smsc_phone(s, heard.msisdn);
		news->text = heard.text;
		news->from = arena_string(a, pdu->source.digits);
		return hear_screen(s, &heard, news);
	case DIALECT_OTHER:
		return hear_sms(s, pdu, a, news);
	case DIALECT_BAD:
		break;
	}
	return PDU_RX_P_APPN;
}

void
smsc_tell(struct smsc *s, const struct smsc_news *news, struct arena *a)
{
	if (news->acknowledged)
		(void)!phone_say(news->phone, USSD_ACKNOWLEDGED, "");
	if (news->receipt)
		send_receipt(s, news, a);
	if (news->kind == NEWS_SCREEN && s->events->screen != NULL)
		s->events->screen(
		    s->owner, news->phone, news->text, news->ended);
	if (news->kind == NEWS_SMS && s->events->sms != NULL)
		s->events->sms(s->owner, news->phone, news->from, news->text);
}

/* ---- USSD */

static uint32_t
hear_screen(
    struct smsc *s, const struct ussd_heard *heard, struct smsc_news *news)
{
	struct phone *p = news->phone;
	bool mine = p->live &&
	    memcmp(heard->session, p->heard_as, sizeof(p->heard_as)) == 0;

	if (heard->may_be_push && !p->live)
		return hear_push(s, heard, news);
	if (!mine && heard->action == USSD_RELEASE)
		return PDU_ROK; /* the second PDU of an end */
	if (!mine) {
		s->figures.stale++;
		return PDU_RSUBMITFAIL;
	}
	phone_got_screen(p);
	news->kind = NEWS_SCREEN;
	s->figures.screens++;
	if (heard->action != USSD_CONTINUE)
		hear_end(s, p, heard->action, news);
	return PDU_ROK;
}

/* A dialogue that the network begins; its menu is answered like any other. */
static uint32_t
hear_push(
    struct smsc *s, const struct ussd_heard *heard, struct smsc_news *news)
{
	struct phone *p = news->phone;

	phone_is_pushed(p, heard->session, news->from);
	p->live = heard->push != USSD_PUSH_NOTICE;
	news->kind = NEWS_SCREEN;
	news->ended = !p->live;
	s->figures.screens++;
	return PDU_ROK;
}

/* Where the last screen is a notice, the handset confirms it, and only then
 * the ESME releases: nothing is shown for that. */
static void
hear_end(struct smsc *s, struct phone *p, enum ussd_action action,
    struct smsc_news *news)
{
	const struct dialect_action *row =
	    &s->settings.dialect->actions[USSD_CLOSE];

	news->ended = true;
	if (p->closing)
		news->kind = NEWS_NONE;
	if (action == USSD_CLOSE &&
	    row->then == DIALECT_THEN_RELEASE_WHEN_ACKNOWLEDGED) {
		news->acknowledged = true;
		p->closing = true;
	} else
		p->live = p->closing = false;
}

/* ---- SMS */

static uint32_t
hear_sms(struct smsc *s, const struct pdu *pdu, struct arena *a,
    struct smsc_news *news)
{
	if (pdu->dest.digits[0] == '\0')
		return PDU_RINVDSTADR;
	news->phone = smsc_phone(s, pdu->dest.digits);
	news->from = arena_string(a, pdu->source.digits);
	news->text = smsc_join(
	    news->phone, pdu, dialect_text(s->settings.dialect, pdu, a), a);
	news->kind = news->text != NULL ? NEWS_SMS : NEWS_NONE;
	news->receipt = s->knobs.receipt != NULL &&
	    (pdu->registered_delivery & RECEIPT_WANTED) != 0;
	s->figures.texts++;
	return PDU_ROK;
}

static void
send_receipt(struct smsc *s, const struct smsc_news *news, struct arena *a)
{
	const char *stat = s->knobs.receipt, *id = news->message_id;
	uint8_t tlvs[128], state = message_state(stat);
	struct pdu pdu = {
		.command = PDU_DELIVER_SM,
		.esm_class = ESM_RECEIPT,
		.source = { .ton = 1, .npi = 1 },
	};
	struct smsc_bind *b;
	size_t len = 0;
	int packed;

	snprintf(pdu.source.digits, sizeof(pdu.source.digits), "%s",
	    phone_number(news->phone));
	snprintf(pdu.dest.digits, sizeof(pdu.dest.digits), "%s", news->from);
	pdu.text = (const uint8_t *)receipt_text(id, stat, a);
	pdu.text_len = strlen((const char *)pdu.text);
	CHECK(
	    pdu_tlv_put(tlvs, sizeof(tlvs), &len, PDU_TAG_RECEIPTED_MESSAGE_ID,
		id, (uint16_t)(strlen(id) + 1)) == 0);
	CHECK(pdu_tlv_put(tlvs, sizeof(tlvs), &len, PDU_TAG_MESSAGE_STATE,
		  &state, 1) == 0);
	pdu.tlvs = (struct pdu_tlvs){ tlvs, len };
	packed = pdu_pack(&pdu, s->scratch, sizeof(s->scratch));
	b = smsc_receiver(s, SMSC_ANY_BIND);
	if (packed == -1 || b == NULL)
		return;
	pdu.sequence = smsc_ask(b, s->scratch, (size_t)packed, NULL);
	if (pdu.sequence == 0)
		return;
	s->figures.receipts++;
	if (s->events->trace != NULL)
		s->events->trace(s->owner, b->number, false, &pdu);
}

/* SMPP v3.4, appendix B, and the form that everybody uses. */
static const char *
receipt_text(const char *id, const char *stat, struct arena *a)
{
	time_t now = (time_t)(clock_wall_ms() / 1000);
	bool delivered = strcmp(stat, "DELIVRD") == 0;
	struct tm utc;
	char when[16];

	gmtime_r(&now, &utc);
	strftime(when, sizeof(when), "%y%m%d%H%M", &utc);
	return arena_printf(a,
	    "id:%s sub:001 dlvrd:%03d submit date:%s "
	    "done date:%s stat:%s err:%03d text:",
	    id, delivered, when, when, stat, delivered ? 0 : 1);
}

static uint8_t
message_state(const char *stat)
{
	/* SMPP v3.4, 5.2.28, from 1 on. */
	static const char *const states[] = {
		"ENROUTE",
		"DELIVRD",
		"EXPIRED",
		"DELETED",
		"UNDELIV",
		"ACCEPTD",
		"UNKNOWN",
		"REJECTD",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(states); i++)
		if (strcmp(states[i], stat) == 0)
			return (uint8_t)(i + 1);
	return 7;
}

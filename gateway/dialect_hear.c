/*
 * What a PDU of ours means to an operator of that dialect: the first action
 * whose op, command and TLVs it has.
 *
 * Where a push looks like an answer, since no session is named in either, it
 * is heard as the answer that may be a push: such an operator tells them apart
 * by whether it has a session with that subscriber.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "gateway/dialect_parts.h"

static bool hear_action(
    const struct dialect_hearing *h, const char *text, enum ussd_action *out);
static bool sounds_like(
    const struct dialect_hearing *h, enum ussd_action action);
static void hear_push(const struct dialect_hearing *h, struct ussd_heard *out);
static void hear_session(const struct dialect_hearing *h, uint8_t session[4]);
static void hear_part(const struct dialect_hearing *h,
    const struct dialect_part *part, uint8_t session[4]);
static void hear_field(const struct dialect_hearing *h,
    const struct dialect_part *part, uint8_t session[4]);

enum dialect_verdict
dialect_hear(const struct dialect *d, const struct pdu *pdu, struct arena *a,
    struct ussd_heard *out)
{
	struct dialect_hearing h = { .d = d, .pdu = pdu, .arena = a };

	if (pdu->command != PDU_SUBMIT_SM && pdu->command != PDU_DATA_SM)
		return DIALECT_OTHER;
	dialect_scan(d, pdu, &h.scan);
	*out = (struct ussd_heard){
		.msisdn = arena_string(a, pdu->dest.digits),
		.text = dialect_hearing_text(&h),
	};
	if (!hear_action(&h, out->text, &out->action))
		return h.scan.op == -1 ? DIALECT_OTHER : DIALECT_BAD;
	hear_push(&h, out);
	hear_session(&h, out->session);
	return DIALECT_USSD;
}

const char *
dialect_hearing_text(struct dialect_hearing *h)
{
	const char *text = dialect_text(h->d, h->pdu, h->arena);

	if (!h->d->wrap.there)
		return text;
	dialect_wrap_split(&h->d->wrap, text, &h->fields);
	text = dialect_wrap_value(
	    &h->d->wrap, &h->fields, h->d->wrap.reply, h->arena);
	return text != NULL ? gsm_clean(h->arena, text, strlen(text)) : "";
}

/* Where a release looks like a last screen, having no text makes it one. */
static bool
hear_action(
    const struct dialect_hearing *h, const char *text, enum ussd_action *out)
{
	int i;

	*out = USSD_RELEASE;
	if (text[0] == '\0' && sounds_like(h, USSD_RELEASE))
		return true;
	for (i = 0; i < USSD_ACTIONS; i++) {
		*out = (enum ussd_action)i;
		if (sounds_like(h, *out))
			return true;
	}
	return false;
}

static void
hear_push(const struct dialect_hearing *h, struct ussd_heard *out)
{
	int i;

	for (i = USSD_PUSH_MENU; i < USSD_ACTIONS && !out->may_be_push; i++) {
		out->push = (enum ussd_action)i;
		out->may_be_push = sounds_like(h, out->push);
	}
}

static bool
sounds_like(const struct dialect_hearing *h, enum ussd_action action)
{
	const struct dialect_action *row = &h->d->actions[action];
	size_t i;

	if (!row->there || row->op != h->scan.op ||
	    row->command != h->pdu->command)
		return false;
	if (row->type != NULL && !dialect_leads(h, row->type))
		return false;
	for (i = 0; i < row->put_count; i++)
		if (!dialect_is_put(h, &row->puts[i]))
			return false;
	return dialect_session_fits(h, action);
}

bool
dialect_leads(const struct dialect_hearing *h, const char *type)
{
	const char *text = dialect_text(h->d, h->pdu, h->arena);
	size_t len = strlen(type);

	return strncmp(text, type, len) == 0 &&
	    (text[len] == '\0' || text[len] == h->d->wrap.between);
}

bool
dialect_is_put(const struct dialect_hearing *h, const struct dialect_put *put)
{
	const struct pdu_tlv *tlv = &h->scan.tlvs[put->tlv];
	uint8_t value[DIALECT_MASK];

	if (tlv->value == NULL)
		return put->fill == DIALECT_ECHO;
	memcpy(value, put->fill == DIALECT_CONSTANT ? put->value : tlv->value,
	    tlv->len);
	value[put->at] = (uint8_t)((value[put->at] & ~put->clear) | put->set);
	return memcmp(value, tlv->value, tlv->len) == 0;
}

bool
dialect_session_fits(const struct dialect_hearing *h, enum ussd_action action)
{
	const struct dialect *d = h->d;
	bool there = false, needed = false, counted = false;
	size_t i;

	for (i = 0; i < d->part_count; i++)
		if (d->parts[i].from == DIALECT_FROM_TLV) {
			there |= h->scan.tlvs[d->parts[i].tlv].value != NULL;
			needed |= !d->parts[i].optional;
		}
	for (i = 0; i < d->actions[action].put_count; i++)
		counted |= d->actions[action].puts[i].fill != DIALECT_ECHO;
	return action <= USSD_RELEASE ? there || !needed : !there || counted;
}

static void
hear_session(const struct dialect_hearing *h, uint8_t session[4])
{
	size_t i;

	for (i = 0; i < h->d->part_count; i++) {
		const struct dialect_part *part = &h->d->parts[i];

		if (part->from == DIALECT_FROM_TLV)
			hear_part(h, part, session);
		else if (part->from == DIALECT_FROM_FIELD)
			hear_field(h, part, session);
	}
}

static void
hear_part(const struct dialect_hearing *h, const struct dialect_part *part,
    uint8_t session[4])
{
	const uint8_t *value = h->scan.tlvs[part->tlv].value;
	size_t i, skip = part->len > 4 ? part->len - 4 : 0;

	if (value == NULL)
		return;
	for (i = skip; i < part->len; i++)
		session[4 - part->len + i] |=
		    (uint8_t)(value[part->at + i] & part->mask[i]);
}

static void
hear_field(const struct dialect_hearing *h, const struct dialect_part *part,
    uint8_t session[4])
{
	const char *field =
	    dialect_wrap_value(&h->d->wrap, &h->fields, part->field, h->arena);

	if (field != NULL && strlen(field) == 8 &&
	    text_from_hex(field, 8, session) == -1)
		memset(session, 0, 4);
}

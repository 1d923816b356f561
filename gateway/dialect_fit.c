/*
 * How well a PDU fits a dialect.
 *
 * One that fits several is likest to the dialect that accounts for most of
 * it: a session's TLV weighs more than an op, an op more than a habit, and a
 * TLV that the dialect does not know speaks against it.
 */
#include <string.h>

#include "gateway/dialect_fit.h"
#include "gateway/dialect_parts.h"

#define KEY_WEIGHS     3 /* a part of the session key, a field of the text */
#define BITS_WEIGH     2
#define STRANGER_COSTS 2 /* a TLV that the dialect does not name */

static enum ussd_event_kind kind_of(
    const struct ussd_event *event, const char *text);
static bool is_dialled(const char *code);
static const char *code_of(const struct dialect_reading *r, size_t place);
static int like_in(const struct dialect_reading *r);
static int like_rule(const struct dialect_reading *r);
static int like_destination(const struct dialect_reading *r);
static int like_out(const struct dialect_hearing *h, enum ussd_action action);
static int like_numbers(const struct dialect_hearing *h);
static int like_coding(const struct dialect_hearing *h);
static int like_key(const struct dialect *d, const struct dialect_scan *scan,
    const struct dialect_fields *fields, bool answers, struct arena *a);
static int like_service(const struct dialect *d, const struct pdu *pdu);
static int strangers(const struct dialect *d, const struct pdu *pdu);
static bool is_named(const struct dialect *d, uint16_t tag);

/* ---- in */

struct dialect_fit
dialect_fit_in(const struct dialect *d, const struct pdu *pdu, struct arena *a)
{
	struct dialect_reading r = { .d = d, .pdu = pdu, .arena = a };
	struct dialect_fit fit = { .fits = false };

	if (dialect_read(d, pdu, a, &fit.event) != DIALECT_USSD) {
		fit.why = dialect_why_in(d, pdu, a);
		return fit;
	}
	dialect_scan(d, pdu, &r.scan);
	dialect_reading_text(&r);
	fit.kind = kind_of(&fit.event, r.text);
	if (fit.kind == USSD_IGNORED)
		fit.why = dialect_why_in(d, pdu, a);
	else if (fit.kind == USSD_BEGIN && !is_dialled(fit.event.code))
		fit.why = arena_printf(a,
		    "it would begin, and \"%s\" is no code that one can dial",
		    fit.event.code);
	fit.fits = fit.why == NULL;
	fit.likeness = like_in(&r);
	/* What was dialled stands there, and this dialect looks elsewhere. */
	if (fit.kind == USSD_BEGIN && strpbrk(r.text, "*#") != NULL &&
	    is_dialled(r.text) && strcmp(r.text, fit.event.code) != 0)
		fit.likeness -= STRANGER_COSTS;
	return fit;
}

/* Where it depends on whether the session lives, a code tells that it does
 * not. */
static enum ussd_event_kind
kind_of(const struct ussd_event *event, const char *text)
{
	size_t len = strlen(text);

	if (event->kind_if_new == USSD_IGNORED)
		return event->kind_if_known;
	if (event->kind_if_known == USSD_IGNORED)
		return event->kind_if_new;
	return len > 2 && text[len - 1] == '#' ? event->kind_if_new
					       : event->kind_if_known;
}

static bool
is_dialled(const char *code)
{
	return code[0] != '\0' && code[strspn(code, "0123456789*#+")] == '\0';
}

const struct dialect_place *
dialect_fit_code_place(const struct dialect *d, const struct pdu *pdu,
    const char *code, struct arena *a)
{
	struct dialect_reading r = { .d = d, .pdu = pdu, .arena = a };
	size_t i;

	dialect_scan(d, pdu, &r.scan);
	dialect_reading_text(&r);
	for (i = 0; i < d->code_count; i++)
		if (strcmp(code_of(&r, i), code) == 0)
			return &d->code[i];
	return NULL;
}

static const char *
code_of(const struct dialect_reading *r, size_t place)
{
	struct dialect one = *r->d;
	struct ussd_event event;

	one.code[0] = r->d->code[place];
	one.code_count = 1;
	if (dialect_read(&one, r->pdu, r->arena, &event) != DIALECT_USSD)
		return "";
	return event.code;
}

const char *
dialect_fit_place(const struct dialect_place *place, struct arena *a)
{
	switch (place->from) {
	case DIALECT_FROM_TEXT:
		return "text";
	case DIALECT_FROM_DESTINATION:
		return "destination_addr";
	case DIALECT_FROM_SUBADDRESS:
		return "dest_subaddress";
	case DIALECT_FROM_FIELD:
		return arena_printf(a, "text_field_%s", place->field);
	case DIALECT_FROM_SOURCE:
	case DIALECT_FROM_TLV:
		break;
	}
	return "";
}

static int
like_in(const struct dialect_reading *r)
{
	return like_key(r->d, &r->scan, &r->fields, true, r->arena) +
	    like_rule(r) + like_destination(r) + like_service(r->d, r->pdu) -
	    strangers(r->d, r->pdu);
}

/* By what the rule that took it knew it; one that takes all knows nothing. */
static int
like_rule(const struct dialect_reading *r)
{
	const struct dialect_rule *rule = r->d->rules;
	const struct dialect_rule *end = rule + r->d->rule_count;

	for (; rule < end; rule++)
		if (dialect_rule_applies(r, rule))
			break;
	if (rule == end)
		return 0;
	if ((rule->conditions & DIALECT_IF_FIELD) != 0)
		return KEY_WEIGHS;
	if ((rule->conditions & (DIALECT_IF_OP | DIALECT_IF_BITS)) != 0)
		return 1;
	return (rule->conditions & ~(unsigned)DIALECT_IF_KNOWN) == 0 ? -1 : 0;
}

static int
like_destination(const struct dialect_reading *r)
{
	const char *digits = r->pdu->dest.digits;
	unsigned seen = r->d->seen.destinations;
	unsigned is = digits[0] == '\0'     ? DIALECT_NO_DESTINATION
	    : strpbrk(digits, "*#") != NULL ? DIALECT_TO_CODE
					    : DIALECT_TO_NUMBER;

	if (seen == 0)
		return 0;
	return (seen & is) != 0 ? 1 : -1;
}

/* ---- out */

struct dialect_fit
dialect_fit_out(const struct dialect *d, const struct pdu *pdu, struct arena *a)
{
	struct dialect_hearing h = { .d = d, .pdu = pdu, .arena = a };
	struct dialect_fit fit = { .fits = false };

	if (dialect_hear(d, pdu, a, &fit.heard) != DIALECT_USSD) {
		fit.why = dialect_why_out(d, pdu, a);
		return fit;
	}
	if (d->addresses.source == DIALECT_MSISDN &&
	    strcmp(pdu->source.digits, pdu->dest.digits) != 0) {
		fit.why = "the source address is not the subscriber's";
		return fit;
	}
	dialect_scan(d, pdu, &h.scan);
	(void)dialect_hearing_text(&h);
	fit.fits = true;
	fit.likeness = like_out(&h, fit.heard.action);
	return fit;
}

static int
like_out(const struct dialect_hearing *h, enum ussd_action action)
{
	const struct dialect *d = h->d;
	const struct dialect_action *row = &d->actions[action];
	bool answers = action <= USSD_RELEASE;
	int like = like_key(d, &h->scan, &h->fields, answers, h->arena) +
	    like_numbers(h) + like_coding(h) + like_service(d, h->pdu) -
	    strangers(d, h->pdu) - !answers;
	size_t i;

	for (i = 0; i < row->put_count; i++)
		if (h->scan.tlvs[row->puts[i].tlv].value != NULL &&
		    (row->puts[i].set | row->puts[i].clear) != 0)
			like += BITS_WEIGH;
	return like;
}

/* Constants and addresses, as this dialect would write them. */
static int
like_numbers(const struct dialect_hearing *h)
{
	const struct pdu *pdu = h->pdu;
	bool twice = strcmp(pdu->source.digits, pdu->dest.digits) == 0;
	int like = 0;

	like += pdu->esm_class == h->d->esm_class ? 1 : -1;
	like += pdu->priority_flag == h->d->priority_flag ? 1 : -1;
	if (h->d->addresses.source == DIALECT_MSISDN)
		return like + KEY_WEIGHS;
	return like - (twice ? KEY_WEIGHS : 0);
}

static int
like_coding(const struct dialect_hearing *h)
{
	const struct dialect_text *text = &h->d->text;

	if (h->pdu->text_len == 0)
		return 0;
	if (text->write == DIALECT_ALWAYS_UCS2)
		return h->pdu->data_coding == text->ucs2_coding ? 1 : -1;
	return h->pdu->data_coding == text->zero_coding ? 1 : 0;
}

/* ---- both */

static int
like_key(const struct dialect *d, const struct dialect_scan *scan,
    const struct dialect_fields *fields, bool answers, struct arena *a)
{
	int like = 0;
	size_t i;

	for (i = 0; i < d->part_count; i++) {
		const struct dialect_part *part = &d->parts[i];
		bool there = false;

		if (part->from == DIALECT_FROM_TLV)
			there = scan->tlvs[part->tlv].value != NULL;
		else if (part->from == DIALECT_FROM_FIELD)
			there = dialect_wrap_value(
				    &d->wrap, fields, part->field, a) != NULL;
		if (there)
			like += KEY_WEIGHS;
		else if (part->optional && answers)
			like--;
	}
	return like;
}

static int
like_service(const struct dialect *d, const struct pdu *pdu)
{
	const char *seen = d->seen.service_type;

	if (seen == NULL)
		seen = d->service_type;
	if (seen == NULL)
		return d->match.service_types != NULL ? 1 : 0;
	return strcmp(seen, pdu->service_type) == 0 ? 1 : -1;
}

/* Those of vendors, and those that some dialect makes a session's. */
static int
strangers(const struct dialect *d, const struct pdu *pdu)
{
	struct pdu_tlv tlv;
	size_t at = 0;
	int count = 0;

	while (pdu_tlv_next(pdu->tlvs, &at, &tlv))
		if ((tlv.tag >= 0x1380 ||
			tlv.tag == PDU_TAG_USER_MESSAGE_REFERENCE) &&
		    !is_named(d, tlv.tag))
			count++;
	return count > 8 ? 8 * STRANGER_COSTS : count * STRANGER_COSTS;
}

static bool
is_named(const struct dialect *d, uint16_t tag)
{
	size_t i;

	for (i = 0; i < d->tlv_count; i++)
		if (d->tlvs[i].tag == tag)
			return true;
	return false;
}

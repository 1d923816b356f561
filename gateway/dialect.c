/*
 * From a PDU to an event, by a dialect's table:
 *
 *	match -> judge by the rules -> session key -> turn -> words -> reference
 *
 * The first that does not find what it needs ends it. What comes out lives in
 * the arena and points at nothing of the PDU.
 */
#include <string.h>

#include "base/gsm.h"
#include "gateway/dialect_parts.h"

static bool may_be_ussd(const struct dialect_reading *r);
static bool judge(const struct dialect_reading *r, struct ussd_event *out);
static bool has_shape(const char *text, enum dialect_shape shape);
static void read_code_and_input(
    const struct dialect_reading *r, struct ussd_event *out);
static const char *read_place(
    const struct dialect_reading *r, const struct dialect_place *place);
static const char *subaddress(const struct dialect_reading *r);
static void read_ref(const struct dialect_reading *r, struct ussd_ref *ref);
static void read_address(
    const struct pdu_address *from, struct pdu_address *to);

enum dialect_verdict
dialect_read(const struct dialect *d, const struct pdu *pdu, struct arena *a,
    struct ussd_event *out)
{
	struct dialect_reading r = { .d = d, .pdu = pdu, .arena = a };

	if (!dialect_is_from_operator(d, pdu))
		return DIALECT_OTHER;
	dialect_scan(d, pdu, &r.scan);
	if (!may_be_ussd(&r))
		return DIALECT_OTHER;
	dialect_reading_text(&r);
	memset(out, 0, sizeof(*out));
	if (!judge(&r, out))
		return DIALECT_OTHER;
	if (dialect_key_read(&r, out) == -1)
		return DIALECT_BAD;
	dialect_key_turn(&r, out);
	read_code_and_input(&r, out);
	out->wants_release = out->kind_if_known == USSD_ACKNOWLEDGED &&
	    d->releases_when_acknowledged;
	read_ref(&r, &out->ref);
	return DIALECT_USSD;
}

/* ---- match */

bool
dialect_is_from_operator(const struct dialect *d, const struct pdu *pdu)
{
	if (pdu->command == PDU_DELIVER_SM)
		return d->match.deliver_sm;
	return pdu->command == PDU_DATA_SM && d->match.data_sm;
}

static bool
may_be_ussd(const struct dialect_reading *r)
{
	const struct dialect *d = r->d;
	unsigned type = (r->pdu->esm_class & DIALECT_ESM_TYPE) >> 2;

	if (r->scan.receipt || (d->match.op_required && r->scan.op == -1))
		return false;
	if (type != 0 && (d->abort_types >> type & 1) == 0)
		return false;
	return dialect_is_of_service(d, r->pdu->service_type);
}

bool
dialect_is_of_service(const struct dialect *d, const char *type)
{
	const char *const *known = d->match.service_types;

	if (known == NULL)
		return true;
	for (; *known != NULL; known++)
		if (strcmp(*known, type) == 0)
			return true;
	return false;
}

void
dialect_reading_text(struct dialect_reading *r)
{
	struct dialect_octets text = { r->pdu->text, r->pdu->text_len,
		r->pdu->data_coding };

	if (text.len == 0 && r->scan.payload.value != NULL) {
		text.octets = r->scan.payload.value;
		text.len = r->scan.payload.len;
	}
	r->text = dialect_text_read(r->d, r->pdu->esm_class, text, r->arena);
	if (r->d->wrap.there)
		dialect_wrap_split(&r->d->wrap, r->text, &r->fields);
}

/* ---- judge */

/*
 * The first rule that applies, once with the session known and once without.
 * A PDU with a message type in its esm_class is USSD only by a rule that
 * names that type; else it is some receipt. One without an op is USSD only by a
 * rule; else it is an SMS.
 */
static bool
judge(const struct dialect_reading *r, struct ussd_event *out)
{
	bool typed = (r->pdu->esm_class & DIALECT_ESM_TYPE) != 0;
	bool known = false, new = false;
	const struct dialect_rule *rule = r->d->rules;
	const struct dialect_rule *end = rule + r->d->rule_count;

	for (; rule < end && !(known && new); rule++) {
		bool asks = (rule->conditions & DIALECT_IF_KNOWN) != 0;

		if (!dialect_rule_applies(r, rule))
			continue;
		if (!known && (!asks || rule->known)) {
			out->kind_if_known = rule->event;
			known = true;
		}
		if (!new && (!asks || !rule->known)) {
			out->kind_if_new = rule->event;
			new = true;
		}
	}
	return known || new || (!typed && r->scan.op != -1);
}

/* Whether the session is known is judged by the caller. */
bool
dialect_rule_applies(
    const struct dialect_reading *r, const struct dialect_rule *rule)
{
	unsigned wants = rule->conditions;
	unsigned type = r->pdu->esm_class & DIALECT_ESM_TYPE;

	if ((wants & DIALECT_IF_OP) != 0 && r->scan.op != rule->op)
		return false;
	if ((wants & DIALECT_IF_NO_OP) != 0 && r->scan.op != -1)
		return false;
	if (type != ((wants & DIALECT_IF_ESM_CLASS) != 0 ? rule->esm_class : 0))
		return false;
	return dialect_rule_tlv(r, rule) && dialect_rule_text(r, rule);
}

bool
dialect_rule_tlv(
    const struct dialect_reading *r, const struct dialect_rule *rule)
{
	const uint8_t *value;

	if (rule->tlv == -1)
		return true;
	value = r->scan.tlvs[rule->tlv].value;
	if ((rule->conditions & DIALECT_IF_NO_TLV) != 0)
		return value == NULL;
	if (value == NULL)
		return false;
	return (rule->conditions & DIALECT_IF_BITS) == 0 ||
	    (value[rule->at] & rule->bits) == rule->value;
}

bool
dialect_rule_text(
    const struct dialect_reading *r, const struct dialect_rule *rule)
{
	unsigned wants = rule->conditions;

	if ((wants & DIALECT_IF_PREFIX) != 0 &&
	    strncmp(r->text, rule->prefix, rule->prefix_len) != 0)
		return false;
	if ((wants & DIALECT_IF_SHAPE) != 0 && !has_shape(r->text, rule->shape))
		return false;
	return (wants & DIALECT_IF_FIELD) == 0 ||
	    dialect_wrap_value(
		&r->d->wrap, &r->fields, rule->field, r->arena) != NULL;
}

static bool
has_shape(const char *text, enum dialect_shape shape)
{
	size_t len = strlen(text);

	switch (shape) {
	case DIALECT_SHAPE_CODE:
		return len > 2 && (text[0] == '*' || text[0] == '#') &&
		    text[len - 1] == '#' && strspn(text, "0123456789*#") == len;
	case DIALECT_SHAPE_EMPTY:
		return len == 0;
	case DIALECT_SHAPE_DIGITS:
		return len > 0 && strspn(text, "0123456789") == len;
	}
	return false;
}

/* ---- words */

static void
read_code_and_input(const struct dialect_reading *r, struct ussd_event *out)
{
	const struct dialect *d = r->d;
	enum ussd_event_kind a = out->kind_if_known, b = out->kind_if_new;
	size_t i;

	out->code = "";
	out->input = "";
	if (a == USSD_BEGIN || b == USSD_BEGIN)
		for (i = 0; i < d->code_count && out->code[0] == '\0'; i++)
			out->code = read_place(r, &d->code[i]);
	if (a == USSD_INPUT || b == USSD_INPUT || a == USSD_END ||
	    b == USSD_END)
		out->input = read_place(r, &d->input);
}

static const char *
read_place(const struct dialect_reading *r, const struct dialect_place *place)
{
	const char *value = "";

	switch (place->from) {
	case DIALECT_FROM_TEXT:
		return r->text;
	case DIALECT_FROM_SUBADDRESS:
		value = subaddress(r);
		break;
	case DIALECT_FROM_FIELD:
		value = dialect_wrap_value(
		    &r->d->wrap, &r->fields, place->field, r->arena);
		break;
	case DIALECT_FROM_DESTINATION:
		value = r->pdu->dest.digits;
		break;
	case DIALECT_FROM_SOURCE:
	case DIALECT_FROM_TLV:
		break;
	}
	if (value == NULL || value[0] == '\0')
		return "";
	return gsm_clean(r->arena, value, strlen(value));
}

/* SMPP v3.4, 5.3.2.16: a first octet from 0x80 on says what kind it is. */
static const char *
subaddress(const struct dialect_reading *r)
{
	struct pdu_tlv tlv = r->scan.subaddress;
	size_t kind = tlv.len > 0 && tlv.value[0] >= 0x80 ? 1 : 0;

	if (tlv.len <= kind)
		return "";
	return arena_copy(r->arena, tlv.value + kind, tlv.len - kind);
}

/* ---- the reference */

static void
read_ref(const struct dialect_reading *r, struct ussd_ref *ref)
{
	const struct dialect *d = r->d;
	const struct pdu_tlv *tlv;
	uint8_t tlvs[DIALECT_TLVS * (4 + DIALECT_MASK)];
	const char *fields;
	size_t i;

	read_address(&r->pdu->source, &ref->source);
	read_address(&r->pdu->dest, &ref->dest);
	memcpy(
	    ref->service_type, r->pdu->service_type, sizeof(ref->service_type));
	ref->data_coding = r->pdu->data_coding;
	for (i = 0; i < d->tlv_count; i++) {
		tlv = &r->scan.tlvs[i];
		if ((d->echoed >> i & 1) != 0 && tlv->value != NULL)
			CHECK(pdu_tlv_put(tlvs, sizeof(tlvs), &ref->tlvs_len,
				  tlv->tag, tlv->value, tlv->len) == 0);
	}
	ref->tlvs = arena_copy(r->arena, tlvs, ref->tlvs_len);
	if (!d->wrap.there)
		return;
	fields = dialect_wrap_echoed(&d->wrap, &r->fields, r->arena);
	ref->fields = (const uint8_t *)fields;
	ref->fields_len = strlen(fields);
}

/* Only what is in use: an address has room for 65 digits. */
static void
read_address(const struct pdu_address *from, struct pdu_address *to)
{
	to->ton = from->ton;
	to->npi = from->npi;
	memcpy(to->digits, from->digits, strlen(from->digits) + 1);
}

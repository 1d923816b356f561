/*
 * The same table read from the operator's chair, for the operator in a box:
 * the PDU by which it would tell an event.
 *
 * The first rule for that event is turned around, its conditions made true
 * and those of the rules before it false; what comes out is read back by
 * dialect_read, and where it is not the event, the next rule is tried.
 */
#include <string.h>

#include "gateway/dialect_parts.h"

/* op, message_payload's header, and each TLV of the table. */
#define TLVS_MAX (5 + 4 + DIALECT_TLVS * (4 + DIALECT_MASK))

#define TEXT_MAX 254

struct playing {
	const struct dialect *d;
	const struct dialect_rule *rule;
	enum ussd_event_kind event;
	const struct ussd_side *side;
	const char *text;
	struct arena *arena;
	struct pdu *pdu;
	struct dialect_octets octets;
	uint8_t tlvs[DIALECT_TLVS][DIALECT_MASK];
	bool there[DIALECT_TLVS];
};

static bool play_rule(struct playing *p);
static bool tells(const struct playing *p);
static void play_addresses(struct playing *p);
static const struct dialect_place *code_place(const struct dialect *d);
static void copy_words(char *out, size_t room, const char *from);
static void play_session(struct playing *p);
static void play_part(struct playing *p, const struct dialect_part *part);
static void play_bits(struct playing *p);
static void play_octet(
    struct playing *p, const struct dialect_rule *rule, uint8_t value);
static void play_text(struct playing *p);
static const char *plain_text(const struct playing *p);
static const char *wrapped_text(const struct playing *p, const char *text);
static const char *with_field(const struct playing *p, const char *whole,
    const char *id, const char *value);
static void play_tlvs(struct playing *p);
static int op_of(const struct playing *p);

int
dialect_play(const struct dialect *d, enum ussd_event_kind event,
    const struct ussd_side *side, const char *text, struct arena *a,
    struct pdu *out)
{
	size_t i;

	for (i = 0; i < d->rule_count; i++) {
		struct playing p = { d, &d->rules[i], event, side, text, a, out,
			{ NULL, 0, 0 }, { { 0 } }, { false } };

		if (d->rules[i].event == event && play_rule(&p))
			return 0;
	}
	return -1;
}

static bool
play_rule(struct playing *p)
{
	const struct dialect *d = p->d;

	*p->pdu = (struct pdu){ .command = d->match.deliver_sm ? PDU_DELIVER_SM
							       : PDU_DATA_SM };
	if (d->match.service_types != NULL)
		copy_words(p->pdu->service_type, sizeof(p->pdu->service_type),
		    d->match.service_types[0]);
	if ((p->rule->conditions & DIALECT_IF_ESM_CLASS) != 0)
		p->pdu->esm_class = p->rule->esm_class;
	play_addresses(p);
	play_session(p);
	play_bits(p);
	play_text(p);
	play_tlvs(p);
	return tells(p);
}

/* The proof: we would read it as what it is meant to be. */
static bool
tells(const struct playing *p)
{
	struct ussd_event read;

	if (dialect_read(p->d, p->pdu, p->arena, &read) != DIALECT_USSD)
		return false;
	return p->event ==
	    (p->event == USSD_BEGIN ? read.kind_if_new : read.kind_if_known);
}

static void
play_addresses(struct playing *p)
{
	struct pdu_address *source = &p->pdu->source, *dest = &p->pdu->dest;
	const char *code = p->side->code, *base = code + strspn(code, "*#");

	source->ton = source->npi = 1;
	dest->npi = 1;
	copy_words(source->digits, sizeof(source->digits), p->side->msisdn);
	if (p->d->addresses.source == DIALECT_MSISDN)
		*dest = *source;
	else if (code_place(p->d)->from == DIALECT_FROM_DESTINATION)
		copy_words(dest->digits, sizeof(dest->digits), code);
	else
		copy_words(dest->digits, 1 + strspn(base, "0123456789"), base);
}

/* The first place that this side can write; a text at the last. */
static const struct dialect_place *
code_place(const struct dialect *d)
{
	static const struct dialect_place text = { DIALECT_FROM_TEXT, NULL };
	size_t i;

	for (i = 0; i < d->code_count; i++)
		if (d->code[i].from != DIALECT_FROM_SUBADDRESS)
			return &d->code[i];
	return &text;
}

static void
copy_words(char *out, size_t room, const char *from)
{
	size_t len = strnlen(from, room - 1);

	memcpy(out, from, len);
	out[len] = '\0';
}

static void
play_session(struct playing *p)
{
	const struct dialect *d = p->d;
	const struct dialect_turn *turn = &d->turn;
	size_t i;

	for (i = 0; i < d->part_count; i++)
		if (d->parts[i].from == DIALECT_FROM_TLV &&
		    !d->parts[i].otherwise)
			play_part(p, &d->parts[i]);
	if (!turn->there)
		return;
	p->there[turn->tlv] = true;
	p->tlvs[turn->tlv][turn->at] |=
	    (uint8_t)(p->side->turn << turn->shift & turn->mask);
}

/* The session's number, its last octet last. */
static void
play_part(struct playing *p, const struct dialect_part *part)
{
	const size_t most = sizeof(p->side->session);
	uint8_t *value = p->tlvs[part->tlv] + part->at;
	size_t i, used = part->len < most ? part->len : most;

	p->there[part->tlv] = true;
	for (i = 0; i < used; i++)
		value[part->len - used + i] |=
		    (uint8_t)(part->mask[part->len - used + i] &
			p->side->session[most - used + i]);
}

/* Bits that an earlier rule would take are turned away from it first. */
static void
play_bits(struct playing *p)
{
	const struct dialect_rule *rule;

	for (rule = p->d->rules; rule <= p->rule; rule++) {
		if ((rule->conditions & DIALECT_IF_BITS) != 0)
			play_octet(p, rule,
			    rule == p->rule
				? rule->value
				: (uint8_t)(rule->value ^ rule->bits));
		else if (rule == p->rule && rule->tlv != -1)
			p->there[rule->tlv] =
			    (rule->conditions & DIALECT_IF_TLV) != 0;
	}
}

static void
play_octet(struct playing *p, const struct dialect_rule *rule, uint8_t value)
{
	uint8_t *octet = &p->tlvs[rule->tlv][rule->at];

	*octet = (uint8_t)((*octet & ~rule->bits) | value);
	p->there[rule->tlv] = true;
}

static void
play_text(struct playing *p)
{
	const char *text = plain_text(p);

	if (p->d->wrap.there)
		text = wrapped_text(p, text);
	/* A citizen's keys are not bound by a screen's room. */
	if (dialect_text_write(p->d, text, p->arena, &p->octets) == -1 &&
	    p->octets.len > TEXT_MAX)
		p->octets.len = TEXT_MAX;
	p->pdu->data_coding = p->octets.data_coding;
	if (p->pdu->command == PDU_DATA_SM)
		return;
	p->pdu->text = p->octets.octets;
	p->pdu->text_len = p->octets.len;
	p->octets.len = 0;
}

static const char *
plain_text(const struct playing *p)
{
	if ((p->rule->conditions & DIALECT_IF_PREFIX) != 0 &&
	    strncmp(p->text, p->rule->prefix, p->rule->prefix_len) != 0)
		return p->rule->prefix;
	if (p->event == USSD_BEGIN &&
	    code_place(p->d)->from == DIALECT_FROM_TEXT)
		return p->side->code;
	if (p->event == USSD_INPUT || p->event == USSD_END ||
	    p->event == USSD_BEGIN)
		return p->text;
	return "";
}

static const char *
wrapped_text(const struct playing *p, const char *text)
{
	const struct dialect *d = p->d;
	const uint8_t *s = p->side->session;
	const char *whole = d->wrap.typed ? "1" : "", *field = NULL;
	size_t i;

	for (i = 0; i < d->part_count; i++)
		if (d->parts[i].from == DIALECT_FROM_FIELD)
			whole = with_field(p, whole, d->parts[i].field,
			    arena_printf(p->arena, "%02x%02x%02x%02x", s[0],
				s[1], s[2], s[3]));
	if (p->event == USSD_BEGIN)
		field = code_place(d)->field;
	else if (p->event == USSD_INPUT || p->event == USSD_END)
		field = d->input.field;
	if (field != NULL)
		whole = with_field(p, whole, field,
		    p->event == USSD_BEGIN ? p->side->code : text);
	if (p->rule->field != NULL &&
	    (field == NULL || strcmp(field, p->rule->field) != 0))
		whole = with_field(p, whole, p->rule->field, "1");
	/* Each field is led by a separator; a first one needs none. */
	return d->wrap.typed ? whole : whole + 1;
}

static const char *
with_field(const struct playing *p, const char *whole, const char *id,
    const char *value)
{
	return arena_printf(p->arena, "%s%s", whole,
	    dialect_wrap_field(&p->d->wrap, id, value, p->arena));
}

static void
play_tlvs(struct playing *p)
{
	size_t i, len = 0, room = TLVS_MAX + p->octets.len;
	uint8_t *tlvs = arena_alloc(p->arena, room), octet;
	int op = op_of(p);

	octet = (uint8_t)op;
	if (op != -1)
		CHECK(pdu_tlv_put(tlvs, room, &len, PDU_TAG_USSD_SERVICE_OP,
			  &octet, 1) == 0);
	for (i = 0; i < p->d->tlv_count; i++)
		if (p->there[i])
			CHECK(pdu_tlv_put(tlvs, room, &len, p->d->tlvs[i].tag,
				  p->tlvs[i], p->d->tlvs[i].len) == 0);
	if (p->octets.len > 0)
		CHECK(pdu_tlv_put(tlvs, room, &len, PDU_TAG_MESSAGE_PAYLOAD,
			  p->octets.octets, (uint16_t)p->octets.len) == 0);
	p->pdu->tlvs = (struct pdu_tlvs){ tlvs, len };
}

/* A rule that leaves the op open is played with the op of another one for
 * the same event, or with that of an input. */
static int
op_of(const struct playing *p)
{
	const struct dialect *d = p->d;
	int op = -1;
	size_t i;

	if ((p->rule->conditions & DIALECT_IF_OP) != 0)
		return p->rule->op;
	if ((p->rule->conditions & DIALECT_IF_NO_OP) != 0)
		return -1;
	for (i = 0; i < d->rule_count; i++) {
		const struct dialect_rule *other = &d->rules[i];

		if ((other->conditions & DIALECT_IF_OP) == 0)
			continue;
		if (other->event == p->event)
			return other->op;
		if (other->event == USSD_INPUT && op == -1)
			op = other->op;
	}
	return op == -1 && d->match.op_required ? 0x12 : op;
}

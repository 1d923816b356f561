/*
 * Why a PDU is nothing in a dialect: the field or the rule that it fails at,
 * in the order in which dialect_read and dialect_hear look.
 */
#include <string.h>

#include "gateway/dialect_fit.h"
#include "gateway/dialect_parts.h"

static const char *why_no_match(const struct dialect_reading *r);
static const char *why_no_rule(const struct dialect_reading *r);
static const char *why_not_this(
    const struct dialect_reading *r, const struct dialect_rule *rule);
static const char *ops_taken(const struct dialect *d, struct arena *a);
static const char *why_no_key(const struct dialect_reading *r);
static const char *why_no_part(
    const struct dialect_reading *r, const struct dialect_part *part);
static const char *why_no_tlv(
    const struct dialect *d, const struct pdu *pdu, int tlv, struct arena *a);
static const char *why_not_action(
    const struct dialect_hearing *h, enum ussd_action action);
static const char *why_not_put(const struct dialect_hearing *h,
    const char *action, const struct dialect_put *put);
static const char *ops_sent(const struct dialect *d, struct arena *a);
static const char *op_name(int op, struct arena *a);
static const char *words(const char *const *list, struct arena *a);

/* ---- in */

const char *
dialect_why_in(const struct dialect *d, const struct pdu *pdu, struct arena *a)
{
	struct dialect_reading r = { .d = d, .pdu = pdu, .arena = a };
	const char *why;

	dialect_scan(d, pdu, &r.scan);
	dialect_reading_text(&r);
	why = why_no_match(&r);
	if (why == NULL)
		why = why_no_rule(&r);
	if (why == NULL)
		why = why_no_key(&r);
	return why != NULL ? why : "nothing of it is known here";
}

static const char *
why_no_match(const struct dialect_reading *r)
{
	const struct dialect *d = r->d;
	unsigned type = r->pdu->esm_class & DIALECT_ESM_TYPE;

	if (!dialect_is_from_operator(d, r->pdu))
		return arena_printf(r->arena, "`match` takes no %s",
		    pdu_command_name(r->pdu->command));
	if (r->scan.receipt)
		return "it is a delivery receipt";
	if (d->match.op_required && r->scan.op == -1)
		return "ussd_service_op is missing";
	if (type != 0 && (d->abort_types >> (type >> 2) & 1) == 0)
		return arena_printf(r->arena,
		    "no rule names the message type 0x%02x of its esm_class",
		    type);
	if (!dialect_is_of_service(d, r->pdu->service_type))
		return arena_printf(r->arena,
		    "service_type \"%s\" is none of `match`: %s",
		    r->pdu->service_type,
		    words(d->match.service_types, r->arena));
	return NULL;
}

/* The first rule that might have been meant. */
static const char *
why_no_rule(const struct dialect_reading *r)
{
	const struct dialect_rule *rule = r->d->rules;
	const struct dialect_rule *end = rule + r->d->rule_count;
	const char *why = NULL;

	for (; rule < end; rule++) {
		if (dialect_rule_applies(r, rule))
			return rule->event != USSD_IGNORED
			    ? NULL
			    : arena_printf(r->arena,
				  "the rule of line %d has it ignored",
				  rule->line);
		if (why == NULL)
			why = why_not_this(r, rule);
	}
	if (why != NULL)
		return why;
	return arena_printf(r->arena, "no rule takes %s; they take %s",
	    op_name(r->scan.op, r->arena), ops_taken(r->d, r->arena));
}

/* Of a rule for this op, or for any: what else it wants. */
static const char *
why_not_this(const struct dialect_reading *r, const struct dialect_rule *rule)
{
	bool of_op = (rule->conditions & DIALECT_IF_OP) != 0
	    ? rule->op == r->scan.op
	    : (rule->conditions & DIALECT_IF_NO_OP) != 0 && r->scan.op == -1;

	if (!of_op)
		return NULL;
	if (!dialect_rule_tlv(r, rule))
		return arena_printf(r->arena,
		    "the rule of line %d, for %s, wants another %s", rule->line,
		    op_name(r->scan.op, r->arena), r->d->tlvs[rule->tlv].name);
	if (!dialect_rule_text(r, rule))
		return arena_printf(r->arena,
		    "the rule of line %d, for %s, wants another text",
		    rule->line, op_name(r->scan.op, r->arena));
	return arena_printf(r->arena,
	    "the rule of line %d, for %s, wants another esm_class", rule->line,
	    op_name(r->scan.op, r->arena));
}

static const char *
ops_taken(const struct dialect *d, struct arena *a)
{
	const char *list = "";
	size_t i;

	for (i = 0; i < d->rule_count; i++)
		if ((d->rules[i].conditions & DIALECT_IF_OP) != 0)
			list = arena_printf(a, "%s%s%02x", list,
			    list[0] == '\0' ? "" : ", ", d->rules[i].op);
	return list[0] != '\0' ? list : "what its rules find in other fields";
}

static const char *
why_no_key(const struct dialect_reading *r)
{
	const struct dialect *d = r->d;
	const char *why = NULL;
	size_t i;

	if (r->pdu->source.digits[0] == '\0' && !d->global)
		return "the source address is empty";
	for (i = 0; i < d->part_count; i++) {
		const char *now = why_no_part(r, &d->parts[i]);

		if (d->parts[i].otherwise && now == NULL)
			why = NULL;
		else if (!d->parts[i].optional && why == NULL)
			why = now;
	}
	return why;
}

static const char *
why_no_part(const struct dialect_reading *r, const struct dialect_part *part)
{
	switch (part->from) {
	case DIALECT_FROM_TLV:
		return why_no_tlv(r->d, r->pdu, part->tlv, r->arena);
	case DIALECT_FROM_FIELD:
		if (dialect_wrap_value(
			&r->d->wrap, &r->fields, part->field, r->arena) != NULL)
			return NULL;
		return arena_printf(r->arena,
		    "the text has no field %s, by which a session is known",
		    part->field);
	case DIALECT_FROM_DESTINATION:
		return r->pdu->dest.digits[0] == '\0'
		    ? "the destination address is empty"
		    : NULL;
	case DIALECT_FROM_SOURCE:
	case DIALECT_FROM_TEXT:
	case DIALECT_FROM_SUBADDRESS:
		break;
	}
	return NULL;
}

static const char *
why_no_tlv(
    const struct dialect *d, const struct pdu *pdu, int tlv, struct arena *a)
{
	const struct dialect_tlv *row = &d->tlvs[tlv];
	struct pdu_tlv found;

	if (!pdu_tlv_find(pdu->tlvs, row->tag, &found))
		return arena_printf(a,
		    "%s (0x%04x) is missing, by which a session is known",
		    row->name, row->tag);
	if (found.len != row->len)
		return arena_printf(a, "%s (0x%04x) has %d octets and not %d",
		    row->name, row->tag, found.len, row->len);
	return NULL;
}

/* ---- out */

const char *
dialect_why_out(const struct dialect *d, const struct pdu *pdu, struct arena *a)
{
	struct dialect_hearing h = { .d = d, .pdu = pdu, .arena = a };
	const char *why;
	int i;

	dialect_scan(d, pdu, &h.scan);
	(void)dialect_hearing_text(&h);
	for (i = 0; i < USSD_ACTIONS; i++) {
		if (!d->actions[i].there || d->actions[i].op != h.scan.op)
			continue;
		why = why_not_action(&h, (enum ussd_action)i);
		if (why != NULL)
			return why;
	}
	return arena_printf(a, "no action sends %s; they send %s",
	    op_name(h.scan.op, a), ops_sent(d, a));
}

static const char *
why_not_action(const struct dialect_hearing *h, enum ussd_action action)
{
	const struct dialect_action *row = &h->d->actions[action];
	const char *name = dialects_action_name(action), *why;
	size_t i;

	if (row->command != h->pdu->command)
		return arena_printf(h->arena, "'%s' goes out as %s", name,
		    pdu_command_name(row->command));
	if (row->type != NULL && !dialect_leads(h, row->type))
		return arena_printf(
		    h->arena, "'%s' leads its text by \"%s\"", name, row->type);
	for (i = 0; i < row->put_count; i++)
		if (!dialect_is_put(h, &row->puts[i]))
			return why_not_put(h, name, &row->puts[i]);
	if (dialect_session_fits(h, action))
		return NULL;
	if (action > USSD_RELEASE)
		return arena_printf(
		    h->arena, "'%s' names no session, and this does", name);
	for (i = 0; i < h->d->part_count; i++) {
		why = h->d->parts[i].from != DIALECT_FROM_TLV
		    ? NULL
		    : why_no_tlv(h->d, h->pdu, h->d->parts[i].tlv, h->arena);
		if (why != NULL)
			return why;
	}
	return NULL;
}

static const char *
why_not_put(const struct dialect_hearing *h, const char *action,
    const struct dialect_put *put)
{
	const char *tlv = h->d->tlvs[put->tlv].name;

	if (h->scan.tlvs[put->tlv].value == NULL)
		return why_no_tlv(h->d, h->pdu, put->tlv, h->arena);
	if (put->set != 0)
		return arena_printf(h->arena,
		    "'%s' sets bits 0x%02x in octet %d of %s", action, put->set,
		    put->at + 1, tlv);
	if (put->clear != 0)
		return arena_printf(h->arena,
		    "'%s' clears bits 0x%02x in octet %d of %s", action,
		    put->clear, put->at + 1, tlv);
	return arena_printf(
	    h->arena, "'%s' has another value in %s", action, tlv);
}

static const char *
ops_sent(const struct dialect *d, struct arena *a)
{
	const char *list = "";
	int i;

	for (i = 0; i < USSD_ACTIONS; i++)
		if (d->actions[i].there)
			list = arena_printf(a, "%s%s%s for '%s'", list,
			    list[0] == '\0' ? "" : ", ",
			    op_name(d->actions[i].op, a),
			    dialects_action_name((enum ussd_action)i));
	return list;
}

/* ---- words */

static const char *
op_name(int op, struct arena *a)
{
	return op == -1 ? "no op" : arena_printf(a, "op %02x", (unsigned)op);
}

static const char *
words(const char *const *list, struct arena *a)
{
	const char *all = "";

	for (; *list != NULL; list++)
		all = arena_printf(
		    a, "%s%s\"%s\"", all, all[0] == '\0' ? "" : ", ", *list);
	return all;
}

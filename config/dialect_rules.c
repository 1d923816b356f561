/*
 * What comes in: the ordered rules that name an event, and where the dialled
 * code and the typed input stand.
 */
#include <stddef.h>
#include <string.h>

#include "config/dialect_parse.h"

static void read_rules(
    const struct dialect_parse *p, const config_setting_t *group);
static void read_rule(const struct dialect_parse *p,
    const config_setting_t *one, struct dialect_rule *rule);
static void read_op(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_rule *rule);
static void read_tlv(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_rule *rule);
static void read_esm_class(const struct dialect_parse *p,
    const config_setting_t *one, struct dialect_rule *rule);
static void read_text(const struct dialect_parse *p,
    const config_setting_t *one, struct dialect_rule *rule);
static void read_places(
    const struct dialect_parse *p, const config_setting_t *group);

static const char *const shape_words[] = { "code", "empty", "digits", NULL };

void
dialect_parse_inbound(const struct dialect_parse *p)
{
	const config_setting_t *group =
	    config_setting_get_member(p->group, "inbound");

	if (group == NULL || !config_setting_is_group(group))
		return;
	read_rules(p, group);
	read_places(p, group);
}

static void
read_rules(const struct dialect_parse *p, const config_setting_t *group)
{
	const config_setting_t *list =
	    config_setting_get_member(group, "rules");
	struct dialect_rule *rules;
	int i, count;

	if (list == NULL || !config_setting_is_list(list))
		return;
	count = config_setting_length(list);
	rules = arena_array(p->arena, (size_t)count + 1, sizeof(*rules));
	for (i = 0; i < count; i++)
		read_rule(
		    p, config_setting_get_elem(list, (unsigned)i), &rules[i]);
	p->d->rules = rules;
	p->d->rule_count = (size_t)count;
}

/* ---- one rule */

struct rule_row {
	int event;
	int op, octet, bits, esm_class, shape;
	bool no_op, absent, clear, known;
	const char *tlv, *prefix, *field;
};

#define AT(field) offsetof(struct rule_row, field)
static const struct schema_key rule_keys[] = {
	{ "event", SCHEMA_CHOICE, AT(event), 0, 0, NULL, "What it is.",
	    dialect_event_words, false },
	{ "op", SCHEMA_NUMBER, AT(op), 0, 0xff, NULL,
	    "If ussd_service_op is this octet.", NULL, true },
	{ "no_op", SCHEMA_FLAG, AT(no_op), 0, 0, NULL,
	    "If there is no ussd_service_op.", NULL, true },
	{ "tlv", SCHEMA_TEXT, AT(tlv), 1, 40, NULL, "If this TLV is there.",
	    NULL, true },
	{ "absent", SCHEMA_FLAG, AT(absent), 0, 0, NULL, "If it is not there.",
	    NULL, true },
	{ "octet", SCHEMA_NUMBER, AT(octet), 1, DIALECT_MASK, "1",
	    "Which octet of it `bits` looks at.", NULL, false },
	{ "bits", SCHEMA_NUMBER, AT(bits), 1, 0xff, NULL,
	    "If all of these bits are set.", NULL, true },
	{ "clear", SCHEMA_FLAG, AT(clear), 0, 0, NULL,
	    "If all of them are clear.", NULL, true },
	{ "esm_class", SCHEMA_NUMBER, AT(esm_class), 0, 0x3c, NULL,
	    "If the message type in esm_class is this.", NULL, true },
	{ "prefix", SCHEMA_TEXT, AT(prefix), 1, 40, NULL,
	    "If the text begins so.", NULL, true },
	{ "shape", SCHEMA_CHOICE, AT(shape), 0, 0, NULL,
	    "If the text is a code such as *150*00#, empty, or digits.",
	    shape_words, true },
	{ "field", SCHEMA_TEXT, AT(field), 1, 20, NULL,
	    "If the wrapped text has this field.", NULL, true },
	{ "known", SCHEMA_FLAG, AT(known), 0, 0, NULL,
	    "If a session with this key lives, or does not.", NULL, true },
	{ .name = NULL },
};
#undef AT

/* Which settings of a rule are conditions by merely standing there. */
static const struct {
	const char *name;
	unsigned condition;
} conditions[] = {
	{ "op", DIALECT_IF_OP },
	{ "no_op", DIALECT_IF_NO_OP },
	{ "tlv", DIALECT_IF_TLV },
	{ "absent", DIALECT_IF_NO_TLV },
	{ "bits", DIALECT_IF_BITS },
	{ "esm_class", DIALECT_IF_ESM_CLASS },
	{ "prefix", DIALECT_IF_PREFIX },
	{ "shape", DIALECT_IF_SHAPE },
	{ "field", DIALECT_IF_FIELD },
	{ "known", DIALECT_IF_KNOWN },
};

static void
read_rule(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_rule *rule)
{
	struct rule_row row = { 0 };
	size_t i;

	if (!schema_fill(p->f, p->arena, 0, one, rule_keys, &row))
		return;
	for (i = 0; i < ARRAY_SIZE(conditions); i++)
		if (dialect_has(one, conditions[i].name))
			rule->conditions |= conditions[i].condition;
	*rule = (struct dialect_rule){
		.event = (enum ussd_event_kind)row.event,
		.conditions = rule->conditions,
		.op = (uint8_t)row.op,
		.tlv = dialect_tlv_index(p, one, row.tlv),
		.at = (uint8_t)(row.octet - 1),
		.bits = (uint8_t)row.bits,
		.value = row.clear ? 0 : (uint8_t)row.bits,
		.esm_class = (uint8_t)row.esm_class,
		.prefix = row.prefix,
		.prefix_len = row.prefix != NULL ? strlen(row.prefix) : 0,
		.shape = (enum dialect_shape)row.shape,
		.field = row.field,
		.known = row.known,
		.line = (int)config_setting_source_line(one),
	};
	read_op(p, one, rule);
	read_tlv(p, one, rule);
	read_esm_class(p, one, rule);
	read_text(p, one, rule);
}

static void
read_op(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_rule *rule)
{
	const unsigned both = DIALECT_IF_OP | DIALECT_IF_NO_OP;

	dialect_wants_hex(p, one, "op");
	if ((rule->conditions & both) == both)
		dialect_refuse(
		    p, one, "'op' and 'no_op' cannot both be true of a PDU");
	else if ((rule->conditions & DIALECT_IF_NO_OP) != 0 &&
	    p->d->match.op_required)
		dialect_refuse(p, one,
		    "'no_op' never happens: `match` lets "
		    "nothing pass without an op; say op = false there");
}

static void
read_tlv(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_rule *rule)
{
	const unsigned both = DIALECT_IF_BITS | DIALECT_IF_NO_TLV;

	dialect_wants_hex(p, one, "bits");
	if (dialect_has(one, "clear") && !dialect_has(one, "bits"))
		dialect_refuse(p, one, "'clear' has no 'bits' to look at");
	if ((rule->conditions & both) != 0 &&
	    (rule->conditions & DIALECT_IF_TLV) == 0)
		dialect_refuse(p, one, "'tlv' is missing: whose %s?",
		    (rule->conditions & DIALECT_IF_BITS) != 0 ? "bits"
							      : "absence");
	else if ((rule->conditions & both) == both)
		dialect_refuse(
		    p, one, "a TLV that is absent has no bits to look at");
	if (rule->tlv == -1)
		return;
	if ((rule->conditions & DIALECT_IF_BITS) != 0)
		dialect_in_tlv(p, one, rule->tlv, rule->at + 1, 1);
	/* `absent` turns the condition on the TLV around. */
	if ((rule->conditions & DIALECT_IF_NO_TLV) != 0)
		rule->conditions &= ~(unsigned)DIALECT_IF_TLV;
}

/* Receipts are told apart before any rule is asked. */
static void
read_esm_class(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_rule *rule)
{
	if ((rule->conditions & DIALECT_IF_ESM_CLASS) == 0)
		return;
	dialect_wants_hex(p, one, "esm_class");
	if ((rule->esm_class & 0x03) != 0)
		dialect_refuse(p, one,
		    "esm_class 0x%02x is no message type: "
		    "that is bits 5 to 2, 0x08 for example",
		    rule->esm_class);
	else if (rule->esm_class == 0x04 || rule->esm_class == 0x20)
		dialect_refuse(p, one,
		    "esm_class 0x%02x is a delivery "
		    "receipt, which is never USSD",
		    rule->esm_class);
	else
		p->d->abort_types |= (uint16_t)(1u << (rule->esm_class >> 2));
}

static void
read_text(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_rule *rule)
{
	const unsigned both = DIALECT_IF_PREFIX | DIALECT_IF_SHAPE;

	if ((rule->conditions & both) == both)
		dialect_refuse(p, one,
		    "'prefix' and 'shape' exclude each "
		    "other; take the narrower one");
	if (rule->field != NULL && !p->d->wrap.there)
		dialect_refuse(p, one,
		    "there are fields only in a text that "
		    "`wrap` describes");
}

/* ---- where code and input stand */

static void
read_places(const struct dialect_parse *p, const config_setting_t *group)
{
	struct row {
		const char *const *code;
		const char *input;
	} row = { 0 };
	const struct schema_key keys[] = {
		{ .name = "rules", .type = SCHEMA_LIST },
		{ "code", SCHEMA_NAMES, offsetof(struct row, code), 1,
		    ARRAY_SIZE(p->d->code), "text",
		    "Where the dialled code stands: the first place that "
		    "holds anything.",
		    NULL, false },
		{ "input", SCHEMA_TEXT, offsetof(struct row, input), 1, 40,
		    "text", "Where the citizen's answer stands.", NULL, false },
		{ .name = NULL },
	};
	const config_setting_t *at = config_setting_get_member(group, "code");
	size_t i;

	if (!schema_fill(p->f, p->arena, 0, group, keys, &row))
		return;
	for (i = 0; row.code[i] != NULL; i++)
		if (dialect_place(p, at != NULL ? at : group, row.code[i],
			&p->d->code[i]))
			p->d->code_count = i + 1;
	at = config_setting_get_member(group, "input");
	(void)dialect_place(
	    p, at != NULL ? at : group, row.input, &p->d->input);
}

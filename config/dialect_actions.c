/*
 * What goes out: for each action its op, its TLVs and what follows it; the
 * constants of every PDU of ours, its addresses, and fields around the text.
 */
#include <stddef.h>
#include <string.h>

#include "config/dialect_parse.h"

#define SUBMIT_SM 0x00000004
#define DATA_SM   0x00000103

static void read_constants(
    const struct dialect_parse *p, const config_setting_t *group);
static void read_addresses(
    const struct dialect_parse *p, const config_setting_t *group);
static void read_action(const struct dialect_parse *p,
    const config_setting_t *one, struct dialect_action *action);
static void read_puts(const struct dialect_parse *p,
    const config_setting_t *one, struct dialect_action *action);
static void read_put(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_put *put);
static void read_constant(const struct dialect_parse *p,
    const config_setting_t *one, const char *value, struct dialect_put *put);

static const char *const command_words[] = { "submit_sm", "data_sm", NULL };
static const char *const fill_words[] = { "echo", "constant", "counted", NULL };
static const char *const then_words[] = { "nothing", "release",
	"release_when_acknowledged", NULL };
static const char *const source_words[] = { "destination", "msisdn", "fixed",
	NULL };

void
dialect_parse_outbound(const struct dialect_parse *p)
{
	const config_setting_t *group, *one;
	size_t i;

	group = config_setting_get_member(p->group, "outbound");
	if (group == NULL || !config_setting_is_group(group))
		return;
	read_constants(p, group);
	read_addresses(p, group);
	for (i = 0; i < USSD_ACTIONS; i++) {
		one = config_setting_get_member(group, dialect_action_words[i]);
		if (one != NULL && config_setting_is_group(one))
			read_action(p, one, &p->d->actions[i]);
	}
}

/* ---- what every PDU of ours has */

struct constant_row {
	const char *service_type;
	int esm_class, priority, protocol_id;
};

#define AT(field) offsetof(struct constant_row, field)
static const struct schema_key constant_keys[] = {
	{ "service_type", SCHEMA_TEXT, AT(service_type), 0, 5, NULL,
	    "Of every PDU of ours; without this, as it came.", NULL, true },
	{ "esm_class", SCHEMA_NUMBER, AT(esm_class), 0, 0x3f, "0",
	    "Of every PDU of ours.", NULL, false },
	{ "priority", SCHEMA_NUMBER, AT(priority), 0, 3, "0",
	    "Of every PDU of ours.", NULL, false },
	{ "protocol_id", SCHEMA_NUMBER, AT(protocol_id), 0, 0xff, "0",
	    "Of every PDU of ours.", NULL, false },
	{ .name = "addresses", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "continue", .type = SCHEMA_GROUP },
	{ .name = "end", .type = SCHEMA_GROUP },
	{ .name = "release", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "push_menu", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "push_notice", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "push_last", .type = SCHEMA_GROUP, .optional = true },
	{ .name = NULL },
};
#undef AT

static void
read_constants(const struct dialect_parse *p, const config_setting_t *group)
{
	struct constant_row row = { 0 };

	schema_fill(p->f, p->arena, 0, group, constant_keys, &row);
	dialect_wants_hex(p, group, "esm_class");
	dialect_wants_hex(p, group, "protocol_id");
	p->d->service_type = row.service_type;
	p->d->esm_class = (uint8_t)row.esm_class;
	p->d->priority_flag = (uint8_t)row.priority;
	p->d->protocol_id = (uint8_t)row.protocol_id;
}

struct address_row {
	int source;
	const char *digits;
	int source_ton, source_npi, dest_ton, dest_npi;
};

/* TON and NPI: -1 is as it came. */
#define AT(field) offsetof(struct address_row, field)
static const struct schema_key address_keys[] = {
	{ "source", SCHEMA_CHOICE, AT(source), 0, 0, "destination",
	    "Our source address: where theirs went to, the subscriber's own, "
	    "or `digits`.",
	    source_words, false },
	{ "digits", SCHEMA_TEXT, AT(digits), 1, 20, NULL,
	    "A fixed source address.", NULL, true },
	{ "source_ton", SCHEMA_NUMBER, AT(source_ton), -1, 6, "-1",
	    "-1: as it came.", NULL, false },
	{ "source_npi", SCHEMA_NUMBER, AT(source_npi), -1, 18, "-1",
	    "-1: as it came.", NULL, false },
	{ "dest_ton", SCHEMA_NUMBER, AT(dest_ton), -1, 6, "-1",
	    "-1: as it came.", NULL, false },
	{ "dest_npi", SCHEMA_NUMBER, AT(dest_npi), -1, 18, "-1",
	    "-1: as it came.", NULL, false },
	{ .name = NULL },
};
#undef AT

static void
read_addresses(const struct dialect_parse *p, const config_setting_t *group)
{
	struct address_row row = { 0 };
	const config_setting_t *at =
	    dialect_fill(p, group, "addresses", address_keys, &row);

	p->d->addresses =
	    (struct dialect_addresses){ (enum dialect_number)row.source,
		    row.digits, row.source_ton, row.source_npi, row.dest_ton,
		    row.dest_npi };
	if ((row.source == DIALECT_FIXED) != (row.digits != NULL))
		dialect_refuse(p, at,
		    "'digits' is the source address where "
		    "'source' is \"fixed\", and stands nowhere else");
}

/* ---- one action */

struct action_row {
	int op, command, then;
	const char *type;
};

#define AT(field) offsetof(struct action_row, field)
static const struct schema_key action_keys[] = {
	{ "op", SCHEMA_NUMBER, AT(op), 0, 0xff, NULL,
	    "ussd_service_op; without this, none is sent.", NULL, true },
	{ "command", SCHEMA_CHOICE, AT(command), 0, 0, "submit_sm",
	    "What brings it.", command_words, false },
	{ "then", SCHEMA_CHOICE, AT(then), 0, 0, "nothing",
	    "A second PDU that releases.", then_words, false },
	{ "type", SCHEMA_TEXT, AT(type), 1, 20, NULL,
	    "The leading word of a wrapped text.", NULL, true },
	{ .name = "tlvs", .type = SCHEMA_LIST, .optional = true },
	{ .name = NULL },
};
#undef AT

static void
read_action(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_action *action)
{
	struct action_row row = { .op = -1 };

	schema_fill(p->f, p->arena, 0, one, action_keys, &row);
	dialect_wants_hex(p, one, "op");
	*action = (struct dialect_action){
		.there = true,
		.op = dialect_has(one, "op") ? row.op : -1,
		.command = row.command == 0 ? SUBMIT_SM : DATA_SM,
		.type = row.type,
		.then = (enum dialect_then)row.then,
		.line = (int)config_setting_source_line(one),
	};
	if (action->then == DIALECT_THEN_RELEASE_WHEN_ACKNOWLEDGED)
		p->d->releases_when_acknowledged = true;
	if ((row.type != NULL) != p->d->wrap.typed)
		dialect_refuse(p, one,
		    "'type' leads a text whose `wrap` is "
		    "'typed', and no other");
	read_puts(p, one, action);
}

static void
read_puts(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_action *action)
{
	const config_setting_t *list = config_setting_get_member(one, "tlvs");
	struct dialect_put *puts;
	int i, count;

	if (list == NULL || !config_setting_is_list(list))
		return;
	count = config_setting_length(list);
	puts = arena_array(p->arena, (size_t)count + 1, sizeof(*puts));
	for (i = 0; i < count; i++)
		read_put(
		    p, config_setting_get_elem(list, (unsigned)i), &puts[i]);
	action->puts = puts;
	action->put_count = (size_t)count;
}

struct put_row {
	const char *tlv, *value;
	int fill, octet, set, clear, count_octet, count_length;
};

#define AT(field) offsetof(struct put_row, field)
static const struct schema_key put_keys[] = {
	{ "tlv", SCHEMA_TEXT, AT(tlv), 1, 40, NULL, "The TLV's name.", NULL,
	    false },
	{ "fill", SCHEMA_CHOICE, AT(fill), 0, 0, "echo",
	    "Its octets: as they came, a `value`, or a fresh number.",
	    fill_words, false },
	{ "value", SCHEMA_TEXT, AT(value), 2, 2 * DIALECT_MASK, NULL,
	    "Its octets in hex, for a constant.", NULL, true },
	{ "octet", SCHEMA_NUMBER, AT(octet), 1, DIALECT_MASK, "1",
	    "Which octet `set` and `clear` change.", NULL, false },
	{ "set", SCHEMA_NUMBER, AT(set), 1, 0xff, NULL, "Bits to set.", NULL,
	    true },
	{ "clear", SCHEMA_NUMBER, AT(clear), 1, 0xff, NULL, "Bits to clear.",
	    NULL, true },
	{ "count_octet", SCHEMA_NUMBER, AT(count_octet), 1, DIALECT_MASK, "1",
	    "The first octet of a fresh number.", NULL, false },
	{ "count_length", SCHEMA_NUMBER, AT(count_length), 1, 4, NULL,
	    "The octets of a fresh number.", NULL, true },
	{ .name = NULL },
};
#undef AT

static void
read_put(const struct dialect_parse *p, const config_setting_t *one,
    struct dialect_put *put)
{
	struct put_row row = { 0 };

	if (!schema_fill(p->f, p->arena, 0, one, put_keys, &row))
		return;
	*put = (struct dialect_put){
		.tlv = dialect_tlv_index(p, one, row.tlv),
		.fill = (enum dialect_fill)row.fill,
		.at = (uint8_t)(row.octet - 1),
		.set = (uint8_t)row.set,
		.clear = (uint8_t)row.clear,
		.count_at = (uint8_t)(row.count_octet - 1),
		.count_len = (uint8_t)row.count_length,
	};
	dialect_wants_hex(p, one, "set");
	dialect_wants_hex(p, one, "clear");
	if ((row.set & row.clear) != 0)
		dialect_refuse(p, one, "bits 0x%02x are both set and cleared",
		    (unsigned)(row.set & row.clear));
	if (put->tlv == -1)
		return;
	if ((row.set | row.clear) != 0)
		dialect_in_tlv(p, one, put->tlv, row.octet, 1);
	if ((put->fill == DIALECT_COUNTED) != (row.count_length != 0))
		dialect_refuse(p, one,
		    "'count_length' says how long a "
		    "\"counted\" number is, and stands nowhere else");
	else if (put->fill == DIALECT_COUNTED)
		dialect_in_tlv(
		    p, one, put->tlv, row.count_octet, row.count_length);
	if (put->fill == DIALECT_ECHO)
		p->d->echoed |= 1u << put->tlv;
	read_constant(p, one, row.value, put);
}

static void
read_constant(const struct dialect_parse *p, const config_setting_t *one,
    const char *value, struct dialect_put *put)
{
	size_t len = p->d->tlvs[put->tlv].len;

	if ((put->fill == DIALECT_CONSTANT) != (value != NULL))
		dialect_refuse(p, one,
		    "'value' is what a \"constant\" TLV "
		    "holds, and stands nowhere else");
	else if (value != NULL &&
	    dialect_octets(p, one, "value", value, len, put->value) == -1)
		memset(put->value, 0, sizeof(put->value));
}

/* ---- fields around the text */

struct wrap_row {
	const char *between, *after_id, *reply;
	const char *const *echo;
	bool base64, typed;
};

#define AT(field) offsetof(struct wrap_row, field)
static const struct schema_key wrap_keys[] = {
	{ "between", SCHEMA_TEXT, AT(between), 1, 1, "|",
	    "Stands between fields.", NULL, false },
	{ "after_id", SCHEMA_TEXT, AT(after_id), 1, 1, ":",
	    "Stands between a field's name and its value.", NULL, false },
	{ "base64", SCHEMA_FLAG, AT(base64), 0, 0, "false",
	    "Values are in base64.", NULL, false },
	{ "typed", SCHEMA_FLAG, AT(typed), 0, 0, "false",
	    "A word without a value leads.", NULL, false },
	{ "reply", SCHEMA_TEXT, AT(reply), 1, 20, NULL,
	    "The field that our text goes into.", NULL, false },
	{ "echo", SCHEMA_NAMES, AT(echo), 0, 8, "",
	    "Fields that go back as they came.", NULL, false },
	{ .name = NULL },
};
#undef AT

void
dialect_parse_wrap(const struct dialect_parse *p)
{
	struct wrap_row row = { 0 };
	const config_setting_t *group =
	    config_setting_get_member(p->group, "wrap");

	if (group == NULL || !config_setting_is_group(group) ||
	    !schema_fill(p->f, p->arena, 0, group, wrap_keys, &row))
		return;
	p->d->wrap = (struct dialect_wrap){ true, row.typed, row.between[0],
		row.after_id[0], row.base64, row.reply, row.echo };
	if (row.between[0] == row.after_id[0])
		dialect_refuse(
		    p, group, "'between' and 'after_id' must not be the same");
}

/*
 * Whose PDU is it: the TLVs of a dialect, what it takes for USSD at all, and
 * by what it knows a session and a turn of it.
 */
#include <string.h>

#include "config/dialect_parse.h"

/* Named by settings of their own, and so not among a dialect's TLVs. */
static const int reserved_tags[] = {
	0x0203, /* dest_subaddress */
	0x0424, /* message_payload */
	0x0501, /* ussd_service_op */
};

static void read_tlv(
    const struct dialect_parse *p, const config_setting_t *one);
static void read_parts(
    const struct dialect_parse *p, const config_setting_t *group);
static void read_part(
    const struct dialect_parse *p, const config_setting_t *one);
static void read_tlv_part(const struct dialect_parse *p,
    const config_setting_t *one, const char *mask, struct dialect_part *part);
static void read_turn(
    const struct dialect_parse *p, const config_setting_t *group);

static const char *const command_words[] = { "deliver_sm", "data_sm", "both",
	NULL };
static const char *const begin_words[] = { "replace", "reject", "resume",
	NULL };
static const char *const part_words[] = { "source", "destination", "tlv",
	"field", NULL };

/* ---- TLVs */

void
dialect_parse_tlvs(const struct dialect_parse *p)
{
	const config_setting_t *list =
	    config_setting_get_member(p->group, "tlvs");
	int i, count;

	if (list == NULL || !config_setting_is_list(list))
		return;
	count = config_setting_length(list);
	if (count > DIALECT_TLVS) {
		dialect_refuse(p, list, "there may be %d TLVs, not %d",
		    DIALECT_TLVS, count);
		count = DIALECT_TLVS;
	}
	for (i = 0; i < count; i++)
		read_tlv(p, config_setting_get_elem(list, (unsigned)i));
}

static void
read_tlv(const struct dialect_parse *p, const config_setting_t *one)
{
	struct row {
		const char *name;
		int tag, length;
	} row = { 0 };
	const struct schema_key keys[] = {
		{ "name", SCHEMA_TEXT, offsetof(struct row, name), 1, 40, NULL,
		    "What the rest of the dialect calls it.", NULL, false },
		{ "tag", SCHEMA_NUMBER, offsetof(struct row, tag), 1, 0xffff,
		    NULL, "Its tag, in hex.", NULL, false },
		{ "length", SCHEMA_NUMBER, offsetof(struct row, length), 1,
		    DIALECT_MASK, NULL, "Its octets.", NULL, false },
		{ .name = NULL },
	};
	struct dialect *d = p->d;
	size_t i;

	if (!schema_fill(p->f, p->arena, 0, one, keys, &row))
		return;
	dialect_wants_hex(p, one, "tag");
	for (i = 0; i < ARRAY_SIZE(reserved_tags); i++)
		if (row.tag == reserved_tags[i])
			dialect_refuse(p, one,
			    "tag 0x%04x has a setting of its own in a dialect",
			    (unsigned)row.tag);
	for (i = 0; i < d->tlv_count; i++)
		if (d->tlvs[i].tag == row.tag ||
		    strcmp(d->tlvs[i].name, row.name) == 0)
			dialect_refuse(p, one,
			    "\"%s\" has this name or this tag already",
			    d->tlvs[i].name);
	d->tlvs[d->tlv_count++] = (struct dialect_tlv){ row.name,
		(uint16_t)row.tag, (uint16_t)row.length };
}

/* ---- what is USSD */

void
dialect_parse_match(const struct dialect_parse *p)
{
	struct row {
		int command;
		const char *const *service_types;
		bool op;
	} row = { 0 };
	const struct schema_key keys[] = {
		{ "command", SCHEMA_CHOICE, offsetof(struct row, command), 0, 0,
		    "both", "What brings it.", command_words, false },
		{ "service_types", SCHEMA_NAMES,
		    offsetof(struct row, service_types), 1, 8, NULL,
		    "Nothing else is USSD; without this, any may be.", NULL,
		    true },
		{ "op", SCHEMA_FLAG, offsetof(struct row, op), 0, 0, "true",
		    "Whether ussd_service_op must be there.", NULL, false },
		{ .name = NULL },
	};
	struct dialect_match *match = &p->d->match;
	const config_setting_t *group =
	    dialect_fill(p, p->group, "match", keys, &row);
	size_t i;

	match->deliver_sm = row.command != 1;
	match->data_sm = row.command != 0;
	match->service_types = row.service_types;
	match->op_required = row.op;
	if (!row.op && row.service_types == NULL)
		dialect_refuse(p, group,
		    "without an op and without "
		    "`service_types` every SMS would be taken for USSD");
	for (i = 0; row.service_types != NULL && row.service_types[i] != NULL;
	     i++)
		if (strlen(row.service_types[i]) > 5)
			dialect_refuse(p, group,
			    "\"%s\" is longer than a "
			    "service_type, which has 5 characters at most",
			    row.service_types[i]);
}

/* ---- the session key */

void
dialect_parse_session(const struct dialect_parse *p)
{
	struct row {
		int begin;
		bool global, silent;
	} row = { 0 };
	const struct schema_key keys[] = {
		{ "begin", SCHEMA_CHOICE, offsetof(struct row, begin), 0, 0,
		    "replace", "What a begin does to a session that lives.",
		    begin_words, false },
		{ "global", SCHEMA_FLAG, offsetof(struct row, global), 0, 0,
		    "false", "The key is unique without the number.", NULL,
		    false },
		{ "silent", SCHEMA_FLAG, offsetof(struct row, silent), 0, 0,
		    "false",
		    "Nobody tells that a citizen walked away: only "
		    "our idle timer does.",
		    NULL, false },
		{ .name = "key", .type = SCHEMA_LIST, .optional = true },
		{ .name = "turn", .type = SCHEMA_GROUP, .optional = true },
		{ .name = NULL },
	};
	const config_setting_t *group =
	    dialect_fill(p, p->group, "session", keys, &row);

	p->d->begin = (enum dialect_begin)row.begin;
	p->d->global = row.global;
	p->d->silent = row.silent;
	if (group != NULL) {
		read_parts(p, group);
		read_turn(p, group);
	}
}

static void
read_parts(const struct dialect_parse *p, const config_setting_t *group)
{
	const config_setting_t *list = config_setting_get_member(group, "key");
	int i, count;

	if (list == NULL || !config_setting_is_list(list))
		return;
	count = config_setting_length(list);
	if (count > DIALECT_PARTS) {
		dialect_refuse(p, list, "a key has %d parts at most, not %d",
		    DIALECT_PARTS, count);
		count = DIALECT_PARTS;
	}
	for (i = 0; i < count; i++)
		read_part(p, config_setting_get_elem(list, (unsigned)i));
}

struct part_row {
	int from;
	const char *tlv, *field, *mask;
	int octet, length;
	bool optional, otherwise;
};

#define AT(field) offsetof(struct part_row, field)
static const struct schema_key part_keys[] = {
	{ "from", SCHEMA_CHOICE, AT(from), 0, 0, "tlv",
	    "Where this part stands.", part_words, false },
	{ "tlv", SCHEMA_TEXT, AT(tlv), 1, 40, NULL, "The TLV's name.", NULL,
	    true },
	{ "field", SCHEMA_TEXT, AT(field), 1, 20, NULL,
	    "The field of a wrapped text.", NULL, true },
	{ "octet", SCHEMA_NUMBER, AT(octet), 1, DIALECT_MASK, "1",
	    "The first octet of the TLV that counts.", NULL, false },
	{ "length", SCHEMA_NUMBER, AT(length), 1, DIALECT_MASK, NULL,
	    "How many octets count; without this, all that follow.", NULL,
	    true },
	{ "mask", SCHEMA_TEXT, AT(mask), 2, 2 * DIALECT_MASK, NULL,
	    "The bits of them that count, in hex.", NULL, true },
	{ "optional", SCHEMA_FLAG, AT(optional), 0, 0, "false",
	    "It may be absent.", NULL, false },
	{ "otherwise", SCHEMA_FLAG, AT(otherwise), 0, 0, "false",
	    "It counts where the part before it is absent.", NULL, false },
	{ .name = NULL },
};
#undef AT

static void
read_part(const struct dialect_parse *p, const config_setting_t *one)
{
	struct part_row row = { 0 };
	struct dialect_part *part;

	if (!schema_fill(p->f, p->arena, 0, one, part_keys, &row))
		return;
	part = &p->d->parts[p->d->part_count++];
	part->from = (enum dialect_source)row.from;
	part->field = row.field;
	part->tlv = dialect_tlv_index(p, one, row.tlv);
	part->at = (uint8_t)(row.octet - 1);
	part->len = (uint8_t)row.length;
	part->optional = row.optional;
	part->otherwise = row.otherwise;
	if (row.otherwise && p->d->part_count == 1)
		dialect_refuse(p, one,
		    "'otherwise' has no part before it to stand in for");
	if ((part->from == DIALECT_FROM_TLV) != (row.tlv != NULL))
		dialect_refuse(p, one,
		    "'tlv' names the TLV of a part that "
		    "comes from one, and of no other");
	else if ((part->from == DIALECT_FROM_FIELD) != (row.field != NULL))
		dialect_refuse(p, one,
		    "'field' names the field of a part "
		    "that comes from one, and of no other");
	else if (row.field != NULL && !p->d->wrap.there)
		dialect_refuse(p, one,
		    "there are fields only in a text that "
		    "`wrap` describes");
	else if (part->tlv != -1)
		read_tlv_part(p, one, row.mask, part);
}

static void
read_tlv_part(const struct dialect_parse *p, const config_setting_t *one,
    const char *mask, struct dialect_part *part)
{
	int octet = part->at + 1, len = p->d->tlvs[part->tlv].len;

	if (part->len == 0)
		part->len = (uint8_t)(octet <= len ? len - part->at : 1);
	if (!dialect_in_tlv(p, one, part->tlv, octet, part->len))
		return;
	memset(part->mask, 0xff, sizeof(part->mask));
	if (mask != NULL &&
	    dialect_octets(p, one, "mask", mask, part->len, part->mask) == -1)
		memset(part->mask, 0xff, sizeof(part->mask));
}

static void
read_turn(const struct dialect_parse *p, const config_setting_t *group)
{
	struct row {
		const char *tlv;
		int octet, mask;
	} row = { 0 };
	const struct schema_key keys[] = {
		{ "tlv", SCHEMA_TEXT, offsetof(struct row, tlv), 1, 40, NULL,
		    "The TLV's name.", NULL, false },
		{ "octet", SCHEMA_NUMBER, offsetof(struct row, octet), 1,
		    DIALECT_MASK, NULL, "Which octet of it.", NULL, false },
		{ "mask", SCHEMA_NUMBER, offsetof(struct row, mask), 1, 0xff,
		    "0xff", "Which bits of that.", NULL, false },
		{ .name = NULL },
	};
	const config_setting_t *turn = config_setting_get_member(group, "turn");
	int tlv;

	if (turn == NULL || !config_setting_is_group(turn) ||
	    !schema_fill(p->f, p->arena, 0, turn, keys, &row))
		return;
	dialect_wants_hex(p, turn, "mask");
	tlv = dialect_tlv_index(p, turn, row.tlv);
	if (tlv == -1 || !dialect_in_tlv(p, turn, tlv, row.octet, 1))
		return;
	p->d->turn = (struct dialect_turn){ true, tlv, (uint8_t)(row.octet - 1),
		(uint8_t)row.mask, (uint8_t)__builtin_ctz((unsigned)row.mask) };
}

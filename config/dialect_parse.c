/*
 * What the rooms that read a dialect share: how they refuse, and the little
 * words that several parts of a dialect have in common.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "config/dialect_parse.h"

#define FIELD_WORD "field:"

const char *const dialect_event_words[] = { "ignored", "begin", "input",
	"abort", "end", "acknowledged", NULL };

const char *const dialect_action_words[] = { "continue", "end", "release",
	"push_menu", "push_notice", "push_last", NULL };

const char *
dialects_event_name(enum ussd_event_kind kind)
{
	return dialect_event_words[kind];
}

const char *
dialects_action_name(enum ussd_action action)
{
	return dialect_action_words[action];
}

void
dialect_refuse(const struct dialect_parse *p, const config_setting_t *where,
    const char *format, ...)
{
	const char *says;
	va_list args;

	va_start(args, format);
	says = arena_vprintf(p->f->arena, format, args);
	va_end(args);
	findings_at(p->f, FINDING_ERROR, 0, where, NULL, "%s", says);
}

const config_setting_t *
dialect_fill(const struct dialect_parse *p, const config_setting_t *above,
    const char *name, const struct schema_key *table, void *into)
{
	const config_setting_t *group = config_setting_get_member(above, name);

	schema_defaults(p->arena, table, into);
	if (group == NULL || !config_setting_is_group(group))
		return NULL;
	schema_fill(p->f, p->arena, 0, group, table, into);
	return group;
}

bool
dialect_has(const config_setting_t *group, const char *name)
{
	return config_setting_get_member(group, name) != NULL;
}

void
dialect_wants_hex(const struct dialect_parse *p, const config_setting_t *group,
    const char *name)
{
	const config_setting_t *s = config_setting_get_member(group, name);
	int type, number;

	if (s == NULL)
		return;
	type = config_setting_type(s);
	if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
		return;
	if (config_setting_get_format(s) == CONFIG_FORMAT_HEX)
		return;
	number = config_setting_get_int(s);
	dialect_refuse(p, s,
	    "'%s' is written in hex: 0x%02d as it is read in documents, or "
	    "0x%02x for decimal %d",
	    name, number, (unsigned)number, number);
}

int
dialect_tlv_index(const struct dialect_parse *p, const config_setting_t *group,
    const char *name)
{
	const char *names[DIALECT_TLVS + 1] = { NULL }, *near;
	size_t i;

	if (name == NULL)
		return -1;
	for (i = 0; i < p->d->tlv_count; i++) {
		names[i] = p->d->tlvs[i].name;
		if (strcmp(names[i], name) == 0)
			return (int)i;
	}
	near = text_nearest(name, names);
	dialect_refuse(p, config_setting_get_member(group, "tlv"),
	    near != NULL ? "`tlvs` has no \"%s\"; did you mean \"%s\"?"
			 : "`tlvs` has no \"%s\"",
	    name, near);
	return -1;
}

bool
dialect_in_tlv(const struct dialect_parse *p, const config_setting_t *group,
    int tlv, int octet, int len)
{
	const struct dialect_tlv *which = &p->d->tlvs[tlv];

	if (octet + len - 1 <= which->len)
		return true;
	dialect_refuse(p, group, "octet %d is not in %s, which has %d of them",
	    octet + len - 1, which->name, which->len);
	return false;
}

bool
dialect_place(const struct dialect_parse *p, const config_setting_t *where,
    const char *word, struct dialect_place *out)
{
	static const struct {
		const char *word;
		enum dialect_source from;
	} places[] = {
		{ "text", DIALECT_FROM_TEXT },
		{ "destination", DIALECT_FROM_DESTINATION },
		{ "subaddress", DIALECT_FROM_SUBADDRESS },
	};
	size_t i;

	*out = (struct dialect_place){ DIALECT_FROM_FIELD, NULL };
	for (i = 0; i < ARRAY_SIZE(places); i++)
		if (strcmp(word, places[i].word) == 0) {
			out->from = places[i].from;
			return true;
		}
	if (strncmp(word, FIELD_WORD, strlen(FIELD_WORD)) != 0) {
		dialect_refuse(p, where,
		    "\"%s\" is no place: it is \"text\", \"destination\", "
		    "\"subaddress\" or \"field:...\"",
		    word);
		return false;
	}
	out->field = word + strlen(FIELD_WORD);
	if (p->d->wrap.there)
		return true;
	dialect_refuse(p, where,
	    "\"%s\": there are fields only in a text "
	    "that `wrap` describes",
	    word);
	return false;
}

int
dialect_octets(const struct dialect_parse *p, const config_setting_t *group,
    const char *name, const char *hex, size_t len, uint8_t *out)
{
	if (strlen(hex) == 2 * len && text_from_hex(hex, 2 * len, out) == 0)
		return 0;
	dialect_refuse(p, config_setting_get_member(group, name),
	    "'%s' must be %zu octets in hex, \"%.*s\" for example", name, len,
	    (int)(2 * len), "0102030405060708");
	return -1;
}

struct seen_row {
	const char *service_type;
	const char *const *destination;
};

#define AT(field) offsetof(struct seen_row, field)
static const struct schema_key seen_keys[] = {
	{ "service_type", SCHEMA_TEXT, AT(service_type), 0, 5, NULL,
	    "The service_type of its PDUs.", NULL, true },
	{ "destination", SCHEMA_NAMES, AT(destination), 0, 3, "",
	    "What the destination address of a request is: \"empty\", "
	    "\"number\", \"code\".",
	    NULL, false },
	{ .name = NULL },
};
#undef AT

void
dialect_parse_seen(const struct dialect_parse *p)
{
	static const char *const words[] = { "empty", "number", "code" };
	struct dialect_seen *seen = &p->d->seen;
	struct seen_row row = { NULL, NULL };
	const config_setting_t *group =
	    dialect_fill(p, p->group, "seen", seen_keys, &row);
	size_t i, j;

	seen->service_type = row.service_type;
	for (i = 0; group != NULL && row.destination[i] != NULL; i++) {
		for (j = 0; j < ARRAY_SIZE(words); j++)
			if (strcmp(words[j], row.destination[i]) == 0)
				break;
		if (j == ARRAY_SIZE(words))
			dialect_refuse(p, group,
			    "\"%s\" is no destination: it is \"empty\", "
			    "\"number\" or \"code\"",
			    row.destination[i]);
		seen->destinations |= 1u << j;
	}
}

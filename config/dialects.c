/*
 * The dialects file: every group of its list becomes a dialect.
 *
 * Each part is read by a room of its own, in an order in which the later may
 * lean on the earlier: TLVs have their names before rules use them. What is
 * wrong is said and reading goes on, so that one run tells all of it.
 */
#include <stddef.h>
#include <string.h>

#include "config/dialect_parse.h"

struct dialects {
	struct arena *arena;
	struct dialect *list;
	size_t count;
};

static void read_list(
    struct dialects *all, struct findings *f, const config_setting_t *root);
static void read_one(const struct dialect_parse *p);
static void refuse_names(
    const struct dialects *all, const struct dialect_parse *p);
static void read_text(const struct dialect_parse *p);
static void read_charsets(
    const struct dialect_parse *p, const config_setting_t *group);
static enum dialect_charset charset_of(
    uint8_t data_coding, enum dialect_charset zero);
static void read_limits(const struct dialect_parse *p);
static void read_timers(const struct dialect_parse *p);
static bool is_named(const struct dialect *d, const char *name);

static const char *const response_words[] = { "accepted", "answered", NULL };
static const char *const charset_words[] = { "gsm7", "latin1", "ascii", "ucs2",
	NULL };
/* Not UCS-2: zero is where a plain text goes. */
static const char *const zero_words[] = { "gsm7", "latin1", "ascii", NULL };
static const char *const write_words[] = { "shortest", "zero", "ucs2", NULL };

static const struct schema_key file_keys[] = {
	{ .name = "dialects", .type = SCHEMA_LIST },
	{ .name = NULL },
};

struct head {
	const char *name;
	const char *help, *assumed, *variant_of;
	int response;
};

#define AT(field) offsetof(struct head, field)
static const struct schema_key head_keys[] = {
	{ "name", SCHEMA_TEXT, AT(name), 1, 32, NULL, "What a link calls it.",
	    NULL, false },
	{ "help", SCHEMA_TEXT, AT(help), 1, 200, NULL,
	    "One sentence about whose it is.", NULL, true },
	{ "assumed", SCHEMA_TEXT, AT(assumed), 1, 200, NULL,
	    "What of it nobody has seen.", NULL, true },
	{ "variant_of", SCHEMA_TEXT, AT(variant_of), 1, 32, NULL,
	    "The dialect above, from which it differs in an odd octet.", NULL,
	    true },
	{ "response", SCHEMA_CHOICE, AT(response), 0, 0, "accepted",
	    "When the operator answers our submit_sm.", response_words, false },
	{ .name = "tlvs", .type = SCHEMA_LIST, .optional = true },
	{ .name = "match", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "session", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "inbound", .type = SCHEMA_GROUP },
	{ .name = "outbound", .type = SCHEMA_GROUP },
	{ .name = "wrap", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "text", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "limits", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "timers", .type = SCHEMA_GROUP, .optional = true },
	{ .name = "seen", .type = SCHEMA_GROUP, .optional = true },
	{ .name = NULL },
};
#undef AT

struct dialects *
dialects_read(const char *path, struct findings *f)
{
	struct arena *arena = arena_new();
	struct dialects *all = arena_alloc(arena, sizeof(*all));
	size_t errors = f->errors, source_len;
	char *source;
	config_t cfg;

	all->arena = arena;
	if (schema_read(f, path, &cfg, &source, &source_len) == FILE_READ)
		read_list(all, f, config_root_setting(&cfg));
	config_destroy(&cfg);
	if (f->errors == errors)
		return all;
	dialects_free(all);
	return NULL;
}

static void
read_list(
    struct dialects *all, struct findings *f, const config_setting_t *root)
{
	const config_setting_t *list;
	int i, count;

	if (!schema_fill(f, all->arena, 0, root, file_keys, NULL))
		return;
	list = config_setting_get_member(root, "dialects");
	count = config_setting_length(list);
	if (count == 0)
		findings_at(f, FINDING_ERROR, 0, list, NULL,
		    "there must be at least one dialect");
	all->list = arena_array(all->arena, (size_t)count, sizeof(*all->list));
	for (i = 0; i < count; i++) {
		struct dialect_parse p = { f, all->arena, &all->list[i],
			config_setting_get_elem(list, (unsigned)i) };

		read_one(&p);
		refuse_names(all, &p);
		all->count++;
	}
}

static void
read_one(const struct dialect_parse *p)
{
	struct head head = { 0 };
	size_t errors = p->f->errors;

	p->d->name = "";
	p->d->line = (int)config_setting_source_line(p->group);
	schema_fill(p->f, p->arena, 0, p->group, head_keys, &head);
	if (!config_setting_is_group(p->group))
		return;
	if (head.name != NULL)
		p->d->name = head.name;
	p->d->help = head.help;
	p->d->assumed = head.assumed;
	p->d->variant_of = head.variant_of;
	p->d->response = (enum dialect_response)head.response;

	dialect_parse_tlvs(p);
	dialect_parse_wrap(p);
	dialect_parse_match(p);
	dialect_parse_session(p);
	dialect_parse_inbound(p);
	dialect_parse_outbound(p);
	read_text(p);
	read_limits(p);
	read_timers(p);
	dialect_parse_seen(p);
	/* What was not understood cannot be proved; it would only echo. */
	if (p->f->errors == errors)
		dialect_prove(p);
}

static void
refuse_names(const struct dialects *all, const struct dialect_parse *p)
{
	const struct dialect *first;

	if (p->d->variant_of != NULL &&
	    dialects_find(all, p->d->variant_of) == NULL)
		dialect_refuse(p,
		    config_setting_get_member(p->group, "variant_of"),
		    "no dialect above is called \"%s\"", p->d->variant_of);
	first = dialects_find(all, p->d->name);
	if (first != NULL && first->name[0] != '\0')
		dialect_refuse(p, p->group,
		    "the dialect of line %d is called \"%s\" too", first->line,
		    first->name);
}

/* ---- text */

struct text_row {
	int zero, write;
	int zero_coding, ucs2_coding;
	bool packed, payload;
};

#define AT(field) offsetof(struct text_row, field)
static const struct schema_key text_keys[] = {
	{ "zero", SCHEMA_CHOICE, AT(zero), 0, 0, "gsm7",
	    "What data_coding 0 means.", zero_words, false },
	{ "write", SCHEMA_CHOICE, AT(write), 0, 0, "shortest",
	    "How we write: as `zero` says where a text allows it, else in "
	    "UCS-2; or always in one of the two.",
	    write_words, false },
	{ "zero_coding", SCHEMA_NUMBER, AT(zero_coding), 0, 0xff, "0x00",
	    "data_coding of what we write as `zero` says.", NULL, false },
	{ "ucs2_coding", SCHEMA_NUMBER, AT(ucs2_coding), 0, 0xff, "0x08",
	    "data_coding of what we write in UCS-2.", NULL, false },
	{ "packed", SCHEMA_FLAG, AT(packed), 0, 0, "false",
	    "Eight septets in seven octets, both ways.", NULL, false },
	{ "payload", SCHEMA_FLAG, AT(payload), 0, 0, "false",
	    "Our text goes into message_payload.", NULL, false },
	{ .name = "charsets", .type = SCHEMA_LIST, .optional = true },
	{ .name = NULL },
};
#undef AT

static void
read_text(const struct dialect_parse *p)
{
	struct dialect_text *text = &p->d->text;
	struct text_row row = { 0 };
	const config_setting_t *group =
	    dialect_fill(p, p->group, "text", text_keys, &row);
	int i;

	text->zero = (enum dialect_charset)row.zero;
	text->write = (enum dialect_encoding)row.write;
	text->zero_coding = (uint8_t)row.zero_coding;
	text->ucs2_coding = (uint8_t)row.ucs2_coding;
	text->packed = row.packed;
	text->payload = row.payload;
	for (i = 0; i < 256; i++)
		text->charset[i] = (uint8_t)charset_of((uint8_t)i, text->zero);
	if (group == NULL)
		return;
	dialect_wants_hex(p, group, "zero_coding");
	dialect_wants_hex(p, group, "ucs2_coding");
	read_charsets(p, group);
	if (row.packed && text->zero != DIALECT_GSM7)
		dialect_refuse(p, group,
		    "only septets can be packed: `zero` must be \"gsm7\"");
}

static void
read_charsets(const struct dialect_parse *p, const config_setting_t *group)
{
	struct row {
		int data_coding, means;
	} row;
	const struct schema_key keys[] = {
		{ "data_coding", SCHEMA_NUMBER,
		    offsetof(struct row, data_coding), 0, 0xff, NULL,
		    "A data_coding as it comes.", NULL, false },
		{ "means", SCHEMA_CHOICE, offsetof(struct row, means), 0, 0,
		    NULL, "What it means here.", charset_words, false },
		{ .name = NULL },
	};
	const config_setting_t *list, *one;
	int i;

	list = config_setting_get_member(group, "charsets");
	if (list == NULL || !config_setting_is_list(list))
		return;
	for (i = 0; i < config_setting_length(list); i++) {
		one = config_setting_get_elem(list, (unsigned)i);
		if (!schema_fill(p->f, p->arena, 0, one, keys, &row))
			continue;
		dialect_wants_hex(p, one, "data_coding");
		p->d->text.charset[row.data_coding] = (uint8_t)row.means;
	}
}

/*
 * What a data_coding means where the dialect does not say: SMPP's own values
 * first, then the groups of 3GPP TS 23.038, clauses 4 and 5.
 */
static enum dialect_charset
charset_of(uint8_t data_coding, enum dialect_charset zero)
{
	if (data_coding == 0x01)
		return DIALECT_ASCII;
	if (data_coding == 0x03 || data_coding == 0x04)
		return DIALECT_LATIN1;
	if (data_coding == 0x08 || data_coding == 0x11)
		return DIALECT_UCS2;
	if (data_coding == 0x0f)
		return DIALECT_GSM7;
	if ((data_coding & 0xf0) == 0xe0)
		return DIALECT_UCS2;
	if ((data_coding & 0xf0) == 0xf0)
		return (data_coding & 0x04) != 0 ? DIALECT_LATIN1 : zero;
	if ((data_coding & 0xc0) == 0x40 && (data_coding & 0x0c) == 0x08)
		return DIALECT_UCS2;
	if ((data_coding & 0xc0) == 0x40 && (data_coding & 0x0c) == 0x04)
		return DIALECT_LATIN1;
	return zero;
}

/* ---- limits and timers */

#define AT(field) offsetof(struct dialect_limits, field)
static const struct schema_key limit_keys[] = {
	{ "octets", SCHEMA_NUMBER, AT(octets), 1, 160, "160",
	    "Octets of a USSD string in the network.", NULL, false },
	{ "septets", SCHEMA_NUMBER, AT(septets), 1, 182, "182",
	    "Septets of a screen in the GSM alphabet.", NULL, false },
	{ "ucs2", SCHEMA_NUMBER, AT(ucs2), 1, 80, "80",
	    "Characters of a screen in UCS-2.", NULL, false },
	{ .name = NULL },
};
#undef AT

static void
read_limits(const struct dialect_parse *p)
{
	struct dialect_limits *limits = &p->d->limits;
	const config_setting_t *group =
	    dialect_fill(p, p->group, "limits", limit_keys, limits);
	int septets = limits->octets * 8 / 7, ucs2 = limits->octets / 2;

	/* Whatever is written as UCS-2 is shown as UCS-2. */
	if (p->d->text.write == DIALECT_ALWAYS_UCS2 &&
	    limits->septets > limits->ucs2)
		limits->septets = limits->ucs2;
	if (group == NULL)
		return;
	if (dialect_has(group, "septets") && limits->septets > septets)
		dialect_refuse(p, config_setting_get_member(group, "septets"),
		    "%d septets do not fit %d octets: %d do", limits->septets,
		    limits->octets, septets);
	if (dialect_has(group, "ucs2") && limits->ucs2 > ucs2)
		dialect_refuse(p, config_setting_get_member(group, "ucs2"),
		    "%d characters of UCS-2 do not fit %d octets: %d do",
		    limits->ucs2, limits->octets, ucs2);
	if (limits->septets > septets)
		limits->septets = septets;
	if (limits->ucs2 > ucs2)
		limits->ucs2 = ucs2;
}

#define AT(field) offsetof(struct dialect_timers, field)
static const struct schema_key timer_keys[] = {
	{ "answer", SCHEMA_SPAN, AT(answer_s), 1, 120, "10s",
	    "In which the operator wants our answer.", NULL, false },
	{ "idle", SCHEMA_SPAN, AT(idle_s), 1, 900, "60s",
	    "In which a citizen must answer a screen.", NULL, false },
	{ "session", SCHEMA_SPAN, AT(session_s), 1, 3600, "180s",
	    "The longest a dialogue may last.", NULL, false },
	{ .name = NULL },
};
#undef AT

static void
read_timers(const struct dialect_parse *p)
{
	struct dialect_timers *timers = &p->d->timers;
	const config_setting_t *group =
	    dialect_fill(p, p->group, "timers", timer_keys, timers);

	if (timers->answer_s > timers->session_s ||
	    timers->idle_s > timers->session_s)
		dialect_refuse(p, group != NULL ? group : p->group,
		    "a session of %d s ends before its own timers of %d s "
		    "(answer) and %d s (idle)",
		    timers->session_s, timers->answer_s, timers->idle_s);
}

/* ---- the finished table */

void
dialects_free(struct dialects *all)
{
	if (all != NULL)
		arena_free(all->arena);
}

const struct dialect *
dialects_find(const struct dialects *all, const char *name)
{
	size_t i;

	for (i = 0; i < all->count; i++)
		if (is_named(&all->list[i], name))
			return &all->list[i];
	return NULL;
}

/* Also as other programs write it, with _ for -. */
static bool
is_named(const struct dialect *d, const char *name)
{
	const char *at = d->name;

	while (*at != '\0' && (*at == *name || (*at == '-' && *name == '_'))) {
		at++;
		name++;
	}
	return *at == '\0' && *name == '\0';
}

size_t
dialects_count(const struct dialects *all)
{
	return all->count;
}

const struct dialect *
dialects_at(const struct dialects *all, size_t index)
{
	CHECK(index < all->count);
	return &all->list[index];
}

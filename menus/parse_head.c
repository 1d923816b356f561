/*
 * The head of the menus file: languages, navigation and limits.
 */
#include <string.h>

#include "base/text.h"
#include "menus/parse.h"

struct raw_head {
	const char *const *langs;
	const char *folder;
};

#define AT(field) offsetof(struct raw_head, field)
static const struct schema_key head_table[] = {
	{ "langs", SCHEMA_NAMES, AT(langs), RANGE(1, LANGS_MAX) },
	{ "nav", SCHEMA_GROUP, .optional = true },
	{ "words", SCHEMA_GROUP, .optional = true },
	{ "limits", SCHEMA_GROUP, .optional = true },
	{ "profile", SCHEMA_GROUP, .optional = true },
	{ "codes", SCHEMA_LIST, .optional = false },
	{ "institutions", SCHEMA_TEXT, AT(folder), RANGE(1, 1000),
	    .optional = true },
	{ .name = NULL },
};
#undef AT

#define AT(field) offsetof(struct catalogue, field)
static const struct schema_key nav_table[] = {
	{ "back", SCHEMA_TEXT, AT(back.key), RANGE(1, 2), .fallback = "0" },
	{ "home", SCHEMA_TEXT, AT(home.key), RANGE(1, 2), .fallback = "00" },
	{ "more", SCHEMA_TEXT, AT(more.key), RANGE(1, 2), .fallback = "98" },
	{ "lang", SCHEMA_TEXT, AT(lang.key), RANGE(1, 2), .fallback = "99" },
	{ .name = NULL },
};
#undef AT

#define AT(field) offsetof(struct limits, field)
static const struct schema_key limits_table[] = {
	{ "septets", SCHEMA_NUMBER, AT(septets), RANGE(60, 182),
	    .fallback = "160" },
	{ "ucs2", SCHEMA_NUMBER, AT(ucs2), RANGE(30, 80), .fallback = "70" },
	{ "pages", SCHEMA_NUMBER, AT(pages), RANGE(1, 20), .fallback = "6" },
	{ "sms_parts", SCHEMA_NUMBER, AT(sms_parts), RANGE(1, 10),
	    .fallback = "3" },
	{ "session", SCHEMA_NUMBER, AT(session_s), RANGE(10, 3600),
	    .fallback = "120" },
	{ "resume", SCHEMA_NUMBER, AT(resume_s), RANGE(0, 3600),
	    .fallback = "300" },
	{ "turn", SCHEMA_NUMBER, AT(turn_ms), RANGE(500, 60000),
	    .fallback = "4000" },
	{ "later", SCHEMA_NUMBER, AT(later_ms), RANGE(1000, 600000),
	    .fallback = "60000" },
	{ "calls", SCHEMA_NUMBER, AT(calls), RANGE(1, 10000),
	    .fallback = "32" },
	{ .name = NULL },
};
#undef AT

static const struct schema_key *with_roots(
    struct parser *p, const config_setting_t *codes);
static void read_langs(struct parser *p, const config_setting_t *where,
    const char *const *langs, struct catalogue *c);
static bool has_lang(const struct catalogue *c, const char *lang);
static void check_nav(
    struct parser *p, const config_setting_t *where, const struct catalogue *c);
static void check_limits(
    struct parser *p, const config_setting_t *where, const struct limits *l);
void
parse_head(struct arena *a, struct findings *f, struct catalogue *c,
    const config_t *cfg, const char **folder)
{
	const config_setting_t *root = config_root_setting(cfg), *s;
	struct raw_head raw = { NULL, NULL };
	struct parser p;

	parser_init(&p, a, f, c);
	parse_fill(&p, root, with_roots(&p, parse_list(root, "codes")), &raw);
	*folder = raw.folder;
	if (raw.langs != NULL)
		read_langs(&p, parse_place(root, "langs"), raw.langs, c);
	schema_defaults(a, nav_table, c);
	s = parse_group(root, "nav");
	if (s != NULL && parse_fill(&p, s, nav_table, c))
		check_nav(&p, s, c);
	schema_defaults(a, limits_table, &c->limits);
	s = parse_group(root, "limits");
	if (s != NULL && parse_fill(&p, s, limits_table, &c->limits))
		check_limits(&p, s, &c->limits);
	c->written = c->limits;
	parse_reserved(&p, parse_group(root, "profile"), c);
	parse_sentences(&p, root, c);
}

/* A root menu is a group of the file that a code names. */
static const struct schema_key *
with_roots(struct parser *p, const config_setting_t *codes)
{
	size_t rows = ARRAY_SIZE(head_table) - 1, i, j;
	size_t count = parse_count(codes);
	struct schema_key *table =
	    arena_array(p->arena, rows + count + 1, sizeof(*table));
	const char *name;

	memcpy(table, head_table, rows * sizeof(*table));
	for (i = 0; i < count && i < ROOTS_MAX; i++) {
		if (!config_setting_is_group(parse_element(codes, i)) ||
		    !config_setting_lookup_string(
			parse_element(codes, i), "root", &name))
			continue;
		for (j = 0; j < rows; j++)
			if (strcmp(table[j].name, name) == 0)
				break;
		if (j == rows)
			table[rows++] = (struct schema_key){ .name = name,
				.type = SCHEMA_GROUP,
				.optional = true };
	}
	return table;
}

static void
read_langs(struct parser *p, const config_setting_t *where,
    const char *const *langs, struct catalogue *c)
{
	size_t i, len;

	for (i = 0; langs[i] != NULL; i++) {
		len = strspn(langs[i], "abcdefghijklmnopqrstuvwxyz");
		if (len < 2 || len > 3 || langs[i][len] != '\0')
			parse_wrong(p, CHECK_LANGUAGES, where,
			    "a language has two or three small letters, such "
			    "as \"sw\", not '%s'",
			    langs[i]);
		if (has_lang(c, langs[i]))
			parse_wrong(p, CHECK_LANGUAGES, where,
			    "the language '%s' stands twice", langs[i]);
		else
			c->langs[c->lang_count++] = langs[i];
	}
}

static bool
has_lang(const struct catalogue *c, const char *lang)
{
	size_t i;

	for (i = 0; i < c->lang_count; i++)
		if (strcmp(c->langs[i], lang) == 0)
			return true;
	return false;
}

static void
check_nav(
    struct parser *p, const config_setting_t *where, const struct catalogue *c)
{
	const char *keys[] = { c->back.key, c->home.key, c->more.key,
		c->lang.key };
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!text_is_digits(keys[i]))
			parse_wrong(p, CHECK_KEYS, where,
			    "a navigation key is digits, not '%s'", keys[i]);
		if (strlen(keys[i]) == 1 && strchr("123", *keys[i]) != NULL)
			parse_wrong(p, CHECK_KEYS, where,
			    "the key %s answers what the gateway asks: "
			    "choose another for navigation",
			    keys[i]);
		for (j = 0; j < i; j++)
			if (strcmp(keys[i], keys[j]) == 0)
				parse_wrong(p, CHECK_KEYS, where,
				    "two navigation lines have the key %s",
				    keys[i]);
	}
}

/* What is given up before it is late can never come later. */
static void
check_limits(
    struct parser *p, const config_setting_t *where, const struct limits *l)
{
	if (l->later_ms <= l->turn_ms)
		parse_wrong(p, CHECK_SAFETY, parse_place(where, "later"),
		    "'later' (%d ms) must be more than 'turn' (%d): it is how "
		    "long a late answer is waited for in all",
		    l->later_ms, l->turn_ms);
}

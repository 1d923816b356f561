/*
 * The shared root menu and the short codes that lead to it.
 *
 * Menus nest in the file and lie flat in the graph: "root", "root.8" behind
 * its option 8, "root.8.2". A nested menu's title is its option's own words.
 * An option that leads on leads to an institution's ussd door.
 */
#include <string.h>

#include "base/text.h"
#include "menus/parse.h"

#define DEPTH_MAX    8
#define NUMBERS_MAX  1000 /* that a code is for */
#define CODE_MAX     20
#define MSISDN_MAX   15 /* E.164 */
#define WORDS_OCTETS 100 /* of keywords that {words} lists */

struct raw_code {
	const char *code, *root;
	bool trial;
	const char *const *only;
};

#define AT(field) offsetof(struct raw_code, field)
static const struct schema_key code_table[] = {
	{ "code", SCHEMA_TEXT, AT(code), RANGE(1, CODE_MAX) },
	{ "root", SCHEMA_TEXT, AT(root), RANGE(1, 100) },
	{ "trial", SCHEMA_FLAG, AT(trial), .optional = true },
	{ "only", SCHEMA_NAMES, AT(only), RANGE(1, NUMBERS_MAX),
	    .optional = true },
	{ .name = NULL },
};
#undef AT

static const struct schema_key menu_table[] = {
	{ "text", SCHEMA_GROUP, .optional = false },
	{ "menu", SCHEMA_LIST, .optional = false },
	{ .name = NULL },
};

#define AT(field) offsetof(struct raw_option, field)
static const struct schema_key option_table[] = {
	{ "key", SCHEMA_TEXT, AT(key), RANGE(1, 3), .optional = true },
	{ "when", SCHEMA_TEXT, AT(when), RANGE(1, 200), .optional = true },
	{ "next", SCHEMA_TEXT, AT(next), RANGE(1, 100), .optional = true },
	{ "menu", SCHEMA_LIST, .optional = true },
	{ .name = NULL },
};
#undef AT

/* The root graph while its states grow. */
struct root {
	struct parser p;
	size_t state_count;
	const struct schema_key *option_table;
};

static const char *join_keywords(struct arena *a, const struct catalogue *c);
static size_t count_menus(const config_setting_t *menu, int depth);
static void read_codes(
    struct root *r, const config_setting_t *file, struct catalogue *c);
static void read_code(struct root *r, const config_setting_t *file,
    const config_setting_t *s, struct code *out);
static void prove_numbers(struct root *r, const config_setting_t *s,
    const char *const *numbers);
static bool is_code(const char *code);
static uint16_t read_top(
    struct root *r, const config_setting_t *group, const char *name);
static uint16_t read_menu(struct root *r, const config_setting_t *list,
    const char *name, struct words text, int depth);
static void read_option(struct root *r, const config_setting_t *s, size_t i,
    const struct state *menu, int depth, struct menu_option *out);

void
parse_root(struct graph *g, struct findings *f, struct catalogue *c,
    const config_t *cfg)
{
	const config_setting_t *top = config_root_setting(cfg);
	struct arena *a = g->arena;
	struct root r = { .state_count = 0 };
	size_t i, menus = 0;

	parser_init(&r.p, a, f, c);
	r.p.known_words = join_keywords(a, c);
	r.option_table = parse_with_langs(
	    &r.p, option_table, offsetof(struct raw_option, texts));
	for (i = 0; i < parse_count(top); i++)
		menus += count_menus(parse_element(top, i), 0);
	r.p.states = arena_array(a, menus, sizeof(*r.p.states));
	parse_unknown(&r.p, top, c);
	read_codes(&r, top, c);
	g->states = r.p.states;
	g->state_count = r.state_count;
}

/* What somebody hears who texts a word that nobody has. */
static const char *
join_keywords(struct arena *a, const struct catalogue *c)
{
	const char *joined = "", *word;
	size_t i, j;

	for (i = 0; i < c->graph_count; i++)
		for (j = 0; j < c->graphs[i]->keyword_count; j++) {
			word = c->graphs[i]->keywords[j].word;
			if (strlen(joined) + strlen(word) > WORDS_OCTETS)
				return arena_printf(a, "%s...", joined);
			joined = arena_printf(a, "%s%s%s", joined,
			    *joined == '\0' ? "" : ", ", word);
		}
	return joined;
}

static size_t
count_menus(const config_setting_t *menu, int depth)
{
	const config_setting_t *list;
	size_t i, count = 1;

	if (!config_setting_is_group(menu) || depth > DEPTH_MAX)
		return 0;
	list = parse_list(menu, "menu");
	if (list == NULL)
		return 0;
	for (i = 0; i < parse_count(list); i++)
		count += count_menus(parse_element(list, i), depth + 1);
	return count;
}

static void
read_codes(struct root *r, const config_setting_t *file, struct catalogue *c)
{
	const config_setting_t *list = parse_list(file, "codes");
	size_t i, j, count = parse_count(list);
	struct code *codes = arena_array(r->p.arena, count, sizeof(*codes));

	if (list != NULL && (count == 0 || count > ROOTS_MAX))
		parse_wrong(&r->p, CHECK_WORDS, list,
		    "there are from 1 to %d short codes, not %zu", ROOTS_MAX,
		    count);
	for (i = 0; i < count && i < ROOTS_MAX; i++) {
		read_code(r, file, parse_element(list, i), &codes[i]);
		for (j = 0; j < i; j++)
			if (strcmp(codes[i].code, codes[j].code) == 0)
				parse_wrong(&r->p, CHECK_KEYS,
				    parse_element(list, i),
				    "the code %s stands twice", codes[i].code);
	}
	c->codes = codes;
	c->code_count = count;
}

static void
read_code(struct root *r, const config_setting_t *file,
    const config_setting_t *s, struct code *out)
{
	struct raw_code raw = { .code = NULL };
	const config_setting_t *group;

	out->code = "";
	out->state = NOWHERE;
	if (!parse_fill(&r->p, s, code_table, &raw))
		return;
	out->code = raw.code;
	out->trial = raw.trial;
	out->only = raw.only;
	prove_numbers(r, s, raw.only);
	if (!is_code(raw.code))
		parse_wrong(&r->p, CHECK_KEYS, parse_place(s, "code"),
		    "a short code is written like *152*00#, not '%s'",
		    raw.code);
	group = parse_group(file, raw.root);
	if (group == NULL)
		parse_wrong(&r->p, CHECK_TARGETS, parse_place(s, "root"),
		    "no menu '%s' in this file", raw.root);
	else
		out->state = read_top(r, group, raw.root);
}

static void
prove_numbers(struct root *r, const config_setting_t *s,
    const char *const *numbers)
{
	for (; numbers != NULL && *numbers != NULL; numbers++)
		if (!text_is_digits(*numbers) || strlen(*numbers) > MSISDN_MAX)
			parse_wrong(&r->p, CHECK_WORDS, parse_place(s, "only"),
			    "'%s' is no number: a number is digits, such as "
			    "255754000001, without a +",
			    *numbers);
}

static bool
is_code(const char *code)
{
	size_t digits;

	if (*code != '*')
		return false;
	while (*code == '*') {
		digits = strspn(++code, "0123456789");
		if (digits == 0)
			return false;
		code += digits;
	}
	return strcmp(code, "#") == 0;
}

/* Two codes may lead to one menu. */
static uint16_t
read_top(struct root *r, const config_setting_t *group, const char *name)
{
	size_t i;

	for (i = 0; i < r->state_count; i++)
		if (strcmp(r->p.states[i].name, name) == 0)
			return (uint16_t)i;
	r->p.state = name;
	if (!parse_fill(&r->p, group, menu_table, NULL)) {
		r->p.state = NULL;
		return NOWHERE;
	}
	return read_menu(r, parse_list(group, "menu"), name,
	    parse_words(&r->p, group, "text"), 0);
}

static uint16_t
read_menu(struct root *r, const config_setting_t *list, const char *name,
    struct words text, int depth)
{
	size_t number = r->state_count++, i, count = parse_count(list);
	struct state *s = &r->p.states[number];
	struct menu_option *options =
	    arena_array(r->p.arena, count, sizeof(*options));

	*s = (struct state){ .name = name,
		.kind = STATE_MENU,
		.text = text,
		.options = options,
		.option_count = count,
		.into = NOWHERE,
		.rows = NOWHERE,
		.api = NOWHERE,
		.resume = true,
		.line = parse_line(list) };
	for (i = 0; i < count; i++) {
		r->p.state = name;
		read_option(
		    r, parse_element(list, i), i, s, depth, &options[i]);
	}
	r->p.state = name;
	parse_option_keys(&r->p, list, s);
	r->p.state = NULL;
	return (uint16_t)number;
}

static void
read_option(struct root *r, const config_setting_t *s, size_t i,
    const struct state *menu, int depth, struct menu_option *out)
{
	struct raw_option raw = { .key = NULL };
	const config_setting_t *list;

	parse_fill(&r->p, s, r->option_table, &raw);
	parse_option(&r->p, s, i, &raw, out);
	out->next = (struct target){ .state = NOWHERE,
		.line = parse_line(parse_place(s, "next")) };
	if (raw.next != NULL &&
	    !parse_door(
		r->p.arena, parse_place(s, "next"), raw.next, &out->next))
		parse_wrong(&r->p, CHECK_TARGETS, parse_place(s, "next"),
		    "'%s' is no institution: it is named with small letters, "
		    "digits and _",
		    raw.next);
	if (!config_setting_is_group(s))
		return;
	list = parse_list(s, "menu");
	if ((list == NULL) == (raw.next == NULL))
		parse_wrong(&r->p, CHECK_WORDS, s,
		    "an option has either 'next', an institution, or a 'menu' "
		    "of its own");
	else if (list != NULL && depth == DEPTH_MAX)
		parse_wrong(&r->p, CHECK_WORDS, s,
		    "menus are nested more than %d deep", DEPTH_MAX);
	else if (list != NULL)
		out->next.state = read_menu(r, list,
		    arena_printf(r->p.arena, "%s.%s", menu->name, out->key),
		    out->text, depth + 1);
}

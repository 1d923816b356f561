/*
 * The options of a menu: their keys, their words, when they are offered.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "menus/parse.h"

#define OPTIONS_MAX 99

#define AT(field) offsetof(struct raw_option, field)
static const struct schema_key table[] = {
	{ "key", SCHEMA_TEXT, AT(key), RANGE(1, 3), .optional = true },
	{ "when", SCHEMA_TEXT, AT(when), RANGE(1, 200), .optional = true },
	{ "next", SCHEMA_TEXT, AT(next), RANGE(1, 100) },
	{ .name = NULL },
};

static void check_key(
    struct parser *p, const config_setting_t *where, const char *key);
static const char *navigation(const struct catalogue *c, const char *key);

void
parse_options(struct parser *p, const config_setting_t *list, struct state *s)
{
	const struct schema_key *whole = parse_with_langs(p, table, AT(texts));
	size_t i, count = parse_count(list);
	struct menu_option *options =
	    arena_array(p->arena, count, sizeof(*options));
	const config_setting_t *where;

	for (i = 0; i < count; i++) {
		struct raw_option raw = { .key = NULL };

		where = parse_element(list, i);
		parse_fill(p, where, whole, &raw);
		parse_option(p, where, i, &raw, &options[i]);
		options[i].next = parse_target(p, where, "next", raw.next);
	}
	s->options = options;
	s->option_count = count;
	parse_option_keys(p, list, s);
}

/* What options of institutions and of the root have in common. */
void
parse_option(struct parser *p, const config_setting_t *where, size_t position,
    const struct raw_option *raw, struct menu_option *out)
{
	out->line = parse_line(where);
	out->key = raw->key;
	if (out->key == NULL)
		out->key = arena_printf(p->arena, "%zu", position + 1);
	check_key(p, parse_place(where, "key"), out->key);
	if (config_setting_is_group(where))
		out->text = parse_texts(p, where, raw->texts);
	if (raw->when != NULL)
		out->when =
		    parse_condition(p, parse_place(where, "when"), raw->when);
}

static void
check_key(struct parser *p, const config_setting_t *where, const char *key)
{
	const char *taken = navigation(p->catalogue, key);

	if (taken != NULL)
		parse_wrong(p, CHECK_KEYS, where,
		    "the key %s belongs to the navigation line '%s'", key,
		    taken);
	else if (!text_is_digits(key) || key[0] == '0')
		parse_wrong(p, CHECK_KEYS, where,
		    "a key is a number from 1 to 999, not '%s'", key);
}

static const char *
navigation(const struct catalogue *c, const char *key)
{
	const struct {
		const char *name, *key;
	} taken[] = { { "back", c->back.key }, { "home", c->home.key },
		{ "more", c->more.key }, { "lang", c->lang.key } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(taken); i++)
		if (taken[i].key != NULL && strcmp(taken[i].key, key) == 0)
			return taken[i].name;
	return NULL;
}

void
parse_option_keys(
    struct parser *p, const config_setting_t *list, const struct state *s)
{
	size_t i, j;

	if (s->option_count == 0 || s->option_count > OPTIONS_MAX)
		parse_wrong(p, CHECK_WORDS, list,
		    "a menu has from 1 to %d options, not %zu", OPTIONS_MAX,
		    s->option_count);
	for (i = 1; i < s->option_count && i < OPTIONS_MAX; i++)
		for (j = 0; j < i; j++)
			if (strcmp(s->options[i].key, s->options[j].key) == 0)
				parse_wrong(p, CHECK_KEYS,
				    parse_place(parse_element(list, i), "key"),
				    "the key %s is taken by the option in line"
				    " %d",
				    s->options[i].key, s->options[j].line);
}

/*
 * Texts: from "Deni: TZS {amount}" to pieces, in every language.
 */
#include <string.h>

#include "menus/parse.h"

#define NAME_CHARACTERS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-*"

static size_t read_literal(struct piece *out, const char *at);
static size_t read_variable(struct parser *p, const config_setting_t *where,
    struct piece *out, const char *at);
static void put_variable(struct parser *p, const config_setting_t *where,
    struct piece *out, const char *name);

struct words
parse_words(struct parser *p, const config_setting_t *group, const char *name)
{
	static const struct schema_key nothing_else[] = { { .name = NULL } };
	const config_setting_t *s = parse_group(group, name);
	const char *texts[LANGS_MAX] = { NULL };

	if (s == NULL)
		return (struct words){ .line = parse_line(group) };
	if (!parse_fill(p, s, parse_with_langs(p, nothing_else, 0), texts))
		return (struct words){ .line = parse_line(s) };
	return parse_texts(p, s, texts);
}

struct words
parse_texts(struct parser *p, const config_setting_t *where,
    const char *const texts[LANGS_MAX])
{
	const struct catalogue *c = p->catalogue;
	struct words w = { .line = parse_line(where) };
	const char *lang;
	size_t i;

	for (i = 0; i < c->lang_count; i++) {
		lang = c->langs[i];
		if (texts[i] != NULL)
			w.in[i] = parse_template(
			    p, parse_place(where, lang), texts[i]);
		else if (config_setting_get_member(where, lang) == NULL)
			parse_wrong(p, CHECK_LANGUAGES, where,
			    "the text in '%s' is missing", lang);
	}
	return w;
}

struct template parse_template(
    struct parser *p, const config_setting_t *where, const char *text)
{
	struct piece *pieces = NULL;
	size_t count = 0, room = 1;
	const char *at;

	/* A piece begins at the start, at each { and behind each }. */
	for (at = text; *at != '\0'; at++)
		room += *at == '{' || *at == '}';
	pieces = arena_array(p->arena, room, sizeof(*pieces));
	for (at = text; *at != '\0'; count++)
		if (*at == '{')
			at += read_variable(p, where, &pieces[count], at);
		else
			at += read_literal(&pieces[count], at);
	return (struct template){ pieces, count };
}

/* TEXT is in the catalogue's arena, and so the piece points into it. */
static size_t
read_literal(struct piece *out, const char *at)
{
	size_t len = strcspn(at, "{");

	*out = (struct piece){ at, len, NOWHERE };
	return len;
}

static size_t
read_variable(struct parser *p, const config_setting_t *where,
    struct piece *out, const char *at)
{
	size_t len = strspn(at + 1, NAME_CHARACTERS);
	const char *name = arena_copy(p->arena, at + 1, len);

	*out = (struct piece){ "", 0, NOWHERE };
	if (len == 0 || at[1 + len] != '}') {
		parse_wrong(p, CHECK_VARIABLES, where,
		    "a '{' must begin the name of a variable and a '}' end it,"
		    " as in {name}");
		return strlen(at);
	}
	put_variable(p, where, out, name);
	return len + 2;
}

static void
put_variable(struct parser *p, const config_setting_t *where, struct piece *out,
    const char *name)
{
	uint16_t var;

	if (p->known_words != NULL && strcmp(name, "words") == 0) {
		*out = (struct piece){ p->known_words, strlen(p->known_words),
			NOWHERE };
		return;
	}
	if (p->hole != NULL && strcmp(name, p->hole) == 0) {
		*out = (struct piece){ NULL, 0, WORDS_HOLE };
		return;
	}
	var = parse_variable_name(p, where, name);
	if (var == NOWHERE)
		return;
	if (parse_variable(p, var)->type == VAR_ROWS)
		parse_wrong(p, CHECK_VARIABLES, where,
		    "'%s' holds rows and cannot stand in a text; show it with "
		    "a list",
		    name);
	else
		*out = (struct piece){ NULL, 0, var };
}

/*
 * Talks: scripted dialogues beside the menu, kept as they are written.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "menus/parse.h"
#include "menus/talk.h"

/* So that playing them all is soon done. */
#define TALKS_MAX 200
#define LINES_MAX 200


struct raw_talk {
	const char *name, *dial, *text, *lang;
};

#define AT(field) offsetof(struct raw_talk, field)
static const struct schema_key table[] = {
	{ "name", SCHEMA_TEXT, AT(name), RANGE(1, 100) },
	{ "dial", SCHEMA_TEXT, AT(dial), RANGE(1, 182), .optional = true },
	{ "text", SCHEMA_TEXT, AT(text), RANGE(1, 1000), .optional = true },
	{ "lang", SCHEMA_TEXT, AT(lang), RANGE(1, 8), .optional = true },
	{ "given", SCHEMA_GROUP, .optional = true },
	{ "say", SCHEMA_LIST, .optional = false },
	{ .name = NULL },
};

static void read_talk(
    struct parser *p, const config_setting_t *s, struct talk *out);
static void check_talk(
    struct parser *p, const config_setting_t *s, const struct talk *t);
static void read_given(
    struct parser *p, const config_setting_t *given, struct talk *out);
static size_t count_answers(const config_setting_t *s);
static void check_service(struct parser *p, const config_setting_t *s);
static void read_canned(struct parser *p, const config_setting_t *s, size_t nth,
    struct canned *out);
static const char *const *read_lines(
    struct parser *p, const config_setting_t *say);
static bool is_line(const char *line);

void
parse_talks(struct parser *p, const config_setting_t *talks, struct graph *g)
{
	size_t i, count = parse_count(talks);
	struct talk *list = arena_array(p->arena, count, sizeof(*list));

	if (count > TALKS_MAX)
		parse_wrong(p, CHECK_WORDS, talks,
		    "there are at most %d talks, not %zu", TALKS_MAX, count);
	for (i = 0; i < count; i++)
		read_talk(p, parse_element(talks, i), &list[i]);
	g->talks = list;
	g->talk_count = count;
}

static void
read_talk(struct parser *p, const config_setting_t *s, struct talk *out)
{
	struct raw_talk raw = { .name = NULL };

	out->line = parse_line(s);
	if (!parse_fill(p, s, table, &raw))
		return;
	out->name = raw.name;
	out->dial = raw.dial;
	out->text = raw.text;
	out->lang = raw.lang;
	out->say = read_lines(p, parse_list(s, "say"));
	read_given(p, parse_group(s, "given"), out);
	check_talk(p, s, out);
}

static void
check_talk(struct parser *p, const config_setting_t *s, const struct talk *t)
{
	const struct catalogue *c = p->catalogue;
	size_t i;

	if ((t->dial == NULL) == (t->text == NULL))
		parse_wrong(p, CHECK_WORDS, s,
		    "a talk begins with either 'dial' or 'text', an SMS");
	if (t->lang == NULL)
		return;
	for (i = 0; i < c->lang_count; i++)
		if (strcmp(c->langs[i], t->lang) == 0)
			return;
	parse_wrong(p, CHECK_LANGUAGES, parse_place(s, "lang"),
	    "no language '%s'%s", t->lang,
	    names_hint(p->findings->arena, c->langs, t->lang));
}

static void
read_given(struct parser *p, const config_setting_t *given, struct talk *out)
{
	size_t i, j, count = parse_count(given), answers = 0;
	struct canned *list;

	for (i = 0; i < count; i++)
		answers += count_answers(parse_element(given, i));
	list = arena_array(p->arena, answers, sizeof(*list));
	out->given = list;
	for (i = 0; i < count; i++) {
		const config_setting_t *s = parse_element(given, i);

		check_service(p, s);
		answers = count_answers(s);
		for (j = 0; j < answers; j++)
			read_canned(p, s, j, &list[out->given_count++]);
	}
}

/* One, or several in [ ]. */
static size_t
count_answers(const config_setting_t *s)
{
	return config_setting_is_array(s) ? parse_count(s) : 1;
}

static void
check_service(struct parser *p, const config_setting_t *s)
{
	const char *api = config_setting_name(s);

	/* Another institution's is "rita-verify". */
	if (strchr(api, '-') == NULL &&
	    names_find(&p->api_names, api) == NOWHERE &&
	    names_find(&p->app_names, api) == NOWHERE)
		parse_wrong(p, CHECK_TARGETS, s,
		    "no service '%s' in apis, nor an application in apps%s",
		    api,
		    names_hint(p->findings->arena, p->api_names.list, api));
	if (count_answers(s) == 0)
		parse_wrong(p, CHECK_WORDS, s, "there is no answer in [ ]");
}

static void
read_canned(
    struct parser *p, const config_setting_t *s, size_t nth, struct canned *out)
{
	const char *answer = config_setting_is_array(s)
	    ? config_setting_get_string(parse_element(s, nth))
	    : config_setting_get_string(s);

	out->api = arena_string(p->arena, config_setting_name(s));
	out->line = parse_line(s);
	if (answer == NULL || !talk_given(p->arena, answer, out))
		parse_wrong(p, CHECK_WORDS, s,
		    "an answer is \"200 file.json\", \"404\", \"200 "
		    "file.json after 30s\", \"slow\" or \"never\"");
}

static const char *const *
read_lines(struct parser *p, const config_setting_t *say)
{
	size_t i, count = parse_count(say);
	const char **lines = arena_array(p->arena, count + 1, sizeof(*lines));
	const char *line;

	if (count > LINES_MAX)
		parse_wrong(p, CHECK_WORDS, say,
		    "a talk has at most %d lines, not %zu", LINES_MAX, count);
	for (i = 0; i < count; i++) {
		line = config_setting_get_string(parse_element(say, i));
		if (line == NULL || !is_line(line)) {
			parse_wrong(p, CHECK_WORDS, parse_element(say, i),
			    "a line is \"> what the citizen sends\", "
			    "\"< what the screen contains\" or \"+ 5m\", time "
			    "that passes");
			line = ">";
		}
		lines[i] = arena_string(p->arena, line);
	}
	return lines;
}

static bool
is_line(const char *line)
{
	int64_t ms;

	switch (line[0]) {
	case '<':
	case '>':
		return true;
	case '+':
		return talk_span(line, &ms);
	}
	return false;
}

/*
 * Reading a talk: lines into tokens, tokens into the sentence of a table.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "simulator/script.h"
#include "simulator/workspace.h"

#define TOKENS_MAX 16
#define GAP        " \t\r,"

struct token {
	const char *text;
	bool quoted;
};

struct reading {
	struct arena *arena;
	struct findings *findings;
	const struct cue *cues;
	struct script *script;
	struct script_line *lines;
	size_t room;
	bool begun; /* settings are over */
};

static void read_name(struct reading *r, char *line, int number);
static void read_line(struct reading *r, char *line, int number);
static enum cue_side side_of(char *line, char **rest);
static int split(struct reading *r, char *text, int number,
    struct token *tokens, size_t *count);
static char *unquote(struct reading *r, char **at);
static const struct cue *recognise(const struct cue *cues, enum cue_side side,
    const struct token *tokens, size_t count, const char **args);
static bool matches(const char *pattern, const struct token *tokens,
    size_t count, const char **args);
static bool fits(
    const char *word, size_t len, const struct token *t, bool *varies);
static void misunderstood(struct reading *r, enum cue_side side, int number,
    const struct token *tokens, size_t count);
static void add(struct reading *r, const struct script_line *line);
static void refuse(struct reading *r, int number, const char *says);

const struct script *
script_read(struct arena *a, const char *path, const struct cue *cues,
    struct findings *f)
{
	struct reading r = { .arena = a, .findings = f, .cues = cues };
	char *text = workspace_read(a, path), *line;
	size_t errors = f->errors;
	int number = 0;

	r.script = arena_alloc(a, sizeof(*r.script));
	r.script->file = arena_string(a, path);
	if (text == NULL) {
		refuse(&r, 0, "cannot be read");
		return NULL;
	}
	while ((line = strsep(&text, "\n")) != NULL) {
		number++;
		line += strspn(line, " \t\r");
		if (*line == '\0' || *line == '#')
			continue;
		if (r.script->name == NULL)
			read_name(&r, line, number);
		else
			read_line(&r, line, number);
	}
	if (r.script->name == NULL)
		refuse(&r, 0, "there is no sentence that names the talk");
	r.script->lines = r.lines;
	return f->errors == errors ? r.script : NULL;
}

static void
read_name(struct reading *r, char *line, int number)
{
	size_t len = strlen(line);

	while (len > 0 && isspace((unsigned char)line[len - 1]))
		line[--len] = '\0';
	if (strchr("<>*", *line) != NULL)
		refuse(r, number,
		    "a talk begins with a sentence that names "
		    "it, and this is none");
	r->script->name = line;
}

static void
read_line(struct reading *r, char *text, int number)
{
	struct script_line line = { .line = number };
	struct token tokens[TOKENS_MAX];
	enum cue_side side;
	char *rest;
	size_t count;

	line.written = arena_string(r->arena, text);
	side = side_of(text, &rest);
	if (split(r, rest, number, tokens, &count) == -1)
		return;
	line.cue = recognise(r->cues, side, tokens, count, line.args);
	if (line.cue == NULL)
		misunderstood(r, side, number, tokens, count);
	else if (side == CUE_SETTING && r->begun)
		refuse(r, number, "settings stand before the first >, < or *");
	else
		add(r, &line);
	r->begun |= side != CUE_SETTING;
}

static enum cue_side
side_of(char *line, char **rest)
{
	*rest = line + 1;
	switch (*line) {
	case '>':
		return CUE_SAYS;
	case '<':
		return CUE_SEES;
	case '*':
		return CUE_STAGE;
	}
	*rest = line;
	return CUE_SETTING;
}

/* ---- tokens */

static int
split(struct reading *r, char *text, int number, struct token *tokens,
    size_t *count)
{
	for (*count = 0;; (*count)++) {
		struct token *t = &tokens[*count];

		text += strspn(text, GAP);
		if (*text == '\0')
			return 0;
		if (*count == TOKENS_MAX) {
			refuse(r, number, "too many words");
			return -1;
		}
		t->quoted = *text == '"';
		t->text = t->quoted ? unquote(r, &text) : text;
		if (!t->quoted)
			text += strcspn(text, GAP);
		if (t->text == NULL || strchr(GAP, *text) == NULL) {
			refuse(r, number,
			    "a text stands in quotation marks, "
			    "with a space behind it");
			return -1;
		}
		if (*text != '\0')
			*text++ = '\0';
	}
}

/* Behind the closing mark afterwards; \n, \\ and \" are what they are in a
 * menu file. */
static char *
unquote(struct reading *r, char **at)
{
	char *from = *at + 1;
	char *to, *out;

	to = out = arena_alloc(r->arena, strlen(from) + 1);
	while (*from != '"') {
		if (*from == '\0')
			return NULL;
		if (*from == '\\' && from[1] != '\0') {
			from++;
			*to++ = *from == 'n' ? '\n' : *from;
			from++;
		} else
			*to++ = *from++;
	}
	*at = from + 1;
	return out;
}

/* ---- sentences */

static const struct cue *
recognise(const struct cue *cues, enum cue_side side,
    const struct token *tokens, size_t count, const char **args)
{
	for (; cues->pattern != NULL; cues++)
		if (cues->side == side &&
		    matches(cues->pattern, tokens, count, args))
			return cues;
	return NULL;
}

static bool
matches(const char *pattern, const struct token *tokens, size_t count,
    const char **args)
{
	size_t i, len, arg = 0;
	bool varies;

	for (i = 0; *pattern != '\0'; i++, pattern += len) {
		pattern += strspn(pattern, " ");
		len = strcspn(pattern, " ");
		if (i == count || !fits(pattern, len, &tokens[i], &varies))
			return false;
		if (varies)
			args[arg++] = tokens[i].text;
	}
	return i == count;
}

static bool
fits(const char *word, size_t len, const struct token *t, bool *varies)
{
	*varies = true;
	if (strncmp(word, "{text}", len) == 0)
		return t->quoted;
	if (strncmp(word, "{number}", len) == 0)
		return !t->quoted && text_is_digits(t->text);
	if (strncmp(word, "{word}", len) == 0)
		return !t->quoted;
	*varies = false;
	return !t->quoted && strlen(t->text) == len &&
	    strncmp(word, t->text, len) == 0;
}

/* The sentences of that side which begin alike are what could be meant. */
static void
misunderstood(struct reading *r, enum cue_side side, int number,
    const struct token *tokens, size_t count)
{
	const char *near = NULL;
	const struct cue *c;
	bool varies;

	for (c = r->cues; c->pattern != NULL; c++) {
		if (c->side != side || count == 0 ||
		    !fits(c->pattern, strcspn(c->pattern, " "), &tokens[0],
			&varies))
			continue;
		near = near == NULL
		    ? c->pattern
		    : arena_printf(r->arena, "%s; %s", near, c->pattern);
	}
	refuse(r, number,
	    near == NULL ? "not understood"
			 : arena_printf(r->arena,
			       "not understood; known are: %s", near));
}

static void
add(struct reading *r, const struct script_line *line)
{
	size_t count = r->script->count;
	struct script_line *more;

	if (count == r->room) {
		r->room = r->room == 0 ? 32 : 2 * r->room;
		more = arena_array(r->arena, r->room, sizeof(*more));
		if (count > 0)
			memcpy(more, r->lines, count * sizeof(*more));
		r->lines = more;
	}
	r->lines[r->script->count++] = *line;
}

static void
refuse(struct reading *r, int number, const char *says)
{
	findings_add(r->findings, FINDING_ERROR, 0, r->script->file, number,
	    NULL, "%s", says);
}

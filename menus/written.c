/*
 * From pieces and tests back to words.
 */
#include <string.h>

#include "base/text.h"
#include "menus/builtins.h"
#include "menus/written.h"

#define ELLIPSIS "\xe2\x80\xa6"

static size_t measure(const struct graph *g, const struct piece *piece);
static const char *name_of(const struct graph *g, uint16_t var);
static char *put_piece(
    char *to, const struct graph *g, const struct piece *piece);
static size_t first_words(const char *text, size_t len, size_t most);
static const char *written_test(
    struct arena *a, const struct graph *g, const struct test *t);
static const char *sign_of(enum compare op);

char *
written_text(struct arena *a, const struct graph *g, const struct template *t)
{
	size_t i, len = 0;
	char *text, *to;

	for (i = 0; i < t->count; i++)
		len += measure(g, &t->pieces[i]);
	text = to = arena_alloc(a, len + 1);
	for (i = 0; i < t->count; i++)
		to = put_piece(to, g, &t->pieces[i]);
	return text;
}

static size_t
measure(const struct graph *g, const struct piece *piece)
{
	if (piece->literal != NULL)
		return piece->len;
	return strlen(name_of(g, piece->var)) + 2;
}

/* A sentence of the catalogue's own has a place for something. */
static const char *
name_of(const struct graph *g, uint16_t var)
{
	return var == WORDS_HOLE ? "..." : builtin_or_own(g, var)->name;
}

static char *
put_piece(char *to, const struct graph *g, const struct piece *piece)
{
	const char *name;

	if (piece->literal != NULL)
		return mempcpy(to, piece->literal, piece->len);
	name = name_of(g, piece->var);
	*to++ = '{';
	to = mempcpy(to, name, strlen(name));
	*to++ = '}';
	return to;
}

/* ---- shortly */

char *
written_shortly(struct arena *a, const struct graph *g,
    const struct template *t, size_t most)
{
	char *text = written_text(a, g, t), *at;
	size_t len = strlen(text), kept = first_words(text, len, most);

	for (at = text; *at != '\0'; at++)
		if (*at == '\n' || *at == '\t')
			*at = ' ';
	if (kept == len)
		return text;
	return arena_printf(a, "%.*s" ELLIPSIS, (int)kept, text);
}

/* Octets of what fits; a first word that does not is cut. */
static size_t
first_words(const char *text, size_t len, size_t most)
{
	size_t at, characters = 0, word = 0;
	uint32_t c;

	for (at = 0; at < len; at += text_next(text + at, len - at, &c)) {
		if (text[at] == ' ' || text[at] == '\n')
			word = at;
		/* One is kept for the sign that more follows. */
		if (characters++ == most - 1)
			break;
	}
	if (at == len || at + text_next(text + at, len - at, &c) == len)
		return len;
	return word > 0 ? word : at;
}

/* ---- conditions */

const char *
written_condition(
    struct arena *a, const struct graph *g, const struct condition *c)
{
	const char *text = "";
	size_t i;

	for (i = 0; i < c->count; i++)
		text = arena_printf(a, "%s%s%s", text, i == 0 ? "" : " and ",
		    written_test(a, g, &c->tests[i]));
	return text;
}

static const char *
written_test(struct arena *a, const struct graph *g, const struct test *t)
{
	const char *name = builtin_or_own(g, t->var)->name;

	if (t->op == COMPARE_EMPTY)
		return arena_printf(a, "empty %s", name);
	if (t->numeric)
		return arena_printf(
		    a, "%s %s %s", name, sign_of(t->op), t->literal);
	return arena_printf(a, "%s %s '%s'", name, sign_of(t->op), t->literal);
}

static const char *
sign_of(enum compare op)
{
	switch (op) {
	case COMPARE_EQ:
		return "==";
	case COMPARE_NE:
		return "!=";
	case COMPARE_LT:
		return "<";
	case COMPARE_LE:
		return "<=";
	case COMPARE_GT:
		return ">";
	case COMPARE_GE:
		return ">=";
	case COMPARE_EMPTY:
		break;
	}
	return "empty";
}

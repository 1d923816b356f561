/*
 * Finding keywords.
 */
#include <string.h>

#include "base/text.h"
#include "menus/fold.h"
#include "menus/keyword.h"

/* An SMS has no more words than half its characters. */
#define TOKENS_MAX 256

struct tokens {
	const char *text; /* as it came */
	const char *at[TOKENS_MAX];
	size_t end[TOKENS_MAX]; /* of each, in TEXT */
	size_t count;
};

static void split(struct arena *a, const char *text, struct tokens *t);
static char *part_at_marks(struct arena *a, const char *text);
static bool is_digit(char c);
static size_t spaces(const char *text);
static size_t letters(const char *text);
static void add_token(struct tokens *t, char *token, size_t end);
static const char *first_words(
    struct arena *a, const struct tokens *t, size_t count);
static bool find_word(struct arena *a, const struct catalogue *c,
    const char *folded, struct keyword_found *found);
static bool begins_alike(const char *word, const char *folded);
static void take_args(struct arena *a, const struct tokens *t, size_t from,
    struct keyword_found *found);
static const char *rest_of(
    struct arena *a, const struct tokens *t, size_t from);
static const char *joined(
    struct arena *a, const char *const *words, size_t count);
static const char *const *all_words(struct arena *a, const struct catalogue *c);

bool
keyword_find(struct arena *a, const struct catalogue *c, const char *text,
    struct keyword_found *found)
{
	struct tokens t;
	size_t words;

	split(a, text, &t);
	words = t.count < KEYWORD_WORDS_MAX ? t.count : KEYWORD_WORDS_MAX;
	for (; words > 0; words--)
		if (find_word(a, c, first_words(a, &t, words), found)) {
			take_args(a, &t, words, found);
			return true;
		}
	return false;
}

const char *
keyword_folded(struct arena *a, const char *text)
{
	struct tokens t;

	split(a, text, &t);
	return first_words(a, &t, t.count);
}

const char *const *
keyword_args(
    struct arena *a, const struct keyword *k, const char *text, size_t *count)
{
	struct keyword_found found = { .keyword = k };
	struct tokens own, t;

	split(a, k->word, &own);
	split(a, text, &t);
	*count = 0;
	if (t.count < own.count)
		return NULL;
	take_args(a, &t, own.count, &found);
	*count = found.arg_count;
	return found.args;
}

const char *
keyword_usage(struct arena *a, const struct graph *g, const struct keyword *k)
{
	const char *text = k->word;
	size_t i;

	for (i = 0; i < k->arg_count; i++)
		text = arena_printf(a, i < k->least ? "%s %s" : "%s [%s]", text,
		    g->vars[k->args[i]].name);
	return text;
}

const char *
keyword_nearest(struct arena *a, const struct catalogue *c, const char *text)
{
	const char *const *known = all_words(a, c);
	const char *nearest = NULL;
	struct tokens t;
	size_t words;

	split(a, text, &t);
	words = t.count < KEYWORD_WORDS_MAX ? t.count : KEYWORD_WORDS_MAX;
	for (; words > 0 && nearest == NULL; words--)
		nearest = text_nearest(first_words(a, &t, words), known);
	return nearest;
}

/* ---- words of a message */

static void
split(struct arena *a, const char *text, struct tokens *t)
{
	char *parted = part_at_marks(a, text);
	size_t at = 0, len;

	t->text = text;
	t->count = 0;
	while (parted[at += spaces(parted + at)] != '\0') {
		len = letters(parted + at);
		add_token(t, arena_copy(a, parted + at, len), at + len);
		at += len;
	}
}

/* A comma between digits belongs to a number. */
static char *
part_at_marks(struct arena *a, const char *text)
{
	char *parted = arena_string(a, text), *at;

	for (at = parted; *at != '\0'; at++) {
		bool in_number = *at == ',' && at > parted &&
		    is_digit(at[-1]) && is_digit(at[1]);

		if (strchr(",;:=*#\"<>()", *at) != NULL && !in_number)
			*at = ' ';
	}
	return parted;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
spaces(const char *text)
{
	size_t len = strlen(text), at, took;
	uint32_t c;

	for (at = 0; at < len; at += took) {
		took = text_next(text + at, len - at, &c);
		if (!fold_is_space(c))
			break;
	}
	return at;
}

static size_t
letters(const char *text)
{
	size_t len = strlen(text), at, took;
	uint32_t c;

	for (at = 0; at < len; at += took) {
		took = text_next(text + at, len - at, &c);
		if (fold_is_space(c))
			break;
	}
	return at;
}

/* Without the marks that end a sentence, or an amount: "1500/=". */
static void
add_token(struct tokens *t, char *token, size_t end)
{
	size_t len = strlen(token);

	while (len > 0 && strchr(".!?-/", token[len - 1]) != NULL)
		len--;
	token[len] = '\0';
	if (len == 0 || t->count == TOKENS_MAX)
		return;
	t->end[t->count] = end;
	t->at[t->count++] = token;
}

static const char *
first_words(struct arena *a, const struct tokens *t, size_t count)
{
	return fold_words(a, joined(a, t->at, count));
}

static const char *
joined(struct arena *a, const char *const *words, size_t count)
{
	size_t len = 0, i;
	char *text, *at;

	for (i = 0; i < count; i++)
		len += strlen(words[i]) + 1;
	text = at = arena_alloc(a, len + 1);
	for (i = 0; i < count; i++) {
		if (i > 0)
			*at++ = ' ';
		at = stpcpy(at, words[i]);
	}
	return text;
}

/* ---- known words */

static bool
find_word(struct arena *a, const struct catalogue *c, const char *folded,
    struct keyword_found *found)
{
	size_t i, j;

	for (i = 0; i < c->graph_count; i++) {
		const struct graph *g = c->graphs[i];

		for (j = 0; j < g->keyword_count + g->alias_count; j++) {
			const struct keyword *k = &g->keywords[j];

			if (!begins_alike(k->word, folded) ||
			    strcmp(fold_words(a, k->word), folded) != 0)
				continue;
			found->number = (uint16_t)i;
			found->graph = g;
			found->keyword = k->means == NULL ? k : k->means;
			return true;
		}
	}
	return false;
}

/* Spares the folding of most words there are: FOLDED has only capitals and
 * digits, and a word that begins with anything else is not compared here. */
static bool
begins_alike(const char *word, const char *folded)
{
	char first = *word;

	if (first >= 'a' && first <= 'z')
		first = (char)(first - 'a' + 'A');
	if ((first >= 'A' && first <= 'Z') || is_digit(first))
		return first == *folded;
	return *folded != '\0';
}

static void
take_args(struct arena *a, const struct tokens *t, size_t from,
    struct keyword_found *found)
{
	size_t wanted = found->keyword->arg_count, given = t->count - from;
	const char **args = arena_array(a, given + 1, sizeof(*args));
	size_t count = given < wanted ? given : wanted;

	memcpy(args, t->at + from, count * sizeof(*args));
	if (count > 0 && count == wanted && found->keyword->rest)
		args[count - 1] = rest_of(a, t, from + count - 1);
	else if (count > 0 && given > count)
		args[count - 1] =
		    joined(a, t->at + from + count - 1, given - count + 1);
	found->args = args;
	found->arg_count = count;
}

/* As it was typed, from the token FROM on: a mark may have stood before it. */
static const char *
rest_of(struct arena *a, const struct tokens *t, size_t from)
{
	const char *rest = t->text + t->end[from - 1];
	size_t len;

	while ((len = spaces(rest)) > 0 ||
	    (*rest != '\0' && strchr(",;:=*", *rest) != NULL))
		rest += len > 0 ? len : 1;
	return arena_string(a, rest);
}

static const char *const *
all_words(struct arena *a, const struct catalogue *c)
{
	const struct graph *const *g, *const *end = c->graphs + c->graph_count;
	size_t count = 0, i;
	const char **words;

	for (g = c->graphs; g < end; g++)
		count += (*g)->keyword_count + (*g)->alias_count;
	words = arena_array(a, count + 1, sizeof(*words));
	for (g = c->graphs, count = 0; g < end; g++)
		for (i = 0; i < (*g)->keyword_count + (*g)->alias_count; i++)
			words[count++] = fold_words(a, (*g)->keywords[i].word);
	return words;
}

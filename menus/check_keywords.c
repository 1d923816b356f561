/*
 * Check 10: keywords. In one institution, an example brings what its keyword
 * wants; between all of them, no word belongs to two, and none is so near to
 * another that somebody will text the one and mean the other.
 */
#include <stdlib.h>
#include <string.h>

#include "menus/check_parts.h"
#include "menus/fold.h"
#include "menus/keyword.h"
#include "menus/reserved.h"
#include "menus/value.h"

struct word {
	const struct graph *graph;
	const struct keyword *keyword;
	const char *folded;
	size_t number; /* in order of institution and file */
	const struct word *near; /* the first one that is, or NULL */
};

/* A word, or a word without one of its letters. Words that differ by one
 * letter have such a form in common. */
struct form {
	const char *text;
	struct word *word;
};

static void check_example(const struct proof *p, const struct keyword *k);
static struct word *all_words(
    struct arena *a, const struct catalogue *c, size_t *count);
static const struct word **sorted_words(
    struct arena *a, const struct word *words, size_t count);
static void check_owners(
    const struct word *const *sorted, size_t count, struct findings *f);
static void check_beginnings(struct arena *a, const struct word *const *sorted,
    size_t count, struct findings *f);
static int by_text_alone(const void *a, const void *b);
static int by_text(const void *a, const void *b);
static void check_neighbours(
    struct arena *a, struct word *words, size_t count, struct findings *f);
static struct form *all_forms(
    struct arena *a, struct word *words, size_t count, size_t *forms);
static void meet(const struct form *forms, size_t count);
static bool is_near(const struct word *a, const struct word *b);
static bool is_one_letter(const char *a, const char *b);
static int by_form(const void *a, const void *b);

/* ---- of one institution */

void
check_examples(const struct proof *p)
{
	size_t i;

	for (i = 0; i < p->g->keyword_count + p->g->alias_count; i++)
		if (reserved_find(p->c, p->g->keywords[i].word) !=
		    RESERVED_NONE)
			proof_wrong(p, CHECK_KEYWORDS, p->g->keywords[i].line,
			    NULL,
			    "the word %s is the gateway's own, for citizens' "
			    "data: choose another",
			    p->g->keywords[i].word);

	for (i = 0; i < p->g->keyword_count; i++)
		if (p->g->keywords[i].example != NULL)
			check_example(p, &p->g->keywords[i]);
}

static void
check_example(const struct proof *p, const struct keyword *k)
{
	const char *const *args;
	size_t count, i;

	args = keyword_args(p->arena, k, k->example, &count);
	if (count < k->least) {
		proof_wrong(p, CHECK_KEYWORDS, k->line, NULL,
		    "the example '%s' has %zu of the %zu arguments of %s",
		    k->example, count, k->least, k->word);
		return;
	}
	for (i = 0; i < count; i++)
		if (value_typed(p->arena, &p->g->vars[k->args[i]], args[i]) ==
		    NULL)
			proof_wrong(p, CHECK_KEYWORDS, k->line, NULL,
			    "in the example '%s' of %s, '%s' is refused by the "
			    "rule of '%s'",
			    k->example, k->word, args[i],
			    p->g->vars[k->args[i]].name);
}

/* ---- between institutions */

/*
 * A keyword belongs to whoever comes first in the order of names; the other
 * institution keeps its menu, and its own people hear of it.
 */
void
check_between_keywords(const struct catalogue *c, struct findings *f)
{
	struct arena *a = arena_new();
	size_t count;
	struct word *words = all_words(a, c, &count);
	const struct word **sorted;

	sorted = sorted_words(a, words, count);
	check_owners(sorted, count, f);
	check_beginnings(a, sorted, count, f);
	check_neighbours(a, words, count, f);
	arena_free(a);
}

static struct word *
all_words(struct arena *a, const struct catalogue *c, size_t *count)
{
	struct word *words;
	size_t i, j, most = 0;

	for (i = 0; i < c->graph_count; i++)
		most += c->graphs[i]->keyword_count + c->graphs[i]->alias_count;
	words = arena_array(a, most, sizeof(*words));
	*count = 0;
	for (i = 0; i < c->graph_count; i++) {
		const struct graph *g = c->graphs[i];

		for (j = 0; j < g->keyword_count + g->alias_count; j++) {
			words[*count] = (struct word){ g, &g->keywords[j],
				fold_words(a, g->keywords[j].word), *count,
				NULL };
			++*count;
		}
	}
	return words;
}

/* Words of one text stand together, the first owner's at their head. */
static const struct word **
sorted_words(struct arena *a, const struct word *words, size_t count)
{
	const struct word **sorted =
	    arena_array(a, count, sizeof(const struct word *));
	size_t i;

	for (i = 0; i < count; i++)
		sorted[i] = &words[i];
	qsort(sorted, count, sizeof(const struct word *), by_text);
	return sorted;
}

static void
check_owners(const struct word *const *sorted, size_t count, struct findings *f)
{
	const struct word *owner = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct word *w = sorted[i];

		if (owner == NULL || strcmp(owner->folded, w->folded) != 0)
			owner = w;
		else if (owner->graph != w->graph)
			findings_add(f, FINDING_ERROR, CHECK_KEYWORDS,
			    w->graph->file, w->keyword->line, NULL,
			    "the keyword %s belongs to '%s'", w->keyword->word,
			    owner->graph->name);
	}
}

/* MATOKEO CSEE takes from MATOKEO whoever texts that with CSEE. */
static void
check_beginnings(struct arena *a, const struct word *const *sorted,
    size_t count, struct findings *f)
{
	const struct word *w, *const *shorter, *key;
	struct word beginning;
	const char *space;
	size_t i;

	for (i = 0; i < count; i++) {
		w = sorted[i];
		space = strchr(w->folded, ' ');
		for (; space != NULL; space = strchr(space + 1, ' ')) {
			beginning.folded = arena_copy(
			    a, w->folded, (size_t)(space - w->folded));
			key = &beginning;
			shorter = bsearch(&key, sorted, count,
			    sizeof(const struct word *), by_text_alone);
			if (shorter == NULL || (*shorter)->graph == w->graph ||
			    (*shorter)->keyword->arg_count == 0)
				continue;
			findings_add(f, FINDING_WARNING, CHECK_KEYWORDS,
			    w->graph->file, w->keyword->line, NULL,
			    "the keyword %s takes messages away from %s of "
			    "'%s', which has arguments",
			    w->keyword->word, (*shorter)->keyword->word,
			    (*shorter)->graph->name);
		}
	}
}

static int
by_text_alone(const void *a, const void *b)
{
	return strcmp((*(const struct word *const *)a)->folded,
	    (*(const struct word *const *)b)->folded);
}

static int
by_text(const void *a, const void *b)
{
	const struct word *x = *(const struct word *const *)a;
	const struct word *y = *(const struct word *const *)b;
	int by = strcmp(x->folded, y->folded);

	return by != 0 ? by : (x->number > y->number) - (x->number < y->number);
}

/* ---- one letter apart */

static void
check_neighbours(
    struct arena *a, struct word *words, size_t count, struct findings *f)
{
	size_t i, forms;
	struct form *list = all_forms(a, words, count, &forms);

	meet(list, forms);
	for (i = 0; i < count; i++) {
		const struct word *w = &words[i];

		if (w->near != NULL)
			findings_add(f, FINDING_WARNING, CHECK_KEYWORDS,
			    w->graph->file, w->keyword->line, NULL,
			    "the keyword %s is one letter from %s of '%s': "
			    "somebody will text the one and mean the other",
			    w->keyword->word, w->near->keyword->word,
			    w->near->graph->name);
	}
}

static struct form *
all_forms(struct arena *a, struct word *words, size_t count, size_t *forms)
{
	struct form *list;
	size_t i, j, len, most = 0;

	for (i = 0; i < count; i++)
		most += strlen(words[i].folded) + 1;
	list = arena_array(a, most, sizeof(*list));
	*forms = 0;
	for (i = 0; i < count; i++) {
		const char *text = words[i].folded;

		len = strlen(text);
		list[(*forms)++] = (struct form){ text, &words[i] };
		for (j = 0; j < len; j++)
			list[(*forms)++] = (struct form){
				arena_printf(
				    a, "%.*s%s", (int)j, text, text + j + 1),
				&words[i],
			};
	}
	qsort(list, *forms, sizeof(*list), by_form);
	return list;
}

/* Those of one form stand together, in order of their words. */
static void
meet(const struct form *forms, size_t count)
{
	size_t first = 0, i, j;

	for (i = 0; i < count; i++) {
		struct word *w = forms[i].word;

		if (strcmp(forms[first].text, forms[i].text) != 0)
			first = i;
		for (j = first; j < i; j++) {
			const struct word *other = forms[j].word;

			if (!is_near(other, w))
				continue;
			if (w->near == NULL || other->number < w->near->number)
				w->near = other;
			break;
		}
	}
}

/* Of one institution, two words for the same may well be alike. */
static bool
is_near(const struct word *a, const struct word *b)
{
	if (a->graph == b->graph &&
	    a->keyword->next.state == b->keyword->next.state)
		return false;
	return is_one_letter(a->folded, b->folded);
}

/* One letter is another, or is too many. */
static bool
is_one_letter(const char *a, const char *b)
{
	size_t x = strlen(a), y = strlen(b), same = 0;

	while (a[same] != '\0' && a[same] == b[same])
		same++;
	if (a[same] == '\0' && b[same] == '\0')
		return false;
	if (x == y)
		return strcmp(a + same + 1, b + same + 1) == 0;
	if (x == y + 1)
		return strcmp(a + same + 1, b + same) == 0;
	return y == x + 1 && strcmp(a + same, b + same + 1) == 0;
}

static int
by_form(const void *a, const void *b)
{
	const struct form *x = a, *y = b;
	int by = strcmp(x->text, y->text);

	if (by != 0)
		return by;
	return (x->word->number > y->word->number) -
	    (x->word->number < y->word->number);
}

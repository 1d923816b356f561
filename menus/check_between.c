/*
 * What no institution's file shows alone: keywords that two want, and options
 * of the root menu that lead nowhere.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "menus/check.h"
#include "menus/names.h"

/* A keyword and who wants it. */
struct claim {
	const struct keyword *keyword;
	const struct graph *graph;
	size_t number; /* of the graph */
};

static struct claim *claims_of(
    struct arena *a, const struct catalogue *c, size_t *count);
static int compare_claims(const void *a, const void *b);
static void check_door(const struct catalogue *c, const char *const *names,
    size_t count, const struct state *menu, const struct target *t,
    struct findings *f);
static bool is_named(const char *const *names, size_t count, const char *name);
static int compare_texts(const void *a, const void *b);

/*
 * A keyword belongs to whoever comes first in the order of names; the other
 * institution keeps its menu, and its own people hear of it. Sorted, since
 * there may be thousands.
 */
void
check_between_keywords(const struct catalogue *c, struct findings *f)
{
	struct arena *a = arena_new();
	const struct claim *claim, *first;
	size_t count, i;

	first = claim = claims_of(a, c, &count);
	for (i = 0; i < count; i++, claim++)
		if (strcasecmp(claim->keyword->word, first->keyword->word) != 0)
			first = claim;
		else if (claim->graph != first->graph)
			findings_add(f, FINDING_ERROR, CHECK_KEYWORDS,
			    claim->graph->file, claim->keyword->line, NULL,
			    "the keyword %s belongs to '%s'",
			    claim->keyword->word, first->graph->name);
	arena_free(a);
}

static struct claim *
claims_of(struct arena *a, const struct catalogue *c, size_t *count)
{
	struct claim *claims, *end;
	size_t i, j, all = 0;

	for (i = 0; i < c->graph_count; i++)
		all += c->graphs[i]->keyword_count;
	claims = end = arena_array(a, all, sizeof(*claims));
	for (i = 0; i < c->graph_count; i++)
		for (j = 0; j < c->graphs[i]->keyword_count; j++)
			*end++ = (struct claim){ &c->graphs[i]->keywords[j],
				c->graphs[i], i };
	qsort(claims, all, sizeof(*claims), compare_claims);
	*count = all;
	return claims;
}

static int
compare_claims(const void *a, const void *b)
{
	const struct claim *one = a, *other = b;
	int order = strcasecmp(one->keyword->word, other->keyword->word);

	if (order != 0)
		return order;
	if (one->number != other->number)
		return one->number < other->number ? -1 : 1;
	return one->keyword->line - other->keyword->line;
}

/*
 * An option whose institution is not there, or not well, is answered with
 * `absent`; only a wrong name is an error of the menus file, and it takes
 * nothing away from the others.
 */
void
check_between_doors(
    const struct catalogue *c, const char *const *names, struct findings *f)
{
	const struct state *menu;
	size_t i, j, count = 0;

	while (names[count] != NULL)
		count++;
	for (i = 0; i < c->root->state_count; i++) {
		menu = &c->root->states[i];
		for (j = 0; j < menu->option_count; j++)
			check_door(
			    c, names, count, menu, &menu->options[j].next, f);
	}
}

static void
check_door(const struct catalogue *c, const char *const *names, size_t count,
    const struct state *menu, const struct target *t, struct findings *f)
{
	const char *says, *hint = "";
	uint16_t number;

	if (t->institution == NULL)
		return;
	number = catalogue_graph(c, t->institution);
	if (number != NOWHERE && c->graphs[number]->ussd_door != NOWHERE)
		return;
	if (strchr(t->name, '.') != NULL) {
		says = "is inside an institution, which is entered only "
		       "through its door: name the institution alone";
	} else if (number != NOWHERE) {
		says = "has no ussd door";
	} else if (is_named(names, count, t->name)) {
		return;
	} else {
		says = "is no institution";
		hint = names_hint(f->arena, names, t->name);
	}
	findings_add(f, FINDING_ERROR, CHECK_TARGETS, c->root->file, t->line,
	    menu->name, "'%s' %s%s", t->name, says, hint);
}

static bool
is_named(const char *const *names, size_t count, const char *name)
{
	return bsearch(&name, names, count, sizeof(*names), compare_texts) !=
	    NULL;
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

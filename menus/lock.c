/*
 * Locks as values: taken from graphs, and held against each other.
 */
#include <stdlib.h>
#include <string.h>

#include "menus/fold.h"
#include "menus/lock.h"

static size_t size_of(const struct graph *g);
static struct lock_entry *add_graph(
    struct arena *a, const struct graph *g, struct lock_entry *to);
static struct lock_entry *add_keys(
    const struct graph *g, const struct state *st, struct lock_entry *to);
static struct lock_entry add_word(
    struct arena *a, const struct graph *g, const struct keyword *word);
static const char *argument_name(struct arena *a, const struct graph *g,
    const struct keyword *word, size_t i);
static const char *target_name(const struct graph *g, const struct target *t);
static struct lock sorted(struct lock_entry *list, size_t count);
static int compare(const void *a, const void *b);
static bool same(const struct lock_entry *was, const struct lock_entry *is);
static const char *what(struct arena *a, const struct lock_entry *e);
static const char *whither(struct arena *a, const struct lock_entry *e);

struct lock
lock_of(struct arena *a, const struct graph *g)
{
	size_t count = size_of(g);
	struct lock_entry *list = arena_array(a, count, sizeof(*list));

	add_graph(a, g, list);
	return sorted(list, count);
}

struct lock
lock_of_all(struct arena *a, const struct catalogue *c)
{
	size_t count = size_of(c->root), i;
	struct lock_entry *list, *to;

	for (i = 0; i < c->graph_count; i++)
		count += size_of(c->graphs[i]);
	list = arena_array(a, count, sizeof(*list));
	to = add_graph(a, c->root, list);
	for (i = 0; i < c->graph_count; i++)
		to = add_graph(a, c->graphs[i], to);
	return sorted(list, count);
}

static size_t
size_of(const struct graph *g)
{
	size_t count = g->keyword_count + g->alias_count, i;

	for (i = 0; i < g->state_count; i++)
		count += g->states[i].option_count;
	return count;
}

static struct lock_entry *
add_graph(struct arena *a, const struct graph *g, struct lock_entry *to)
{
	size_t i;

	for (i = 0; i < g->state_count; i++)
		to = add_keys(g, &g->states[i], to);
	for (i = 0; i < g->keyword_count + g->alias_count; i++)
		*to++ = add_word(a, g, &g->keywords[i]);
	return to;
}

static struct lock_entry *
add_keys(const struct graph *g, const struct state *st, struct lock_entry *to)
{
	size_t i;

	for (i = 0; i < st->option_count; i++)
		*to++ = (struct lock_entry){
			.kind = LOCK_KEY,
			.graph = g->name,
			.state = st->name,
			.key = st->options[i].key,
			.args = "",
			.target = target_name(g, &st->options[i].next),
			.line = st->options[i].line,
		};
	return to;
}

static struct lock_entry
add_word(struct arena *a, const struct graph *g, const struct keyword *word)
{
	const char *args = "";
	size_t i;

	for (i = 0; i < word->arg_count; i++)
		args = arena_printf(a, "%s%s%s", args, i > 0 ? " " : "",
		    argument_name(a, g, word, i));
	return (struct lock_entry){
		.kind = LOCK_WORD,
		.graph = g->name,
		.state = "",
		.key = fold_words(a, word->word),
		.args = args,
		.target = target_name(g, &word->next),
		.line = word->line,
	};
}

/* "acct", "[year]" where it may be missing, "words..." for the rest. */
static const char *
argument_name(struct arena *a, const struct graph *g,
    const struct keyword *word, size_t i)
{
	bool rest = word->rest && i + 1 == word->arg_count;

	return arena_printf(a, i < word->least ? "%s%s" : "[%s%s]",
	    g->vars[word->args[i]].name, rest ? "..." : "");
}

/* A menu inside the root menu has a name that nobody wrote. */
static const char *
target_name(const struct graph *g, const struct target *t)
{
	if (t->name != NULL)
		return t->name;
	return t->state < g->state_count ? g->states[t->state].name : "";
}

static struct lock
sorted(struct lock_entry *list, size_t count)
{
	qsort(list, count, sizeof(*list), compare);
	return (struct lock){ list, count };
}

static int
compare(const void *a, const void *b)
{
	return lock_order(a, b);
}

int
lock_order(const struct lock_entry *a, const struct lock_entry *b)
{
	int by = strcmp(a->graph, b->graph);

	if (by == 0)
		by = (a->kind > b->kind) - (a->kind < b->kind);
	if (by == 0)
		by = strcmp(a->state, b->state);
	return by != 0 ? by : strcmp(a->key, b->key);
}

struct lock
lock_part(const struct lock *l, const char *graph)
{
	size_t from = 0, to = l->count, middle, end;

	while (from < to) {
		middle = (from + to) / 2;
		if (strcmp(l->list[middle].graph, graph) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	for (end = from; end < l->count; end++)
		if (strcmp(l->list[end].graph, graph) != 0)
			break;
	if (from == end)
		return (struct lock){ NULL, 0 };
	return (struct lock){ l->list + from, end - from };
}

/* ---- changes */

/* Both are in one order, so they are walked side by side. */
struct lock_changes
lock_compare(struct arena *a, const struct lock *was, const struct lock *is)
{
	struct lock_change *list =
	    arena_array(a, was->count + is->count, sizeof(*list));
	size_t i = 0, j = 0, count = 0;

	while (i < was->count || j < is->count) {
		int by = i == was->count ? 1
		    : j == is->count     ? -1
				     : lock_order(&was->list[i], &is->list[j]);

		if (by < 0)
			list[count++] = (struct lock_change){ LOCK_GONE,
				&was->list[i], NULL };
		else if (by > 0)
			list[count++] = (struct lock_change){ LOCK_ADDED, NULL,
				&is->list[j] };
		else if (!same(&was->list[i], &is->list[j]))
			list[count++] = (struct lock_change){ LOCK_MOVED,
				&was->list[i], &is->list[j] };
		i += by <= 0;
		j += by >= 0;
	}
	return (struct lock_changes){ list, count };
}

static bool
same(const struct lock_entry *was, const struct lock_entry *is)
{
	return strcmp(was->target, is->target) == 0 &&
	    strcmp(was->args, is->args) == 0;
}

const char *
lock_says(struct arena *a, const struct lock_change *change)
{
	switch (change->kind) {
	case LOCK_ADDED:
		return arena_printf(a, "%s is new and leads to %s",
		    what(a, change->is), whither(a, change->is));
	case LOCK_GONE:
		return arena_printf(a, "%s, which led to %s, is gone",
		    what(a, change->was), whither(a, change->was));
	case LOCK_MOVED:
		return arena_printf(a, "%s led to %s and leads to %s now",
		    what(a, change->is), whither(a, change->was),
		    whither(a, change->is));
	}
	return "";
}

static const char *
what(struct arena *a, const struct lock_entry *e)
{
	return e->kind == LOCK_WORD
	    ? arena_printf(a, "the keyword %s", e->key)
	    : arena_printf(a, "the key %s of '%s'", e->key, e->state);
}

static const char *
whither(struct arena *a, const struct lock_entry *e)
{
	return *e->args == '\0'
	    ? arena_printf(a, "'%s'", e->target)
	    : arena_printf(a, "'%s' with %s", e->target, e->args);
}

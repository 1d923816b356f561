/*
 * What a graph is beside its content: a piece of memory that several
 * catalogues share.
 */
#include <stdlib.h>
#include <string.h>

#include "menus/graph.h"

static int compare(const void *name, const void *graph);

struct graph *
graph_new(struct arena *a, const char *name, const struct source *source)
{
	struct graph *g = arena_alloc(a, sizeof(*g));

	g->arena = a;
	g->holders = arena_alloc(a, sizeof(*g->holders));
	*g->holders = 1;
	g->name = arena_string(a, name);
	g->file = arena_string(a, source->name);
	g->source = arena_copy(a, source->text, source->len);
	g->source_len = source->len;
	g->hash = digest_of(source->text, source->len);
	g->ussd_door = NOWHERE;
	return g;
}

void
graph_hold(const struct graph *g)
{
	++*g->holders;
}

void
graph_release(const struct graph *g)
{
	CHECK(*g->holders > 0);
	if (--*g->holders == 0)
		arena_free(g->arena);
}

struct source
graph_source(const struct graph *g)
{
	return (struct source){ g->file, g->source, g->source_len };
}

uint16_t
graph_door(const struct graph *g, const char *name)
{
	size_t i;

	if (name == NULL || strcmp(name, "ussd") == 0)
		return g->ussd_door;
	for (i = 0; i < g->open_count; i++)
		if (strcmp(g->open[i].name, name) == 0)
			return g->open[i].state;
	return NOWHERE;
}

bool
graph_is_door(const struct graph *g, uint16_t state)
{
	size_t i;

	for (i = 0; i < g->open_count; i++)
		if (g->open[i].state == state)
			return true;
	return g->ussd_door == state;
}

bool
catalogue_door(const struct catalogue *c, const struct target *t,
    uint16_t *graph, uint16_t *state)
{
	if (t->institution == NULL)
		return false;
	*graph = catalogue_graph(c, t->institution);
	if (*graph == NOWHERE)
		return false;
	*state = graph_door(c->graphs[*graph], t->door);
	return *state != NOWHERE;
}

uint16_t
catalogue_graph(const struct catalogue *c, const char *name)
{
	const struct graph *const *found;

	if (c->graph_count == 0)
		return NOWHERE;
	found = bsearch(
	    name, c->graphs, c->graph_count, sizeof(*c->graphs), compare);
	return found == NULL ? NOWHERE : (uint16_t)(found - c->graphs);
}

static int
compare(const void *name, const void *graph)
{
	return strcmp(name, (*(const struct graph *const *)graph)->name);
}

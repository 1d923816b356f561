/*
 * The edges of a drawing. Those of one state that lead to the same place are
 * one edge with all their labels.
 */
#include <string.h>

#include "menus/drawing_parts.h"
#include "menus/edges.h"
#include "menus/written.h"

#define OPTION_CHARACTERS 22

static void draw_entries(const struct drawing *d, const struct graph *g);
static void draw_state(
    const struct drawing *d, const struct graph *g, const struct state *st);
static bool was_drawn(const struct state *st, size_t n);
static bool same_end(const struct target *a, const struct target *b);
static const char *joined_labels(const struct drawing *d, const struct graph *g,
    const struct state *st, size_t n);
static const char *label_of(
    const struct drawing *d, const struct graph *g, const struct edge *e);
static const char *look_of(const struct edge *e);
static void draw_ways_out(const struct drawing *d, const struct graph *g);
static const char *end_of(
    const struct drawing *d, const struct graph *g, const struct target *t);

void
drawing_edges(const struct drawing *d, const struct graph *g)
{
	size_t i;

	if (drawing_is_boxed(d, g)) {
		draw_ways_out(d, g);
		return;
	}
	draw_entries(d, g);
	for (i = 0; i < g->state_count; i++)
		draw_state(d, g, &g->states[i]);
}

static void
draw_entries(const struct drawing *d, const struct graph *g)
{
	const struct code *code;
	size_t i;

	for (i = 0; g == d->c->root && i < d->c->code_count; i++) {
		code = &d->c->codes[i];
		drawing_put_edge(
		    d, code->code, drawing_node(d, g, code->state), "", "");
	}
	if (g == d->alone && g->ussd_door != NOWHERE)
		drawing_put_edge(
		    d, "USSD", drawing_node(d, g, g->ussd_door), "", "");
	for (i = 0; i < g->keyword_count; i++)
		drawing_put_edge(d, drawing_keyword(d, g, &g->keywords[i]),
		    end_of(d, g, &g->keywords[i].next), "", "");
}

static void
draw_state(
    const struct drawing *d, const struct graph *g, const struct state *st)
{
	const char *from = drawing_node(d, g, (uint16_t)(st - g->states));
	struct edge e;
	size_t n;

	for (n = 0; edges_get(st, n, &e); n++)
		if (!was_drawn(st, n))
			drawing_put_edge(d, from, end_of(d, g, e.to),
			    joined_labels(d, g, st, n), look_of(&e));
}

static bool
was_drawn(const struct state *st, size_t n)
{
	struct edge this, before;
	size_t i;

	CHECK(edges_get(st, n, &this));
	for (i = 0; i < n && edges_get(st, i, &before); i++)
		if (same_end(this.to, before.to))
			return true;
	return false;
}

static bool
same_end(const struct target *a, const struct target *b)
{
	return a->state == b->state &&
	    (a->state != NOWHERE || strcmp(a->name, b->name) == 0);
}

/* From the Nth edge on, of those that lead where it leads. */
static const char *
joined_labels(const struct drawing *d, const struct graph *g,
    const struct state *st, size_t n)
{
	struct edge first, e;
	const char *labels;

	CHECK(edges_get(st, n, &first));
	labels = label_of(d, g, &first);
	while (edges_get(st, ++n, &e))
		if (same_end(e.to, first.to))
			labels = arena_printf(
			    d->arena, "%s\n%s", labels, label_of(d, g, &e));
	return labels;
}

static const char *
label_of(const struct drawing *d, const struct graph *g, const struct edge *e)
{
	const char *label = edges_label(d->arena, g, e);

	if (e->kind == EDGE_NEXT)
		return "";
	if (e->text == NULL)
		return label;
	return arena_printf(d->arena, "%s %s%s", e->name,
	    written_shortly(
		d->arena, g, &e->text->in[d->wish.lang], OPTION_CHARACTERS),
	    label + strlen(e->name));
}

/* The way one hopes for is solid, what happens otherwise is dashed. */
static const char *
look_of(const struct edge *e)
{
	switch (e->kind) {
	case EDGE_OPTION:
	case EDGE_NEXT:
	case EDGE_BRANCH:
		return "";
	case EDGE_FAIL:
	case EDGE_EMPTY:
		return ", style=dashed";
	case EDGE_OUTCOME:
		return e->number == OUTCOME_OK ? "" : ", style=dashed";
	}
	return "";
}

/* Where one comes into other institutions, each once. */
static void
draw_ways_out(const struct drawing *d, const struct graph *g)
{
	const char *to, *drawn = " ", *word;
	size_t i, n;
	struct edge e;

	for (i = 0; i < g->state_count; i++)
		for (n = 0; edges_get(&g->states[i], n, &e); n++) {
			if (e.to->state != NOWHERE)
				continue;
			to = end_of(d, g, e.to);
			word = arena_printf(d->arena, " %s ", to);
			if (strstr(drawn, word) != NULL)
				continue;
			drawing_put_edge(d, g->name, to, "", "");
			drawn = arena_printf(d->arena, "%s%s ", drawn, to);
		}
}

/* What is not drawn as a state is a box of its own outside. */
static const char *
end_of(const struct drawing *d, const struct graph *g, const struct target *t)
{
	uint16_t state;
	const struct graph *end = edges_end(d->c, g, t, &state);

	if (end != NULL && (d->alone == NULL || end == d->alone))
		return drawing_node(d, end, state);
	drawing_put(d, t->name,
	    end != NULL || d->alone != NULL
		? t->name
		: arena_printf(d->arena, "%s\nhas no good file", t->name),
	    "shape=box, style=dashed");
	return t->name;
}

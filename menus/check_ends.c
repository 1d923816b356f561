/*
 * Check 2, between institutions: an end can be reached, through whatever doors
 * the way leads.
 *
 * Within one institution check_paths.c takes a door for an end. So it is only
 * institutions that lead to one another and nowhere else that are found here.
 */
#include "menus/catalogue.h"
#include "menus/check.h"
#include "menus/edges.h"

struct endings {
	const struct catalogue *c;
	bool **ends; /* of each institution's states */
};

static bool learn(struct endings *e, size_t number);
static bool can_end(
    const struct endings *e, size_t number, const struct state *st);
static bool leads_to_end(
    const struct endings *e, size_t number, const struct target *t);
static bool name_first(
    const struct endings *e, size_t number, struct findings *f);
static const struct target *door_of(const struct state *st);

void
check_between_ends(const struct catalogue *c, struct findings *f)
{
	struct arena *a = arena_new();
	struct endings e = { .c = c };
	bool more = true;
	size_t i;

	e.ends = arena_array(a, c->graph_count, sizeof(*e.ends));
	for (i = 0; i < c->graph_count; i++)
		e.ends[i] =
		    arena_array(a, c->graphs[i]->state_count, sizeof(**e.ends));
	while (more)
		for (more = false, i = 0; i < c->graph_count; i++)
			more = learn(&e, i) || more;
	/* What is mended there mends the others in its circle. */
	for (i = c->graph_count; i > 0 && !name_first(&e, i - 1, f); i--)
		continue;
	arena_free(a);
}

/* From the last state to the first, since most lead on in that order. */
static bool
learn(struct endings *e, size_t number)
{
	const struct graph *g = e->c->graphs[number];
	bool learnt = false;
	size_t i;

	for (i = g->state_count; i > 0; i--)
		if (!e->ends[number][i - 1] &&
		    can_end(e, number, &g->states[i - 1]))
			learnt = e->ends[number][i - 1] = true;
	return learnt;
}

static bool
can_end(const struct endings *e, size_t number, const struct state *st)
{
	struct edge edge;
	size_t n;

	if (st->kind == STATE_END ||
	    (st->kind == STATE_APP && st->next.name == NULL))
		return true;
	for (n = 0; edges_get(st, n, &edge); n++)
		if (leads_to_end(e, number, edge.to))
			return true;
	return false;
}

/* Where there is no good file `absent` is said, and that is an end. */
static bool
leads_to_end(const struct endings *e, size_t number, const struct target *t)
{
	uint16_t other, state;

	if (t->state != NOWHERE)
		return e->ends[number][t->state];
	return !catalogue_door(e->c, t, &other, &state) ||
	    e->ends[other][state];
}

/* False when there is none. */
static bool
name_first(const struct endings *e, size_t number, struct findings *f)
{
	const struct graph *g = e->c->graphs[number];
	const struct target *door;
	size_t i;

	for (i = 0; i < g->state_count; i++) {
		door = e->ends[number][i] ? NULL : door_of(&g->states[i]);
		if (door == NULL)
			continue;
		findings_add(f, FINDING_ERROR, CHECK_TARGETS, g->file,
		    door->line, g->states[i].name,
		    "no way leads on from here to an 'end': '%s' leads back "
		    "here and nowhere else",
		    door->name);
		return true;
	}
	return false;
}

static const struct target *
door_of(const struct state *st)
{
	struct edge edge;
	size_t n;

	for (n = 0; edges_get(st, n, &edge); n++)
		if (edge.to->state == NOWHERE)
			return edge.to;
	return NULL;
}

/*
 * Check 2, between institutions: nobody goes round in a circle from one to
 * another and back without being shown anything.
 *
 * Within one institution check_paths.c saw to it. So the walk begins at doors
 * that others lead to, goes on through what is unseen, and a circle that it
 * comes to has such a door in it.
 */
#include "menus/check.h"
#include "menus/edges.h"
#include "menus/ways.h"

enum mark {
	MARK_NEW,
	MARK_ON_PATH,
	MARK_DONE,
};

struct walk {
	const struct catalogue *c;
	struct findings *findings;
	struct arena *arena;
	enum mark **marks; /* of each institution's states; NULL: untouched */
};

static void begin_at_doors(struct walk *w, const struct graph *g);
static void go(struct walk *w, uint16_t number, uint16_t state);
static void follow(struct walk *w, uint16_t number, const struct state *st,
    const struct edge *e);
static bool is_unseen(const struct state *st, const struct edge *e);

void
check_between_circles(const struct catalogue *c, struct findings *f)
{
	struct walk w = { .c = c, .findings = f, .arena = arena_new() };
	size_t i;

	w.marks = arena_array(w.arena, c->graph_count, sizeof(*w.marks));
	for (i = c->graph_count; i > 0; i--)
		begin_at_doors(&w, c->graphs[i - 1]);
	arena_free(w.arena);
}

static void
begin_at_doors(struct walk *w, const struct graph *g)
{
	uint16_t number, state;
	struct edge e;
	size_t i, n;

	for (i = 0; i < g->state_count; i++)
		for (n = 0; edges_get(&g->states[i], n, &e); n++)
			if (catalogue_door(w->c, e.to, &number, &state))
				go(w, number, state);
}

static void
go(struct walk *w, uint16_t number, uint16_t state)
{
	const struct graph *g = w->c->graphs[number];
	enum mark **marks = &w->marks[number];
	struct edge e;
	size_t n;

	if (*marks == NULL)
		*marks = arena_array(w->arena, g->state_count, sizeof(**marks));
	if ((*marks)[state] != MARK_NEW)
		return;
	(*marks)[state] = MARK_ON_PATH;
	for (n = 0; edges_get(&g->states[state], n, &e); n++)
		if (is_unseen(&g->states[state], &e))
			follow(w, number, &g->states[state], &e);
	(*marks)[state] = MARK_DONE;
}

static void
follow(struct walk *w, uint16_t number, const struct state *st,
    const struct edge *e)
{
	uint16_t other = number, state = e->to->state;

	if (state == NOWHERE && !catalogue_door(w->c, e->to, &other, &state))
		return;
	if (w->marks[other] == NULL || w->marks[other][state] != MARK_ON_PATH) {
		go(w, other, state);
		return;
	}
	findings_add(w->findings, FINDING_ERROR, CHECK_TARGETS,
	    w->c->graphs[number]->file, e->line, st->name,
	    "'%s' closes a circle through other institutions in which nobody "
	    "is shown anything",
	    e->to->name);
}

/* Doors are for screens. */
static bool
is_unseen(const struct state *st, const struct edge *e)
{
	if (e->when != NULL && ways_never_holds(e->when, LAYER_USSD))
		return false;
	return !edges_has_screen(st->kind) || e->kind == EDGE_EMPTY;
}

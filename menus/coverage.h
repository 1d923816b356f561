/*
 * Coverage: which states and edges of the institutions some dialogues came by,
 * and which they did not.
 *
 * A state is visited when a dialogue stood in it or passed through it unseen,
 * an edge when it was followed. Going back or home follows no edge. A keyword
 * is an edge that comes from outside.
 */
#ifndef MENUS_COVERAGE_H
#define MENUS_COVERAGE_H

#include "menus/edges.h"
#include "menus/step.h"

struct coverage;

struct coverage_edge {
	const struct graph *graph;
	const struct state *from; /* NULL: a keyword */
	const struct keyword *keyword;
	struct edge edge; /* of a keyword only where it leads */
	bool visited;
};

struct covered {
	size_t states, visited_states;
	size_t edges, visited_edges;
};

/* Of every graph of C, the root's too. It lives in A and needs C. */
struct coverage *coverage_new(struct arena *a, const struct catalogue *c);

void coverage_add(struct coverage *v, const struct move *m);

/* G is one of the catalogue's. */
struct covered coverage_of(const struct coverage *v, const struct graph *g);
bool coverage_visited(
    const struct coverage *v, const struct graph *g, uint16_t state);

/* Its keywords first, then state by state. */
const struct coverage_edge *coverage_edges(
    const struct coverage *v, const struct graph *g, size_t *count);

/* "bill: slow", "home: 2", "due: amount == 0", "keyword DENI". */
const char *coverage_name(struct arena *a, const struct coverage_edge *e);

#endif

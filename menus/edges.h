/*
 * Edges: what leads on from a state, each with what a person would call it.
 *
 * The one place that knows which kind of state has which targets. Who walks a
 * graph, draws it, compares it or counts what was played, asks here.
 */
#ifndef MENUS_EDGES_H
#define MENUS_EDGES_H

#include "menus/graph.h"

enum edge_kind {
	EDGE_OPTION,
	EDGE_NEXT,
	EDGE_FAIL, /* of an ask, after its tries; of an app */
	EDGE_EMPTY, /* of a list */
	EDGE_OUTCOME,
	EDGE_BRANCH,
};

struct edge {
	enum edge_kind kind;
	size_t number; /* which option, outcome or branch; else 0 */
	const char *name; /* an option's key, "next", "fail", "empty", "slow";
			   * NULL for a branch, which has but a condition */
	const struct words *text; /* an option's, or NULL */
	const struct condition *when; /* NULL: always */
	const struct target *to; /* its own: no two edges share one */
	int line;
};

/* The Nth edge of ST, in the order of the file; false behind the last. */
bool edges_get(const struct state *st, size_t n, struct edge *out);

/* The graph that T leads to, which stands in G, and the STATE there; NULL when
 * the institution behind its door has no good file. */
const struct graph *edges_end(const struct catalogue *c, const struct graph *g,
    const struct target *t, uint16_t *state);

/* "slow", "2", "2 if channel == 'ussd'", "amount == 0", "else". */
const char *edges_label(
    struct arena *a, const struct graph *g, const struct edge *e);

/* Is there anything to see of a state of this kind? */
bool edges_has_screen(enum state_kind kind);

/* "ok", "missing", ... and "menu", "ask", ...: as a file has them. */
const char *edges_outcome_name(enum outcome outcome);
const char *edges_kind_name(enum state_kind kind);

#endif

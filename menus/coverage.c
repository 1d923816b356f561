/*
 * Coverage, counted from the trail that every move leaves.
 */
#include <stdlib.h>

#include "menus/coverage.h"

/* What belongs to one graph. */
struct share {
	const struct graph *graph;
	bool *visited; /* each state */
	size_t first, count; /* edges */
};

struct coverage {
	const struct catalogue *c;
	struct share
	    *shares; /* as the catalogue's graphs; the root's is last */
	size_t share_count;
	struct coverage_edge *edges;
	size_t edge_count;
	struct coverage_edge **by_target; /* in order of address */
};

static const struct graph *graph_at(const struct catalogue *c, size_t i);
static size_t count_edges(const struct catalogue *c);
static void take_graph(
    struct coverage *v, struct share *share, const struct graph *g);
static void sort_edges(struct arena *a, struct coverage *v);
static int compare(const void *a, const void *b);
static void visit(struct coverage *v, const struct target *followed);
static struct coverage_edge *edge_to(
    const struct coverage *v, const struct target *to);
static struct share *share_of(const struct coverage *v, const struct graph *g);

struct coverage *
coverage_new(struct arena *a, const struct catalogue *c)
{
	struct coverage *v = arena_alloc(a, sizeof(*v));
	const struct graph *g;
	size_t i;

	v->c = c;
	v->share_count = c->graph_count + 1;
	v->shares = arena_array(a, v->share_count, sizeof(*v->shares));
	v->edges = arena_array(a, count_edges(c), sizeof(*v->edges));
	for (i = 0; i < v->share_count; i++) {
		g = graph_at(c, i);
		v->shares[i].visited =
		    arena_array(a, g->state_count, sizeof(bool));
		take_graph(v, &v->shares[i], g);
	}
	sort_edges(a, v);
	return v;
}

static const struct graph *
graph_at(const struct catalogue *c, size_t i)
{
	return i < c->graph_count ? c->graphs[i] : c->root;
}

static size_t
count_edges(const struct catalogue *c)
{
	size_t count = 0, i, state, n;
	struct edge edge;

	for (i = 0; i <= c->graph_count; i++) {
		const struct graph *g = graph_at(c, i);

		count += g->keyword_count;
		for (state = 0; state < g->state_count; state++)
			for (n = 0; edges_get(&g->states[state], n, &edge); n++)
				count++;
	}
	return count;
}

static void
take_graph(struct coverage *v, struct share *share, const struct graph *g)
{
	struct coverage_edge *e;
	struct edge edge;
	size_t i, n;

	share->graph = g;
	share->first = v->edge_count;
	for (i = 0; i < g->keyword_count; i++) {
		e = &v->edges[v->edge_count++];
		e->graph = g;
		e->keyword = &g->keywords[i];
		e->edge.to = &g->keywords[i].next;
		e->edge.line = g->keywords[i].line;
	}
	for (i = 0; i < g->state_count; i++)
		for (n = 0; edges_get(&g->states[i], n, &edge); n++) {
			e = &v->edges[v->edge_count++];
			e->graph = g;
			e->from = &g->states[i];
			e->edge = edge;
		}
	share->count = v->edge_count - share->first;
}

static void
sort_edges(struct arena *a, struct coverage *v)
{
	size_t i;

	v->by_target = arena_array(a, v->edge_count, sizeof(*v->by_target));
	for (i = 0; i < v->edge_count; i++)
		v->by_target[i] = &v->edges[i];
	qsort(v->by_target, v->edge_count, sizeof(*v->by_target), compare);
}

static int
compare(const void *a, const void *b)
{
	const struct coverage_edge *const *one = a, *const *other = b;
	uintptr_t left = (uintptr_t)(*one)->edge.to;
	uintptr_t right = (uintptr_t)(*other)->edge.to;

	return (left > right) - (left < right);
}

/* ---- a move */

void
coverage_add(struct coverage *v, const struct move *m)
{
	const struct place *here = &m->session.here;
	const struct graph *g = session_graph(v->c, &m->session);
	const struct hop *hop;

	for (hop = m->trail; hop != NULL; hop = hop->before)
		visit(v, hop->followed);
	/* Words that were refused, of a keyword's arguments say, led nowhere.
	 */
	if (m->trail == NULL && m->reading == READING_WRONG)
		return;
	if (here->state < g->state_count)
		share_of(v, g)->visited[here->state] = true;
}

/* Where it began, too: what is unseen is only passed. */
static void
visit(struct coverage *v, const struct target *followed)
{
	struct coverage_edge *e = edge_to(v, followed);

	e->visited = true;
	if (e->from != NULL)
		share_of(v, e->graph)->visited[e->from - e->graph->states] =
		    true;
}

static struct coverage_edge *
edge_to(const struct coverage *v, const struct target *to)
{
	struct coverage_edge key = { .edge.to = to };
	const struct coverage_edge *wanted = &key;
	struct coverage_edge **found = bsearch(&wanted, v->by_target,
	    v->edge_count, sizeof(*v->by_target), compare);

	CHECK(found != NULL);
	return *found;
}

static struct share *
share_of(const struct coverage *v, const struct graph *g)
{
	size_t i = 0;

	while (v->shares[i].graph != g)
		CHECK(++i < v->share_count);
	return &v->shares[i];
}

/* ---- the sum */

struct covered
coverage_of(const struct coverage *v, const struct graph *g)
{
	const struct share *share = share_of(v, g);
	struct covered sum = { .states = g->state_count,
		.edges = share->count };
	size_t i;

	for (i = 0; i < g->state_count; i++)
		sum.visited_states += share->visited[i];
	for (i = 0; i < share->count; i++)
		sum.visited_edges += v->edges[share->first + i].visited;
	return sum;
}

bool
coverage_visited(
    const struct coverage *v, const struct graph *g, uint16_t state)
{
	return share_of(v, g)->visited[state];
}

const struct coverage_edge *
coverage_edges(const struct coverage *v, const struct graph *g, size_t *count)
{
	const struct share *share = share_of(v, g);

	*count = share->count;
	return v->edges + share->first;
}

const char *
coverage_name(struct arena *a, const struct coverage_edge *e)
{
	if (e->from == NULL)
		return arena_printf(a, "keyword %s", e->keyword->word);
	return arena_printf(
	    a, "%s: %s", e->from->name, edges_label(a, e->graph, &e->edge));
}

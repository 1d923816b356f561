/*
 * Rehearsing: the engine plays a talk by itself; only the canned answers have
 * to be fetched for it.
 */
#include "gateway/canned.h"
#include "menus/talk.h"
#include "simulator/rehearsal.h"

static void rehearse_graph(const struct catalogue *c, const struct graph *g,
    const struct talk_world *world, struct findings *f,
    rehearsal_played *played, void *arg);

void
rehearse(const struct catalogue *c, const struct graph *one,
    struct coverage *coverage, struct findings *f, rehearsal_played *played,
    void *arg)
{
	const struct talk_world world = { .answer = canned_answer,
		.coverage = coverage };
	size_t i;

	for (i = 0; i < c->graph_count; i++)
		if (one == NULL || one == c->graphs[i])
			rehearse_graph(c, c->graphs[i], &world, f, played, arg);
}

static void
rehearse_graph(const struct catalogue *c, const struct graph *g,
    const struct talk_world *world, struct findings *f,
    rehearsal_played *played, void *arg)
{
	size_t i;

	for (i = 0; i < g->talk_count; i++)
		played(arg, g->name, g->talks[i].name,
		    talk_play(c, g, &g->talks[i], world, f));
}

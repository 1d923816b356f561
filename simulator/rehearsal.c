/*
 * Rehearsing: the engine plays a talk by itself; only the canned answers have
 * to be fetched for it.
 */
#include "gateway/canned.h"
#include "menus/talk.h"
#include "simulator/rehearsal.h"

void
rehearse(const struct catalogue *c, struct coverage *coverage,
    struct findings *f, rehearsal_played *played, void *arg)
{
	const struct talk_world world = { .answer = canned_answer,
		.coverage = coverage };
	size_t i, j;

	for (i = 0; i < c->graph_count; i++) {
		const struct graph *g = c->graphs[i];

		for (j = 0; j < g->talk_count; j++)
			played(arg, g->name, g->talks[j].name,
			    talk_play(c, g, &g->talks[j], &world, f));
	}
}

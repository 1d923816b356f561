/*
 * Rehearsing: the engine plays a talk by itself; only the canned answers have
 * to be fetched for it.
 */
#include <stdio.h>
#include <string.h>

#include "gateway/answer.h"
#include "menus/talk.h"
#include "simulator/rehearsal.h"
#include "simulator/workspace.h"

static enum outcome canned_answer(void *arg, struct arena *a,
    const struct graph *g, const struct api *api, const struct canned *canned,
    const char *const **values, const char **why);
static const char *beside(struct arena *a, const char *file, const char *name);

void
rehearse(const struct catalogue *c, struct findings *f,
    rehearsal_played *played, void *arg)
{
	static const struct talk_world world = { .answer = canned_answer };
	size_t i, j;

	for (i = 0; i < c->graph_count; i++) {
		const struct graph *g = c->graphs[i];

		for (j = 0; j < g->talk_count; j++)
			played(arg, g->name, g->talks[j].name,
			    talk_play(c, g, &g->talks[j], &world, f));
	}
}

static enum outcome
canned_answer(void *arg, struct arena *a, const struct graph *g,
    const struct api *api, const struct canned *canned,
    const char *const **values, const char **why)
{
	const char *body = "";
	struct answer answer;

	(void)arg;
	if (canned->body != NULL) {
		body = workspace_read(a, beside(a, g->file, canned->body));
		if (body == NULL) {
			*why = "cannot be read";
			return OUTCOME_FAIL;
		}
	}
	answer = answer_read(a, api, canned->status, body, strlen(body));
	*values = answer.values;
	return answer.outcome;
}

static const char *
beside(struct arena *a, const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');
	int len = slash == NULL ? 0 : (int)(slash + 1 - file);

	return arena_printf(a, "%.*s%s", len, file, name);
}

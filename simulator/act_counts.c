/*
 * What the gateways counted, now and when all is over.
 */
#include <stdlib.h>

#include "simulator/act_parts.h"

struct count_wait {
	struct act *act;
	const char *what, *which;
	long wanted, seen;
};

static bool count_is(void *arg);

bool
act_counts(struct act *act, const char *const *args)
{
	struct count_wait w = { act, args[0], args[1], atol(args[2]), -1 };

	if (act_wait(act, count_is, &w,
		arena_printf(
		    act->arena, "%s %s becomes %s", args[0], args[1], args[2])))
		return true;
	return act_fail(act, "it is %ld", w.seen);
}

static bool
count_is(void *arg)
{
	struct count_wait *w = arg;

	w->seen = stage_counted(w->act->stage, w->what, w->which);
	return w->seen == w->wanted;
}

/* The last counts are written when a gateway ends. */
bool
act_counts_last(struct act *act, const char *const *args)
{
	CHECK(act->count_count < ACT_COUNTS);
	act->counts[act->count_count++] =
	    (struct act_count){ act->line, args[0], args[1], atol(args[2]) };
	return true;
}

bool
act_counts_end(struct act *act)
{
	size_t i;

	for (i = 0; i < act->count_count; i++) {
		const struct act_count *c = &act->counts[i];
		long seen = stage_counted(act->stage, c->what, c->which);

		act->line = c->line;
		if (seen != c->wanted)
			return act_fail(act, "it ends at %ld", seen);
	}
	return true;
}

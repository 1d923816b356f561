/*
 * The rest of the proof: what needs a finished catalogue, and what stands
 * beside it. Keys and words are held against menus.lock (check 6), and every
 * talk is played with its canned answers (check 11).
 *
 *	catalogue_read or catalogue_compile -> prove_new -> prove_step ...
 *
 * Nothing here reads a file or takes long: a step is one institution's lock or
 * one talk, so a daemon that must not stand still may do other things between
 * two steps.
 */
#ifndef MENUS_PROVE_H
#define MENUS_PROVE_H

#include "menus/coverage.h"
#include "menus/lock.h"
#include "menus/talk.h"

/* What the proof is told of the world. */
struct prove_world {
	const struct lock *lock; /* NULL: nothing is recorded */
	const char *lock_name; /* stands in findings: "menus.lock" */
	talk_answer *answer;
	void *arg;
	struct coverage *coverage; /* what the talks come by is added; or
				    * NULL */
};

struct prove;

/*
 * Proves ONE, an institution of C, or the root and every institution when that
 * is NULL. An institution that is recorded and not in C is gone, unless it
 * has an error among the findings already. Everything lives in A.
 */
struct prove *prove_new(struct arena *a, const struct catalogue *c,
    const struct graph *one, const struct prove_world *world,
    struct findings *f);

/* False when there was nothing left to do. */
bool prove_step(struct prove *p);

/* All steps that are left. */
void prove_finish(struct prove *p);

/* Of C's graph number GRAPH so far: errors of both checks, and talks that did
 * not go as written. One past the last is the root. */
size_t prove_errors(const struct prove *p, size_t graph);
size_t prove_failed(const struct prove *p, size_t graph);

#endif

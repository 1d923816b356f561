/*
 * A talk that is being played, inside.
 */
#ifndef MENUS_TALK_PARTS_H
#define MENUS_TALK_PARTS_H

#include "menus/step.h"
#include "menus/talk.h"

#define LATE_MAX 8

/* An answer for which nobody waits at the screen any more. */
struct late {
	int64_t due_ms;
	struct session session; /* at its call, by SMS */
	const struct graph *graph;
	const struct state *state;
	const struct canned *canned; /* NULL: it failed */
};

/* What a canned answer means to one service. A talk may ask it thousands of
 * times, and its file is read once. */
struct heard {
	const struct api *api; /* NULL: nobody asked yet */
	enum outcome outcome;
	const char *const *values;
	const char *why;
};

struct performance {
	const struct catalogue *c;
	const struct graph *g;
	const struct talk *talk;
	const struct talk_world *world;
	struct findings *findings;
	struct arena *arena;
	struct facts facts;
	struct move move;
	struct heard *heard; /* for each of the talk's canned answers */
	const char *dialled; /* last */
	const char *sent; /* what the citizen sent last */
	const char *sms; /* which has come since; or NULL */
	bool *used; /* each of the given answers */
	int64_t now_ms; /* since the talk began */
	int64_t shown_ms; /* when the citizen was answered */
	int64_t budget_ms; /* left of this turn, for its calls */
	bool died; /* the dialogue, of its time */
	struct late late[LATE_MAX];
	size_t late_count;
	int line; /* where it is told what differs */
	bool failed;
};

/* The service that was asked answers, or the citizen's time is over. */
void talk_answer_call(struct performance *p);

/* Is a service asked, or an application? */
bool talk_asks(const struct move *m);

/* Goes on until none is asked. */
void talk_settle_calls(struct performance *p);

const struct heard *talk_heard(struct performance *p,
    const struct canned *canned, const struct graph *g, const struct api *api);

void talk_pass(struct performance *p, int64_t ms);

/* Begins anew with DIALLED, or offers what was dropped before. */
void talk_dial(struct performance *p, const char *dialled);

void talk_cover(struct performance *p);
void talk_tell(struct performance *p, char kind, const char *text);
void talk_differ(struct performance *p, const char *format, ...)
    PRINTF_LIKE(2, 3);

#endif

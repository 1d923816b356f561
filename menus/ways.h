/*
 * Ways: every step from state to state that a dialogue can take, for a proof
 * that walks them all.
 *
 * A proof stands on spots: a state, and how one is there, since a condition on
 * {channel} opens other ways by SMS than on a screen. A call's answer that
 * comes late is told by one SMS, in which the dialogue ends.
 *
 * A set of variables is a number in which each bit stands for one of the
 * graph's own.
 */
#ifndef MENUS_WAYS_H
#define MENUS_WAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "menus/graph.h"

enum layer {
	LAYER_USSD,
	LAYER_SMS,
	LAYER_LATE,
	LAYERS,
};

#define SPOT_OUT UINT32_MAX /* through an institution's door */

struct way {
	uint32_t from, to; /* spots */
	bool unseen; /* one passes FROM without a screen */
	uint64_t sets; /* variables known to have a value from here on */
	uint64_t forgets; /* and those that have none any more */
};

struct door {
	uint32_t spot;
	const struct keyword *keyword; /* NULL: dialled, or */
	const char *open; /* come in from another institution; NULL: not */
};

struct ways {
	const struct graph *graph;
	size_t spots;
	struct way *list; /* in order of FROM */
	size_t count, room;
	size_t *first; /* of each spot; one more at the end */
	struct door *doors;
	size_t door_count;
	bool *reached; /* from a door, for each spot */
};

/* Everything lives in A. */
struct ways *ways_new(
    struct arena *a, const struct catalogue *c, const struct graph *g);

uint32_t ways_spot(uint16_t state, enum layer layer);
const struct state *ways_state(const struct ways *w, uint32_t spot);
enum layer ways_layer(uint32_t spot);
bool ways_reach(const struct ways *w, uint16_t state, enum layer layer);

/* On whatever values, for who comes by this layer. */
bool ways_never_holds(const struct condition *when, enum layer layer);

/* What stands in the condition compares, and so needs a value of. */
uint64_t ways_compared(const struct condition *when);

/* What has a value, once the condition holds, and once it does not. */
uint64_t ways_if(const struct condition *when);
uint64_t ways_else(const struct condition *when);

/* What the answer to a call brings. */
uint64_t ways_taken(const struct graph *g, const struct state *st);

/* The variable's bit; none for what is built in. */
uint64_t ways_bit(uint16_t var);

#endif

/*
 * Sizes: how full every screen and every SMS of a menu may get, by the proof
 * of its screens.
 */
#ifndef MENUS_SIZES_H
#define MENUS_SIZES_H

#include "menus/screen.h"

struct size_width {
	const char *name;
	size_t width; /* septets, or characters where it is UCS-2 */
	size_t times; /* rows of a list; else 1 */
};

struct size {
	const struct graph *graph;
	const struct state *state;
	uint8_t lang;
	enum channel channel;
	bool is_ucs2; /* what fills it most */
	size_t takes, budget; /* of the fullest page; of an SMS of all parts */
	size_t pages; /* or parts */
	unsigned percent; /* TAKES of BUDGET */
	const struct size_width *widths; /* of the values that are in it */
	size_t width_count;
	const char *because; /* what made it UCS-2: "'Ж'"; or NULL */
};

struct sizes {
	struct size *list; /* the fullest first */
	size_t count;
};

/* Of ALONE, an institution of C, or of the root and all of them. */
struct sizes sizes_of(
    struct arena *a, const struct catalogue *c, const struct graph *alone);

#endif

/*
 * A wanderer through menus that are proved: any answers, right and wrong, the
 * longest values, characters from outside the alphabet, nodes that die. What
 * the proof promises is checked at every step, and one that does not hold ends
 * the process.
 */
#ifndef TESTS_WANDER_H
#define TESTS_WANDER_H

#include "menus/catalogue.h"

/* What a wanderer came by, so that a test can see that it went far. */
struct wandered {
	size_t shown, ended, called, visited, texts;
	size_t offered, kept; /* values of a profile */
};

struct wandered wander(const struct catalogue *c, uint64_t seed, int steps);

/* xorshift: the same everywhere. SEED is never 0. */
unsigned wander_pick(uint64_t *seed, unsigned count);

#endif

/*
 * Chance that comes out the same everywhere: a row of numbers from a seed.
 */
#ifndef TESTS_CHANCE_H
#define TESTS_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

struct chance {
	uint64_t seed;
};

uint64_t chance_seed(struct chance *c);

/* Below COUNT, which is not 0. */
unsigned chance_pick(struct chance *c, unsigned count);

/* From LEAST to MOST, which is not smaller. */
unsigned chance_range(struct chance *c, unsigned least, unsigned most);

/* Once in N. */
bool chance_in(struct chance *c, unsigned n);

#endif

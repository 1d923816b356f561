/*
 * Splitmix64: any seed is good, be it 0 or next to another one.
 */
#include "tests/property/chance.h"

uint64_t
chance_seed(struct chance *c)
{
	uint64_t z = c->seed += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

unsigned
chance_pick(struct chance *c, unsigned count)
{
	return (unsigned)(chance_seed(c) >> 33) % count;
}

unsigned
chance_range(struct chance *c, unsigned least, unsigned most)
{
	return least + chance_pick(c, most - least + 1);
}

bool
chance_in(struct chance *c, unsigned n)
{
	return chance_pick(c, n) == 0;
}

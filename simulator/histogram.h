/*
 * A histogram of latencies: buckets of equal width within each doubling, so
 * that every value is kept to better than two per cent and none is lost. Pure.
 */
#ifndef SIMULATOR_HISTOGRAM_H
#define SIMULATOR_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_STEPS	   64 /* in each doubling */
#define HISTOGRAM_DOUBLINGS 36

struct histogram {
	uint64_t buckets[HISTOGRAM_DOUBLINGS * HISTOGRAM_STEPS];
	uint64_t count;
	uint64_t most;
};

void histogram_add(struct histogram *h, uint64_t value);

/* The value that PART of all (0 to 1) do not exceed; 0 of none. */
uint64_t histogram_part(const struct histogram *h, double part);

#endif

/*
 * A histogram of latencies.
 */
#include <stddef.h>

#include "simulator/histogram.h"

static size_t bucket_of(uint64_t value);
static uint64_t bucket_top(size_t bucket);

void
histogram_add(struct histogram *h, uint64_t value)
{
	h->buckets[bucket_of(value)]++;
	h->count++;
	if (value > h->most)
		h->most = value;
}

uint64_t
histogram_part(const struct histogram *h, double part)
{
	uint64_t wanted = (uint64_t)((double)h->count * part + 0.5), seen = 0;
	size_t i;

	if (h->count == 0)
		return 0;
	if (wanted < 1)
		wanted = 1;
	for (i = 0; i < HISTOGRAM_DOUBLINGS * HISTOGRAM_STEPS; i++) {
		seen += h->buckets[i];
		if (seen >= wanted)
			break;
	}
	return bucket_top(i) < h->most ? bucket_top(i) : h->most;
}

/* Values below 2 * STEPS have a bucket each; above, a value's leading bits
 * name its bucket. */
static size_t
bucket_of(uint64_t value)
{
	size_t doubling = 0, bucket;

	while (value >> doubling >= 2 * HISTOGRAM_STEPS)
		doubling++;
	bucket = doubling * HISTOGRAM_STEPS + (size_t)(value >> doubling);
	if (bucket >= HISTOGRAM_DOUBLINGS * HISTOGRAM_STEPS)
		bucket = HISTOGRAM_DOUBLINGS * HISTOGRAM_STEPS - 1;
	return bucket;
}

static uint64_t
bucket_top(size_t bucket)
{
	size_t doubling;

	if (bucket < 2 * HISTOGRAM_STEPS)
		return bucket;
	doubling = bucket / HISTOGRAM_STEPS - 1;
	return ((bucket - doubling * HISTOGRAM_STEPS + 1) << doubling) - 1;
}

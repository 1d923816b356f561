/*
 * Load on a gateway: citizens who dial, answer and dial again, through real
 * SMPP.
 *
 * Closed: so many citizens at once, each answering as soon as a screen comes.
 * Open: turns at a given rate whatever the gateway does, and latency counts
 * from when a turn was due, so that a stall is seen by everyone it delays.
 */
#ifndef SIMULATOR_BENCH_H
#define SIMULATOR_BENCH_H

#include "simulator/histogram.h"

struct bench;
struct event_base;
struct smsc;

struct bench_plan {
	int sessions;	/* closed: citizens at once; open: the most of them */
	int rate;	/* open: turns a second; 0: closed */
	const char *code;	      /* what they dial */
	const char *const *answers;   /* then, ended by NULL */
};

struct bench_figures {
	struct histogram latency_us;
	uint64_t turns;
	uint64_t errors; /* refused, silent, or not what was expected */
	uint64_t late;	 /* open: turns due that nobody was free to play */
};

/* S has its binds; its phone events must be given to bench_events. */
struct bench *bench_new(
    struct event_base *base, struct smsc *s, const struct bench_plan *plan);
/* No more turns; what still comes in is ignored, while the SMSC lives. */
void bench_stop(struct bench *b);

extern const struct smsc_events bench_events;

void bench_start(struct bench *b);
/* Begins counting anew: what went before was warming up. */
void bench_reset(struct bench *b);
const struct bench_figures *bench_figures(const struct bench *b);

#endif

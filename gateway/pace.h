/*
 * The rate at which we may send: a token bucket that counts PDUs.
 *
 * A tenth of a second's tokens may be saved up, so that no second ever sees
 * more than 1.1 times the agreed rate. A peer that says it is too much halves
 * the rate; it then creeps back. Pure: the time is an argument, in steady
 * milliseconds.
 */
#ifndef GATEWAY_PACE_H
#define GATEWAY_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
	int64_t agreed; /* PDUs a second, 0: no limit */
	int64_t rate; /* what holds now, 0: no limit */
	int64_t ceiling; /* a slowed rate is free again when it gets there */
	int64_t level; /* thousandths of a token */
	int64_t filled_ms;
	int64_t slowed_ms;
	int64_t crept_ms;
	int64_t second_ms; /* the second in which SENT is counted */
	int64_t sent, sent_before;
};

void pace_init(struct pace *p, int tps, int64_t now_ms);

/* True, and one token is gone; or false, and pace_wait tells how long. */
bool pace_take(struct pace *p, int64_t now_ms);
int64_t pace_wait_ms(struct pace *p, int64_t now_ms);

/* The peer was throttling. Half the rate, at most once a second: one full
 * window of refusals is one complaint. */
void pace_slow(struct pace *p, int64_t now_ms);

#endif

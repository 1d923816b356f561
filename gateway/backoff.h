/*
 * How long to wait before the next try: not at all, then ever longer, with
 * jitter, so that a fallen operator is not met by all its peers at once.
 *
 * Pure: chance is an argument.
 */
#ifndef GATEWAY_BACKOFF_H
#define GATEWAY_BACKOFF_H

#include <stdint.h>

struct backoff {
	int least_ms, most_ms;
	int next_ms;
};

void backoff_init(struct backoff *b, int least_ms, int most_ms);

/* 0 the first time; then LEAST to MOST, doubling, a quarter of it by CHANCE. */
int backoff_next(struct backoff *b, uint32_t chance);

/* What we waited for has come and stayed. */
void backoff_reset(struct backoff *b);

#endif

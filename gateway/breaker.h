/*
 * A breaker: five failures in a row and an institution is left in peace for
 * a while; then one call tries whether it is back. A value; time is told.
 */
#ifndef GATEWAY_BREAKER_H
#define GATEWAY_BREAKER_H

#include <stdbool.h>
#include <stdint.h>

#define BREAKER_FAILURES 5
#define BREAKER_LEAST_MS 5000
#define BREAKER_MOST_MS	 60000

/* All zero: shut, calls pass. */
struct breaker {
	int failures;	 /* in a row */
	int64_t pause_ms; /* 0: calls pass */
	int64_t until_ms; /* the end of the pause */
	bool trying;	 /* one call is out to see */
};

enum breaker_verdict {
	BREAKER_PASS,
	BREAKER_TRY,  /* pass, and this call decides: end it by one of three */
	BREAKER_STOP,
};

enum breaker_verdict breaker_ask(struct breaker *b, int64_t now_ms);

/* How a call that passed has ended; TRIED: it was the one to see. Each tells
 * whether the breaker has opened or closed by it. */
bool breaker_succeeded(struct breaker *b);
bool breaker_failed(struct breaker *b, int64_t now_ms, bool tried);
void breaker_abandoned(struct breaker *b, bool tried);

bool breaker_is_open(const struct breaker *b);

#endif

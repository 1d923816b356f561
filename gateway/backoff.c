/*
 * A back-off is the next delay. It doubles up to the longest, and what is
 * waited is the last quarter of it by chance: the promise "never more than
 * MOST, never less than three quarters of LEAST" holds for every chance.
 */
#include "base/check.h"
#include "gateway/backoff.h"

void
backoff_init(struct backoff *b, int least_ms, int most_ms)
{
	CHECK(least_ms > 0 && most_ms >= least_ms);
	b->least_ms = least_ms;
	b->most_ms = most_ms;
	backoff_reset(b);
}

int
backoff_next(struct backoff *b, uint32_t chance)
{
	int delay = b->next_ms;
	int jitter = delay / 4;

	if (delay == 0)
		b->next_ms = b->least_ms;
	else if (delay > b->most_ms / 2)
		b->next_ms = b->most_ms;
	else
		b->next_ms = delay * 2;
	return delay - (int)(chance % ((uint32_t)jitter + 1));
}

void
backoff_reset(struct backoff *b)
{
	b->next_ms = 0;
}

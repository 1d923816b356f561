/*
 * shut -> open for 5 s -> one try -> shut again
 *                            \----> open for 10 s, 20 s ... 60 s
 */
#include "gateway/breaker.h"

enum breaker_verdict
breaker_ask(struct breaker *b, int64_t now_ms)
{
	if (!breaker_is_open(b))
		return BREAKER_PASS;
	if (b->trying || now_ms < b->until_ms)
		return BREAKER_STOP;
	b->trying = true;
	return BREAKER_TRY;
}

/* Even a call from before it opened is a sign of life. */
bool
breaker_succeeded(struct breaker *b)
{
	bool was_open = breaker_is_open(b);

	*b = (struct breaker){ 0 };
	return was_open;
}

bool
breaker_failed(struct breaker *b, int64_t now_ms, bool tried)
{
	if (breaker_is_open(b) && !tried)
		return false;
	b->trying = false;
	if (++b->failures < BREAKER_FAILURES)
		return false;
	b->pause_ms = tried ? 2 * b->pause_ms : BREAKER_LEAST_MS;
	if (b->pause_ms > BREAKER_MOST_MS)
		b->pause_ms = BREAKER_MOST_MS;
	b->until_ms = now_ms + b->pause_ms;
	return !tried;
}

/* Nothing was learnt: the next call tries. */
void
breaker_abandoned(struct breaker *b, bool tried)
{
	if (tried)
		b->trying = false;
}

bool
breaker_is_open(const struct breaker *b)
{
	return b->pause_ms > 0;
}

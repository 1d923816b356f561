/*
 * A rate in PDUs a second is a rate in thousandths of a token a millisecond,
 * so the whole bucket is counted in integers.
 */
#include "base/check.h"
#include "gateway/pace.h"

#define TOKEN  1000
#define SECOND 1000
#define CREEPS 20 /* so many seconds from nothing back to the full rate */

static void pace_count(struct pace *p, int64_t now_ms);
static void pace_refresh(struct pace *p, int64_t now_ms);
static void pace_creep(struct pace *p, int64_t now_ms);
static int64_t pace_depth(const struct pace *p);

void
pace_init(struct pace *p, int tps, int64_t now_ms)
{
	CHECK(tps >= 0);
	*p = (struct pace){
		.agreed = tps,
		.rate = tps,
		.filled_ms = now_ms,
		.slowed_ms = now_ms - SECOND,
		.second_ms = now_ms,
	};
	p->level = pace_depth(p);
}

bool
pace_take(struct pace *p, int64_t now_ms)
{
	if (p->rate != 0) {
		pace_refresh(p, now_ms);
		if (p->rate != 0 && p->level < TOKEN)
			return false;
		p->level -= TOKEN;
	}
	pace_count(p, now_ms);
	return true;
}

int64_t
pace_wait_ms(struct pace *p, int64_t now_ms)
{
	if (p->rate == 0)
		return 0;
	pace_refresh(p, now_ms);
	if (p->rate == 0 || p->level >= TOKEN)
		return 0;
	return (TOKEN - p->level + p->rate - 1) / p->rate;
}

void
pace_slow(struct pace *p, int64_t now_ms)
{
	int64_t was = p->rate;

	if (now_ms - p->slowed_ms < SECOND)
		return;
	if (was == 0) {
		/* No rate was agreed: what we just sent was too much. */
		pace_count(p, now_ms);
		p->sent--;
		was = p->sent > p->sent_before ? p->sent : p->sent_before;
		p->level = 0;
		p->filled_ms = now_ms;
	}
	if (p->rate == 0 || p->ceiling == 0)
		p->ceiling = p->agreed != 0 ? p->agreed : 2 * was;
	p->rate = was / 2 > 0 ? was / 2 : 1;
	if (p->ceiling <= p->rate)
		p->ceiling = p->rate + 1;
	p->slowed_ms = p->crept_ms = now_ms;
	if (p->level > pace_depth(p))
		p->level = pace_depth(p);
}

static void
pace_count(struct pace *p, int64_t now_ms)
{
	if (now_ms - p->second_ms >= SECOND) {
		p->sent_before =
		    now_ms - p->second_ms < 2 * SECOND ? p->sent : 0;
		p->sent = 0;
		p->second_ms = now_ms;
	}
	p->sent++;
}

static void
pace_refresh(struct pace *p, int64_t now_ms)
{
	if (now_ms > p->filled_ms) {
		int64_t waited = now_ms - p->filled_ms;

		/* More than fills any bucket; a longer sleep must not overflow.
		 */
		if (waited > SECOND)
			waited = SECOND;
		p->level += waited * p->rate;
		p->filled_ms = now_ms;
	}
	if (p->level > pace_depth(p))
		p->level = pace_depth(p);
	if (p->ceiling != 0)
		pace_creep(p, now_ms);
}

static void
pace_creep(struct pace *p, int64_t now_ms)
{
	int64_t seconds = (now_ms - p->crept_ms) / SECOND;

	if (seconds <= 0)
		return;
	p->crept_ms += seconds * SECOND;
	if (seconds > CREEPS)
		seconds = CREEPS;
	p->rate += seconds * (p->ceiling / CREEPS + 1);
	if (p->rate >= p->ceiling) {
		p->rate = p->agreed;
		p->ceiling = 0;
	}
}

static int64_t
pace_depth(const struct pace *p)
{
	int64_t depth = p->rate * TOKEN / 10;

	return depth > TOKEN ? depth : TOKEN;
}

/*
 * Nobody may want more than the menus file allows.
 */
#include "menus/limits.h"

struct limits
limits_at(const struct catalogue *c, const struct state *st)
{
	struct limits l = c->limits;
	const struct lowered *own = &st->lowered;

	l.septets = limits_least(l.septets, own->septets);
	l.ucs2 = limits_least(l.ucs2, own->ucs2);
	l.pages = limits_least(l.pages, own->pages);
	l.session_s = limits_least(l.session_s, own->wait_s);
	l.turn_ms = limits_least(l.turn_ms, own->turn_ms);
	l.later_ms = limits_least(l.later_ms, own->later_ms);
	return l;
}

int
limits_least(int limit, int own)
{
	return own > 0 && own < limit ? own : limit;
}

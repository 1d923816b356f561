/*
 * The one table of a link's states. A state has one way forward, and one way
 * down; a bind that fails begins anew from the bottom.
 */
#include "base/check.h"
#include "gateway/link_state.h"

static const struct {
	const char *name;
	bool next[LINK_STATE_COUNT];
} states[LINK_STATE_COUNT] = {
	[LINK_DOWN] = { "down", { [LINK_RESOLVING] = true } },
	[LINK_RESOLVING] = { "resolving",
	    { [LINK_CONNECTING] = true, [LINK_DOWN] = true } },
	[LINK_CONNECTING] = { "connecting",
	    { [LINK_BINDING] = true, [LINK_DOWN] = true } },
	[LINK_BINDING] = { "binding",
	    { [LINK_BOUND] = true, [LINK_DOWN] = true } },
	[LINK_BOUND] = { "bound",
	    { [LINK_DRAINING] = true, [LINK_DOWN] = true } },
	[LINK_DRAINING] = { "draining", { [LINK_DOWN] = true } },
};

bool
link_state_may_follow(enum link_state now, enum link_state next)
{
	CHECK(now < LINK_STATE_COUNT && next < LINK_STATE_COUNT);
	return states[now].next[next];
}

const char *
link_state_name(enum link_state s)
{
	CHECK(s < LINK_STATE_COUNT);
	return states[s].name;
}

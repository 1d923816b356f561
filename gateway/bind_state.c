/*
 * The one table of a bind's states. A state has one way forward, and one way
 * down; a bind that fails begins anew from the bottom.
 */
#include "base/check.h"
#include "gateway/bind_state.h"

static const struct {
	const char *name;
	bool next[BIND_STATE_COUNT];
} states[BIND_STATE_COUNT] = {
	[BIND_DOWN] = { "down", { [BIND_RESOLVING] = true } },
	[BIND_RESOLVING] = { "resolving",
	    { [BIND_CONNECTING] = true, [BIND_DOWN] = true } },
	[BIND_CONNECTING] = { "connecting",
	    { [BIND_BINDING] = true, [BIND_DOWN] = true } },
	[BIND_BINDING] = { "binding",
	    { [BIND_BOUND] = true, [BIND_DOWN] = true } },
	[BIND_BOUND] = { "bound",
	    { [BIND_DRAINING] = true, [BIND_DOWN] = true } },
	[BIND_DRAINING] = { "draining", { [BIND_DOWN] = true } },
};

bool
bind_state_may_follow(enum bind_state now, enum bind_state next)
{
	CHECK(now < BIND_STATE_COUNT && next < BIND_STATE_COUNT);
	return states[now].next[next];
}

const char *
bind_state_name(enum bind_state s)
{
	CHECK(s < BIND_STATE_COUNT);
	return states[s].name;
}

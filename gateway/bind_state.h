/*
 * The states of a bind and what may follow what. Pure.
 */
#ifndef GATEWAY_BIND_STATE_H
#define GATEWAY_BIND_STATE_H

#include <stdbool.h>

#include "gateway/link.h"

#define BIND_STATE_COUNT (BIND_DRAINING + 1)

bool bind_state_may_follow(enum bind_state now, enum bind_state next);

#endif

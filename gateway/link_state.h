/*
 * The states of a link and what may follow what. Pure.
 */
#ifndef GATEWAY_LINK_STATE_H
#define GATEWAY_LINK_STATE_H

#include <stdbool.h>

#include "gateway/link.h"

#define LINK_STATE_COUNT (LINK_DRAINING + 1)

bool link_state_may_follow(enum link_state now, enum link_state next);

#endif

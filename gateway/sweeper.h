/*
 * The sweeper: ends what is over. A citizen who walked away is counted, a
 * call that a dead node left behind is taken over. One node a partition, by
 * lease.
 */
#ifndef GATEWAY_SWEEPER_H
#define GATEWAY_SWEEPER_H

#include "gateway/gateway.h"

struct sweeper *sweeper_new(struct gateway *g);
void sweeper_free(struct sweeper *s);

#endif

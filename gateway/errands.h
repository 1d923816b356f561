/*
 * Errands that are due are made, and tried again until they are answered.
 */
#ifndef GATEWAY_ERRANDS_H
#define GATEWAY_ERRANDS_H

#include <stdbool.h>

#include "gateway/gateway.h"
#include "storage/sessions.h"

struct errands;

struct errands *errands_new(struct gateway *g);
void errands_free(struct errands *all); /* what is open stays in the store */

/* What the sweeper has claimed for this node. False when it is no errand. */
bool errands_run(struct gateway *g, const struct overdue *due);

#endif

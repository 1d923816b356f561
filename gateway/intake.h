/*
 * What comes in over the links, told apart: a delivery receipt, or a turn.
 */
#ifndef GATEWAY_INTAKE_H
#define GATEWAY_INTAKE_H

#include "gateway/gateway.h"
#include "gateway/pdu.h"

struct intake *intake_new(void);
void intake_free(struct intake *i);

void intake_request(
    struct gateway *g, struct link *l, const struct link_request *r);

#endif

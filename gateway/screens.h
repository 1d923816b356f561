/*
 * Screens on their way to the operators. One for which an operator has no
 * room just now is sent again while somebody waits for it.
 */
#ifndef GATEWAY_SCREENS_H
#define GATEWAY_SCREENS_H

#include "gateway/link.h"

struct event_base;
struct screens;

struct screens *screens_new(struct event_base *base);
/* What is on its way is forgotten; the links are not asked any more. */
void screens_free(struct screens *all);

/* PDU and what it points to are copied. Past the order's LIVE_MS nobody wants
 * it. */
void screens_send(struct screens *all, struct link *l,
    const struct link_order *order, const struct pdu *pdu);

#endif

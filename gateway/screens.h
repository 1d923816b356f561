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

/* The operator will never show it: STATUS is its reason. */
typedef void screens_refused(void *owner, uint32_t status);

/* PDU and what it points to are copied. Past the order's LIVE_MS nobody wants
 * it. OWNED is the screen's from here on, and OWNER lives in it. */
struct screens_wish {
	struct link *link;
	struct link_order order;
	screens_refused *refused;
	void *owner;
	struct arena *owned; /* freed with the screen */
};
void screens_send(struct screens *all, const struct screens_wish *wish,
    const struct pdu *pdu);

#endif

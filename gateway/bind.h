/*
 * One bind: one connection to an operator and the session of SMPP on it.
 * Connects, binds, keeps alive, comes back. A link (link.h) has one or more.
 *
 *	down -> resolving -> connecting -> binding -> bound -> draining -> down
 */
#ifndef GATEWAY_BIND_H
#define GATEWAY_BIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gateway/link.h"

struct bind;

/* SMPP 3.4, 2.1: what may be sent on it, and in which direction. */
enum bind_role {
	BIND_TRANSCEIVER,
	BIND_TRANSMITTER, /* we submit */
	BIND_RECEIVER, /* the operator delivers */
};

struct bind_events {
	/* deliver_sm or data_sm: the owner answers by bind_respond, now or
	 * later. */
	void (*request)(
	    void *owner, struct bind *b, const struct link_request *r);
	void (*state)(void *owner, struct bind *b, enum bind_state now);
	/* bind_has_room may be true again. */
	void (*room)(void *owner, struct bind *b);
	/* The operator says that it is too much (RTHROTTLED and the like). */
	void (*slow)(void *owner, struct bind *b);
	/* Does anything still wait that this bind could send? A drain goes on
	 * when not. */
	bool (*waits)(void *owner, struct bind *b);
};

/* NAME is what the log calls it; copied. */
struct bind *bind_new(struct event_base *base, const struct link_settings *s,
    enum bind_role role, const char *name, const struct bind_events *events,
    void *owner);
void bind_start(struct bind *b);

/* New requests are refused with RX_T_APPN, so that the operator sends them
 * elsewhere; waits for what is in flight, unbinds, goes down for good; STATE
 * tells when. */
void bind_drain(struct bind *b);
void bind_free(struct bind *b);

/* Tries at once, if it is between two tries: the operator was seen alive. */
void bind_hurry(struct bind *b);

/* Is there somebody who would take a submit, now or after others; and is
 * there room in window and wire for one more? */
bool bind_may_send(const struct bind *b);
bool bind_has_room(const struct bind *b);
int bind_window_used(const struct bind *b);

/* Only while there is room. OCTETS are one encoded request, whose sequence is
 * written into them. DONE may be NULL. */
void bind_send(
    struct bind *b, uint8_t *octets, size_t len, link_done *done, void *arg);

/* The response to a request that came in under this GENERATION; false when
 * that bind is gone. */
bool bind_respond(struct bind *b, uint64_t generation, uint32_t command,
    uint32_t sequence, enum pdu_status status);

/* Something may have happened to what bind_events.waits tells. */
void bind_check_drain(struct bind *b);

enum bind_state bind_state(const struct bind *b);
uint64_t bind_generation(const struct bind *b);
enum bind_role bind_role(const struct bind *b);

/* Of this bind alone; what waits is its link's. */
const struct link_figures *bind_figures(const struct bind *b);

#endif

/*
 * A link to one operator: an account there, and the binds that it allows.
 *
 * To whoever sends it is one thing: what is submitted goes out on the bind
 * that has room, within the contract's rate, and waits here while none has.
 */
#ifndef GATEWAY_LINK_H
#define GATEWAY_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "gateway/pdu.h"

struct event_base;
struct link;
struct link_settings;

/* Of one bind. */
enum bind_state {
	BIND_DOWN,
	BIND_RESOLVING,
	BIND_CONNECTING,
	BIND_BINDING,
	BIND_BOUND,
	BIND_DRAINING,
};
const char *bind_state_name(enum bind_state s);

/* What goes first when the window or the rate is full. */
enum link_class {
	LINK_CLASS_IN_SESSION, /* a screen within a dialogue */
	LINK_CLASS_NEW, /* the first screen of one */
	LINK_CLASS_SMS,
	LINK_CLASS_COUNT,
};

enum link_result {
	LINK_SENT, /* answered with PDU_ROK */
	LINK_REFUSED, /* answered with another status */
	LINK_UNKNOWN, /* sent, never answered */
	LINK_DROPPED, /* never sent: too old, or the link went down */
};

struct link_answer {
	enum link_result result;
	uint32_t status;
	const char *message_id; /* as the operator wrote it, or "" */
};

/* An answer comes exactly once and never before link_submit has returned. */
typedef void link_done(void *arg, const struct link_answer *answer);

/* deliver_sm or data_sm; lives only during the call that tells of it. */
struct link_request {
	const struct pdu *pdu;
	const uint8_t *octets;
	size_t len;
	/* A random number of the bind it came on, new with each bind: tells a
	 * retransmission over a new bind from new input. */
	uint64_t generation;
};

struct link_events {
	/* The owner answers by link_respond, now or later. */
	void (*request)(
	    void *owner, struct link *l, const struct link_request *r);
	/* One of its binds is now in that state. */
	void (*state)(void *owner, struct link *l, enum bind_state now);
};

struct link *link_new(struct event_base *base, const struct link_settings *s,
    const struct link_events *events, void *owner);
void link_start(struct link *l);

/* New requests are refused with RX_T_APPN, so that the operator sends them
 * elsewhere; waits for what is in flight, unbinds, goes down for good; STATE
 * tells when. */
void link_drain(struct link *l);
void link_free(struct link *l);

struct link_order {
	enum link_class class;
	int live_ms; /* what has waited for so long is dropped */
	/* The bind it would best go out on, since the dialogue runs there; any
	 * other will do when that one is gone or full. 0: any. */
	uint64_t near;
};

/*
 * Sends a submit_sm or data_sm when window and rate allow, in the order of
 * classes, and first come first served within one. The PDU and what it points
 * to are copied; its sequence is set here. DONE may be NULL.
 */
void link_submit(struct link *l, const struct link_order *order,
    const struct pdu *pdu, link_done *done, void *arg);

/* The response to a request that came in under this GENERATION; nothing
 * happens when that bind is gone. */
void link_respond(struct link *l, uint64_t generation, uint32_t command,
    uint32_t sequence, enum pdu_status status);

/* Of the bind that has come farthest. */
enum bind_state link_state(const struct link *l);
/* Is a bind there that would take a submit? */
bool link_may_send(const struct link *l);
const struct link_settings *link_settings(const struct link *l);

/* Room in window and queue for one more SMS. */
bool link_has_room(const struct link *l);

/* Over all its binds. */
struct link_figures {
	uint64_t pdus_in, pdus_out, bad_in, submits, refused, unknown, dropped;
	uint64_t binds, disconnects, throttled, illegal_transitions;
	uint64_t strays; /* responses that came late, twice or for nothing */
	int window_used, waiting;
};
struct link_figures link_figures(const struct link *l);

#endif

/*
 * A bind from the inside: what its rooms share. Nobody else includes this, but
 * for the test of what its rooms never do.
 *
 *	bind.c		its owner's side: made, asked, ended
 *	bind_life.c	its states, what is due in each, and the way down
 *	bind_rise.c	the way up: resolving, connecting, binding
 *	bind_stay.c	while bound: silence, unbinding, draining
 *	bind_hear.c	what the peer says while there is a wire
 *	bind_send.c	what we say, and what becomes of it
 */
#ifndef GATEWAY_BIND_INSIDE_H
#define GATEWAY_BIND_INSIDE_H

#include <event2/event.h>
#include <sys/queue.h>

#include "config/settings.h"
#include "gateway/backoff.h"
#include "gateway/bind.h"
#include "gateway/later.h"
#include "gateway/octets_tls.h"
#include "gateway/place.h"
#include "gateway/window.h"
#include "gateway/wire.h"

struct bind {
	struct event_base *base;
	const struct link_settings *settings;
	const struct bind_events *events;
	void *owner;
	enum bind_role role;
	char name[64];
	struct link_figures figures;
	int calls; /* how deep we are in events of ours */
	bool freed; /* by one of them */

	/* ---- life */
	enum bind_state state;
	uint64_t generation;
	struct event *life; /* what is due next in this state */
	bool ending; /* the next time down is for good */
	bool peer_left; /* draining because the peer unbinds */
	bool unbinding; /* our unbind is sent */

	size_t host; /* which host of the settings we try */
	struct places *known; /* by host: kept for when DNS fails */
	size_t place; /* which address of that host */
	struct place_ask *asking;
	int fd; /* while connecting, else -1 */
	struct event *connected;
	struct securing *securing; /* connected, and not yet in TLS */
	struct wire *wire;

	struct backoff backoff;
	int64_t bound_ms; /* when this bind began */
	uint32_t handshake; /* the number of our bind or unbind */
	int64_t enquired_ms; /* when our last enquire_link left */
	int misses; /* how many since the peer was heard */
	uint32_t alarm; /* the status of this streak of refused binds */
	int64_t lines_ms; /* the log has had its lines up to then */
	int unsaid;

	/* ---- traffic */
	struct window *window;
	struct event *overdue; /* the oldest request's response */
	bool overdue_armed;
	struct later *late;
	int owed; /* requests of this bind we have not answered */
	int64_t strayed_ms; /* when a stray response was last told */
};

/* Around whatever is called from outside: what is called from there may free
 * the bind, which then ends with the last bind_leave. */
void bind_enter(struct bind *b);
void bind_leave(struct bind *b);

void bind_arm(struct bind *b, struct event *timer, int64_t ms);

/* A peer that leaves so many enquire_links unanswered is dead. */
#define BIND_MISSES_MOST 2

/* ---- bind_life.c */

void bind_life_due(evutil_socket_t fd, short what, void *arg);
/* To be called last: the listener may do anything to the bind. */
void bind_become(struct bind *b, enum bind_state next, const char *why);
/* Gives up this connection; the way back begins at once or after a pause. */
void bind_fall(struct bind *b, const char *why);
/* Ends the connection in whatever state it is; says nothing. */
void bind_let_go(struct bind *b);

/* ---- bind_rise.c */

void bind_try(struct bind *b);
void bind_heard_bind(struct bind *b, const struct pdu *pdu);
/* What is due when it takes too long to resolve, connect, bind. */
void bind_unresolved(struct bind *b);
void bind_unconnected(struct bind *b);
void bind_unanswered(struct bind *b);

/* ---- bind_stay.c */

/* Due when nothing may have been heard for too long. */
void bind_silence(struct bind *b);
void bind_begin_drain(struct bind *b, const char *why);
void bind_drain_over(struct bind *b);
void bind_heard_unbind(struct bind *b, const struct pdu *pdu);
void bind_heard_unbind_answer(struct bind *b, const struct pdu *pdu);

/* ---- bind_hear.c */

extern const struct wire_events bind_wire_events;

/* ---- bind_send.c */

/* What is in flight is unknown. */
void bind_send_end(struct bind *b);

void bind_heard_answer(struct bind *b, const struct pdu *pdu);
void bind_overdue(evutil_socket_t fd, short what, void *arg);

/* A request of ours beside the window; returns its number. */
uint32_t bind_ask(struct bind *b, struct pdu *pdu);
void bind_reply(struct bind *b, uint32_t command, uint32_t sequence,
    enum pdu_status status);

#endif

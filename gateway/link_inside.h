/*
 * A link from the inside: what its rooms share. Nobody else includes this, but
 * for the test of what its rooms never do.
 *
 *	link.c		its owner's side: made, asked, ended
 *	link_life.c	its states, what is due in each, and the way down
 *	link_rise.c	the way up: resolving, connecting, binding
 *	link_stay.c	while bound: silence, unbinding, draining
 *	link_hear.c	what the peer says while there is a wire
 *	link_send.c	what we say, and what becomes of it
 */
#ifndef GATEWAY_LINK_INSIDE_H
#define GATEWAY_LINK_INSIDE_H

#include <event2/event.h>
#include <sys/queue.h>

#include "config/settings.h"
#include "gateway/backoff.h"
#include "gateway/link.h"
#include "gateway/pace.h"
#include "gateway/place.h"
#include "gateway/waiting.h"
#include "gateway/window.h"
#include "gateway/wire.h"

/* An answer that is known before link_submit has returned, or that many
 * requests get at once: the loop gives it. */
struct link_late_answer {
	STAILQ_ENTRY(link_late_answer) entry;
	link_done *done;
	void *arg;
	enum link_result result;
	uint32_t status;
};

struct link {
	struct event_base *base;
	const struct link_settings *settings;
	const struct link_events *events;
	void *owner;
	struct link_figures figures;
	int calls; /* how deep we are in events of ours */
	bool freed; /* by one of them */

	/* ---- life */
	enum link_state state;
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
	struct pace pace;
	struct waiting waiting;
	struct event *pump; /* the rate allows again, or one waited too long */
	int64_t pump_ms; /* when it is due, 0: not armed */
	STAILQ_HEAD(, link_late_answer) late;
	struct event *answers;
	int owed; /* requests of this bind we have not answered */
	int64_t strayed_ms; /* when a stray response was last told */
	uint8_t scratch[PDU_MAX];
};

/* Around whatever is called from outside: what is called from there may free
 * the link, which then ends with the last link_leave. */
void link_enter(struct link *l);
void link_leave(struct link *l);

void link_arm(struct link *l, struct event *timer, int64_t ms);

/* A peer that leaves so many enquire_links unanswered is dead. */
#define LINK_MISSES_MOST 2

/* ---- link_life.c */

void link_life_due(evutil_socket_t fd, short what, void *arg);
/* To be called last: the listener may do anything to the link. */
void link_become(struct link *l, enum link_state next, const char *why);
/* Gives up this connection; the way back begins at once or after a pause. */
void link_fall(struct link *l, const char *why);
/* Ends the connection in whatever state it is; says nothing. */
void link_let_go(struct link *l);

/* ---- link_rise.c */

void link_try(struct link *l);
void link_heard_bind(struct link *l, const struct pdu *pdu);
/* What is due when it takes too long to resolve, connect, bind. */
void link_unresolved(struct link *l);
void link_unconnected(struct link *l);
void link_unbound(struct link *l);

/* ---- link_stay.c */

/* Due when nothing may have been heard for too long. */
void link_silence(struct link *l);
void link_begin_drain(struct link *l, const char *why);
/* A drain goes on when nothing is left to wait for. */
void link_check_drain(struct link *l);
void link_drain_over(struct link *l);
void link_heard_unbind(struct link *l, const struct pdu *pdu);
void link_heard_unbind_answer(struct link *l, const struct pdu *pdu);

/* ---- link_hear.c */

extern const struct wire_events link_wire_events;

/* ---- link_send.c */

void link_send_begin(struct link *l);
/* What is in flight is unknown, what waits is dropped. */
void link_send_end(struct link *l);
/* The same, and nobody is told. */
void link_send_forget(struct link *l);
void link_pump(struct link *l);

void link_heard_answer(struct link *l, const struct pdu *pdu);
void link_overdue(evutil_socket_t fd, short what, void *arg);
void link_pump_due(evutil_socket_t fd, short what, void *arg);
void link_answers_due(evutil_socket_t fd, short what, void *arg);

/* A request of ours beside the window; returns its number. */
uint32_t link_ask(struct link *l, struct pdu *pdu);
void link_reply(struct link *l, uint32_t command, uint32_t sequence,
    enum pdu_status status);

#endif

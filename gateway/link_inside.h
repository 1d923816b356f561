/*
 * A link from the inside: link.c is its owner's side, link_send.c what goes
 * out on it.
 */
#ifndef GATEWAY_LINK_INSIDE_H
#define GATEWAY_LINK_INSIDE_H

#include <event2/event.h>

#include "gateway/bind.h"
#include "gateway/later.h"
#include "gateway/pace.h"
#include "gateway/waiting.h"

#define LINK_BINDS_MOST 16 /* slots; each has one bind or a pair */

struct link {
	struct event_base *base;
	const struct link_settings *settings;
	const struct link_events *events;
	void *owner;
	int calls; /* how deep we are in what may free us */
	bool freed; /* by one of them */

	struct bind *binds[2 * LINK_BINDS_MOST];
	size_t bind_count;
	size_t turn; /* which bind is looked at first */

	struct pace pace;
	struct waiting waiting;
	struct event *pump; /* the rate allows again, or one waited too long */
	int64_t pump_ms; /* when it is due, 0: not armed */
	struct later *late;
	uint64_t dropped;
	uint8_t scratch[PDU_MAX];
};

void link_enter(struct link *l);
void link_leave(struct link *l);

/* ---- link_send.c */

/* B is bound; the last one is down. */
void link_send_begin(struct link *l, const struct bind *b);
void link_send_end(struct link *l);

void link_pump_due(evutil_socket_t fd, short what, void *arg);

/* bind_events of its binds. */
void link_bind_has_room(void *owner, struct bind *b);
void link_bind_is_slow(void *owner, struct bind *b);
bool link_bind_is_waited_for(void *owner, struct bind *b);

#endif

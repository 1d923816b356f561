/*
 * A calling as its two files see it: calling.c has its life, calling_ask.c what
 * it asks.
 */
#ifndef GATEWAY_CALLING_PARTS_H
#define GATEWAY_CALLING_PARTS_H

#include <sys/queue.h>

#include "gateway/calling.h"
#include "gateway/service.h"
#include "storage/sessions.h"

struct event;

struct calling {
	struct gateway *gateway;
	struct arena *arena;
	struct call call;
	const struct catalogue *catalogue; /* held */
	struct session session; /* at the call */
	struct facts facts;
	int64_t deadline_ms;
	int asked; /* calls before this one, under the same record */

	struct service_ask *ask;
	calling_heard *heard; /* NULL: it was left */
	void *arg;

	struct store_call planned; /* with it, where it PLANS one */
	bool plans;
	const char *said; /* by SMS, once there is something to say */
	struct store_ask *closing;
	struct store_ask *keeping;
	struct event *again;
	int tries;
	LIST_ENTRY(calling) link;
};

/* ---- calling.c */

/* For the service: it answered. */
service_answered calling_answered;

/* ---- calling_ask.c */

/* Where the session stands, at the call. */
const struct graph *calling_graph(const struct calling *c);
const struct state *calling_state(const struct calling *c);

#endif

/*
 * The catalogues, inside: what their rooms share.
 */
#ifndef GATEWAY_CATALOGUES_PARTS_H
#define GATEWAY_CATALOGUES_PARTS_H

#include <sys/queue.h>

#include "gateway/catalogues.h"

struct entry {
	struct catalogue *catalogue;
	size_t holders;
	int64_t idle_since_ms; /* steady; while nobody holds it */
	LIST_ENTRY(entry) link;
};

struct catalogues {
	struct event_base *base;
	struct store *store;
	struct entry *current; /* held */
	LIST_HEAD(, entry) all; /* the newest first */
	LIST_HEAD(, fetch) fetches;
};

/* Not held. */
struct entry *catalogues_enter(struct catalogues *c, struct catalogue *own);

/* Those that wait are not answered any more. */
void catalogues_end_fetches(struct catalogues *c);

#endif

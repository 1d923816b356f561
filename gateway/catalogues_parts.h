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
	int64_t told_ms; /* when Redis was told last how long it lives */
	LIST_ENTRY(entry) link;
};

struct catalogues {
	struct event_base *base;
	struct store *store;
	struct entry *current; /* held */
	LIST_HEAD(, entry) all; /* the newest first */
	LIST_HEAD(, fetch) fetches;
	LIST_HEAD(, errand) errands;
	struct errand *publishing; /* or NULL */
	const struct catalogue *stored; /* whose sources are in Redis for
					 * certain; NULL: nobody's */
};

/* Not held. */
struct entry *catalogues_enter(struct catalogues *c, struct catalogue *own);

void catalogues_let_go(struct entry *e);

/* C's graph of that name, with or without the ending of its file, if it is of
 * that source; else NULL. */
const struct graph *catalogues_graph(
    const struct catalogue *c, const char *name, const char *hex);

/* OLD is not current any more: stores what is, and lets Redis forget OLD. */
void catalogues_replace(struct catalogues *c, struct entry *old);

/* E, which is not current, is stored; and may go again. */
void catalogues_store(struct catalogues *c, struct entry *e);
void catalogues_forget(struct catalogues *c, struct entry *e);

/* At most twice in the time that it lives there. */
void catalogues_tell_life(struct catalogues *c, struct entry *e);

/* How long a session may still need it, once none begins on it. */
int64_t catalogues_needed_ms(const struct catalogue *c);

void catalogues_end_errands(struct catalogues *c);

/* Those that wait are not answered any more. */
void catalogues_end_fetches(struct catalogues *c);

#endif

/*
 * The catalogues that sessions are pinned to: the current one, and older
 * ones as long as somebody needs them. One that this node lacks is fetched
 * from Redis by its content hash.
 */
#ifndef GATEWAY_CATALOGUES_H
#define GATEWAY_CATALOGUES_H

#include "menus/catalogue.h"

struct catalogues;
struct catalogues_ask;
struct event_base;
struct store;

/* CURRENT is taken over. */
struct catalogues *catalogues_new(
    struct event_base *base, struct store *store, struct catalogue *current);
void catalogues_free(struct catalogues *c);

/* What new sessions begin on. */
const struct catalogue *catalogues_current(const struct catalogues *c);

/* NEXT is taken over, and stored so that any node can load it. New sessions
 * begin on it from now on; those that are pinned to another go on with that. */
void catalogues_adopt(struct catalogues *c, struct catalogue *next);

/* Another that sessions may begin on, beside the current one: taken over,
 * stored, and held until it is ended. */
const struct catalogue *catalogues_add(
    struct catalogues *c, struct catalogue *beside);
void catalogues_end(struct catalogues *c, const struct catalogue *beside);

/* The I-th that this node has, the newest first, and how many hold it; NULL
 * past the last. */
const struct catalogue *catalogues_at(
    const struct catalogues *c, size_t i, size_t *holders);

/* Lets go what nobody has used for long; called now and then. */
void catalogues_tend(struct catalogues *c);

/* Stores the current one's sources, so that any node can load it. Called
 * whenever Redis comes up. */
void catalogues_publish(struct catalogues *c);

/* NULL when this node does not hold it: fetch it. */
const struct catalogue *catalogues_find(
    struct catalogues *c, const struct digest *hash);

/* Held catalogues stay while they are in use. */
void catalogues_hold(struct catalogues *c, const struct catalogue *held);
void catalogues_release(struct catalogues *c, const struct catalogue *held);

/* FOUND is NULL when it cannot be had any more. */
typedef void catalogues_fetched(void *arg, const struct catalogue *found);
struct catalogues_ask *catalogues_fetch(struct catalogues *c,
    const struct digest *hash, catalogues_fetched *done, void *arg);
void catalogues_cancel(struct catalogues_ask *ask);

#endif

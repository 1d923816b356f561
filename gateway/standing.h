/*
 * What stands published, as a value: found, copied, and put together with
 * what was submitted. Pure.
 */
#ifndef GATEWAY_STANDING_H
#define GATEWAY_STANDING_H

#include <stdbool.h>

#include "gateway/proving.h"

struct standing *standing_copy(struct arena *a, const struct standing *s);

/* NULL when there is none of that name. */
const struct version *standing_live(const struct standing *s, const char *name);
const struct candidate *standing_candidate(
    const struct standing *s, const char *name);

/* What is live, with all that is on trial in its place, or only what is. */
struct proving_item *standing_items(
    struct arena *a, const struct standing *s, bool trial, size_t *count);

/* ITEMS with ONE in place of the item of its name, or behind them. */
void standing_replace(struct proving_item **items, size_t *count,
    struct arena *a, const struct proving_item *one);

/* Is anything on trial? */
bool standing_has_trial(const struct standing *s);

/* Is C just what is live: every hash, none more and none fewer? */
bool standing_is(const struct standing *s, const struct catalogue *c);

/* Is NUMBER among those that something on trial is meant for? */
bool standing_tries(const struct standing *s, const char *number);

#endif

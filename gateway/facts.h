/*
 * What a menu may know of the world, for one citizen at one moment.
 */
#ifndef GATEWAY_FACTS_H
#define GATEWAY_FACTS_H

#include "menus/step.h"

struct arena;
struct dialect;

/* The screen's budget is the lesser of the catalogue's and the dialect's. The
 * texts are those that were given; day and time live in the arena. */
struct facts facts_now(struct arena *a, const char *msisdn,
    const char *operator_name, const char *code, const struct catalogue *c,
    const struct dialect *d);

/* The code that NUMBER dials again: what stands behind it in DIALLED may be
 * anything, a PIN too. */
const char *facts_code(
    const struct catalogue *c, const char *dialled, const char *number);

#endif

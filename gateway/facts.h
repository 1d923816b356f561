/*
 * What a menu may know of the world, for one citizen at one moment.
 */
#ifndef GATEWAY_FACTS_H
#define GATEWAY_FACTS_H

#include "menus/step.h"

struct arena;
struct dialect;

/* DIALECT gives the screen's budget; texts are copied into ARENA. */
struct facts facts_now(struct arena *a, const char *msisdn,
    const char *operator_name, const char *code,
    const struct catalogue *c, const struct dialect *d);

#endif

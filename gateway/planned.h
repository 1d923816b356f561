/*
 * The call that an `end` plans, made ready while its values are there.
 */
#ifndef GATEWAY_PLANNED_H
#define GATEWAY_PLANNED_H

#include "menus/step.h"
#include "storage/sessions.h"

/* ID takes no place in the session: it is new. */
struct store_call planned_call(struct arena *a, const struct catalogue *c,
    const struct facts *facts, const struct move *move, const char *id);

#endif

/*
 * Whom a call asks: a service of its own institution, or one that another
 * institution shares with it.
 *
 * The other's is looked up when it is called. Its url and body speak of its
 * own variables, so what the call gives is put into those, in a session that
 * stands in the owner's graph and is good for nothing else.
 */
#ifndef MENUS_CALLEE_H
#define MENUS_CALLEE_H

#include "menus/session.h"

/* NULL when a call in G has nobody to ask: no such service, or not shared with
 * it. OWNER, unless NULL: whose it is. */
const struct api *callee_api(const struct catalogue *c, const struct graph *g,
    const struct state *st, const struct graph **owner);

/* The session by which the request of the call at S is written; false when a
 * value is missing, or not what its owner takes. */
bool callee_session(struct arena *a, const struct catalogue *c,
    const struct session *s, struct session *theirs);

/* VALUES, one for each take of the service, into the variables of G; false,
 * and VARS as it was, when one does not fit. */
bool callee_take(struct arena *a, const struct catalogue *c,
    const struct graph *g, const struct state *st, const char *const *values,
    const char **vars);

/* The number of G's variable of that name; NOWHERE when there is none. */
uint16_t callee_variable(const struct graph *g, const char *name);

/* The variables of its own that a service's url and body speak of. */
uint64_t callee_needs(const struct api *api);

#endif

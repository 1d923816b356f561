/*
 * A rehearsal: the talks in an institution's own file, played against its menu
 * in a moment, with canned answers and no machine around it.
 */
#ifndef SIMULATOR_REHEARSAL_H
#define SIMULATOR_REHEARSAL_H

#include <stdbool.h>

#include "config/findings.h"
#include "menus/coverage.h"

typedef void rehearsal_played(
    void *arg, const char *institution, const char *talk, bool passed);

/* Every talk of ONE institution of C, or of all when that is NULL; what differs
 * is told in F, what they came by is added to COVERAGE. */
void rehearse(const struct catalogue *c, const struct graph *one,
    struct coverage *coverage, struct findings *f, rehearsal_played *played,
    void *arg);

#endif

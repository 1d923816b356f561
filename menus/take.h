/*
 * What a service answered, taken into variables.
 */
#ifndef MENUS_TAKE_H
#define MENUS_TAKE_H

#include <stdbool.h>

#include "base/arena.h"
#include "menus/graph.h"

/*
 * VALUES, one for each take of API, cleaned and held to their variables' rules
 * into VARS. Rows beyond the greatest count are left out, labels are cut.
 * False when a value is of another type or too wide to be shown and may not be
 * cut; then VARS is as it was.
 */
bool take_values(struct arena *a, const struct graph *g, const struct api *api,
    const char *const *values, const char **vars);

#endif

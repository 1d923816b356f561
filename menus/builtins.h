/*
 * What every dialogue knows without being told: who is calling, when, by
 * which way.
 */
#ifndef MENUS_BUILTINS_H
#define MENUS_BUILTINS_H

#include "menus/graph.h"

/* By enum builtin; they are never set by a menu. */
extern const struct variable builtins[BUILTIN_COUNT];

/* Number for pieces and tests: BUILTIN_BASE and up; NOWHERE when none. */
uint16_t builtin_find(const char *name);

/* A graph's variable or a built-in one. */
const struct variable *builtin_or_own(const struct graph *g, uint16_t var);

#endif

/*
 * Conditions of routes and options.
 */
#ifndef MENUS_CONDITION_H
#define MENUS_CONDITION_H

#include "menus/scene.h"

/* A comparison with a variable that is unset, or with a number that is none,
 * holds only for `!=`. */
bool condition_holds(const struct scene *sc, const struct condition *c);

#endif

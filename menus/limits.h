/*
 * The limits that hold at a state: what the menus file allows, and what the
 * institution or the state itself wants less of.
 */
#ifndef MENUS_LIMITS_H
#define MENUS_LIMITS_H

#include "menus/graph.h"

/* `session_s` is how long the citizen may think there. */
struct limits limits_at(const struct catalogue *c, const struct state *st);

/* LIMIT, or less where OWN says so; 0 says nothing. */
int limits_least(int limit, int own);

#endif

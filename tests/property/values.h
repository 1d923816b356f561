/*
 * Values that a variable meets: the longest, the widest, those that its rule
 * refuses, and such as nobody would have thought of.
 */
#ifndef TESTS_VALUES_H
#define TESTS_VALUES_H

#include "menus/graph.h"
#include "menus/step.h"
#include "tests/property/chance.h"

/* As a service gives them, also rows. */
const char *values_given(
    struct arena *a, struct chance *chance, const struct variable *v);

/* As a citizen types them. */
const char *values_typed(
    struct arena *a, struct chance *chance, const struct variable *v);

/* The Nth that V's rule most likely takes. */
const char *values_good(struct arena *a, const struct variable *v, size_t n);
#define VALUES_GOOD 8

/* Anything. */
const char *values_garbage(struct arena *a, struct chance *chance);

/* TIMES UNIT. */
const char *values_repeated(struct arena *a, const char *unit, size_t times);

#endif

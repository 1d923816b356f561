/*
 * Institutions that nobody would write: any states, led to by any others.
 */
#ifndef TESTS_RANDOM_MENU_H
#define TESTS_RANDOM_MENU_H

#include "base/arena.h"

/* The source of an institution maji: well written, but not always provable. It
 * has a door `in`, and may lead to latra and latra.in, and call latra.bus. */
const char *random_menu(struct arena *a, uint64_t seed);

#endif

/*
 * Masks: a value that its owner knows again and nobody else learns.
 */
#ifndef MENUS_MASK_H
#define MENUS_MASK_H

#include "base/arena.h"

/* "A1234567" as "A12***67". Only letters and digits of ASCII are shown, so it
 * has a septet for each of its characters, and never more than TEXT. */
char *mask(struct arena *a, const char *text);

#endif

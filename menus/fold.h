/*
 * What people type, forgiven: odd spaces, capitals, accents, stray marks.
 */
#ifndef MENUS_FOLD_H
#define MENUS_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* White space, of whatever kind Unicode has. */
bool fold_is_space(uint32_t c);

/* Every run of white space becomes one space; none is left at the ends. */
char *fold_spaces(struct arena *a, const char *text);

/* A word as it is compared: capitals, no accents, letters and digits only.
 * Between words one space is left. "  Nauli:  dár!" is "NAULI DAR". */
char *fold_words(struct arena *a, const char *text);

#endif

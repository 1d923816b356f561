/*
 * What people type, forgiven: odd spaces, capitals, accents, stray marks.
 */
#ifndef MENUS_FOLD_H
#define MENUS_FOLD_H

#include "base/arena.h"

/* Every run of white space, of whatever kind Unicode has, becomes one space;
 * none is left at the ends. */
char *fold_spaces(struct arena *a, const char *text);

/* A word as it is compared: capitals, no accents, letters and digits only.
 * Between words one space is left. "  Nauli:  dár!" is "NAULI DAR". */
char *fold_words(struct arena *a, const char *text);

#endif

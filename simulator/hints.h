/*
 * What somebody may dial and text who meets menus for the first time.
 */
#ifndef SIMULATOR_HINTS_H
#define SIMULATOR_HINTS_H

#include "menus/graph.h"

/* What leads to the institution, "*152*00*4*2#"; the first code alone where
 * no option does. */
const char *hints_dial(
    struct arena *a, const struct catalogue *c, const char *institution);

/* All institutions and the examples of their keywords, a line each. */
const char *hints_list(
    struct arena *a, const struct catalogue *c, const char *sms_number);

#endif

/*
 * Canned answers: the files beside an institution's own that its talks take
 * for the answers of its services. A talk_answer of menus/talk.h.
 */
#ifndef GATEWAY_CANNED_H
#define GATEWAY_CANNED_H

#include "menus/talk.h"

enum outcome canned_answer(void *arg, struct arena *a, const struct graph *g,
    const struct api *api, const struct canned *canned,
    const char *const **values, const char **why);

#endif

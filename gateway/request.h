/*
 * The body of a call, with its values put in.
 */
#ifndef GATEWAY_REQUEST_H
#define GATEWAY_REQUEST_H

#include "menus/step.h"

/* JSON text; NULL when the api sends none. */
char *request_body(struct arena *a, const struct catalogue *c,
    const struct facts *facts, const struct session *s, const struct api *api);

#endif

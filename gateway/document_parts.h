/*
 * JSON as the files behind its wall share it.
 */
#ifndef GATEWAY_DOCUMENT_PARTS_H
#define GATEWAY_DOCUMENT_PARTS_H

#include <jansson.h>

#include "base/arena.h"
#include "config/findings.h"

/* An object of its own, for whoever takes it. */
json_t *document_finding(struct arena *a, const struct finding *one);

#endif

/*
 * A catalogue as one text for the store: the menus file's source, and of each
 * institution its name and the hash under which its own source is kept. Pure.
 */
#ifndef GATEWAY_MANIFEST_H
#define GATEWAY_MANIFEST_H

#include "base/arena.h"
#include "menus/catalogue.h"

struct manifest {
	struct source menus;
	const char **names;  /* "maji.cfg" */
	const char **hashes; /* hex */
	size_t count;
};

uint8_t *manifest_pack(
    struct arena *a, const struct catalogue *c, size_t *len);

/* -1 when the octets are no manifest. Everything is copied into A. */
MUST_USE int manifest_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct manifest *out);

#endif

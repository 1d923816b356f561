/*
 * Octets for the store and back: what is written is versioned by its writer,
 * what is read is trusted in nothing.
 *
 * Numbers are big endian, or of as many octets as they need (seven bits each,
 * the lowest first); octets and strings are led by their length.
 */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct pack {
	struct arena *arena;
	uint8_t *octets;
	size_t len;
	size_t room;
};

void pack_init(struct pack *p, struct arena *a);
void pack_u8(struct pack *p, uint8_t n);
void pack_u32(struct pack *p, uint32_t n);
void pack_u64(struct pack *p, uint64_t n);
void pack_number(struct pack *p, uint64_t n);
void pack_fixed(struct pack *p, const void *data, size_t len);
void pack_octets(struct pack *p, const void *data, size_t len);

/* NULL comes back as NULL, not as "". */
void pack_string(struct pack *p, const char *text);

/* Once something was not there or did not fit, BAD stays set and everything
 * reads as zero or "": look at it once, at the end. */
struct unpack {
	struct arena *arena;
	const uint8_t *at;
	size_t left;
	int bad;
};

void unpack_init(
    struct unpack *u, struct arena *a, const void *data, size_t len);
uint8_t unpack_u8(struct unpack *u);
uint32_t unpack_u32(struct unpack *u);
uint64_t unpack_u64(struct unpack *u);
uint64_t unpack_number(struct unpack *u);
void unpack_fixed(struct unpack *u, void *out, size_t len);

/* Copies in the arena, followed by a NUL. */
const uint8_t *unpack_octets(struct unpack *u, size_t *len);
const char *unpack_string(struct unpack *u);

/* 0 when all was well and nothing is left over. */
MUST_USE int unpack_end(const struct unpack *u);

#endif

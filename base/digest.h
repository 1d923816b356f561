/*
 * Content hashes, keyed hashes and random octets. OpenSSL stays behind this
 * wall.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"

/* The first 128 bits of a SHA-256: names a menu by its content. */
struct digest {
	uint8_t octets[16];
};

#define DIGEST_HEX (2 * 16 + 1)

struct digest digest_of(const void *data, size_t len);
bool digest_equal(const struct digest *a, const struct digest *b);
void digest_hex(const struct digest *d, char out[DIGEST_HEX]);

/* -1 when TEXT is not 32 hex digits. */
MUST_USE int digest_from_hex(const char *text, struct digest *d);

/*
 * SipHash-2-4 of DATA under a 128-bit key: tells equal requests from different
 * ones without anyone being able to forge or to invert it.
 */
struct digest_key {
	uint8_t octets[16];
};
uint64_t digest_keyed(
    const struct digest_key *key, const void *data, size_t len);

/* Good enough for keys; never fails. */
void digest_random(void *out, size_t len);

#endif

/*
 * What is stored of one subscriber's session, as a value and as octets.
 *
 * The octets begin with epoch and version, so that a script can compare them
 * without knowing the rest; and then with what the sweep's script must know of
 * a session that is over.
 */
#ifndef STORAGE_RECORD_H
#define STORAGE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"

#define RECORD_STAMP 12 /* octets of epoch and version at its front */

enum record_life {
	RECORD_LIVE = 1,
	RECORD_CALLING, /* a call is open: no screen answers this request yet */
	RECORD_ENDED,	/* a tombstone: only the last screen counts */
};

/* What storage/lua/sweep.lua reads behind the stamp: this format, a life, and
 * how many seconds the session may be resumed. */
#define RECORD_FORMAT 3

/* How a request is told from a repeat of it. */
struct request_id {
	bool begin;
	bool has_turn;	     /* the dialect numbers its turns */
	uint8_t turn;
	uint32_t sequence;
	uint64_t generation; /* of the bind it came on */
	uint64_t hash;	     /* keyed, of its octets without the sequence */
	int64_t at_ms;	     /* wall clock, when it was committed */
};

struct record {
	uint64_t epoch;	     /* random, new with every begin */
	uint32_t version;    /* moves with every commit */
	enum record_life life;
	uint16_t resume_s;   /* if it is dropped now; 0: not at all */
	const uint8_t *identity; /* dialect's session key beyond the number */
	size_t identity_len;
	struct request_id last;
	const char *screen;  /* the answer to LAST; "" while calling */
	struct digest catalogue;
	const uint8_t *menu; /* the packed menu session */
	size_t menu_len;
	int64_t begun_ms;    /* wall clock */
	uint64_t begun_hash; /* of the request that began it, as LAST's */
	uint16_t screens;    /* shown so far */
};

uint8_t *record_pack(struct arena *a, const struct record *r, size_t *len);

/* -1 when the octets are no record of ours. Strings are copied into A. */
MUST_USE int record_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct record *out);

#endif

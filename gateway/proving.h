/*
 * A catalogue of menus that are known by their hashes: the sources are found,
 * here or in Redis, and compiled between turns.
 */
#ifndef GATEWAY_PROVING_H
#define GATEWAY_PROVING_H

#include "gateway/making.h"
#include "storage/publish.h"

struct gateway;
struct proving;

/* One institution, or PUBLISH_MENUS. TEXT may be NULL: it is found by the
 * hash. */
struct proving_item {
	const char *name;
	const char *hash;
	const char *text;
	size_t len;
};

enum proved {
	PROVED, /* MADE is there; look at its findings */
	PROVED_LACKS, /* a source is nowhere */
	PROVED_DOWN, /* Redis cannot be asked just now */
};

/* MADE is NULL unless it was PROVED; its catalogue is the hearer's. LACKED is
 * the name of what could not be had. */
typedef void proving_done(
    void *arg, enum proved result, const struct made *made, const char *lacked);

/* ITEMS are copied, but not the texts. What has an error is left out, or with
 * STAND_IN, is as the current catalogue has it. */
struct proving *proving_start(struct gateway *g,
    const struct proving_item *items, size_t count, bool stand_in,
    proving_done *done, void *arg);
void proving_cancel(struct proving *p);

/* The source of NAME with HASH in C, borrowed; false when C has another. */
bool proving_find(const struct catalogue *c, const char *name, const char *hash,
    struct source *out);

#endif

/*
 * An outbox as its own files see it: outbox.c looks into the queues and takes
 * what the link can send, outbox_post.c sends what was taken.
 */
#ifndef GATEWAY_OUTBOX_PARTS_H
#define GATEWAY_OUTBOX_PARTS_H

#include <uthash.h>

#include "gateway/outbox.h"
#include "gateway/sms.h"
#include "storage/sessions.h"

/* A message in hand, until what became of it is stored. */
struct posting {
	struct outbox *outbox;
	struct arena *arena;
	const char *id; /* of the message, the hash's key */
	const char *entry;
	int partition;
	int64_t ours_until_ms; /* steady; then another node may take it */
	const char *to, *from;
	bool resent;
	struct sms_part parts[SMS_PARTS_MAX];
	size_t part_count;
	size_t next; /* the part that is on its way */
	const char *state;
	const char *smsc_id;
	bool leaves_nothing; /* no receipt of it is wanted */
	int tries;
	struct event *again;
	struct store_ask *finishing;
	UT_hash_handle hh;
};

struct shelf { /* one partition's queue */
	struct outbox *outbox;
	int partition;
	struct store_ask *ask;
	bool again;	/* asked for what was handed out before, */
	size_t count;	/* for so many, */
	int64_t asked_ms; /* and when */
	bool wanted;	/* woken while it was being asked */
	bool recovered; /* what an earlier life of this node left */
	int looks;
};

struct outbox {
	struct gateway *gateway;
	struct link *link;
	struct event *timer;
	struct shelf *shelves;
	int shelf_count;
	struct posting *in_hand; /* hash by id */
};

/* ---- outbox.c */

void outbox_take(struct outbox *o, int partition);

/* ---- outbox_post.c */

/* Q was handed out to us, and is ours for so long. */
void outbox_post(struct outbox *o, int partition, int64_t until_ms,
    const struct queued *q);
void outbox_forget(struct posting *p);

#endif

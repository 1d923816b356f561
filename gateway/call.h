/*
 * A call in flight, as a value and as octets: all that another node needs to
 * do it again. It is stored before the call is made and outlives the session.
 */
#ifndef GATEWAY_CALL_H
#define GATEWAY_CALL_H

#include "base/arena.h"
#include "base/digest.h"
#include "storage/record.h"

/* "07-" and 32 hex digits: names its partition, like a message. */
#define CALL_ID 40

struct call {
	char id[CALL_ID];	/* also its idempotency key */
	const char *msisdn;
	const char *operator_name;
	const char *channel;
	const char *number;	/* the code dialled, or the number texted */
	uint64_t epoch;		/* of the session it belongs to */
	bool secret_lost;	/* a secret went with the node that knew it */
	struct digest catalogue;
	const uint8_t *menu;	/* the packed menu session, at the call */
	size_t menu_len;
	const uint8_t *ref;	/* how to answer on the screen, or none */
	size_t ref_len;
};

uint8_t *call_pack(struct arena *a, const struct call *c, size_t *len);

/* -1 when the octets are no call of ours. Everything is copied into A. */
MUST_USE int call_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct call *out);

#endif

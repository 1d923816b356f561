/*
 * An errand: a request to an institution that belongs to no turn, ready to be
 * made by any node. It is stored like a call, due at its time, and knows
 * nothing of menus: the one that it came from may be long gone.
 *
 * A reminder is a call that an `end` planned; a notice tells an application
 * how a citizen's visit ended.
 */
#ifndef GATEWAY_ERRAND_H
#define GATEWAY_ERRAND_H

#include "base/arena.h"
#include "gateway/call.h"
#include "storage/sessions.h"

enum errand_kind {
	ERRAND_NOTICE = 1,
	ERRAND_REMINDER,
};

struct errand {
	enum errand_kind kind;
	const char *id; /* also its idempotency key */
	const char *msisdn;
	const char *institution;
	const char *name; /* the service or the application, for the log */
	const char *method, *url;
	const char *body; /* or NULL */
	const char *content; /* the body's type; NULL: JSON */
	int timeout_ms;
	int max_calls; /* the institution's bulkhead */
};

uint8_t *errand_pack(struct arena *a, const struct errand *e, size_t *len);

/* -1 when the octets are no errand of ours: a call, for one. Everything is
 * copied into A. */
MUST_USE int errand_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct errand *out);

/* To be stored, and made in IN_MS from now. */
struct store_call errand_plan(
    struct arena *a, const struct errand *e, int64_t in_ms);

/* How long after its Nth failure, from 1, it is tried again; -1 when it is
 * given up: a reminder after a day, a notice after some minutes. */
int64_t errand_pause_ms(enum errand_kind kind, int n);

#endif

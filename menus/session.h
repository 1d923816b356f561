/*
 * A citizen's place in a menu, as a value.
 */
#ifndef MENUS_SESSION_H
#define MENUS_SESSION_H

#include "base/arena.h"
#include "menus/graph.h"

#define SESSION_BACK_MAX 16

enum channel {
	CHANNEL_USSD,
	CHANNEL_SMS,
};

struct place {
	uint16_t graph; /* NOWHERE: the root */
	uint16_t state;
	uint8_t page;
};

struct session {
	enum channel channel;
	uint8_t lang;
	struct place here;
	uint8_t tries;	/* wrong answers in this state so far */
	struct place back[SESSION_BACK_MAX]; /* the oldest falls out */
	uint8_t depth;
	uint16_t code;	/* index of the short code that was dialled */
	/* A value for each variable of the graph, NULL while unset. */
	const char *vars[VARS_MAX];
};

/* Octets for the store: small, versioned. Secrets are never among them, but
 * for a secret that the very next call needs, which WITH_SECRETS keeps. */
uint8_t *session_pack(struct arena *a, const struct catalogue *c,
    const struct session *s, size_t *len);

/* -1 when the octets do not fit this catalogue. Strings point into ARENA. */
MUST_USE int session_unpack(struct arena *a, const struct catalogue *c,
    const uint8_t *octets, size_t len, struct session *out);

#endif

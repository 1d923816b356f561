/*
 * A citizen's place in a menu, as a value.
 */
#ifndef MENUS_SESSION_H
#define MENUS_SESSION_H

#include "base/arena.h"
#include "menus/graph.h"
#include "menus/visit.h"

#define SESSION_BACK_MAX    16
#define SESSION_DIALLED_MAX 160 /* octets kept of what was dialled through */

enum channel {
	CHANNEL_USSD,
	CHANNEL_SMS,
};

struct place {
	uint16_t graph; /* NOWHERE: the root */
	uint16_t state;
	uint8_t page;
};

/* What an ask shows: what it asks, or what the gateway asks about that. */
enum phase {
	PHASE_ASK,
	PHASE_USE,  /* may the value of before be used? */
	PHASE_KEEP, /* may the value just typed be kept? */
};

/* What the citizen has said about keeping what this ask asks for. */
enum consent {
	CONSENT_UNKNOWN, /* the profile was not looked into */
	CONSENT_UNASKED,
	CONSENT_NO,
	CONSENT_YES,
	CONSENT_SHARED, /* yes, and other institutions may read it */
};

struct session {
	enum channel channel;
	uint8_t lang;
	struct place here;
	uint8_t tries;	/* wrong answers in this state so far */
	struct place back[SESSION_BACK_MAX]; /* the oldest falls out */
	uint8_t depth;
	uint16_t code;	/* index of the short code that was dialled; NOWHERE by
			 * SMS */
	/* While answers that were dialled through still wait for a call's
	 * outcome: the rest of them, "2*1" or "". NULL at all other times. */
	const char *dialled;
	/* It was dropped, and the citizen is asked whether to go on with it;
	 * all else is as it was. */
	bool dropped;
	/* By SMS: whether all about the number is to be erased was asked. */
	bool forgets;
	/* At an ask for what may be kept, or was. */
	enum phase phase;
	enum consent consent;
	const char *offered; /* PHASE_USE: the value */
	/* A value for each variable of the graph, NULL while unset. */
	const char *vars[VARS_MAX];
	const struct visit *visit; /* while it stands in an app, else NULL */
};

const struct graph *session_graph(
    const struct catalogue *c, const struct session *s);

/* Is a session that stands there waiting for the citizen? */
bool session_waits_at(const struct state *st);

/* How long a session that stands there lives when nobody answers. */
int64_t session_life_ms(const struct catalogue *c, const struct session *s);

/* If it is dropped now, may it be offered again? It stands on a screen of an
 * institution, nothing on it or before it is secret, and the state lets it. */
bool session_may_resume(const struct catalogue *c, const struct session *s);

/*
 * Octets for the store: small, versioned. A secret is among them only until
 * the next call: a session that stands at a call is packed without, so render
 * the call's request from the session that step gave, not from an unpacked one.
 */
uint8_t *session_pack(struct arena *a, const struct catalogue *c,
    const struct session *s, size_t *len);

/* -1 when the octets do not fit this catalogue. Strings are copied into A. */
MUST_USE int session_unpack(struct arena *a, const struct catalogue *c,
    const uint8_t *octets, size_t len, struct session *out);

/* Does a value that packing leaves out belong to this session? A call that
 * another node takes over has lost it. */
bool session_holds_secret(const struct catalogue *c, const struct session *s);

#endif

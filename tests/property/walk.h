/*
 * A walk: what a citizen, the services and the applications did, one after
 * another. It can be played again, also on menus that were made smaller since;
 * what does not fit there any more is left out.
 */
#ifndef TESTS_WALK_H
#define TESTS_WALK_H

#include <stddef.h>
#include <stdint.h>

#define WALK_MAX  160
#define WALK_TEXT 400

enum event_kind {
	EVENT_DIAL,
	EVENT_TEXT, /* an SMS that begins a dialogue */
	EVENT_INPUT,
	EVENT_DROP, /* the network lost it, and the citizen dials again */
	EVENT_OUTCOME,
	EVENT_APP,
};

/* How an outcome comes. */
#define OUTCOME_BITS 0x0fu
#define OUTCOME_LATE 0x10u
#define NODE_DIED    0x20u

struct event {
	enum event_kind kind;
	unsigned choice; /* a language, or an outcome and how it comes */
	uint64_t seed; /* of all values that come with it */
	char text[WALK_TEXT];
};

struct walk {
	size_t count;
	struct event list[WALK_MAX];
};

/* What may never be. */
enum property {
	PROPERTY_HOLDS,
	PROPERTY_ROOM,
	PROPERTY_TONGUE, /* another language's words */
	PROPERTY_MUTE, /* no word in one's own */
	PROPERTY_UNSET,
	PROPERTY_WHOLE,
	PROPERTY_KEYS,
	PROPERTY_END,
	PROPERTY_KEPT,
	PROPERTY_ALIVE,
	PROPERTY_COUNT,
};

struct verdict {
	enum property broken;
	char says[1200];
};

/* A fault on purpose, to see that it is found. */
enum plant {
	PLANT_NOTHING,
	PLANT_WIDE, /* t0 is wider than was proved */
	PLANT_ROOM, /* the screen has more room than was proved */
	PLANT_TONGUE, /* a text is in another language */
	PLANT_UNSET, /* a value is lost on the way */
	PLANT_END, /* ends are none */
	PLANT_KEPT, /* the store loses the page */
	PLANT_KEYS, /* home has no key */
	PLANT_CRASH,
	PLANT_COUNT,
};

#endif

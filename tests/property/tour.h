/*
 * A tour: a walk in the making or played again, held against all that must
 * hold after each of its steps.
 */
#ifndef TESTS_TOUR_H
#define TESTS_TOUR_H

#include <stdio.h>

#include "menus/step.h"
#include "tests/property/chance.h"
#include "tests/property/figures.h"
#include "tests/property/walk.h"

struct tour {
	const struct catalogue *c;
	struct arena *arena;
	struct facts facts; /* as the engine hears them */
	size_t septets, ucs2; /* what a screen has room for in truth */
	struct figures *figures;
	struct verdict *verdict;
	enum plant plant;
	const struct event *event; /* being played */
	struct move move;
	bool stands; /* somebody is to answer MOVE */
	bool told; /* the last word was what is held about its citizen */
	struct session kept; /* as it came back from the store */
	struct place before; /* where it stood */
	FILE *trace; /* what happened, for a report; or NULL */
};

/* On menus that were proved. SEED varies the link. */
void tour_init(
    struct tour *t, struct arena *a, const struct catalogue *c, uint64_t seed);

/* False when something does not hold: the verdict says what. */
bool tour_play(struct tour *t, const struct event *e);

/* What might happen next. */
struct event stroll(const struct tour *t, struct chance *chance);

/* Is there a way from here to an end? */
bool escape(struct tour *t);

/* Says so in the verdict; always false. */
bool tour_broken(const struct tour *t, enum property property,
    const char *format, ...) PRINTF_LIKE(3, 4);

/* Holds the screen, or the last word, of T's move against what must stand
 * there: oracle.c. */
bool oracle(struct tour *t);

/* What stands on a screen as a person would write it, line by line:
 * expected.c. */
struct expected {
	const char *lines[128];
	size_t count;
	const char *error; /* above it after a wrong answer; "" for none */
	bool flows; /* one text that may be broken between words */
};

/* False, and broken, where a value is missing. */
bool expected_screen(struct tour *t, struct expected *e);

/* A text in the session's language; NULL where a value is missing. */
const char *expected_text(
    struct tour *t, const struct words *w, const char *hole);

#endif

/*
 * A scene: all that a text or a condition may speak of at one moment of a
 * dialogue, and the texts with their values put in.
 */
#ifndef MENUS_SCENE_H
#define MENUS_SCENE_H

#include "menus/step.h"

struct scene {
	struct arena *arena;
	const struct catalogue *c;
	const struct facts *facts;
	const struct session *s;
	const struct graph *graph; /* the session stands in it */
	uint8_t lang;
	const char *hole; /* what stands in a sentence's WORDS_HOLE */
	bool worst; /* a proof: every option stands, whatever its condition */
};

struct scene scene_of(struct arena *a, const struct catalogue *c,
    const struct facts *facts, const struct session *s);

const struct state *scene_state(const struct scene *sc);

/* A variable as it is kept; NULL while it is unset. */
const char *scene_value(const struct scene *sc, uint16_t var);

/* What a citizen reads, in the scene's language. */
const char *scene_text(const struct scene *sc, const struct words *w);
/* Likewise, with HOLE in its hole. */
const char *scene_filled(
    const struct scene *sc, const struct words *w, const char *hole);

#endif

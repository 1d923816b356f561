/*
 * A difference in the making, inside.
 */
#ifndef MENUS_DIFFERENCE_PARTS_H
#define MENUS_DIFFERENCE_PARTS_H

#include <stdbool.h>

#include "menus/names.h"
#include "menus/traits.h"

struct comparison {
	struct arena *arena;
	const struct catalogue *old, *new;
	const struct graph *was, *is; /* or both NULL: of no graph */
	const char *institution;
	struct names old_states, new_states;
	const char **old_names, **new_names; /* as they are called now */
	uint16_t *pairs; /* of each old state the new one, or NOWHERE */
	uint16_t *origins; /* and the other way round */
	bool other_kind; /* the states that are compared are of two kinds */
	struct change *list;
	size_t count, room;
};

/* Finds every old state among the new ones, be it under another name. */
void difference_pair(struct comparison *k);

/* What citizens know by heart: keys of options, keywords. */
void difference_keys(struct comparison *k);

void difference_add(struct comparison *k, struct change c);

#endif

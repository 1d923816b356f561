/*
 * Traits: a part of a menu taken into single facts with names, so that two
 * versions of it can be held against each other.
 */
#ifndef MENUS_TRAITS_H
#define MENUS_TRAITS_H

#include "menus/difference.h"

struct trait {
	enum difference_kind kind;
	const char *what, *lang; /* together its name; LANG may be NULL */
	const char *value;
	int line;
};

struct traits {
	struct trait *list;
	size_t count, room;
	uint32_t digest; /* kept by who compares many */
};

/*
 * NAMES are the states' by number: of an old version, as they are called in
 * the new one. A key is a trait with where it leads.
 */
struct traits traits_of_state(struct arena *a, const struct catalogue *c,
    const struct graph *g, const char *const *names, uint16_t state);
struct traits traits_of_graph(struct arena *a, const struct catalogue *c,
    const struct graph *g, const char *const *names);
struct traits traits_of_variable(
    struct arena *a, const struct graph *g, size_t var);
struct traits traits_of_api(struct arena *a, const struct graph *g, size_t api);

/* What is not the root's nor an institution's: codes, words, limits. */
struct traits traits_of_head(struct arena *a, const struct catalogue *c);

/* The one of that name, or NULL. */
const struct trait *traits_find(
    const struct traits *t, const char *what, const char *lang);

#endif

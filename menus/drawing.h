/*
 * A drawing of menus in the DOT language of Graphviz: states as shapes by
 * their kind, edges by what takes one along them, each institution a cluster.
 */
#ifndef MENUS_DRAWING_H
#define MENUS_DRAWING_H

#include <stdio.h>

#include "menus/graph.h"

struct drawing_wish {
	uint8_t lang; /* of the texts */
	bool doors; /* institutions as one box each, with their doors */
};

/* One digraph of the root and every institution of C, or of ALONE. */
void drawing_write(FILE *out, const struct catalogue *c,
    const struct graph *alone, struct drawing_wish wish);

#endif

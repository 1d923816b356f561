/*
 * The proof: what the parser cannot see while it reads, on finished graphs.
 */
#ifndef MENUS_CHECK_H
#define MENUS_CHECK_H

#include "config/schema.h"
#include "menus/graph.h"

/*
 * Proves G, an institution's graph or the root's, against the limits and
 * languages of C, which need not know G yet. A graph with an error among its
 * findings is left out of the catalogue.
 */
void check_graph(
    const struct catalogue *c, const struct graph *g, struct findings *f);

#endif

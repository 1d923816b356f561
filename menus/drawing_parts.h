/*
 * A drawing in the making, inside: what its files share.
 */
#ifndef MENUS_DRAWING_PARTS_H
#define MENUS_DRAWING_PARTS_H

#include "base/arena.h"
#include "menus/drawing.h"

struct drawing {
	FILE *out;
	const struct catalogue *c;
	const struct graph *alone; /* or NULL */
	struct drawing_wish wish;
	struct arena *arena;
};

void drawing_edges(const struct drawing *d, const struct graph *g);

/* One box, since only its doors are wished for. */
bool drawing_is_boxed(const struct drawing *d, const struct graph *g);

const char *drawing_node(
    const struct drawing *d, const struct graph *g, uint16_t state);

/* "SMS DENI acct" */
const char *drawing_keyword(
    const struct drawing *d, const struct graph *g, const struct keyword *k);

/* Names and labels are quoted here. LOOK: "shape=box", ", style=dashed". */
void drawing_put(const struct drawing *d, const char *name, const char *label,
    const char *look);
void drawing_put_edge(const struct drawing *d, const char *from, const char *to,
    const char *label, const char *look);

#endif

/*
 * Texts and conditions as a file has them, for those who read menus and do not
 * play them.
 */
#ifndef MENUS_WRITTEN_H
#define MENUS_WRITTEN_H

#include "menus/graph.h"

/* "Deni: TZS {amount}" */
char *written_text(
    struct arena *a, const struct graph *g, const struct template *t);

/* Its first words on one line, in MOST characters: "Ingiza namba ya…". */
char *written_shortly(struct arena *a, const struct graph *g,
    const struct template *t, size_t most);

/* "amount > 0 and channel == 'sms'" */
const char *written_condition(
    struct arena *a, const struct graph *g, const struct condition *c);

#endif

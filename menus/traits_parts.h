/*
 * Traits, inside: adding one to the others.
 */
#ifndef MENUS_TRAITS_PARTS_H
#define MENUS_TRAITS_PARTS_H

#include <stdbool.h>

#include "menus/traits.h"

/* What VALUE and the names point to must outlive the traits. */
void traits_add(struct arena *a, struct traits *t, struct trait one);

void traits_add_words(struct arena *a, struct traits *t,
    const struct catalogue *c, const struct graph *g, const char *what,
    const struct words *w);

/* Not when it is NULL or 0, as where a file does not have the word. */
void traits_add_text(struct arena *a, struct traits *t,
    enum difference_kind kind, int line, const char *what, const char *value);
void traits_add_number(struct arena *a, struct traits *t,
    enum difference_kind kind, int line, const char *what, int64_t value);
void traits_add_flag(struct arena *a, struct traits *t,
    enum difference_kind kind, int line, const char *what, bool value);

void traits_add_lowered(
    struct arena *a, struct traits *t, const struct lowered *l, int line);

#endif

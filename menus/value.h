/*
 * Values of variables: taken from citizens and from services by the
 * variable's own rule, and shown within its width.
 *
 * A value is kept as text: numbers and money in plain decimal, dates as
 * YYYY-MM-DD, a choice as the file spells it, all else as it was folded.
 */
#ifndef MENUS_VALUE_H
#define MENUS_VALUE_H

#include <stdbool.h>

#include "base/arena.h"
#include "menus/graph.h"

/* No typed value is longer, in characters: a USSD string never is. */
#define VALUE_TYPED_MAX 182

/* What a citizen typed, on a screen, dialled through or in an SMS, folded by
 * V's rule; NULL when the rule refuses it. */
const char *value_typed(
    struct arena *a, const struct variable *v, const char *typed);

/* What a service gave: cleaned, and cut where V may be cut. NULL when it is
 * not of V's type, or wider than V may be shown. */
const char *value_given(
    struct arena *a, const struct variable *v, const char *given);

/* As it stands on a screen, never wider than V's greatest width. NULL reads
 * as "". */
const char *value_shown(
    struct arena *a, const struct variable *v, const char *kept);

/* A label of a list, likewise. */
const char *value_label(
    struct arena *a, const struct variable *v, const char *cell);

/* One line of plain text, in the alphabet unless V may leave it. */
char *value_clean(struct arena *a, const struct variable *v, const char *text);

/* The longest beginning of TEXT that is no wider than WIDTH septets, or
 * UCS-2 units where it leaves the alphabet. */
const char *value_cut(struct arena *a, const char *text, size_t width);

#endif

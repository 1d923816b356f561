/*
 * Whole numbers as people and services write them.
 */
#ifndef MENUS_NUMBER_H
#define MENUS_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* Decimal text as we keep it: "-1200". */
bool number_read(const char *text, int64_t *n);

/* As a citizen types it: thousands may stand apart, "1,200" or "1 200", but
 * then all of them, because "1,5" is not fifteen. */
bool number_typed(const char *text, int64_t *n);

/* As a service writes it: "1200.00" is whole, "1200.50" is not. */
bool number_given(const char *text, int64_t *n);

const char *number_text(struct arena *a, int64_t n);

/* "1200" as "1,200"; what is no number stays as it is. */
const char *number_with_thousands(struct arena *a, const char *text);

#endif

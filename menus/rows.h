/*
 * Rows of a `list`, packed into one value: columns parted by US (0x1f), rows
 * by RS (0x1e), ASCII's own separators, which no clean text contains.
 */
#ifndef MENUS_ROWS_H
#define MENUS_ROWS_H

#include "base/arena.h"

#define ROWS_COLUMN '\x1f'
#define ROWS_ROW    '\x1e'

size_t rows_count(const char *packed);

/* What stands behind the first row; NULL behind the last. */
const char *rows_next(const char *packed);

/* The text of one cell, NULL when there is none. */
const char *rows_cell(
    struct arena *a, const char *packed, size_t row, size_t column);

#endif

/*
 * Where in an answer a value stands: "$.due", "$.customer.name", or the rows
 * of an array, "$.areas[*](id,label)".
 */
#ifndef MENUS_PATH_H
#define MENUS_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/check.h"

#define PATH_MEMBERS 8
#define PATH_COLUMNS 8

/* A name inside the path's own text. */
struct path_name {
	const char *at;
	size_t len;
};

struct path {
	struct path_name members[PATH_MEMBERS]; /* one at least, from the top */
	size_t member_count;
	struct path_name columns[PATH_COLUMNS]; /* none: a single value */
	size_t column_count;
};

/* NULL when TEXT is a path, which OUT then points into; else what is wrong
 * with it, as the end of a sentence: "must begin with $.". */
MUST_USE const char *path_parse(const char *text, struct path *out);

#endif

/*
 * Names and their numbers: the states, variables or services of one file.
 */
#ifndef MENUS_NAMES_H
#define MENUS_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct name;

struct names {
	const char **list; /* by number, ended by NULL */
	size_t count;
	struct name *sorted;
};

/* LIST is ended by NULL and outlives the names. */
void names_init(struct names *n, struct arena *a, const char **list);

/* NOWHERE when there is no such name. */
uint16_t names_find(const struct names *n, const char *name);

/* `; did you mean 'acct'?`, or "" when nothing is near. */
const char *names_hint(
    struct arena *a, const char *const *list, const char *name);

#endif

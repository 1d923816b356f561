/*
 * Names and their numbers. A file may have thousands of states, and each is
 * named by others several times, so a name is found by halving.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "menus/graph.h"
#include "menus/names.h"

struct name {
	const char *name;
	uint16_t number;
};

static int compare(const void *a, const void *b);

void
names_init(struct names *n, struct arena *a, const char **list)
{
	size_t i;

	n->list = list;
	for (n->count = 0; list[n->count] != NULL; n->count++)
		;
	CHECK(n->count < NOWHERE);
	n->sorted = arena_array(a, n->count, sizeof(*n->sorted));
	for (i = 0; i < n->count; i++)
		n->sorted[i] = (struct name){ list[i], (uint16_t)i };
	qsort(n->sorted, n->count, sizeof(*n->sorted), compare);
}

uint16_t
names_find(const struct names *n, const char *name)
{
	const struct name key = { name, 0 };
	const struct name *found =
	    bsearch(&key, n->sorted, n->count, sizeof(*n->sorted), compare);

	return found == NULL ? NOWHERE : found->number;
}

const char *
names_hint(struct arena *a, const char *const *list, const char *name)
{
	const char *near = text_nearest(name, list);

	if (near == NULL)
		return "";
	return arena_printf(a, "; did you mean '%s'?", near);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(
	    ((const struct name *)a)->name, ((const struct name *)b)->name);
}

/*
 * A draft: the menus of a whole country as an author without any sense might
 * write them, out of a seed. Most are good; `mlango check` decides.
 *
 * Every text of a language has a mark of that language in it, a Greek capital,
 * which no value ever has. So what is not translated shows.
 */
#ifndef TESTS_DRAFT_H
#define TESTS_DRAFT_H

#include "menus/graph.h"
#include "tests/property/tree.h"

#define DRAFT_FILES_MAX 4 /* the menus file first */

struct draft {
	struct arena *arena; /* all of it */
	struct node *files[DRAFT_FILES_MAX];
	const char *names[DRAFT_FILES_MAX];
	size_t count;
};

struct draft draft_new(struct arena *a, uint64_t seed);

/* The Nth file as it stands now; TEXT is NULL when it was taken away. */
struct source draft_source(struct arena *a, const struct draft *d, size_t n);

/* The mark of a language: Δ, Φ, Γ, Λ, two octets each. */
const char *draft_mark(size_t lang);

/* What citizens and services say for a variable with a `match`, one of which
 * most likely passes. */
const char *draft_sample(unsigned number);

#endif

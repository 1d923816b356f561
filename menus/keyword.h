/*
 * Keywords: which institution's word an SMS begins with.
 */
#ifndef MENUS_KEYWORD_H
#define MENUS_KEYWORD_H

#include "menus/graph.h"

/* No keyword has more words: "MATOKEO CSEE" has two. */
#define KEYWORD_WORDS_MAX 4

struct keyword_found {
	uint16_t number; /* of the graph in the catalogue */
	const struct graph *graph;
	const struct keyword *keyword;
	const char *const *args; /* as typed */
	size_t arg_count;
};

/*
 * The keyword that TEXT begins with, folded; the one of most words where there
 * are several. The rest are arguments, parted by spaces, commas and the like;
 * what is too many is joined to the last.
 */
bool keyword_find(struct arena *a, const struct catalogue *c, const char *text,
    struct keyword_found *found);

/* What TEXT, which begins with K, brings for K's arguments. */
const char *const *keyword_args(
    struct arena *a, const struct keyword *k, const char *text, size_t *count);

/* The known keyword that TEXT most likely means, or NULL. */
const char *keyword_nearest(
    struct arena *a, const struct catalogue *c, const char *text);

#endif

/*
 * Keywords: which institution's word an SMS begins with.
 */
#ifndef MENUS_KEYWORD_H
#define MENUS_KEYWORD_H

#include "menus/graph.h"

/* No keyword has more words, or octets: "MATOKEO CSEE" has two. */
#define KEYWORD_WORDS_MAX 4
#define KEYWORD_MAX	  40

struct keyword_found {
	uint16_t number; /* of the graph in the catalogue */
	const struct graph *graph;
	const struct keyword *keyword; /* of an alias, the one it means */
	const char *const *args; /* as typed */
	size_t arg_count;
};

/*
 * The keyword that TEXT begins with, folded; the one of most words where there
 * are several. What follows are arguments, parted by spaces, commas and the
 * like; what is too many is joined to the last, and one that takes the rest
 * has it as it was typed.
 */
bool keyword_find(struct arena *a, const struct catalogue *c, const char *text,
    struct keyword_found *found);

/* All words of TEXT, folded, with one space between them. */
const char *keyword_folded(struct arena *a, const char *text);

/* What TEXT, which begins with K, brings for K's arguments. */
const char *const *keyword_args(
    struct arena *a, const struct keyword *k, const char *text, size_t *count);

/* "DENI acct [year]": how it is written. */
const char *keyword_usage(
    struct arena *a, const struct graph *g, const struct keyword *k);

/* The known keyword that TEXT most likely means, or NULL. */
const char *keyword_nearest(
    struct arena *a, const struct catalogue *c, const char *text);

#endif

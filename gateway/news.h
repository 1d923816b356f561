/*
 * News: what this node's files say, until it is published; and what has to
 * change for that. The catalogue that it is made of is borrowed.
 */
#ifndef GATEWAY_NEWS_H
#define GATEWAY_NEWS_H

#include "gateway/standing.h"

struct news {
	struct arena *arena;
	const struct catalogue *catalogue;
	const struct proving_item *items; /* its texts are the catalogue's */
	size_t count;
	const char **files; /* names of institutions; NULL: nothing goes */
	size_t file_count;
	size_t put; /* changes whose sources are in Redis */
	struct store_change *changes; /* what goes live stands first */
	size_t change_count;
	const char *act;
};

/* All of C, but for what LIKE (or NULL) has too. */
struct news *news_new(
    const struct catalogue *c, const struct catalogue *like, const char *act);
void news_free(struct news *n);

/* What is live and has none of FILES goes. */
void news_files(struct news *n, const struct source *files, size_t count);

/* The changes that make S say so; none has been put. */
void news_plan(struct news *n, const struct standing *s);

/* Which they are, as far as a line holds them; and each in the log. */
const char *news_facts(const struct news *n);
void news_tell(const struct news *n);

#endif

/*
 * The proof: what the parser cannot see while it reads, on finished graphs.
 */
#ifndef MENUS_CHECK_H
#define MENUS_CHECK_H

#include "config/findings.h"
#include "menus/graph.h"

/* The checks of the menu language that a finding may belong to. */
enum check {
	CHECK_WORDS = 1, /* unknown word, wrong type, missing field */
	CHECK_TARGETS = 2,
	CHECK_LANGUAGES = 3,
	CHECK_VARIABLES = 4,
	CHECK_ROOM = 5,
	CHECK_KEYS = 6,
	CHECK_BRANCHES = 7, /* outcomes, elses, tries, rules */
	CHECK_SAFETY = 8, /* secrets, once, times, URLs */
	CHECK_LENGTHS = 9, /* screens and key presses, and the time for them */
	CHECK_KEYWORDS = 10,
	CHECK_TALKS = 11,
};

/*
 * Proves G, an institution's graph or the root's, against the limits and
 * languages of C, which need not know G yet. A graph with an error among its
 * findings is left out of the catalogue.
 */
void check_graph(
    const struct catalogue *c, const struct graph *g, struct findings *f);

/* What only all institutions together show: who has a keyword first, and which
 * are a letter apart. */
void check_between_keywords(const struct catalogue *c, struct findings *f);

/* And that what an institution reads another one shares. */
void check_between_reads(
    const struct catalogue *c, const char *const *names, struct findings *f);

/* And that whatever leads into an institution leads to a door of it. NAMES, in
 * order and ended by NULL, are those of all institutions, good or bad. */
void check_between_doors(
    const struct catalogue *c, const char *const *names, struct findings *f);
void check_between_services(
    const struct catalogue *c, const char *const *names, struct findings *f);
void check_between_circles(const struct catalogue *c, struct findings *f);
void check_between_ends(const struct catalogue *c, struct findings *f);

#endif

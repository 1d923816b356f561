/*
 * What citizens have memorised: the keys of options and the words of SMS, and
 * where each of them leads.
 *
 * A lock is a list of these, as a graph has them or as the file menus.lock
 * records them. A menu may add to what its lock has; whatever takes something
 * away or leads it elsewhere is a change that somebody must want.
 */
#ifndef MENUS_LOCK_H
#define MENUS_LOCK_H

#include "config/findings.h"
#include "menus/graph.h"

enum lock_kind {
	LOCK_KEY,
	LOCK_WORD,
};

struct lock_entry {
	enum lock_kind kind;
	const char *graph;  /* "maji"; "root" for the shared menu */
	const char *state;  /* of a key: the menu's name; of a word: "" */
	const char *key;    /* "1"; of a word: the word, folded */
	const char *args;   /* of a word: "acct year"; of a key: "" */
	const char *target; /* the state or institution that it leads to */
	int line;	    /* in the menu's file, or in menus.lock */
};

/* In order of graph, kind, state and key; none twice. */
struct lock {
	const struct lock_entry *list;
	size_t count;
};

/* Of one graph, or of the root and every institution. Everything is A's or
 * the graphs'. */
struct lock lock_of(struct arena *a, const struct graph *g);
struct lock lock_of_all(struct arena *a, const struct catalogue *c);

/* By graph, kind, state and key. */
int lock_order(const struct lock_entry *a, const struct lock_entry *b);

/* The part that is GRAPH's; it points into L. */
struct lock lock_part(const struct lock *l, const char *graph);

enum lock_change_kind {
	LOCK_ADDED, /* nobody is hurt */
	LOCK_GONE,
	LOCK_MOVED, /* leads elsewhere, or takes other arguments */
};

struct lock_change {
	enum lock_change_kind kind;
	const struct lock_entry *was, *is; /* NULL: not there */
};

struct lock_changes {
	const struct lock_change *list;
	size_t count;
};

/* What became of WAS, in order; what stayed as it was is not told. It points
 * into both. */
struct lock_changes lock_compare(
    struct arena *a, const struct lock *was, const struct lock *is);

/* "the key 1 of 'home' led to 'bill' and leads to 'areas' now" */
const char *lock_says(struct arena *a, const struct lock_change *change);

/* ---- the file menus.lock */

/*
 * Reads its text; NAME stands in findings, and what is wrong is an error at
 * its line.
 *
 *	# a remark
 *	key maji/home 1 -> ask_acct
 *	word maji DENI acct -> bill
 */
struct lock lock_read(struct arena *a, struct findings *f, const char *name,
    const char *text, size_t len);

/*
 * TEXT, which reads as WAS, with lines for what IS has more: each behind the
 * last line of its institution, a new institution's at the end. No line that
 * is there is changed or taken away. ADDED: how many.
 */
const char *lock_write(struct arena *a, const char *text,
    const struct lock *was, const struct lock *is, size_t *added);

#endif

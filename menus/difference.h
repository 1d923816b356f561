/*
 * A difference: what changed from one version of menus to another, so that
 * who approves it sees first what most citizens would notice.
 *
 * A state that is the same but for its name is found again under the new one,
 * and then only its name has changed.
 */
#ifndef MENUS_DIFFERENCE_H
#define MENUS_DIFFERENCE_H

#include "menus/graph.h"

/* What has changed: in the order of how many citizens notice it. */
enum difference_kind {
	DIFFERENCE_CODE,
	DIFFERENCE_DOOR,
	DIFFERENCE_KEY, /* of an option, or of navigation */
	DIFFERENCE_KEYWORD,
	DIFFERENCE_TEXT,
	DIFFERENCE_WAY, /* where an answer or an outcome leads */
	DIFFERENCE_STATE,
	DIFFERENCE_VARIABLE,
	DIFFERENCE_CALL,
	DIFFERENCE_LIMIT,
	DIFFERENCE_KINDS,
};

enum difference_how {
	DIFFERENCE_ADDED,
	DIFFERENCE_GONE,
	DIFFERENCE_CHANGED,
	DIFFERENCE_RENAMED,
};

struct change {
	enum difference_kind kind;
	enum difference_how how;
	const char *institution; /* "maji", "root"; "" the menus file itself */
	const char *subject; /* the state, variable or service; or "" */
	const char *what; /* "1", "text", "timeout", "DENI"; or "" */
	const char *lang; /* of a text; or NULL */
	const char *was, *is; /* NULL: not there */
	const char *words; /* a key's option, as citizens read it; or NULL */
	const char *now; /* the key that has them now; or NULL */
	int line; /* in the new file; of what is gone, in the old one */
	size_t nth; /* in the order in which they were found */
};

struct difference {
	const struct change *list; /* by kind, institution and line */
	size_t count;
};

/* From the institution WAS, of OLD, to IS, of NEW. One of them may be NULL: it
 * is new, or gone. Everything is A's or the graphs'. */
struct difference difference_of(struct arena *a, const struct catalogue *old,
    const struct graph *was, const struct catalogue *new,
    const struct graph *is);

/* Of the menus files, the root menus and all institutions. */
struct difference difference_of_all(
    struct arena *a, const struct catalogue *old, const struct catalogue *new);

/* "key", "text", ...; "added", "gone", ... */
const char *difference_kind_name(enum difference_kind kind);
const char *difference_how_name(enum difference_how how);

/* "maji/home", "maji: variable acct", "the menus file" */
const char *difference_place(struct arena *a, const struct change *c);

/* "the key 1 \"Uliza deni\" led to 'bill' and leads to 'areas' now" */
const char *difference_says(struct arena *a, const struct change *c);

/* TEXT in quotation marks on one line, as a file has it. */
const char *difference_quoted(struct arena *a, const char *text);

#endif

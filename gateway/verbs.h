/*
 * What may be ordered of a running daemon: one row each, in a table from
 * which the control socket, the help and `mlango ctl` follow.
 */
#ifndef GATEWAY_VERBS_H
#define GATEWAY_VERBS_H

#include "gateway/order.h"

struct gateway;

enum verb_next {
	VERB_DONE, /* the report is complete */
	VERB_WAIT, /* o->done will be called, once, and not before this */
};

struct verb {
	const char *words; /* "show menus" */
	/*
	 * As its usage shows them: FILE is a file, NAME an argument, [NAME]
	 * one that may be missing, [--moved] an option, [--numbers N,N] one
	 * with a value, WORD... as many words as come.
	 */
	const char *arguments;
	const char *does;
	enum verb_next (*run)(struct gateway *g, struct order *o);
};

/* Ended by a row without words. */
extern const struct verb verbs[];

/* The verb that WORDS begin with, the longest that fits; NULL and the nearest
 * one, or NULL, when there is none. */
const struct verb *verbs_find(
    const char *const *words, size_t count, const char **near);

/* Which of its arguments is a file, from 0; -1 when none is. */
int verbs_file(const struct verb *v);

/* Finds the verb, reads its arguments and options, runs it. */
enum verb_next verbs_run(struct gateway *g, struct order *o);

#endif

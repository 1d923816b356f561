/*
 * An order: what somebody wants of a running daemon, in one line, and who.
 *
 *	[json] WORD ... NAME{OCTETS} ...
 *
 * A word that ends in {OCTETS} is a file: so many octets of it follow the
 * line, in the order in which the files stand there. Pure.
 */
#ifndef GATEWAY_ORDER_H
#define GATEWAY_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"

#define ORDER_LINE_MOST   4096
#define ORDER_FILES_MOST  32
#define ORDER_OCTETS_MOST (4 * 1024 * 1024) /* of all files of one order */

struct report;

struct order_file {
	const char *name;
	const char *text; /* followed by a NUL */
	size_t len;
};

/* Who gives it, as the kernel says. */
struct actor {
	uid_t uid;
	const char *name; /* the user's, or the number where there is none */
};

struct order {
	struct arena *arena; /* goes with it */
	bool json; /* how the answer is wanted */
	const char **words; /* ended by NULL */
	size_t word_count;
	struct order_file *files;
	size_t file_count;
	size_t octets; /* of all files */
	struct actor who;
	struct report *report; /* its answer, as far as it is known */

	/* Given by its verb: verbs.c. */
	const char **arguments; /* what is neither verb nor option */
	size_t argument_count;
	const char **options; /* name and value by turns, ended by NULL */

	/* The answer is complete. */
	void (*done)(struct order *o);
	void *owner;
};

/* NULL, and why, when LINE, which is ended by a NUL, is no order. The files'
 * texts are still to come; words and names are copied. */
struct order *order_read(const char *line, size_t len, const char **why);

/* The next OCTETS of the files, from TEXT. */
void order_fill(struct order *o, const char *text);
void order_free(struct order *o);

/* NULL when there are fewer. */
const char *order_argument(const struct order *o, size_t i);

/* NULL when it was not said, "" when it was and takes no value. */
const char *order_option(const struct order *o, const char *name);

#endif

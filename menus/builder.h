/*
 * A catalogue in the making, piece by piece, so that a daemon can build one
 * between its turns.
 *
 *	new -> add, add, ... -> finish -> free
 *
 * No call takes longer than one institution does.
 */
#ifndef MENUS_BUILDER_H
#define MENUS_BUILDER_H

#include "config/findings.h"
#include "menus/graph.h"

struct builder;

/*
 * Never NULL; an unusable menus file shows when it is finished. Proves against
 * SEPTETS and UCS2 where a dialect allows less than the file's limits (0: as
 * the file says). Graphs of LIKE (or NULL) are taken over where nothing that
 * they were made of has changed. MENUS and every source are copied; LIKE and
 * FINDINGS must live as long as the builder.
 */
struct builder *builder_new(const struct source *menus, int septets, int ucs2,
    const struct catalogue *like, struct findings *f);

/* Also in the middle of it, and after builder_finish. */
void builder_free(struct builder *b);

/* Of the institutions, as the menus file has it; NULL when it names none or
 * cannot be used. */
const char *builder_folder(const struct builder *b);

enum built {
	BUILT_NEW,
	BUILT_SAME, /* taken over; its warnings are not found again */
	BUILT_NOT, /* an error was found: it is left out */
};

/* One institution, named like its file. One that could not be built may be
 * added again from another source, such as its last good one. */
enum built builder_add(struct builder *b, const struct source *source);

/* The same institution as LIKE has it, under the new head: what stands in for a
 * file that could not be built. BUILT_NOT when LIKE has none. */
enum built builder_fall_back(struct builder *b, const char *file);

/* There is an institution of that file's name, which could not even be read:
 * the root menu may name it. */
void builder_miss(struct builder *b, const char *file);

/* The checks between institutions, the root menu and the hash. NULL when the
 * menus file cannot be used. */
struct catalogue *builder_finish(struct builder *b);

#endif

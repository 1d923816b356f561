/*
 * From files to a catalogue in one go; menus/builder.h does it piece by piece.
 */
#ifndef MENUS_CATALOGUE_H
#define MENUS_CATALOGUE_H

#include "config/findings.h"
#include "menus/graph.h"

#define CATALOGUE_GRAPHS_MAX 2000

/*
 * Reads the menus file and, from the folder that it names, every
 * institution's file, each parsed alone. All findings of all files are
 * reported. An institution with an error is left out and its option in the
 * root menu answers with `absent`; NULL is returned only when the menus file
 * itself cannot be used. The findings' arena may be freed before the
 * catalogue. Prove against SEPTETS and UCS2 where a dialect allows less than
 * the file's limits (0: as the file says).
 */
struct catalogue *catalogue_read(
    const char *path, int septets, int ucs2, struct findings *f);

/* The same from sources, as another node published them. */
struct catalogue *catalogue_compile(struct source menus,
    const struct source *institutions, size_t count, int septets, int ucs2,
    struct findings *f);

/* One institution's file alone, under MENUS, or when that is NULL under the
 * menus.cfg in the folder above its own: a catalogue of it and of those beside
 * it that it speaks of. ONE is its graph, NULL when the file has an error; the
 * others' findings are not told. NULL when the menus file cannot be used. */
struct catalogue *catalogue_read_one(const char *path, const char *menus,
    struct findings *f, const struct graph **one);

/* The text that was hashed for the menus file. */
struct source catalogue_source(const struct catalogue *c);

/* Its graphs stay where another catalogue has them too. */
void catalogue_free(struct catalogue *c);

/* The longest short code that DIALLED begins with, "*152*00#", and that is
 * there for NUMBER (NULL: for anybody); NULL when there is none. REST points
 * into DIALLED at what was dialled through: "6*1#" with the final # if there
 * was one, or "". A missing first * is forgiven. */
const struct code *catalogue_code(
    const struct catalogue *c, const char *dialled, const char *number,
    const char **rest);

#endif

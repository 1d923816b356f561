/*
 * A private folder for one run: configuration, Redis's files, sockets, logs.
 * It goes when the run ends.
 */
#ifndef SIMULATOR_WORKSPACE_H
#define SIMULATOR_WORKSPACE_H

#include <stddef.h>

#include "base/arena.h"

/* A new folder below TMPDIR or /tmp, readable by us alone; NULL and errno
 * when there can be none. */
char *workspace_new(struct arena *a);

/* Removes the folder and all that is in it. */
void workspace_remove(const char *folder);

/* -1 and errno. FROM is a file; TO is made. */
MUST_USE int workspace_write(const char *path, const char *text);
MUST_USE char *workspace_read(struct arena *a, const char *path);

/* Every file of FROM that ends in one of SUFFIXES (ended by NULL), copied to
 * the folder TO, which is made, with OLD replaced by NEW wherever it stands. */
MUST_USE int workspace_copy(struct arena *a, const char *from, const char *to,
    const char *const *suffixes, const char *old, const char *new);

/* The file in FOLDER or a folder of it whose name ends in SUFFIX and in which
 * TEXT stands; NULL: there is none. */
const char *workspace_find(struct arena *a, const char *folder,
    const char *suffix, const char *text);

#endif

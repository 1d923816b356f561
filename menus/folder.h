/*
 * The files of the institutions: the one place of menus/ that looks into a
 * folder.
 */
#ifndef MENUS_FOLDER_H
#define MENUS_FOLDER_H

#include "config/findings.h"

/*
 * The paths of all files in FOLDER that end in .cfg, in order of name, at most
 * CATALOGUE_GRAPHS_MAX, in the findings' arena. FOLDER is taken from where
 * MENUS, the menus file, stands. -1, and a finding, when it cannot be read.
 */
MUST_USE int folder_list(struct findings *f, const char *menus,
    const char *folder, const char ***paths, size_t *count);

#endif

/*
 * Where the files are that the operator in a box needs: the sample menus, the
 * dialects, the dialogues of the demonstration.
 */
#ifndef SIMULATOR_DATA_H
#define SIMULATOR_DATA_H

#include "base/arena.h"

/*
 * MLANGO_DATADIR of the environment; else `config` beside the program, when it
 * was built in its source tree; else where `make install` put them. NULL, and
 * WHY told, when menus.cfg is in none of them.
 */
const char *data_folder(struct arena *a, const char **why);

#endif

/*
 * Making a failure small: states, options, variables, words and steps are
 * taken away while it still fails in the same way.
 */
#ifndef TESTS_SHRINK_H
#define TESTS_SHRINK_H

#include "tests/property/trial.h"

/* The draft and the walk of T, which failed with SEED. Both are small then, and
 * T's verdict is theirs. */
void shrink(struct trial *t, struct draft *d, enum plant plant, uint64_t seed);

/* Octets of all files of D as they stand. */
size_t shrink_size(const struct draft *d);

/* Writes FOLDER: menus.cfg, institutions/ and the walk, as a talk tells it. */
void shrink_write(struct trial *t, const struct draft *d, enum plant plant,
    uint64_t seed, const char *folder);

#endif

/*
 * A trial: a draft is proved and walked through in a process of its own, so
 * that whatever befalls it is a verdict too.
 */
#ifndef TESTS_TRIAL_H
#define TESTS_TRIAL_H

#include "tests/property/draft.h"
#include "tests/property/figures.h"
#include "tests/property/walk.h"

struct trial {
	bool accepted; /* by the checks */
	struct verdict verdict;
	struct walk walk; /* as far as it came */
	struct figures figures; /* of all trials together */
};

/* Shared with the processes; never given back. */
struct trial *trial_new(void);

/* A new walk of so many steps, or of the steps that are in the trial. */
void trial_stroll(struct trial *t, const struct draft *d, enum plant plant,
    uint64_t seed, size_t steps);
void trial_replay(
    struct trial *t, const struct draft *d, enum plant plant, uint64_t seed);

/* Replays it, and writes down what happens. */
void trial_tell(struct trial *t, const struct draft *d, enum plant plant,
    uint64_t seed, const char *path);

#endif

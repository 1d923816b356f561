/*
 * Edits of a draft that can be undone.
 */
#ifndef TESTS_SHRINK_EDITS_H
#define TESTS_SHRINK_EDITS_H

#include "tests/property/draft.h"

#define EDITS_MAX 600

struct edits {
	size_t count;
	struct {
		struct node *node;
		const char *value; /* before; NULL: it is gone now */
	} list[EDITS_MAX];
};

void edits_undo(struct edits *e);

void edits_remove(struct edits *e, struct node *n);

/* Whatever leads to FROM leads to TO. */
void edits_retarget(
    struct edits *e, const struct draft *d, const char *from, const char *to);

/* Away with states, dialogues and services that nobody names any more. */
void edits_sweep(struct edits *e, const struct draft *d);

/* A language, in all that OF holds. */
void edits_forget(struct edits *e, struct node *of, const char *lang);

/* Names that a state leads to, each once. */
size_t edits_targets(
    const struct node *state, const char **targets, size_t most);

/* The texts of a group, all at once: to their marks, to these with the values
 * beside them, or to their first half. */
#define EDITS_SHORTER 3
void edits_shorten(
    struct edits *e, struct arena *a, struct node *of, unsigned how);

#endif

/*
 * What the tests of dialects share: the shipped dialects, and those that only
 * prove the model.
 */
#ifndef TESTS_UNIT_DIALECT_FILES_H
#define TESTS_UNIT_DIALECT_FILES_H

#include "gateway/dialect.h"

struct dialect_files {
	struct arena *arena;
	struct dialects *shipped;
	struct dialects *others;
};

/* For cmocka: *STATE becomes a struct dialect_files. */
int dialect_files_open(void **state);
int dialect_files_close(void **state);

/* Fails the test where neither file has it. */
const struct dialect *dialect_files_find(
    const struct dialect_files *files, const char *name);

/* A path in the source tree. */
const char *dialect_files_path(struct arena *a, const char *path);

/* By way of the wire: packed and decoded again. */
struct pdu dialect_files_wire(struct arena *a, const struct pdu *pdu);

#endif

/*
 * Fail points: named places where a test may kill the process.
 *
 * MLANGO_FAIL="turn.committed" in the environment kills the process, as
 * `kill -9` would, when it first comes by that place; "turn.committed:3" the
 * third time. MLANGO_STOP stops it there, as `kill -STOP` would, until somebody
 * continues it. Not set, a fail point costs one comparison.
 */
#ifndef BASE_FAILPOINT_H
#define BASE_FAILPOINT_H

#include <stdbool.h>

extern bool failpoint_armed;

#define FAILPOINT(name)                         \
	do {                                    \
		if (failpoint_armed)            \
			failpoint_passed(name); \
	} while (0)

/* Reads the environment; called once, by the daemon's start. */
void failpoint_arm(void);
void failpoint_passed(const char *name);

#endif

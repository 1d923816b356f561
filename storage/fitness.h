/*
 * Whether a Redis is fit to keep what we acknowledge, told from what it says
 * of itself.
 */
#ifndef STORAGE_FITNESS_H
#define STORAGE_FITNESS_H

#include "config/settings.h"

struct fitness {
	const char *trouble; /* why it cannot be used, or NULL */
	const char *warning; /* what its owner should know, or NULL */
};

/* INFO is the answer to INFO. */
struct fitness fitness_of(const char *info, enum durability durability);

/* APPENDFSYNC is its value: what DURABILITY_DISK asks for besides. */
struct fitness fitness_of_sync(const char *appendfsync);

#endif

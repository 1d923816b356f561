/*
 * What `mlango ctl` sends along: a file, and what lies beside it and is named
 * in it, such as the answers that its talks are given.
 */
#ifndef GATEWAY_CTL_FILES_H
#define GATEWAY_CTL_FILES_H

#include <stddef.h>

#include "base/arena.h"

struct ctl_file {
	const char *name; /* without its folder */
	const char *text;
	size_t len;
};

/* The first is PATH's own. NULL, and said on standard error, when it cannot
 * be read. */
struct ctl_file *ctl_files(struct arena *a, const char *path, size_t *count);

#endif

/*
 * The file menus.lock on its disk, beside the menus file that it belongs to.
 */
#ifndef GATEWAY_LOCK_FILE_H
#define GATEWAY_LOCK_FILE_H

#include "menus/lock.h"

struct lock_file {
	const char *path; /* "menus.lock" beside "menus.cfg" */
	const char *text; /* "" while there is no such file */
	bool there;
	struct lock lock;
};

/* Of the menus file MENUS; what is wrong with it is found. It lives in F's
 * arena. */
struct lock_file lock_file_read(const char *menus, struct findings *f);

/*
 * Adds what IS has more, on the disk at once or not at all. ADDED: how many
 * lines. -1 when it cannot be written; errno tells why.
 */
MUST_USE int lock_file_add(
    const struct lock_file *l, const struct lock *is, size_t *added);

#endif

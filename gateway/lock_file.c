/*
 * Reading and writing menus.lock. Whoever reads it meanwhile, or has the power
 * cut, finds the old file or the new one, whole.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/schema.h"
#include "gateway/lock_file.h"

#define LOCK_MODE 0644
#define LOCK_MAX  (16 * 1024 * 1024) /* of a whole country */

static const char *lock_path(struct arena *a, const char *menus);
static int replace(struct arena *a, const char *path, const char *text);
static int write_all(int fd, const char *text);

struct lock_file
lock_file_read(const char *menus, struct findings *f)
{
	struct lock_file l = { .path = lock_path(f->arena, menus), .text = "" };
	char *text;
	size_t len;

	if (access(l.path, F_OK) == -1 && errno == ENOENT)
		return l;
	l.there = true;
	if (schema_load_most(f, l.path, LOCK_MAX, &text, &len) != FILE_READ)
		return l;
	l.text = text;
	l.lock = lock_read(f->arena, f, l.path, text, len);
	return l;
}

static const char *
lock_path(struct arena *a, const char *menus)
{
	size_t len = strlen(menus);

	if (len > 4 && strcmp(menus + len - 4, ".cfg") == 0)
		len -= 4;
	return arena_printf(a, "%.*s.lock", (int)len, menus);
}

int
lock_file_add(const struct lock_file *l, const struct lock *is, size_t *added)
{
	struct arena *a = arena_new();
	const char *text = lock_write(a, l->text, &l->lock, is, added);
	int result = *added == 0 ? 0 : replace(a, l->path, text), why = errno;

	arena_free(a);
	errno = why;
	return result;
}

static int
replace(struct arena *a, const char *path, const char *text)
{
	char *temporary = arena_printf(a, "%s.XXXXXX", path);
	int fd = mkostemp(temporary, O_CLOEXEC), result;

	if (fd == -1)
		return -1;
	result = write_all(fd, text);
	if (result == 0)
		result = fchmod(fd, LOCK_MODE);
	if (result == 0)
		result = fsync(fd);
	if (close(fd) == -1)
		result = -1;
	if (result == 0)
		result = rename(temporary, path);
	if (result == -1)
		unlink(temporary);
	return result;
}

static int
write_all(int fd, const char *text)
{
	size_t left = strlen(text);
	ssize_t wrote;

	for (; left > 0; left -= (size_t)wrote, text += wrote) {
		wrote = write(fd, text, left);
		if (wrote == -1)
			return -1;
	}
	return 0;
}

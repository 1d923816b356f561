/*
 * A private folder for one run.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "simulator/workspace.h"

#define OPEN_AT_ONCE 16

static int remove_one(const char *path, const struct stat *st, int type,
    struct FTW *where);
static bool holds(const char *path, const char *text);
static bool ends_in(const char *name, const char *const *suffixes);
static char *replaced(
    struct arena *a, const char *text, const char *old, const char *new);

char *
workspace_new(struct arena *a)
{
	const char *base = getenv("TMPDIR");
	char *folder = arena_printf(a, "%s/mlango-XXXXXX",
	    base != NULL && *base == '/' ? base : "/tmp");

	return mkdtemp(folder);
}

void
workspace_remove(const char *folder)
{
	nftw(folder, remove_one, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS);
}

static int
remove_one(const char *path, const struct stat *st, int type,
    struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	remove(path);
	return 0;
}

int
workspace_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t len = strlen(text);
	ssize_t put;

	if (fd == -1)
		return -1;
	while (len > 0) {
		put = write(fd, text, len);
		if (put == -1 && errno != EINTR) {
			close(fd);
			return -1;
		}
		if (put > 0) {
			text += put;
			len -= (size_t)put;
		}
	}
	return close(fd);
}

char *
workspace_read(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "re");
	struct stat st;
	char *text;
	size_t got;

	if (f == NULL)
		return NULL;
	if (fstat(fileno(f), &st) == -1) {
		fclose(f);
		return NULL;
	}
	text = arena_alloc(a, (size_t)st.st_size + 1);
	got = fread(text, 1, (size_t)st.st_size, f);
	text[got] = '\0';
	fclose(f);
	return text;
}

int
workspace_copy(struct arena *a, const char *from, const char *to,
    const char *const *suffixes, const char *old, const char *new)
{
	DIR *dir = opendir(from);
	struct dirent *d;
	char *text;
	int result = 0;

	if (dir == NULL)
		return -1;
	if (mkdir(to, 0700) == -1 && errno != EEXIST)
		result = -1;
	while (result == 0 && (d = readdir(dir)) != NULL) {
		if (!ends_in(d->d_name, suffixes))
			continue;
		text = workspace_read(
		    a, arena_printf(a, "%s/%s", from, d->d_name));
		if (text == NULL ||
		    workspace_write(arena_printf(a, "%s/%s", to, d->d_name),
		        replaced(a, text, old, new)) == -1)
			result = -1;
	}
	closedir(dir);
	return result;
}

const char *
workspace_find(struct arena *a, const char *folder, const char *suffix,
    const char *text)
{
	const char *const suffixes[] = { suffix, NULL };
	const char *path, *found = NULL;
	DIR *dir = opendir(folder);
	struct dirent *d;

	while (dir != NULL && found == NULL && (d = readdir(dir)) != NULL) {
		path = arena_printf(a, "%s/%s", folder, d->d_name);
		if (d->d_type == DT_DIR && d->d_name[0] != '.')
			found = workspace_find(a, path, suffix, text);
		else if (d->d_type == DT_REG && ends_in(d->d_name, suffixes) &&
		    holds(path, text))
			found = path;
	}
	if (dir != NULL)
		closedir(dir);
	return found;
}

/* Also behind an octet that is 0. */
static bool
holds(const char *path, const char *text)
{
	struct arena *a = arena_new();
	FILE *f = fopen(path, "re");
	struct stat st = { 0 };
	char *octets;
	size_t got;
	bool found;

	if (f == NULL || fstat(fileno(f), &st) == -1) {
		arena_free(a);
		return false;
	}
	octets = arena_alloc(a, (size_t)st.st_size + 1);
	got = fread(octets, 1, (size_t)st.st_size, f);
	found = memmem(octets, got, text, strlen(text)) != NULL;
	fclose(f);
	arena_free(a);
	return found;
}

static bool
ends_in(const char *name, const char *const *suffixes)
{
	size_t len = strlen(name), n;

	for (; *suffixes != NULL; suffixes++) {
		n = strlen(*suffixes);
		if (len > n && strcmp(name + len - n, *suffixes) == 0)
			return true;
	}
	return false;
}

static char *
replaced(struct arena *a, const char *text, const char *old, const char *new)
{
	char *out = arena_string(a, "");
	const char *hit;

	for (; (hit = strstr(text, old)) != NULL; text = hit + strlen(old))
		out = arena_printf(
		    a, "%s%.*s%s", out, (int)(hit - text), text, new);
	return arena_printf(a, "%s%s", out, text);
}

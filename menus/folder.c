/*
 * Looking into the institutions' folder.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "menus/catalogue.h"
#include "menus/check.h"
#include "menus/folder.h"

static const char *beside(
    struct arena *a, const char *menus, const char *folder);
static size_t list(
    struct arena *a, DIR *folder, const char *path, const char **paths);
static bool is_institution(const char *file);
static int compare(const void *a, const void *b);

int
folder_list(struct findings *f, const char *menus, const char *folder,
    const char ***paths, size_t *count)
{
	const char *path = beside(f->arena, menus, folder);
	DIR *open = opendir(path);

	*count = 0;
	*paths = arena_array(f->arena, CATALOGUE_GRAPHS_MAX, sizeof(**paths));
	if (open == NULL) {
		findings_add(f, FINDING_ERROR, CHECK_TARGETS, menus, 0, NULL,
		    "the folder %s: %s", path, strerror(errno));
		return -1;
	}
	*count = list(f->arena, open, path, *paths);
	closedir(open);
	return 0;
}

static const char *
beside(struct arena *a, const char *menus, const char *folder)
{
	const char *slash = strrchr(menus, '/');

	if (*folder == '/' || slash == NULL)
		return folder;
	return arena_printf(a, "%.*s/%s", (int)(slash - menus), menus, folder);
}

/* Past CATALOGUE_GRAPHS_MAX there is no country so large. */
static size_t
list(struct arena *a, DIR *folder, const char *path, const char **paths)
{
	const struct dirent *entry;
	size_t count = 0;

	while (
	    (entry = readdir(folder)) != NULL && count < CATALOGUE_GRAPHS_MAX)
		if (is_institution(entry->d_name))
			paths[count++] =
			    arena_printf(a, "%s/%s", path, entry->d_name);
	qsort(paths, count, sizeof(*paths), compare);
	return count;
}

static bool
is_institution(const char *file)
{
	size_t len = strlen(file);

	return *file != '.' && len > 4 && strcmp(file + len - 4, ".cfg") == 0;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

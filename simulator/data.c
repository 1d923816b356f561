/*
 * Where the sample files are.
 */
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "simulator/data.h"

#ifndef PKGDATADIR
#define PKGDATADIR "/usr/local/share/mlango"
#endif

static const char *beside_program(struct arena *a);
static bool has_menus(struct arena *a, const char *folder);

const char *
data_folder(struct arena *a, const char **why)
{
	const char *told = getenv("MLANGO_DATADIR");
	const char *beside = beside_program(a);

	if (told != NULL) {
		if (has_menus(a, told))
			return told;
		*why = arena_printf(a, "MLANGO_DATADIR is %s, and there is no "
		    "menus.cfg in it", told);
		return NULL;
	}
	if (beside != NULL && has_menus(a, beside))
		return beside;
	if (has_menus(a, PKGDATADIR))
		return PKGDATADIR;
	*why = "there is no menus.cfg in " PKGDATADIR
	       ": set MLANGO_DATADIR to the folder of the sample files";
	return NULL;
}

static const char *
beside_program(struct arena *a)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (len <= 0)
		return NULL;
	path[len] = '\0';
	slash = strrchr(path, '/');
	return arena_printf(a, "%.*s/config", (int)(slash - path), path);
}

static bool
has_menus(struct arena *a, const char *folder)
{
	return access(arena_printf(a, "%s/menus.cfg", folder), R_OK) == 0;
}

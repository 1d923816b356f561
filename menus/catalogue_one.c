/*
 * One institution's file on its own, as its author has it, under a menus file.
 */
#include <string.h>

#include "config/kind.h"
#include "config/schema.h"
#include "menus/catalogue.h"

static const char *menus_above(struct arena *a, const char *path);
static bool read_source(
    struct findings *f, const char *path, struct source *source);

/* Of the menus file only its languages, limits and codes count here: its root
 * may lead to institutions that nobody asked about. */
struct catalogue *
catalogue_read_one(const char *path, const char *menus, struct findings *f)
{
	struct source head, one;
	struct catalogue *c;
	struct findings all;
	size_t i;

	if (!read_source(f, path, &one))
		return NULL;
	if (menus == NULL)
		menus = menus_above(f->arena, path);
	if (menus == NULL) {
		findings_add(f, FINDING_ERROR, 0, path, 0, NULL,
		    "there is no menus.cfg one folder above; name the menus "
		    "file with -m");
		return NULL;
	}
	if (!read_source(f, menus, &head))
		return NULL;
	findings_init(&all, f->arena);
	c = catalogue_compile(head, &one, 1, 0, 0, &all);
	for (i = 0; i < all.count; i++)
		if (c == NULL || strcmp(all.list[i].file, one.name) == 0)
			findings_copy(f, &all.list[i]);
	return c;
}

/* institutions/maji.cfg lies below the folder of menus.cfg. */
static const char *
menus_above(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *menus = slash == NULL
	    ? "../menus.cfg"
	    : arena_printf(a, "%.*s/../menus.cfg", (int)(slash - path), path);

	return kind_of(menus) != KIND_ABSENT ? menus : NULL;
}

static bool
read_source(struct findings *f, const char *path, struct source *source)
{
	char *text;

	if (schema_load(f, path, &text, &source->len) != FILE_READ)
		return false;
	source->name = path;
	source->text = text;
	return true;
}

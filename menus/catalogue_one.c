/*
 * One institution's file on its own, as its author has it, under a menus file.
 */
#include <string.h>

#include "config/kind.h"
#include "config/schema.h"
#include "menus/builder.h"
#include "menus/catalogue.h"
#include "menus/folder.h"

static struct catalogue *compile(const struct source *head,
    const struct source *one, struct findings *found);
static void add_other(struct builder *b, const char *path,
    const struct source *one, struct findings *unread);
static const char *file_of(const char *path);
static const char *menus_above(struct arena *a, const char *path);
static bool read_source(
    struct findings *f, const char *path, struct source *source);

/* Of the menus file only its languages, limits and codes count here: its root
 * may lead to institutions that nobody asked about. */
struct catalogue *
catalogue_read_one(const char *path, const char *menus, struct findings *f,
    const struct graph **one)
{
	struct source head, source;
	struct catalogue *c;
	struct findings all;
	size_t i;

	*one = NULL;
	if (!read_source(f, path, &source))
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
	c = compile(&head, &source, &all);
	for (i = 0; i < all.count; i++)
		if (c == NULL || strcmp(all.list[i].file, source.name) == 0)
			findings_copy(f, &all.list[i]);
	for (i = 0; c != NULL && i < c->graph_count; i++)
		if (strcmp(c->graphs[i]->file, source.name) == 0)
			*one = c->graphs[i];
	return c;
}

/* With those whose names stand in its text: it may lead to them, or ask their
 * services. Of the others it is enough that they are there. */
static struct catalogue *
compile(
    const struct source *head, const struct source *one, struct findings *found)
{
	struct builder *b = builder_new(head, 0, 0, NULL, found);
	const char *folder = builder_folder(b), **paths;
	struct findings unread;
	struct catalogue *c;
	size_t i, count;

	findings_init(&unread, found->arena);
	builder_add(b, one);
	if (folder != NULL &&
	    folder_list(&unread, head->name, folder, &paths, &count) == 0)
		for (i = 0; i < count; i++)
			if (strcmp(file_of(paths[i]), file_of(one->name)) != 0)
				add_other(b, paths[i], one, &unread);
	c = builder_finish(b);
	builder_free(b);
	return c;
}

static void
add_other(struct builder *b, const char *path, const struct source *one,
    struct findings *unread)
{
	const char *file = file_of(path);
	const char *name = arena_copy(unread->arena, file, strcspn(file, "."));
	struct source source;

	if (memmem(one->text, one->len, name, strlen(name)) != NULL &&
	    read_source(unread, path, &source))
		builder_add(b, &source);
	else
		builder_miss(b, path);
}

static const char *
file_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
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

/*
 * From files to a catalogue, in one go; and what belongs to a finished one.
 */
#include <string.h>

#include "config/schema.h"
#include "menus/builder.h"
#include "menus/catalogue.h"
#include "menus/folder.h"

static bool is_for(const struct code *code, const char *number);
static bool read_folder(
    struct builder *b, const char *menus, struct findings *f);
static void read_institution(
    struct builder *b, const char *path, struct findings *f);

struct catalogue *
catalogue_read(const char *path, int septets, int ucs2, struct findings *f)
{
	struct source menus = { .name = path };
	struct catalogue *c;
	struct builder *b;
	bool whole;
	char *text;

	if (schema_load(f, path, &text, &menus.len) != FILE_READ)
		return NULL;
	menus.text = text;
	b = builder_new(&menus, septets, ucs2, NULL, f);
	whole = read_folder(b, path, f);
	c = builder_finish(b);
	builder_free(b);
	if (whole)
		return c;
	catalogue_free(c);
	return NULL;
}

/* False when there should be a folder and is none. */
static bool
read_folder(struct builder *b, const char *menus, struct findings *f)
{
	const char *folder = builder_folder(b), **paths;
	size_t i, count;

	if (folder == NULL)
		return true;
	if (folder_list(f, menus, folder, &paths, &count) == -1)
		return false;
	for (i = 0; i < count; i++)
		read_institution(b, paths[i], f);
	return true;
}

static void
read_institution(struct builder *b, const char *path, struct findings *f)
{
	struct source source = { .name = path };
	char *text;

	if (schema_load(f, path, &text, &source.len) != FILE_READ) {
		builder_miss(b, path);
		return;
	}
	source.text = text;
	builder_add(b, &source);
}

struct catalogue *
catalogue_compile(struct source menus, const struct source *institutions,
    size_t count, int septets, int ucs2, struct findings *f)
{
	struct builder *b = builder_new(&menus, septets, ucs2, NULL, f);
	struct catalogue *c;
	size_t i;

	for (i = 0; i < count; i++)
		builder_add(b, &institutions[i]);
	c = builder_finish(b);
	builder_free(b);
	return c;
}

struct source
catalogue_source(const struct catalogue *c)
{
	return graph_source(c->root);
}

void
catalogue_free(struct catalogue *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < c->graph_count; i++)
		graph_release(c->graphs[i]);
	arena_free(c->arena);
}

const struct code *
catalogue_code(
    const struct catalogue *c, const char *dialled, const char *number,
    const char **rest)
{
	const struct code *best = NULL;
	size_t best_len = 0, len, i;

	*rest = "";
	dialled += *dialled == '*';
	for (i = 0; i < c->code_count; i++) {
		/* Between its first * and its #. */
		const char *code = c->codes[i].code + 1;

		len = strlen(code) - 1;
		if (len <= best_len || strncmp(dialled, code, len) != 0 ||
		    strchr("*#", dialled[len]) == NULL ||
		    !is_for(&c->codes[i], number))
			continue;
		best = &c->codes[i];
		best_len = len;
	}
	if (best != NULL && dialled[best_len] == '*')
		*rest = dialled + best_len + 1;
	return best;
}

static bool
is_for(const struct code *code, const char *number)
{
	const char *const *one = code->only;

	if (number == NULL)
		return true;
	while (one != NULL && *one != NULL && strcmp(*one, number) != 0)
		one++;
	return one == NULL || *one != NULL;
}

/*
 * What a file names is found without reading its language: the last word of
 * each text in quotes, "200 bill_owes.json", that is a file beside it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "config/schema.h"
#include "gateway/ctl_files.h"
#include "gateway/order.h"

static bool load(struct findings *f, const char *path, struct ctl_file *out);
static const char *last_word(struct arena *a, const char *quoted, size_t len);
static bool is_beside(const char *path);
static bool is_there(
    const struct ctl_file *files, size_t count, const char *name);

struct ctl_file *
ctl_files(struct arena *a, const char *path, size_t *count)
{
	struct ctl_file *files =
	    arena_array(a, ORDER_FILES_MOST, sizeof(*files));
	const char *slash = strrchr(path, '/'), *at, *end, *name, *beside;
	struct findings f;

	*count = 0;
	findings_init(&f, a);
	if (!load(&f, path, &files[0])) {
		findings_print(&f, stderr);
		return NULL;
	}
	*count = 1;
	for (at = strchr(files->text, '"'); at != NULL;
	     at = strchr(end + 1, '"')) {
		end = strchr(at + 1, '"');
		if (end == NULL || *count == ORDER_FILES_MOST)
			break;
		name = last_word(a, at + 1, (size_t)(end - at - 1));
		beside = arena_printf(a, "%.*s%s",
		    slash == NULL ? 0 : (int)(slash + 1 - path), path, name);
		if (*name != '\0' && !is_there(files, *count, name) &&
		    is_beside(beside) && load(&f, beside, &files[*count]))
			++*count;
	}
	return files;
}

static bool
load(struct findings *f, const char *path, struct ctl_file *out)
{
	const char *slash = strrchr(path, '/');
	char *text;

	if (schema_load(f, path, &text, &out->len) != FILE_READ)
		return false;
	out->name = slash == NULL ? path : slash + 1;
	out->text = text;
	return true;
}

/* "" for what can be no file's name here. */
static const char *
last_word(struct arena *a, const char *quoted, size_t len)
{
	size_t from = len;

	while (from > 0 && quoted[from - 1] != ' ')
		from--;
	if (memchr(quoted, '\n', len) != NULL ||
	    memchr(quoted + from, '/', len - from) != NULL ||
	    memchr(quoted + from, '.', len - from) == NULL ||
	    quoted[from] == '.')
		return "";
	return arena_copy(a, quoted + from, len - from);
}

static bool
is_beside(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static bool
is_there(const struct ctl_file *files, size_t count, const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(files[i].name, name) == 0)
			return true;
	return false;
}

/*
 * An answer made up for what a service takes from it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gateway/document.h"
#include "gateway/document_parts.h"
#include "menus/path.h"

static json_t *parent_of(json_t *root, const struct path *path);
static json_t *value_of(enum var_type type, const char *text);
static json_t *rows_of(const struct path *path, const char *lines);
static json_t *row_of(const struct path *path, const char *line, size_t len);

const char *
document_example(struct arena *a, const struct take *takes,
    const struct variable *vars, size_t count, const char *const *values)
{
	json_t *root = json_object();
	const char *text;
	char *dumped;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct path_name *last;
		struct path path;

		CHECK(path_parse(takes[i].path, &path) == NULL);
		last = &path.members[path.member_count - 1];
		json_object_setn_new(parent_of(root, &path), last->at,
		    last->len,
		    path.column_count > 0
			? rows_of(&path, values[i])
			: value_of(vars[takes[i].var].type, values[i]));
	}
	dumped = json_dumps(root, JSON_INDENT(2) | JSON_ENSURE_ASCII);
	CHECK(dumped != NULL);
	text = arena_string(a, dumped);
	free(dumped);
	json_decref(root);
	return text;
}

/* The object that holds the value, which is made where it is not there. */
static json_t *
parent_of(json_t *root, const struct path *path)
{
	size_t i;

	for (i = 0; i + 1 < path->member_count; i++) {
		const struct path_name *m = &path->members[i];
		json_t *next = json_object_getn(root, m->at, m->len);

		if (!json_is_object(next)) {
			next = json_object();
			json_object_setn_new(root, m->at, m->len, next);
		}
		root = next;
	}
	return root;
}

static json_t *
value_of(enum var_type type, const char *text)
{
	bool counts = type == VAR_NUMBER || type == VAR_MONEY;
	json_t *value;

	if (counts && text_is_digits(text) && strlen(text) <= 15)
		return json_integer(strtoll(text, NULL, 10));
	value = json_string(text);
	return value != NULL ? value : json_string("");
}

static json_t *
rows_of(const struct path *path, const char *lines)
{
	json_t *rows = json_array();
	size_t len;

	for (; *lines != '\0'; lines += len + (lines[len] == '\n')) {
		len = strcspn(lines, "\n");
		if (len > 0)
			json_array_append_new(rows, row_of(path, lines, len));
	}
	return rows;
}

static json_t *
row_of(const struct path *path, const char *line, size_t len)
{
	json_t *row = json_object();
	const char *end = line + len;
	size_t i, cell;

	for (i = 0; i < path->column_count; i++) {
		const struct path_name *c = &path->columns[i];
		bool last = i + 1 == path->column_count;

		line += strspn(line, " ");
		if (line > end)
			line = end;
		cell = last ? (size_t)(end - line) : strcspn(line, ",\n");
		json_object_setn_new(
		    row, c->at, c->len, json_stringn(line, cell));
		line += cell + (line + cell < end);
	}
	return row;
}

/*
 * JSON from institutions is hostile until proved: at most one object, no name
 * twice, nesting bounded by jansson (2048), size bounded by who fetched it.
 * What leaves here is text without control characters, so a row's separators
 * cannot be forged.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/gsm.h"
#include "gateway/document.h"
#include "menus/app.h"
#include "menus/path.h"
#include "menus/rows.h"

struct turn_values;

static json_t *json_of(struct arena *a, const struct document_member *m);
static const char *dumped(struct arena *a, json_t *value);
static void put_value(
    struct turn_values *v, const char *name, const char *value);
static void put_data(struct turn_values *v, const json_t *data);
static void put_messages(struct turn_values *v, const json_t *list);
static void put_text(struct turn_values *v, const json_t *text);
static const char *take_one(
    struct arena *a, const json_t *root, const char *text);
static const char *take_rows(
    struct arena *a, const json_t *list, const struct path *path);
static bool add_row(struct arena *a, const json_t *row, const struct path *path,
    const char **cells);
static char *join_row(struct arena *a, const char *const *cells, size_t count);
static const json_t *member(const json_t *object, struct path_name name);
static const char *scalar(struct arena *a, const json_t *value);
static const char *real_text(struct arena *a, double real);

enum document_result
document_take(struct arena *a, const char *text, size_t len,
    const struct take *takes, size_t count, const char **values)
{
	json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	enum document_result result = DOCUMENT_TAKEN;
	size_t i;

	if (!json_is_object(root))
		result = DOCUMENT_BROKEN;
	for (i = 0; i < count && result == DOCUMENT_TAKEN; i++) {
		values[i] = take_one(a, root, takes[i].path);
		if (values[i] == NULL)
			result = DOCUMENT_LACKS;
	}
	json_decref(root);
	return result;
}

char *
document_object(struct arena *a, const char *const *names,
    const char *const *values, size_t count)
{
	json_t *object = json_object();
	char *text, *copy;
	size_t i;

	for (i = 0; i < count; i++) {
		const char *clean = gsm_clean(a, values[i], strlen(values[i]));

		CHECK(json_object_set_new(
			  object, names[i], json_string(clean)) == 0);
	}
	text = json_dumps(object, JSON_COMPACT);
	CHECK(text != NULL);
	copy = arena_string(a, text);
	free(text);
	json_decref(object);
	return copy;
}

const char *
document_write(
    struct arena *a, const struct document_member *members, size_t count)
{
	json_t *object = json_object();
	size_t i;

	for (i = 0; i < count; i++)
		CHECK(json_object_set_new(object, members[i].name,
			  json_of(a, &members[i])) == 0);
	return dumped(a, object);
}

static json_t *
json_of(struct arena *a, const struct document_member *m)
{
	json_t *value = NULL;

	switch (m->kind) {
	case DOCUMENT_TEXT:
		value = json_string(gsm_clean(a, m->text, strlen(m->text)));
		break;
	case DOCUMENT_NUMBER:
		value = json_integer(m->number);
		break;
	case DOCUMENT_FLAG:
		value = json_boolean(m->number);
		break;
	case DOCUMENT_JSON:
		if (m->text != NULL)
			value = json_loads(m->text, JSON_DECODE_ANY, NULL);
		break;
	}
	return value != NULL ? value : json_null();
}

/* And VALUE is gone. */
static const char *
dumped(struct arena *a, json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY), *copy;

	CHECK(text != NULL);
	copy = arena_string(a, text);
	free(text);
	json_decref(value);
	return copy;
}

/* ---- an application's answer */

/* Names and values: an action, data, and texts in so many languages, of the
 * screen and of the messages. */
#define TURN_LANGS  8
#define TURN_VALUES (2 * (2 + (1 + STEP_MESSAGES_MAX) * (1 + TURN_LANGS)) + 1)

struct turn_values {
	struct arena *arena;
	const char *list[TURN_VALUES];
	size_t count;
	const char *why; /* what is wrong with it, or NULL */
};

const char *const *
document_turn(struct arena *a, const char *text, size_t len, const char **why)
{
	json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	struct turn_values *v = arena_alloc(a, sizeof(*v));
	const json_t *action = json_object_get(root, "action");

	v->arena = a;
	if (!json_is_object(root))
		v->why = "not-json";
	else if (!json_is_string(action))
		v->why = "no-action";
	else
		put_value(v, "action", json_string_value(action));
	put_data(v, json_object_get(root, "data"));
	put_text(v, json_object_get(root, "text"));
	put_messages(v, json_object_get(root, "sms"));
	json_decref(root);
	*why = v->why;
	return v->why == NULL ? v->list : NULL;
}

static void
put_value(struct turn_values *v, const char *name, const char *value)
{
	CHECK(v->count + 2 < TURN_VALUES);
	v->list[v->count++] = arena_string(v->arena, name);
	v->list[v->count++] = arena_string(v->arena, value);
}

static void
put_data(struct turn_values *v, const json_t *data)
{
	const char *text;

	if (data == NULL)
		return;
	text = json_is_null(data) ? "" : dumped(v->arena, json_deep_copy(data));
	if (strlen(text) > VISIT_DATA_MAX)
		v->why = "data-too-long";
	else
		put_value(v, "data", text);
}

static void
put_messages(struct turn_values *v, const json_t *list)
{
	size_t i;

	if (list == NULL || json_is_null(list))
		return;
	if (!json_is_array(list))
		v->why = "no-list-of-sms";
	if (json_array_size(list) > STEP_MESSAGES_MAX)
		v->why = "too-many-sms";
	for (i = 0; i < json_array_size(list) && v->why == NULL; i++) {
		put_value(v, "message", "");
		put_text(v, json_array_get(list, i));
	}
}

/* One for all languages, or one for each. */
static void
put_text(struct turn_values *v, const json_t *text)
{
	const char *lang;
	json_t *said;

	if (json_is_string(text)) {
		put_value(v, "text", json_string_value(text));
		return;
	}
	if (text == NULL || json_is_null(text))
		return;
	if (!json_is_object(text) || json_object_size(text) > TURN_LANGS) {
		v->why = "no-text";
		return;
	}
	json_object_foreach((json_t *)(uintptr_t)text, lang, said)
	{
		if (json_is_string(said))
			put_value(v, arena_printf(v->arena, "text:%s", lang),
			    json_string_value(said));
		else
			v->why = "no-text";
	}
}

static const char *
take_one(struct arena *a, const json_t *root, const char *text)
{
	const json_t *at = root;
	struct path path;
	size_t i;

	/* The menu's parser let no other path pass. */
	CHECK(path_parse(text, &path) == NULL);
	for (i = 0; i < path.member_count; i++)
		at = member(at, path.members[i]);
	return path.column_count > 0 ? take_rows(a, at, &path) : scalar(a, at);
}

static const char *
take_rows(struct arena *a, const json_t *list, const struct path *path)
{
	size_t i, used = 0, count = json_array_size(list), len;
	const char *cells[PATH_COLUMNS], **rows;
	char *packed, *to;

	if (!json_is_array(list))
		return NULL;
	rows = arena_array(a, count + 1, sizeof(*rows));
	for (i = 0, len = 0; i < count; i++) {
		if (!add_row(a, json_array_get(list, i), path, cells))
			continue;
		rows[used] = join_row(a, cells, path->column_count);
		len += strlen(rows[used++]) + 1;
	}
	packed = to = arena_alloc(a, len + 1);
	for (i = 0; i < used; i++) {
		if (i > 0)
			*to++ = ROWS_ROW;
		len = strlen(rows[i]);
		memcpy(to, rows[i], len);
		to += len;
	}
	return packed;
}

static bool
add_row(struct arena *a, const json_t *row, const struct path *path,
    const char **cells)
{
	size_t i;

	for (i = 0; i < path->column_count; i++) {
		cells[i] = scalar(a, member(row, path->columns[i]));
		if (cells[i] == NULL)
			return false;
	}
	return true;
}

static char *
join_row(struct arena *a, const char *const *cells, size_t count)
{
	char *row = arena_string(a, cells[0]);
	size_t i;

	for (i = 1; i < count; i++)
		row = arena_printf(a, "%s%c%s", row, ROWS_COLUMN, cells[i]);
	return row;
}

/* NULL where there is none: not an object, no such name. */
static const json_t *
member(const json_t *object, struct path_name name)
{
	return json_object_getn(object, name.at, name.len);
}

/* NULL for what is no single value: nothing, null, an object, an array. */
static const char *
scalar(struct arena *a, const json_t *value)
{
	if (value == NULL)
		return NULL;
	switch (json_typeof(value)) {
	case JSON_STRING:
		return gsm_clean(
		    a, json_string_value(value), json_string_length(value));
	case JSON_INTEGER:
		return arena_printf(
		    a, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	case JSON_REAL:
		return real_text(a, json_real_value(value));
	case JSON_TRUE:
		return "true";
	case JSON_FALSE:
		return "false";
	case JSON_NULL:
	case JSON_OBJECT:
	case JSON_ARRAY:
		return NULL;
	}
	return NULL;
}

/* The shortest digits that read back as the same number: 0.1, not its 17. */
static const char *
real_text(struct arena *a, double real)
{
	const char *text = NULL;
	int digits;

	if (real > -1e15 && real < 1e15 && real == (double)(int64_t)real)
		return arena_printf(a, "%.0f", real);
	for (digits = 15; digits <= 17; digits++) {
		text = arena_printf(a, "%.*g", digits, real);
		if (strtod(text, NULL) == real)
			break;
	}
	return text;
}

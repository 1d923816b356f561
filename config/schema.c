/*
 * From a libconfig group to a struct, by a table.
 *
 * First what stands in the group and is not in the table, then each row of
 * the table: found in the group it is read by its type, else its fallback is
 * read in its place by the same rules.
 */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "config/schema.h"

#define KEYS_MAX 64

struct fill {
	struct findings *f;
	struct arena *arena;
	int check;
	const config_setting_t *at; /* the setting that is being read */
	const struct schema_key *key;
	void *into;
};

static void refuse_unknown(struct fill *fill, const config_setting_t *group,
    const struct schema_key *table);
static void fill_key(struct fill *fill, const config_setting_t *group);
static void fill_fallback(struct fill *fill);
static void fill_text(struct fill *fill);
static void fill_number(struct fill *fill);
static void fill_flag(struct fill *fill);
static void fill_choice(struct fill *fill);
static void fill_names(struct fill *fill);
static void fill_span(struct fill *fill);
static void fill_shape(struct fill *fill, bool fits, const char *shape);
static const char *const *split_names(struct arena *arena, const char *text);
static bool number_of(const config_setting_t *s, long long *number);
static bool span_of(const config_setting_t *s, long long *seconds);
static bool in_range(struct fill *fill, long long number, const char *unit);
static int choice_of(const struct schema_key *key, const char *word);
static const char *choices_listed(struct arena *a, const char *const *words);
static const char *shape_name(const config_setting_t *s);
static void *field(const struct fill *fill);
static void wrong_type(struct fill *fill, const char *wanted);

void
findings_at(struct findings *f, enum finding_grade grade, int check,
    const config_setting_t *where, const char *state, const char *format, ...)
{
	const char *file = config_setting_source_file(where);
	va_list args;

	va_start(args, format);
	findings_addv(f, grade, check, file != NULL ? file : "(no file)",
	    (int)config_setting_source_line(where), state, format, args);
	va_end(args);
}

bool
schema_fill(struct findings *f, struct arena *arena, int check,
    const config_setting_t *group, const struct schema_key *table, void *into)
{
	struct fill fill = { .f = f, .arena = arena, .check = check,
		.at = group, .into = into };
	size_t errors = f->errors;

	if (!config_setting_is_group(group)) {
		findings_at(f, FINDING_ERROR, check, group, NULL,
		    "'%s' must be a group { ... }, not %s",
		    group->name != NULL ? group->name : "this",
		    shape_name(group));
		return false;
	}
	refuse_unknown(&fill, group, table);
	for (fill.key = table; fill.key->name != NULL; fill.key++)
		fill_key(&fill, group);
	return f->errors == errors;
}

void
schema_defaults(
    struct arena *arena, const struct schema_key *table, void *into)
{
	struct fill fill = { .arena = arena, .into = into };

	for (fill.key = table; fill.key->name != NULL; fill.key++)
		if (fill.key->fallback != NULL)
			fill_fallback(&fill);
}

static void
refuse_unknown(struct fill *fill, const config_setting_t *group,
    const struct schema_key *table)
{
	const char *known[KEYS_MAX + 1] = { NULL }, *near;
	const config_setting_t *s;
	size_t count;
	int i;

	for (count = 0; table[count].name != NULL; count++) {
		CHECK(count < KEYS_MAX);
		known[count] = table[count].name;
	}
	for (i = 0; i < config_setting_length(group); i++) {
		s = config_setting_get_elem(group, (unsigned)i);
		for (count = 0; known[count] != NULL; count++)
			if (strcmp(s->name, known[count]) == 0)
				break;
		if (known[count] != NULL)
			continue;
		near = text_nearest(s->name, known);
		findings_at(fill->f, FINDING_ERROR, fill->check, s, NULL,
		    near != NULL ? "unknown setting '%s'; did you mean '%s'?" :
		    "unknown setting '%s'", s->name, near);
	}
}

static void
fill_key(struct fill *fill, const config_setting_t *group)
{
	const struct schema_key *key = fill->key;

	fill->at = config_setting_get_member(group, key->name);
	if (fill->at == NULL) {
		if (key->fallback != NULL)
			fill_fallback(fill);
		else if (!key->optional)
			findings_at(fill->f, FINDING_ERROR, fill->check, group,
			    NULL, "'%s' is missing", key->name);
		return;
	}
	switch (key->type) {
	case SCHEMA_TEXT:
		fill_text(fill);
		break;
	case SCHEMA_NUMBER:
		fill_number(fill);
		break;
	case SCHEMA_FLAG:
		fill_flag(fill);
		break;
	case SCHEMA_CHOICE:
		fill_choice(fill);
		break;
	case SCHEMA_NAMES:
		fill_names(fill);
		break;
	case SCHEMA_GROUP:
		fill_shape(fill, config_setting_is_group(fill->at),
		    "a group { ... }");
		break;
	case SCHEMA_LIST:
		fill_shape(fill, config_setting_is_list(fill->at),
		    "a list ( ... )");
		break;
	case SCHEMA_SPAN:
		fill_span(fill);
		break;
	}
}

/* A fallback that does not read is a mistake of ours. */
static void
fill_fallback(struct fill *fill)
{
	const struct schema_key *key = fill->key;
	const char *text = key->fallback;
	long long seconds;

	CHECK(text[0] != '"');
	switch (key->type) {
	case SCHEMA_TEXT:
		*(const char **)field(fill) = arena_string(fill->arena, text);
		break;
	case SCHEMA_NUMBER:
		*(int *)field(fill) = (int)strtol(text, NULL, 0);
		break;
	case SCHEMA_FLAG:
		CHECK(strcmp(text, "true") == 0 || strcmp(text, "false") == 0);
		*(bool *)field(fill) = text[0] == 't';
		break;
	case SCHEMA_CHOICE:
		CHECK(choice_of(key, text) != -1);
		*(int *)field(fill) = choice_of(key, text);
		break;
	case SCHEMA_NAMES:
		*(const char *const **)field(fill) =
		    split_names(fill->arena, text);
		break;
	case SCHEMA_SPAN:
		CHECK(schema_span(text, &seconds) == 0);
		*(int *)field(fill) = (int)seconds;
		break;
	case SCHEMA_GROUP:
	case SCHEMA_LIST:
		break;
	}
}

static void
fill_text(struct fill *fill)
{
	const struct schema_key *key = fill->key;
	const char *text = config_setting_get_string(fill->at);
	size_t len;

	if (text == NULL) {
		wrong_type(fill, "a text in quotes");
		return;
	}
	len = strlen(text);
	if (key->most > 0 && len > (size_t)key->most)
		findings_at(fill->f, FINDING_ERROR, fill->check, fill->at, NULL,
		    "'%s' is longer than %lld octets", key->name, key->most);
	else if (len < (size_t)key->least)
		findings_at(fill->f, FINDING_ERROR, fill->check, fill->at, NULL,
		    len == 0 ? "'%s' must not be empty" :
		    "'%s' is shorter than %lld octets", key->name, key->least);
	else
		*(const char **)field(fill) = arena_string(fill->arena, text);
}

static void
fill_number(struct fill *fill)
{
	long long number;

	if (!number_of(fill->at, &number))
		wrong_type(fill, "a whole number");
	else if (in_range(fill, number, ""))
		*(int *)field(fill) = (int)number;
}

static void
fill_flag(struct fill *fill)
{
	if (config_setting_type(fill->at) != CONFIG_TYPE_BOOL)
		wrong_type(fill, "true or false");
	else
		*(bool *)field(fill) = config_setting_get_bool(fill->at) != 0;
}

static void
fill_choice(struct fill *fill)
{
	const char *const *words = fill->key->choices;
	const char *word = config_setting_get_string(fill->at), *near;
	const char *listed = choices_listed(fill->f->arena, words);
	int choice;

	if (word == NULL) {
		wrong_type(fill, listed);
		return;
	}
	choice = choice_of(fill->key, word);
	if (choice != -1) {
		*(int *)field(fill) = choice;
		return;
	}
	near = text_nearest(word, words);
	if (near != NULL)
		findings_at(fill->f, FINDING_ERROR, fill->check, fill->at, NULL,
		    "'%s' cannot be \"%s\"; did you mean \"%s\"?",
		    fill->key->name, word, near);
	else
		findings_at(fill->f, FINDING_ERROR, fill->check, fill->at, NULL,
		    "'%s' cannot be \"%s\", only %s", fill->key->name, word,
		    listed);
}

static void
fill_names(struct fill *fill)
{
	const config_setting_t *s = fill->at;
	const char **names, *name;
	int i, count;

	if (!config_setting_is_array(s) && !config_setting_is_list(s)) {
		wrong_type(fill, "texts between [ and ]");
		return;
	}
	count = config_setting_length(s);
	names = arena_array(fill->arena, (size_t)count + 1, sizeof(*names));
	for (i = 0; i < count; i++) {
		name = config_setting_get_string_elem(s, i);
		if (name == NULL) {
			findings_at(fill->f, FINDING_ERROR, fill->check, s,
			    NULL, "'%s' may hold nothing but texts in quotes",
			    fill->key->name);
			return;
		}
		names[i] = arena_string(fill->arena, name);
	}
	if (in_range(fill, count, " names"))
		*(const char *const **)field(fill) = names;
}

static void
fill_span(struct fill *fill)
{
	long long seconds;

	if (!span_of(fill->at, &seconds))
		wrong_type(fill, "a time such as \"90s\", \"15m\", \"2h\" or "
		    "\"365d\"");
	else if (in_range(fill, seconds, " seconds"))
		*(int *)field(fill) = (int)seconds;
}

static void
fill_shape(struct fill *fill, bool fits, const char *shape)
{
	if (!fits)
		wrong_type(fill, shape);
}

static const char *const *
split_names(struct arena *arena, const char *text)
{
	const char **names =
	    arena_array(arena, strlen(text) / 2 + 2, sizeof(*names));
	size_t len, count = 0;

	for (text += strspn(text, " "); *text != '\0';
	    text += strspn(text, " ")) {
		len = strcspn(text, " ");
		names[count++] = arena_copy(arena, text, len);
		text += len;
	}
	return names;
}

static bool
number_of(const config_setting_t *s, long long *number)
{
	int type = config_setting_type(s);

	if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
		return false;
	*number = config_setting_get_int64(s);
	return true;
}

static bool
span_of(const config_setting_t *s, long long *seconds)
{
	const char *text = config_setting_get_string(s);

	return text != NULL ? schema_span(text, seconds) == 0 :
	    number_of(s, seconds);
}

int
schema_span(const char *text, long long *seconds)
{
	static const struct {
		char unit;
		long long seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	char *end;
	size_t i;

	if (*text < '0' || *text > '9')
		return -1;
	errno = 0;
	*seconds = strtoll(text, &end, 10);
	if (errno != 0 || *seconds > INT_MAX)
		return -1;
	if (*end == '\0')
		return 0;
	for (i = 0; i < ARRAY_SIZE(units); i++)
		if (units[i].unit == end[0] && end[1] == '\0') {
			*seconds *= units[i].seconds;
			return 0;
		}
	return -1;
}

/* What is stored is an int, whatever the table says. */
static bool
in_range(struct fill *fill, long long number, const char *unit)
{
	const struct schema_key *key = fill->key;
	bool any = key->least == 0 && key->most == 0;
	long long least = any ? INT_MIN : key->least;
	long long most = any ? INT_MAX : key->most;

	if (number >= least && number <= most)
		return true;
	findings_at(fill->f, FINDING_ERROR, fill->check, fill->at, NULL,
	    "'%s' must be from %lld to %lld%s, not %lld", key->name, least,
	    most, unit, number);
	return false;
}

static int
choice_of(const struct schema_key *key, const char *word)
{
	int i;

	for (i = 0; key->choices[i] != NULL; i++)
		if (strcmp(key->choices[i], word) == 0)
			return i;
	return -1;
}

static const char *
choices_listed(struct arena *a, const char *const *words)
{
	const char *text = "";
	size_t i;

	for (i = 0; words[i] != NULL; i++)
		text = arena_printf(a, "%s%s\"%s\"", text,
		    i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ",
		    words[i]);
	return text;
}

static const char *
shape_name(const config_setting_t *s)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_GROUP:
		return "a group { ... }";
	case CONFIG_TYPE_LIST:
		return "a list ( ... )";
	case CONFIG_TYPE_ARRAY:
		return "an array [ ... ]";
	case CONFIG_TYPE_STRING:
		return "a text";
	case CONFIG_TYPE_BOOL:
		return "true or false";
	case CONFIG_TYPE_FLOAT:
		return "a number with a point";
	default:
		return "a number";
	}
}

static void *
field(const struct fill *fill)
{
	return (char *)fill->into + fill->key->at;
}

static void
wrong_type(struct fill *fill, const char *wanted)
{
	findings_at(fill->f, FINDING_ERROR, fill->check, fill->at, NULL,
	    "'%s' must be %s, not %s", fill->key->name, wanted,
	    shape_name(fill->at));
}

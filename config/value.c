/*
 * One setting's value by the row of its table, and what the row says where
 * there is no setting.
 */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "config/value.h"

static void read_text(struct value *v);
static void read_number(struct value *v);
static void read_flag(struct value *v);
static void read_choice(struct value *v);
static void read_names(struct value *v);
static void read_span(struct value *v);
static void read_shape(struct value *v, bool fits, const char *shape);
static const char *const *split_names(struct arena *arena, const char *text);
static bool number_of(const config_setting_t *s, long long *number);
static bool span_of(const config_setting_t *s, long long *seconds);
static bool in_range(struct value *v, long long number, const char *unit);
static int choice_of(const struct schema_key *key, const char *word);
static const char *choices_listed(struct arena *a, const char *const *words);
static void *field(const struct value *v);
static void wrong_type(struct value *v, const char *wanted);

void
value_read(struct value *v)
{
	switch (v->key->type) {
	case SCHEMA_TEXT:
		read_text(v);
		break;
	case SCHEMA_NUMBER:
		read_number(v);
		break;
	case SCHEMA_FLAG:
		read_flag(v);
		break;
	case SCHEMA_CHOICE:
		read_choice(v);
		break;
	case SCHEMA_NAMES:
		read_names(v);
		break;
	case SCHEMA_GROUP:
		read_shape(v, config_setting_is_group(v->at),
		    "a group { ... }");
		break;
	case SCHEMA_LIST:
		read_shape(v, config_setting_is_list(v->at),
		    "a list ( ... )");
		break;
	case SCHEMA_SPAN:
		read_span(v);
		break;
	}
}

/* A fallback that does not read is a mistake of ours. */
void
value_fallback(struct value *v)
{
	const struct schema_key *key = v->key;
	const char *text = key->fallback;
	long long seconds;

	CHECK(text[0] != '"');
	switch (key->type) {
	case SCHEMA_TEXT:
		*(const char **)field(v) = arena_string(v->arena, text);
		break;
	case SCHEMA_NUMBER:
		*(int *)field(v) = (int)strtol(text, NULL, 0);
		break;
	case SCHEMA_FLAG:
		CHECK(strcmp(text, "true") == 0 || strcmp(text, "false") == 0);
		*(bool *)field(v) = text[0] == 't';
		break;
	case SCHEMA_CHOICE:
		CHECK(choice_of(key, text) != -1);
		*(int *)field(v) = choice_of(key, text);
		break;
	case SCHEMA_NAMES:
		*(const char *const **)field(v) =
		    split_names(v->arena, text);
		break;
	case SCHEMA_SPAN:
		CHECK(schema_span(text, &seconds) == 0);
		*(int *)field(v) = (int)seconds;
		break;
	case SCHEMA_GROUP:
	case SCHEMA_LIST:
		break;
	}
}

static void
read_text(struct value *v)
{
	const struct schema_key *key = v->key;
	const char *text = config_setting_get_string(v->at);
	size_t len;

	if (text == NULL) {
		wrong_type(v, "a text in quotes");
		return;
	}
	len = strlen(text);
	if (key->most > 0 && len > (size_t)key->most)
		findings_at(v->f, FINDING_ERROR, v->check, v->at, NULL,
		    "'%s' is longer than %lld octets", key->name, key->most);
	else if (len < (size_t)key->least)
		findings_at(v->f, FINDING_ERROR, v->check, v->at, NULL,
		    len == 0 ? "'%s' must not be empty" :
		    "'%s' is shorter than %lld octets", key->name, key->least);
	else
		*(const char **)field(v) = arena_string(v->arena, text);
}

static void
read_number(struct value *v)
{
	long long number;

	if (!number_of(v->at, &number))
		wrong_type(v, "a whole number");
	else if (in_range(v, number, ""))
		*(int *)field(v) = (int)number;
}

static void
read_flag(struct value *v)
{
	if (config_setting_type(v->at) != CONFIG_TYPE_BOOL)
		wrong_type(v, "true or false");
	else
		*(bool *)field(v) = config_setting_get_bool(v->at) != 0;
}

static void
read_choice(struct value *v)
{
	const char *const *words = v->key->choices;
	const char *word = config_setting_get_string(v->at), *near;
	const char *listed = choices_listed(v->f->arena, words);
	int choice;

	if (word == NULL) {
		wrong_type(v, listed);
		return;
	}
	choice = choice_of(v->key, word);
	if (choice != -1) {
		*(int *)field(v) = choice;
		return;
	}
	near = text_nearest(word, words);
	if (near != NULL)
		findings_at(v->f, FINDING_ERROR, v->check, v->at, NULL,
		    "'%s' cannot be \"%s\"; did you mean \"%s\"?",
		    v->key->name, word, near);
	else
		findings_at(v->f, FINDING_ERROR, v->check, v->at, NULL,
		    "'%s' cannot be \"%s\", only %s", v->key->name, word,
		    listed);
}

static void
read_names(struct value *v)
{
	const config_setting_t *s = v->at;
	const char **names, *name;
	int i, count;

	if (!config_setting_is_array(s) && !config_setting_is_list(s)) {
		wrong_type(v, "texts between [ and ]");
		return;
	}
	count = config_setting_length(s);
	names = arena_array(v->arena, (size_t)count + 1, sizeof(*names));
	for (i = 0; i < count; i++) {
		name = config_setting_get_string_elem(s, i);
		if (name == NULL) {
			findings_at(v->f, FINDING_ERROR, v->check, s,
			    NULL, "'%s' may hold nothing but texts in quotes",
			    v->key->name);
			return;
		}
		names[i] = arena_string(v->arena, name);
	}
	if (in_range(v, count, " names"))
		*(const char *const **)field(v) = names;
}

static void
read_span(struct value *v)
{
	long long seconds;

	if (!span_of(v->at, &seconds))
		wrong_type(v, "a time such as \"90s\", \"15m\", \"2h\" or "
		    "\"365d\"");
	else if (in_range(v, seconds, " seconds"))
		*(int *)field(v) = (int)seconds;
}

static void
read_shape(struct value *v, bool fits, const char *shape)
{
	if (!fits)
		wrong_type(v, shape);
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
in_range(struct value *v, long long number, const char *unit)
{
	const struct schema_key *key = v->key;
	bool any = key->least == 0 && key->most == 0;
	long long least = any ? INT_MIN : key->least;
	long long most = any ? INT_MAX : key->most;

	if (number >= least && number <= most)
		return true;
	findings_at(v->f, FINDING_ERROR, v->check, v->at, NULL,
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

const char *
value_shape(const config_setting_t *s)
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
field(const struct value *v)
{
	return (char *)v->into + v->key->at;
}

static void
wrong_type(struct value *v, const char *wanted)
{
	findings_at(v->f, FINDING_ERROR, v->check, v->at, NULL,
	    "'%s' must be %s, not %s", v->key->name, wanted,
	    value_shape(v->at));
}

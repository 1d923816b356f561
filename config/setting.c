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
#include "config/setting.h"

static void read_text(struct setting *one);
static void read_number(struct setting *one);
static void read_flag(struct setting *one);
static void read_choice(struct setting *one);
static void read_names(struct setting *one);
static void read_span(struct setting *one);
static void read_shape(struct setting *one, bool fits, const char *shape);
static const char *const *split_names(struct arena *arena, const char *text);
static bool number_of(const config_setting_t *s, long long *number);
static bool span_of(const config_setting_t *s, long long *seconds);
static bool in_range(struct setting *one, long long number, const char *unit);
static int choice_of(const struct schema_key *key, const char *word);
static const char *choices_listed(struct arena *a, const char *const *words);
static void *field(const struct setting *one);
static void wrong_type(struct setting *one, const char *wanted);

void
setting_read(struct setting *one)
{
	switch (one->key->type) {
	case SCHEMA_TEXT:
		read_text(one);
		break;
	case SCHEMA_NUMBER:
		read_number(one);
		break;
	case SCHEMA_FLAG:
		read_flag(one);
		break;
	case SCHEMA_CHOICE:
		read_choice(one);
		break;
	case SCHEMA_NAMES:
		read_names(one);
		break;
	case SCHEMA_GROUP:
		read_shape(
		    one, config_setting_is_group(one->at), "a group { ... }");
		break;
	case SCHEMA_LIST:
		read_shape(
		    one, config_setting_is_list(one->at), "a list ( ... )");
		break;
	case SCHEMA_SPAN:
		read_span(one);
		break;
	}
}

/* A fallback that does not read is a mistake of ours. */
void
setting_fallback(struct setting *one)
{
	const struct schema_key *key = one->key;
	const char *text = key->fallback;
	long long seconds;

	CHECK(text[0] != '"');
	switch (key->type) {
	case SCHEMA_TEXT:
		*(const char **)field(one) = arena_string(one->arena, text);
		break;
	case SCHEMA_NUMBER:
		*(int *)field(one) = (int)strtol(text, NULL, 0);
		break;
	case SCHEMA_FLAG:
		CHECK(strcmp(text, "true") == 0 || strcmp(text, "false") == 0);
		*(bool *)field(one) = text[0] == 't';
		break;
	case SCHEMA_CHOICE:
		CHECK(choice_of(key, text) != -1);
		*(int *)field(one) = choice_of(key, text);
		break;
	case SCHEMA_NAMES:
		*(const char *const **)field(one) =
		    split_names(one->arena, text);
		break;
	case SCHEMA_SPAN:
		CHECK(schema_span(text, &seconds) == 0);
		*(int *)field(one) = (int)seconds;
		break;
	case SCHEMA_GROUP:
	case SCHEMA_LIST:
		break;
	}
}

static void
read_text(struct setting *one)
{
	const struct schema_key *key = one->key;
	const char *text = config_setting_get_string(one->at);
	size_t len;

	if (text == NULL) {
		wrong_type(one, "a text in quotes");
		return;
	}
	len = strlen(text);
	if (key->most > 0 && len > (size_t)key->most)
		findings_at(one->f, FINDING_ERROR, one->check, one->at, NULL,
		    "'%s' is longer than %lld octets", key->name, key->most);
	else if (len < (size_t)key->least)
		findings_at(one->f, FINDING_ERROR, one->check, one->at, NULL,
		    len == 0 ? "'%s' must not be empty"
			     : "'%s' is shorter than %lld octets",
		    key->name, key->least);
	else
		*(const char **)field(one) = arena_string(one->arena, text);
}

static void
read_number(struct setting *one)
{
	long long number;

	if (!number_of(one->at, &number))
		wrong_type(one, "a whole number");
	else if (in_range(one, number, ""))
		*(int *)field(one) = (int)number;
}

static void
read_flag(struct setting *one)
{
	if (config_setting_type(one->at) != CONFIG_TYPE_BOOL)
		wrong_type(one, "true or false");
	else
		*(bool *)field(one) = config_setting_get_bool(one->at) != 0;
}

static void
read_choice(struct setting *one)
{
	const char *const *words = one->key->choices;
	const char *word = config_setting_get_string(one->at), *near;
	const char *listed = choices_listed(one->f->arena, words);
	int choice;

	if (word == NULL) {
		wrong_type(one, listed);
		return;
	}
	choice = choice_of(one->key, word);
	if (choice != -1) {
		*(int *)field(one) = choice;
		return;
	}
	near = text_nearest(word, words);
	if (near != NULL)
		findings_at(one->f, FINDING_ERROR, one->check, one->at, NULL,
		    "'%s' cannot be \"%s\"; did you mean \"%s\"?",
		    one->key->name, word, near);
	else
		findings_at(one->f, FINDING_ERROR, one->check, one->at, NULL,
		    "'%s' cannot be \"%s\", only %s", one->key->name, word,
		    listed);
}

static void
read_names(struct setting *one)
{
	const config_setting_t *s = one->at;
	const char **names, *name;
	int i, count;

	if (!config_setting_is_array(s) && !config_setting_is_list(s)) {
		wrong_type(one, "texts between [ and ]");
		return;
	}
	count = config_setting_length(s);
	names = arena_array(one->arena, (size_t)count + 1, sizeof(*names));
	for (i = 0; i < count; i++) {
		name = config_setting_get_string_elem(s, i);
		if (name == NULL) {
			findings_at(one->f, FINDING_ERROR, one->check, s, NULL,
			    "'%s' may hold nothing but texts in quotes",
			    one->key->name);
			return;
		}
		names[i] = arena_string(one->arena, name);
	}
	if (in_range(one, count, " names"))
		*(const char *const **)field(one) = names;
}

static void
read_span(struct setting *one)
{
	long long seconds;

	if (!span_of(one->at, &seconds))
		wrong_type(one,
		    "a time such as \"90s\", \"15m\", \"2h\" or "
		    "\"365d\"");
	else if (in_range(one, seconds, " seconds"))
		*(int *)field(one) = (int)seconds;
}

static void
read_shape(struct setting *one, bool fits, const char *shape)
{
	if (!fits)
		wrong_type(one, shape);
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

	return text != NULL ? schema_span(text, seconds) == 0
			    : number_of(s, seconds);
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
in_range(struct setting *one, long long number, const char *unit)
{
	const struct schema_key *key = one->key;
	bool any = key->least == 0 && key->most == 0;
	long long least = any ? INT_MIN : key->least;
	long long most = any ? INT_MAX : key->most;

	if (number >= least && number <= most)
		return true;
	findings_at(one->f, FINDING_ERROR, one->check, one->at, NULL,
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
		    i == 0                     ? ""
			: words[i + 1] == NULL ? " or "
					       : ", ",
		    words[i]);
	return text;
}

const char *
setting_shape(const config_setting_t *s)
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
field(const struct setting *one)
{
	return (char *)one->into + one->key->at;
}

static void
wrong_type(struct setting *one, const char *wanted)
{
	findings_at(one->f, FINDING_ERROR, one->check, one->at, NULL,
	    "'%s' must be %s, not %s", one->key->name, wanted,
	    setting_shape(one->at));
}

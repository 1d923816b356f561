/*
 * Values by their variables' rules.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "menus/date.h"
#include "menus/fold.h"
#include "menus/number.h"
#include "menus/pattern.h"
#include "menus/value.h"

static bool is_only_dots(const char *value);
static const char *read_typed(
    struct arena *a, const struct variable *v, char *text);
static const char *typed_text(const struct variable *v, char *text);
static const char *typed_number(
    struct arena *a, const struct variable *v, char *text);
static bool rule_allows(
    struct arena *a, const struct variable *v, const char *value);
static bool length_allowed(const struct variable *v, const char *value);
static bool range_allowed(const struct variable *v, const char *value);
static const char *read_given(
    struct arena *a, const struct variable *v, char *text);
static const char *only_digits(char *text);
static const char *one_of_choices(
    struct arena *a, const struct variable *v, const char *text);
static const char *day(struct arena *a, const char *text);
static const char *formatted(
    struct arena *a, const struct variable *v, const char *kept);
static bool may_cut(const struct variable *v);
static void drop(char *text, const char *drops);
static void change_case(const struct variable *v, char *text);
static size_t width_of(const char *text);
static size_t characters(const char *text);

/* ---- from citizens */

const char *
value_typed(struct arena *a, const struct variable *v, const char *typed)
{
	char *text = value_clean(a, v, typed);
	const char *value;

	if (characters(text) > VALUE_TYPED_MAX)
		return NULL;
	value = read_typed(a, v, text);
	if (value == NULL || is_only_dots(value) || !rule_allows(a, v, value))
		return NULL;
	return value;
}

/* "." and ".." climb in the path of a URL, however they are encoded there
 * (RFC 3986, 6.2.2.3); nobody is called so. */
static bool
is_only_dots(const char *value)
{
	return *value != '\0' && value[strspn(value, ".")] == '\0';
}

static const char *
read_typed(struct arena *a, const struct variable *v, char *text)
{
	switch (v->type) {
	case VAR_TEXT:
		return typed_text(v, text);
	case VAR_DIGITS:
	case VAR_PIN:
		return only_digits(text);
	case VAR_NUMBER:
	case VAR_MONEY:
		return typed_number(a, v, text);
	case VAR_DATE:
		return day(a, text);
	case VAR_CHOICE:
		return one_of_choices(a, v, text);
	case VAR_ROWS:
		return NULL;
	}
	return NULL;
}

static const char *
typed_text(const struct variable *v, char *text)
{
	char *at;

	drop(text, v->drops);
	for (at = text; v->joiner != '\0' && *at != '\0'; at++)
		if (*at == v->turns)
			*at = v->joiner;
	change_case(v, text);
	return text;
}

/* Money is often written with a mark behind it: "1200/=", "1200/-". */
static const char *
typed_number(struct arena *a, const struct variable *v, char *text)
{
	size_t len = strlen(text);
	int64_t n;

	if (v->type == VAR_MONEY && len > 2 && text[len - 2] == '/' &&
	    (text[len - 1] == '=' || text[len - 1] == '-'))
		text[len - 2] = '\0';
	return number_typed(text, &n) ? number_text(a, n) : NULL;
}

static bool
rule_allows(struct arena *a, const struct variable *v, const char *value)
{
	if (*value == '\0' || !length_allowed(v, value) ||
	    !range_allowed(v, value))
		return false;
	if (v->match != NULL && !pattern_match(v->match, value))
		return false;
	return may_cut(v) || width_of(formatted(a, v, value)) <= v->max;
}

static bool
length_allowed(const struct variable *v, const char *value)
{
	size_t len = characters(value);

	return len >= v->min_length &&
	    (v->max_length == 0 || len <= v->max_length);
}

static bool
range_allowed(const struct variable *v, const char *value)
{
	int64_t n;

	if (v->type != VAR_NUMBER && v->type != VAR_MONEY)
		return true;
	return number_read(value, &n) && (!v->has_least || n >= v->least) &&
	    (!v->has_most || n <= v->most);
}

/* ---- from services */

const char *
value_given(struct arena *a, const struct variable *v, const char *given)
{
	const char *value = read_given(a, v, value_clean(a, v, given));

	if (value == NULL || width_of(formatted(a, v, value)) <= v->max)
		return value;
	if (!may_cut(v))
		return NULL;
	/* A choice stays whole, to be compared. */
	return v->type == VAR_TEXT ? value_cut(a, value, v->max) : value;
}

static const char *
read_given(struct arena *a, const struct variable *v, char *text)
{
	int64_t n;

	switch (v->type) {
	case VAR_TEXT:
		return text;
	case VAR_DIGITS:
	case VAR_PIN:
		return only_digits(text);
	case VAR_NUMBER:
	case VAR_MONEY:
		return number_given(text, &n) ? number_text(a, n) : NULL;
	case VAR_DATE:
		/* A moment's day: "2024-02-29T10:00:00Z". */
		if (strlen(text) > DATE_LEN && text[DATE_LEN] == 'T')
			text[DATE_LEN] = '\0';
		return day(a, text);
	case VAR_CHOICE:
		return one_of_choices(a, v, text);
	case VAR_ROWS:
		return NULL;
	}
	return NULL;
}

/* ---- by type */

/* Digits are read in groups: "0712 345-678". */
static const char *
only_digits(char *text)
{
	drop(text, " -/.");
	return text_is_digits(text) ? text : NULL;
}

static const char *
one_of_choices(struct arena *a, const struct variable *v, const char *text)
{
	const char *folded = fold_words(a, text);
	const char *const *choice;

	for (choice = v->choices; *choice != NULL; choice++)
		if (strcmp(fold_words(a, *choice), folded) == 0)
			return *choice;
	return NULL;
}

static const char *
day(struct arena *a, const char *text)
{
	char *kept = arena_alloc(a, DATE_LEN + 1);

	return date_typed(text, kept) ? kept : NULL;
}

/* ---- shown */

const char *
value_shown(struct arena *a, const struct variable *v, const char *kept)
{
	if (kept == NULL)
		return "";
	return value_cut(a, formatted(a, v, kept), v->max);
}

const char *
value_label(struct arena *a, const struct variable *v, const char *cell)
{
	return cell == NULL ? "" : value_cut(a, cell, v->width);
}

static const char *
formatted(struct arena *a, const struct variable *v, const char *kept)
{
	switch (v->type) {
	case VAR_MONEY:
		return number_with_thousands(a, kept);
	case VAR_DATE:
		return date_show(a, kept);
	case VAR_TEXT:
	case VAR_DIGITS:
	case VAR_NUMBER:
	case VAR_CHOICE:
	case VAR_ROWS:
	case VAR_PIN:
		return kept;
	}
	return kept;
}

/* Half a number or half a date would be a lie. */
static bool
may_cut(const struct variable *v)
{
	return v->cut && (v->type == VAR_TEXT || v->type == VAR_CHOICE);
}

const char *
value_cut(struct arena *a, const char *text, size_t width)
{
	size_t len = strlen(text), at = 0, took, septets = 0, ucs2 = 0;
	bool in_alphabet = true;
	uint32_t c;

	/* No octet is wider than two septets. */
	if (len * 2 <= width || width_of(text) <= width)
		return text;
	for (;; at += took) {
		took = text_next(text + at, len - at, &c);
		in_alphabet = in_alphabet && gsm_septets(c) > 0;
		septets += (size_t)gsm_septets(c);
		ucs2 += c > 0xffff ? 2 : 1;
		if ((in_alphabet ? septets : ucs2) > width)
			break;
	}
	while (at > 0 && text[at - 1] == ' ')
		at--;
	return arena_copy(a, text, at);
}

/* ---- text */

char *
value_clean(struct arena *a, const struct variable *v, const char *text)
{
	const char *spaced = fold_spaces(a, text);

	return v->unicode ? gsm_clean(a, spaced, strlen(spaced))
			  : gsm_transliterate(a, spaced, strlen(spaced));
}

static void
drop(char *text, const char *drops)
{
	char *at = text;

	for (; *text != '\0'; text++)
		if (strchr(drops, *text) == NULL)
			*at++ = *text;
	*at = '\0';
}

/* ASCII only: Swahili and the identifiers of registers have no accents. */
static void
change_case(const struct variable *v, char *text)
{
	for (; *text != '\0'; text++) {
		if (v->upper && *text >= 'a' && *text <= 'z')
			*text = (char)(*text - 'a' + 'A');
		if (v->lower && *text >= 'A' && *text <= 'Z')
			*text = (char)(*text - 'A' + 'a');
	}
}

static size_t
width_of(const char *text)
{
	struct gsm_room room = gsm_measure(text, strlen(text));

	return room.in_alphabet ? room.septets : room.ucs2;
}

static size_t
characters(const char *text)
{
	size_t left = strlen(text), count = 0, took;
	uint32_t c;

	for (; left > 0; text += took, left -= took, count++)
		took = text_next(text, left, &c);
	return count;
}

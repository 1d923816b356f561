/*
 * A change in words.
 */
#include <string.h>

#include "base/text.h"
#include "menus/difference.h"

static const char *says_key(struct arena *a, const struct change *c);
static const char *says_whole(const struct change *c);
static const char *says_value(
    struct arena *a, const struct change *c, const char *was, const char *is);
static const char *thing(struct arena *a, const struct change *c);

const char *
difference_kind_name(enum difference_kind kind)
{
	static const char *const names[DIFFERENCE_KINDS] = {
		[DIFFERENCE_CODE] = "code",
		[DIFFERENCE_DOOR] = "door",
		[DIFFERENCE_KEY] = "key",
		[DIFFERENCE_KEYWORD] = "keyword",
		[DIFFERENCE_TEXT] = "text",
		[DIFFERENCE_WAY] = "way",
		[DIFFERENCE_STATE] = "state",
		[DIFFERENCE_VARIABLE] = "variable",
		[DIFFERENCE_CALL] = "call",
		[DIFFERENCE_LIMIT] = "limit",
	};

	return names[kind];
}

const char *
difference_how_name(enum difference_how how)
{
	switch (how) {
	case DIFFERENCE_ADDED:
		return "added";
	case DIFFERENCE_GONE:
		return "gone";
	case DIFFERENCE_CHANGED:
		return "changed";
	case DIFFERENCE_RENAMED:
		return "renamed";
	}
	return "";
}

const char *
difference_place(struct arena *a, const struct change *c)
{
	if (*c->institution == '\0')
		return "the menus file";
	if (*c->subject == '\0')
		return c->institution;
	if (c->kind == DIFFERENCE_VARIABLE || c->kind == DIFFERENCE_CALL)
		return arena_printf(a, "%s: %s %s", c->institution,
		    c->kind == DIFFERENCE_CALL ? "api" : "variable",
		    c->subject);
	return arena_printf(a, "%s/%s", c->institution, c->subject);
}

const char *
difference_says(struct arena *a, const struct change *c)
{
	const char *was = c->was, *is = c->is;

	if (c->how == DIFFERENCE_RENAMED)
		return arena_printf(a, "was called '%s'", c->was);
	if (c->was == NULL && c->is == NULL)
		return arena_printf(a, "%s%s%s", says_whole(c),
		    *c->what == '\0' ? "" : ": ", c->what);
	if (c->kind == DIFFERENCE_KEY && *c->institution != '\0')
		return says_key(a, c);
	if (c->kind == DIFFERENCE_KEYWORD)
		return says_key(a, c);
	if (c->kind == DIFFERENCE_TEXT) {
		was = was == NULL ? NULL : difference_quoted(a, was);
		is = is == NULL ? NULL : difference_quoted(a, is);
	}
	return says_value(a, c, was, is);
}

static const char *
says_whole(const struct change *c)
{
	return c->how == DIFFERENCE_ADDED ? "is new" : "is gone";
}

static const char *
says_key(struct arena *a, const struct change *c)
{
	const char *what = thing(a, c), *now = "";

	if (c->now != NULL)
		now = arena_printf(a, "; what it was is %s now", c->now);
	switch (c->how) {
	case DIFFERENCE_ADDED:
		return arena_printf(
		    a, "%s is new and leads to %s", what, c->is);
	case DIFFERENCE_GONE:
		return arena_printf(
		    a, "%s, which led to %s, is gone%s", what, c->was, now);
	case DIFFERENCE_CHANGED:
	case DIFFERENCE_RENAMED:
		break;
	}
	return arena_printf(
	    a, "%s led to %s and leads to %s now%s", what, c->was, c->is, now);
}

static const char *
says_value(
    struct arena *a, const struct change *c, const char *was, const char *is)
{
	const char *what = thing(a, c);

	if (was == NULL)
		return arena_printf(a, "%s is new: %s", what, is);
	if (is == NULL)
		return arena_printf(a, "%s is gone: it was %s", what, was);
	return arena_printf(a, "%s was %s and is %s now", what, was, is);
}

/* What of the place has changed. */
static const char *
thing(struct arena *a, const struct change *c)
{
	switch (c->kind) {
	case DIFFERENCE_KEYWORD:
		return arena_printf(a, "the keyword %s", c->what);
	case DIFFERENCE_KEY:
		if (c->words == NULL)
			return arena_printf(a, "the key of '%s'", c->what);
		return arena_printf(a, "the key %s %s", c->what,
		    difference_quoted(a, c->words));
	case DIFFERENCE_TEXT:
		if (c->lang == NULL)
			return c->what;
		return text_is_digits(c->what)
		    ? arena_printf(a, "the option %s in '%s'", c->what, c->lang)
		    : arena_printf(a, "%s in '%s'", c->what, c->lang);
	case DIFFERENCE_DOOR:
		return arena_printf(a, "the door %s", c->what);
	case DIFFERENCE_CODE:
	case DIFFERENCE_WAY:
	case DIFFERENCE_STATE:
	case DIFFERENCE_VARIABLE:
	case DIFFERENCE_CALL:
	case DIFFERENCE_LIMIT:
	case DIFFERENCE_KINDS:
		break;
	}
	return c->what;
}

const char *
difference_quoted(struct arena *a, const char *text)
{
	char *line = arena_alloc(a, 2 * strlen(text) + 3), *at = line;

	*at++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '\n' || *text == '"' || *text == '\\')
			*at++ = '\\';
		*at++ = *text == '\n' ? 'n' : *text;
	}
	*at = '"';
	return line;
}

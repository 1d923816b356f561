/*
 * Paths are read by descent: the root, members, and at the end the columns
 * of a row. A name is what JSON people call snake_case or camelCase.
 */
#include <string.h>

#include "menus/path.h"

static const char *parse_member(const char **at, struct path *out);
static const char *parse_columns(const char **at, struct path *out);
static bool take_name(const char **at, struct path_name *name);
static bool take_sign(const char **at, char sign);

const char *
path_parse(const char *text, struct path *out)
{
	const char *at = text, *wrong;

	memset(out, 0, sizeof(*out));
	if (!take_sign(&at, '$') || *at != '.')
		return "must begin with $. and a name";
	while (take_sign(&at, '.')) {
		wrong = parse_member(&at, out);
		if (wrong != NULL)
			return wrong;
	}
	if (*at == '[') {
		wrong = parse_columns(&at, out);
		if (wrong != NULL)
			return wrong;
	}
	return *at == '\0'
	    ? NULL
	    : "has signs that no name has; only letters, digits, _ and - are";
}

static const char *
parse_member(const char **at, struct path *out)
{
	if (out->member_count == PATH_MEMBERS)
		return "goes deeper than 8 names";
	if (!take_name(at, &out->members[out->member_count++]))
		return "needs a name after each point";
	return NULL;
}

static const char *
parse_columns(const char **at, struct path *out)
{
	if (strncmp(*at, "[*](", 4) != 0)
		return "takes rows as [*](column,column), nothing else in [ ]";
	*at += 4;
	do {
		if (out->column_count == PATH_COLUMNS)
			return "has more than 8 columns";
		if (!take_name(at, &out->columns[out->column_count++]))
			return "needs a name for each column";
	} while (take_sign(at, ','));
	return take_sign(at, ')') ? NULL : "needs a ) after its columns";
}

static bool
take_name(const char **at, struct path_name *name)
{
	name->at = *at;
	name->len = strspn(*at,
	    "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
	*at += name->len;
	return name->len > 0;
}

static bool
take_sign(const char **at, char sign)
{
	if (**at != sign)
		return false;
	++*at;
	return true;
}

/*
 * A call of another institution's service: what is given and what is taken,
 * by its owner's names. Whether they are there, the check between institutions
 * tells.
 */
#include <string.h>

#include "menus/parse.h"

static const struct loan *read_loans(
    struct parser *p, const config_setting_t *group, bool gives, size_t *count);
static void read_loan(
    struct parser *p, const config_setting_t *s, bool gives, struct loan *out);

void
parse_borrowed(struct parser *p, const config_setting_t *s, const char *name,
    struct state *out)
{
	struct borrowed *b = arena_alloc(p->arena, sizeof(*b));
	const config_setting_t *where = parse_place(s, "call");
	struct target door;

	if (!parse_door(p->arena, where, name, &door) || *door.door == '\0') {
		parse_wrong(p, CHECK_TARGETS, where,
		    "'%s' is no service: another institution's is named like "
		    "rita.verify",
		    name);
		return;
	}
	if (strcmp(door.institution, p->institution) == 0)
		parse_wrong(p, CHECK_TARGETS, where,
		    "'%s' is of this institution itself: name it '%s'", name,
		    door.door);
	b->name = name;
	b->institution = door.institution;
	b->api = door.door;
	b->gives = read_loans(p, parse_group(s, "give"), true, &b->give_count);
	b->takes = read_loans(p, parse_group(s, "take"), false, &b->take_count);
	out->borrowed = b;
}

static const struct loan *
read_loans(
    struct parser *p, const config_setting_t *group, bool gives, size_t *count)
{
	size_t i;
	struct loan *list;

	*count = parse_count(group);
	list = arena_array(p->arena, *count, sizeof(*list));
	for (i = 0; i < *count; i++)
		read_loan(p, parse_element(group, i), gives, &list[i]);
	return list;
}

/* give = { theirs = "mine"; }, take = { mine = "theirs"; } */
static void
read_loan(
    struct parser *p, const config_setting_t *s, bool gives, struct loan *out)
{
	const char *left = arena_string(p->arena, config_setting_name(s));
	const char *right = config_setting_get_string(s);

	out->line = parse_line(s);
	out->mine = NOWHERE;
	out->theirs = "";
	if (right == NULL) {
		parse_wrong(p, CHECK_WORDS, s,
		    "'%s' must be a variable's name in quotes", left);
		return;
	}
	right = arena_string(p->arena, right);
	out->theirs = gives ? left : right;
	out->mine = parse_own_variable(p, s, gives ? right : left);
	if (gives && out->mine != NOWHERE &&
	    p->vars[out->mine].type == VAR_ROWS)
		parse_wrong(p, CHECK_VARIABLES, s,
		    "'%s' holds rows, which are not given to a service", right);
}

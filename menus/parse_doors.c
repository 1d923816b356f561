/*
 * Doors: where a dialogue enters an institution, by a dial or by a keyword.
 */
#include <string.h>

#include "menus/parse.h"

struct raw_doors {
	const char *ussd;
};

static const struct schema_key doors_table[] = {
	{ "ussd", SCHEMA_TEXT, offsetof(struct raw_doors, ussd), RANGE(1, 100),
	    .optional = true },
	{ "sms", SCHEMA_LIST, .optional = true },
	{ "open", SCHEMA_GROUP, .optional = true },
	{ .name = NULL },
};

static void read_open(
    struct parser *p, const config_setting_t *open, struct graph *g);

void
parse_doors(struct parser *p, const config_setting_t *doors, struct graph *g)
{
	struct raw_doors raw = { NULL };

	g->ussd_door = NOWHERE;
	if (!parse_fill(p, doors, doors_table, &raw))
		return;
	if (raw.ussd != NULL)
		g->ussd_door =
		    parse_own_target(p, doors, "ussd", raw.ussd).state;
	parse_keywords(p, parse_list(doors, "sms"), g);
	read_open(p, parse_group(doors, "open"), g);
	if (raw.ussd == NULL && g->keyword_count == 0 && g->open_count == 0)
		parse_wrong(p, CHECK_TARGETS, doors,
		    "there is no door: 'ussd' names a state, 'sms' keywords");
}

/* Each a name and a state. */
static void
read_open(struct parser *p, const config_setting_t *open, struct graph *g)
{
	size_t i, count = parse_count(open);
	struct open_door *doors = arena_array(p->arena, count, sizeof(*doors));
	const config_setting_t *s;
	const char *name, *state;

	for (i = 0; i < count; i++) {
		s = parse_element(open, i);
		name = config_setting_name(s);
		state = config_setting_get_string(s);
		doors[i].name = arena_string(p->arena, name);
		doors[i].state = NOWHERE;
		if (strcmp(name, "ussd") == 0)
			parse_wrong(p, CHECK_WORDS, s,
			    "the door 'ussd' stands beside 'open'");
		if (state == NULL)
			parse_wrong(p, CHECK_WORDS, s,
			    "'%s' must be the name of a state, in quotes",
			    name);
		else
			doors[i].state =
			    parse_own_target(p, open, name, state).state;
	}
	g->open = doors;
	g->open_count = count;
}

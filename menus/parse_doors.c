/*
 * Doors: where a dialogue enters an institution, by a dial or by a keyword.
 */
#include "menus/parse.h"

struct raw_doors {
	const char *ussd;
};

static const struct schema_key doors_table[] = {
	{ "ussd", SCHEMA_TEXT, offsetof(struct raw_doors, ussd), RANGE(1, 100),
	    .optional = true },
	{ "sms", SCHEMA_LIST, .optional = true },
	{ .name = NULL },
};

void
parse_doors(struct parser *p, const config_setting_t *doors, struct graph *g)
{
	struct raw_doors raw = { NULL };

	g->ussd_door = NOWHERE;
	if (!parse_fill(p, doors, doors_table, &raw))
		return;
	if (raw.ussd != NULL)
		g->ussd_door = parse_target(p, doors, "ussd", raw.ussd).state;
	parse_keywords(p, parse_list(doors, "sms"), g);
	if (raw.ussd == NULL && g->keyword_count == 0)
		parse_wrong(p, CHECK_TARGETS, doors,
		    "there is no door: 'ussd' names a state, 'sms' keywords");
}

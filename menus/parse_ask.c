/*
 * States that fill a variable: by asking for it, or by a pick from rows.
 */
#include <string.h>

#include "menus/parse_defaults.h"

struct raw_ask {
	const char *into, *fail;
	int tries;
	bool secret;
};

struct raw_list {
	const char *rows, *show, *into, *value, *empty;
};

/* What check 7 asks for is missed by it, not by the table. */
#define AT(field) offsetof(struct raw_ask, field)
static const struct schema_key ask_table[] = {
	{ "into", SCHEMA_TEXT, AT(into), RANGE(1, 100) },
	{ "tries", SCHEMA_NUMBER, AT(tries), RANGE(1, 10), .optional = true },
	{ "fail", SCHEMA_TEXT, AT(fail), RANGE(1, 100), .optional = true },
	{ "bad", SCHEMA_GROUP, .optional = true },
	{ "secret", SCHEMA_FLAG, AT(secret), .fallback = "false" },
	{ .name = NULL },
};
#undef AT
#define AT(field) offsetof(struct raw_list, field)
static const struct schema_key list_table[] = {
	{ "rows", SCHEMA_TEXT, AT(rows), RANGE(1, 100) },
	{ "show", SCHEMA_TEXT, AT(show), RANGE(1, 100) },
	{ "into", SCHEMA_TEXT, AT(into), RANGE(1, 100) },
	{ "value", SCHEMA_TEXT, AT(value), RANGE(1, 100) },
	{ "empty", SCHEMA_TEXT, AT(empty), RANGE(1, 100), .optional = true },
	{ .name = NULL },
};

static void need(struct parser *p, const config_setting_t *group,
    const char *name, const char *why);
static uint16_t find_filled(
    struct parser *p, const config_setting_t *group, const char *name);
static void find_columns(struct parser *p, const config_setting_t *group,
    const struct raw_list *raw, struct state *out);
static uint8_t find_column(struct parser *p, const config_setting_t *where,
    const struct variable *rows, const char *name);

void
parse_ask(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out)
{
	const config_setting_t *ask = parse_group(s, "ask");
	const struct defaults *d = p->defaults;
	struct raw_ask in = { .into = NULL };

	out->text = parse_words(p, s, "text");
	out->next = parse_target(p, s, "next", raw->next);
	if (ask == NULL)
		return;
	parse_fill(p, ask, ask_table, &in);
	out->into = find_filled(p, ask, in.into);
	out->tries = in.tries > 0 ? in.tries : d->tries;
	if (out->tries == 0)
		need(p, ask, "tries", "how often may an answer be wrong?");
	out->fail = parse_target_or(p, ask, "fail", in.fail, &d->fail);
	if (out->fail.name == NULL)
		need(p, ask, "fail", "where to, after so many wrong answers?");
	out->bad = parse_group(ask, "bad") == NULL ? d->bad
						   : parse_words(p, ask, "bad");
	if (out->bad.line == 0)
		need(p, ask, "bad", "what does a wrong answer hear?");
	out->secret = in.secret;
	if (in.secret && out->into != NOWHERE)
		p->vars[out->into].secret = true;
}

void
parse_list_state(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out)
{
	const config_setting_t *list = parse_group(s, "list");
	struct raw_list in = { .rows = NULL };

	out->text = parse_words(p, s, "text");
	out->next = parse_target(p, s, "next", raw->next);
	if (list == NULL)
		return;
	parse_fill(p, list, list_table, &in);
	out->into = find_filled(p, list, in.into);
	out->rows = parse_own_variable(p, parse_place(list, "rows"), in.rows);
	out->empty =
	    parse_target_or(p, list, "empty", in.empty, &p->defaults->empty);
	if (out->empty.name == NULL)
		need(p, list, "empty", "where to, when there are no rows?");
	find_columns(p, list, &in, out);
}

static void
need(struct parser *p, const config_setting_t *group, const char *name,
    const char *why)
{
	if (config_setting_get_member(group, name) == NULL)
		parse_wrong(
		    p, CHECK_BRANCHES, group, "'%s' is missing: %s", name, why);
}

static uint16_t
find_filled(struct parser *p, const config_setting_t *group, const char *name)
{
	const config_setting_t *where = parse_place(group, "into");
	uint16_t var = parse_own_variable(p, where, name);

	if (var != NOWHERE && p->vars[var].type == VAR_ROWS) {
		parse_wrong(p, CHECK_VARIABLES, where,
		    "'%s' holds rows, which only a call can bring", name);
		return NOWHERE;
	}
	return var;
}

static void
find_columns(struct parser *p, const config_setting_t *group,
    const struct raw_list *raw, struct state *out)
{
	const struct variable *rows;

	if (out->rows == NOWHERE)
		return;
	rows = &p->vars[out->rows];
	if (rows->type != VAR_ROWS) {
		parse_wrong(p, CHECK_VARIABLES, parse_place(group, "rows"),
		    "'%s' holds one value: a list needs a variable of the "
		    "type rows",
		    rows->name);
		return;
	}
	out->label_col =
	    find_column(p, parse_place(group, "show"), rows, raw->show);
	out->value_col =
	    find_column(p, parse_place(group, "value"), rows, raw->value);
}

static uint8_t
find_column(struct parser *p, const config_setting_t *where,
    const struct variable *rows, const char *name)
{
	uint8_t i;

	if (name == NULL || rows->cols == NULL)
		return 0;
	for (i = 0; rows->cols[i] != NULL; i++)
		if (strcmp(rows->cols[i], name) == 0)
			return i;
	parse_wrong(p, CHECK_VARIABLES, where, "'%s' has no column '%s'%s",
	    rows->name, name, names_hint(p->findings->arena, rows->cols, name));
	return 0;
}

/*
 * Limits that an institution, or one of its states, keeps to of its own
 * accord: never above those of the menus file.
 */
#include <string.h>

#include "menus/parse.h"

/* The kinds of states that have a use for a limit. */
#define ON(kind) (1u << STATE_##kind)
#define PAGED    (ON(MENU) | ON(LIST) | ON(SAY) | ON(APP))
#define ANSWERED (PAGED | ON(ASK))
#define SHOWN    (ANSWERED | ON(END))

#define AT(field) offsetof(struct lowered, field)
static const struct row {
	struct schema_key key;
	unsigned kinds;
	size_t most; /* where struct limits has it */
} rows[] = {
#define ROW(name, field, kinds, of)                                 \
	{                                                           \
		{ name, SCHEMA_NUMBER, AT(field), RANGE(1, 600000), \
			.optional = true },                         \
		    kinds, offsetof(struct limits, of)              \
	}
	ROW("septets", septets, SHOWN, septets),
	ROW("ucs2", ucs2, SHOWN, ucs2),
	ROW("pages", pages, PAGED, pages),
	ROW("wait", wait_s, ANSWERED, session_s),
	ROW("turn", turn_ms, ON(CALL), turn_ms),
	ROW("later", later_ms, ON(CALL), later_ms),
	ROW("calls", calls, 0, calls),
};

static void check_most(struct parser *p, const config_setting_t *where,
    const struct row *row, int value);

void
parse_limits(struct parser *p, const config_setting_t *group, unsigned kinds,
    struct lowered *out)
{
	const config_setting_t *limits = parse_group(group, "limits"), *s;
	struct schema_key table[ARRAY_SIZE(rows) + 1] = { { .name = NULL } };
	size_t i, count = 0;

	if (limits == NULL)
		return;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (kinds == LIMITS_ALL || rows[i].kinds & kinds)
			table[count++] = rows[i].key;
	if (!parse_fill(p, limits, table, out))
		return;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		s = config_setting_get_member(limits, rows[i].key.name);
		if (s != NULL)
			check_most(p, s, &rows[i], config_setting_get_int(s));
	}
}

/* A screen may have less room yet on an operator's link. */
static void
check_most(struct parser *p, const config_setting_t *where,
    const struct row *row, int value)
{
	const struct limits *l = &p->catalogue->written;
	int most = *(const int *)((const char *)l + row->most);

	if (value > most)
		parse_wrong(p, CHECK_WORDS, where,
		    "'%s' is %d here, and the menus file allows %d: it can "
		    "only be lowered",
		    row->key.name, value, most);
}

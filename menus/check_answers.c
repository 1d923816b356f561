/*
 * Check 7: what a citizen may answer does not mean something else on the same
 * screen.
 *
 * The rest of it, that a call names its outcomes, a route its else, a list its
 * `empty`, an ask its `bad` and its tries, was seen when the file was read.
 */
#include <stdlib.h>

#include "menus/check_parts.h"
#include "menus/value.h"

static void check_ask(const struct proof *p, const struct state *st);
static void check_key(const struct proof *p, const struct state *st,
    const struct nav *nav, const char *name);
static void check_list(const struct proof *p, const struct state *st);

void
check_answers(const struct proof *p)
{
	uint16_t i;

	for (i = 0; i < p->g->state_count; i++) {
		const struct state *st = &p->g->states[i];

		/* An SMS has no navigation lines. */
		if (!ways_reach(p->ways, i, LAYER_USSD))
			continue;
		if (st->kind == STATE_ASK)
			check_ask(p, st);
		if (st->kind == STATE_LIST)
			check_list(p, st);
	}
}

/* The only lines under an ask. */
static void
check_ask(const struct proof *p, const struct state *st)
{
	check_key(p, st, &p->c->back, "back");
	check_key(p, st, &p->c->home, "home");
}

/*
 * Whoever wrote a rule meant what it accepts. Where there is none a 0 may
 * still be meant as a number, but hardly as a text.
 */
static void
check_key(const struct proof *p, const struct state *st, const struct nav *nav,
    const char *name)
{
	const struct variable *v = &p->g->vars[st->into];

	if (value_typed(p->arena, v, nav->key) == NULL)
		return;
	if (v->match != NULL || v->type == VAR_CHOICE)
		proof_wrong(p, CHECK_BRANCHES, st->line, st,
		    "'%s' accepts %s, which is the key of the line '%s' here "
		    "and never arrives: narrow its rule",
		    v->name, nav->key, name);
	else if (v->type != VAR_TEXT)
		proof_doubt(p, CHECK_BRANCHES, st->line, st,
		    "nobody can answer %s, which is the key of the line '%s' "
		    "here: narrow '%s' by least_value or min_length",
		    nav->key, name, v->name);
}

/* Rows are numbered from 1. */
static void
check_list(const struct proof *p, const struct state *st)
{
	const struct variable *rows = &p->g->vars[st->rows];
	const struct nav *lines[] = { &p->c->back, &p->c->home, &p->c->more };
	size_t i, number;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		number = (size_t)strtoul(lines[i]->key, NULL, 10);
		if (*lines[i]->key != '0' && number <= rows->max)
			proof_wrong(p, CHECK_KEYS, st->line, st,
			    "row %zu could not be chosen: its number is a key "
			    "of navigation; let '%s' hold fewer rows",
			    number, rows->name);
	}
}

/*
 * Ways through the root menu, as text.
 */
#include <string.h>

#include "menus/step.h"
#include "simulator/hints.h"

static const char *way_to(struct arena *a, const struct catalogue *c,
    const struct state *at, const char *institution, const char *keys);
static const char *dial_line(struct arena *a, const struct catalogue *c,
    const char *head, const char *code, const struct words *title);

const char *
hints_dial(struct arena *a, const struct catalogue *c, const char *institution)
{
	const struct code *code = &c->codes[0];
	const char *keys =
	    way_to(a, c, &c->root->states[code->state], institution, "");

	return arena_printf(a, "%.*s%s#", (int)strcspn(code->code, "#"),
	    code->code, keys != NULL ? keys : "");
}

/* "*4*2" from a menu of the root; NULL: there is none. */
static const char *
way_to(struct arena *a, const struct catalogue *c, const struct state *at,
    const char *institution, const char *keys)
{
	const char *way = NULL;
	size_t i;

	for (i = 0; way == NULL && i < at->option_count; i++) {
		const struct target *next = &at->options[i].next;
		const char *here =
		    arena_printf(a, "%s*%s", keys, at->options[i].key);

		if (next->institution == NULL)
			way = way_to(a, c, &c->root->states[next->state],
			    institution, here);
		else if (strcmp(next->institution, institution) == 0)
			way = here;
	}
	return way;
}

const char *
hints_list(struct arena *a, const struct catalogue *c, const char *sms_number)
{
	const char *dials =
	    arena_printf(a, "  dial    %-18s the menu\n", c->codes[0].code);
	const char *texts = "", *head = "  text    ";
	size_t i, j;

	for (i = 0; i < c->graph_count; i++) {
		const struct graph *g = c->graphs[i];

		if (g->ussd_door != NOWHERE)
			dials = arena_printf(a, "%s%s", dials,
			    dial_line(a, c, "          ",
				hints_dial(a, c, g->name), &g->title));
		for (j = 0; j < g->keyword_count; j++) {
			const struct keyword *k = &g->keywords[j];

			if (k->means != NULL)
				continue;
			texts = arena_printf(a, "%s%ssms %s %s\n", texts, head,
			    sms_number,
			    k->example != NULL ? k->example : k->word);
			head = "          ";
		}
	}
	return arena_printf(a, "%s%s", dials, texts);
}

static const char *
dial_line(struct arena *a, const struct catalogue *c, const char *head,
    const char *code, const struct words *title)
{
	static const struct facts nothing = { .msisdn = "" };

	return arena_printf(a, "%s%-18s %s\n", head, code,
	    step_words(a, c, &nothing, 0, title));
}

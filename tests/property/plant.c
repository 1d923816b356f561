/*
 * Lies to the engine. A catalogue is immutable for everybody else; this one
 * was made a moment ago, in memory that may be written.
 */
#include <string.h>

#include "tests/property/plant.h"

typedef void lie(const struct catalogue *c, struct state *st);

static lie speak_another_tongue, never_end, take_a_key;
static void each_state(const struct catalogue *c, lie *tell);
static void widen(const struct graph *g);

void
plant(struct tour *t, enum plant fault)
{
	const struct catalogue *c = t->c;
	size_t i;

	t->plant = fault;
	switch (fault) {
	case PLANT_WIDE:
		for (i = 0; i < c->graph_count; i++)
			widen(c->graphs[i]);
		break;
	case PLANT_ROOM:
		t->facts.septets += 20;
		t->facts.ucs2 += 10;
		break;
	case PLANT_TONGUE:
		each_state(c, speak_another_tongue);
		break;
	case PLANT_END:
		each_state(c, never_end);
		break;
	case PLANT_KEYS:
		each_state(c, take_a_key);
		break;
	case PLANT_NOTHING:
	case PLANT_UNSET:
	case PLANT_KEPT:
	case PLANT_CRASH:
	case PLANT_COUNT:
		break;
	}
}

static void
each_state(const struct catalogue *c, lie *tell)
{
	size_t g, i;

	for (g = 0; g < c->graph_count; g++)
		for (i = 0; i < c->graphs[g]->state_count; i++)
			tell(c, (struct state *)&c->graphs[g]->states[i]);
}

static void
widen(const struct graph *g)
{
	size_t i;

	for (i = 0; i < g->var_count; i++)
		if (strcmp(g->vars[i].name, "t0") == 0)
			((struct variable *)&g->vars[i])->max += 150;
}

static void
speak_another_tongue(const struct catalogue *c, struct state *st)
{
	if (c->lang_count > 1)
		st->text.in[1] = st->text.in[0];
}

static void
never_end(const struct catalogue *c, struct state *st)
{
	(void)c;
	if (st->kind == STATE_END) {
		st->kind = STATE_SAY;
		st->next.state = 0;
	}
}

static void
take_a_key(const struct catalogue *c, struct state *st)
{
	struct menu_option *o = (struct menu_option *)st->options;

	if (st->kind == STATE_MENU) {
		o->key = c->lang.key;
		o->text = c->lang.text;
	}
}

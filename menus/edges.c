/*
 * The edges of a state, one kind of state after another.
 */
#include "menus/edges.h"
#include "menus/written.h"

static bool get_option(const struct state *st, size_t n, struct edge *out);
static bool get_branch(const struct state *st, size_t n, struct edge *out);
static bool get_outcome(const struct state *st, size_t n, struct edge *out);
static struct edge plain(
    enum edge_kind kind, const char *name, const struct target *to);

bool
edges_get(const struct state *st, size_t n, struct edge *out)
{
	switch (st->kind) {
	case STATE_MENU:
		return get_option(st, n, out);
	case STATE_ASK:
		*out = n == 0 ? plain(EDGE_NEXT, "next", &st->next)
			      : plain(EDGE_FAIL, "fail", &st->fail);
		return n < 2;
	case STATE_LIST:
		*out = n == 0 ? plain(EDGE_NEXT, "next", &st->next)
			      : plain(EDGE_EMPTY, "empty", &st->empty);
		return n < 2;
	case STATE_SAY:
		*out = plain(EDGE_NEXT, "next", &st->next);
		return n == 0;
	case STATE_APP: /* its end may be the dialogue's */
		*out = n == 0 ? plain(EDGE_FAIL, "fail", &st->fail)
			      : plain(EDGE_NEXT, "next", &st->next);
		return n < (st->next.name == NULL ? 1 : 2);
	case STATE_CALL:
		return get_outcome(st, n, out);
	case STATE_ROUTE:
		return get_branch(st, n, out);
	case STATE_SUB:
		*out = plain(EDGE_NEXT, "sub", &st->next);
		return n == 0;
	case STATE_END:
		break;
	}
	return false;
}

static bool
get_option(const struct state *st, size_t n, struct edge *out)
{
	const struct menu_option *o;

	if (n >= st->option_count)
		return false;
	o = &st->options[n];
	*out = plain(EDGE_OPTION, o->key, &o->next);
	out->number = n;
	out->text = &o->text;
	out->when = o->when.count == 0 ? NULL : &o->when;
	out->line = o->line;
	return true;
}

static bool
get_branch(const struct state *st, size_t n, struct edge *out)
{
	const struct branch *b;

	if (n >= st->branch_count)
		return false;
	b = &st->branches[n];
	*out = plain(EDGE_BRANCH, NULL, &b->next);
	out->number = n;
	out->when = b->when.count == 0 ? NULL : &b->when;
	out->line = b->line;
	return true;
}

static bool
get_outcome(const struct state *st, size_t n, struct edge *out)
{
	if (n >= OUTCOME_COUNT)
		return false;
	*out = plain(EDGE_OUTCOME, edges_outcome_name((enum outcome)n),
	    &st->outcomes[n]);
	out->number = n;
	return true;
}

static struct edge
plain(enum edge_kind kind, const char *name, const struct target *to)
{
	return (struct edge){
		.kind = kind, .name = name, .to = to, .line = to->line
	};
}

const struct graph *
edges_end(const struct catalogue *c, const struct graph *g,
    const struct target *t, uint16_t *state)
{
	uint16_t number;

	*state = t->state;
	if (t->state != NOWHERE)
		return g;
	return catalogue_door(c, t, &number, state) ? c->graphs[number] : NULL;
}

bool
edges_has_screen(enum state_kind kind)
{
	switch (kind) {
	case STATE_MENU:
	case STATE_ASK:
	case STATE_LIST:
	case STATE_SAY:
	case STATE_END:
		return true;
	case STATE_CALL:
	case STATE_ROUTE:
	case STATE_SUB:
	case STATE_APP: /* what it shows is not ours */
		break;
	}
	return false;
}

/* ---- what people call them */

const char *
edges_label(struct arena *a, const struct graph *g, const struct edge *e)
{
	const char *when =
	    e->when == NULL ? NULL : written_condition(a, g, e->when);

	if (e->name == NULL)
		return when == NULL ? "else" : when;
	if (when == NULL)
		return e->name;
	return arena_printf(a, "%s if %s", e->name, when);
}

const char *
edges_outcome_name(enum outcome outcome)
{
	static const char *const names[OUTCOME_COUNT] = {
		[OUTCOME_OK] = "ok",
		[OUTCOME_MISSING] = "missing",
		[OUTCOME_FAIL] = "fail",
		[OUTCOME_SLOW] = "slow",
	};

	return names[outcome];
}

const char *
edges_kind_name(enum state_kind kind)
{
	switch (kind) {
	case STATE_MENU:
		return "menu";
	case STATE_ASK:
		return "ask";
	case STATE_LIST:
		return "list";
	case STATE_SAY:
		return "say";
	case STATE_CALL:
		return "call";
	case STATE_ROUTE:
		return "route";
	case STATE_SUB:
		return "sub";
	case STATE_APP:
		return "app";
	case STATE_END:
		return "end";
	}
	return "";
}

/*
 * Dialogues are copied into the graph for every `sub` that runs them: their
 * states under the name of the `sub`, `who/ask_nin`, their returns as what the
 * `sub` says. So nobody who plays, proves or packs a graph knows of them, and
 * going back from one needs no pile of its own.
 *
 * The states of the file keep their numbers; the copies follow.
 */
#include <string.h>

#include "menus/parse_dialogue.h"

/* A dialogue while circles are looked for. */
enum mark {
	MARK_NEW,
	MARK_OPEN, /* on the way here */
	MARK_DONE,
};

struct measure {
	struct parser *p;
	const struct dialogue **open;
	size_t depth;
	enum mark *marks;
	size_t *sizes; /* of a copy, with all that it runs */
};

/* The graph that grows. */
struct growth {
	struct parser *p;
	struct state *states;
	size_t count;
};

static bool measure_all(struct parser *p, size_t *total);
static size_t measure(struct measure *m, struct dialogue *d);
static size_t measure_uses(
    struct measure *m, const struct use *uses, size_t count);
static void name_circle(struct measure *m, const struct dialogue *d);
static void check_used(struct parser *p);
static void copy_uses(struct growth *g, size_t first, const struct use *uses,
    size_t count, size_t base, const struct target *returns);
static void copy_dialogue(struct growth *g, size_t sub,
    const struct dialogue *d, const struct target *returns);
static void lead_on(struct growth *g, struct state *st, size_t base,
    const struct target *returns);
static struct target leads_to(
    struct target t, size_t base, const struct target *returns);

void
parse_expand(struct parser *p)
{
	struct growth g = { .p = p, .count = p->state_count };
	size_t total;

	check_used(p);
	if (!measure_all(p, &total) || total == p->state_count)
		return;
	if (total > STATES_MAX) {
		parse_wrong(p, CHECK_WORDS, p->dialogues[0].where,
		    "with a copy of its dialogue for every 'sub' the "
		    "institution has %zu states, and %d are the most",
		    total, STATES_MAX);
		return;
	}
	g.states = arena_array(p->arena, total, sizeof(*g.states));
	memcpy(g.states, p->states, p->state_count * sizeof(*g.states));
	copy_uses(&g, 0, p->uses, p->state_count, 0, NULL);
	CHECK(g.count == total);
	p->states = g.states;
	p->state_count = g.count;
}

static void
check_used(struct parser *p)
{
	size_t i;

	for (i = 0; i < p->dialogue_names.count; i++)
		if (!p->dialogues[i].used)
			parse_wrong(p, CHECK_TARGETS, p->dialogues[i].where,
			    "no state runs the dialogue '%s' by a 'sub'",
			    p->dialogues[i].name);
}

/* ---- how many there will be */

static bool
measure_all(struct parser *p, size_t *total)
{
	size_t errors = p->findings->errors, i;
	size_t count = p->dialogue_names.count;
	struct measure m = { .p = p };

	m.open = arena_array(p->arena, count + 1, sizeof(*m.open));
	m.marks = arena_array(p->arena, count, sizeof(*m.marks));
	m.sizes = arena_array(p->arena, count, sizeof(*m.sizes));
	for (i = 0; i < count; i++)
		measure(&m, &p->dialogues[i]);
	*total = p->state_count + measure_uses(&m, p->uses, p->state_count);
	return p->findings->errors == errors;
}

/* One that runs itself, on whatever way, would never be copied to its end. */
static size_t
measure(struct measure *m, struct dialogue *d)
{
	size_t i = (size_t)(d - m->p->dialogues);

	if (m->marks[i] == MARK_OPEN)
		name_circle(m, d);
	if (m->marks[i] != MARK_NEW)
		return m->sizes[i];
	m->marks[i] = MARK_OPEN;
	m->open[m->depth++] = d;
	m->sizes[i] = d->names.count + measure_uses(m, d->uses, d->names.count);
	/* So that no sum wraps: it is too many already. */
	if (m->sizes[i] > STATES_MAX)
		m->sizes[i] = STATES_MAX + 1;
	m->depth--;
	m->marks[i] = MARK_DONE;
	return m->sizes[i];
}

static size_t
measure_uses(struct measure *m, const struct use *uses, size_t count)
{
	size_t i, sum = 0;

	for (i = 0; i < count; i++)
		if (uses[i].dialogue != NULL)
			sum += measure(m, uses[i].dialogue);
	return sum;
}

static void
name_circle(struct measure *m, const struct dialogue *d)
{
	const char *names = arena_printf(m->p->arena, "'%s'", d->name);
	size_t i = m->depth;

	while (m->open[--i] != d)
		continue;
	for (i++; i < m->depth; i++)
		names = arena_printf(
		    m->p->arena, "%s > '%s'", names, m->open[i]->name);
	parse_wrong(m->p, CHECK_TARGETS, d->where,
	    "%s > '%s' is a circle: a dialogue cannot run itself", names,
	    d->name);
}

/* ---- copies */

/* USES are those of COUNT states that stand in the graph from FIRST on. What
 * they say of their own dialogue's states, if they are in one, is counted from
 * BASE, and what they return is among RETURNS. */
static void
copy_uses(struct growth *g, size_t first, const struct use *uses, size_t count,
    size_t base, const struct target *returns)
{
	const struct dialogue *d;
	struct target *to;
	size_t i, n;

	for (i = 0; i < count; i++) {
		d = uses[i].dialogue;
		if (d == NULL)
			continue;
		to = arena_array(g->p->arena, d->give_count, sizeof(*to));
		for (n = 0; n < d->give_count; n++)
			to[n] = leads_to(uses[i].returns[n], base, returns);
		copy_dialogue(g, first + i, d, to);
	}
}

static void
copy_dialogue(struct growth *g, size_t sub, const struct dialogue *d,
    const struct target *returns)
{
	size_t base = g->count, i;
	struct state *st;

	g->count += d->names.count;
	g->states[sub].next.state = (uint16_t)(base + d->start);
	for (i = 0; i < d->names.count; i++) {
		st = &g->states[base + i];
		*st = d->states[i];
		st->copy_of = &d->states[i];
		st->name = arena_printf(g->p->arena, "%s/%s",
		    g->states[sub].name, d->states[i].name);
		lead_on(g, st, base, returns);
	}
	copy_uses(g, base, d->uses, d->names.count, base, returns);
}

static void
lead_on(struct growth *g, struct state *st, size_t base,
    const struct target *returns)
{
	struct arena *a = g->p->arena;
	struct menu_option *options;
	struct branch *branches;
	size_t i;

	st->next = leads_to(st->next, base, returns);
	st->fail = leads_to(st->fail, base, returns);
	st->empty = leads_to(st->empty, base, returns);
	for (i = 0; i < OUTCOME_COUNT; i++)
		st->outcomes[i] = leads_to(st->outcomes[i], base, returns);
	options = arena_array(a, st->option_count, sizeof(*options));
	for (i = 0; i < st->option_count; i++) {
		options[i] = st->options[i];
		options[i].next = leads_to(options[i].next, base, returns);
	}
	st->options = options;
	branches = arena_array(a, st->branch_count, sizeof(*branches));
	for (i = 0; i < st->branch_count; i++) {
		branches[i] = st->branches[i];
		branches[i].next = leads_to(branches[i].next, base, returns);
	}
	st->branches = branches;
}

static struct target
leads_to(struct target t, size_t base, const struct target *returns)
{
	if (t.state == NOWHERE)
		return t;
	if (t.state >= RETURNS)
		return returns[t.state - RETURNS];
	t.state = (uint16_t)(t.state + base);
	return t;
}

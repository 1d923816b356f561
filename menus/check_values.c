/*
 * Check 4: whatever a state speaks of has a value on every path that leads
 * there.
 *
 * What is known at a spot is what is known on all ways to it, so the sets
 * begin full and only shrink, until nothing changes. A state that speaks of
 * what may be missing is named once: behind it the value counts as there.
 *
 * Going back needs no ways of its own. Whoever goes back comes to a state that
 * was passed before, where all that is known on every path was there already,
 * and a value is never taken away: only secrets are, when a call has been
 * made, and then there is no way back. Going home, or to another institution,
 * forgets everything, and begins at a door.
 */
#include "menus/builtins.h"
#include "menus/callee.h"
#include "menus/check_parts.h"

#define ALL         (~(uint64_t)0)
#define NAMES_SHOWN 6

/* How one comes to a spot while a variable has no value. */
struct trace {
	bool comes;
	uint32_t from; /* spot, unless it begins here: */
	const struct door *door; /* at a door, */
	const struct state *after; /* or behind a call that made forget it */
};

struct flow {
	const struct proof *p;
	uint64_t *needs; /* of each state */
	uint64_t *known; /* at each spot */
	uint32_t *queue;
	size_t head, count; /* of the queue, which goes round */
	bool *queued;
};

static uint64_t needs_of(const struct proof *p, const struct state *st);
static uint64_t needs_of_service(const struct proof *p, const struct state *st);
static uint64_t needs_of_branches(const struct state *st);
static void let_flow(struct flow *f);
static void arrive(struct flow *f, uint32_t spot, uint64_t known);
static void go_on(struct flow *f, const struct way *way);
static void name_missing(const struct flow *f, uint16_t state);
static void name_variable(
    const struct flow *f, const struct state *st, uint32_t spot, uint16_t var);
static int line_of_use(
    const struct proof *p, const struct state *st, uint64_t v);
static struct trace *trace_without(const struct flow *f, uint64_t v);
static size_t begin_at_doors(
    const struct flow *f, uint64_t v, struct trace *traces, uint32_t *queue);
static size_t begin_at_calls(const struct flow *f, uint64_t v,
    struct trace *traces, uint32_t *queue, size_t count);
static const char *path_to(
    const struct flow *f, const struct trace *traces, uint32_t spot);
static const char *door_name(const struct proof *p, const struct door *door);
static void rows_are_brought(const struct proof *p);

void
check_values(const struct proof *p)
{
	struct flow f = { .p = p };
	uint16_t i;

	f.needs = arena_array(p->arena, p->g->state_count, sizeof(*f.needs));
	for (i = 0; i < p->g->state_count; i++)
		f.needs[i] = needs_of(p, &p->g->states[i]);
	let_flow(&f);
	for (i = 0; i < p->g->state_count; i++)
		name_missing(&f, i);
	rows_are_brought(p);
}

/* ---- what a state speaks of */

static uint64_t
needs_of(const struct proof *p, const struct state *st)
{
	uint64_t needs = 0;
	const struct words *w;
	size_t n;

	for (n = 0; (w = proof_text(st, n)) != NULL; n++)
		needs |= proof_vars(p->c, w);
	for (n = 0; n < st->option_count; n++)
		needs |= ways_compared(&st->options[n].when);
	if (st->kind == STATE_CALL)
		needs |= needs_of_service(p, st);
	if (st->reminds)
		needs |= callee_needs(&p->g->apis[st->reminder.api]);
	return needs | needs_of_branches(st);
}

/* Of another's service, what is given. */
static uint64_t
needs_of_service(const struct proof *p, const struct state *st)
{
	uint64_t needs = 0;
	size_t i;

	if (st->borrowed == NULL)
		return callee_needs(&p->g->apis[st->api]);
	for (i = 0; i < st->borrowed->give_count; i++)
		needs |= ways_bit(st->borrowed->gives[i].mine);
	return needs;
}

/* A branch may compare what an earlier one found not to be empty. */
static uint64_t
needs_of_branches(const struct state *st)
{
	uint64_t needs = 0, known = 0;
	size_t i;

	for (i = 0; i < st->branch_count; i++) {
		needs |= ways_compared(&st->branches[i].when) & ~known;
		known |= ways_else(&st->branches[i].when);
	}
	return needs;
}

/* ---- what is known where */

static void
let_flow(struct flow *f)
{
	const struct ways *w = f->p->ways;
	struct arena *a = f->p->arena;
	const struct keyword *k;
	uint32_t spot;
	uint64_t args;
	size_t i, n;

	f->known = arena_array(a, w->spots, sizeof(*f->known));
	f->queue = arena_array(a, w->spots, sizeof(*f->queue));
	f->queued = arena_array(a, w->spots, sizeof(*f->queued));
	for (spot = 0; spot < w->spots; spot++)
		f->known[spot] = ALL;
	for (i = 0; i < w->door_count; i++) {
		k = w->doors[i].keyword;
		args = 0;
		for (n = 0; k != NULL && n < k->least; n++)
			args |= ways_bit(k->args[n]);
		arrive(f, w->doors[i].spot, args);
	}
	while (f->count > 0) {
		spot = f->queue[f->head];
		f->head = (f->head + 1) % w->spots;
		f->count--;
		f->queued[spot] = false;
		for (i = w->first[spot]; i < w->first[spot + 1]; i++)
			go_on(f, &w->list[i]);
	}
}

static void
arrive(struct flow *f, uint32_t spot, uint64_t known)
{
	size_t room = f->p->ways->spots;

	if ((f->known[spot] & known) == f->known[spot])
		return;
	f->known[spot] &= known;
	if (f->queued[spot])
		return;
	f->queued[spot] = true;
	f->queue[(f->head + f->count++) % room] = spot;
}

static void
go_on(struct flow *f, const struct way *way)
{
	uint64_t known = f->known[way->from] | f->needs[way->from / LAYERS];

	if (way->to != SPOT_OUT)
		arrive(f, way->to, (known | way->sets) & ~way->forgets);
}

/* ---- what is missing */

static void
name_missing(const struct flow *f, uint16_t state)
{
	const struct proof *p = f->p;
	uint64_t named = 0, missing;
	enum layer layer;
	uint32_t spot;
	uint16_t var;

	for (layer = 0; layer < LAYERS; layer++) {
		spot = ways_spot(state, layer);
		missing = f->needs[state] & ~f->known[spot] & ~named;
		for (var = 0; var < p->g->var_count; var++)
			if (missing & ways_bit(var))
				name_variable(
				    f, &p->g->states[state], spot, var);
		named |= missing;
	}
}

static void
name_variable(
    const struct flow *f, const struct state *st, uint32_t spot, uint16_t var)
{
	const struct proof *p = f->p;
	const struct trace *traces = trace_without(f, ways_bit(var));
	const char *name = p->g->vars[var].name;
	int line = line_of_use(p, st, ways_bit(var));
	uint32_t begin = spot;

	while (traces[begin].door == NULL && traces[begin].after == NULL)
		begin = traces[begin].from;
	if (traces[begin].after != NULL)
		proof_wrong(p, CHECK_SAFETY, line, st,
		    "'%s' is secret and was forgotten after the call '%s': "
		    "ask for it again",
		    name, traces[begin].after->name);
	else
		proof_wrong(p, CHECK_VARIABLES, line, st,
		    "'%s' has no value when somebody comes by %s: ask for it, "
		    "take it from a call, or lead elsewhere when 'empty %s'",
		    name, path_to(f, traces, spot), name);
}

/* Where the state speaks of it first. */
static int
line_of_use(const struct proof *p, const struct state *st, uint64_t v)
{
	const struct words *w;
	size_t i;

	for (i = 0; (w = proof_text(st, i)) != NULL; i++)
		if (proof_vars(p->c, w) & v)
			return w->line;
	for (i = 0; i < st->option_count; i++)
		if (ways_compared(&st->options[i].when) & v)
			return st->options[i].line;
	for (i = 0; i < st->branch_count; i++)
		if (ways_compared(&st->branches[i].when) & v)
			return st->branches[i].line;
	return st->reminds ? st->reminder.line : st->line;
}

/* The shortest ways, past no state that speaks of it. */
static struct trace *
trace_without(const struct flow *f, uint64_t v)
{
	const struct ways *w = f->p->ways;
	struct trace *traces =
	    arena_array(f->p->arena, w->spots, sizeof(*traces));
	uint32_t *queue = arena_array(f->p->arena, w->spots, sizeof(*queue));
	size_t head, count = begin_at_doors(f, v, traces, queue), i;
	const struct way *way;

	count = begin_at_calls(f, v, traces, queue, count);
	for (head = 0; head < count; head++) {
		if (f->needs[queue[head] / LAYERS] & v)
			continue;
		for (i = w->first[queue[head]]; i < w->first[queue[head] + 1];
		     i++) {
			way = &w->list[i];
			if (way->to == SPOT_OUT || way->sets & v ||
			    traces[way->to].comes)
				continue;
			traces[way->to] =
			    (struct trace){ .comes = true, .from = way->from };
			queue[count++] = way->to;
		}
	}
	return traces;
}

static size_t
begin_at_doors(
    const struct flow *f, uint64_t v, struct trace *traces, uint32_t *queue)
{
	const struct ways *w = f->p->ways;
	const struct keyword *k;
	size_t i, n, count = 0;
	uint64_t args;

	for (i = 0; i < w->door_count; i++) {
		k = w->doors[i].keyword;
		args = 0;
		for (n = 0; k != NULL && n < k->least; n++)
			args |= ways_bit(k->args[n]);
		if (args & v || traces[w->doors[i].spot].comes)
			continue;
		traces[w->doors[i].spot] =
		    (struct trace){ .comes = true, .door = &w->doors[i] };
		queue[count++] = w->doors[i].spot;
	}
	return count;
}

static size_t
begin_at_calls(const struct flow *f, uint64_t v, struct trace *traces,
    uint32_t *queue, size_t count)
{
	const struct ways *w = f->p->ways;
	const struct way *way;
	size_t i;

	for (i = 0; i < w->count; i++) {
		way = &w->list[i];
		if (!(way->forgets & v) || !w->reached[way->from] ||
		    way->to == SPOT_OUT || traces[way->to].comes)
			continue;
		traces[way->to] = (struct trace){ .comes = true,
			.after = ways_state(w, way->from) };
		queue[count++] = way->to;
	}
	return count;
}

/* "DENI > 'bill' > 'due'": the state itself, which the finding names, is left
 * out. */
static const char *
path_to(const struct flow *f, const struct trace *traces, uint32_t spot)
{
	const struct proof *p = f->p;
	const char *path = "", *begin;
	size_t shown = 0;

	while (traces[spot].door == NULL) {
		spot = traces[spot].from;
		if (shown++ < NAMES_SHOWN)
			path = arena_printf(p->arena, " > '%s'%s",
			    ways_state(p->ways, spot)->name, path);
	}
	begin = door_name(p, traces[spot].door);
	return arena_printf(p->arena, "%s%s%s", begin,
	    shown > NAMES_SHOWN ? " > ..." : "", path);
}

static const char *
door_name(const struct proof *p, const struct door *door)
{
	if (door->keyword != NULL)
		return door->keyword->word;
	if (door->open != NULL)
		return arena_printf(p->arena, "the door '%s'", door->open);
	return "dialling";
}

/* ---- rows */

static void
rows_are_brought(const struct proof *p)
{
	uint64_t brought = 0;
	size_t i, n;

	for (i = 0; i < p->g->api_count; i++)
		for (n = 0; n < p->g->apis[i].take_count; n++)
			brought |= ways_bit(p->g->apis[i].takes[n].var);
	for (i = 0; i < p->g->state_count; i++)
		if (p->g->states[i].borrowed != NULL)
			brought |= ways_taken(p->g, &p->g->states[i]);
	for (i = 0; i < p->g->state_count; i++) {
		const struct state *st = &p->g->states[i];

		if (st->kind == STATE_LIST && !(brought & ways_bit(st->rows)))
			proof_wrong(p, CHECK_VARIABLES, st->line, st,
			    "no service brings the rows '%s': 'take' them in "
			    "apis",
			    p->g->vars[st->rows].name);
	}
}

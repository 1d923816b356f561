/*
 * Check 2: every state can be reached from a door, every state can reach an
 * end, and nobody goes round in a circle without being shown anything.
 *
 * What goes wrong in one place goes wrong in all that follow it. So the states
 * at fault are gathered first, and one finding names a whole group of them, at
 * the state where mending begins.
 */
#include "menus/check_parts.h"
#include "menus/edges.h"

#define NAMES_SHOWN 4

/* States at fault: all of them, those that another one leads to, and those
 * that a finding has named. */
struct faults {
	const struct proof *p;
	bool *at, *led_to, *named;
	const char *says;
};

/* The walk of who is shown nothing. */
enum mark {
	MARK_NEW,
	MARK_ON_PATH,
	MARK_DONE,
};
struct walker {
	const struct proof *p;
	uint32_t *path;
	size_t *next; /* way, of each spot of the path */
	size_t depth;
	enum mark *marks;
	bool *named; /* states */
};

static void doors_are_for_screens(const struct proof *p);
static void every_state_is_reached(const struct proof *p);
static bool is_reached(const struct proof *p, uint16_t state);
static bool copy_is_reached(const struct proof *p, uint16_t state);
static void every_state_can_end(const struct proof *p);
static bool *spots_that_end(const struct proof *p);
static const struct way **ways_by_end(const struct proof *p, size_t *first);
static bool ends_here(const struct ways *w, uint32_t spot);
static void name_faults(struct faults *f);
static void name_group(struct faults *f, uint16_t state);
static size_t gather_group(struct faults *f, uint16_t state, uint16_t *group);
static void nobody_walks_in_the_dark(const struct proof *p);
static void enter(struct walker *w, uint32_t spot);
static void step(struct walker *w);
static void name_circle(struct walker *w, uint32_t spot);

void
check_paths(const struct proof *p)
{
	every_state_is_reached(p);
	every_state_can_end(p);
	nobody_walks_in_the_dark(p);
	doors_are_for_screens(p);
}

/* What is behind a door was proved for who comes by a screen. The outcome of a
 * call may have to be told by SMS though it was made from one. */
static void
doors_are_for_screens(const struct proof *p)
{
	const struct ways *w = p->ways;
	const struct state *st;
	size_t i;

	for (i = 0; i < w->count; i++) {
		st = ways_state(w, w->list[i].from);
		if (w->list[i].to == SPOT_OUT && w->reached[w->list[i].from] &&
		    (ways_layer(w->list[i].from) != LAYER_USSD ||
			(st->kind == STATE_CALL && (st->later || st->once))))
			proof_wrong(p, CHECK_TARGETS, st->line, st,
			    "this leads into another institution, which nobody "
			    "enters by SMS: lead elsewhere when channel == "
			    "'sms'");
	}
}

static void
every_state_is_reached(const struct proof *p)
{
	struct faults f = { .p = p,
		.says = "nobody can come here: no door and no other state "
			"leads here" };
	size_t count = p->g->state_count;
	uint16_t i;

	f.at = arena_array(p->arena, count, sizeof(*f.at));
	for (i = 0; i < count; i++)
		f.at[i] = !is_reached(p, i) && !copy_is_reached(p, i);
	name_faults(&f);
}

static bool
is_reached(const struct proof *p, uint16_t state)
{
	return ways_reach(p->ways, state, LAYER_USSD) ||
	    ways_reach(p->ways, state, LAYER_SMS) ||
	    ways_reach(p->ways, state, LAYER_LATE);
}

/* A dialogue's state is of use when one who runs it can come there. */
static bool
copy_is_reached(const struct proof *p, uint16_t state)
{
	const struct state *origin = p->g->states[state].copy_of;
	uint16_t i;

	for (i = 0; origin != NULL && i < p->g->state_count; i++)
		if (p->g->states[i].copy_of == origin && is_reached(p, i))
			return true;
	return false;
}

static void
every_state_can_end(const struct proof *p)
{
	struct faults f = { .p = p,
		.says = "no way leads on from here to an 'end'" };
	bool *ends = spots_that_end(p);
	uint32_t spot;

	f.at = arena_array(p->arena, p->g->state_count, sizeof(*f.at));
	for (spot = 0; spot < p->ways->spots; spot++)
		if (p->ways->reached[spot] && !ends[spot])
			f.at[spot / LAYERS] = true;
	name_faults(&f);
}

/* From the ends backwards. */
static bool *
spots_that_end(const struct proof *p)
{
	const struct ways *w = p->ways;
	bool *ends = arena_array(p->arena, w->spots, sizeof(*ends));
	uint32_t *queue = arena_array(p->arena, w->spots, sizeof(*queue));
	size_t *first = arena_array(p->arena, w->spots + 2, sizeof(*first));
	const struct way **by_end = ways_by_end(p, first);
	size_t head, tail = 0, i;
	uint32_t spot;

	for (spot = 0; spot < w->spots; spot++)
		if ((ends[spot] = ends_here(w, spot)))
			queue[tail++] = spot;
	for (head = 0; head < tail; head++)
		for (i = first[queue[head]]; i < first[queue[head] + 1]; i++) {
			spot = by_end[i]->from;
			if (!ends[spot])
				queue[tail++] = spot;
			ends[spot] = true;
		}
	return ends;
}

/* All ways in order of where they lead; FIRST of each spot. */
static const struct way **
ways_by_end(const struct proof *p, size_t *first)
{
	const struct ways *w = p->ways;
	const struct way **sorted =
	    arena_array(p->arena, w->count, sizeof(const struct way *));
	size_t i;

	/* Counted two places on, each is in its own place when all are filled
	 * in. */
	for (i = 0; i < w->count; i++)
		if (w->list[i].to != SPOT_OUT)
			first[w->list[i].to + 2]++;
	for (i = 2; i <= w->spots + 1; i++)
		first[i] += first[i - 1];
	for (i = 0; i < w->count; i++)
		if (w->list[i].to != SPOT_OUT)
			sorted[first[w->list[i].to + 1]++] = &w->list[i];
	return sorted;
}

/* An end, an application that ends by itself, the way into an institution, or
 * the one SMS of a late answer. */
static bool
ends_here(const struct ways *w, uint32_t spot)
{
	enum state_kind kind = ways_state(w, spot)->kind;
	size_t i;

	if (kind == STATE_END)
		return true;
	if (kind == STATE_APP && ways_state(w, spot)->next.name == NULL)
		return true;
	if (ways_layer(spot) == LAYER_LATE && edges_has_screen(kind))
		return true;
	for (i = w->first[spot]; i < w->first[spot + 1]; i++)
		if (w->list[i].to == SPOT_OUT)
			return true;
	return false;
}

/* ---- groups of states */

/* First those that no other one at fault leads to, then what is left: circles
 * of such states. */
static void
name_faults(struct faults *f)
{
	const struct ways *w = f->p->ways;
	size_t count = f->p->g->state_count, i;
	uint32_t from, to;

	f->led_to = arena_array(f->p->arena, count, sizeof(*f->led_to));
	f->named = arena_array(f->p->arena, count, sizeof(*f->named));
	for (i = 0; i < w->count; i++) {
		if (w->list[i].to == SPOT_OUT)
			continue;
		from = w->list[i].from / LAYERS;
		to = w->list[i].to / LAYERS;
		if (f->at[from] && from != to)
			f->led_to[to] = true;
	}
	for (i = 0; i < count; i++)
		if (f->at[i] && !f->led_to[i])
			name_group(f, (uint16_t)i);
	for (i = 0; i < count; i++)
		if (f->at[i] && !f->named[i])
			name_group(f, (uint16_t)i);
}

static void
name_group(struct faults *f, uint16_t state)
{
	const struct proof *p = f->p;
	uint16_t *group =
	    arena_array(p->arena, p->g->state_count, sizeof(*group));
	size_t count = gather_group(f, state, group), i;
	const char *names = "";

	for (i = 1; i < count && i <= NAMES_SHOWN; i++)
		names = arena_printf(p->arena, "%s%s'%s'", names,
		    i == 1 ? "" : ", ", p->g->states[group[i]].name);
	if (count > 1)
		names = arena_printf(p->arena, ", and so neither in %s%s",
		    names, count > NAMES_SHOWN + 1 ? ", ..." : "");
	proof_wrong(p, CHECK_TARGETS, p->g->states[state].line,
	    &p->g->states[state], "%s%s", f->says, names);
}

static size_t
gather_group(struct faults *f, uint16_t state, uint16_t *group)
{
	const struct ways *w = f->p->ways;
	size_t head, count = 0, i, end;
	uint32_t to;

	group[count++] = state;
	f->named[state] = true;
	for (head = 0; head < count; head++) {
		end = w->first[(group[head] + 1) * LAYERS];
		for (i = w->first[group[head] * LAYERS]; i < end; i++) {
			to = w->list[i].to;
			if (to == SPOT_OUT || !f->at[to / LAYERS] ||
			    f->named[to / LAYERS])
				continue;
			f->named[to / LAYERS] = true;
			group[count++] = (uint16_t)(to / LAYERS);
		}
	}
	return count;
}

/* ---- circles */

static void
nobody_walks_in_the_dark(const struct proof *p)
{
	size_t spots = p->ways->spots;
	struct walker w = { .p = p };
	uint32_t spot;

	w.path = arena_array(p->arena, spots, sizeof(*w.path));
	w.next = arena_array(p->arena, spots, sizeof(*w.next));
	w.marks = arena_array(p->arena, spots, sizeof(*w.marks));
	w.named = arena_array(p->arena, p->g->state_count, sizeof(*w.named));
	for (spot = 0; spot < spots; spot++) {
		if (!p->ways->reached[spot] || w.marks[spot] != MARK_NEW)
			continue;
		enter(&w, spot);
		while (w.depth > 0)
			step(&w);
	}
}

static void
enter(struct walker *w, uint32_t spot)
{
	w->path[w->depth] = spot;
	w->next[w->depth++] = w->p->ways->first[spot];
	w->marks[spot] = MARK_ON_PATH;
}

static void
step(struct walker *w)
{
	const struct ways *ways = w->p->ways;
	uint32_t spot = w->path[w->depth - 1];
	const struct way *way;

	if (w->next[w->depth - 1] == ways->first[spot + 1]) {
		w->marks[spot] = MARK_DONE;
		w->depth--;
		return;
	}
	way = &ways->list[w->next[w->depth - 1]++];
	if (!way->unseen || way->to == SPOT_OUT)
		return;
	if (w->marks[way->to] == MARK_NEW)
		enter(w, way->to);
	else if (w->marks[way->to] == MARK_ON_PATH)
		name_circle(w, way->to);
}

/* A list without rows is passed unseen, too. */
static void
name_circle(struct walker *w, uint32_t spot)
{
	const struct proof *p = w->p;
	const struct state *st = ways_state(p->ways, spot);
	const char *names;
	size_t from = w->depth, i;

	while (w->path[--from] != spot)
		continue;
	if (w->named[spot / LAYERS])
		return;
	names = arena_printf(p->arena, "'%s'", st->name);
	for (i = from + 1; i < w->depth && i <= from + NAMES_SHOWN; i++)
		names = arena_printf(p->arena, "%s > '%s'", names,
		    ways_state(p->ways, w->path[i])->name);
	if (i < w->depth)
		names = arena_printf(p->arena, "%s > ...", names);
	for (i = from; i < w->depth; i++)
		w->named[w->path[i] / LAYERS] = true;
	proof_wrong(p, CHECK_TARGETS, st->line, st,
	    "%s > '%s' is a circle in which nobody is shown anything: let one "
	    "of them lead to a menu, an ask, a say or an end",
	    names, st->name);
}

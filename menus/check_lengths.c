/*
 * Check 9: nobody has so much to read and to press that the time of a dialogue
 * is over before its end.
 *
 * Menus go in circles, so the longest way there is has no end. What is
 * measured is this: for every state, the shortest way from the door to it and
 * from there on to an end, or back to what is nearer to the door, where one
 * has seen what one came for. The longest of these is the way of the citizen
 * who has the most to do without going astray.
 */
#include "menus/check_parts.h"
#include "menus/screen.h"

#define SCREENS_MANY 6
#define OPTIONS_MANY 7
#define READING_S    15 /* somebody needs so long for a screen */

/* Screens answered, and among ways of equally many the key presses. */
#define ONE_SCREEN ((uint64_t)1 << 32)
#define NO_WAY     ((uint64_t)1 << 62) /* two of them are a number still */

struct lengths {
	const struct proof *p;
	uint64_t *costs; /* of each state, when it is answered */
	uint64_t *from_door; /* of each spot */
	uint64_t *to_end, *to_stop; /* there one ends, or comes back */
};

static void check_options(const struct proof *p);
static void measure(struct lengths *l);
static uint64_t *unknown(const struct proof *p);
static uint64_t cost_of(const struct proof *p, uint16_t state);
static uint64_t presses(const struct graph *g, const struct state *st);
static size_t pages(const struct proof *p, uint16_t state);
static void walk_from_doors(struct lengths *l);
static uint64_t *walk_to_ends(const struct lengths *l, bool back_too);
static bool ends_at(const struct state *st);
static bool is_back(const struct lengths *l, const struct way *way);
static uint64_t cost_along(const struct lengths *l, const struct way *way);
static bool improve(uint64_t *known, uint64_t cost);
static uint32_t farthest(const struct lengths *l);
static uint64_t through(const struct lengths *l, uint32_t spot);
static bool check_door(const struct lengths *l, uint32_t door);
static void check_way(const struct lengths *l, uint32_t spot);
static long long seconds(uint64_t cost);

void
check_lengths(const struct proof *p)
{
	struct lengths l = { .p = p };
	bool fits = true;
	uint32_t spot;
	size_t i;

	check_options(p);
	measure(&l);
	for (i = 0; i < p->ways->door_count; i++)
		if (p->ways->doors[i].keyword == NULL)
			fits = check_door(&l, p->ways->doors[i].spot) && fits;
	spot = farthest(&l);
	if (fits && spot != SPOT_OUT)
		check_way(&l, spot);
}

static void
check_options(const struct proof *p)
{
	size_t i;

	for (i = 0; i < p->g->state_count; i++) {
		const struct state *st = &p->g->states[i];

		if (st->kind == STATE_MENU && st->option_count >= OPTIONS_MANY)
			proof_doubt(p, CHECK_LENGTHS, st->line, st,
			    "%zu options are many to read; put some of them "
			    "into a menu of their own",
			    st->option_count);
	}
}

/* ---- measuring */

static void
measure(struct lengths *l)
{
	const struct proof *p = l->p;
	size_t count = p->g->state_count, i;

	l->costs = arena_array(p->arena, count, sizeof(*l->costs));
	for (i = 0; i < count; i++)
		l->costs[i] = cost_of(p, (uint16_t)i);
	l->from_door = unknown(p);
	walk_from_doors(l);
	l->to_end = walk_to_ends(l, false);
	l->to_stop = walk_to_ends(l, true);
}

static uint64_t *
unknown(const struct proof *p)
{
	size_t spots = p->ways->spots, i;
	uint64_t *list = arena_array(p->arena, spots, sizeof(*list));

	for (i = 0; i < spots; i++)
		list[i] = NO_WAY;
	return list;
}

static uint64_t
cost_of(const struct proof *p, uint16_t state)
{
	return pages(p, state) *
	    (ONE_SCREEN + presses(p->g, &p->g->states[state]));
}

/* What is pressed on one screen, without the key that sends it. */
static uint64_t
presses(const struct graph *g, const struct state *st)
{
	const struct variable *v;

	if (st->kind != STATE_ASK || st->into >= g->var_count)
		return 1;
	v = &g->vars[st->into];
	return v->max_length > 0 ? v->max_length : v->max;
}

/* A say is read to its last page. */
static size_t
pages(const struct proof *p, uint16_t state)
{
	const struct catalogue *c = p->c;
	size_t most = 1, count;
	uint8_t lang;

	if (p->g->states[state].kind != STATE_SAY)
		return 1;
	for (lang = 0; lang < c->lang_count; lang++) {
		count = screen_worst(p->arena, c, p->g, state, lang,
		    CHANNEL_USSD, c->limits.septets, c->limits.ucs2)
			    .pages;
		most = count > most ? count : most;
	}
	return most;
}

/* Files are mostly written from the door on, so one pass finds most ways and
 * few find all. */
static void
walk_from_doors(struct lengths *l)
{
	const struct ways *w = l->p->ways;
	bool better = true;
	size_t i;

	for (i = 0; i < w->door_count; i++)
		if (w->doors[i].keyword == NULL)
			l->from_door[w->doors[i].spot] = 0;
	while (better)
		for (i = 0, better = false; i < w->count; i++) {
			const struct way *way = &w->list[i];

			if (way->to != SPOT_OUT &&
			    improve(&l->from_door[way->to],
				l->from_door[way->from] + cost_along(l, way)))
				better = true;
		}
}

static uint64_t *
walk_to_ends(const struct lengths *l, bool back_too)
{
	const struct ways *w = l->p->ways;
	uint64_t *known = unknown(l->p), rest;
	bool better = true;
	uint32_t spot;
	size_t i;

	for (spot = 0; spot < w->spots; spot++)
		if (ends_at(ways_state(w, spot)))
			known[spot] = 0;
	while (better)
		for (i = w->count, better = false; i-- > 0;) {
			const struct way *way = &w->list[i];

			rest =
			    way->to == SPOT_OUT || (back_too && is_back(l, way))
			    ? 0
			    : known[way->to];
			if (improve(
				&known[way->from], rest + cost_along(l, way)))
				better = true;
		}
	return known;
}

/* An application counts as one screen, and may be the last. */
static bool
ends_at(const struct state *st)
{
	return st->kind == STATE_END ||
	    (st->kind == STATE_APP && st->next.name == NULL);
}

/* What is unseen costs nothing, and yet leads on. */
static bool
is_back(const struct lengths *l, const struct way *way)
{
	uint64_t from = l->from_door[way->from], to = l->from_door[way->to];

	return way->unseen ? to < from : to <= from;
}

static uint64_t
cost_along(const struct lengths *l, const struct way *way)
{
	return way->unseen ? 0 : l->costs[way->from / LAYERS];
}

static bool
improve(uint64_t *known, uint64_t cost)
{
	if (cost >= *known)
		return false;
	*known = cost;
	return true;
}

/* ---- judging */

/* SPOT_OUT when nobody comes in by a screen, or never out again. */
static uint32_t
farthest(const struct lengths *l)
{
	uint32_t spot, most = SPOT_OUT;

	for (spot = 0; spot < l->p->ways->spots; spot++)
		if (ways_layer(spot) == LAYER_USSD &&
		    through(l, spot) < NO_WAY &&
		    (most == SPOT_OUT || through(l, spot) > through(l, most)))
			most = spot;
	return most;
}

static uint64_t
through(const struct lengths *l, uint32_t spot)
{
	return l->from_door[spot] + l->to_stop[spot];
}

/* Where there is no end at all, check 2 says so. Nothing here is an error:
 * limits.session counts from the last answer, and it is the operator's own
 * timer, which we do not set, that ends a whole dialogue. */
static bool
check_door(const struct lengths *l, uint32_t door)
{
	const struct proof *p = l->p;
	const struct state *st = ways_state(p->ways, door);
	uint64_t cost = l->to_end[door];
	int limit = p->c->limits.session_s;

	if (cost >= NO_WAY || seconds(cost) <= limit)
		return true;
	proof_doubt(p, CHECK_LENGTHS, st->line, st,
	    "a citizen who reads for %d s a screen cannot come to an end: the "
	    "shortest way takes %lld s, and limits.session is %d",
	    READING_S, seconds(cost), limit);
	return false;
}

/* The last screen is read too, but nothing hurries there. */
static void
check_way(const struct lengths *l, uint32_t spot)
{
	const struct proof *p = l->p;
	const struct state *st = ways_state(p->ways, spot);
	uint64_t cost = through(l, spot);
	unsigned screens = (unsigned)(cost / ONE_SCREEN) + 1;
	unsigned pressed = (unsigned)(cost % ONE_SCREEN);
	int limit = p->c->limits.session_s;

	if (seconds(cost) > limit)
		proof_doubt(p, CHECK_LENGTHS, st->line, st,
		    "a citizen who comes by here and reads for %d s a screen "
		    "cannot come to the end: the way has %u screens and %u key "
		    "presses and takes %lld s, and limits.session is %d",
		    READING_S, screens, pressed, seconds(cost), limit);
	else if (screens >= SCREENS_MANY)
		proof_doubt(p, CHECK_LENGTHS, st->line, st,
		    "the way by here from the door to an end is long: %u "
		    "screens and %u key presses; ask for less, or on fewer "
		    "screens",
		    screens, pressed);
}

static long long
seconds(uint64_t cost)
{
	return (long long)(cost / ONE_SCREEN) * READING_S;
}

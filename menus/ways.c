/*
 * The ways of a graph, from its doors on.
 */
#include <string.h>

#include "menus/ways.h"

static void add_doors(
    struct arena *a, struct ways *w, const struct catalogue *c);
static void add_state(struct arena *a, struct ways *w, uint32_t from);
static void add_options(struct arena *a, struct ways *w, uint32_t from);
static void add_outcomes(struct arena *a, struct ways *w, uint32_t from);
static void add_branches(struct arena *a, struct ways *w, uint32_t from);
static void add_app(struct arena *a, struct ways *w, uint32_t from);
static void add(struct arena *a, struct ways *w, struct way way,
    const struct target *to, enum layer layer);
static uint64_t secrets_of(const struct graph *g);
static bool always_holds(const struct condition *when, enum layer layer);
static bool is_channel(const struct test *t);
static bool is_so(const struct test *t, enum layer layer);
static void reach(struct arena *a, struct ways *w);

struct ways *
ways_new(struct arena *a, const struct catalogue *c, const struct graph *g)
{
	struct ways *w = arena_alloc(a, sizeof(*w));
	uint32_t spot;

	w->graph = g;
	w->spots = g->state_count * LAYERS;
	w->first = arena_array(a, w->spots + 1, sizeof(*w->first));
	add_doors(a, w, c);
	for (spot = 0; spot < w->spots; spot++) {
		w->first[spot] = w->count;
		add_state(a, w, spot);
	}
	w->first[w->spots] = w->count;
	reach(a, w);
	return w;
}

/* ---- spots */

uint32_t
ways_spot(uint16_t state, enum layer layer)
{
	return (uint32_t)state * LAYERS + layer;
}

const struct state *
ways_state(const struct ways *w, uint32_t spot)
{
	return &w->graph->states[spot / LAYERS];
}

enum layer
ways_layer(uint32_t spot)
{
	return (enum layer)(spot % LAYERS);
}

bool
ways_reach(const struct ways *w, uint16_t state, enum layer layer)
{
	return w->reached[ways_spot(state, layer)];
}

/* ---- from a state on */

static void
add_doors(struct arena *a, struct ways *w, const struct catalogue *c)
{
	const struct graph *g = w->graph;
	bool is_root = g == c->root;
	size_t i, most = g->keyword_count + g->open_count + 1;

	if (is_root)
		most += c->code_count;
	w->doors = arena_array(a, most, sizeof(*w->doors));
	if (g->ussd_door != NOWHERE)
		w->doors[w->door_count++].spot =
		    ways_spot(g->ussd_door, LAYER_USSD);
	for (i = 0; is_root && i < c->code_count; i++)
		w->doors[w->door_count++].spot =
		    ways_spot(c->codes[i].state, LAYER_USSD);
	for (i = 0; i < g->keyword_count; i++)
		w->doors[w->door_count++] = (struct door){
			.spot = ways_spot(g->keywords[i].next.state, LAYER_SMS),
			.keyword = &g->keywords[i],
		};
	for (i = 0; i < g->open_count; i++)
		w->doors[w->door_count++] = (struct door){
			.spot = ways_spot(g->open[i].state, LAYER_USSD),
			.open = g->open[i].name,
		};
}

static void
add_state(struct arena *a, struct ways *w, uint32_t from)
{
	const struct state *st = ways_state(w, from);
	enum layer layer = ways_layer(from);
	struct way way = { .from = from };
	bool goes_on = layer != LAYER_LATE;

	switch (st->kind) {
	case STATE_MENU:
		if (goes_on)
			add_options(a, w, from);
		break;
	case STATE_SAY:
		if (goes_on)
			add(a, w, way, &st->next, layer);
		break;
	case STATE_ASK:
		if (!goes_on)
			break;
		add(a, w, way, &st->fail, layer);
		way.sets = ways_bit(st->into);
		add(a, w, way, &st->next, layer);
		break;
	case STATE_LIST:
		way.unseen = true;
		add(a, w, way, &st->empty, layer);
		way.unseen = false;
		way.sets = ways_bit(st->into) | ways_bit(st->rows);
		if (goes_on)
			add(a, w, way, &st->next, layer);
		break;
	case STATE_CALL:
		add_outcomes(a, w, from);
		break;
	case STATE_ROUTE:
		add_branches(a, w, from);
		break;
	case STATE_SUB:
		way.unseen = true;
		add(a, w, way, &st->next, layer);
		break;
	case STATE_APP:
		add_app(a, w, from);
		break;
	case STATE_END:
		break;
	}
}

static void
add_options(struct arena *a, struct ways *w, uint32_t from)
{
	const struct state *st = ways_state(w, from);
	enum layer layer = ways_layer(from);
	size_t i;

	for (i = 0; i < st->option_count; i++) {
		const struct menu_option *o = &st->options[i];
		struct way way = { .from = from, .sets = ways_if(&o->when) };

		if (!ways_never_holds(&o->when, layer))
			add(a, w, way, &o->next, layer);
	}
}

/* On a screen the outcome is shown while the citizen waits; what is `later`,
 * and a deed whose citizen has hung up, is told by SMS. */
static void
add_outcomes(struct arena *a, struct ways *w, uint32_t from)
{
	const struct state *st = ways_state(w, from);
	enum layer layer = ways_layer(from);
	struct way way = {
		.from = from, .unseen = true, .forgets = secrets_of(w->graph)
	};
	enum outcome i;

	for (i = 0; i < OUTCOME_COUNT; i++) {
		way.sets = i == OUTCOME_OK ? ways_taken(w->graph, st) : 0;
		add(a, w, way, &st->outcomes[i], layer);
		if (layer != LAYER_LATE && (st->later || st->once))
			add(a, w, way, &st->outcomes[i], LAYER_LATE);
	}
}

uint64_t
ways_taken(const struct graph *g, const struct state *st)
{
	const struct api *api;
	uint64_t taken = 0;
	size_t i;

	for (i = 0; st->borrowed != NULL && i < st->borrowed->take_count; i++)
		taken |= ways_bit(st->borrowed->takes[i].mine);
	if (st->api == NOWHERE)
		return taken;
	api = &g->apis[st->api];
	for (i = 0; i < api->take_count; i++)
		taken |= ways_bit(api->takes[i].var);
	return taken;
}

static void
add_branches(struct arena *a, struct ways *w, uint32_t from)
{
	const struct state *st = ways_state(w, from);
	enum layer layer = ways_layer(from);
	uint64_t before = 0;
	size_t i;

	for (i = 0; i < st->branch_count; i++) {
		const struct condition *when = &st->branches[i].when;
		struct way way = { .from = from,
			.unseen = true,
			.sets = before | ways_if(when) };

		if (!ways_never_holds(when, layer))
			add(a, w, way, &st->branches[i].next, layer);
		if (always_holds(when, layer))
			break;
		before |= ways_else(when);
	}
}

/* Off the screen nobody comes in; and nobody comes out with a secret. */
static void
add_app(struct arena *a, struct ways *w, uint32_t from)
{
	const struct state *st = ways_state(w, from);
	enum layer layer = ways_layer(from);
	struct way way = {
		.from = from, .unseen = true, .forgets = secrets_of(w->graph)
	};

	add(a, w, way, &st->fail, layer);
	way.unseen = false;
	if (layer == LAYER_USSD && st->next.name != NULL)
		add(a, w, way, &st->next, layer);
}

static void
add(struct arena *a, struct ways *w, struct way way, const struct target *to,
    enum layer layer)
{
	struct way *larger;

	way.to = to->state == NOWHERE ? SPOT_OUT : ways_spot(to->state, layer);
	if (w->count == w->room) {
		w->room = w->room == 0 ? 64 : w->room * 2;
		larger = arena_array(a, w->room, sizeof(*larger));
		if (w->count > 0)
			memcpy(larger, w->list, w->count * sizeof(*larger));
		w->list = larger;
	}
	w->list[w->count++] = way;
}

static uint64_t
secrets_of(const struct graph *g)
{
	uint64_t secrets = 0;
	uint16_t i;

	for (i = 0; i < g->var_count; i++)
		if (g->vars[i].secret)
			secrets |= ways_bit(i);
	return secrets;
}

/* ---- conditions */

bool
ways_never_holds(const struct condition *when, enum layer layer)
{
	size_t i;

	for (i = 0; i < when->count; i++)
		if (is_channel(&when->tests[i]) &&
		    !is_so(&when->tests[i], layer))
			return true;
	return false;
}

static bool
always_holds(const struct condition *when, enum layer layer)
{
	size_t i;

	for (i = 0; i < when->count; i++)
		if (!is_channel(&when->tests[i]) ||
		    !is_so(&when->tests[i], layer))
			return false;
	return true;
}

static bool
is_channel(const struct test *t)
{
	return t->var == BUILTIN_BASE + BUILTIN_CHANNEL;
}

static bool
is_so(const struct test *t, enum layer layer)
{
	const char *channel = layer == LAYER_USSD ? "ussd" : "sms";

	return (strcmp(t->literal, channel) == 0) == (t->op == COMPARE_EQ);
}

uint64_t
ways_compared(const struct condition *when)
{
	uint64_t compared = 0;
	size_t i;

	for (i = 0; i < when->count; i++)
		if (when->tests[i].op != COMPARE_EMPTY)
			compared |= ways_bit(when->tests[i].var);
	return compared;
}

/* What has no value is equal to nothing, less than nothing, and empty. */
uint64_t
ways_if(const struct condition *when)
{
	uint64_t known = 0;
	size_t i;

	for (i = 0; i < when->count; i++)
		if (when->tests[i].op != COMPARE_EMPTY &&
		    when->tests[i].op != COMPARE_NE)
			known |= ways_bit(when->tests[i].var);
	return known;
}

/* Of several tests nobody knows which one failed. */
uint64_t
ways_else(const struct condition *when)
{
	const struct test *t = when->tests;

	if (when->count == 1 && (t->op == COMPARE_EMPTY || t->op == COMPARE_NE))
		return ways_bit(t->var);
	return 0;
}

uint64_t
ways_bit(uint16_t var)
{
	return var < VARS_MAX ? (uint64_t)1 << var : 0;
}

/* ---- who comes where */

static void
reach(struct arena *a, struct ways *w)
{
	uint32_t *queue = arena_array(a, w->spots, sizeof(*queue)), spot;
	size_t head, tail = 0, i;

	w->reached = arena_array(a, w->spots, sizeof(*w->reached));
	for (i = 0; i < w->door_count; i++) {
		spot = w->doors[i].spot;
		if (!w->reached[spot])
			queue[tail++] = spot;
		w->reached[spot] = true;
	}
	for (head = 0; head < tail; head++)
		for (i = w->first[queue[head]]; i < w->first[queue[head] + 1];
		     i++) {
			spot = w->list[i].to;
			if (spot == SPOT_OUT || w->reached[spot])
				continue;
			w->reached[spot] = true;
			queue[tail++] = spot;
		}
}

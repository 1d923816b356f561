/*
 * Sizes: what check 5 proves, told of those that fit, too.
 */
#include <stdlib.h>
#include <string.h>

#include "menus/builtins.h"
#include "menus/check_parts.h"
#include "menus/layout.h"
#include "menus/limits.h"
#include "menus/sizes.h"

struct sizing {
	struct arena *arena;
	const struct catalogue *c;
	struct sizes *sizes;
	size_t room;
};

static void size_graph(struct sizing *z, const struct graph *g);
static void size_screen(struct sizing *z, const struct graph *g, uint16_t state,
    uint8_t lang, enum channel channel);
static void fill(
    struct size *s, const struct screen_proof *proof, struct gsm_room budget);
static void name_widths(struct arena *a, struct size *s);
static const struct words *text_of(const struct size *s, size_t n);
static struct size_width width_of(const struct graph *g, uint16_t var);
static void add(struct sizing *z, struct size s);
static int order(const void *a, const void *b);

struct sizes
sizes_of(struct arena *a, const struct catalogue *c, const struct graph *alone)
{
	struct sizes sizes = { NULL, 0 };
	struct sizing z = { a, c, &sizes, 0 };
	size_t i;

	if (alone != NULL)
		size_graph(&z, alone);
	else
		size_graph(&z, c->root);
	for (i = 0; alone == NULL && i < c->graph_count; i++)
		size_graph(&z, c->graphs[i]);
	if (sizes.count > 0)
		qsort(sizes.list, sizes.count, sizeof(*sizes.list), order);
	return sizes;
}

static void
size_graph(struct sizing *z, const struct graph *g)
{
	const struct ways *w = ways_new(z->arena, z->c, g);
	enum channel channel;
	uint16_t state;
	uint8_t lang;

	for (state = 0; state < g->state_count; state++)
		for (channel = CHANNEL_USSD; channel <= CHANNEL_SMS; channel++)
			for (lang = 0; lang < z->c->lang_count; lang++)
				if (proof_is_seen(w, state, channel))
					size_screen(z, g, state, lang, channel);
}

static void
size_screen(struct sizing *z, const struct graph *g, uint16_t state,
    uint8_t lang, enum channel channel)
{
	const struct limits l = limits_at(z->c, &g->states[state]);
	struct arena *a = arena_new();
	struct screen_proof proof =
	    screen_worst(a, z->c, g, state, lang, channel, l.septets, l.ucs2);
	struct gsm_room budget = { .septets = (size_t)l.septets,
		.ucs2 = (size_t)l.ucs2 };
	struct size s = { .graph = g,
		.state = &g->states[state],
		.lang = lang,
		.channel = channel,
		.pages = proof.pages };

	arena_free(a);
	if (channel == CHANNEL_SMS) {
		budget = layout_sms_room(l.sms_parts);
		s.pages = (size_t)layout_sms_parts(proof.septets, proof.ucs2);
	}
	fill(&s, &proof, budget);
	name_widths(z->arena, &s);
	if (s.is_ucs2)
		s.because = proof_stranger(z->arena, s.state, lang);
	add(z, s);
}

/* A value may or may not leave the alphabet: the fuller of the two counts. */
static void
fill(struct size *s, const struct screen_proof *proof, struct gsm_room budget)
{
	s->is_ucs2 =
	    proof->ucs2 * budget.septets > proof->septets * budget.ucs2;
	s->takes = s->is_ucs2 ? proof->ucs2 : proof->septets;
	s->budget = s->is_ucs2 ? budget.ucs2 : budget.septets;
	s->percent = (unsigned)(s->takes * 100 / s->budget);
}

/* ---- what makes it so wide */

static void
name_widths(struct arena *a, struct size *s)
{
	uint64_t named = 0, bit;
	const struct words *w;
	struct size_width *widths;
	size_t n, i, most = s->state->kind == STATE_LIST;

	for (n = 0; (w = text_of(s, n)) != NULL; n++)
		most += w->in[s->lang].count;
	widths = arena_array(a, most, sizeof(*widths));
	for (n = 0; (w = text_of(s, n)) != NULL; n++)
		for (i = 0; i < w->in[s->lang].count; i++) {
			const struct piece *p = &w->in[s->lang].pieces[i];

			bit = ways_bit(p->var);
			if (p->literal != NULL || (named & bit) != 0)
				continue;
			named |= bit;
			widths[s->width_count++] = width_of(s->graph, p->var);
		}
	if (s->state->kind == STATE_LIST)
		widths[s->width_count++] = width_of(s->graph, s->state->rows);
	s->widths = widths;
}

/* An end by SMS says its `sms` text where it has one, and only there. */
static const struct words *
text_of(const struct size *s, size_t n)
{
	const struct state *st = s->state;

	if (st->kind != STATE_END)
		return proof_text(st, n);
	if (n > 0)
		return NULL;
	return st->has_sms && s->channel == CHANNEL_SMS ? &st->sms : &st->text;
}

static struct size_width
width_of(const struct graph *g, uint16_t var)
{
	const struct variable *v = builtin_or_own(g, var);

	if (v->type == VAR_ROWS)
		return (struct size_width){ v->name, v->width, v->max };
	return (struct size_width){ v->name, v->max, 1 };
}

/* ---- the list */

static void
add(struct sizing *z, struct size s)
{
	struct size *larger;
	size_t i;

	if (z->sizes->count == z->room) {
		z->room = 2 * z->room + 64;
		larger = arena_array(z->arena, z->room, sizeof(*larger));
		for (i = 0; i < z->sizes->count; i++)
			larger[i] = z->sizes->list[i];
		z->sizes->list = larger;
	}
	z->sizes->list[z->sizes->count++] = s;
}

/* Then where they stand, so that no two are equal. */
static int
order(const void *a, const void *b)
{
	const struct size *one = a, *other = b;
	size_t left = one->takes * other->budget;
	size_t right = other->takes * one->budget;
	int by = (left < right) - (left > right);

	if (by == 0)
		by = (one->pages < other->pages) - (one->pages > other->pages);
	if (by == 0)
		by = strcmp(one->graph->name, other->graph->name);
	if (by == 0)
		by = (one->state > other->state) - (one->state < other->state);
	if (by == 0)
		by = (int)one->channel - (int)other->channel;
	return by != 0 ? by : (int)one->lang - (int)other->lang;
}

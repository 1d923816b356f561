/*
 * The proof of a screen: the layout that citizens get, of a session whose
 * every variable is at its greatest width. It is laid out twice: once with all
 * of them inside the alphabet, and once with those outside it that may be.
 */
#include <string.h>

#include "menus/builtins.h"
#include "menus/layout.h"
#include "menus/rows.h"

/* One septet, which folding and formatting leave alone; and one UCS-2 unit. */
#define PLAIN    "W"
#define STRANGER "\xd0\x96"

struct worst {
	struct scene scene;
	struct session session;
	struct facts facts;
};

static void worst_init(struct worst *w, struct arena *a,
    const struct catalogue *c, const struct graph *g, uint8_t lang,
    enum channel channel);
static uint16_t code_of(
    const struct catalogue *c, const struct graph *g, uint16_t state);
static void widen(struct worst *w, const char *stranger);
static bool is_listed(const struct worst *w, size_t var);
static const char *widest(
    struct arena *a, const struct variable *v, const char *stranger);
static const char *widest_rows(
    struct arena *a, const struct variable *v, const char *label);
static char *repeated(struct arena *a, const char *unit, size_t times);
static bool has_strangers(const struct graph *g);
static void prove(struct screen_proof *proof, struct layout l);
static void refuse(struct screen_proof *proof, const struct layout *l,
    size_t line, struct gsm_room over);
static struct gsm_room whole_room(const struct layout *l);
static void enlarge(size_t *greatest, size_t n);

struct screen_proof
screen_worst(struct arena *a, const struct catalogue *c, const struct graph *g,
    uint16_t state, uint8_t lang, enum channel channel, int septets, int ucs2)
{
	struct screen_proof proof = { .fits = true };
	struct worst w;

	worst_init(&w, a, c, g, lang, channel);
	w.facts = (struct facts){ .septets = septets, .ucs2 = ucs2 };
	w.session.here.state = state;
	w.session.code = code_of(c, g, state);
	widen(&w, PLAIN);
	prove(&proof, layout_of(&w.scene, layout_shows_lang(&w.scene)));
	if (!has_strangers(g))
		return proof;
	widen(&w, STRANGER);
	prove(&proof, layout_of(&w.scene, layout_shows_lang(&w.scene)));
	return proof;
}

struct screen_proof
screen_worst_words(struct arena *a, const struct catalogue *c,
    const struct graph *g, const struct words *words, uint8_t lang,
    enum channel channel, int septets, int ucs2)
{
	struct screen_proof proof = { .fits = true };
	struct worst w;

	worst_init(&w, a, c, g, lang, channel);
	w.facts = (struct facts){ .septets = septets, .ucs2 = ucs2 };
	widen(&w, PLAIN);
	prove(&proof, layout_of_text(&w.scene, scene_text(&w.scene, words)));
	if (!has_strangers(g))
		return proof;
	widen(&w, STRANGER);
	prove(&proof, layout_of_text(&w.scene, scene_text(&w.scene, words)));
	return proof;
}

struct screen_proof
screen_worst_phase(struct arena *a, const struct catalogue *c,
    const struct graph *g, uint16_t state, uint8_t lang, enum phase phase,
    int septets, int ucs2)
{
	struct screen_proof proof = { .fits = true };
	struct worst w;

	worst_init(&w, a, c, g, lang, CHANNEL_USSD);
	w.facts = (struct facts){ .septets = septets, .ucs2 = ucs2 };
	w.session.here.state = state;
	w.session.phase = phase;
	/* Its mask never leaves the alphabet. */
	widen(&w, PLAIN);
	w.session.offered = w.session.vars[g->states[state].into];
	prove(&proof, layout_of(&w.scene, false));
	return proof;
}

struct screen_proof
screen_worst_dropped(struct arena *a, const struct catalogue *c,
    const struct graph *g, uint8_t lang, int septets, int ucs2)
{
	struct screen_proof proof = { .fits = true };
	struct worst w;

	worst_init(&w, a, c, g, lang, CHANNEL_USSD);
	w.facts = (struct facts){ .septets = septets, .ucs2 = ucs2 };
	w.session.dropped = true;
	widen(&w, PLAIN);
	prove(&proof, layout_of(&w.scene, false));
	return proof;
}

/* Filled in place, because its parts point at each other. */
static void
worst_init(struct worst *w, struct arena *a, const struct catalogue *c,
    const struct graph *g, uint8_t lang, enum channel channel)
{
	w->scene = (struct scene){ .arena = a,
		.c = c,
		.graph = g,
		.lang = lang,
		.worst = true,
		.s = &w->session,
		.facts = &w->facts };
	w->session = (struct session){ .channel = channel,
		.lang = lang,
		.depth = 1,
		.here = { .state = NOWHERE } };
}

/* A root menu lacks `home` for certain only where every code leads to it. */
static uint16_t
code_of(const struct catalogue *c, const struct graph *g, uint16_t state)
{
	size_t i;

	for (i = 0; i < c->code_count; i++)
		if (g != c->root || c->codes[i].state != state)
			return NOWHERE;
	return c->code_count == 0 ? NOWHERE : 0;
}

static void
widen(struct worst *w, const char *stranger)
{
	struct arena *a = w->scene.arena;
	const struct graph *g = w->scene.graph;
	struct facts *f = &w->facts;
	size_t i;

	for (i = 0; i < g->var_count; i++)
		if (g->vars[i].type != VAR_ROWS || is_listed(w, i))
			w->session.vars[i] = widest(a, &g->vars[i], stranger);
	f->msisdn = widest(a, &builtins[BUILTIN_MSISDN], stranger);
	f->operator_name = widest(a, &builtins[BUILTIN_OPERATOR], stranger);
	f->code = widest(a, &builtins[BUILTIN_CODE], stranger);
	f->date = widest(a, &builtins[BUILTIN_DATE], stranger);
	f->time = widest(a, &builtins[BUILTIN_TIME], stranger);
}

/* No other rows are worth the work: they stand in no text. */
static bool
is_listed(const struct worst *w, size_t var)
{
	uint16_t here = w->session.here.state;

	return here != NOWHERE && w->scene.graph->states[here].rows == var;
}

/* What is built in never leaves the alphabet. */
static bool
has_strangers(const struct graph *g)
{
	size_t i;

	for (i = 0; i < g->var_count; i++)
		if (g->vars[i].unicode)
			return true;
	return false;
}

static const char *
widest(struct arena *a, const struct variable *v, const char *stranger)
{
	const char *unit = v->unicode ? stranger : PLAIN;

	if (v->type == VAR_ROWS)
		return widest_rows(a, v, repeated(a, unit, v->width));
	return repeated(a, unit, v->max);
}

static const char *
widest_rows(struct arena *a, const struct variable *v, const char *label)
{
	const char column[] = { ROWS_COLUMN, '\0' };
	const char row[] = { ROWS_ROW, '\0' };
	const char *const *col;
	char *one = arena_string(a, label);

	for (col = v->cols; *col != NULL && col[1] != NULL; col++)
		one = arena_printf(a, "%s%s%s", one, column, label);
	one = arena_printf(a, "%s%s", one, row);
	one = repeated(a, one, v->max);
	/* The last row has nothing behind it. */
	if (*one != '\0')
		one[strlen(one) - 1] = '\0';
	return one;
}

static char *
repeated(struct arena *a, const char *unit, size_t times)
{
	size_t len = strlen(unit);
	char *text = arena_alloc(a, len * times + 1), *at = text;

	for (; times > 0; times--)
		at = mempcpy(at, unit, len);
	return text;
}

static void
prove(struct screen_proof *proof, struct layout l)
{
	struct page p = { .begun = false };
	struct gsm_room room, whole = whole_room(&l);

	while (layout_turn(&l, &p)) {
		room = layout_room(&l, &p);
		if (room.in_alphabet)
			enlarge(&proof->septets, room.septets);
		else
			enlarge(&proof->ucs2, room.ucs2);
		if (p.number > 0 && !l.turns && !l.flows)
			refuse(proof, &l, p.from, layout_over(&l, whole));
	}
	if (l.misfits > 0)
		refuse(proof, &l, l.misfit, l.over);
	enlarge(&proof->pages, p.number + 1);
}

/* Of all lines on one page, as an SMS would have to hold them. */
static struct gsm_room
whole_room(const struct layout *l)
{
	struct page all = { .begun = true, .to = l->count };
	struct gsm_room room = layout_room(l, &all);

	room.septets++;
	room.ucs2++;
	return room;
}

static void
refuse(struct screen_proof *proof, const struct layout *l, size_t line,
    struct gsm_room over)
{
	bool has_head = l->lines[0].key == NULL;

	if (!proof->fits)
		return;
	proof->fits = false;
	proof->misfit = (int)line - has_head;
	proof->over_ucs2 = !over.in_alphabet;
	proof->over = over.in_alphabet ? over.septets : over.ucs2;
}

static void
enlarge(size_t *greatest, size_t n)
{
	if (n > *greatest)
		*greatest = n;
}

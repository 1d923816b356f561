/*
 * The way out: from where a walk stands, is there any row of answers and
 * outcomes that comes to an end? Nobody goes home for it: who must do that is
 * lost. But where what was typed leads in a circle, one may go back to it.
 */
#include <string.h>

#include "menus/app.h"
#include "menus/callee.h"
#include "tests/property/tour.h"
#include "tests/property/values.h"

#define PLACES_MAX 3000
#define SLOTS      8192 /* a power of two */

struct search {
	struct tour *t;
	struct move *list[PLACES_MAX];
	size_t count;
	uint64_t seen[SLOTS];
	bool found, back;
};

static bool search(struct tour *t, bool back);
static void visit(struct search *s, const struct move *m);
static bool is_new(struct search *s, const struct move *m);
static void leave(struct search *s, const struct move *m);
static void answer(struct search *s, const struct move *m);
static void answer_ask(
    struct search *s, const struct move *m, const struct variable *v);
static void type(struct search *s, const struct move *m, const char *input);
static void hear(struct search *s, const struct move *m);
static void hear_app(struct search *s, const struct move *m);

bool
escape(struct tour *t)
{
	t->figures->count[SEARCHED]++;
	return search(t, false) || search(t, true) ||
	    tour_broken(t, PROPERTY_END, "from '%s' no way leads to an end",
		t->move.screen == NULL ? "a call" : t->move.screen);
}

static bool
search(struct tour *t, bool back)
{
	struct search *s = arena_alloc(t->arena, sizeof(*s));
	size_t i;

	s->t = t;
	s->back = back;
	visit(s, &t->move);
	for (i = 0; i < s->count && !s->found; i++)
		leave(s, s->list[i]);
	return s->found;
}

static void
visit(struct search *s, const struct move *m)
{
	const struct profile nobody = { NULL, 0 };
	struct move *kept;
	struct move asked;

	if (m->kind == MOVE_PROFILE) {
		asked = step_profile(
		    s->t->c, &s->t->facts, m, &nobody, s->t->arena);
		m = &asked;
	}
	if (m->kind == MOVE_END || m->kind == MOVE_FORGET ||
	    m->kind == MOVE_TELL) {
		s->found = true;
		return;
	}
	if (m->kind == MOVE_ANEW || s->count == PLACES_MAX || !is_new(s, m))
		return;
	kept = arena_alloc(s->t->arena, sizeof(*kept));
	*kept = *m;
	s->list[s->count++] = kept;
}

/* How one came there makes a difference only to who goes back. */
static bool
is_new(struct search *s, const struct move *m)
{
	struct session place = m->session;
	uint64_t hash = 0xcbf29ce484222325u;
	uint8_t *octets;
	size_t len, i;

	if (!s->back)
		place.depth = 0;
	octets = session_pack(s->t->arena, s->t->c, &place, &len);
	for (i = 0; i < len; i++)
		hash = (hash ^ octets[i]) * 0x100000001b3u;
	for (i = hash % SLOTS; s->seen[i] != 0; i = (i + 1) % SLOTS)
		if (s->seen[i] == hash)
			return false;
	s->seen[i] = hash;
	return true;
}

static void
leave(struct search *s, const struct move *m)
{
	if (m->kind == MOVE_SHOW)
		answer(s, m);
	else if (m->kind == MOVE_CALL)
		hear(s, m);
	else
		hear_app(s, m);
}

static void
answer(struct search *s, const struct move *m)
{
	const struct graph *g = session_graph(s->t->c, &m->session);
	const struct state *st = &g->states[m->session.here.state];
	size_t i;

	if (m->session.forgets) {
		type(s, m, "ndiyo");
		return;
	}
	if (m->session.dropped || m->session.phase != PHASE_ASK) {
		type(s, m, "1");
		type(s, m, "2");
		return;
	}
	for (i = 0; st->kind == STATE_MENU && i < st->option_count; i++)
		type(s, m, st->options[i].key);
	if (st->kind == STATE_ASK)
		answer_ask(s, m, &g->vars[st->into]);
	for (i = 1; st->kind == STATE_LIST && i <= 9; i++)
		type(s, m, arena_printf(s->t->arena, "%zu", i));
	if (st->kind == STATE_SAY || st->kind == STATE_APP)
		type(s, m, s->t->c->more.key);
	if (s->back && m->session.depth > 0)
		type(s, m, s->t->c->back.key);
}

/* And in the end nothing that is right. */
static void
answer_ask(struct search *s, const struct move *m, const struct variable *v)
{
	size_t i;

	for (i = 0; i < VALUES_GOOD; i++)
		type(s, m, values_good(s->t->arena, v, i));
	type(s, m, "");
}

static void
type(struct search *s, const struct move *m, const char *input)
{
	struct move next =
	    step_input(s->t->c, &s->t->facts, &m->session, input, s->t->arena);

	visit(s, &next);
}

static void
hear(struct search *s, const struct move *m)
{
	const struct graph *owner;
	const struct api *api = callee_api(s->t->c, m->graph, m->state, &owner);
	struct arena *a = s->t->arena;
	struct chance chance = { 1 };
	const char **values;
	unsigned i;
	size_t take;
	struct move next;

	for (i = 0; i < OUTCOME_COUNT + 6; i++) {
		values = arena_array(a, api->take_count + 1, sizeof(*values));
		for (take = 0; take < api->take_count; take++)
			values[take] = values_given(
			    a, &chance, &owner->vars[api->takes[take].var]);
		next = step_outcome(s->t->c, &s->t->facts, &m->session,
		    i < OUTCOME_COUNT ? (enum outcome)i : OUTCOME_OK, values,
		    a);
		visit(s, &next);
	}
}

static void
hear_app(struct search *s, const struct move *m)
{
	const struct app_answer over = { .action = APP_END,
		.text.in[0] = "kwaheri" };
	struct move next =
	    step_app(s->t->c, &s->t->facts, &m->session, &over, s->t->arena);

	visit(s, &next);
	next = step_app(s->t->c, &s->t->facts, &m->session, NULL, s->t->arena);
	visit(s, &next);
}

/*
 * From place to place.
 *
 * Answering a shown state leaves it: it goes on the pile of places that one
 * may go back to. Then edges are followed until something is to be shown, to
 * be asked of a service, or over.
 *
 * A value belongs to the graph that the session stands in: going from one to
 * another forgets them all.
 */
#include <string.h>

#include "menus/callee.h"
#include "menus/condition.h"
#include "menus/play.h"
#include "menus/rows.h"
#include "menus/screen.h"

static bool enter(struct play *p, const struct target *t);
static void remember(struct play *p, const struct target *followed);
static bool enter_door(struct play *p, const struct target *t);
static void keep_doors(struct play *p);
static void settle(struct play *p);
static const struct target *unseen_edge(const struct play *p);
static bool can_ask(const struct play *p);
static const struct target *taken_branch(const struct play *p);
static void arrive(struct play *p);
static void go_to(struct play *p, struct place place);
static bool same_state(const struct place *a, const struct place *b);

void
play_init(struct play *p, struct arena *a, const struct catalogue *c,
    const struct facts *facts, const struct session *s)
{
	memset(p, 0, sizeof(*p));
	p->move.session = *s;
	p->scene = scene_of(a, c, facts, &p->move.session);
	p->move.session.lang = p->scene.lang;
}

const struct state *
play_state(const struct play *p)
{
	return scene_state(&p->scene);
}

void
play_leave(struct play *p)
{
	struct session *s = &p->move.session;

	if (play_state(p)->kind == STATE_APP)
		return; /* its way back is its own */
	if (s->depth == SESSION_BACK_MAX) {
		s->depth--;
		memmove(s->back, s->back + 1, s->depth * sizeof(*s->back));
	}
	s->back[s->depth++] = s->here;
}

void
play_follow(struct play *p, const struct target *t)
{
	if (enter(p, t))
		settle(p);
	else
		play_end(p, &p->scene.c->absent);
}

/* False when there is no good file behind a door. */
static bool
enter(struct play *p, const struct target *t)
{
	struct place place = p->move.session.here;

	remember(p, t);
	if (t->state == NOWHERE)
		return enter_door(p, t);
	place.state = t->state;
	place.page = 0;
	go_to(p, place);
	return true;
}

static void
remember(struct play *p, const struct target *followed)
{
	struct hop *hop = arena_alloc(p->scene.arena, sizeof(*hop));

	*hop = (struct hop){ followed, p->move.trail };
	p->move.trail = hop;
}

static bool
enter_door(struct play *p, const struct target *t)
{
	struct session *s = &p->move.session;
	uint16_t number, state;

	if (s->channel == CHANNEL_SMS ||
	    !catalogue_door(p->scene.c, t, &number, &state))
		return false;
	keep_doors(p);
	go_to(p, (struct place){ number, state, 0 });
	return true;
}

/* Its values are forgotten behind, so that one comes back to where none is
 * needed: to the root menu, or to a door. */
static void
keep_doors(struct play *p)
{
	struct session *s = &p->move.session;
	const struct graph *const *graphs = p->scene.c->graphs;
	uint8_t i, kept = 0;

	for (i = 0; i < s->depth; i++)
		if (s->back[i].graph == NOWHERE ||
		    graph_is_door(graphs[s->back[i].graph], s->back[i].state))
			s->back[kept++] = s->back[i];
	s->depth = kept;
}

/* Runs on through what is unseen. */
static void
settle(struct play *p)
{
	const struct target *t;
	size_t hops;

	/* The checker proved that unseen states form no circle, in which one
	 * comes by a state twice; were it wrong, the citizen would hear so. */
	for (hops = 0; hops <= STATES_MAX; hops++) {
		t = unseen_edge(p);
		if (t == NULL) {
			arrive(p);
			return;
		}
		/* What was asked in confidence was for this call. */
		if (play_state(p)->kind == STATE_CALL && play_forget_secrets(p))
			p->move.session.depth = 0;
		if (!enter(p, t)) {
			play_end(p, &p->scene.c->absent);
			return;
		}
	}
	play_end(p, &p->scene.c->sorry);
}

/* Where an unseen state leads; NULL for one where the step ends. */
static const struct target *
unseen_edge(const struct play *p)
{
	const struct state *st = play_state(p);

	switch (st->kind) {
	case STATE_ROUTE:
		return taken_branch(p);
	case STATE_LIST:
		if (rows_count(p->move.session.vars[st->rows]) == 0)
			return &st->empty;
		break;
	case STATE_SUB:
		return &st->next;
	case STATE_CALL:
		if (!can_ask(p))
			return &st->outcomes[OUTCOME_FAIL];
		break;
	case STATE_APP: /* which is talked to on the screen only */
		if (p->move.session.channel == CHANNEL_SMS)
			return &st->fail;
		break;
	case STATE_MENU:
	case STATE_ASK:
	case STATE_SAY:
	case STATE_END:
		break;
	}
	return NULL;
}

/* Another's service may be gone, or may not take what it would be given. */
static bool
can_ask(const struct play *p)
{
	struct session theirs;

	return play_state(p)->borrowed == NULL ||
	    callee_session(
		p->scene.arena, p->scene.c, &p->move.session, &theirs);
}

static const struct target *
taken_branch(const struct play *p)
{
	const struct state *st = play_state(p);
	size_t i;

	for (i = 0; i + 1 < st->branch_count; i++)
		if (condition_holds(&p->scene, &st->branches[i].when))
			break;
	return &st->branches[i].next;
}

static void
arrive(struct play *p)
{
	struct session *s = &p->move.session;

	switch (play_state(p)->kind) {
	case STATE_MENU:
	case STATE_ASK:
	case STATE_LIST:
	case STATE_SAY:
		p->move.kind = MOVE_SHOW;
		/* One does not go back to where one is. */
		while (s->depth > 0 &&
		    same_state(&s->back[s->depth - 1], &s->here))
			s->depth--;
		break;
	case STATE_CALL:
		p->move.kind = MOVE_CALL;
		p->move.graph = p->scene.graph;
		p->move.state = play_state(p);
		break;
	case STATE_APP:
		play_visit(p);
		break;
	case STATE_END:
		p->move.kind = MOVE_END;
		if (play_state(p)->reminds)
			p->move.reminder = &play_state(p)->reminder;
		break;
	case STATE_ROUTE:
	case STATE_SUB:
		CHECK(!"a route and a sub lead on");
	}
}

bool
play_forget_secrets(struct play *p)
{
	const struct graph *g = p->scene.graph;
	bool found = false;
	size_t i;

	for (i = 0; i < g->var_count; i++)
		if (g->vars[i].secret) {
			found = found || p->move.session.vars[i] != NULL;
			p->move.session.vars[i] = NULL;
		}
	return found;
}

void
play_back(struct play *p)
{
	struct session *s = &p->move.session;

	CHECK(s->depth > 0);
	go_to(p, s->back[--s->depth]);
	settle(p);
}

void
play_home(struct play *p)
{
	struct session *s = &p->move.session;

	CHECK(s->code < p->scene.c->code_count);
	s->depth = 0;
	go_to(
	    p, (struct place){ NOWHERE, p->scene.c->codes[s->code].state, 0 });
	settle(p);
}

static void
go_to(struct play *p, struct place place)
{
	struct session *s = &p->move.session;

	if (place.graph != s->here.graph)
		memset(s->vars, 0, sizeof(s->vars));
	s->here = place;
	s->tries = 0;
	s->visit = NULL;
	s->phase = PHASE_ASK;
	s->consent = CONSENT_UNKNOWN;
	s->offered = NULL;
	p->scene.graph = session_graph(p->scene.c, s);
}

static bool
same_state(const struct place *a, const struct place *b)
{
	return a->graph == b->graph && a->state == b->state;
}

void
play_end(struct play *p, const struct words *w)
{
	p->move.kind = MOVE_END;
	p->move.screen = screen_plain(&p->scene, scene_text(&p->scene, w));
}

struct move
play_done(struct play *p)
{
	const struct state *st = play_state(p);
	struct move *m = &p->move;

	if (m->kind == MOVE_CALL || m->kind == MOVE_APP ||
	    m->kind == MOVE_ANEW || m->kind == MOVE_TELL ||
	    m->screen != NULL)
		return *m;
	if (play_wants_profile(p)) {
		m->kind = MOVE_PROFILE;
		return *m;
	}
	m->screen = screen_lay(&p->scene, p->wrong).text;
	if (m->kind == MOVE_END && st->has_sms &&
	    m->session.channel == CHANNEL_USSD)
		m->sms = screen_sms(&p->scene, &st->sms);
	return *m;
}

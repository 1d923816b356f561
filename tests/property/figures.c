/*
 * Names of figures, and what counts.
 */
#include <string.h>

#include "menus/edges.h"
#include "tests/property/figures.h"

static void follow(
    struct figures *f, const struct catalogue *c, const struct target *t);
static void follow_edge(
    struct figures *f, const struct state *st, const struct target *t);
static void arrive(
    struct figures *f, const struct catalogue *c, const struct move *m);

static const char *const names[FIGURES] = {
	[MET_MENU] = "menu",
	[MET_ASK] = "ask",
	[MET_LIST] = "list",
	[MET_SAY] = "say",
	[MET_CALL] = "call",
	[MET_ROUTE] = "route",
	[MET_APP] = "app",
	[MET_SUB] = "sub",
	[MET_END] = "end",
	[WENT_OPTION] = "an option taken",
	[WENT_NEXT] = "next",
	[WENT_FAIL] = "fail after tries",
	[WENT_EMPTY] = "an empty list",
	[WENT_OUTCOME] = "an outcome followed",
	[WENT_BRANCH] = "a branch of a route",
	[WENT_DOOR] = "a door of another institution",
	[WENT_SUB_IN_SUB] = "a dialogue in a dialogue",
	[HAD_OK] = "ok",
	[HAD_MISSING] = "missing",
	[HAD_FAIL] = "fail",
	[HAD_SLOW] = "slow",
	[HAD_BORROWED] = "another institution's service",
	[HAD_ONCE] = "a call made once",
	[HAD_LATE] = "a late answer",
	[NODE_LOST] = "a node that died",
	[SECRET_LOST] = "a secret lost with its node",
	[DIALLED] = "a dial",
	[DIALLED_THROUGH] = "dialled through",
	[TEXTED] = "a keyword",
	[TEXT_UNKNOWN] = "no keyword at all",
	[TEXT_SHORT] = "too few arguments",
	[TEXT_OPTIONAL] = "an optional argument left out",
	[TEXT_REST] = "the rest of a message",
	[TEXT_ANSWERED] = "an answer by SMS",
	[ANSWER_TAKEN] = "an answer taken",
	[ANSWER_WRONG] = "a wrong answer",
	[NAV_BACK] = "back",
	[NAV_HOME] = "home",
	[NAV_MORE] = "more",
	[NAV_LANG] = "another language",
	[KEYS_LIMITED] = "a key where its line does not stand",
	[LATER_PAGE] = "a later page",
	[OFFER_DROPPED] = "a dropped dialogue offered",
	[OFFER_ANEW] = "begun anew instead",
	[ASKED_USE] = "a value of before offered",
	[ASKED_READ] = "another institution's value offered",
	[ASKED_KEEP] = "asked whether to keep",
	[KEPT_NO] = "not to be kept",
	[KEPT_YES] = "kept",
	[KEPT_SHARED] = "kept and shared",
	[FORGET_ASKED] = "asked whether to erase all",
	[FORGET_DONE] = "all erased",
	[TOLD] = "told what is held",
	[APP_ASKS] = "an application asks",
	[APP_ENDS] = "an application ends",
	[APP_LEADS] = "an application leads on",
	[APP_FAILS] = "an application fails",
	[APP_WRITES] = "an application writes an SMS",
	[END_SMS] = "an end with an SMS",
	[END_PLANS] = "an end that plans a call",
	[SCREEN_FULL] = "a screen full to the last septet",
	[SCREEN_UCS2] = "a text in UCS-2",
	[SCREEN_LOWERED] = "a screen with a limit of its own",
	[SMS_LONG] = "an SMS of several parts",
	[VALUE_CUT] = "a value cut",
	[VALUE_BRACES] = "a value with braces",
	[TONGUE_FOURTH] = "a fourth language",
	[OCTETS_REFUSED] = "bad octets refused",
	[OCTETS_TAKEN] = "bad octets taken",
	[SEARCHED] = "a search for an end",
};

const char *
figure_name(enum figure figure)
{
	return names[figure];
}

void
figures_of_move(
    struct figures *f, const struct catalogue *c, const struct move *m)
{
	const struct hop *hop;

	for (hop = m->trail; hop != NULL; hop = hop->before)
		follow(f, c, hop->followed);
	f->count[ANSWER_TAKEN] += m->reading == READING_TAKEN;
	f->count[ANSWER_WRONG] += m->reading == READING_WRONG;
	f->count[OFFER_ANEW] += m->kind == MOVE_ANEW;
	f->count[END_SMS] += m->sms != NULL;
	f->count[END_PLANS] += m->reminder != NULL;
	if (m->keeps != NULL)
		f->count[KEPT_NO + (m->keeps->consent - CONSENT_NO)]++;
	if (m->kind != MOVE_ANEW)
		arrive(f, c, m);
}

static void
follow(struct figures *f, const struct catalogue *c, const struct target *t)
{
	size_t g, i;

	f->count[WENT_DOOR] += t->state == NOWHERE;
	for (i = 0; i < c->root->state_count; i++)
		follow_edge(f, &c->root->states[i], t);
	for (g = 0; g < c->graph_count; g++)
		for (i = 0; i < c->graphs[g]->state_count; i++)
			follow_edge(f, &c->graphs[g]->states[i], t);
}

/* Unseen states are met where they are left. */
static void
follow_edge(struct figures *f, const struct state *st, const struct target *t)
{
	struct edge e;
	size_t n;

	for (n = 0; edges_get(st, n, &e); n++) {
		if (e.to != t)
			continue;
		f->count[WENT_OPTION + e.kind]++;
		if (st->kind == STATE_ROUTE || st->kind == STATE_SUB)
			f->count[MET_MENU + st->kind]++;
		if (st->kind == STATE_SUB && strchr(st->name, '/') != NULL)
			f->count[WENT_SUB_IN_SUB]++;
	}
}

static void
arrive(struct figures *f, const struct catalogue *c, const struct move *m)
{
	const struct session *s = &m->session;
	const struct state *st = &session_graph(c, s)->states[s->here.state];

	f->count[OFFER_DROPPED] += s->dropped;
	if (m->kind == MOVE_SHOW || m->kind == MOVE_CALL ||
	    m->kind == MOVE_APP || st->kind == STATE_END)
		f->count[MET_MENU + st->kind]++;
	f->count[ASKED_READ] += m->kind == MOVE_SHOW && s->phase == PHASE_USE &&
	    session_graph(c, s)->vars[st->into].reads != NULL;
	f->count[ASKED_USE] += m->kind == MOVE_SHOW && s->phase == PHASE_USE;
	f->count[ASKED_KEEP] += m->kind == MOVE_SHOW && s->phase == PHASE_KEEP;
}

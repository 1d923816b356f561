/*
 * Playing a walk.
 */
#include <stdlib.h>
#include <string.h>

#include "menus/app.h"
#include "menus/callee.h"
#include "menus/screen.h"
#include "tests/property/draft.h"
#include "tests/property/tour.h"
#include "tests/property/values.h"

static void count_key(struct tour *t, const struct move *m);
static void play_outcome(struct tour *t, const struct event *e);
static void play_app(struct tour *t, const struct event *e);
static const char *said(
    struct tour *t, struct chance *chance, bool in_all, size_t lang);
static struct move with_profile(
    struct tour *t, const struct event *e, const struct move *m);
static struct profile some_profile(
    struct tour *t, const struct event *e, const struct move *m);
static bool judge(struct tour *t);
static bool keep(struct tour *t);
static void spoil(struct tour *t, const uint8_t *octets, size_t len);
static void tell_event(const struct tour *t);
static void tell_move(const struct tour *t);

void
tour_init(
    struct tour *t, struct arena *a, const struct catalogue *c, uint64_t seed)
{
	struct chance chance = { seed };
	bool wide = chance_in(&chance, 4);

	t->c = c;
	t->arena = a;
	t->facts = (struct facts){ .msisdn = "255712345678901",
		.operator_name = "Mtandao wa Simu Wote",
		.code = "*152*00*123*456*789#",
		.date = "2026-02-28",
		.time = "09:30",
		.septets = wide ? 182 : c->limits.septets,
		.ucs2 = wide ? 80 : c->limits.ucs2 };
	t->septets = (size_t)t->facts.septets;
	t->ucs2 = (size_t)t->facts.ucs2;
}

bool
tour_play(struct tour *t, const struct event *e)
{
	struct move m;
	enum move_kind kind = t->move.kind;

	t->event = e;
	t->before = t->kept.here;
	if (t->trace != NULL)
		tell_event(t);
	switch (e->kind) {
	case EVENT_DIAL:
		m = step_begin(t->c, &t->facts,
		    (uint8_t)(e->choice % t->c->lang_count), e->text, t->arena);
		break;
	case EVENT_TEXT:
		m = step_keyword(t->c, &t->facts,
		    (uint8_t)(e->choice % t->c->lang_count), e->text, t->arena);
		break;
	case EVENT_INPUT:
		if (!t->stands || kind != MOVE_SHOW)
			return true;
		m = step_input(t->c, &t->facts, &t->kept, e->text, t->arena);
		count_key(t, &m);
		break;
	case EVENT_DROP:
		if (!t->stands || kind != MOVE_SHOW ||
		    !session_may_resume(t->c, &t->kept))
			return true;
		m = step_dropped(t->c, &t->facts, &t->kept, t->arena);
		break;
	case EVENT_OUTCOME:
		if (!t->stands || kind != MOVE_CALL)
			return true;
		play_outcome(t, e);
		return judge(t);
	case EVENT_APP:
		if (!t->stands || kind != MOVE_APP)
			return true;
		play_app(t, e);
		return judge(t);
	}
	t->move = with_profile(t, e, &m);
	return judge(t);
}

static void
count_key(struct tour *t, const struct move *m)
{
	const struct nav *const navs[] = { &t->c->back, &t->c->home,
		&t->c->more, &t->c->lang };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(navs); i++)
		if (strcmp(t->event->text, navs[i]->key) == 0)
			t->figures
			    ->count[m->reading == READING_NAV ? NAV_BACK + i
							      : KEYS_LIMITED]++;
}

/* ---- services and applications */

/* A node may die meanwhile: another one knows only what was kept, and lets a
 * call fail whose secret is lost. */
static void
play_outcome(struct tour *t, const struct event *e)
{
	const struct state *st = t->move.state;
	const struct graph *owner;
	const struct api *api = callee_api(t->c, t->move.graph, st, &owner);
	const char **values =
	    arena_array(t->arena, api->take_count + 1, sizeof(*values));
	struct session s = t->move.session;
	struct chance chance = { e->seed };
	enum outcome outcome = (enum outcome)(e->choice & OUTCOME_BITS);
	struct move m;
	size_t i;

	for (i = 0; i < api->take_count; i++)
		values[i] = values_given(
		    t->arena, &chance, &owner->vars[api->takes[i].var]);
	if (e->choice & NODE_DIED) {
		t->figures->count[NODE_LOST]++;
		s = t->kept;
		if (session_holds_secret(t->c, &t->move.session)) {
			t->figures->count[SECRET_LOST]++;
			outcome = OUTCOME_FAIL;
		}
	}
	if ((e->choice & OUTCOME_LATE) && (st->later || st->once)) {
		t->figures->count[HAD_LATE]++;
		s.channel = CHANNEL_SMS;
	}
	t->figures->count[HAD_OK + outcome]++;
	t->figures->count[HAD_BORROWED] += st->borrowed != NULL;
	t->figures->count[HAD_ONCE] += st->once;
	m = step_outcome(t->c, &t->facts, &s, outcome, values, t->arena);
	t->move = with_profile(t, e, &m);
}

static void
play_app(struct tour *t, const struct event *e)
{
	struct chance chance = { e->seed };
	const struct app *app = &t->move.graph->apps[t->move.state->app];
	struct app_answer answer = { .action = (enum app_action)chance_pick(
					 &chance, 3) };
	bool in_all = chance_in(&chance, 2), silent = chance_in(&chance, 8);
	const struct session *s =
	    chance_in(&chance, 8) ? &t->kept : &t->move.session;
	struct move m;
	size_t lang;

	for (lang = 0; lang < t->c->lang_count; lang++)
		answer.text.in[lang] = said(t, &chance, in_all, lang);
	if (!in_all)
		answer.text
		    .in[chance_pick(&chance, (unsigned)t->c->lang_count)] =
		    NULL;
	if (app->sms && chance_in(&chance, 2)) {
		answer.message_count = 1;
		answer.messages[0] = answer.text;
	}
	m = step_app(t->c, &t->facts, s, silent ? NULL : &answer, t->arena);
	t->figures->count[APP_ASKS] += answer.action == APP_PROMPT && !silent;
	t->figures->count[APP_ENDS] += answer.action == APP_END && !silent;
	t->figures->count[APP_LEADS] += answer.action == APP_MENU && !silent;
	t->figures->count[APP_FAILS] += m.left_failed;
	t->figures->count[APP_WRITES] += m.message_count > 0;
	t->move = with_profile(t, e, &m);
}

/* With the mark of its language only where there is a text in each. */
static const char *
said(struct tour *t, struct chance *chance, bool in_all, size_t lang)
{
	static const char *const units[] = { "neno ", "1 chagua\n", "{t0}[",
		"W", "" };
	const char *unit = units[chance_pick(chance, ARRAY_SIZE(units))];

	return arena_printf(t->arena, "%s%s", in_all ? draft_mark(lang) : "",
	    values_repeated(t->arena, unit, chance_pick(chance, 120)));
}

/* ---- profiles */

/* What is known of anybody: much, little or nothing. */
static struct move
with_profile(struct tour *t, const struct event *e, const struct move *m)
{
	struct profile profile;

	t->told = false;
	if (m->kind != MOVE_PROFILE && m->kind != MOVE_TELL)
		return *m;
	profile = some_profile(t, e, m);
	t->told = m->kind == MOVE_TELL;
	t->figures->count[TOLD] += t->told;
	if (t->told)
		return step_tell(t->c, &t->facts, m, &profile, 7, t->arena);
	return step_profile(t->c, &t->facts, m, &profile, t->arena);
}

static struct profile
some_profile(struct tour *t, const struct event *e, const struct move *m)
{
	struct chance chance = { e->seed + 1 };
	const struct graph *g = session_graph(t->c, &m->session);
	const struct state *st = &g->states[m->session.here.state];
	struct known *k = arena_alloc(t->arena, sizeof(*k));
	const struct variable *v;

	*k = (struct known){ .value = "", .until = "2027-01-31" };
	if (m->kind == MOVE_TELL || chance_in(&chance, 3))
		g = t->c->graphs[chance_pick(
		    &chance, (unsigned)t->c->graph_count)];
	if (g->var_count == 0)
		return (struct profile){ NULL, 0 };
	v = &g->vars[m->kind == MOVE_TELL || st->kind != STATE_ASK ||
		    g != session_graph(t->c, &m->session)
		? 0
		: st->into];
	k->institution = g->name;
	k->name = v->name;
	k->consent = CONSENT_NO + (enum consent)chance_pick(&chance, 3);
	if (k->consent != CONSENT_NO)
		k->value = values_typed(t->arena, &chance, v);
	if (v->reads != NULL && chance_in(&chance, 2)) {
		k->institution = v->reads_from;
		k->name = v->reads;
		k->consent = CONSENT_SHARED;
		k->value = values_typed(t->arena, &chance, v);
	}
	return (struct profile){ k, chance_pick(&chance, 2) };
}

/* ---- what must hold */

static bool
judge(struct tour *t)
{
	struct move *m = &t->move;
	bool late = t->event->kind == EVENT_OUTCOME &&
	    (t->event->choice & OUTCOME_LATE) &&
	    m->session.channel == CHANNEL_SMS;

	figures_of_move(t->figures, t->c, m);
	t->kept = m->session;
	t->stands =
	    m->kind == MOVE_SHOW || m->kind == MOVE_CALL || m->kind == MOVE_APP;
	if (t->trace != NULL)
		tell_move(t);
	if (m->kind == MOVE_ANEW)
		return true;
	if (t->plant == PLANT_CRASH && m->session.vars[0] != NULL)
		abort();
	if (t->stands && !keep(t))
		return false;
	if (m->kind != MOVE_CALL && m->kind != MOVE_APP && !oracle(t))
		return false;
	/* It is told by one SMS, and goes on only by what is unseen. */
	if (late && m->kind == MOVE_SHOW)
		t->stands = false;
	return true;
}

static bool
keep(struct tour *t)
{
	size_t len;
	uint8_t *octets = session_pack(t->arena, t->c, &t->move.session, &len);

	if (session_unpack(t->arena, t->c, octets, len, &t->kept) != 0)
		return tour_broken(
		    t, PROPERTY_KEPT, "the session cannot be unpacked");
	if (t->plant == PLANT_KEPT)
		t->kept.here.page = 0;
	if (t->plant == PLANT_UNSET)
		t->kept.vars[0] = NULL;
	spoil(t, octets, len);
	return true;
}

/* Octets that went bad are refused, or mean another session that can be
 * played. */
static void
spoil(struct tour *t, const uint8_t *octets, size_t len)
{
	struct chance chance = { t->event->seed + 2 };
	uint8_t *bad = arena_copy(t->arena, octets, len);
	unsigned count = chance_range(&chance, 1, 3);
	struct session s;

	for (; count > 0; count--)
		bad[chance_pick(&chance, (unsigned)len)] =
		    (uint8_t)chance_pick(&chance, 256);
	if (chance_in(&chance, 4))
		len = chance_pick(&chance, (unsigned)len);
	if (session_unpack(t->arena, t->c, bad, len, &s) != 0) {
		t->figures->count[OCTETS_REFUSED]++;
		return;
	}
	t->figures->count[OCTETS_TAKEN]++;
	(void)step_input(t->c, &t->facts, &s, "1", t->arena);
}

bool
tour_broken(
    const struct tour *t, enum property property, const char *format, ...)
{
	va_list args;

	if (t->verdict->broken != PROPERTY_HOLDS)
		return false;
	t->verdict->broken = property;
	va_start(args, format);
	vsnprintf(t->verdict->says, sizeof(t->verdict->says), format, args);
	va_end(args);
	return false;
}

/* In the words of a talk: > is the citizen, < what is shown. */
static void
tell_event(const struct tour *t)
{
	static const char *const outcomes[] = { "ok", "missing", "fail",
		"slow" };
	const struct event *e = t->event;

	switch (e->kind) {
	case EVENT_DIAL:
	case EVENT_TEXT:
	case EVENT_INPUT:
		fprintf(t->trace, "> %s\n", e->text);
		break;
	case EVENT_DROP:
		fputs("# it is dropped\n", t->trace);
		break;
	case EVENT_OUTCOME:
		fprintf(t->trace, "# the service: %s%s%s\n",
		    outcomes[e->choice & OUTCOME_BITS],
		    e->choice & OUTCOME_LATE ? ", late" : "",
		    e->choice & NODE_DIED ? ", and the node died" : "");
		break;
	case EVENT_APP:
		fputs("# the application answers\n", t->trace);
		break;
	}
	fflush(t->trace);
}

static void
tell_move(const struct tour *t)
{
	if (t->move.screen != NULL)
		fprintf(t->trace, "< \"%s\"\n", t->move.screen);
	if (t->move.kind == MOVE_CALL || t->move.kind == MOVE_APP)
		fprintf(t->trace, "# at %s\n", t->move.state->name);
	fflush(t->trace);
}

/*
 * What is its own of a turn that asks an institution's application. The asking
 * itself is a call's: turn_call.c.
 *
 * With every screen of an application its citizen's last will is stored: that
 * the time was over. It is due when the session's time is, and says so if
 * nobody has said anything else by then; whatever ends the visit earlier is
 * written over it. So no end goes untold, whoever dies.
 */
#include "base/clock.h"
#include "gateway/app.h"
#include "gateway/calling.h"
#include "gateway/catalogues.h"
#include "gateway/errand.h"
#include "gateway/planned.h"
#include "gateway/turn_parts.h"

/* The sweeper has found the session first by then. */
#define WILL_LATER_MS 2000
#define NOTICE_MS     10000 /* for an application to take it */

/* Which visit ended how. */
struct ending {
	const struct graph *graph;
	const struct state *state;
	const struct visit *visit;
	enum app_event event;
	const char *failed; /* why there was no answer, or NULL */
};

static struct ending leaving(const struct move *m);
static struct ending standing(
    const struct catalogue *c, const struct session *s, enum app_event event);
static const struct store_call *notice(struct turn *t,
    const struct catalogue *c, const struct session *s, struct ending ending,
    int64_t in_ms);
static struct store_call reminder(struct turn *t);

enum turn_next
turn_app(struct turn *t)
{
	struct session *s = &t->move.session;
	struct visit *v;
	char id[MESSAGE_ID];

	/* There is no screen any more to talk on. */
	if (t->muted)
		return turn_then(t, turn_close);
	if (s->visit->id == NULL) {
		v = arena_copy(t->arena, s->visit, sizeof(*v));
		message_id_new(t->gateway->store, t->key.msisdn, id);
		v->id = arena_string(t->arena, id);
		v->begun_ms = clock_wall_ms();
		s->visit = v;
	}
	return turn_then(t, turn_call);
}

enum turn_next
turn_app_answered(struct turn *t)
{
	const struct session asked = t->move.session;
	struct app_answer answer;
	bool good = t->outcome == OUTCOME_OK &&
	    app_take(t->catalogue, t->values, &answer);

	t->move = step_app(
	    t->catalogue, &t->facts, &asked, good ? &answer : NULL, t->arena);
	return turn_then(t, turn_moved);
}

/* ---- what is told or asked later */

void
turn_break_off(struct turn *t)
{
	const struct record *r = &t->record;
	const struct catalogue *c;
	struct session s;

	t->farewell = NULL;
	if (!t->found || r->life == RECORD_ENDED)
		return;
	/* One that this node never played is told by its will. */
	c = catalogues_find(t->gateway->catalogues, &r->catalogue);
	if (c == NULL ||
	    session_unpack(t->arena, c, r->menu, r->menu_len, &s) == -1)
		return;
	if (s.visit != NULL && s.visit->id != NULL && !s.visit->ended)
		t->farewell = notice(t, c, &s, standing(c, &s, APP_ABORTS), 0);
}

size_t
turn_plans(struct turn *t, int64_t live_ms, struct store_call *plans)
{
	const struct move *m = &t->move;
	const struct visit *v = m->session.visit;
	const struct store_call *plan = NULL;
	size_t count = 0;

	if (t->farewell != NULL)
		plans[count++] = *t->farewell;
	if (t->catalogue == NULL)
		return count;
	if (m->left != NULL)
		plan = notice(t, t->catalogue, &m->session, leaving(m), 0);
	else if (v != NULL && v->id != NULL && !v->ended &&
	    t->life != RECORD_ENDED)
		plan = notice(t, t->catalogue, &m->session,
		    standing(t->catalogue, &m->session, APP_TIMES_OUT),
		    live_ms + WILL_LATER_MS);
	if (plan != NULL)
		plans[count++] = *plan;
	if (m->reminder != NULL && t->life == RECORD_ENDED)
		plans[count++] = reminder(t);
	return count;
}

/* How a visit ended that the application, or its silence, ended. */
static struct ending
leaving(const struct move *m)
{
	return (struct ending){ .graph = m->left_graph,
		.state = m->left_state,
		.visit = m->left,
		.event = m->left_failed ? APP_ABORTS : APP_IS_OVER,
		.failed = m->left_failed ? "No answer as agreed" : NULL };
}

/* And one that somebody else ends, or nobody. */
static struct ending
standing(
    const struct catalogue *c, const struct session *s, enum app_event event)
{
	const struct graph *g = session_graph(c, s);

	return (struct ending){ .graph = g,
		.state = &g->states[s->here.state],
		.visit = s->visit,
		.event = event };
}

/* NULL when the application does not want to know. */
static const struct store_call *
notice(struct turn *t, const struct catalogue *c, const struct session *s,
    struct ending ending, int64_t in_ms)
{
	const struct app *app = &ending.graph->apps[ending.state->app];
	const struct app_told told = { .event = ending.event,
		.app = app,
		.visit = ending.visit,
		.state = ending.state->name,
		.msisdn = t->key.msisdn,
		.code = s->code < c->code_count ? c->codes[s->code].code : "",
		.operator_name = t->key.operator_name,
		.lang = c->langs[s->lang],
		.deadline_ms = NOTICE_MS,
		.failed = ending.failed,
		.at_ms = clock_wall_ms() + in_ms };
	struct store_call plan;

	if (app->events == NULL)
		return NULL;
	plan = errand_plan(t->arena,
	    &(struct errand){ .kind = ERRAND_NOTICE,
		.id = ending.visit->id,
		.msisdn = t->key.msisdn,
		.institution = ending.graph->name,
		.name = app->name,
		.method = "POST",
		.url = app->events,
		.body = app_write(t->arena, &told),
		.content = app_content(app->api.speech),
		.timeout_ms = NOTICE_MS,
		.max_calls = ending.graph->max_calls },
	    in_ms);
	return arena_copy(t->arena, &plan, sizeof(plan));
}

/* Made once: a commit that is tried again plans it once. */
static struct store_call
reminder(struct turn *t)
{
	if (t->reminder_id[0] == '\0')
		message_id_new(
		    t->gateway->store, t->key.msisdn, t->reminder_id);
	return planned_call(
	    t->arena, t->catalogue, &t->facts, &t->move, t->reminder_id);
}

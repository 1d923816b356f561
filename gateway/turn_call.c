/*
 * A turn that asks an institution.
 *
 *	call -> stored -> ask -> answered -> moved
 *	                     \-> slow -----/
 *
 * The call is stored before it is made, and the request acknowledged then:
 * from here on nothing is lost, whoever dies. When the turn's budget is spent
 * first, the citizen sees the `slow` path now.
 */
#include <event2/event.h>
#include <string.h>

#include "base/clock.h"
#include "base/failpoint.h"
#include "config/dialects.h"
#include "config/settings.h"
#include "gateway/calling.h"
#include "gateway/facts.h"
#include "gateway/turn_parts.h"
#include "menus/app.h"
#include "menus/callee.h"
#include "menus/limits.h"

/* Past its budget the turn takes the slow path before the call times out. */
#define SLOW_FIRST_MS 500

/* What the `slow` path may need before an operator gives up that waits for S
 * seconds. */
#define TO_BE_SHOWN_MS(s) ((s) > 4 ? 1000 : (s)*250)

static void lower_budget(struct turn *t);
static struct limits call_limits(const struct turn *t);
static void call_stored(void *arg, enum store_result result);
static enum turn_next turn_ask(struct turn *t);
static enum turn_next ask_unheard(struct turn *t);
static int64_t call_deadline(const struct turn *t);
static void start_budget(struct turn *t);
static void call_answered(
    void *arg, enum outcome outcome, const char *const *values);
static void call_slow(evutil_socket_t fd, short what, void *arg);
static enum turn_next turn_outcome(struct turn *t);
static enum turn_next turn_call_again(struct turn *t);
static const struct api *turn_api(const struct turn *t);
static bool still_calling(const struct turn *t);
static void keep_values(struct turn *t, const char *const *values);

enum turn_next
turn_call(struct turn *t)
{
	const char *code =
	    t->channel == CHANNEL_SMS ? t->number : t->facts.code;
	struct store_call opens = { 0 };
	struct arena *a = t->arena;

	t->call = (struct call){ .msisdn = t->key.msisdn,
		.operator_name = t->key.operator_name,
		.channel = t->key.channel,
		.number = code,
		.epoch = t->record.epoch,
		.catalogue = t->catalogue->hash,
		.secret_lost =
		    session_holds_secret(t->catalogue, &t->move.session) };
	message_id_new(t->gateway->store, t->key.msisdn, t->call.id);
	t->call.menu =
	    session_pack(a, t->catalogue, &t->move.session, &t->call.menu_len);
	t->call.ref = ussd_ref_pack(a, &t->event.ref, &t->call.ref_len);
	lower_budget(t);

	opens.id = t->call.id;
	opens.deadline_ms = CALLING_ALIVE_MS;
	opens.octets = call_pack(a, &t->call, &opens.len);
	t->life = t->muted ? RECORD_ENDED : RECORD_CALLING;
	t->screen = NULL;
	turn_store(t, &opens, call_stored);
	return TURN_WAIT;
}

/* Calls in a row have the budget of one turn, and each may want less. */
static void
lower_budget(struct turn *t)
{
	int64_t ends = clock_steady_ms() + call_limits(t).turn_ms;
	const struct dialect *d = link_settings(t->link)->dialect;
	int64_t heard =
	    turn_heard_until(t) - TO_BE_SHOWN_MS(d->timers.answer_s);

	if (t->channel == CHANNEL_USSD && heard < ends)
		ends = heard;
	if (t->budget_ends_ms == 0 || ends < t->budget_ends_ms)
		t->budget_ends_ms = ends;
}

static struct limits
call_limits(const struct turn *t)
{
	return limits_at(t->catalogue, t->move.state);
}

static void
call_stored(void *arg, enum store_result result)
{
	struct turn *t = arg;

	t->store_ask = NULL;
	if (result != STORE_OK) {
		turn_not_stored(t, result);
		return;
	}
	if (t->calling != NULL)
		calling_free(t->calling);
	t->closes = arena_string(t->arena, t->call.id);
	/* What it sent is on its way; what comes next has ids of its own. */
	memset(t->message_ids, 0, sizeof(t->message_ids));
	FAILPOINT("turn.calling");
	turn_count_begin(t);
	turn_acknowledge(t, PDU_ROK);
	turn_go(t, turn_ask);
}

static enum turn_next
turn_ask(struct turn *t)
{
	t->called = true;
	t->call_once = t->move.state->once;
	t->calling =
	    calling_new(t->gateway, t->catalogue, &t->call, &t->move.session);
	if (t->muted)
		return ask_unheard(t);
	calling_ask(t->calling, call_deadline(t), call_answered, t);
	start_budget(t);
	return TURN_WAIT;
}

/* The citizen's last answer led here, and there is no screen any more: the
 * session is a tombstone, and what the call brings goes out by SMS. */
static enum turn_next
ask_unheard(struct turn *t)
{
	struct calling *c = t->calling;

	t->calling = NULL;
	calling_ask(c, call_limits(t).later_ms, NULL, NULL);
	return turn_reply(t);
}

/* How long somebody wants the answer: a late one may come by SMS, and by SMS
 * nobody stares at a screen. */
static int64_t
call_deadline(const struct turn *t)
{
	int64_t left = t->budget_ends_ms - clock_steady_ms();

	if (t->move.state->later)
		return call_limits(t).later_ms;
	if (t->move.kind == MOVE_APP)
		return left > 0 ? left : 0;
	if (t->channel == CHANNEL_SMS)
		return turn_api(t)->timeout_ms;
	return (left > 0 ? left : 0) + SLOW_FIRST_MS;
}

static void
start_budget(struct turn *t)
{
	int64_t left = t->budget_ends_ms - clock_steady_ms();
	struct timeval wait;

	if (t->channel == CHANNEL_SMS)
		return;
	if (left < 0)
		left = 0;
	wait = (struct timeval){ left / 1000, left % 1000 * 1000 };
	if (t->budget == NULL)
		t->budget = evtimer_new(t->gateway->base, call_slow, t);
	CHECK(t->budget != NULL);
	evtimer_add(t->budget, &wait);
}

static void
call_answered(void *arg, enum outcome outcome, const char *const *values)
{
	struct turn *t = arg;

	if (t->budget != NULL)
		evtimer_del(t->budget);
	t->outcome = outcome;
	keep_values(t, values);
	turn_go(t, turn_outcome);
}

static void
call_slow(evutil_socket_t fd, short what, void *arg)
{
	struct turn *t = arg;

	(void)fd;
	(void)what;
	t->outcome = OUTCOME_SLOW;
	t->values = NULL;
	if (t->move.state->later) {
		/* The record stays open until the answer closes it. */
		calling_leave(t->calling);
		t->calling = NULL;
		t->closes = NULL;
	} else
		calling_stop(t->calling);
	turn_go(t, turn_outcome);
}

static enum turn_next
turn_outcome(struct turn *t)
{
	struct session at_call = t->move.session;

	if (t->move.kind == MOVE_APP)
		return turn_app_answered(t);
	t->move = step_outcome(
	    t->catalogue, &t->facts, &at_call, t->outcome, t->values, t->arena);
	return turn_then(t, turn_moved);
}

/* The outcome could not be stored with the session: it was ended, or begun
 * anew, or Redis is away. A deed that was done is told by SMS, and so is the
 * answer to an SMS that was acknowledged; what else was only asked is
 * forgotten with the session that asked. */
void
turn_call_lost(struct turn *t, bool refused)
{
	struct calling *c = t->calling;
	bool owed = t->channel == CHANNEL_SMS && !refused;

	t->calling = NULL;
	t->closes = NULL;
	if (c == NULL)
		return;
	if (t->call_once || owed)
		calling_by_sms(c, t->outcome, t->values);
	else
		calling_drop(c);
}

void
turn_abandon(struct turn *t)
{
	struct calling *c = t->calling;

	t->calling = NULL;
	if (t->call_once)
		calling_leave(c);
	else
		calling_drop(c);
}

/* ---- a call that a dead node left behind */

enum turn_next
turn_take_over(struct turn *t)
{
	const struct call *c = &t->call;
	struct session session, theirs;
	const struct graph *g;

	if (t->catalogue == NULL)
		return turn_pin(t, &c->catalogue, turn_take_over, turn_changed);
	if (session_unpack(
		t->arena, t->catalogue, c->menu, c->menu_len, &session) == -1)
		return turn_then(t, turn_changed);
	g = session_graph(t->catalogue, &session);
	t->facts = facts_now(t->arena, t->key.msisdn, t->key.operator_name,
	    c->number, t->catalogue, link_settings(t->link)->dialect);
	t->move = (struct move){ .kind = app_of(t->catalogue, &session) != NULL
		    ? MOVE_APP
		    : MOVE_CALL,
		.session = session,
		.graph = g,
		.state = &g->states[session.here.state] };
	if (t->move.kind == MOVE_APP ? session.visit->id == NULL
				     : t->move.state->kind != STATE_CALL)
		return turn_then(t, turn_changed);
	/* What another institution's service is given may have been secret. */
	if (t->move.kind == MOVE_CALL &&
	    !callee_session(t->arena, t->catalogue, &session, &theirs))
		t->call.secret_lost = true;
	t->called = true;
	t->call_once = t->move.state->once;
	t->calling = calling_new(t->gateway, t->catalogue, c, &session);
	/* A copy, for the outcome may lead to a call of another id. */
	t->closes = arena_string(t->arena, c->id);
	return turn_then(t, turn_call_again);
}

static enum turn_next
turn_call_again(struct turn *t)
{
	const struct state *s = t->move.state;
	struct calling *c = t->calling;
	bool here = still_calling(t);

	t->values = NULL;
	t->outcome = t->call.secret_lost ? OUTCOME_FAIL : OUTCOME_SLOW;
	t->budget_ends_ms = 0;
	lower_budget(t);
	if (t->move.kind == MOVE_APP && !here) {
		t->calling = NULL;
		calling_drop(c); /* nobody stands in it any more */
		return TURN_DONE;
	}
	if (!t->call.secret_lost && calling_may_repeat(turn_api(t), s)) {
		calling_ask(c, call_deadline(t), call_answered, t);
		if (here) {
			start_budget(t);
			return TURN_WAIT;
		}
		t->calling = NULL;
		calling_leave(c);
		return TURN_DONE;
	}
	store_count(t->gateway->store, "calls", "unknown", 1);
	if (here)
		return turn_then(t, turn_outcome);
	t->calling = NULL;
	calling_by_sms(c, t->outcome, NULL);
	return TURN_DONE;
}

static const struct api *
turn_api(const struct turn *t)
{
	const struct state *s = t->move.state;

	return t->move.kind == MOVE_APP
	    ? &t->move.graph->apps[s->app].api
	    : callee_api(t->catalogue, t->move.graph, s, NULL);
}

static bool
still_calling(const struct turn *t)
{
	return t->found && t->record.life == RECORD_CALLING &&
	    t->record.epoch == t->call.epoch;
}

static void
keep_values(struct turn *t, const char *const *values)
{
	const struct api *api = turn_api(t);
	size_t count = api->take_count, i;
	const char **kept;

	t->values = NULL;
	if (t->outcome != OUTCOME_OK)
		return;
	if (api->speech != SPEECH_CALL)
		while (values[count] != NULL)
			count++;
	kept = arena_array(t->arena, count + 1, sizeof(*kept));
	for (i = 0; i < count; i++)
		kept[i] = arena_string(t->arena, values[i]);
	t->values = kept;
}

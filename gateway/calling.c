/*
 * A call being made to an institution.
 *
 *	ask -> heard by the turn
 *	   \-> left -> the outcome runs the dialogue on -> SMS
 *
 * The record of the call stays in Redis until the outcome is stored with it,
 * so a node that dies here leaves it to another one.
 */
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/calling_parts.h"
#include "gateway/catalogues.h"
#include "gateway/facts.h"
#include "gateway/link.h"
#include "gateway/operators.h"
#include "gateway/planned.h"

#define STORE_TRIES   5
#define STORE_RETRY_S 1
#define KEEP_S        2

struct callings {
	LIST_HEAD(, calling) open;
	struct event *timer;
};

static void keep_all(evutil_socket_t fd, short what, void *arg);
static void kept(void *arg, enum store_result result);
static void run_on(struct calling *c, const struct move *move);
static void plan(struct calling *c, const struct move *move);
static void close_record(struct calling *c);
static void closed(void *arg, enum store_result result);
static void close_again(evutil_socket_t fd, short what, void *arg);

struct callings *
callings_new(struct gateway *g)
{
	static const struct timeval every = { KEEP_S, 0 };
	struct callings *all = calloc(1, sizeof(*all));

	CHECK(all != NULL);
	all->timer = event_new(g->base, -1, EV_PERSIST, keep_all, all);
	CHECK(all->timer != NULL);
	event_add(all->timer, &every);
	return all;
}

/* Every open call's record says again that its node lives. */
static void
keep_all(evutil_socket_t fd, short what, void *arg)
{
	struct callings *all = arg;
	struct calling *c;

	(void)fd;
	(void)what;
	LIST_FOREACH (c, &all->open, link)
		if (c->keeping == NULL)
			c->keeping =
			    store_keep_call(c->gateway->store, c->call.msisdn,
				c->call.id, CALLING_ALIVE_MS, kept, c);
}

/* Closed by another node or not, this one goes on: whoever stores the outcome
 * first has it. */
static void
kept(void *arg, enum store_result result)
{
	struct calling *c = arg;

	(void)result;
	c->keeping = NULL;
}

bool
callings_have(const struct callings *all, const char *id)
{
	const struct calling *c;

	LIST_FOREACH (c, &all->open, link)
		if (strcmp(c->call.id, id) == 0)
			return true;
	return false;
}

void
callings_free(struct callings *all)
{
	while (!LIST_EMPTY(&all->open))
		calling_free(LIST_FIRST(&all->open));
	event_free(all->timer);
	free(all);
}

struct calling *
calling_new(struct gateway *g, const struct catalogue *catalogue,
    const struct call *call, const struct session *session)
{
	struct arena *a = arena_new();
	struct calling *c = arena_alloc(a, sizeof(*c));
	struct link *l = operators_link(g, call->operator_name);
	size_t len;
	uint8_t *octets = call_pack(a, call, &len);
	size_t i;

	c->gateway = g;
	c->arena = a;
	c->catalogue = catalogue;
	catalogues_hold(g->catalogues, catalogue);
	CHECK(call_unpack(a, octets, len, &c->call) == 0);
	c->session = *session;
	if (session->dialled != NULL)
		c->session.dialled = arena_string(a, session->dialled);
	c->session.visit = visit_copy(a, session->visit);
	for (i = 0; i < calling_graph(c)->var_count; i++)
		if (session->vars[i] != NULL)
			c->session.vars[i] = arena_string(a, session->vars[i]);
	c->facts = facts_now(a, c->call.msisdn, c->call.operator_name,
	    c->call.number, catalogue, link_settings(l)->dialect);
	LIST_INSERT_HEAD(&g->callings->open, c, link);
	return c;
}

void
calling_answered(void *arg, enum outcome outcome, const char *const *values,
    size_t count, const char *why)
{
	struct calling *c = arg;
	calling_heard *heard = c->heard;

	(void)count;
	c->ask = NULL;
	FAILPOINT("calling.answered");
	if (outcome != OUTCOME_OK)
		log_subscriber(LOG_LEVEL_NOTICE, c->call.msisdn,
		    "call answered otherwise institution=%s state=%s why=%s",
		    calling_graph(c)->name, calling_state(c)->name, why);
	if (heard == NULL) {
		calling_by_sms(c, outcome, values);
		return;
	}
	c->heard = NULL;
	heard(c->arg, outcome, values);
}

void
calling_stop(struct calling *c)
{
	if (c->ask != NULL)
		service_cancel(c->ask);
	c->ask = NULL;
	c->heard = NULL;
}

void
calling_leave(struct calling *c)
{
	c->heard = NULL;
	store_count(c->gateway->store, "calls", "left", 1);
}

/* By SMS the outcome's path runs as if by keyword: no screens, and of an end
 * that sends an SMS only that. */
void
calling_by_sms(
    struct calling *c, enum outcome outcome, const char *const *values)
{
	struct move move;

	c->session.channel = CHANNEL_SMS;
	move = step_outcome(
	    c->catalogue, &c->facts, &c->session, outcome, values, c->arena);
	run_on(c, &move);
}

static void
run_on(struct calling *c, const struct move *move)
{
	if (move->kind == MOVE_CALL) {
		c->session = move->session;
		c->asked++;
		calling_ask(c, c->deadline_ms, NULL, NULL);
		return;
	}
	c->said = move->screen;
	if (move->reminder != NULL)
		plan(c, move);
	close_record(c);
}

/* The session is needed as it is now: closing may have to be tried again. */
static void
plan(struct calling *c, const struct move *move)
{
	char id[MESSAGE_ID];

	message_id_new(c->gateway->store, c->call.msisdn, id);
	c->planned = planned_call(c->arena, c->catalogue, &c->facts, move,
	    arena_string(c->arena, id));
	c->plans = true;
}

void
calling_drop(struct calling *c)
{
	calling_stop(c);
	close_record(c);
}

void
calling_free(struct calling *c)
{
	if (c->ask != NULL)
		service_cancel(c->ask);
	if (c->closing != NULL)
		store_cancel(c->closing);
	if (c->keeping != NULL)
		store_cancel(c->keeping);
	if (c->again != NULL)
		event_free(c->again);
	LIST_REMOVE(c, link);
	catalogues_release(c->gateway->catalogues, c->catalogue);
	arena_free(c->arena);
}

bool
calling_may_repeat(const struct api *api, const struct state *state)
{
	bool deed = state->once || state->kind == STATE_APP;

	return !deed || api->safe || api->idempotent;
}

/* The message and the end of the call are stored together, or not at all. */
static void
close_record(struct calling *c)
{
	const struct link *link =
	    operators_link(c->gateway, c->call.operator_name);
	bool by_sms = strcmp(c->call.channel, "sms") == 0;
	char id[MESSAGE_ID];
	struct store_message message = {
		.id = id,
		.link = c->call.operator_name,
		.to = c->call.msisdn,
		.from = by_sms ? c->call.number : operators_number(link),
		.text = c->said,
		.institution = calling_graph(c)->name,
	};

	/* The call's own id: a close that was stored but never answered and
	 * is tried again cannot queue a second message. */
	memcpy(id, c->call.id, sizeof(id));
	c->closing = store_close_planning(c->gateway->store, c->call.msisdn,
	    c->call.id, &message, c->said != NULL ? 1 : 0, &c->planned,
	    c->plans ? 1 : 0, closed, c);
}

static void
closed(void *arg, enum store_result result)
{
	static const struct timeval soon = { STORE_RETRY_S, 0 };
	struct calling *c = arg;

	c->closing = NULL;
	if (result == STORE_OK && c->plans)
		store_count(c->gateway->store, "calls", "planned", 1);
	if (result == STORE_OK && c->said != NULL)
		operators_wake(
		    c->gateway, c->call.operator_name, c->call.msisdn);
	if (result == STORE_DOWN || result == STORE_UNKNOWN) {
		if (c->tries++ < STORE_TRIES) {
			if (c->again == NULL)
				c->again = event_new(
				    c->gateway->base, -1, 0, close_again, c);
			CHECK(c->again != NULL);
			event_add(c->again, &soon);
			return;
		}
		log_subscriber(LOG_LEVEL_WARNING, c->call.msisdn,
		    "call left to the sweeper: it could not be closed");
	}
	calling_free(c);
}

static void
close_again(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	close_record(arg);
}

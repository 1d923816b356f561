/*
 * What a calling asks: a service, its institution's own or one that another
 * shares with it, or an application.
 */
#include "base/log.h"
#include "gateway/app.h"
#include "gateway/calling_parts.h"
#include "gateway/request.h"
#include "menus/callee.h"

static void count_both(
    struct calling *c, const struct graph *owner, const struct api *api);
static void ask_app(struct calling *c);
static const char *once_key(struct calling *c);

void
calling_ask(
    struct calling *c, int64_t deadline_ms, calling_heard *heard, void *arg)
{
	const struct graph *graph = calling_graph(c);
	const struct state *state = calling_state(c);
	const struct graph *owner;
	const struct api *api;
	struct session theirs;

	c->heard = heard;
	c->arg = arg;
	c->deadline_ms = deadline_ms;
	store_count(c->gateway->store, "calls", graph->name, 1);
	if (state->kind == STATE_APP) {
		ask_app(c);
		return;
	}
	api = callee_api(c->catalogue, graph, state, &owner);
	CHECK(api != NULL &&
	    callee_session(c->arena, c->catalogue, &c->session, &theirs));
	if (owner != graph)
		count_both(c, owner, api);
	c->ask = service_ask(c->gateway->service,
	    &(struct service_request){
		.institution = owner->name,
		.api = api,
		.max_calls = owner->max_calls,
		.url = step_render(c->arena, c->catalogue, &c->facts, &theirs,
		    &api->url, true),
		.body = request_body(
		    c->arena, c->catalogue, &c->facts, &theirs, api),
		.idempotency_key = state->once ? once_key(c) : NULL,
		.deadline_ms = deadline_ms,
		.queues = state->later,
	    },
	    calling_answered, c);
}

/* Who asks is counted already; and both are answerable for it. */
static void
count_both(struct calling *c, const struct graph *owner, const struct api *api)
{
	const char *asker = calling_graph(c)->name;

	store_count(c->gateway->store, "calls", owner->name, 1);
	store_count(c->gateway->store, "calls",
	    arena_printf(c->arena, "%s>%s", asker, owner->name), 1);
	log_subscriber(LOG_LEVEL_NOTICE, c->call.msisdn,
	    "call between institutions asker=%s owner=%s service=%s", asker,
	    owner->name, api->name);
}

/* Its turn has a key of its own, and nobody but the turn hears the answer. */
static void
ask_app(struct calling *c)
{
	const struct visit *v = c->session.visit;
	const struct app *app = app_of(c->catalogue, &c->session);
	int timeout = app->api.timeout_ms;
	const struct app_told told = {
		.event = v->turn == 1 ? APP_STARTS : APP_INPUT,
		.app = app,
		.visit = v,
		.state = calling_state(c)->name,
		.msisdn = c->call.msisdn,
		.code = c->catalogue->codes[c->session.code].code,
		.operator_name = c->call.operator_name,
		.lang = c->catalogue->langs[c->session.lang],
		.deadline_ms =
		    timeout < c->deadline_ms ? timeout : (int)c->deadline_ms,
	};

	c->ask = service_ask(c->gateway->service,
	    &(struct service_request){ .institution = calling_graph(c)->name,
		.api = &app->api,
		.max_calls = calling_graph(c)->max_calls,
		.url = app->url,
		.body = app_write(c->arena, &told),
		.content = app_content(app->api.speech),
		.idempotency_key =
		    arena_printf(c->arena, "%s-%u", v->id, (unsigned)v->turn),
		.deadline_ms = c->deadline_ms },
	    calling_answered, c);
}

/* The same however often and from whichever node the call is repeated. */
static const char *
once_key(struct calling *c)
{
	if (c->asked == 0)
		return c->call.id;
	return arena_printf(c->arena, "%s-%d", c->call.id, c->asked);
}

const struct graph *
calling_graph(const struct calling *c)
{
	return session_graph(c->catalogue, &c->session);
}

const struct state *
calling_state(const struct calling *c)
{
	const struct state *s =
	    &calling_graph(c)->states[c->session.here.state];

	CHECK(s->kind == STATE_CALL || s->kind == STATE_APP);
	return s;
}

/*
 * The daemon: its parts made, wired, watched and taken down again.
 */
#include <event2/event.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/admission.h"
#include "gateway/calling.h"
#include "gateway/errands.h"
#include "gateway/catalogues.h"
#include "gateway/ceremony.h"
#include "gateway/control.h"
#include "gateway/gateway.h"
#include "gateway/intake.h"
#include "gateway/operators.h"
#include "gateway/outbox.h"
#include "gateway/publishing.h"
#include "gateway/reload.h"
#include "gateway/screens.h"
#include "gateway/service.h"
#include "gateway/sweeper.h"
#include "gateway/turn.h"
#include "storage/sessions.h"

#define PULSE_MS 100

/* Turns may finish for so long before the links are drained. */
#define STOP_TURNS_MS 1000

static void on_request(void *owner, struct link *l, const struct link_request *r);
static void on_state(void *owner, struct link *l, enum bind_state now);
static void note_operators(struct gateway *g);
static void on_redis(void *arg, bool up);
static void on_pulse(evutil_socket_t fd, short what, void *arg);
static void bind_when_ready(struct gateway *g);
static void measure_load(struct gateway *g);
static void go_on_stopping(struct gateway *g);
static bool links_are_down(const struct gateway *g);

static const struct link_events link_events = {
	.request = on_request,
	.state = on_state,
};

struct gateway *
gateway_new(struct event_base *base, const struct settings *settings,
    struct catalogue *catalogue)
{
	struct gateway *g = calloc(1, sizeof(*g));
	size_t i;

	CHECK(g != NULL);
	g->base = base;
	g->settings = settings;
	g->redis = redis_new(base, &settings->redis);
	g->store = store_new(g->redis, &settings->redis);
	g->service = service_new(base);
	g->catalogues = catalogues_new(base, g->store, catalogue);
	g->admission = admission_new(
	    settings->admit_per_s, settings->admit_institution_per_s);
	g->turns = turns_new();
	g->screens = screens_new(base);
	g->callings = callings_new(g);
	g->errands = errands_new(g);
	g->intake = intake_new();
	g->sweeper = sweeper_new(g);
	g->reload = reload_new(g);
	g->publishing = publishing_new(g);
	g->ceremony = ceremony_new();
	g->link_count = settings->link_count;
	g->links = calloc(g->link_count, sizeof(*g->links));
	g->outboxes = calloc(g->link_count, sizeof(*g->outboxes));
	g->pulse = event_new(base, -1, EV_PERSIST, on_pulse, g);
	CHECK(g->links != NULL && g->outboxes != NULL && g->pulse != NULL);
	for (i = 0; i < g->link_count; i++) {
		g->links[i] =
		    link_new(base, &settings->links[i], &link_events, g);
		g->outboxes[i] = outbox_new(g, g->links[i]);
	}
	return g;
}

/* Who asks goes before whom it asks. */
void
gateway_free(struct gateway *g)
{
	size_t i;

	event_free(g->pulse);
	reload_free(g->reload);
	control_free(g->control);
	ceremony_free(g->ceremony);
	publishing_free(g->publishing);
	sweeper_free(g->sweeper);
	intake_free(g->intake);
	turns_free(g->turns);
	screens_free(g->screens);
	callings_free(g->callings);
	errands_free(g->errands);
	for (i = 0; i < g->link_count; i++) {
		outbox_free(g->outboxes[i]);
		link_free(g->links[i]);
	}
	catalogues_free(g->catalogues);
	service_free(g->service);
	admission_free(g->admission);
	store_free(g->store);
	redis_free(g->redis);
	free(g->outboxes);
	free(g->links);
	free(g);
}

void
gateway_start(struct gateway *g)
{
	static const struct timeval every = { 0, PULSE_MS * 1000 };

	g->started_ms = clock_steady_ms();
	redis_watch(g->redis, on_redis, g);
	event_add(g->pulse, &every);
}

/* ---- what happens around us */

static void
on_request(void *owner, struct link *l, const struct link_request *r)
{
	intake_request(owner, l, r);
}

static void
on_state(void *owner, struct link *l, enum bind_state now)
{
	if (now == BIND_BOUND)
		operators_look(owner, l);
}

/* Before any of them can bring a session. */
static void
note_operators(struct gateway *g)
{
	const struct settings *s = g->settings;
	struct arena *a = arena_new();
	const char **names = arena_array(a, s->link_count + 1, sizeof(*names));
	size_t i;

	for (i = 0; i < s->link_count; i++)
		names[i] = s->links[i].name;
	store_note_operators(g->store, names, s->link_count);
	arena_free(a);
}

static void
on_redis(void *arg, bool up)
{
	struct gateway *g = arg;

	if (!up)
		return;
	note_operators(g);
	catalogues_publish(g->catalogues);
	publishing_look(g->publishing);
	bind_when_ready(g);
	operators_look(g, NULL);
}

static void
on_pulse(evutil_socket_t fd, short what, void *arg)
{
	struct gateway *g = arg;

	(void)fd;
	(void)what;
	measure_load(g);
	catalogues_tend(g->catalogues);
	bind_when_ready(g);
	if (g->stopping)
		go_on_stopping(g);
}

/* Whoever is bound is given dials, and without Redis can only apologise; nor
 * should anybody see other menus than those that are published. So we wait
 * for both, but no longer than it may take to come: then to apologise
 * is better than not to answer. */
static void
bind_when_ready(struct gateway *g)
{
	int64_t waited = clock_steady_ms() - g->started_ms;
	bool ready =
	    redis_is_up(g->redis) && publishing_is_settled(g->publishing);
	size_t i;

	if (g->binding || g->stopping ||
	    (!ready && waited < g->settings->redis.connect_ms))
		return;
	if (!redis_is_up(g->redis))
		log_line(LOG_LEVEL_WARNING, "mlango",
		    "binding without redis reason=\"%s\"",
		    redis_trouble(g->redis));
	g->binding = true;
	for (i = 0; i < g->link_count; i++)
		link_start(g->links[i]);
}

/* A pulse that comes late tells how long the loop was busy. */
static void
measure_load(struct gateway *g)
{
	int64_t now = clock_steady_ms();
	int64_t lag = g->pulsed_ms == 0 ? 0 : now - g->pulsed_ms - PULSE_MS;

	g->pulsed_ms = now;
	admission_load(g->admission, lag > 0 ? (int)lag : 0,
	    (double)redis_in_flight(g->redis) / g->settings->redis.in_flight);
}

/* ---- stop */

void
gateway_stop(struct gateway *g)
{
	if (g->stopping)
		return;
	log_line(LOG_LEVEL_NOTICE, "mlango", "stopping turns=%zu",
	    turns_running(g->turns));
	g->stopping = true;
	g->stopping_since_ms = clock_steady_ms();
}

/* Turns finish, then links drain and unbind and the last counts are written,
 * then the loop ends; and it ends in any case when the time for it is over. */
static void
go_on_stopping(struct gateway *g)
{
	int64_t passed = clock_steady_ms() - g->stopping_since_ms;
	size_t i;

	if (!g->draining &&
	    (turns_running(g->turns) == 0 || passed >= STOP_TURNS_MS)) {
		g->draining = true;
		for (i = 0; i < g->link_count; i++)
			link_drain(g->links[i]);
	}
	if ((g->draining && links_are_down(g) &&
		store_counts_are_kept(g->store)) ||
	    passed >= g->settings->stop_ms)
		event_base_loopexit(g->base, NULL);
}

static bool
links_are_down(const struct gateway *g)
{
	size_t i;

	for (i = 0; i < g->link_count; i++)
		if (link_state(g->links[i]) != BIND_DOWN)
			return false;
	return true;
}

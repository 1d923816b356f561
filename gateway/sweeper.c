/*
 * The sweeper.
 *
 *	every second, each partition: lease -> sweep -> swept
 */
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "config/settings.h"
#include "gateway/calling.h"
#include "gateway/errands.h"
#include "gateway/sweeper.h"
#include "gateway/turn.h"
#include "storage/sessions.h"

#define SWEEP_S   1
#define SWEEP_MAX 100
#define LEASE_MS  5000
/* A call taken over is this node's until it makes it, and says so itself. */
#define CLAIM_MS CALLING_ALIVE_MS
/* A call that so many nodes died of, or could not make, kills no more. */
#define CLAIMS_MAX 10
/* While Redis was away nobody could say that he lives. */
#define GRACE_S ((CALLING_ALIVE_MS + 999) / 1000)

struct area { /* one partition */
	struct sweeper *sweeper;
	int partition;
	struct store_ask *ask;
};

struct sweeper {
	struct gateway *gateway;
	struct event *timer;
	struct area *areas;
	int area_count;
	bool was_up;
	int grace; /* seconds left in which nothing is swept */
};

static void on_time(evutil_socket_t fd, short what, void *arg);
static bool may_sweep(struct sweeper *s);
static void lease(struct area *a);
static void leased(void *arg, enum store_result result, bool owned);
static void sweep(struct area *a);
static void swept(void *arg, enum store_result result,
    const struct overdue *list, size_t count);
static void take_over(struct gateway *g, const struct overdue *call);
static void given_up(void *arg, enum store_result result);

struct sweeper *
sweeper_new(struct gateway *g)
{
	static const struct timeval every = { SWEEP_S, 0 };
	struct sweeper *s = calloc(1, sizeof(*s));
	int i;

	CHECK(s != NULL);
	s->gateway = g;
	s->area_count = store_partitions(g->store);
	s->areas = calloc((size_t)s->area_count, sizeof(*s->areas));
	s->timer = event_new(g->base, -1, EV_PERSIST, on_time, s);
	CHECK(s->areas != NULL && s->timer != NULL);
	for (i = 0; i < s->area_count; i++)
		s->areas[i] = (struct area){ s, i, NULL };
	event_add(s->timer, &every);
	return s;
}

void
sweeper_free(struct sweeper *s)
{
	int i;

	for (i = 0; i < s->area_count; i++)
		if (s->areas[i].ask != NULL)
			store_cancel(s->areas[i].ask);
	event_free(s->timer);
	free(s->areas);
	free(s);
}

static void
on_time(evutil_socket_t fd, short what, void *arg)
{
	struct sweeper *s = arg;
	int i;

	(void)fd;
	(void)what;
	if (!may_sweep(s))
		return;
	for (i = 0; i < s->area_count; i++)
		if (s->areas[i].ask == NULL)
			lease(&s->areas[i]);
}

static bool
may_sweep(struct sweeper *s)
{
	if (!redis_is_up(s->gateway->redis)) {
		s->grace = s->was_up ? GRACE_S : s->grace;
		return false;
	}
	s->was_up = true;
	if (s->grace > 0) {
		s->grace--;
		return false;
	}
	return !s->gateway->stopping;
}

static void
lease(struct area *a)
{
	struct gateway *g = a->sweeper->gateway;
	char name[32];

	snprintf(name, sizeof(name), "sweep:%d", a->partition);
	a->ask =
	    store_lease(g->store, name, g->settings->node, LEASE_MS, leased, a);
}

static void
leased(void *arg, enum store_result result, bool owned)
{
	struct area *a = arg;

	a->ask = NULL;
	if (result == STORE_OK && owned)
		sweep(a);
}

static void
sweep(struct area *a)
{
	a->ask = store_sweep(a->sweeper->gateway->store, a->partition,
	    SWEEP_MAX, CLAIM_MS, swept, a);
}

static void
swept(void *arg, enum store_result result, const struct overdue *list,
    size_t count)
{
	struct area *a = arg;
	struct gateway *g = a->sweeper->gateway;
	size_t i, walked_away = 0;

	a->ask = NULL;
	if (result != STORE_OK)
		return;
	for (i = 0; i < count; i++) {
		if (!list[i].is_call) {
			walked_away++;
			continue;
		}
		take_over(g, &list[i]);
	}
	if (walked_away > 0)
		log_line(LOG_LEVEL_NOTICE, "sweeper",
		    "citizens walked away sessions=%zu partition=%d",
		    walked_away, a->partition);
	if (count == SWEEP_MAX)
		sweep(a);
}

static void
take_over(struct gateway *g, const struct overdue *call)
{
	if (errands_run(g, call))
		return;
	if (callings_have(g->callings, call->call_id))
		return; /* it is made here, and late in saying so */
	if (call->claims > CLAIMS_MAX) {
		log_subscriber(LOG_LEVEL_ERROR, call->msisdn,
		    "call given up: nobody could make it claims=%d",
		    call->claims);
		store_count(g->store, "calls", "given_up", 1);
		store_close_call(g->store, call->msisdn, call->call_id, NULL, 0,
		    given_up, NULL);
		return;
	}
	log_subscriber(LOG_LEVEL_NOTICE, call->msisdn,
	    "call taken over: its node is gone");
	store_count(g->store, "calls", "taken_over", 1);
	turn_start_over(g, call->octets, call->len);
}

/* If it was not stored, it is overdue again in a while. */
static void
given_up(void *arg, enum store_result result)
{
	(void)arg;
	(void)result;
}

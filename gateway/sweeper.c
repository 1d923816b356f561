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
#include "gateway/sweeper.h"
#include "gateway/turn.h"
#include "storage/sessions.h"

#define SWEEP_S	  1
#define SWEEP_MAX 100
#define LEASE_MS  5000
/* A call taken over is this node's until it makes it, and says so itself. */
#define CLAIM_MS CALLING_ALIVE_MS

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
};

static void on_time(evutil_socket_t fd, short what, void *arg);
static void lease(struct area *a);
static void leased(void *arg, enum store_result result, bool owned);
static void sweep(struct area *a);
static void swept(void *arg, enum store_result result,
    const struct overdue *list, size_t count);

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
	if (s->gateway->stopping || !redis_is_up(s->gateway->redis))
		return;
	for (i = 0; i < s->area_count; i++)
		if (s->areas[i].ask == NULL)
			lease(&s->areas[i]);
}

static void
lease(struct area *a)
{
	struct gateway *g = a->sweeper->gateway;
	char name[32];

	snprintf(name, sizeof(name), "sweep:%d", a->partition);
	a->ask = store_lease(
	    g->store, name, g->settings->node, LEASE_MS, leased, a);
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
		log_subscriber(LOG_LEVEL_NOTICE, list[i].msisdn,
		    "call taken over: its node is gone");
		store_count(g->store, "calls", "taken_over", 1);
		turn_start_over(g, list[i].octets, list[i].len);
	}
	if (walked_away > 0)
		log_line(LOG_LEVEL_NOTICE, "sweeper",
		    "citizens walked away sessions=%zu partition=%d",
		    walked_away, a->partition);
	if (count == SWEEP_MAX)
		sweep(a);
}

/*
 * A link as its owner sees it. What it does by itself stands in the other
 * rooms; link_inside.h shows the way.
 */
#include <stdlib.h>

#include "gateway/link_inside.h"

/* For submits that wait for the window or the rate. */
#define WAITING_MOST (4 * 1024 * 1024)

static size_t host_count(const struct link_settings *s);
static void link_end(struct link *l);

struct link *
link_new(struct event_base *base, const struct link_settings *s,
    const struct link_events *events, void *owner)
{
	struct link *l = calloc(1, sizeof(*l));

	CHECK(l != NULL);
	CHECK(host_count(s) > 0 && s->response_ms > 0 && s->connect_ms > 0);
	l->base = base;
	l->settings = s;
	l->events = events;
	l->owner = owner;
	l->fd = -1;
	l->known = calloc(host_count(s), sizeof(*l->known));
	l->life = evtimer_new(base, link_life_due, l);
	l->overdue = evtimer_new(base, link_overdue, l);
	l->pump = evtimer_new(base, link_pump_due, l);
	l->answers = evtimer_new(base, link_answers_due, l);
	CHECK(l->known != NULL && l->life != NULL && l->overdue != NULL);
	CHECK(l->pump != NULL && l->answers != NULL);
	l->window = window_new(s->window, 1);
	waiting_init(&l->waiting, WAITING_MOST);
	STAILQ_INIT(&l->late);
	backoff_init(&l->backoff, s->retry_least_ms, s->retry_most_ms);
	return l;
}

void
link_start(struct link *l)
{
	CHECK(l->state == LINK_DOWN && !l->ending);
	link_arm(l, l->life, 0);
}

void
link_drain(struct link *l)
{
	if (l->ending)
		return;
	link_enter(l);
	l->ending = true;
	if (l->state == LINK_BOUND)
		link_begin_drain(l, "asked to");
	else if (l->state != LINK_DRAINING)
		link_arm(l, l->life, 0);
	link_leave(l);
}

void
link_free(struct link *l)
{
	if (l == NULL || l->freed)
		return;
	l->freed = true;
	link_send_forget(l);
	link_let_go(l);
	event_del(l->life);
	if (l->calls == 0)
		link_end(l);
}

void
link_respond(struct link *l, uint64_t generation, uint32_t command,
    uint32_t sequence, enum pdu_status status)
{
	if (l->wire == NULL || generation != l->generation)
		return;
	link_enter(l);
	if (l->owed > 0)
		l->owed--;
	link_reply(l, command, sequence, status);
	link_check_drain(l);
	link_leave(l);
}

enum link_state
link_state(const struct link *l)
{
	return l->state;
}

uint64_t
link_generation(const struct link *l)
{
	return l->generation;
}

const struct link_settings *
link_settings(const struct link *l)
{
	return l->settings;
}

struct link_figures
link_figures(const struct link *l)
{
	struct link_figures figures = l->figures;

	figures.window_used = window_used(l->window);
	figures.waiting = l->waiting.count;
	return figures;
}

void
link_enter(struct link *l)
{
	l->calls++;
}

void
link_leave(struct link *l)
{
	if (--l->calls == 0 && l->freed)
		link_end(l);
}

void
link_arm(struct link *l, struct event *timer, int64_t ms)
{
	struct timeval wait = {
		.tv_sec = (time_t)(ms / 1000),
		.tv_usec = (suseconds_t)(ms % 1000 * 1000),
	};

	if (!l->freed)
		event_add(timer, &wait);
}

static void
link_end(struct link *l)
{
	event_free(l->life);
	event_free(l->overdue);
	event_free(l->pump);
	event_free(l->answers);
	window_free(l->window);
	free(l->known);
	free(l);
}

static size_t
host_count(const struct link_settings *s)
{
	size_t count = 0;

	while (s->hosts[count] != NULL)
		count++;
	return count;
}

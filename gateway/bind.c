/*
 * A bind as its link sees it. What it does by itself stands in the other
 * rooms; bind_inside.h shows the way.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gateway/bind_inside.h"

static size_t host_count(const struct link_settings *s);
static void bind_end(struct bind *b);

struct bind *
bind_new(struct event_base *base, const struct link_settings *s,
    enum bind_role role, const char *name, const struct bind_events *events,
    void *owner)
{
	struct bind *b = calloc(1, sizeof(*b));

	CHECK(b != NULL);
	CHECK(host_count(s) > 0 && s->response_ms > 0 && s->connect_ms > 0);
	b->base = base;
	b->settings = s;
	b->role = role;
	snprintf(b->name, sizeof(b->name), "%s", name);
	b->events = events;
	b->owner = owner;
	b->fd = -1;
	b->known = calloc(host_count(s), sizeof(*b->known));
	b->life = evtimer_new(base, bind_life_due, b);
	b->overdue = evtimer_new(base, bind_overdue, b);
	CHECK(b->known != NULL && b->life != NULL && b->overdue != NULL);
	b->late = later_new(base);
	b->window = window_new(s->window, 1);
	backoff_init(&b->backoff, s->retry_least_ms, s->retry_most_ms);
	return b;
}

void
bind_start(struct bind *b)
{
	CHECK(b->state == BIND_DOWN && !b->ending);
	bind_arm(b, b->life, 0);
}

void
bind_drain(struct bind *b)
{
	if (b->ending)
		return;
	bind_enter(b);
	b->ending = true;
	if (b->state == BIND_BOUND)
		bind_begin_drain(b, "asked to");
	else if (b->state != BIND_DRAINING)
		bind_arm(b, b->life, 0);
	bind_leave(b);
}

void
bind_free(struct bind *b)
{
	if (b == NULL || b->freed)
		return;
	b->freed = true;
	bind_send_end(b);
	later_free(b->late);
	bind_let_go(b);
	event_del(b->life);
	if (b->calls == 0)
		bind_end(b);
}

void
bind_hurry(struct bind *b)
{
	if (b->state == BIND_DOWN && !b->ending &&
	    evtimer_pending(b->life, NULL))
		bind_arm(b, b->life, 0);
}

bool
bind_respond(struct bind *b, uint64_t generation, uint32_t command,
    uint32_t sequence, enum pdu_status status)
{
	if (b->wire == NULL || generation != b->generation)
		return false;
	bind_enter(b);
	if (b->owed > 0)
		b->owed--;
	bind_reply(b, command, sequence, status);
	bind_check_drain(b);
	bind_leave(b);
	return true;
}

enum bind_state
bind_state(const struct bind *b)
{
	return b->state;
}

uint64_t
bind_generation(const struct bind *b)
{
	return b->generation;
}

enum bind_role
bind_role(const struct bind *b)
{
	return b->role;
}

const struct link_figures *
bind_figures(const struct bind *b)
{
	return &b->figures;
}

int
bind_window_used(const struct bind *b)
{
	return window_used(b->window);
}

void
bind_enter(struct bind *b)
{
	b->calls++;
}

void
bind_leave(struct bind *b)
{
	if (--b->calls == 0 && b->freed)
		bind_end(b);
}

void
bind_arm(struct bind *b, struct event *timer, int64_t ms)
{
	struct timeval wait = {
		.tv_sec = (time_t)(ms / 1000),
		.tv_usec = (suseconds_t)(ms % 1000 * 1000),
	};

	if (!b->freed)
		event_add(timer, &wait);
}

static void
bind_end(struct bind *b)
{
	event_free(b->life);
	event_free(b->overdue);
	window_free(b->window);
	free(b->known);
	free(b);
}

static size_t
host_count(const struct link_settings *s)
{
	size_t count = 0;

	while (s->hosts[count] != NULL)
		count++;
	return count;
}

/*
 * A link as its owner sees it: made, asked, ended. What is sent on it, and
 * what waits, is link_send.c.
 */
#include <stdio.h>
#include <stdlib.h>

#include "config/settings.h"
#include "gateway/link_inside.h"

/* For submits that wait for the window or the rate. */
#define WAITING_MOST (4 * 1024 * 1024)
#define NAME_MOST    64

static void add_slot(struct link *l, int slot);
static void add_bind(struct link *l, enum bind_role role, const char *name);
static void on_request(
    void *owner, struct bind *b, const struct link_request *r);
static void on_state(void *owner, struct bind *b, enum bind_state now);
static void hurry_others(struct link *l, const struct bind *b);
static void link_end(struct link *l);

static const struct bind_events events_of_binds = {
	.request = on_request,
	.state = on_state,
	.room = link_bind_has_room,
	.slow = link_bind_is_slow,
	.waits = link_bind_is_waited_for,
};

struct link *
link_new(struct event_base *base, const struct link_settings *s,
    const struct link_events *events, void *owner)
{
	struct link *l = calloc(1, sizeof(*l));
	int slot;

	CHECK(l != NULL);
	CHECK(s->binds >= 1 && s->binds <= LINK_BINDS_MOST);
	l->base = base;
	l->settings = s;
	l->events = events;
	l->owner = owner;
	l->pump = evtimer_new(base, link_pump_due, l);
	CHECK(l->pump != NULL);
	l->late = later_new(base);
	waiting_init(&l->waiting, WAITING_MOST);
	for (slot = 1; slot <= s->binds; slot++)
		add_slot(l, slot);
	return l;
}

/* A bind that is alone is called as its link. */
static void
add_slot(struct link *l, int slot)
{
	const struct link_settings *s = l->settings;
	char name[NAME_MOST] = "", first[NAME_MOST], second[NAME_MOST];

	if (s->binds > 1)
		snprintf(name, sizeof(name), "/%d", slot);
	snprintf(first, sizeof(first), "%s%.10s", s->name, name);
	switch (s->bind) {
	case LINK_TRANSCEIVER:
		add_bind(l, BIND_TRANSCEIVER, first);
		return;
	case LINK_PAIR:
		snprintf(first, sizeof(first), "%s%.10s/tx", s->name, name);
		snprintf(second, sizeof(second), "%s%.10s/rx", s->name, name);
		add_bind(l, BIND_TRANSMITTER, first);
		add_bind(l, BIND_RECEIVER, second);
		return;
	}
}

static void
add_bind(struct link *l, enum bind_role role, const char *name)
{
	l->binds[l->bind_count++] =
	    bind_new(l->base, l->settings, role, name, &events_of_binds, l);
}

void
link_start(struct link *l)
{
	size_t i;

	for (i = 0; i < l->bind_count; i++)
		bind_start(l->binds[i]);
}

void
link_drain(struct link *l)
{
	size_t i;

	link_enter(l);
	for (i = 0; i < l->bind_count && !l->freed; i++)
		bind_drain(l->binds[i]);
	link_leave(l);
}

void
link_free(struct link *l)
{
	struct waiting_submit *s;
	size_t i;

	if (l == NULL || l->freed)
		return;
	l->freed = true;
	while ((s = waiting_pop(&l->waiting)) != NULL)
		free(s);
	event_del(l->pump);
	later_free(l->late);
	for (i = 0; i < l->bind_count; i++)
		bind_free(l->binds[i]);
	if (l->calls == 0)
		link_end(l);
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

static void
link_end(struct link *l)
{
	event_free(l->pump);
	free(l);
}

/* ---- what its binds tell */

static void
on_request(void *owner, struct bind *b, const struct link_request *r)
{
	struct link *l = owner;

	(void)b;
	l->events->request(l->owner, l, r);
}

/* The owner is told last: it may do anything to the link. */
static void
on_state(void *owner, struct bind *b, enum bind_state now)
{
	struct link *l = owner;

	if (now == BIND_BOUND) {
		link_send_begin(l, b);
		hurry_others(l, b);
	} else if (now == BIND_DOWN)
		link_send_end(l);
	l->events->state(l->owner, l, now);
}

/* Where one bind is let in, the others need not wait any longer. */
static void
hurry_others(struct link *l, const struct bind *b)
{
	size_t i;

	for (i = 0; i < l->bind_count; i++)
		if (l->binds[i] != b)
			bind_hurry(l->binds[i]);
}

/* ---- asked */

void
link_respond(struct link *l, uint64_t generation, uint32_t command,
    uint32_t sequence, enum pdu_status status)
{
	size_t i;

	link_enter(l);
	for (i = 0; i < l->bind_count; i++)
		if (bind_respond(
			l->binds[i], generation, command, sequence, status))
			break;
	link_leave(l);
}

enum bind_state
link_state(const struct link *l)
{
	static const int far[] = { [BIND_DRAINING] = 1,
		[BIND_RESOLVING] = 2,
		[BIND_CONNECTING] = 3,
		[BIND_BINDING] = 4,
		[BIND_BOUND] = 5 };
	enum bind_state best = BIND_DOWN, state;
	size_t i;

	for (i = 0; i < l->bind_count; i++) {
		state = bind_state(l->binds[i]);
		if (far[state] > far[best])
			best = state;
	}
	return best;
}

const struct link_settings *
link_settings(const struct link *l)
{
	return l->settings;
}

struct link_figures
link_figures(const struct link *l)
{
	struct link_figures all = { .dropped = l->dropped,
		.waiting = l->waiting.count };
	size_t i;

	for (i = 0; i < l->bind_count; i++) {
		const struct link_figures *one = bind_figures(l->binds[i]);

		all.pdus_in += one->pdus_in;
		all.pdus_out += one->pdus_out;
		all.bad_in += one->bad_in;
		all.submits += one->submits;
		all.refused += one->refused;
		all.unknown += one->unknown;
		all.binds += one->binds;
		all.disconnects += one->disconnects;
		all.throttled += one->throttled;
		all.illegal_transitions += one->illegal_transitions;
		all.strays += one->strays;
		all.window_used += bind_window_used(l->binds[i]);
	}
	return all;
}

/*
 * What goes out on a link.
 *
 * A submit is encoded at once. If the rate and a bind have room, its octets go
 * out; else a copy waits. What waits outlives a bind that falls, as long as
 * another one is there to send it.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/link_inside.h"

static struct bind *roomy_bind(struct link *l, uint64_t near);
static void link_wait(struct link *l, const struct link_order *order,
    int64_t now, size_t len, link_done *done, void *arg);
static void link_pump(struct link *l);
static void link_drop_over(struct link *l, int64_t now);
static void link_arm_pump(struct link *l, int64_t now);
static void link_drop(struct link *l, struct waiting_submit *s);
static void link_answer_dropped(
    struct link *l, link_done *done, void *arg, uint32_t status);
static void link_check_drains(struct link *l);

void
link_submit(struct link *l, const struct link_order *order,
    const struct pdu *pdu, link_done *done, void *arg)
{
	int64_t now = clock_steady_ms();
	struct bind *b;
	int len;

	if (!link_may_send(l)) {
		link_answer_dropped(l, done, arg, PDU_ROK);
		return;
	}
	len = pdu_pack(pdu, l->scratch, sizeof(l->scratch));
	if (len == -1) {
		log_line(LOG_LEVEL_ERROR, l->settings->name,
		    "a %s of ours cannot be encoded",
		    pdu_command_name(pdu->command));
		link_answer_dropped(l, done, arg, PDU_RINVMSGLEN);
		return;
	}
	b = l->waiting.count == 0 ? roomy_bind(l, order->near) : NULL;
	if (b != NULL && pace_take(&l->pace, now))
		bind_send(b, l->scratch, (size_t)len, done, arg);
	else
		link_wait(l, order, now, (size_t)len, done, arg);
}

bool
link_may_send(const struct link *l)
{
	size_t i;

	for (i = 0; i < l->bind_count; i++)
		if (bind_may_send(l->binds[i]))
			return true;
	return false;
}

bool
link_has_room(const struct link *l)
{
	bool window = false;
	size_t i;

	for (i = 0; i < l->bind_count; i++)
		window |= bind_state(l->binds[i]) == BIND_BOUND &&
		    bind_role(l->binds[i]) != BIND_RECEIVER &&
		    bind_window_used(l->binds[i]) < l->settings->window;
	return window &&
	    l->waiting.count_of[LINK_CLASS_SMS] < l->settings->window;
}

/* The one that is wished for, or the one with most room; those with equally
 * much take turns. */
static struct bind *
roomy_bind(struct link *l, uint64_t near)
{
	struct bind *best = NULL, *b;
	size_t i;

	for (i = 0; i < l->bind_count; i++) {
		b = l->binds[(l->turn + i) % l->bind_count];
		if (!bind_has_room(b))
			continue;
		if (near != 0 && bind_generation(b) == near)
			return b;
		if (best == NULL ||
		    bind_window_used(b) < bind_window_used(best))
			best = b;
	}
	l->turn++;
	return best;
}

/* ---- what waits */

static void
link_wait(struct link *l, const struct link_order *order, int64_t now,
    size_t len, link_done *done, void *arg)
{
	struct waiting_submit *s = waiting_submit_new(
	    order, now + order->live_ms, l->scratch, len, done, arg);
	struct waiting_submit *pushed_out;

	while (!waiting_push(&l->waiting, s)) {
		pushed_out = waiting_pop_for(&l->waiting, s);
		if (pushed_out == NULL) {
			link_drop(l, s);
			return;
		}
		link_drop(l, pushed_out);
	}
	link_pump(l);
}

/* Sends what may be sent, drops what is of no use any more. */
static void
link_pump(struct link *l)
{
	int64_t now = clock_steady_ms();
	const struct waiting_submit *first;
	struct waiting_submit *s;
	struct bind *b;

	if (l->freed || l->waiting.count == 0)
		return;
	link_drop_over(l, now);
	while ((first = waiting_first(&l->waiting)) != NULL) {
		b = roomy_bind(l, first->near);
		if (b == NULL || !pace_take(&l->pace, now))
			break;
		s = waiting_pop(&l->waiting);
		bind_send(b, s->octets, s->len, s->done, s->arg);
		free(s);
	}
	link_arm_pump(l, now);
}

static void
link_drop_over(struct link *l, int64_t now)
{
	struct waiting_submit *s;

	while ((s = waiting_pop_over(&l->waiting, now)) != NULL)
		link_drop(l, s);
}

/* A response or an emptier wire pumps by itself; time alone does it for the
 * rate and for what grows too old. */
static void
link_arm_pump(struct link *l, int64_t now)
{
	int64_t due = l->waiting.earliest_ms;
	int64_t paced = now + pace_wait_ms(&l->pace, now), ms;
	struct timeval wait;

	if (l->waiting.count == 0)
		return;
	if (paced > now && paced < due)
		due = paced;
	if (l->pump_ms != 0 && l->pump_ms <= due)
		return;
	l->pump_ms = due;
	ms = due > now ? due - now : 0;
	wait.tv_sec = (time_t)(ms / 1000);
	wait.tv_usec = (suseconds_t)(ms % 1000 * 1000);
	event_add(l->pump, &wait);
}

void
link_pump_due(evutil_socket_t fd, short what, void *arg)
{
	struct link *l = arg;

	(void)fd;
	(void)what;
	link_enter(l);
	l->pump_ms = 0;
	link_pump(l);
	link_check_drains(l);
	link_leave(l);
}

static void
link_drop(struct link *l, struct waiting_submit *s)
{
	link_answer_dropped(l, s->done, s->arg, PDU_ROK);
	free(s);
}

static void
link_answer_dropped(struct link *l, link_done *done, void *arg, uint32_t status)
{
	l->dropped++;
	later_answer(l->late, done, arg, LINK_DROPPED, status);
}

/* A bind that drains waits for what waits here. */
static void
link_check_drains(struct link *l)
{
	size_t i;

	for (i = 0; i < l->bind_count && !l->freed; i++)
		bind_check_drain(l->binds[i]);
}

/* ---- what its binds tell */

/* What an operator wanted slower before it went away it may want no more. */
void
link_send_begin(struct link *l, const struct bind *b)
{
	size_t i;

	for (i = 0; i < l->bind_count; i++) {
		if (l->binds[i] == b)
			continue;
		if (bind_may_send(l->binds[i])) {
			link_pump(l);
			return;
		}
	}
	pace_init(&l->pace, l->settings->tps, clock_steady_ms());
}

void
link_send_end(struct link *l)
{
	struct waiting_submit *s;

	if (link_may_send(l)) {
		link_pump(l);
		return;
	}
	while ((s = waiting_pop(&l->waiting)) != NULL)
		link_drop(l, s);
	event_del(l->pump);
	l->pump_ms = 0;
}

void
link_bind_has_room(void *owner, struct bind *b)
{
	(void)b;
	link_pump(owner);
}

void
link_bind_is_slow(void *owner, struct bind *b)
{
	struct link *l = owner;

	(void)b;
	pace_slow(&l->pace, clock_steady_ms());
}

bool
link_bind_is_waited_for(void *owner, struct bind *b)
{
	struct link *l = owner;

	return l->waiting.count > 0 && bind_may_send(b);
}

/*
 * Load on a gateway.
 */
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/check.h"
#include "base/clock.h"
#include "simulator/bench.h"
#include "simulator/smsc.h"

#define FIRST_NUMBER 255710000000LL
#define TICK_US	     1000
#define TICK_TURNS   1000 /* then the loop gets its turn too */

struct citizen {
	struct bench *bench;
	struct phone *phone;
	size_t answered; /* so many answers of this dialogue */
	bool dialling;	 /* its next turn begins a dialogue */
	int64_t due_us;	 /* when the turn under way should have begun */
	STAILQ_ENTRY(citizen) entry;
};

struct bench {
	struct bench_plan plan;
	struct smsc *smsc;
	struct event *tick;
	struct citizen *citizens;
	STAILQ_HEAD(, citizen) free; /* wait for their next turn */
	int64_t began_us;
	uint64_t due; /* open: turns that were due since then */
	struct bench_figures figures;
};

static void on_screen(
    void *owner, struct phone *p, const char *text, bool ended);
static void on_refused(void *owner, struct phone *p, uint32_t status);
static void on_silent(void *owner, struct phone *p);
static void on_tick(evutil_socket_t fd, short what, void *arg);
static int64_t due_time(const struct bench *b, int64_t now);
static void play(struct citizen *c, int64_t due_us);
static void go_on(struct citizen *c);
static void failed(struct citizen *c);

const struct smsc_events bench_events = {
	.screen = on_screen,
	.refused = on_refused,
	.silent = on_silent,
};

struct bench *
bench_new(
    struct event_base *base, struct smsc *s, const struct bench_plan *plan)
{
	struct bench *b = calloc(1, sizeof(*b));
	char number[32];
	int i;

	CHECK(b != NULL);
	b->plan = *plan;
	b->smsc = s;
	b->tick = event_new(base, -1, EV_PERSIST, on_tick, b);
	b->citizens = calloc((size_t)plan->sessions, sizeof(*b->citizens));
	CHECK(b->tick != NULL && b->citizens != NULL);
	STAILQ_INIT(&b->free);
	for (i = 0; i < plan->sessions; i++) {
		struct citizen *c = &b->citizens[i];

		snprintf(number, sizeof(number), "%lld", FIRST_NUMBER + i);
		c->bench = b;
		c->dialling = true;
		c->phone = smsc_phone(s, number);
		phone_set_owner(c->phone, c);
	}
	return b;
}

void
bench_stop(struct bench *b)
{
	int i;

	for (i = 0; i < b->plan.sessions; i++) {
		phone_walk_away(b->citizens[i].phone);
		phone_set_owner(b->citizens[i].phone, NULL);
	}
	event_free(b->tick);
	free(b->citizens);
	free(b);
}

void
bench_start(struct bench *b)
{
	static const struct timeval tick = { 0, TICK_US };
	int i;

	b->began_us = clock_steady_us();
	event_add(b->tick, &tick);
	for (i = 0; i < b->plan.sessions; i++)
		go_on(&b->citizens[i]);
}

void
bench_reset(struct bench *b)
{
	memset(&b->figures, 0, sizeof(b->figures));
}

const struct bench_figures *
bench_figures(const struct bench *b)
{
	return &b->figures;
}

/* ---- a turn */

static void
play(struct citizen *c, int64_t due_us)
{
	const struct bench_plan *plan = &c->bench->plan;
	int sent;

	c->due_us = due_us;
	if (c->dialling) {
		c->answered = 0;
		sent = phone_dial(c->phone, plan->code);
	} else
		sent = phone_answer(c->phone, plan->answers[c->answered++]);
	c->dialling = false;
	if (sent == -1)
		failed(c);
}

static void
on_screen(void *owner, struct phone *p, const char *text, bool ended)
{
	struct citizen *c = phone_owner(p);
	struct bench_figures *f;
	bool last;

	(void)owner;
	if (c == NULL)
		return;
	f = &c->bench->figures;
	last = c->bench->plan.answers[c->answered] == NULL;
	f->turns++;
	histogram_add(
	    &f->latency_us, (uint64_t)(clock_steady_us() - c->due_us));
	if (ended != last || *text == '\0')
		f->errors++;
	c->dialling = ended;
	go_on(c);
}

static void
on_refused(void *owner, struct phone *p, uint32_t status)
{
	(void)owner;
	(void)status;
	failed(phone_owner(p));
}

static void
on_silent(void *owner, struct phone *p)
{
	(void)owner;
	failed(phone_owner(p));
}

static void
failed(struct citizen *c)
{
	if (c == NULL)
		return;
	c->bench->figures.errors++;
	c->dialling = true;
	phone_walk_away(c->phone);
	STAILQ_INSERT_TAIL(&c->bench->free, c, entry);
}

/* Closed: at once. Open: when the next turn is due. */
static void
go_on(struct citizen *c)
{
	struct bench *b = c->bench;

	if (b->plan.rate == 0) {
		play(c, clock_steady_us());
		return;
	}
	STAILQ_INSERT_TAIL(&b->free, c, entry);
}

static void
on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct bench *b = arg;
	int64_t now = clock_steady_us(), due_us;
	struct citizen *c;
	size_t turns;

	(void)fd;
	(void)what;
	for (turns = 0; turns < TICK_TURNS; turns++) {
		due_us = due_time(b, now);
		if (due_us > now)
			return;
		c = STAILQ_FIRST(&b->free);
		if (c == NULL) {
			b->figures.late += b->plan.rate > 0;
			return; /* it stays due, and its wait counts */
		}
		STAILQ_REMOVE_HEAD(&b->free, entry);
		b->due++;
		play(c, due_us);
	}
}

/* Closed: whoever failed tries again now. */
static int64_t
due_time(const struct bench *b, int64_t now)
{
	if (b->plan.rate == 0)
		return now;
	return b->began_us +
	    (int64_t)(b->due * 1000000 / (uint64_t)b->plan.rate);
}

/*
 * Screens on their way to the operators.
 *
 *	send -> answered
 *	  ^        | throttled, full: a little later
 *	  \--------/
 */
#include <event2/event.h>
#include <stdlib.h>
#include <sys/queue.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/screens.h"

#define AGAIN_MS                                                    \
	100 /* a screen is waited for: soon, and the link is slower \
	     */

struct screen {
	struct screens *all;
	struct arena *arena;
	struct screens_wish wish;
	struct pdu pdu;
	int64_t ends_ms; /* steady: when nobody waits for it any more */
	struct event *again;
	LIST_ENTRY(screen) entry;
};

struct screens {
	struct event_base *base;
	LIST_HEAD(, screen) open;
};

static void submit(struct screen *s);
static void answered(void *arg, const struct link_answer *answer);
static void wait_a_little(struct screen *s);
static void on_again(evutil_socket_t fd, short what, void *arg);
static void screen_free(struct screen *s);

struct screens *
screens_new(struct event_base *base)
{
	struct screens *all = calloc(1, sizeof(*all));

	CHECK(all != NULL);
	all->base = base;
	return all;
}

void
screens_free(struct screens *all)
{
	while (!LIST_EMPTY(&all->open))
		screen_free(LIST_FIRST(&all->open));
	free(all);
}

void
screens_send(
    struct screens *all, const struct screens_wish *wish, const struct pdu *pdu)
{
	struct arena *a = wish->owned;
	struct screen *s = arena_alloc(a, sizeof(*s));

	s->all = all;
	s->arena = a;
	s->wish = *wish;
	s->pdu = *pdu;
	s->pdu.text = arena_copy(a, pdu->text, pdu->text_len);
	s->pdu.tlvs.octets = arena_copy(a, pdu->tlvs.octets, pdu->tlvs.len);
	s->ends_ms = clock_steady_ms() + wish->order.live_ms;
	LIST_INSERT_HEAD(&all->open, s, entry);
	submit(s);
}

static void
submit(struct screen *s)
{
	int64_t left = s->ends_ms - clock_steady_ms();

	if (left <= 0) {
		log_line(LOG_LEVEL_NOTICE, link_settings(s->wish.link)->name,
		    "screen given up: the operator had no room for it");
		screen_free(s);
		return;
	}
	s->wish.order.live_ms = (int)left;
	link_submit(s->wish.link, &s->wish.order, &s->pdu, answered, s);
}

static void
answered(void *arg, const struct link_answer *answer)
{
	struct screen *s = arg;

	switch (answer->result) {
	case LINK_REFUSED:
		if (pdu_outcome(answer->status) == PDU_OUTCOME_TEMPORARY) {
			wait_a_little(s);
			return;
		}
		s->wish.refused(s->wish.owner, answer->status);
		break;
	case LINK_SENT:
	case LINK_UNKNOWN: /* it may be on the screen: never twice */
	case LINK_DROPPED:
		break;
	}
	screen_free(s);
}

static void
wait_a_little(struct screen *s)
{
	static const struct timeval wait = { 0, AGAIN_MS * 1000 };

	if (s->again == NULL)
		s->again = evtimer_new(s->all->base, on_again, s);
	CHECK(s->again != NULL);
	evtimer_add(s->again, &wait);
}

static void
on_again(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	submit(arg);
}

static void
screen_free(struct screen *s)
{
	if (s->again != NULL)
		event_free(s->again);
	LIST_REMOVE(s, entry);
	arena_free(s->arena);
}

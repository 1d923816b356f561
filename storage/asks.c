/*
 * Open questions. One that ended is spare, because tens of thousands begin
 * and end in a second.
 */
#include <event2/event.h>
#include <stdlib.h>

#include "base/check.h"
#include "base/clock.h"
#include "storage/asks.h"

static void asks_deliver(evutil_socket_t fd, short what, void *arg);
static void asks_spare(struct asks *a, struct redis_ask *ask);
static void line_put(struct asks_line *l, struct redis_ask *ask);
static struct redis_ask *line_take(struct asks_line *l);

void
asks_init(struct asks *a, struct redis *r, struct event_base *base)
{
	*a = (struct asks){ .redis = r };
	a->delivery = evtimer_new(base, asks_deliver, a);
	CHECK(a->delivery != NULL);
}

void
asks_free(struct asks *a)
{
	struct redis_ask *ask;

	CHECK(a->sent.head == NULL);
	while ((ask = line_take(&a->refused)) != NULL)
		free(ask);
	while ((ask = a->spare) != NULL) {
		a->spare = ask->next;
		free(ask);
	}
	event_free(a->delivery);
}

struct redis_ask *
asks_new(struct asks *a, redis_done *done, void *arg)
{
	struct redis_ask *ask = a->spare;

	if (ask != NULL) {
		a->spare = ask->next;
	} else {
		ask = malloc(sizeof(*ask));
		CHECK(ask != NULL);
	}
	*ask = (struct redis_ask){
		.redis = a->redis,
		.done = done,
		.arg = arg,
	};
	return ask;
}

void
asks_put_sent(struct asks *a, struct redis_ask *ask)
{
	ask->asked_ms = clock_steady_ms();
	line_put(&a->sent, ask);
	a->in_flight++;
}

void
asks_take_sent(struct asks *a, struct redis_ask *ask)
{
	CHECK(line_take(&a->sent) == ask);
	a->in_flight--;
}

void
asks_refuse(struct asks *a, struct redis_ask *ask, enum redis_result result)
{
	struct timeval now = { 0, 0 };

	if (ask->inside) {
		asks_spare(a, ask);
		return;
	}
	ask->result = result;
	if (a->refused.head == NULL)
		event_add(a->delivery, &now);
	line_put(&a->refused, ask);
}

/* What is refused meanwhile waits for the loop's next turn. */
static void
asks_deliver(evutil_socket_t fd, short what, void *arg)
{
	struct asks *a = arg;
	struct asks_line due = a->refused;
	struct redis_ask *ask;

	(void)fd, (void)what;
	a->refused = (struct asks_line){ NULL, NULL };
	while ((ask = line_take(&due)) != NULL)
		asks_answer(a, ask, ask->result, NULL);
}

/* The ask is spare before it is answered: an answer often asks again. */
void
asks_answer(struct asks *a, struct redis_ask *ask, enum redis_result result,
    const struct reply *reply)
{
	redis_done *done = ask->done;
	void *arg = ask->arg;

	asks_spare(a, ask);
	if (done == NULL)
		return;
	a->answering++;
	done(arg, result, reply);
	a->answering--;
}

static void
asks_spare(struct asks *a, struct redis_ask *ask)
{
	ask->next = a->spare;
	a->spare = ask;
}

static void
line_put(struct asks_line *l, struct redis_ask *ask)
{
	ask->next = NULL;
	if (l->tail != NULL)
		l->tail->next = ask;
	else
		l->head = ask;
	l->tail = ask;
}

static struct redis_ask *
line_take(struct asks_line *l)
{
	struct redis_ask *ask = l->head;

	if (ask != NULL) {
		l->head = ask->next;
		if (l->head == NULL)
			l->tail = NULL;
	}
	return ask;
}

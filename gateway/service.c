/*
 * An ask: one question to an institution, and its one answer.
 *
 *	ask -> waiting -> calling -> answered
 *	          ^          |
 *	          \- pausing-/	a safe call, once more
 *
 * Every institution is a house with so many rooms (its bulkhead) and a
 * breaker at its door. An ask holds a room from its first try to its last;
 * without one it waits in order, if it may, for as long as its deadline lets
 * it. Whatever is decided at once is still answered from the loop.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "gateway/service_ask.h"

#define WAITING_MAX   10000 /* behind one bulkhead */
#define CACHE_ENTRIES 1024
#define CACHE_OCTETS  (8 * 1024 * 1024)

static struct service_ask *ask_new(struct service *s,
    const struct service_request *request, service_answered *done, void *arg);
static void ask_enter(struct service_ask *ask);
static void ask_wait(struct service_ask *ask);
static void ask_fires(evutil_socket_t fd, short what, void *arg);
static void ask_leave(struct service_ask *ask);
static void ask_free(struct service_ask *ask);
static void house_admits(struct house *h);
static struct house *house_of(struct service *s, const char *name);
static char *copy(const char *text);

struct service *
service_new(struct event_base *base)
{
	struct service *s = calloc(1, sizeof(*s));

	CHECK(s != NULL);
	s->base = base;
	s->http = http_client_new(base);
	s->cache = answer_cache_new(CACHE_ENTRIES, CACHE_OCTETS);
	TAILQ_INIT(&s->open);
	return s;
}

void
service_free(struct service *s)
{
	struct house *h, *after;

	if (s == NULL)
		return;
	HASH_ITER (hh, s->houses, h, after)
		while (!TAILQ_EMPTY(&h->waiting))
			ask_free(TAILQ_FIRST(&h->waiting));
	while (!TAILQ_EMPTY(&s->open))
		ask_free(TAILQ_FIRST(&s->open));
	HASH_ITER (hh, s->houses, h, after) {
		HASH_DELETE(hh, s->houses, h);
		free(h);
	}
	answer_cache_free(s->cache);
	http_client_free(s->http);
	free(s);
}

struct service_ask *
service_ask(struct service *s, const struct service_request *request,
    service_answered *done, void *arg)
{
	struct service_ask *ask = ask_new(s, request, done, arg);
	struct house *h = ask->house;

	if (service_recall(ask))
		service_set_timer(ask, 0);
	else if (h->rooms_taken < ask->max_calls && TAILQ_EMPTY(&h->waiting))
		ask_enter(ask);
	else if (request->queues && h->waiting_count < WAITING_MAX)
		ask_wait(ask);
	else
		service_decide(ask, "full");
	return ask;
}

void
service_cancel(struct service_ask *ask)
{
	struct house *h = ask->house;

	service_give_up(ask);
	ask_free(ask);
	house_admits(h);
}

static struct service_ask *
ask_new(struct service *s, const struct service_request *request,
    service_answered *done, void *arg)
{
	struct service_ask *ask = calloc(1, sizeof(*ask));

	CHECK(ask != NULL);
	CHECK(request->max_calls > 0);
	ask->service = s;
	ask->house = house_of(s, request->institution);
	ask->api = request->api;
	ask->url = copy(request->url);
	ask->body = copy(request->body);
	ask->content = copy(request->content);
	ask->idempotency_key = copy(request->idempotency_key);
	ask->max_calls = request->max_calls;
	ask->deadline_ms = clock_steady_ms() + request->deadline_ms;
	ask->done = done;
	ask->arg = arg;
	ask->place = ASK_DECIDED;
	ask->timer = evtimer_new(s->base, ask_fires, ask);
	CHECK(ask->timer != NULL);
	TAILQ_INSERT_TAIL(&s->open, ask, next);
	return ask;
}

/* ---- the bulkhead */

static void
ask_enter(struct service_ask *ask)
{
	ask->house->rooms_taken++;
	ask->has_room = true;
	service_try(ask);
}

static void
ask_wait(struct service_ask *ask)
{
	struct house *h = ask->house;

	TAILQ_REMOVE(&ask->service->open, ask, next);
	TAILQ_INSERT_TAIL(&h->waiting, ask, next);
	h->waiting_count++;
	ask->place = ASK_WAITING;
	service_set_timer(ask, service_left_ms(ask));
}

/* Whoever waited longest comes in, for every room that is free. Not called
 * from where a room is left: ten thousand may leave by one another. */
static void
house_admits(struct house *h)
{
	struct service_ask *ask;

	while ((ask = TAILQ_FIRST(&h->waiting)) != NULL &&
	    h->rooms_taken < ask->max_calls) {
		TAILQ_REMOVE(&h->waiting, ask, next);
		h->waiting_count--;
		TAILQ_INSERT_TAIL(&ask->service->open, ask, next);
		evtimer_del(ask->timer);
		ask_enter(ask);
	}
}

static void
ask_leave(struct service_ask *ask)
{
	if (ask->has_room)
		ask->house->rooms_taken--;
	ask->has_room = false;
}

/* ---- the end of an ask */

static void
ask_fires(evutil_socket_t fd, short what, void *arg)
{
	struct service_ask *ask = arg;
	struct house *h = ask->house;

	(void)fd;
	(void)what;
	switch (ask->place) {
	case ASK_WAITING:
		ask->answer =
		    (struct answer){ OUTCOME_FAIL, NULL, "waited", false };
		service_answer(ask);
		break;
	case ASK_DECIDED:
		service_answer(ask);
		break;
	case ASK_PAUSING:
		service_try(ask);
		house_admits(h);
		break;
	case ASK_CALLING:
		break;
	}
}

void
service_decide(struct service_ask *ask, const char *why)
{
	ask_leave(ask);
	ask->answer = (struct answer){ OUTCOME_FAIL, NULL, why, false };
	ask->place = ASK_DECIDED;
	service_set_timer(ask, 0);
}

/* The ask is over before it is answered; only its answer is kept for that. */
void
service_answer(struct service_ask *ask)
{
	service_answered *done = ask->done;
	void *arg = ask->arg;
	struct answer answer = ask->answer;
	struct arena *arena = ask->arena;
	struct house *h = ask->house;
	size_t count = answer.outcome == OUTCOME_OK ? ask->api->take_count : 0;

	ask->arena = NULL;
	ask_free(ask);
	house_admits(h);
	done(arg, answer.outcome, answer.values, count, answer.why);
	arena_free(arena);
}

static void
ask_free(struct service_ask *ask)
{
	struct service *s = ask->service;

	if (ask->place == ASK_WAITING) {
		TAILQ_REMOVE(&ask->house->waiting, ask, next);
		ask->house->waiting_count--;
	} else {
		TAILQ_REMOVE(&s->open, ask, next);
	}
	if (ask->call != NULL)
		http_client_cancel(ask->call);
	ask_leave(ask);
	event_free(ask->timer);
	arena_free(ask->arena);
	free(ask->url);
	free(ask->body);
	free(ask->content);
	free(ask->idempotency_key);
	free(ask);
}

/* ---- small things */

static struct house *
house_of(struct service *s, const char *name)
{
	size_t len = strlen(name);
	struct house *h;

	HASH_FIND(hh, s->houses, name, len, h);
	if (h != NULL)
		return h;
	h = calloc(1, sizeof(*h) + len + 1);
	CHECK(h != NULL);
	memcpy(h->name, name, len + 1);
	TAILQ_INIT(&h->waiting);
	HASH_ADD(hh, s->houses, name, len, h);
	return h;
}

void
service_set_timer(struct service_ask *ask, int64_t ms)
{
	struct timeval in = { ms / 1000, ms % 1000 * 1000 };

	CHECK(evtimer_add(ask->timer, &in) == 0);
}

int64_t
service_left_ms(const struct service_ask *ask)
{
	int64_t left = ask->deadline_ms - clock_steady_ms();

	return left > 0 ? left : 0;
}

static char *
copy(const char *text)
{
	char *own = text != NULL ? strdup(text) : NULL;

	CHECK((own == NULL) == (text == NULL));
	return own;
}

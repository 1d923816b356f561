/*
 * A connection to Redis, kept up by itself.
 *
 *	away -> connecting -> greeting -> up -> leaving -> away ...
 *	  \__________\___________\________/
 *
 * Traps of hiredis 0.14 met here: a context that fails frees itself, so it is
 * never freed in a callback of connecting or disconnecting; names would be
 * resolved blocking, so only addresses are taken; a context's own errstr is
 * not set yet when connecting fails; there are no time-outs; and it writes
 * without MSG_NOSIGNAL.
 */
#include <arpa/inet.h>
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "storage/connection.h"

/* After our own REDIS_OK, which it rewrites; both are 0. */
#include <hiredis/async.h>
#include <hiredis/adapters/libevent.h>

#define RETRY_LEAST_MS      50
#define RETRY_MOST_MS       2000
#define BEATS_IN_A_DEADLINE 4

struct watcher {
	struct watcher *next;
	void (*changed)(void *arg, bool up);
	void *arg;
};

static void connection_timer(evutil_socket_t fd, short what, void *arg);
static void connection_try(struct redis *r);
static redisAsyncContext *context_new(const struct redis_settings *s);
static bool is_address(const char *host);
static void connection_made(const redisAsyncContext *c, int status);
static void connection_come_up(struct redis *r);
static void connection_pulse(evutil_socket_t fd, short what, void *arg);
static redis_done connection_ponged;
static void connection_ended(const redisAsyncContext *c, int status);
static void connection_drop(struct redis *r, const char *why);
static void connection_go_away(struct redis *r, const char *why);
static void connection_set_down(struct redis *r, const char *why);
static void connection_changed(struct redis *r, bool up);
static void event_in(struct event *e, int ms);

void
connection_start(struct redis *r)
{
	signal(SIGPIPE, SIG_IGN);
	r->phase = PHASE_AWAY;
	r->retry_ms = RETRY_LEAST_MS;
	r->timer = evtimer_new(r->base, connection_timer, r);
	r->pulse = event_new(r->base, -1, EV_PERSIST, connection_pulse, r);
	CHECK(r->timer != NULL && r->pulse != NULL);
	snprintf(r->trouble, sizeof(r->trouble), "not connected yet");
	event_in(r->timer, 0);
}

void
connection_stop(struct redis *r)
{
	if (r->context != NULL) {
		r->context->data = NULL;
		redisAsyncFree(r->context);
	}
	event_free(r->timer);
	event_free(r->pulse);
}

void
redis_watch(struct redis *r, void (*changed)(void *arg, bool up), void *arg)
{
	struct watcher *w = arena_alloc(r->arena, sizeof(*w));

	w->changed = changed;
	w->arg = arg;
	w->next = r->watchers;
	r->watchers = w;
}

static void
connection_timer(evutil_socket_t fd, short what, void *arg)
{
	struct redis *r = arg;

	(void)fd, (void)what;
	switch (r->phase) {
	case PHASE_AWAY:
		connection_try(r);
		break;
	case PHASE_CONNECTING:
		connection_drop(r, "Redis does not take the connection");
		break;
	case PHASE_GREETING:
		connection_drop(r, "Redis does not answer the greeting");
		break;
	case PHASE_UP:
	case PHASE_LEAVING:
		CHECK(!"a timer in this phase");
	}
}

static void
connection_try(struct redis *r)
{
	redisAsyncContext *c;

	if (r->settings.socket == NULL && !is_address(r->settings.host)) {
		connection_go_away(r, "redis.host is not a numeric address");
		return;
	}
	c = context_new(&r->settings);
	if (c->err != 0) {
		connection_go_away(r, c->c.errstr);
		redisAsyncFree(c);
		return;
	}
	r->context = c;
	c->data = r;
	c->c.reader->maxbuf = 0; /* or it frees and grows its buffer always */
	CHECK(redisLibeventAttach(c, r->base) == REDIS_OK);
	CHECK(redisAsyncSetConnectCallback(c, connection_made) == REDIS_OK);
	CHECK(redisAsyncSetDisconnectCallback(c, connection_ended) == REDIS_OK);
	r->phase = PHASE_CONNECTING;
	event_in(r->timer, r->settings.connect_ms);
}

static redisAsyncContext *
context_new(const struct redis_settings *s)
{
	redisAsyncContext *c = s->socket != NULL
	    ? redisAsyncConnectUnix(s->socket)
	    : redisAsyncConnect(s->host, s->port);

	CHECK(c != NULL);
	return c;
}

static bool
is_address(const char *host)
{
	struct in6_addr any;

	return host != NULL &&
	    (inet_pton(AF_INET, host, &any) == 1 ||
		inet_pton(AF_INET6, host, &any) == 1);
}

static void
connection_made(const redisAsyncContext *c, int status)
{
	struct redis *r = c->data;

	if (r == NULL)
		return;
	if (status != REDIS_OK) {
		r->context = NULL; /* it frees itself */
		connection_go_away(r, c->c.errstr);
		return;
	}
	event_in(r->pulse, r->settings.command_ms / BEATS_IN_A_DEADLINE + 1);
	r->heard = true;
	r->phase = PHASE_GREETING;
	greeting_start(&r->greeting);
}

void
connection_greeted(struct redis *r, const char *trouble)
{
	if (trouble == NULL)
		connection_come_up(r);
	else
		connection_drop(r, trouble);
}

static void
connection_come_up(struct redis *r)
{
	event_del(r->timer);
	r->phase = PHASE_UP;
	r->trouble[0] = '\0';
	r->logged[0] = '\0';
	r->told_up = true;
	log_line(LOG_LEVEL_NOTICE, "redis", "up");
	connection_changed(r, true);
}

/*
 * Redis is given up when the oldest question is overdue and nothing at all
 * was answered since the last beat: after this process itself slept, the
 * answers are there and only want reading. An idle connection is tried.
 */
static void
connection_pulse(evutil_socket_t fd, short what, void *arg)
{
	struct redis *r = arg;
	const struct redis_ask *oldest = r->asks.sent.head;
	const char *ping[] = { "PING" };

	(void)fd, (void)what;
	if (oldest != NULL && !r->heard &&
	    clock_steady_ms() - oldest->asked_ms >= r->settings.command_ms) {
		connection_drop(r, "Redis does not answer");
		return;
	}
	r->heard = false;
	if (r->phase != PHASE_UP)
		return;
	r->retry_ms = RETRY_LEAST_MS;
	if (oldest == NULL)
		redis_ask_inside(r, connection_ponged, NULL, 1, ping, NULL);
}

static void
connection_ponged(
    void *arg, enum redis_result result, const struct reply *reply)
{
	(void)arg, (void)result, (void)reply;
}

void
connection_leave(struct redis *r, const char *why)
{
	if (r->phase != PHASE_UP)
		return;
	r->phase = PHASE_LEAVING;
	connection_set_down(r, why);
	redisAsyncDisconnect(r->context);
}

static void
connection_ended(const redisAsyncContext *c, int status)
{
	struct redis *r = c->data;

	if (r == NULL)
		return;
	r->context = NULL; /* it frees itself */
	connection_go_away(r, status == REDIS_OK ? r->trouble : c->c.errstr);
}

static void
connection_drop(struct redis *r, const char *why)
{
	redisAsyncContext *c = r->context;

	r->context = NULL;
	c->data = NULL;
	redisAsyncFree(c);
	connection_go_away(r, why);
}

static void
connection_go_away(struct redis *r, const char *why)
{
	uint32_t jitter;

	event_del(r->pulse);
	r->phase = PHASE_AWAY;
	digest_random(&jitter, sizeof(jitter));
	event_in(r->timer,
	    r->retry_ms / 2 + (int)(jitter % (uint32_t)(r->retry_ms / 2 + 1)));
	r->retry_ms *= 2;
	if (r->retry_ms > RETRY_MOST_MS)
		r->retry_ms = RETRY_MOST_MS;
	connection_set_down(r, why);
}

static void
connection_set_down(struct redis *r, const char *why)
{
	if (why != r->trouble)
		snprintf(r->trouble, sizeof(r->trouble), "%s", why);
	if (strcmp(r->trouble, r->logged) != 0)
		log_line(LOG_LEVEL_WARNING, "redis", "down reason=\"%s\"",
		    r->trouble);
	memcpy(r->logged, r->trouble, sizeof(r->logged));
	if (r->told_up) {
		r->told_up = false;
		connection_changed(r, false);
	}
}

static void
connection_changed(struct redis *r, bool up)
{
	struct watcher *w;

	r->asks.answering++;
	for (w = r->watchers; w != NULL; w = w->next)
		w->changed(w->arg, up);
	r->asks.answering--;
}

static void
event_in(struct event *e, int ms)
{
	struct timeval in = { ms / 1000, ms % 1000 * 1000 };

	event_add(e, &in);
}

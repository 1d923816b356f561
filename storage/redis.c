/*
 * A connection to Redis, kept up by itself.
 *
 *	away -> connecting -> greeting -> up -> leaving -> away ...
 *	  \__________\___________\________/
 *
 * A question goes out in the order it was asked and its answer comes back in
 * that order, so what is asked stands in one line and the head of the line
 * tells how long Redis has been silent. What cannot be asked, or lost its
 * connection, stands in a second line and is answered from the loop.
 *
 * Traps of hiredis 0.14 met here: a context that fails frees itself, so it is
 * never freed in a callback of connecting or disconnecting; names would be
 * resolved blocking, so only addresses are taken; it writes without
 * MSG_NOSIGNAL; it has no time-outs.
 */
#include <arpa/inet.h>
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "storage/greeting.h"
#include "storage/redis.h"
#include "storage/refusal.h"
#include "storage/scripts.h"
#include "storage/wire.h"

/* After our own header, whose REDIS_OK it would rewrite; both are 0. */
#include <hiredis/async.h>
#include <hiredis/adapters/libevent.h>

#define RETRY_LEAST_MS 50
#define RETRY_MOST_MS  2000

enum phase {
	PHASE_AWAY,	  /* the timer will try again */
	PHASE_CONNECTING, /* the timer gives up */
	PHASE_GREETING,	  /* the same */
	PHASE_UP,
	PHASE_LEAVING,	  /* what was asked is still answered */
};

struct redis_ask {
	struct redis_ask *next;
	struct redis *redis;
	redis_done *done;	  /* NULL: nobody wants to know any more */
	void *arg;
	bool inside;		  /* of the connection's own */
	enum redis_result result; /* in the second line */
	int64_t asked_ms;
};

struct line {
	struct redis_ask *head, *tail;
};

struct watcher {
	struct watcher *next;
	void (*changed)(void *arg, bool up);
	void *arg;
};

struct redis {
	struct event_base *base;
	struct arena *arena;	/* the settings' texts, watchers */
	struct redis_settings settings;
	struct greeting greeting;
	struct watcher *watchers;

	enum phase phase;
	redisAsyncContext *context; /* not NULL in all phases but AWAY */
	struct event *timer;
	struct event *pulse;	/* every PULSE while there is a context */
	int retry_ms;
	bool told_up;		/* what the watchers heard last */
	char trouble[256];
	char logged[256];	/* the trouble that the log has already */

	struct wire wire;
	struct line asked;
	size_t in_flight;
	bool heard;		/* an answer, since the last pulse */
	struct line unasked;	/* to be answered by DELIVERY */
	struct event *delivery;
	struct redis_ask *spare;
	int answering;		/* answers that run right now */
};

static struct redis_settings settings_copy(
    struct arena *a, const struct redis_settings *s);

static void redis_timer(evutil_socket_t fd, short what, void *arg);
static void redis_connect(struct redis *r);
static redisAsyncContext *context_new(const struct redis_settings *s);
static bool is_address(const char *host);
static void redis_connected(const redisAsyncContext *c, int status);
static void redis_come_up(struct redis *r);
static void redis_leave(struct redis *r, const char *why);
static void redis_disconnected(const redisAsyncContext *c, int status);
static void redis_drop(struct redis *r, const char *why);
static void redis_go_away(struct redis *r, const char *why);
static void redis_set_down(struct redis *r, const char *why);
static void redis_changed(struct redis *r, bool up);
static void redis_timer_in(struct redis *r, int ms);

static void redis_pulse(evutil_socket_t fd, short what, void *arg);
static redis_done redis_ponged;

static struct redis_ask *ask_new(struct redis *r, redis_done *done, void *arg);
static void ask_send(struct redis_ask *ask);
static void ask_refuse(struct redis_ask *ask, enum redis_result result);
static void ask_replied(redisAsyncContext *c, void *reply, void *arg);
static void ask_failed(struct redis_ask *ask, const struct reply *error);
static void ask_answer(struct redis_ask *ask, enum redis_result result,
    const struct reply *reply);
static void asks_deliver(evutil_socket_t fd, short what, void *arg);
static void ask_spare(struct redis_ask *ask);
static void line_free(struct redis_ask *head);
static void line_put(struct line *l, struct redis_ask *ask);
static struct redis_ask *line_take(struct line *l);

/* ---- from birth to death */

struct redis *
redis_new(struct event_base *base, const struct redis_settings *s)
{
	struct redis *r = calloc(1, sizeof(*r));

	CHECK(r != NULL);
	CHECK(s->command_ms > 0 && s->connect_ms > 0 && s->in_flight > 0);
	signal(SIGPIPE, SIG_IGN);
	r->base = base;
	r->arena = arena_new();
	r->settings = settings_copy(r->arena, s);
	r->greeting.redis = r;
	r->greeting.settings = &r->settings;
	r->timer = evtimer_new(base, redis_timer, r);
	r->pulse = event_new(base, -1, EV_PERSIST, redis_pulse, r);
	r->delivery = evtimer_new(base, asks_deliver, r);
	CHECK(r->timer != NULL && r->pulse != NULL && r->delivery != NULL);
	r->retry_ms = RETRY_LEAST_MS;
	snprintf(r->trouble, sizeof(r->trouble), "not connected yet");
	redis_timer_in(r, 0);
	return r;
}

void
redis_free(struct redis *r)
{
	if (r == NULL)
		return;
	CHECK(r->answering == 0);
	if (r->context != NULL) {
		r->context->data = NULL;
		redisAsyncFree(r->context);
	}
	event_free(r->timer);
	event_free(r->pulse);
	event_free(r->delivery);
	line_free(r->unasked.head);
	line_free(r->spare);
	wire_free(&r->wire);
	arena_free(r->arena);
	free(r);
}

static struct redis_settings
settings_copy(struct arena *a, const struct redis_settings *s)
{
	struct redis_settings copy = *s;

	if (s->socket != NULL)
		copy.socket = arena_string(a, s->socket);
	if (s->host != NULL)
		copy.host = arena_string(a, s->host);
	if (s->username != NULL)
		copy.username = arena_string(a, s->username);
	if (s->password != NULL)
		copy.password = arena_string(a, s->password);
	copy.prefix = arena_string(a, s->prefix);
	return copy;
}

struct event_base *
redis_base(const struct redis *r)
{
	return r->base;
}

bool
redis_is_up(const struct redis *r)
{
	return r->phase == PHASE_UP;
}

const char *
redis_trouble(const struct redis *r)
{
	return r->trouble;
}

size_t
redis_in_flight(const struct redis *r)
{
	return r->in_flight;
}

const struct digest_key *
redis_request_key(const struct redis *r)
{
	return &r->greeting.request_key;
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

/* ---- coming up and going down */

static void
redis_timer(evutil_socket_t fd, short what, void *arg)
{
	struct redis *r = arg;

	(void)fd, (void)what;
	switch (r->phase) {
	case PHASE_AWAY:
		redis_connect(r);
		break;
	case PHASE_CONNECTING:
		redis_drop(r, "Redis does not take the connection");
		break;
	case PHASE_GREETING:
		redis_drop(r, "Redis does not answer the greeting");
		break;
	case PHASE_UP:
	case PHASE_LEAVING:
		CHECK(!"a timer in this phase");
	}
}

static void
redis_connect(struct redis *r)
{
	redisAsyncContext *c;

	if (r->settings.socket == NULL && !is_address(r->settings.host)) {
		redis_go_away(r, "redis.host is not a numeric address");
		return;
	}
	c = context_new(&r->settings);
	if (c->err != 0) {
		redis_go_away(r, c->c.errstr);
		redisAsyncFree(c);
		return;
	}
	r->context = c;
	c->data = r;
	c->c.reader->maxbuf = 0; /* or it frees and grows its buffer always */
	CHECK(redisLibeventAttach(c, r->base) == REDIS_OK);
	CHECK(redisAsyncSetConnectCallback(c, redis_connected) == REDIS_OK);
	CHECK(redisAsyncSetDisconnectCallback(c, redis_disconnected) ==
	    REDIS_OK);
	r->phase = PHASE_CONNECTING;
	redis_timer_in(r, r->settings.connect_ms);
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

	return host != NULL && (inet_pton(AF_INET, host, &any) == 1 ||
	    inet_pton(AF_INET6, host, &any) == 1);
}

static void
redis_connected(const redisAsyncContext *c, int status)
{
	struct redis *r = c->data;
	struct timeval every = { 0, 0 };
	int ms;

	if (r == NULL)
		return;
	if (status != REDIS_OK) {
		r->context = NULL; /* it frees itself */
		redis_go_away(r, c->c.errstr);
		return;
	}
	ms = r->settings.command_ms / 4 + 1;
	every.tv_sec = ms / 1000;
	every.tv_usec = ms % 1000 * 1000;
	event_add(r->pulse, &every);
	r->heard = true;
	r->phase = PHASE_GREETING;
	greeting_start(&r->greeting);
}

void
redis_greeted(struct redis *r, const char *trouble)
{
	if (trouble == NULL)
		redis_come_up(r);
	else
		redis_drop(r, trouble);
}

static void
redis_come_up(struct redis *r)
{
	event_del(r->timer);
	r->phase = PHASE_UP;
	r->trouble[0] = '\0';
	r->logged[0] = '\0';
	r->told_up = true;
	log_line(LOG_LEVEL_NOTICE, "redis", "up");
	redis_changed(r, true);
}

/* Redis refuses to work, but goes on answering: so hear the answers out. */
static void
redis_leave(struct redis *r, const char *why)
{
	if (r->phase != PHASE_UP)
		return;
	r->phase = PHASE_LEAVING;
	redis_set_down(r, why);
	redisAsyncDisconnect(r->context);
}

static void
redis_disconnected(const redisAsyncContext *c, int status)
{
	struct redis *r = c->data;

	if (r == NULL)
		return;
	r->context = NULL; /* it frees itself */
	redis_go_away(r, status == REDIS_OK ? r->trouble : c->c.errstr);
}

static void
redis_drop(struct redis *r, const char *why)
{
	redisAsyncContext *c = r->context;

	r->context = NULL;
	c->data = NULL;
	redisAsyncFree(c);
	redis_go_away(r, why);
}

static void
redis_go_away(struct redis *r, const char *why)
{
	uint32_t jitter;

	event_del(r->pulse);
	r->phase = PHASE_AWAY;
	digest_random(&jitter, sizeof(jitter));
	redis_timer_in(r,
	    r->retry_ms / 2 + (int)(jitter % (uint32_t)(r->retry_ms / 2 + 1)));
	r->retry_ms *= 2;
	if (r->retry_ms > RETRY_MOST_MS)
		r->retry_ms = RETRY_MOST_MS;
	redis_set_down(r, why);
}

static void
redis_set_down(struct redis *r, const char *why)
{
	if (why != r->trouble)
		snprintf(r->trouble, sizeof(r->trouble), "%s", why);
	if (strcmp(r->trouble, r->logged) != 0)
		log_line(LOG_LEVEL_WARNING, "redis", "down reason=\"%s\"",
		    r->trouble);
	memcpy(r->logged, r->trouble, sizeof(r->logged));
	if (r->told_up) {
		r->told_up = false;
		redis_changed(r, false);
	}
}

static void
redis_changed(struct redis *r, bool up)
{
	struct watcher *w;

	r->answering++;
	for (w = r->watchers; w != NULL; w = w->next)
		w->changed(w->arg, up);
	r->answering--;
}

static void
redis_timer_in(struct redis *r, int ms)
{
	struct timeval in = { ms / 1000, ms % 1000 * 1000 };

	event_add(r->timer, &in);
}

/*
 * Redis is given up when the oldest question is overdue and nothing at all
 * was answered since the last pulse: after this process itself slept, the
 * answers are there and only want reading. An idle connection is tried.
 */
static void
redis_pulse(evutil_socket_t fd, short what, void *arg)
{
	struct redis *r = arg;
	const struct redis_ask *oldest = r->asked.head;
	const char *ping[] = { "PING" };

	(void)fd, (void)what;
	if (oldest != NULL && !r->heard &&
	    clock_steady_ms() - oldest->asked_ms >= r->settings.command_ms) {
		redis_drop(r, "Redis does not answer");
		return;
	}
	r->heard = false;
	if (r->phase != PHASE_UP)
		return;
	r->retry_ms = RETRY_LEAST_MS;
	if (oldest == NULL)
		redis_ask_inside(r, redis_ponged, NULL, 1, ping, NULL);
}

static void
redis_ponged(void *arg, enum redis_result result, const struct reply *reply)
{
	(void)arg, (void)result, (void)reply;
}

/* ---- asking */

struct redis_ask *
redis_command(struct redis *r, redis_done *done, void *arg, size_t count,
    const char *const *arguments, const size_t *lens)
{
	struct redis_ask *ask = ask_new(r, done, arg);

	wire_begin(&r->wire, count);
	wire_arguments(&r->wire, count, arguments, lens);
	ask_send(ask);
	return ask;
}

struct redis_ask *
redis_script(struct redis *r, redis_done *done, void *arg,
    const struct script *script, size_t keys, size_t count,
    const char *const *arguments, const size_t *lens)
{
	struct redis_ask *ask = ask_new(r, done, arg);

	wire_begin(&r->wire, count + 3);
	wire_text(&r->wire, "EVALSHA");
	wire_argument(
	    &r->wire, r->greeting.hashes[script - scripts], SCRIPT_HASH);
	wire_number(&r->wire, keys);
	wire_arguments(&r->wire, count, arguments, lens);
	ask_send(ask);
	return ask;
}

void
redis_ask_inside(struct redis *r, redis_done *done, void *arg, size_t count,
    const char *const *arguments, const size_t *lens)
{
	struct redis_ask *ask = ask_new(r, done, arg);

	ask->inside = true;
	wire_begin(&r->wire, count);
	wire_arguments(&r->wire, count, arguments, lens);
	ask_send(ask);
}

void
redis_cancel(struct redis_ask *ask)
{
	ask->done = NULL; /* it keeps its place in the line */
}

static struct redis_ask *
ask_new(struct redis *r, redis_done *done, void *arg)
{
	struct redis_ask *ask = r->spare;

	if (ask != NULL) {
		r->spare = ask->next;
	} else {
		ask = malloc(sizeof(*ask));
		CHECK(ask != NULL);
	}
	*ask = (struct redis_ask){ .redis = r, .done = done, .arg = arg };
	return ask;
}

static void
ask_send(struct redis_ask *ask)
{
	struct redis *r = ask->redis;
	bool full = r->in_flight >= (size_t)r->settings.in_flight;

	if (!ask->inside && (full || r->phase != PHASE_UP)) {
		ask_refuse(ask, REDIS_DOWN);
		return;
	}
	CHECK(redisAsyncFormattedCommand(r->context, ask_replied, ask,
	    r->wire.octets, r->wire.len) == REDIS_OK);
	ask->asked_ms = clock_steady_ms();
	line_put(&r->asked, ask);
	r->in_flight++;
}

static void
ask_refuse(struct redis_ask *ask, enum redis_result result)
{
	struct redis *r = ask->redis;
	struct timeval now = { 0, 0 };

	ask->result = result;
	if (r->unasked.head == NULL)
		event_add(r->delivery, &now);
	line_put(&r->unasked, ask);
}

/* ---- answering */

static void
ask_replied(redisAsyncContext *c, void *reply, void *arg)
{
	struct redis_ask *ask = arg;
	struct redis *r = ask->redis;
	const redisReply *said = reply;

	(void)c;
	CHECK(line_take(&r->asked) == ask);
	r->in_flight--;
	if (said == NULL && ask->inside) {
		ask_spare(ask);
	} else if (said == NULL) {
		ask_refuse(ask, REDIS_LOST);
	} else {
		r->heard = true;
		if (said->type == REDIS_REPLY_ERROR)
			ask_failed(ask, reply);
		else
			ask_answer(ask, REDIS_OK, reply);
	}
}

static void
ask_failed(struct redis_ask *ask, const struct reply *error)
{
	struct redis *r = ask->redis;
	const char *text = reply_text(error, NULL);

	switch (refusal_of(text)) {
	case REFUSAL_NONE:
		ask_answer(ask, REDIS_ERROR, error);
		break;
	case REFUSAL_SCRIPT:
		if (r->phase == PHASE_UP)
			greeting_reload(&r->greeting);
		ask_answer(ask, REDIS_DOWN, NULL);
		break;
	case REFUSAL_LASTS:
		redis_leave(r, text);
		ask_answer(ask, REDIS_ERROR, error);
		break;
	}
}

/* The ask is spare before it is answered: an answer often asks again. */
static void
ask_answer(struct redis_ask *ask, enum redis_result result,
    const struct reply *reply)
{
	struct redis *r = ask->redis;
	redis_done *done = ask->done;
	void *arg = ask->arg;

	ask_spare(ask);
	if (done == NULL)
		return;
	r->answering++;
	done(arg, result, reply);
	r->answering--;
}

static void
asks_deliver(evutil_socket_t fd, short what, void *arg)
{
	struct redis *r = arg;
	struct line due = r->unasked;
	struct redis_ask *ask;

	(void)fd, (void)what;
	r->unasked = (struct line){ NULL, NULL };
	while ((ask = line_take(&due)) != NULL)
		ask_answer(ask, ask->result, NULL);
}

/* ---- lines */

static void
ask_spare(struct redis_ask *ask)
{
	ask->next = ask->redis->spare;
	ask->redis->spare = ask;
}

static void
line_free(struct redis_ask *head)
{
	struct redis_ask *next;

	for (; head != NULL; head = next) {
		next = head->next;
		free(head);
	}
}

static void
line_put(struct line *l, struct redis_ask *ask)
{
	ask->next = NULL;
	if (l->tail != NULL)
		l->tail->next = ask;
	else
		l->head = ask;
	l->tail = ask;
}

static struct redis_ask *
line_take(struct line *l)
{
	struct redis_ask *ask = l->head;

	if (ask != NULL) {
		l->head = ask->next;
		if (l->head == NULL)
			l->tail = NULL;
	}
	return ask;
}

/* ---- replies */

enum reply_kind
reply_kind(const struct reply *r)
{
	const redisReply *said = (const redisReply *)r;

	if (said == NULL || said->type == REDIS_REPLY_NIL)
		return REPLY_NIL;
	if (said->type == REDIS_REPLY_INTEGER)
		return REPLY_NUMBER;
	return said->type == REDIS_REPLY_ARRAY ? REPLY_LIST : REPLY_TEXT;
}

int64_t
reply_number(const struct reply *r)
{
	const redisReply *said = (const redisReply *)r;

	return reply_kind(r) == REPLY_NUMBER ? said->integer : 0;
}

const char *
reply_text(const struct reply *r, size_t *len)
{
	const redisReply *said = (const redisReply *)r;
	bool text = reply_kind(r) == REPLY_TEXT;

	if (len != NULL)
		*len = text ? said->len : 0;
	return text ? said->str : "";
}

size_t
reply_count(const struct reply *r)
{
	const redisReply *said = (const redisReply *)r;

	return reply_kind(r) == REPLY_LIST ? said->elements : 0;
}

const struct reply *
reply_at(const struct reply *r, size_t i)
{
	const redisReply *said = (const redisReply *)r;

	if (i >= reply_count(r))
		return NULL;
	return (const struct reply *)said->element[i];
}

bool
reply_is_refusal(const struct reply *r)
{
	return refusal_of(reply_text(r, NULL)) != REFUSAL_NONE;
}

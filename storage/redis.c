/*
 * Asking Redis and being answered. What keeps the connection up stands in
 * connection.c; what a fresh one is asked first in greeting.c.
 */
#include <stdlib.h>

#include "base/check.h"
#include "storage/connection.h"
#include "storage/refusal.h"

/* After our own REDIS_OK, which it rewrites; both are 0. */
#include <hiredis/async.h>

static struct redis_settings settings_copy(
    struct arena *a, const struct redis_settings *s);
static void ask_send(struct redis_ask *ask);
static void ask_replied(redisAsyncContext *c, void *reply, void *arg);
static void ask_failed(struct redis_ask *ask, const struct reply *error);

struct redis *
redis_new(struct event_base *base, const struct redis_settings *s)
{
	struct redis *r = calloc(1, sizeof(*r));

	CHECK(r != NULL);
	CHECK(s->command_ms > 0 && s->connect_ms > 0 && s->in_flight > 0);
	r->base = base;
	r->arena = arena_new();
	r->settings = settings_copy(r->arena, s);
	r->greeting.redis = r;
	r->greeting.settings = &r->settings;
	asks_init(&r->asks, r, base);
	connection_start(r);
	return r;
}

void
redis_free(struct redis *r)
{
	if (r == NULL)
		return;
	CHECK(r->asks.answering == 0);
	connection_stop(r);
	asks_free(&r->asks);
	request_free(&r->request);
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
	return r->asks.in_flight;
}

const struct digest_key *
redis_request_key(const struct redis *r)
{
	return &r->greeting.request_key;
}

/* ---- asking */

struct redis_ask *
redis_command(struct redis *r, redis_done *done, void *arg, size_t count,
    const char *const *arguments, const size_t *lens)
{
	struct redis_ask *ask = asks_new(&r->asks, done, arg);

	request_begin(&r->request, count);
	request_arguments(&r->request, count, arguments, lens);
	ask_send(ask);
	return ask;
}

struct redis_ask *
redis_script(struct redis *r, redis_done *done, void *arg,
    const struct script *script, size_t keys, size_t count,
    const char *const *arguments, const size_t *lens)
{
	struct redis_ask *ask = asks_new(&r->asks, done, arg);

	request_begin(&r->request, count + 3);
	request_text(&r->request, "EVALSHA");
	request_argument(
	    &r->request, r->greeting.hashes[script - scripts], SCRIPT_HASH);
	request_number(&r->request, keys);
	request_arguments(&r->request, count, arguments, lens);
	ask_send(ask);
	return ask;
}

void
redis_ask_inside(struct redis *r, redis_done *done, void *arg, size_t count,
    const char *const *arguments, const size_t *lens)
{
	struct redis_ask *ask = asks_new(&r->asks, done, arg);

	ask->inside = true;
	request_begin(&r->request, count);
	request_arguments(&r->request, count, arguments, lens);
	ask_send(ask);
}

void
redis_cancel(struct redis_ask *ask)
{
	ask->done = NULL; /* it keeps its place in the line */
}

static void
ask_send(struct redis_ask *ask)
{
	struct redis *r = ask->redis;
	bool full = r->asks.in_flight >= (size_t)r->settings.in_flight;

	if (!ask->inside && (full || r->phase != PHASE_UP)) {
		asks_refuse(&r->asks, ask, REDIS_DOWN);
		return;
	}
	CHECK(redisAsyncFormattedCommand(r->context, ask_replied, ask,
		  r->request.octets, r->request.len) == REDIS_OK);
	asks_put_sent(&r->asks, ask);
}

/* Without a reply when the connection is lost. */
static void
ask_replied(redisAsyncContext *c, void *reply, void *arg)
{
	struct redis_ask *ask = arg;
	struct redis *r = ask->redis;
	const redisReply *said = reply;

	(void)c;
	asks_take_sent(&r->asks, ask);
	if (said == NULL) {
		asks_refuse(&r->asks, ask, REDIS_LOST);
		return;
	}
	r->heard = true;
	if (said->type == REDIS_REPLY_ERROR)
		ask_failed(ask, reply);
	else
		asks_answer(&r->asks, ask, REDIS_OK, reply);
}

static void
ask_failed(struct redis_ask *ask, const struct reply *error)
{
	struct redis *r = ask->redis;
	const char *text = reply_text(error, NULL);

	switch (refusal_of(text)) {
	case REFUSAL_NONE:
		asks_answer(&r->asks, ask, REDIS_ERROR, error);
		break;
	case REFUSAL_SCRIPT:
		if (r->phase == PHASE_UP)
			greeting_reload(&r->greeting);
		asks_answer(&r->asks, ask, REDIS_DOWN, NULL);
		break;
	case REFUSAL_LASTS:
		connection_leave(r, text);
		asks_answer(&r->asks, ask, REDIS_ERROR, error);
		break;
	}
}
/* ---- replies: behind `struct reply` is a redisReply */

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

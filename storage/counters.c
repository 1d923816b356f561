/*
 * Counters are added up here and flushed once a second; while Redis is away
 * they go on adding up. What was sent and never answered is taken as written:
 * a figure may be a second short, never too high.
 */
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "base/check.h"
#include "storage/store.h"

#define FLUSH_S 1

struct counter {
	struct store *store;
	struct redis_ask *asked; /* while SENT is on its way */
	long long value, sent;
	struct key stat;
	UT_hash_handle hh;
	size_t field; /* where it begins in NAME */
	char name[]; /* "sessions timed_out" */
};

static struct counter *counter_find(
    struct store *s, const char *hash, const char *field);
static struct counter *counter_new(
    struct store *s, const char *hash, const char *name, size_t len);
static void counters_start(struct store *s);
static void counters_flush(evutil_socket_t fd, short what, void *arg);
static void counter_flush(struct counter *c);
static redis_done counter_flushed;

void
store_count(struct store *s, const char *hash, const char *field, int by)
{
	counter_find(s, hash, field)->value += by;
}

static struct counter *
counter_find(struct store *s, const char *hash, const char *field)
{
	char name[128];
	struct counter *c;
	int len = snprintf(name, sizeof(name), "%s %s", hash, field);

	CHECK(len > 0 && (size_t)len < sizeof(name));
	HASH_FIND(hh, s->counters, name, (size_t)len, c);
	return c != NULL ? c : counter_new(s, hash, name, (size_t)len);
}

static struct counter *
counter_new(struct store *s, const char *hash, const char *name, size_t len)
{
	struct counter *c = calloc(1, sizeof(*c) + len + 1);

	CHECK(c != NULL);
	c->store = s;
	c->field = strlen(hash) + 1;
	memcpy(c->name, name, len);
	keys_stat(&s->keys, hash, &c->stat);
	HASH_ADD_KEYPTR(hh, s->counters, c->name, len, c);
	if (s->flush == NULL)
		counters_start(s);
	return c;
}

static void
counters_start(struct store *s)
{
	struct timeval every = { FLUSH_S, 0 };

	s->flush =
	    event_new(redis_base(s->redis), -1, EV_PERSIST, counters_flush, s);
	CHECK(s->flush != NULL);
	event_add(s->flush, &every);
}

static void
counters_flush(evutil_socket_t fd, short what, void *arg)
{
	struct store *s = arg;
	struct counter *c, *next;

	(void)fd, (void)what;
	if (!redis_is_up(s->redis))
		return;
	HASH_ITER (hh, s->counters, c, next) {
		if (c->value != 0 && c->asked == NULL)
			counter_flush(c);
	}
}

bool
store_counts_are_kept(struct store *s)
{
	const struct counter *c;

	if (!redis_is_up(s->redis))
		return true;
	counters_flush(-1, 0, s);
	for (c = s->counters; c != NULL; c = c->hh.next)
		if (c->value != 0 || c->asked != NULL)
			return false;
	return true;
}

static void
counter_flush(struct counter *c)
{
	char by[24];
	const char *add[] = { "HINCRBY", c->stat.text, c->name + c->field, by };

	snprintf(by, sizeof(by), "%lld", c->value);
	c->sent = c->value;
	c->value = 0;
	c->asked = redis_command(
	    c->store->redis, counter_flushed, c, ARRAY_SIZE(add), add, NULL);
}

static void
counter_flushed(void *arg, enum redis_result result, const struct reply *reply)
{
	struct counter *c = arg;

	c->asked = NULL;
	if (store_of_order(result, reply) == STORE_DOWN)
		c->value += c->sent;
}

void
store_counters_free(struct store *s)
{
	struct counter *c, *next;

	if (s->flush != NULL)
		event_free(s->flush);
	HASH_ITER (hh, s->counters, c, next) {
		if (c->asked != NULL)
			redis_cancel(c->asked);
		HASH_DEL(s->counters, c);
		free(c);
	}
}

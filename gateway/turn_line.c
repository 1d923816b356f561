/*
 * Whose turn it is: one turn at a time for a session on this node. A second
 * request waits behind the first, except for one that makes waiting useless.
 */
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "config/dialects.h"
#include "config/settings.h"
#include "gateway/calling.h"
#include "gateway/catalogues.h"
#include "gateway/operators.h"
#include "gateway/repeat.h"
#include "gateway/turn_parts.h"

#define TURNS_MAX 20000
#define LINE_MAX  8 /* behind one session */

static struct turn *turn_new(struct gateway *g, struct link *l);
static void turn_free(struct turn *t);
static void enter_line(struct turn *t);
static bool jumps_line(const struct turn *t, const struct turn *running);
static bool replaces(const struct turn *t, bool same);

struct turns *
turns_new(void)
{
	struct turns *all = calloc(1, sizeof(*all));

	CHECK(all != NULL);
	return all;
}

void
turns_free(struct turns *all)
{
	struct turn *t, *next, *behind;

	HASH_ITER (hh, all->running, t, next)
		for (; t != NULL; t = behind) {
			behind = t->behind;
			turn_free(t);
		}
	free(all);
}

size_t
turns_running(const struct turns *all)
{
	return all->count;
}

void
turn_start(struct gateway *g, struct link *l, const struct link_request *r)
{
	struct turn *t = turn_new(g, l);
	enum request_kind kind = turn_request_read(t, r);

	if (kind == REQUEST_TURN && g->turns->count <= TURNS_MAX) {
		enter_line(t);
		return;
	}
	switch (kind) {
	case REQUEST_NOTHING:
		turn_quiet(t);
		break;
	case REQUEST_BAD:
		turn_acknowledge(t, PDU_RX_P_APPN);
		break;
	case REQUEST_TURN:
		turn_acknowledge(t, PDU_RTHROTTLED);
		break;
	}
	turn_end(t);
}

void
turn_start_over(struct gateway *g, const uint8_t *octets, size_t len)
{
	struct turn *t = turn_new(g, NULL);

	t->taken_over = true;
	t->acknowledged = true;
	if (call_unpack(t->arena, octets, len, &t->call) == -1 ||
	    ussd_ref_unpack(
		t->arena, t->call.ref, t->call.ref_len, &t->event.ref) == -1 ||
	    (t->link = operators_link(g, t->call.operator_name)) == NULL) {
		turn_end(t);
		return;
	}
	t->key = (struct session_key){ t->call.msisdn, t->call.operator_name,
		t->call.channel };
	t->channel =
	    strcmp(t->call.channel, "sms") == 0 ? CHANNEL_SMS : CHANNEL_USSD;
	t->number = t->call.number;
	enter_line(t);
}

void
turn_start_unseen(struct gateway *g, struct link *l,
    const struct session_key *key, const uint8_t *stamp)
{
	struct turn *t = turn_new(g, l);

	t->unseen = arena_copy(t->arena, stamp, RECORD_STAMP);
	t->acknowledged = true;
	t->channel = CHANNEL_USSD;
	t->key = (struct session_key){ arena_string(t->arena, key->msisdn),
		key->operator_name, key->channel };
	enter_line(t);
}

static struct turn *
turn_new(struct gateway *g, struct link *l)
{
	struct arena *a = arena_new();
	struct turn *t = arena_alloc(a, sizeof(*t));

	t->gateway = g;
	t->arena = a;
	t->arrived_ms = clock_steady_ms();
	t->link = l;
	g->turns->count++;
	return t;
}

static void
enter_line(struct turn *t)
{
	struct turns *all = t->gateway->turns;
	struct turn *first, *last;
	int waiting = 0;

	t->name = arena_printf(t->arena, "%s:%s:%s", t->key.msisdn,
	    t->key.operator_name, t->key.channel);
	HASH_FIND_STR(all->running, t->name, first);
	if (first == NULL) {
		HASH_ADD_KEYPTR(hh, all->running, t->name, strlen(t->name), t);
		turn_go(t, turn_load);
		return;
	}
	for (last = first; last->behind != NULL; last = last->behind)
		waiting++;
	if (waiting >= LINE_MAX) {
		turn_acknowledge(t, PDU_RTHROTTLED);
		turn_free(t);
		return;
	}
	last->behind = t;
	if (jumps_line(t, first)) {
		turn_abandon(first);
		turn_end(first);
	}
}

/* Who dialled again or hung up does not wait for the answer to a call. */
static bool
jumps_line(const struct turn *t, const struct turn *running)
{
	const struct ussd_event *e = &t->event;
	bool same;

	if (running->calling == NULL || running->store_ask != NULL)
		return false;
	if (t->channel == CHANNEL_SMS || t->taken_over ||
	    turn_is_repeat(t, &running->record))
		return false;

	same =
	    repeat_same_session(&running->record, e->identity, e->identity_len);
	switch (same ? e->kind_if_known : e->kind_if_new) {
	case USSD_BEGIN:
		return replaces(t, same);
	case USSD_ABORT:
	case USSD_END:
		return same; /* else it is late, and another session's */
	case USSD_INPUT:
	case USSD_IGNORED:
	case USSD_ACKNOWLEDGED:
		return false;
	}
	return false;
}

/* Some dialects let the live session go on. */
static bool
replaces(const struct turn *t, bool same)
{
	return !same ||
	    link_settings(t->link)->dialect->begin == DIALECT_REPLACE;
}

void
turn_end(struct turn *t)
{
	struct gateway *g = t->gateway;
	struct turn *behind = t->behind;

	turn_free(t);
	if (behind == NULL)
		return;
	HASH_ADD_KEYPTR(
	    hh, g->turns->running, behind->name, strlen(behind->name), behind);
	turn_go(behind, turn_load);
}

static void
turn_free(struct turn *t)
{
	struct gateway *g = t->gateway;

	if (t->store_ask != NULL)
		store_cancel(t->store_ask);
	if (t->catalogues_ask != NULL)
		catalogues_cancel(t->catalogues_ask);
	if (t->calling != NULL)
		calling_free(t->calling);
	if (t->budget != NULL)
		event_free(t->budget);
	turn_unpin(t);
	if (t->hh.tbl != NULL)
		HASH_DEL(g->turns->running, t);
	g->turns->count--;
	arena_free(t->arena);
}

/*
 * The messages that wait for one link: looked for, and taken as many as it
 * can send.
 *
 *	look -> take -> taken -> post
 */
#include <event2/event.h>
#include <stdlib.h>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/outbox_parts.h"

#define LOOK_MS     500 /* for what other nodes queued */
#define TAKE_MAX    32
#define IN_HAND_MAX 256
#define IN_HAND_S   10 /* of what the link's rate lets through */
#define DEAD_MS     30000 /* another node so silent is taken over from */
#define MARGIN_MS   2000
#define CLAIM_LOOKS 20 /* every so many looks */

static void on_look(evutil_socket_t fd, short what, void *arg);
static bool can_send(const struct outbox *o);
static size_t most_in_hand(const struct outbox *o);
static int64_t dead_ms(const struct outbox *o);
static void taken(void *arg, enum store_result result,
    const struct queued *list, size_t count);
static int64_t ours_until(const struct shelf *shelf);

struct outbox *
outbox_new(struct gateway *g, struct link *l)
{
	static const struct timeval every = { 0, LOOK_MS * 1000 };
	struct outbox *o = calloc(1, sizeof(*o));
	int i;

	CHECK(o != NULL);
	o->gateway = g;
	o->link = l;
	o->shelf_count = store_partitions(g->store);
	o->shelves = calloc((size_t)o->shelf_count, sizeof(*o->shelves));
	o->timer = event_new(g->base, -1, EV_PERSIST, on_look, o);
	CHECK(o->shelves != NULL && o->timer != NULL);
	for (i = 0; i < o->shelf_count; i++)
		o->shelves[i] = (struct shelf){ .outbox = o, .partition = i };
	event_add(o->timer, &every);
	return o;
}

void
outbox_free(struct outbox *o)
{
	struct posting *p, *next;
	int i;

	for (i = 0; i < o->shelf_count; i++)
		if (o->shelves[i].ask != NULL)
			store_cancel(o->shelves[i].ask);
	HASH_ITER (hh, o->in_hand, p, next)
		outbox_forget(p);
	event_free(o->timer);
	free(o->shelves);
	free(o);
}

/* ---- look and take */

void
outbox_look(struct outbox *o)
{
	int i;

	for (i = 0; i < o->shelf_count; i++)
		outbox_take(o, i);
}

void
outbox_wake(struct outbox *o, const char *msisdn)
{
	outbox_take(o, store_partition(o->gateway->store, msisdn));
}

static void
on_look(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	outbox_look(arg);
}

static bool
can_send(const struct outbox *o)
{
	return !o->gateway->stopping && redis_is_up(o->gateway->redis) &&
	    link_has_room(o->link) &&
	    HASH_COUNT(o->in_hand) < most_in_hand(o);
}

/* No more than the link gets rid of well before another node, which knows
 * nothing of our patience, takes them over. */
static size_t
most_in_hand(const struct outbox *o)
{
	const struct link_settings *s = link_settings(o->link);
	int most = 4 * s->window;

	if (s->tps > 0 && most > s->tps * IN_HAND_S)
		most = s->tps * IN_HAND_S;
	return most < IN_HAND_MAX ? (size_t)most : IN_HAND_MAX;
}

static int64_t
dead_ms(const struct outbox *o)
{
	int64_t least = 2 * (int64_t)link_settings(o->link)->response_ms;

	return least > DEAD_MS ? least : DEAD_MS;
}

void
outbox_take(struct outbox *o, int partition)
{
	const struct settings *s = o->gateway->settings;
	struct shelf *shelf = &o->shelves[partition];
	size_t share;

	if (shelf->ask != NULL) {
		shelf->wanted = true;
		return;
	}
	if (!can_send(o))
		return;
	shelf->again = !shelf->recovered || ++shelf->looks % CLAIM_LOOKS == 0;
	shelf->wanted = false;
	/* All partitions are asked at once. */
	share =
	    (most_in_hand(o) - HASH_COUNT(o->in_hand)) / (size_t)o->shelf_count;
	shelf->count = share < 1 ? 1 : share < TAKE_MAX ? share : TAKE_MAX;
	shelf->asked_ms = clock_steady_ms();
	shelf->ask = store_take(o->gateway->store, link_settings(o->link)->name,
	    partition, s->node, (int)shelf->count, shelf->again, dead_ms(o),
	    taken, shelf);
}

static void
taken(void *arg, enum store_result result, const struct queued *list,
    size_t count)
{
	struct shelf *shelf = arg;
	struct outbox *o = shelf->outbox;
	size_t i;

	shelf->ask = NULL;
	if (result != STORE_OK)
		return;
	/* Read once more until nothing unfinished is left, then the new. */
	if (shelf->again && count < shelf->count) {
		shelf->wanted |= !shelf->recovered;
		shelf->recovered = true;
	}
	for (i = 0; i < count; i++)
		outbox_post(o, shelf->partition, ours_until(shelf), &list[i]);
	if (shelf->wanted || (!shelf->again && count == shelf->count))
		outbox_take(o, shelf->partition);
}

/* What is sent by then is answered, or overdue, before it is another's. */
static int64_t
ours_until(const struct shelf *shelf)
{
	const struct outbox *o = shelf->outbox;

	return shelf->asked_ms + dead_ms(o) -
	    link_settings(o->link)->response_ms - MARGIN_MS;
}

/*
 * The catalogues that sessions are pinned to.
 *
 * One is what new sessions begin on. Another stays while somebody holds it,
 * and for a while after, since the next turn of a session that is pinned to it
 * may come any moment; what is gone is fetched again (catalogues_fetch.c).
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/catalogues_parts.h"
#include "gateway/manifest.h"
#include "storage/sessions.h"

#define IDLE_MAX     4 /* catalogues kept that nobody uses */
#define IDLE_MOST_MS (10 * 60 * 1000)

static struct entry *entry_of(
    struct catalogues *c, const struct catalogue *held);
static void release(struct entry *e);
static void put(struct catalogues *c, const struct digest *hash,
    const void *source, size_t len);
static void stored(void *arg, enum store_result result);

struct catalogues *
catalogues_new(
    struct event_base *base, struct store *store, struct catalogue *current)
{
	struct catalogues *c = calloc(1, sizeof(*c));

	CHECK(c != NULL);
	c->base = base;
	c->store = store;
	c->current = catalogues_enter(c, current);
	c->current->holders = 1;
	return c;
}

void
catalogues_free(struct catalogues *c)
{
	struct entry *e;

	catalogues_end_fetches(c);
	while ((e = LIST_FIRST(&c->all)) != NULL) {
		LIST_REMOVE(e, link);
		catalogue_free(e->catalogue);
		free(e);
	}
	free(c);
}

const struct catalogue *
catalogues_current(const struct catalogues *c)
{
	return c->current->catalogue;
}

void
catalogues_adopt(struct catalogues *c, struct catalogue *next)
{
	struct entry *old = c->current;

	c->current = catalogues_enter(c, next);
	c->current->holders++;
	release(old);
	catalogues_publish(c);
	catalogues_tend(c);
}

void
catalogues_publish(struct catalogues *c)
{
	const struct catalogue *now = c->current->catalogue;
	struct arena *a = arena_new();
	size_t len, i;
	uint8_t *octets = manifest_pack(a, now, &len);

	for (i = 0; i < now->graph_count; i++)
		put(c, &now->graphs[i]->hash, now->graphs[i]->source,
		    now->graphs[i]->source_len);
	put(c, &now->hash, octets, len);
	arena_free(a);
}

static void
put(struct catalogues *c, const struct digest *hash, const void *source,
    size_t len)
{
	char hex[DIGEST_HEX];

	digest_hex(hash, hex);
	store_put_graph(c->store, hex, source, len, stored, c);
}

static void
stored(void *arg, enum store_result result)
{
	(void)arg;
	if (result != STORE_OK)
		log_line(LOG_LEVEL_WARNING, "menus",
		    "a menu's source could not be stored; other nodes cannot "
		    "go on with sessions that began here");
}

/* ---- held while in use */

const struct catalogue *
catalogues_find(struct catalogues *c, const struct digest *hash)
{
	struct entry *e;

	LIST_FOREACH (e, &c->all, link)
		if (digest_equal(&e->catalogue->hash, hash))
			return e->catalogue;
	return NULL;
}

void
catalogues_hold(struct catalogues *c, const struct catalogue *held)
{
	entry_of(c, held)->holders++;
}

void
catalogues_release(struct catalogues *c, const struct catalogue *held)
{
	release(entry_of(c, held));
}

static void
release(struct entry *e)
{
	CHECK(e->holders > 0);
	if (--e->holders == 0)
		e->idle_since_ms = clock_steady_ms();
}

static struct entry *
entry_of(struct catalogues *c, const struct catalogue *held)
{
	struct entry *e;

	LIST_FOREACH (e, &c->all, link)
		if (e->catalogue == held)
			break;
	CHECK(e != NULL);
	return e;
}

struct entry *
catalogues_enter(struct catalogues *c, struct catalogue *own)
{
	struct entry *e = calloc(1, sizeof(*e));

	CHECK(e != NULL);
	e->catalogue = own;
	e->idle_since_ms = clock_steady_ms();
	LIST_INSERT_HEAD(&c->all, e, link);
	return e;
}

/* The newest come first in the list, so of too many the oldest go. */
void
catalogues_tend(struct catalogues *c)
{
	int64_t now = clock_steady_ms();
	struct entry *e, *next;
	size_t idle = 0;

	for (e = LIST_FIRST(&c->all); e != NULL; e = next) {
		next = LIST_NEXT(e, link);
		if (e->holders > 0 ||
		    (++idle <= IDLE_MAX &&
			now - e->idle_since_ms < IDLE_MOST_MS))
			continue;
		LIST_REMOVE(e, link);
		catalogue_free(e->catalogue);
		free(e);
	}
}

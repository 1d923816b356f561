/*
 * The catalogues that sessions are pinned to.
 *
 *	fetch -> manifest -> each institution's source -> compile
 */
#include <stdlib.h>
#include <sys/queue.h>

#include "base/log.h"
#include "config/schema.h"
#include "gateway/catalogues.h"
#include "gateway/manifest.h"
#include "storage/sessions.h"

#define IDLE_MAX 4 /* catalogues kept that nobody uses */

struct entry {
	struct catalogue *catalogue;
	size_t holders;
	LIST_ENTRY(entry) link;
};

struct catalogues {
	struct store *store;
	struct entry *current;
	LIST_HEAD(, entry) all;
	LIST_HEAD(, catalogues_ask) asks;
};

struct catalogues_ask {
	struct catalogues *owner;
	struct arena *arena;
	struct digest hash;
	struct manifest manifest;
	struct source *sources;
	size_t next;
	struct store_ask *store_ask;
	catalogues_fetched *done;
	void *arg;
	LIST_ENTRY(catalogues_ask) link;
};

static struct entry *entry_of(
    struct catalogues *c, const struct catalogue *held);
static struct entry *entry_add(struct catalogues *c, struct catalogue *own);
static void drop_idle(struct catalogues *c);
static void put(struct catalogues *c, const struct digest *hash,
    const void *source, size_t len);
static void stored(void *arg, enum store_result result);
static void fetched_manifest(void *arg, enum store_result result,
    const uint8_t *octets, size_t len);
static void fetch_next(struct catalogues_ask *ask);
static void fetched_source(void *arg, enum store_result result,
    const uint8_t *octets, size_t len);
static void compile(struct catalogues_ask *ask);
static void finish(struct catalogues_ask *ask, const struct catalogue *found);

struct catalogues *
catalogues_new(struct store *store, struct catalogue *current)
{
	struct catalogues *c = calloc(1, sizeof(*c));

	CHECK(c != NULL);
	c->store = store;
	c->current = entry_add(c, current);
	c->current->holders = 1;
	return c;
}

void
catalogues_free(struct catalogues *c)
{
	struct entry *e;
	struct catalogues_ask *ask;

	while ((ask = LIST_FIRST(&c->asks)) != NULL)
		catalogues_cancel(ask);
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
	struct entry *e = entry_of(c, held);

	CHECK(e->holders > 0);
	e->holders--;
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

static struct entry *
entry_add(struct catalogues *c, struct catalogue *own)
{
	struct entry *e = calloc(1, sizeof(*e));

	CHECK(e != NULL);
	e->catalogue = own;
	LIST_INSERT_HEAD(&c->all, e, link);
	return e;
}

/* The newest come first in the list, so the oldest idle ones go. */
static void
drop_idle(struct catalogues *c)
{
	struct entry *e, *next;
	size_t idle = 0;

	for (e = LIST_FIRST(&c->all); e != NULL; e = next) {
		next = LIST_NEXT(e, link);
		if (e->holders > 0 || ++idle <= IDLE_MAX)
			continue;
		LIST_REMOVE(e, link);
		catalogue_free(e->catalogue);
		free(e);
	}
}

/* ---- fetched from Redis */

struct catalogues_ask *
catalogues_fetch(struct catalogues *c, const struct digest *hash,
    catalogues_fetched *done, void *arg)
{
	struct arena *a = arena_new();
	struct catalogues_ask *ask = arena_alloc(a, sizeof(*ask));
	char hex[DIGEST_HEX];

	ask->owner = c;
	ask->arena = a;
	ask->hash = *hash;
	ask->done = done;
	ask->arg = arg;
	LIST_INSERT_HEAD(&c->asks, ask, link);
	digest_hex(hash, hex);
	ask->store_ask = store_get_graph(c->store, hex, fetched_manifest, ask);
	return ask;
}

void
catalogues_cancel(struct catalogues_ask *ask)
{
	if (ask->store_ask != NULL)
		store_cancel(ask->store_ask);
	LIST_REMOVE(ask, link);
	arena_free(ask->arena);
}

static void
fetched_manifest(void *arg, enum store_result result, const uint8_t *octets,
    size_t len)
{
	struct catalogues_ask *ask = arg;

	ask->store_ask = NULL;
	if (result != STORE_OK ||
	    manifest_unpack(ask->arena, octets, len, &ask->manifest) == -1) {
		finish(ask, NULL);
		return;
	}
	ask->sources = arena_array(
	    ask->arena, ask->manifest.count, sizeof(*ask->sources));
	fetch_next(ask);
}

static void
fetch_next(struct catalogues_ask *ask)
{
	if (ask->next == ask->manifest.count) {
		compile(ask);
		return;
	}
	ask->store_ask = store_get_graph(ask->owner->store,
	    ask->manifest.hashes[ask->next], fetched_source, ask);
}

static void
fetched_source(void *arg, enum store_result result, const uint8_t *octets,
    size_t len)
{
	struct catalogues_ask *ask = arg;

	ask->store_ask = NULL;
	if (result != STORE_OK) {
		finish(ask, NULL);
		return;
	}
	ask->sources[ask->next] = (struct source){
		.name = ask->manifest.names[ask->next],
		.text = arena_copy(ask->arena, octets, len),
		.len = len,
	};
	ask->next++;
	fetch_next(ask);
}

static void
compile(struct catalogues_ask *ask)
{
	const struct catalogue *there =
	    catalogues_find(ask->owner, &ask->hash);
	struct catalogue *made;
	struct findings f;

	if (there != NULL) { /* another ask was faster */
		finish(ask, there);
		return;
	}
	findings_init(&f, ask->arena);
	made = catalogue_compile(ask->manifest.menus, ask->sources,
	    ask->manifest.count, 0, 0, &f);
	if (made != NULL && digest_equal(&made->hash, &ask->hash)) {
		drop_idle(ask->owner);
		entry_add(ask->owner, made);
		finish(ask, made);
		return;
	}
	log_line(LOG_LEVEL_ERROR, "menus",
	    "a published menu cannot be read by this version findings=%zu",
	    f.count);
	catalogue_free(made);
	finish(ask, NULL);
}

static void
finish(struct catalogues_ask *ask, const struct catalogue *found)
{
	catalogues_fetched *done = ask->done;
	void *arg = ask->arg;

	catalogues_cancel(ask);
	done(arg, found);
}

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
	LIST_HEAD(, fetch) fetches;
};

/* One for each hash, however many turns wait for it. */
struct fetch {
	struct catalogues *owner;
	struct arena *arena;
	struct digest hash;
	struct manifest manifest;
	struct source *sources;
	size_t next;
	struct store_ask *store_ask;
	bool finished;
	LIST_HEAD(, catalogues_ask) asks;
	LIST_ENTRY(fetch) link;
};

struct catalogues_ask {
	struct fetch *fetch;
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
static struct fetch *fetch_of(struct catalogues *c, const struct digest *hash);
static void fetched_manifest(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
static void fetch_next(struct fetch *f);
static void fetched_source(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
static void compile(struct fetch *f);
static void finish(struct fetch *f, const struct catalogue *found);
static void fetch_free(struct fetch *f);

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
	struct fetch *f;

	while ((f = LIST_FIRST(&c->fetches)) != NULL)
		catalogues_cancel(LIST_FIRST(&f->asks));
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
	struct catalogues_ask *ask = calloc(1, sizeof(*ask));

	CHECK(ask != NULL);
	ask->fetch = fetch_of(c, hash);
	ask->done = done;
	ask->arg = arg;
	LIST_INSERT_HEAD(&ask->fetch->asks, ask, link);
	return ask;
}

void
catalogues_cancel(struct catalogues_ask *ask)
{
	struct fetch *f = ask->fetch;

	LIST_REMOVE(ask, link);
	free(ask);
	if (LIST_EMPTY(&f->asks) && !f->finished)
		fetch_free(f);
}

static struct fetch *
fetch_of(struct catalogues *c, const struct digest *hash)
{
	char hex[DIGEST_HEX];
	struct arena *a;
	struct fetch *f;

	LIST_FOREACH (f, &c->fetches, link)
		if (digest_equal(&f->hash, hash))
			return f;
	a = arena_new();
	f = arena_alloc(a, sizeof(*f));
	f->owner = c;
	f->arena = a;
	f->hash = *hash;
	LIST_INSERT_HEAD(&c->fetches, f, link);
	digest_hex(hash, hex);
	f->store_ask = store_get_graph(c->store, hex, fetched_manifest, f);
	return f;
}

static void
fetched_manifest(
    void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct fetch *f = arg;

	f->store_ask = NULL;
	if (result != STORE_OK ||
	    manifest_unpack(f->arena, octets, len, &f->manifest) == -1) {
		finish(f, NULL);
		return;
	}
	f->sources =
	    arena_array(f->arena, f->manifest.count, sizeof(*f->sources));
	fetch_next(f);
}

static void
fetch_next(struct fetch *f)
{
	if (f->next == f->manifest.count) {
		compile(f);
		return;
	}
	f->store_ask = store_get_graph(
	    f->owner->store, f->manifest.hashes[f->next], fetched_source, f);
}

static void
fetched_source(
    void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct fetch *f = arg;

	f->store_ask = NULL;
	if (result != STORE_OK) {
		finish(f, NULL);
		return;
	}
	f->sources[f->next] = (struct source){
		.name = f->manifest.names[f->next],
		.text = arena_copy(f->arena, octets, len),
		.len = len,
	};
	f->next++;
	fetch_next(f);
}

static void
compile(struct fetch *f)
{
	struct catalogue *made;
	struct findings findings;

	findings_init(&findings, f->arena);
	made = catalogue_compile(
	    f->manifest.menus, f->sources, f->manifest.count, 0, 0, &findings);
	if (made != NULL && digest_equal(&made->hash, &f->hash)) {
		drop_idle(f->owner);
		entry_add(f->owner, made);
		finish(f, made);
		return;
	}
	log_line(LOG_LEVEL_ERROR, "menus",
	    "a published menu cannot be read by this version findings=%zu",
	    findings.count);
	catalogue_free(made);
	finish(f, NULL);
}

/* Who is told may end others that wait for the same. */
static void
finish(struct fetch *f, const struct catalogue *found)
{
	struct catalogues_ask *ask;

	f->finished = true;
	LIST_REMOVE(f, link);
	while ((ask = LIST_FIRST(&f->asks)) != NULL) {
		catalogues_fetched *done = ask->done;
		void *arg = ask->arg;

		catalogues_cancel(ask);
		done(arg, found);
	}
	arena_free(f->arena);
}

static void
fetch_free(struct fetch *f)
{
	if (f->store_ask != NULL)
		store_cancel(f->store_ask);
	LIST_REMOVE(f, link);
	arena_free(f->arena);
}

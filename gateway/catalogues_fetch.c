/*
 * A catalogue that this node does not hold, fetched from Redis.
 *
 *	manifest -> the sources that nobody here has -> making
 *
 * There is one fetch for each hash, however many turns wait for it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "gateway/catalogues_parts.h"
#include "gateway/making.h"
#include "gateway/manifest.h"
#include "storage/sessions.h"

#define ASKED_MAX 64 /* sources at a time */

/* One source. */
struct want {
	struct fetch *fetch;
	struct store_ask *ask;
};

struct fetch {
	struct catalogues *owner;
	struct arena *arena;
	struct digest hash;
	struct manifest manifest;
	const struct catalogue *like; /* held */
	struct source *sources;
	struct want *wants; /* one for each source */
	size_t next, open; /* to ask for; asked for */
	struct store_ask *store_ask; /* for the manifest */
	struct making *making;
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

static struct fetch *fetch_of(struct catalogues *c, const struct digest *hash);
static void fetched_manifest(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
static void hold_like(struct fetch *f);
static bool is_same_menus(
    const struct catalogue *c, const struct source *menus);
static void take_held(struct fetch *f);
static void ask_for_more(struct fetch *f);
static void fetched_source(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
static void make(struct fetch *f);
static void made(void *arg, const struct made *made);
static void finish(struct fetch *f, const struct catalogue *found);
static void fetch_free(struct fetch *f);
static void end_questions(struct fetch *f);

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

void
catalogues_end_fetches(struct catalogues *c)
{
	struct fetch *f;

	while ((f = LIST_FIRST(&c->fetches)) != NULL)
		catalogues_cancel(LIST_FIRST(&f->asks));
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
	struct manifest *m = &f->manifest;

	f->store_ask = NULL;
	if (result != STORE_OK ||
	    manifest_unpack(f->arena, octets, len, m) == -1) {
		finish(f, NULL);
		return;
	}
	f->sources = arena_array(f->arena, m->count + 1, sizeof(*f->sources));
	f->wants = arena_array(f->arena, m->count, sizeof(*f->wants));
	hold_like(f);
	take_held(f);
	ask_for_more(f);
}

/* ---- what is here already */

/* Best is one with the same menus file: its graphs need not even be compiled.
 */
static void
hold_like(struct fetch *f)
{
	struct entry *e;

	f->like = catalogues_current(f->owner);
	LIST_FOREACH (e, &f->owner->all, link)
		if (is_same_menus(e->catalogue, &f->manifest.menus)) {
			f->like = e->catalogue;
			break;
		}
	catalogues_hold(f->owner, f->like);
}

static bool
is_same_menus(const struct catalogue *c, const struct source *menus)
{
	struct source own = catalogue_source(c);

	return own.len == menus->len &&
	    memcmp(own.text, menus->text, own.len) == 0;
}

static void
take_held(struct fetch *f)
{
	const struct manifest *m = &f->manifest;
	const struct graph *held;
	size_t i;

	for (i = 0; i < m->count; i++) {
		f->wants[i].fetch = f;
		held = catalogues_graph(f->like, m->names[i], m->hashes[i]);
		if (held != NULL)
			f->sources[i] = graph_source(held);
		f->sources[i].name = m->names[i];
	}
}

/* ---- what is not */

static void
ask_for_more(struct fetch *f)
{
	const struct manifest *m = &f->manifest;
	struct want *want;

	for (; f->next < m->count && f->open < ASKED_MAX; f->next++) {
		if (f->sources[f->next].text != NULL)
			continue;
		want = &f->wants[f->next];
		f->open++;
		want->ask = store_get_graph(
		    f->owner->store, m->hashes[f->next], fetched_source, want);
	}
	if (f->open == 0)
		make(f);
}

static void
fetched_source(
    void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct want *want = arg;
	struct fetch *f = want->fetch;
	struct source *source = &f->sources[want - f->wants];

	want->ask = NULL;
	f->open--;
	if (result != STORE_OK) {
		finish(f, NULL);
		return;
	}
	source->text = arena_copy(f->arena, octets, len);
	source->len = len;
	ask_for_more(f);
}

/* ---- all of it */

static void
make(struct fetch *f)
{
	const struct making_plan plan = { .menus = f->manifest.menus,
		.institutions = f->sources,
		.count = f->manifest.count,
		.like = f->like };

	f->making = making_start(f->owner->base, &plan, made, f);
}

static void
made(void *arg, const struct made *made)
{
	struct fetch *f = arg;
	struct catalogue *c = made->catalogue;

	f->making = NULL;
	if (c != NULL && digest_equal(&c->hash, &f->hash)) {
		catalogues_enter(f->owner, c);
		finish(f, c);
		return;
	}
	log_line(LOG_LEVEL_ERROR, "menus",
	    "a published menu cannot be read by this version findings=%zu",
	    made->findings->count);
	catalogue_free(c);
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
	end_questions(f);
	arena_free(f->arena);
}

static void
fetch_free(struct fetch *f)
{
	LIST_REMOVE(f, link);
	end_questions(f);
	arena_free(f->arena);
}

static void
end_questions(struct fetch *f)
{
	size_t i;

	if (f->store_ask != NULL)
		store_cancel(f->store_ask);
	for (i = 0; f->wants != NULL && i < f->manifest.count; i++)
		if (f->wants[i].ask != NULL)
			store_cancel(f->wants[i].ask);
	if (f->making != NULL)
		making_cancel(f->making);
	if (f->like != NULL)
		catalogues_release(f->owner, f->like);
}

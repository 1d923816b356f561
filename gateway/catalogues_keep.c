/*
 * What stands in Redis of the catalogues, and for how long.
 *
 *	sources -> manifest -> who was published before? -> that one ends
 *	-> ours is the last one published
 *
 * What is live does not end. What was live ends when the last session on it
 * must be over, counted anew while anybody still plays it: its life is twice
 * what a session needs, and who plays it says so again after half of it. Nodes
 * may disagree for a while about what is live: a life is never shortened, to
 * publish makes it endless, and every node says so again of its own before
 * half of a life is over.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/catalogues_parts.h"
#include "gateway/manifest.h"
#include "storage/sessions.h"

#define ORDERED_MAX 64 /* orders at a time */
#define MARGIN_MS   60000
#define LAST        "last" /* in place of a hash: the last one published */

struct order {
	struct errand *errand;
	struct store_ask *ask;
	char hash[DIGEST_HEX];
	const void *source; /* to be put; NULL: it is about its life */
	size_t len;
	enum store_life life;
};

/* Orders, and what comes after them. */
struct errand {
	struct catalogues *owner;
	struct arena *arena;
	struct entry *entry; /* what it is about: held */
	int64_t life_ms;
	struct order *orders;
	size_t count, next, open;
	struct store_ask *ask; /* a single question */
	const char *last; /* the hash that was published last */
	void (*then)(struct errand *e);
	LIST_ENTRY(errand) link;
};

static void publish(struct catalogues *c);
static void put_sources(struct errand *e);
static void put_manifest(struct errand *e);
static void ask_last(struct errand *e);
static void heard_last(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
static void heard_manifest(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
static void name_last(struct errand *e);
static void set_life(struct catalogues *c, struct entry *entry,
    enum store_life life, const struct catalogue *but);
static struct errand *errand_new(
    struct catalogues *c, struct entry *entry, size_t room);
static void errand_room(struct errand *e, size_t room);
static struct order *add(struct errand *e, const char *hash);
static void add_put(
    struct errand *e, const char *hash, const void *source, size_t len);
static void run(struct errand *e, void (*then)(struct errand *e));
static void go_on(struct errand *e);
static void ordered(void *arg, enum store_result result);
static void failed(struct errand *e);
static void errand_free(struct errand *e);

int64_t
catalogues_needed_ms(const struct catalogue *c)
{
	const struct limits *l = &c->limits;

	return (l->session_s + l->resume_s) * INT64_C(1000) + l->later_ms +
	    MARGIN_MS;
}

/* ---- what is live */

void
catalogues_publish(struct catalogues *c)
{
	c->stored = NULL;
	publish(c);
}

void
catalogues_replace(struct catalogues *c, struct entry *old)
{
	catalogues_forget(c, old);
	publish(c);
}

void
catalogues_forget(struct catalogues *c, struct entry *e)
{
	set_life(c, e, STORE_ENDING, c->current->catalogue);
}

static void
publish(struct catalogues *c)
{
	if (c->publishing != NULL)
		errand_free(c->publishing);
	c->publishing =
	    errand_new(c, c->current, c->current->catalogue->graph_count);
	put_sources(c->publishing);
}

void
catalogues_store(struct catalogues *c, struct entry *e)
{
	put_sources(errand_new(c, e, e->catalogue->graph_count));
}

static void
put_sources(struct errand *e)
{
	const struct catalogue *now = e->entry->catalogue;
	struct catalogues *c = e->owner;
	const struct graph *g;
	char hex[DIGEST_HEX];
	size_t i;

	e->entry->told_ms = clock_steady_ms();
	for (i = 0; i < now->graph_count; i++) {
		g = now->graphs[i];
		digest_hex(&g->hash, hex);
		if (c->stored == NULL ||
		    catalogues_graph(c->stored, g->name, hex) == NULL)
			add_put(e, hex, g->source, g->source_len);
	}
	run(e, put_manifest);
}

/* Behind its sources, so that who finds it finds them. */
static void
put_manifest(struct errand *e)
{
	const struct catalogue *c = e->entry->catalogue;
	char hex[DIGEST_HEX];
	uint8_t *octets;
	size_t len;

	octets = manifest_pack(e->arena, c, &len);
	digest_hex(&c->hash, hex);
	errand_room(e, 1);
	add_put(e, hex, octets, len);
	run(e, e == e->owner->publishing ? ask_last : errand_free);
}

static void
ask_last(struct errand *e)
{
	e->owner->stored = e->entry->catalogue;
	e->ask = store_get_graph(e->owner->store, LAST, heard_last, e);
}

/* This node may have been another one when it published, before it ended. */
static void
heard_last(
    void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct errand *e = arg;
	char hex[DIGEST_HEX];

	e->ask = NULL;
	e->last = arena_copy(e->arena, octets, len);
	digest_hex(&e->entry->catalogue->hash, hex);
	if (result == STORE_OK && strcmp(e->last, hex) == 0)
		errand_free(e);
	else if (result == STORE_OK)
		e->ask = store_get_graph(
		    e->owner->store, e->last, heard_manifest, e);
	else if (result == STORE_MISSING)
		name_last(e);
	else
		failed(e);
}

static void
heard_manifest(
    void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct errand *e = arg;
	const struct catalogue *c = e->entry->catalogue;
	struct manifest m;
	size_t i;

	e->ask = NULL;
	if (result != STORE_OK ||
	    manifest_unpack(e->arena, octets, len, &m) == -1) {
		name_last(e);
		return;
	}
	errand_room(e, m.count + 1);
	for (i = 0; i < m.count; i++)
		if (catalogues_graph(c, m.names[i], m.hashes[i]) == NULL)
			add(e, m.hashes[i])->life = STORE_ENDING;
	add(e, e->last)->life = STORE_ENDING;
	run(e, name_last);
}

static void
name_last(struct errand *e)
{
	char hex[DIGEST_HEX];

	digest_hex(&e->entry->catalogue->hash, hex);
	errand_room(e, 1);
	add_put(e, LAST, arena_string(e->arena, hex), strlen(hex));
	run(e, errand_free);
}

/* ---- how long */

void
catalogues_tell_life(struct catalogues *c, struct entry *entry)
{
	int64_t now = clock_steady_ms();

	if (now - entry->told_ms < catalogues_needed_ms(entry->catalogue))
		return;
	entry->told_ms = now;
	if (entry == c->current)
		set_life(c, entry, STORE_KEPT, NULL);
	else
		set_life(c, entry, STORE_PROLONGED, c->current->catalogue);
}

/* Of all that belongs to it, BUT for what that has too. */
static void
set_life(struct catalogues *c, struct entry *entry, enum store_life life,
    const struct catalogue *but)
{
	const struct catalogue *of = entry->catalogue;
	struct errand *e = errand_new(c, entry, of->graph_count + 1);
	char hex[DIGEST_HEX];
	size_t i;

	for (i = 0; i < of->graph_count; i++) {
		digest_hex(&of->graphs[i]->hash, hex);
		if (but == NULL ||
		    catalogues_graph(but, of->graphs[i]->name, hex) == NULL)
			add(e, hex)->life = life;
	}
	digest_hex(&of->hash, hex);
	if (but == NULL || !digest_equal(&of->hash, &but->hash))
		add(e, hex)->life = life;
	run(e, errand_free);
}

/* ---- errands */

static struct errand *
errand_new(struct catalogues *c, struct entry *entry, size_t room)
{
	struct arena *a = arena_new();
	struct errand *e = arena_alloc(a, sizeof(*e));

	e->owner = c;
	e->arena = a;
	e->entry = entry;
	entry->holders++;
	e->life_ms = 2 * catalogues_needed_ms(entry->catalogue);
	errand_room(e, room);
	LIST_INSERT_HEAD(&c->errands, e, link);
	return e;
}

static void
errand_room(struct errand *e, size_t room)
{
	e->orders = arena_array(e->arena, room, sizeof(*e->orders));
	e->count = e->next = 0;
}

static void
add_put(struct errand *e, const char *hash, const void *source, size_t len)
{
	struct order *o = add(e, hash);

	o->source = source;
	o->len = len;
}

static struct order *
add(struct errand *e, const char *hash)
{
	struct order *o = &e->orders[e->count++];

	o->errand = e;
	snprintf(o->hash, sizeof(o->hash), "%s", hash);
	return o;
}

/* THEN is called when all is well; else the errand ends. */
static void
run(struct errand *e, void (*then)(struct errand *e))
{
	e->then = then;
	go_on(e);
}

static void
go_on(struct errand *e)
{
	struct store *store = e->owner->store;
	struct order *o;

	for (; e->next < e->count && e->open < ORDERED_MAX; e->next++) {
		o = &e->orders[e->next];
		e->open++;
		o->ask = o->source != NULL
		    ? store_put_graph(
			  store, o->hash, o->source, o->len, ordered, o)
		    : store_graph_life(
			  store, o->hash, o->life, e->life_ms, ordered, o);
	}
	if (e->open == 0)
		e->then(e);
}

static void
ordered(void *arg, enum store_result result)
{
	struct order *o = arg;
	struct errand *e = o->errand;

	o->ask = NULL;
	e->open--;
	if (result == STORE_OK)
		go_on(e);
	else
		failed(e);
}

/* When Redis comes up again the current one is published again; another is
 * told of when it is played next. */
static void
failed(struct errand *e)
{
	if (e->entry != e->owner->current)
		e->entry->told_ms = 0;
	if (e == e->owner->publishing)
		log_line(LOG_LEVEL_WARNING, "menus",
		    "the menus' sources could not be stored; other nodes "
		    "cannot go on with sessions that began here");
	errand_free(e);
}

void
catalogues_end_errands(struct catalogues *c)
{
	while (!LIST_EMPTY(&c->errands))
		errand_free(LIST_FIRST(&c->errands));
}

static void
errand_free(struct errand *e)
{
	size_t i;

	if (e == e->owner->publishing)
		e->owner->publishing = NULL;
	if (e->ask != NULL)
		store_cancel(e->ask);
	for (i = 0; i < e->count; i++)
		if (e->orders[i].ask != NULL)
			store_cancel(e->orders[i].ask);
	catalogues_let_go(e->entry);
	LIST_REMOVE(e, link);
	arena_free(e->arena);
}

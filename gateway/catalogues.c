/*
 * The catalogues that sessions are pinned to.
 *
 * One is what new sessions begin on. Another stays while somebody holds it,
 * and for a while after, since the next turn of a session that is pinned to it
 * may come any moment; what is gone is fetched again (catalogues_fetch.c).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "gateway/catalogues_parts.h"

#define IDLE_MAX 4 /* catalogues kept that nobody uses */

static struct entry *entry_of(
    struct catalogues *c, const struct catalogue *held);
static void drop(struct catalogues *c, struct entry *e);

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
	catalogues_end_fetches(c);
	catalogues_end_errands(c);
	while (!LIST_EMPTY(&c->all))
		drop(c, LIST_FIRST(&c->all));
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
	old->told_ms = clock_steady_ms();
	catalogues_replace(c, old);
	catalogues_let_go(old);
	catalogues_tend(c);
}

const struct catalogue *
catalogues_add(struct catalogues *c, struct catalogue *beside)
{
	struct entry *e = catalogues_enter(c, beside);

	e->holders++;
	catalogues_store(c, e);
	return beside;
}

void
catalogues_end(struct catalogues *c, const struct catalogue *beside)
{
	struct entry *e = entry_of(c, beside);

	e->told_ms = clock_steady_ms();
	catalogues_forget(c, e);
	catalogues_let_go(e);
}

const struct catalogue *
catalogues_at(const struct catalogues *c, size_t i, size_t *holders)
{
	const struct entry *e;

	LIST_FOREACH (e, &c->all, link)
		if (i-- == 0) {
			*holders = e->holders;
			return e->catalogue;
		}
	return NULL;
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
	struct entry *e = entry_of(c, held);

	e->holders++;
	if (e != c->current)
		catalogues_tell_life(c, e);
}

void
catalogues_release(struct catalogues *c, const struct catalogue *held)
{
	catalogues_let_go(entry_of(c, held));
}

void
catalogues_let_go(struct entry *e)
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
			now - e->idle_since_ms <
			    catalogues_needed_ms(e->catalogue)))
			continue;
		drop(c, e);
	}
	catalogues_tell_life(c, c->current);
}

static void
drop(struct catalogues *c, struct entry *e)
{
	if (c->stored == e->catalogue)
		c->stored = NULL;
	LIST_REMOVE(e, link);
	catalogue_free(e->catalogue);
	free(e);
}

const struct graph *
catalogues_graph(const struct catalogue *c, const char *name, const char *hex)
{
	char plain[64], own[DIGEST_HEX];
	uint16_t number;

	snprintf(plain, sizeof(plain), "%.*s", (int)strcspn(name, "."), name);
	number = catalogue_graph(c, plain);
	if (number == NOWHERE)
		return NULL;
	digest_hex(&c->graphs[number]->hash, own);
	return strcmp(own, hex) == 0 ? c->graphs[number] : NULL;
}

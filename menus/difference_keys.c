/*
 * Keys and keywords, compared as what menus.lock records of them. The keys of
 * a menu that is new or gone as a whole go with it.
 */
#include <stdlib.h>
#include <string.h>

#include "menus/difference_parts.h"
#include "menus/lock.h"
#include "menus/written.h"

static struct lock lock_renamed(const struct comparison *k);
static const char *renamed(const struct comparison *k, const char *name);
static int order(const void *a, const void *b);
static bool is_of_one_menu(
    const struct comparison *k, const struct lock_entry *e);
static void tell(struct comparison *k, const struct lock_change *c,
    const struct lock *was, const struct lock *is);
static enum difference_how how_of(enum lock_change_kind kind);
static const char *where(struct arena *a, const struct lock_entry *e);
static const char *words_of(
    const struct comparison *k, const struct lock_change *c);
static const char *option_text(struct arena *a, const struct graph *g,
    const struct state *st, const char *key);
static const char *key_now(
    const struct lock_entry *e, const struct lock *was, const struct lock *is);
static const struct lock_entry *entry_of(
    const struct lock *l, const struct lock_entry *key);

void
difference_keys(struct comparison *k)
{
	struct lock was = lock_renamed(k);
	struct lock is = lock_of(k->arena, k->is);
	struct lock_changes changes = lock_compare(k->arena, &was, &is);
	const struct lock_change *c;
	size_t i;

	for (i = 0; i < changes.count; i++) {
		c = &changes.list[i];
		if (!is_of_one_menu(k, c->is != NULL ? c->is : c->was))
			tell(k, c, &was, &is);
	}
}

/* The old one in the new states' names. */
static struct lock
lock_renamed(const struct comparison *k)
{
	struct lock l = lock_of(k->arena, k->was);
	struct lock_entry *list = arena_array(k->arena, l.count, sizeof(*list));
	size_t i;

	for (i = 0; i < l.count; i++) {
		list[i] = l.list[i];
		list[i].graph = k->is->name;
		list[i].state = renamed(k, l.list[i].state);
		list[i].target = renamed(k, l.list[i].target);
	}
	qsort(list, l.count, sizeof(*list), order);
	return (struct lock){ list, l.count };
}

static const char *
renamed(const struct comparison *k, const char *name)
{
	uint16_t state = names_find(&k->old_states, name);

	return state == NOWHERE ? name : k->old_names[state];
}

static int
order(const void *a, const void *b)
{
	return lock_order(a, b);
}

/* True where only one side has the menu of this key. */
static bool
is_of_one_menu(const struct comparison *k, const struct lock_entry *e)
{
	uint16_t now = names_find(&k->new_states, e->state);

	return e->kind == LOCK_KEY &&
	    (now == NOWHERE || k->origins[now] == NOWHERE);
}

static void
tell(struct comparison *k, const struct lock_change *c, const struct lock *was,
    const struct lock *is)
{
	const struct lock_entry *e = c->is != NULL ? c->is : c->was;

	difference_add(k,
	    (struct change){
		.kind =
		    e->kind == LOCK_KEY ? DIFFERENCE_KEY : DIFFERENCE_KEYWORD,
		.how = how_of(c->kind),
		.subject = e->state,
		.what = e->key,
		.was = where(k->arena, c->was),
		.is = where(k->arena, c->is),
		.words = words_of(k, c),
		.now = c->was == NULL ? NULL : key_now(c->was, was, is),
		.line = e->line,
	    });
}

static enum difference_how
how_of(enum lock_change_kind kind)
{
	switch (kind) {
	case LOCK_ADDED:
		return DIFFERENCE_ADDED;
	case LOCK_GONE:
		return DIFFERENCE_GONE;
	case LOCK_MOVED:
		return DIFFERENCE_CHANGED;
	}
	return DIFFERENCE_CHANGED;
}

static const char *
where(struct arena *a, const struct lock_entry *e)
{
	if (e == NULL)
		return NULL;
	if (*e->args == '\0')
		return arena_printf(a, "'%s'", e->target);
	return arena_printf(a, "'%s' with %s", e->target, e->args);
}

/* What stood beside the key, or stands there now where it is new. */
static const char *
words_of(const struct comparison *k, const struct lock_change *c)
{
	const struct lock_entry *e = c->was != NULL ? c->was : c->is;
	uint16_t now = names_find(&k->new_states, e->state);

	if (e->kind == LOCK_WORD)
		return NULL;
	if (c->was == NULL)
		return option_text(
		    k->arena, k->is, &k->is->states[now], e->key);
	return option_text(
	    k->arena, k->was, &k->was->states[k->origins[now]], e->key);
}

/* In the default language. */
static const char *
option_text(struct arena *a, const struct graph *g, const struct state *st,
    const char *key)
{
	size_t i;

	for (i = 0; i < st->option_count; i++)
		if (strcmp(st->options[i].key, key) == 0)
			return written_text(a, g, &st->options[i].text.in[0]);
	return NULL;
}

/* Another key of the same menu that leads to the same place, and did not. */
static const char *
key_now(
    const struct lock_entry *e, const struct lock *was, const struct lock *is)
{
	const struct lock_entry *one, *before;
	size_t i;

	for (i = 0; i < is->count; i++) {
		one = &is->list[i];
		if (one->kind != e->kind || strcmp(one->state, e->state) != 0 ||
		    strcmp(one->target, e->target) != 0)
			continue;
		before = entry_of(was, one);
		if (before == NULL || strcmp(before->target, e->target) != 0)
			return one->key;
	}
	return NULL;
}

static const struct lock_entry *
entry_of(const struct lock *l, const struct lock_entry *key)
{
	return bsearch(key, l->list, l->count, sizeof(*l->list), order);
}

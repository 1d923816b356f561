/*
 * Comparing: every part is taken into its traits, and those of the same name
 * are held against each other. Keys and keywords are compared as menus.lock
 * has them (difference_keys.c).
 */
#include <stdlib.h>
#include <string.h>

#include "menus/difference_parts.h"
#include "menus/edges.h"

/* What has a name and traits: a variable, a service. */
struct part {
	const char *name;
	int line;
	struct traits traits;
};
struct parts {
	struct part *list;
	size_t count;
};

static void compare_head(struct comparison *k);
static void compare_graphs(
    struct comparison *k, const struct graph *was, const struct graph *is);
static void compare_institution(
    struct comparison *k, const struct graph *was, const struct graph *is);
static void compare_states(struct comparison *k);
static void compare_state(struct comparison *k, uint16_t was, uint16_t is);
static struct parts variables_of(struct arena *a, const struct graph *g);
static struct parts apis_of(struct arena *a, const struct graph *g);
static void compare_parts(struct comparison *k, enum difference_kind kind,
    struct parts was, struct parts is);
static const struct part *part_named(const struct parts *all, const char *name);
static void compare_traits(struct comparison *k, const char *subject,
    const struct traits *was, const struct traits *is);
static void compare_trait(struct comparison *k, const char *subject,
    const struct trait *was, const struct trait *is);
static void tell_whole(struct comparison *k, enum difference_kind kind,
    enum difference_how how, const char *subject, const char *what, int line);
static struct difference finished(struct comparison *k);
static int order(const void *a, const void *b);

struct difference
difference_of(struct arena *a, const struct catalogue *old,
    const struct graph *was, const struct catalogue *new,
    const struct graph *is)
{
	struct comparison k = { .arena = a, .old = old, .new = new };

	compare_institution(&k, was, is);
	return finished(&k);
}

/* Institutions are in order of their names. */
struct difference
difference_of_all(
    struct arena *a, const struct catalogue *old, const struct catalogue *new)
{
	struct comparison k = { .arena = a, .old = old, .new = new };
	size_t i = 0, j = 0;
	int by;

	compare_head(&k);
	compare_institution(&k, old->root, new->root);
	while (i < old->graph_count || j < new->graph_count) {
		by = i == old->graph_count ? 1
		    : j == new->graph_count
		    ? -1
		    : strcmp(old->graphs[i]->name, new->graphs[j]->name);
		compare_institution(&k, by <= 0 ? old->graphs[i] : NULL,
		    by >= 0 ? new->graphs[j] : NULL);
		i += by <= 0;
		j += by >= 0;
	}
	return finished(&k);
}

static void
compare_head(struct comparison *k)
{
	struct traits was = traits_of_head(k->arena, k->old);
	struct traits is = traits_of_head(k->arena, k->new);

	k->institution = "";
	compare_traits(k, "", &was, &is);
}

static void
compare_institution(
    struct comparison *k, const struct graph *was, const struct graph *is)
{
	k->institution = is == NULL ? was->name : is->name;
	if (was == NULL || is == NULL)
		tell_whole(k, DIFFERENCE_DOOR,
		    was == NULL ? DIFFERENCE_ADDED : DIFFERENCE_GONE, "", "",
		    0);
	else
		compare_graphs(k, was, is);
}

static void
compare_graphs(
    struct comparison *k, const struct graph *was, const struct graph *is)
{
	struct traits before, now;

	k->was = was;
	k->is = is;
	difference_pair(k);
	before = traits_of_graph(k->arena, k->old, was, k->old_names);
	now = traits_of_graph(k->arena, k->new, is, k->new_names);
	compare_traits(k, "", &before, &now);
	difference_keys(k);
	compare_states(k);
	compare_parts(k, DIFFERENCE_VARIABLE, variables_of(k->arena, was),
	    variables_of(k->arena, is));
	compare_parts(
	    k, DIFFERENCE_CALL, apis_of(k->arena, was), apis_of(k->arena, is));
	k->was = k->is = NULL;
}

/* ---- states */

static void
compare_states(struct comparison *k)
{
	const struct state *st;
	uint16_t i;

	for (i = 0; i < k->was->state_count; i++) {
		st = &k->was->states[i];
		if (k->pairs[i] != NOWHERE)
			compare_state(k, i, k->pairs[i]);
		else
			tell_whole(k, DIFFERENCE_STATE, DIFFERENCE_GONE,
			    st->name, edges_kind_name(st->kind), st->line);
	}
	for (i = 0; i < k->is->state_count; i++) {
		st = &k->is->states[i];
		if (k->origins[i] == NOWHERE)
			tell_whole(k, DIFFERENCE_STATE, DIFFERENCE_ADDED,
			    st->name, edges_kind_name(st->kind), st->line);
	}
}

static void
compare_state(struct comparison *k, uint16_t was, uint16_t is)
{
	const struct state *new = &k->is->states[is];
	const char *old_name = k->was->states[was].name;
	struct traits before =
	    traits_of_state(k->arena, k->old, k->was, k->old_names, was);
	struct traits now =
	    traits_of_state(k->arena, k->new, k->is, k->new_names, is);

	if (strcmp(old_name, new->name) != 0)
		difference_add(k,
		    (struct change){ .kind = DIFFERENCE_STATE,
			.how = DIFFERENCE_RENAMED,
			.subject = new->name,
			.what = "",
			.was = old_name,
			.is = new->name,
			.line = new->line });
	k->other_kind = k->was->states[was].kind != new->kind;
	compare_traits(k, new->name, &before, &now);
	k->other_kind = false;
}

/* ---- variables and services, which are found by their names */

static struct parts
variables_of(struct arena *a, const struct graph *g)
{
	struct parts all = { arena_array(a, g->var_count, sizeof(*all.list)),
		g->var_count };
	size_t i;

	for (i = 0; i < g->var_count; i++)
		all.list[i] = (struct part){ g->vars[i].name, g->vars[i].line,
			traits_of_variable(a, g, i) };
	return all;
}

static struct parts
apis_of(struct arena *a, const struct graph *g)
{
	struct parts all = { arena_array(a, g->api_count, sizeof(*all.list)),
		g->api_count };
	size_t i;

	for (i = 0; i < g->api_count; i++)
		all.list[i] = (struct part){ g->apis[i].name, g->apis[i].line,
			traits_of_api(a, g, i) };
	return all;
}

static void
compare_parts(struct comparison *k, enum difference_kind kind, struct parts was,
    struct parts is)
{
	const struct part *one, *other;
	size_t i;

	for (i = 0; i < was.count; i++) {
		one = &was.list[i];
		other = part_named(&is, one->name);
		if (other != NULL)
			compare_traits(
			    k, one->name, &one->traits, &other->traits);
		else
			tell_whole(
			    k, kind, DIFFERENCE_GONE, one->name, "", one->line);
	}
	for (i = 0; i < is.count; i++) {
		one = &is.list[i];
		if (part_named(&was, one->name) == NULL)
			tell_whole(k, kind, DIFFERENCE_ADDED, one->name, "",
			    one->line);
	}
}

static const struct part *
part_named(const struct parts *all, const char *name)
{
	size_t i;

	for (i = 0; i < all->count; i++)
		if (strcmp(all->list[i].name, name) == 0)
			return &all->list[i];
	return NULL;
}

/* ---- traits */

static void
compare_traits(struct comparison *k, const char *subject,
    const struct traits *was, const struct traits *is)
{
	const struct trait *one, *other;
	size_t i;

	for (i = 0; i < was->count; i++) {
		one = &was->list[i];
		other = traits_find(is, one->what, one->lang);
		compare_trait(k, subject, one, other);
	}
	for (i = 0; i < is->count; i++) {
		one = &is->list[i];
		if (traits_find(was, one->what, one->lang) == NULL)
			compare_trait(k, subject, NULL, one);
	}
}

/* One of them may be NULL. */
static void
compare_trait(struct comparison *k, const char *subject,
    const struct trait *was, const struct trait *is)
{
	const struct trait *t = is != NULL ? is : was;

	if (was != NULL && is != NULL && strcmp(was->value, is->value) == 0)
		return;
	if (k->was != NULL && t->kind == DIFFERENCE_KEY)
		return; /* told by difference_keys */
	/* What another kind of state has or lacks goes without saying. */
	if (k->other_kind && t->kind != DIFFERENCE_TEXT &&
	    strcmp(t->what, "kind") != 0)
		return;
	difference_add(k,
	    (struct change){ .kind = t->kind,
		.how = was == NULL ? DIFFERENCE_ADDED
		    : is == NULL   ? DIFFERENCE_GONE
				   : DIFFERENCE_CHANGED,
		.subject = subject,
		.what = t->what,
		.lang = t->lang,
		.was = was == NULL ? NULL : was->value,
		.is = is == NULL ? NULL : is->value,
		.line = t->line });
}

static void
tell_whole(struct comparison *k, enum difference_kind kind,
    enum difference_how how, const char *subject, const char *what, int line)
{
	difference_add(k,
	    (struct change){ .kind = kind,
		.how = how,
		.subject = subject,
		.what = what,
		.line = line });
}

/* ---- the list */

void
difference_add(struct comparison *k, struct change c)
{
	struct change *larger;

	if (k->count == k->room) {
		k->room = 2 * k->room + 32;
		larger = arena_array(k->arena, k->room, sizeof(*larger));
		if (k->count > 0)
			memcpy(larger, k->list, k->count * sizeof(*larger));
		k->list = larger;
	}
	c.institution = k->institution;
	c.nth = k->count;
	k->list[k->count++] = c;
}

static struct difference
finished(struct comparison *k)
{
	if (k->count > 0)
		qsort(k->list, k->count, sizeof(*k->list), order);
	return (struct difference){ k->list, k->count };
}

static int
order(const void *a, const void *b)
{
	const struct change *one = a, *other = b;
	int by = (one->kind > other->kind) - (one->kind < other->kind);

	if (by == 0)
		by = strcmp(one->institution, other->institution);
	if (by == 0)
		by = (one->line > other->line) - (one->line < other->line);
	/* Two are never equal, so that the order does not depend on qsort. */
	if (by == 0)
		by = (one->nth > other->nth) - (one->nth < other->nth);
	return by;
}

/*
 * Which old state is which new one: first by name, then by what they are.
 *
 * Of states without a namesake, those are the same that have all traits in
 * common. Where several lead to each other, finding one makes another alike,
 * so it goes on until there is nothing more to find. What then has no pair may
 * still have one that differs in nothing but where it leads.
 */
#include <string.h>

#include "menus/difference_parts.h"

static struct names names_of(struct arena *a, const struct graph *g);
static const char **copy_names(struct arena *a, const struct names *n);
static void pair_namesakes(struct comparison *k);
static void pair(struct comparison *k, uint16_t was, uint16_t is);
static bool pair_alike(struct comparison *k, bool wherever);
static struct traits *traits_of_rest(struct arena *a, const struct catalogue *c,
    const struct graph *g, const char *const *names, const uint16_t *paired);
static uint16_t alike_one(const struct comparison *k, const struct traits *one,
    const struct traits *others, bool wherever);
static bool alike(
    const struct traits *a, const struct traits *b, bool wherever);
static bool is_telling(const struct traits *t);

void
difference_pair(struct comparison *k)
{
	size_t old = k->was->state_count, new = k->is->state_count;

	k->old_states = names_of(k->arena, k->was);
	k->new_states = names_of(k->arena, k->is);
	k->old_names = copy_names(k->arena, &k->old_states);
	k->new_names = copy_names(k->arena, &k->new_states);
	k->pairs = arena_array(k->arena, old, sizeof(*k->pairs));
	k->origins = arena_array(k->arena, new, sizeof(*k->origins));
	memset(k->origins, 0xff, new * sizeof(*k->origins));
	pair_namesakes(k);
	do
		while (pair_alike(k, false))
			continue;
	while (pair_alike(k, true));
}

static struct names
names_of(struct arena *a, const struct graph *g)
{
	const char **list = arena_array(a, g->state_count + 1, sizeof(*list));
	struct names n;
	size_t i;

	for (i = 0; i < g->state_count; i++)
		list[i] = g->states[i].name;
	names_init(&n, a, list);
	return n;
}

static const char **
copy_names(struct arena *a, const struct names *n)
{
	return arena_copy(a, n->list, (n->count + 1) * sizeof(*n->list));
}

static void
pair_namesakes(struct comparison *k)
{
	uint16_t i, found;

	for (i = 0; i < k->was->state_count; i++) {
		found = names_find(&k->new_states, k->was->states[i].name);
		k->pairs[i] = NOWHERE;
		if (found != NOWHERE)
			pair(k, i, found);
	}
}

static void
pair(struct comparison *k, uint16_t was, uint16_t is)
{
	k->pairs[was] = is;
	k->origins[is] = was;
	k->old_names[was] = k->is->states[is].name;
}

/* WHEREVER: be it that they lead to different places. True when it found
 * some. */
static bool
pair_alike(struct comparison *k, bool wherever)
{
	struct arena *a = arena_new();
	struct traits *old =
	    traits_of_rest(a, k->old, k->was, k->old_names, k->pairs);
	struct traits *new =
	    traits_of_rest(a, k->new, k->is, k->new_names, k->origins);
	bool found = false;
	uint16_t i, one;

	for (i = 0; i < k->was->state_count; i++) {
		if (k->pairs[i] != NOWHERE)
			continue;
		one = alike_one(k, &old[i], new, wherever);
		if (one == NOWHERE)
			continue;
		pair(k, i, one);
		found = true;
	}
	arena_free(a);
	return found;
}

static struct traits *
traits_of_rest(struct arena *a, const struct catalogue *c,
    const struct graph *g, const char *const *names, const uint16_t *paired)
{
	struct traits *all = arena_array(a, g->state_count, sizeof(*all));
	uint16_t i;

	for (i = 0; i < g->state_count; i++)
		if (paired[i] == NOWHERE)
			all[i] = traits_of_state(a, c, g, names, i);
	return all;
}

/* Of several that are no more than alike, nobody knows which it is. */
static uint16_t
alike_one(const struct comparison *k, const struct traits *one,
    const struct traits *others, bool wherever)
{
	uint16_t i, found = NOWHERE;

	if (wherever && !is_telling(one))
		return NOWHERE;
	for (i = 0; i < k->is->state_count; i++) {
		if (k->origins[i] != NOWHERE ||
		    !alike(one, &others[i], wherever))
			continue;
		if (found != NOWHERE)
			return wherever ? NOWHERE : found;
		found = i;
	}
	return found;
}

static bool
alike(const struct traits *a, const struct traits *b, bool wherever)
{
	const struct trait *one, *other;
	size_t i;

	if (a->count != b->count)
		return false;
	for (i = 0; i < a->count; i++) {
		one = &a->list[i];
		other = traits_find(b, one->what, one->lang);
		if (other == NULL)
			return false;
		if (wherever &&
		    (one->kind == DIFFERENCE_WAY ||
			one->kind == DIFFERENCE_KEY))
			continue;
		if (strcmp(one->value, other->value) != 0)
			return false;
	}
	return true;
}

/* A route has nothing but where it leads. */
static bool
is_telling(const struct traits *t)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		if (t->list[i].kind == DIFFERENCE_TEXT ||
		    strcmp(t->list[i].what, "call") == 0)
			return true;
	return false;
}

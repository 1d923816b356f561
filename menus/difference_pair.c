/*
 * Which old state is which new one: first by name, then by what they are.
 *
 * Of states without a namesake, those are the same that differ in nothing but
 * where they lead, when each has only one like it. What is left, such as
 * routes, must lead to the same places, too; since finding one makes another
 * alike, this goes on for some rounds.
 */
#include <string.h>

#include "menus/difference_parts.h"

#define ROUNDS_MAX 20

static struct names names_of(struct arena *a, const struct graph *g);
static const char **copy_names(struct arena *a, const struct names *n);
static void pair_namesakes(struct comparison *k);
static void pair(struct comparison *k, uint16_t was, uint16_t is);
static bool pair_alike(struct comparison *k, bool wherever);
static struct traits *traits_of_rest(struct arena *a, const struct catalogue *c,
    const struct graph *g, const char *const *names, const uint16_t *paired,
    bool wherever);
static uint32_t digest(const struct traits *t, bool wherever);
static uint32_t mixed(uint32_t sum, const char *text);
static bool is_way(const struct trait *t);
static uint16_t alike_one(const struct comparison *k, const struct traits *one,
    const struct traits *others, bool wherever);
static bool alike(
    const struct traits *a, const struct traits *b, bool wherever);
static bool is_telling(const struct traits *t);

void
difference_pair(struct comparison *k)
{
	size_t old = k->was->state_count, new = k->is->state_count;
	int rounds;

	k->old_states = names_of(k->arena, k->was);
	k->new_states = names_of(k->arena, k->is);
	k->old_names = copy_names(k->arena, &k->old_states);
	k->new_names = copy_names(k->arena, &k->new_states);
	k->pairs = arena_array(k->arena, old, sizeof(*k->pairs));
	k->origins = arena_array(k->arena, new, sizeof(*k->origins));
	memset(k->origins, 0xff, new * sizeof(*k->origins));
	pair_namesakes(k);
	(void)pair_alike(k, true);
	for (rounds = 0; rounds < ROUNDS_MAX && pair_alike(k, false); rounds++)
		continue;
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
	    traits_of_rest(a, k->old, k->was, k->old_names, k->pairs, wherever);
	struct traits *new = traits_of_rest(
	    a, k->new, k->is, k->new_names, k->origins, wherever);
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
    const struct graph *g, const char *const *names, const uint16_t *paired,
    bool wherever)
{
	struct traits *all = arena_array(a, g->state_count, sizeof(*all));
	uint16_t i;

	for (i = 0; i < g->state_count; i++)
		if (paired[i] == NOWHERE) {
			all[i] = traits_of_state(a, c, g, names, i);
			all[i].digest = digest(&all[i], wherever);
		}
	return all;
}

/* Of thousands of states without a namesake few have the same; FNV-1a. */
static uint32_t
digest(const struct traits *t, bool wherever)
{
	uint32_t sum = 0, one;
	size_t i;

	for (i = 0; i < t->count; i++) {
		one = mixed(UINT32_C(2166136261), t->list[i].what);
		if (!wherever || !is_way(&t->list[i]))
			one = mixed(one, t->list[i].value);
		sum ^= one;
	}
	return sum;
}

static uint32_t
mixed(uint32_t sum, const char *text)
{
	for (; *text != '\0'; text++)
		sum = (uint32_t)((sum ^ (unsigned char)*text) *
		    UINT64_C(16777619));
	return sum;
}

static bool
is_way(const struct trait *t)
{
	return t->kind == DIFFERENCE_WAY || t->kind == DIFFERENCE_KEY;
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

	if (a->digest != b->digest || a->count != b->count)
		return false;
	for (i = 0; i < a->count; i++) {
		one = &a->list[i];
		other = traits_find(b, one->what, one->lang);
		if (other == NULL)
			return false;
		if (wherever && is_way(one))
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

/*
 * Lists are short and seldom asked for: they are searched from the front.
 */
#include <string.h>

#include "gateway/standing.h"

static bool is_on_trial(const struct candidate *c);
static bool has_number(const char *list, const char *number);

struct standing *
standing_copy(struct arena *a, const struct standing *s)
{
	struct standing *copy = arena_alloc(a, sizeof(*copy));
	struct version *live = arena_array(a, s->live_count, sizeof(*live));
	struct candidate *candidates =
	    arena_array(a, s->candidate_count, sizeof(*candidates));
	size_t i;

	*copy = *s;
	for (i = 0; i < s->live_count; i++) {
		live[i] = s->live[i];
		live[i].name = arena_string(a, live[i].name);
		live[i].hash = arena_string(a, live[i].hash);
		live[i].who = arena_string(a, live[i].who);
		live[i].act = arena_string(a, live[i].act);
	}
	for (i = 0; i < s->candidate_count; i++) {
		struct candidate *c = &candidates[i];

		*c = s->candidates[i];
		c->name = arena_string(a, c->name);
		c->hash = arena_string(a, c->hash);
		c->base = arena_string(a, c->base);
		c->who = arena_string(a, c->who);
		c->trial = arena_string(a, c->trial);
		c->numbers = arena_string(a, c->numbers);
	}
	copy->live = live;
	copy->candidates = candidates;
	return copy;
}

const struct version *
standing_live(const struct standing *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->live_count; i++)
		if (strcmp(s->live[i].name, name) == 0)
			return &s->live[i];
	return NULL;
}

const struct candidate *
standing_candidate(const struct standing *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->candidate_count; i++)
		if (strcmp(s->candidates[i].name, name) == 0)
			return &s->candidates[i];
	return NULL;
}

struct proving_item *
standing_items(
    struct arena *a, const struct standing *s, bool trial, size_t *count)
{
	struct proving_item *items =
	    arena_array(a, s->live_count, sizeof(*items));
	size_t i;

	*count = s->live_count;
	for (i = 0; i < s->live_count; i++)
		items[i] = (struct proving_item){ .name = s->live[i].name,
			.hash = s->live[i].hash };
	for (i = 0; trial && i < s->candidate_count; i++) {
		const struct candidate *c = &s->candidates[i];
		struct proving_item one = { .name = c->name, .hash = c->hash };

		if (is_on_trial(c))
			standing_replace(&items, count, a, &one);
	}
	return items;
}

void
standing_replace(struct proving_item **items, size_t *count, struct arena *a,
    const struct proving_item *one)
{
	struct proving_item *more;
	size_t i;

	for (i = 0; i < *count; i++)
		if (strcmp((*items)[i].name, one->name) == 0) {
			(*items)[i] = *one;
			return;
		}
	more = arena_array(a, *count + 1, sizeof(*more));
	if (*count > 0)
		memcpy(more, *items, *count * sizeof(*more));
	more[(*count)++] = *one;
	*items = more;
}

bool
standing_has_trial(const struct standing *s)
{
	size_t i;

	for (i = 0; i < s->candidate_count; i++)
		if (is_on_trial(&s->candidates[i]))
			return true;
	return false;
}

static bool
is_on_trial(const struct candidate *c)
{
	return strcmp(c->trial, "on") == 0;
}

bool
standing_is(const struct standing *s, const struct catalogue *c)
{
	struct source unused;
	size_t i;

	if (s->live_count != c->graph_count + 1)
		return false;
	for (i = 0; i < s->live_count; i++)
		if (!proving_find(c, s->live[i].name, s->live[i].hash, &unused))
			return false;
	return true;
}

bool
standing_tries(const struct standing *s, const char *number)
{
	size_t i;

	for (i = 0; i < s->candidate_count; i++)
		if (is_on_trial(&s->candidates[i]) &&
		    has_number(s->candidates[i].numbers, number))
			return true;
	return false;
}

/* "255754000001,255754000002" */
static bool
has_number(const char *list, const char *number)
{
	size_t len = strlen(number), one;

	for (; *list != '\0'; list += one + (list[one] == ',')) {
		one = strcspn(list, ",");
		if (one == len && memcmp(list, number, len) == 0)
			return true;
	}
	return false;
}

/*
 * Shrinking, in rounds, until a round takes nothing away:
 *
 *	steps -> files, languages -> states -> all else -> words
 *
 * What the checks refuse is no failure. What is smaller may need other steps:
 * where the old ones find nothing any more, new walks are tried.
 */
#include <string.h>

#include "base/arena.h"
#include "tests/property/shrink.h"
#include "tests/property/shrink_edits.h"

#define TRIALS_MAX  6000
#define NEW_WALKS   3
#define NEW_STEPS   60
#define TARGETS_MAX 12

struct shrinker {
	struct trial *trial;
	struct draft *draft;
	enum plant plant;
	uint64_t seed;
	enum property broken;
	struct walk best;
	size_t trials;
	size_t taken; /* in this round */
	struct arena *arena;
};

static bool replays(struct shrinker *s, const struct walk *w);
static bool still_fails(struct shrinker *s);
static bool stays(struct shrinker *s, struct edits *e);
static void shrink_walk(struct shrinker *s);
static void without_steps(
    const struct walk *from, size_t first, size_t count, struct walk *to);
static void shrink_files(struct shrinker *s);
static void shrink_langs(struct shrinker *s);
static void shrink_states(struct shrinker *s, struct node *n);
static void bypass(struct shrinker *s, struct node *state);
static void shrink_nodes(struct shrinker *s, struct node *of);
static void shrink_words(struct shrinker *s, struct node *of);

void
shrink(struct trial *t, struct draft *d, enum plant plant, uint64_t seed)
{
	struct arena *a = arena_new();
	struct shrinker *s = arena_alloc(a, sizeof(*s));
	size_t i;

	*s = (struct shrinker){ .trial = t,
		.draft = d,
		.plant = plant,
		.seed = seed,
		.broken = t->verdict.broken,
		.best = t->walk,
		.arena = a };
	do {
		s->taken = 0;
		shrink_walk(s);
		shrink_files(s);
		shrink_langs(s);
		for (i = 1; i < d->count; i++)
			shrink_states(s, d->files[i]);
		for (i = 0; i < d->count; i++)
			shrink_nodes(s, d->files[i]);
		for (i = 0; i < d->count; i++)
			shrink_words(s, d->files[i]);
	} while (s->taken > 0 && s->trials < TRIALS_MAX);
	t->walk = s->best;
	trial_replay(t, d, plant, seed);
	arena_free(a);
}

/* ---- does it still fail? */

static bool
still_fails(struct shrinker *s)
{
	uint64_t i;

	if (replays(s, &s->best))
		return true;
	for (i = 1; s->trial->accepted && i <= NEW_WALKS; i++) {
		s->trials++;
		trial_stroll(
		    s->trial, s->draft, s->plant, s->seed + i, NEW_STEPS);
		if (s->trial->verdict.broken != s->broken)
			continue;
		/* It is played again on the link of the first one. */
		if (replays(s, &s->trial->walk)) {
			s->best = s->trial->walk;
			return true;
		}
	}
	return false;
}

static bool
replays(struct shrinker *s, const struct walk *w)
{
	s->trials++;
	if (w != &s->trial->walk)
		s->trial->walk = *w;
	trial_replay(s->trial, s->draft, s->plant, s->seed);
	return s->trial->verdict.broken == s->broken;
}

/* True when the edits are good; else they are undone. */
static bool
stays(struct shrinker *s, struct edits *e)
{
	if (e->count > 0 && s->trials < TRIALS_MAX) {
		edits_sweep(e, s->draft);
		if (still_fails(s)) {
			s->taken++;
			return true;
		}
	}
	edits_undo(e);
	return false;
}

/* ---- steps */

static void
shrink_walk(struct shrinker *s)
{
	struct walk *less = arena_alloc(s->arena, sizeof(*less));
	size_t chunk = s->best.count, at;

	for (; chunk > 0; chunk /= 2)
		for (at = 0; at < s->best.count;) {
			without_steps(&s->best, at, chunk, less);
			if (replays(s, less)) {
				s->best = *less;
				s->taken++;
			} else
				at += chunk;
		}
}

static void
without_steps(
    const struct walk *from, size_t first, size_t count, struct walk *to)
{
	size_t i;

	to->count = 0;
	for (i = 0; i < from->count; i++)
		if (i < first || i >= first + count)
			to->list[to->count++] = from->list[i];
}

/* ---- files, languages, states */

static void
shrink_files(struct shrinker *s)
{
	struct draft *d = s->draft;
	size_t i, to;

	for (i = 1; i < d->count; i++)
		for (to = 1; to < d->count && !d->files[i]->gone; to++) {
			struct edits e = { .count = 0 };

			if (i == to || d->files[to]->gone)
				continue;
			edits_remove(&e, d->files[i]);
			edits_retarget(&e, d, d->files[i]->first->name,
			    d->files[to]->first->name);
			stays(s, &e);
		}
}

static void
shrink_langs(struct shrinker *s)
{
	static const char *const langs[] = { "rw", "fr", "en", "sw" };
	size_t i, lang;

	for (lang = 0; lang < ARRAY_SIZE(langs); lang++) {
		struct edits e = { .count = 0 };

		for (i = 0; i < s->draft->count; i++)
			edits_forget(&e, s->draft->files[i], langs[lang]);
		stays(s, &e);
	}
}

static void
shrink_states(struct shrinker *s, struct node *n)
{
	struct node *member;

	for (member = n->first; member != NULL; member = member->next) {
		if (member->gone || member->kind != NODE_GROUP)
			continue;
		if (n->name != NULL && strcmp(n->name, "states") == 0)
			bypass(s, member);
		else
			shrink_states(s, member);
	}
}

/* Whoever came there goes on to where it led. */
static void
bypass(struct shrinker *s, struct node *state)
{
	const char *targets[TARGETS_MAX];
	size_t count = edits_targets(state, targets, TARGETS_MAX), i;

	for (i = 0; i < count && !state->gone; i++) {
		struct edits e = { .count = 0 };

		edits_remove(&e, state);
		edits_retarget(&e, s->draft, state->name, targets[i]);
		stays(s, &e);
	}
}

/* ---- all else */

static void
shrink_nodes(struct shrinker *s, struct node *of)
{
	struct node *n;

	for (n = of->first; n != NULL; n = n->next) {
		struct edits e = { .count = 0 };

		if (n->gone)
			continue;
		edits_remove(&e, n);
		if (!stays(s, &e))
			shrink_nodes(s, n);
	}
}

static void
shrink_words(struct shrinker *s, struct node *of)
{
	struct node *n;
	unsigned how;

	for (how = 0; how < EDITS_SHORTER; how++) {
		struct edits e = { .count = 0 };

		edits_shorten(&e, s->draft->arena, of, how);
		if (stays(s, &e))
			break;
	}
	for (n = of->first; n != NULL; n = n->next)
		if (!n->gone)
			shrink_words(s, n);
}

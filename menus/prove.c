/*
 * The rest of the proof, step by step: of every graph first its lock, then
 * its talks.
 */
#include <string.h>

#include "menus/check.h"
#include "menus/prove.h"

struct prove {
	struct arena *arena;
	const struct catalogue *c;
	const struct prove_world *world;
	struct findings *findings;
	struct talk_world stage;
	size_t next, end; /* graphs; the one past the last is the root */
	size_t talk; /* next one of this graph; 0: its lock comes first */
	bool locked;
	size_t *errors, *failed; /* of each graph; talks that failed */
};

static const struct graph *graph_at(const struct prove *p, size_t number);
static void play(struct prove *p, const struct graph *g, const struct talk *t);
static void check_lock(struct prove *p, const struct graph *g);
static void judge(
    struct prove *p, const struct graph *g, const struct lock_change *change);
static int line_of(const struct graph *g, const struct lock_change *change);
static void check_absent(struct prove *p);
static bool is_there(const struct prove *p, const char *name);
static bool is_broken(const struct findings *f, const char *name);

struct prove *
prove_new(struct arena *a, const struct catalogue *c, const struct graph *one,
    const struct prove_world *world, struct findings *f)
{
	struct prove *p = arena_alloc(a, sizeof(*p));

	p->arena = a;
	p->c = c;
	p->world = world;
	p->findings = f;
	p->stage = (struct talk_world){ .answer = world->answer,
		.arg = world->arg,
		.coverage = world->coverage };
	p->errors = arena_array(a, c->graph_count + 1, sizeof(*p->errors));
	p->failed = arena_array(a, c->graph_count + 1, sizeof(*p->failed));
	p->end = c->graph_count + 1;
	if (one == NULL)
		return p;
	while (graph_at(p, p->next) != one)
		CHECK(++p->next < p->end);
	p->end = p->next + 1;
	return p;
}

static const struct graph *
graph_at(const struct prove *p, size_t number)
{
	return number < p->c->graph_count ? p->c->graphs[number] : p->c->root;
}

bool
prove_step(struct prove *p)
{
	size_t errors = p->findings->errors;
	const struct graph *g;

	if (p->next == p->end)
		return false;
	g = graph_at(p, p->next);
	if (!p->locked && p->world->lock != NULL)
		check_lock(p, g);
	else if (p->talk < g->talk_count)
		play(p, g, &g->talks[p->talk++]);
	p->locked = true;
	p->errors[p->next] += p->findings->errors - errors;
	if (p->talk == g->talk_count) {
		p->next++;
		p->talk = 0;
		p->locked = false;
	}
	return true;
}

static void
play(struct prove *p, const struct graph *g, const struct talk *t)
{
	p->failed[p->next] += !talk_play(p->c, g, t, &p->stage, p->findings);
}

void
prove_finish(struct prove *p)
{
	while (prove_step(p))
		;
}

size_t
prove_errors(const struct prove *p, size_t graph)
{
	return p->errors[graph];
}

size_t
prove_failed(const struct prove *p, size_t graph)
{
	return p->failed[graph];
}

/* ---- the lock */

static void
check_lock(struct prove *p, const struct graph *g)
{
	struct arena *a = arena_new();
	struct lock was = lock_part(p->world->lock, g->name);
	struct lock is = lock_of(a, g);
	struct lock_changes changes = lock_compare(a, &was, &is);
	size_t i;

	for (i = 0; i < changes.count; i++)
		judge(p, g, &changes.list[i]);
	if (g == p->c->root)
		check_absent(p);
	arena_free(a);
}

static void
judge(struct prove *p, const struct graph *g, const struct lock_change *change)
{
	const struct lock_entry *was = change->was;

	if (change->kind == LOCK_ADDED)
		return;
	findings_add(p->findings, FINDING_ERROR, CHECK_KEYS, g->file,
	    line_of(g, change), *was->state == '\0' ? NULL : was->state,
	    "%s, and %s:%d records that citizens know it: put it back, or %s "
	    "that line on purpose",
	    lock_says(p->findings->arena, change), p->world->lock_name,
	    was->line, change->kind == LOCK_GONE ? "take away" : "change");
}

/* Of what is gone, where it stood: its menu, or the institution. */
static int
line_of(const struct graph *g, const struct lock_change *change)
{
	size_t i;

	if (change->is != NULL)
		return change->is->line;
	for (i = 0; i < g->state_count; i++)
		if (strcmp(g->states[i].name, change->was->state) == 0)
			return g->states[i].line;
	return g->state_count > 0 && g->title.line == 0 ? g->states[0].line
							: g->title.line;
}

/* Institutions that the lock records and that are there no more. */
static void
check_absent(struct prove *p)
{
	const struct lock *l = p->world->lock;
	const char *name = "";
	size_t i;

	for (i = 0; i < l->count; i++) {
		const struct lock_entry *e = &l->list[i];

		if (strcmp(e->graph, name) == 0)
			continue;
		name = e->graph;
		if (!is_there(p, name) && !is_broken(p->findings, name))
			findings_add(p->findings, FINDING_ERROR, CHECK_KEYS,
			    p->world->lock_name, e->line, NULL,
			    "'%s', whose keys and words citizens know, is no "
			    "institution any more: put its file back, or take "
			    "away its lines on purpose",
			    name);
	}
}

static bool
is_there(const struct prove *p, const char *name)
{
	size_t i;

	for (i = 0; i <= p->c->graph_count; i++)
		if (strcmp(graph_at(p, i)->name, name) == 0)
			return true;
	return false;
}

/* Is there something wrong with NAME.cfg? Then it is there. */
static bool
is_broken(const struct findings *f, const char *name)
{
	size_t i, len = strlen(name);

	for (i = 0; i < f->count; i++) {
		const char *slash = strrchr(f->list[i].file, '/');
		const char *file = slash == NULL ? f->list[i].file : slash + 1;

		if (f->list[i].grade == FINDING_ERROR &&
		    strncmp(file, name, len) == 0 &&
		    strcmp(file + len, ".cfg") == 0)
			return true;
	}
	return false;
}

/*
 * What no institution's file shows alone: ways into another one.
 *
 * Whoever is not there, or not well, is `absent` to all that lead to him; only
 * a wrong name is an error, and it takes nothing away from anybody.
 */
#include <stdlib.h>
#include <string.h>

#include "menus/check_parts.h"
#include "menus/edges.h"
#include "menus/names.h"

struct between {
	const struct catalogue *c;
	const char *const *names; /* of all institutions, in order */
	struct findings *findings;
};

static void check_graph_doors(const struct between *b, const struct graph *g);
static void check_door(const struct between *b, const struct graph *g,
    const struct state *st, const struct target *t);
static const char *wrong_door(
    const struct between *b, const struct graph *other, const struct target *t);
static int compare_texts(const void *a, const void *b);

void
check_between_doors(
    const struct catalogue *c, const char *const *names, struct findings *f)
{
	struct between b = { c, names, f };
	size_t i;

	check_graph_doors(&b, c->root);
	for (i = 0; i < c->graph_count; i++)
		check_graph_doors(&b, c->graphs[i]);
	check_between_circles(c, f);
	check_between_ends(c, f);
	check_between_services(c, names, f);
}

static void
check_graph_doors(const struct between *b, const struct graph *g)
{
	const struct state *st;
	struct edge e;
	size_t i, n;

	for (i = 0; i < g->state_count; i++) {
		st = &g->states[i];
		for (n = 0; edges_get(st, n, &e); n++)
			if (e.to->institution != NULL)
				check_door(b, g, st, e.to);
	}
}

static void
check_door(const struct between *b, const struct graph *g,
    const struct state *st, const struct target *t)
{
	const char *hint = "", *says;
	uint16_t number, state;

	if (catalogue_door(b->c, t, &number, &state))
		return;
	if (number != NOWHERE) {
		says = wrong_door(b, b->c->graphs[number], t);
	} else if (check_is_named(b->names, t->institution)) {
		return;
	} else {
		says = g == b->c->root
		    ? "is no institution"
		    : "is neither a state here nor an institution";
		hint = names_hint(b->findings->arena, b->names, t->institution);
	}
	findings_add(b->findings, FINDING_ERROR, CHECK_TARGETS, g->file,
	    t->line, st->name, "'%s' %s%s", t->name, says, hint);
}

static const char *
wrong_door(
    const struct between *b, const struct graph *other, const struct target *t)
{
	struct arena *a = b->findings->arena;
	const char **doors;
	size_t i;

	if (t->door == NULL || strcmp(t->door, "ussd") == 0)
		return "has no ussd door";
	doors = arena_array(a, other->open_count + 1, sizeof(*doors));
	for (i = 0; i < other->open_count; i++)
		doors[i] = other->open[i].name;
	return arena_printf(a, "is no way in: '%s' opens no door '%s'%s",
	    t->institution, t->door, names_hint(a, doors, t->door));
}

bool
check_is_named(const char *const *names, const char *name)
{
	size_t count = 0;

	while (names[count] != NULL)
		count++;
	return bsearch(&name, names, count, sizeof(*names), compare_texts) !=
	    NULL;
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

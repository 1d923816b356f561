/*
 * Between institutions: who reads what another one shares.
 *
 * An institution that is not well takes nothing away from its readers: they
 * are offered nothing until it is.
 */
#include <stdlib.h>
#include <string.h>

#include "menus/check.h"
#include "menus/names.h"

static void check_reader(const struct catalogue *c, const char *const *names,
    const struct graph *g, const struct variable *v, struct findings *f);
static const char *trouble(const struct catalogue *c, const char *const *names,
    const struct variable *mine, struct arena *a);
static const char *no_institution(
    const char *const *names, const char *name, struct arena *a);
static const struct variable *variable_of(
    const struct graph *g, const char *name);
static const char *misfit(const struct variable *mine,
    const struct variable *theirs, struct arena *a);

void
check_between_reads(
    const struct catalogue *c, const char *const *names, struct findings *f)
{
	size_t i, j;

	for (i = 0; i < c->graph_count; i++)
		for (j = 0; j < c->graphs[i]->var_count; j++)
			if (c->graphs[i]->vars[j].reads != NULL)
				check_reader(c, names, c->graphs[i],
				    &c->graphs[i]->vars[j], f);
}

static void
check_reader(const struct catalogue *c, const char *const *names,
    const struct graph *g, const struct variable *v, struct findings *f)
{
	const char *why = strcmp(v->reads_from, g->name) == 0
	    ? "is this institution's own"
	    : trouble(c, names, v, f->arena);

	if (why != NULL)
		findings_add(f, FINDING_ERROR, CHECK_VARIABLES, g->file,
		    v->line, NULL, "'%s' reads '%s.%s', which %s", v->name,
		    v->reads_from, v->reads, why);
}

static const char *
trouble(const struct catalogue *c, const char *const *names,
    const struct variable *mine, struct arena *a)
{
	uint16_t number = catalogue_graph(c, mine->reads_from);
	const struct variable *theirs;

	if (number == NOWHERE)
		return no_institution(names, mine->reads_from, a);
	theirs = variable_of(c->graphs[number], mine->reads);
	if (theirs == NULL)
		return "is not there: the institution has no such variable";
	if (!theirs->share)
		return "is not shared: it does not say share = true";
	return misfit(mine, theirs, a);
}

static const char *
no_institution(const char *const *names, const char *name, struct arena *a)
{
	size_t i;

	for (i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0)
			return NULL;
	return arena_printf(a, "is not there: '%s' is no institution%s", name,
	    names_hint(a, names, name));
}

static const struct variable *
variable_of(const struct graph *g, const char *name)
{
	size_t i;

	for (i = 0; i < g->var_count; i++)
		if (strcmp(g->vars[i].name, name) == 0)
			return &g->vars[i];
	return NULL;
}

static const char *
misfit(
    const struct variable *mine, const struct variable *theirs, struct arena *a)
{
	if (theirs->type != mine->type)
		return "is of another type";
	if (theirs->max > mine->max && !mine->cut)
		return arena_printf(a,
		    "may be %zu wide, and here is room for %zu", theirs->max,
		    mine->max);
	return NULL;
}

/*
 * Services of others.
 */
#include <string.h>

#include "menus/callee.h"
#include "menus/take.h"
#include "menus/value.h"
#include "menus/ways.h"

static bool is_shared(const struct api *api, const char *institution);
static const char *given(
    struct arena *a, const struct variable *theirs, const char *mine);
static bool take_borrowed(struct arena *a, const struct graph *owner,
    const struct graph *g, const struct borrowed *b, const char *const *values,
    const struct api *api, const char **vars);
static uint64_t template_vars(const struct template *t);

const struct api *
callee_api(const struct catalogue *c, const struct graph *g,
    const struct state *st, const struct graph **owner)
{
	const struct borrowed *b = st->borrowed;
	const struct graph *other;
	uint16_t number;
	size_t i;

	if (owner != NULL)
		*owner = g;
	if (b == NULL)
		return &g->apis[st->api];
	number = catalogue_graph(c, b->institution);
	if (number == NOWHERE)
		return NULL;
	other = c->graphs[number];
	if (owner != NULL)
		*owner = other;
	for (i = 0; i < other->api_count; i++)
		if (strcmp(other->apis[i].name, b->api) == 0 &&
		    is_shared(&other->apis[i], g->name))
			return &other->apis[i];
	return NULL;
}

static bool
is_shared(const struct api *api, const char *institution)
{
	const char *const *name;

	for (name = api->share; name != NULL && *name != NULL; name++)
		if (strcmp(*name, institution) == 0)
			return true;
	return false;
}

uint16_t
callee_variable(const struct graph *g, const char *name)
{
	uint16_t i;

	for (i = 0; i < g->var_count; i++)
		if (strcmp(g->vars[i].name, name) == 0)
			return i;
	return NOWHERE;
}

/* ---- what is given */

bool
callee_session(struct arena *a, const struct catalogue *c,
    const struct session *s, struct session *theirs)
{
	const struct graph *g = session_graph(c, s), *owner;
	const struct state *st = &g->states[s->here.state];
	const struct api *api = callee_api(c, g, st, &owner);
	uint64_t has = 0;
	uint16_t var;
	size_t i;

	*theirs = *s;
	if (api == NULL || st->borrowed == NULL)
		return api != NULL;
	memset(theirs->vars, 0, sizeof(theirs->vars));
	theirs->here =
	    (struct place){ .graph = catalogue_graph(c, owner->name) };
	for (i = 0; i < st->borrowed->give_count; i++) {
		const struct loan *loan = &st->borrowed->gives[i];

		var = callee_variable(owner, loan->theirs);
		if (var == NOWHERE || s->vars[loan->mine] == NULL)
			return false;
		theirs->vars[var] =
		    given(a, &owner->vars[var], s->vars[loan->mine]);
		if (theirs->vars[var] == NULL)
			return false;
		has |= ways_bit(var);
	}
	return (callee_needs(api) & ~has) == 0;
}

/* What a citizen typed has to pass the owner's rule, too. */
static const char *
given(struct arena *a, const struct variable *theirs, const char *mine)
{
	if (theirs->type == VAR_TEXT || theirs->type == VAR_DIGITS ||
	    theirs->type == VAR_PIN)
		return value_typed(a, theirs, mine);
	return value_given(a, theirs, mine);
}

uint64_t
callee_needs(const struct api *api)
{
	uint64_t needs = template_vars(&api->url);
	size_t i;

	for (i = 0; i < api->body_count; i++)
		needs |= template_vars(&api->body[i].value);
	return needs;
}

static uint64_t
template_vars(const struct template *t)
{
	uint64_t vars = 0;
	size_t i;

	for (i = 0; i < t->count; i++)
		if (t->pieces[i].literal == NULL)
			vars |= ways_bit(t->pieces[i].var);
	return vars;
}

/* ---- what is taken */

bool
callee_take(struct arena *a, const struct catalogue *c, const struct graph *g,
    const struct state *st, const char *const *values, const char **vars)
{
	const struct graph *owner;
	const struct api *api = callee_api(c, g, st, &owner);

	if (api == NULL)
		return false;
	if (st->borrowed == NULL)
		return take_values(a, g, api, values, vars);
	return take_borrowed(a, owner, g, st->borrowed, values, api, vars);
}

/* By the owner's rules first, then by one's own, as if it had come from a
 * service that brings just that. */
static bool
take_borrowed(struct arena *a, const struct graph *owner, const struct graph *g,
    const struct borrowed *b, const char *const *values, const struct api *api,
    const char **vars)
{
	const char *theirs[VARS_MAX] = { NULL };
	const char **mine = arena_array(a, b->take_count, sizeof(*mine));
	struct take *takes = arena_array(a, b->take_count, sizeof(*takes));
	const struct api own = { .takes = takes, .take_count = b->take_count };
	uint16_t var;
	size_t i;

	if (!take_values(a, owner, api, values, theirs))
		return false;
	for (i = 0; i < b->take_count; i++) {
		var = callee_variable(owner, b->takes[i].theirs);
		if (var == NOWHERE)
			return false;
		takes[i].var = b->takes[i].mine;
		mine[i] = theirs[var];
	}
	return take_values(a, g, &own, mine, vars);
}

/*
 * Check 8, secrets: what a citizen types in confidence goes into one call's
 * body and nowhere else.
 *
 * A url with a secret was refused when the file was read; and that the very
 * next call forgets it belongs to the flow of values (menus/check_values.c).
 */
#include "menus/check_parts.h"

static void check_text(const struct proof *p, const struct state *st,
    const struct words *w, const char *where);
static void check_args(const struct proof *p, const struct keyword *k);
static void check_takes(const struct proof *p, const struct api *api);
static void check_borrowed(const struct proof *p, const struct state *st);
static void check_taken(
    const struct proof *p, uint16_t var, int line, const struct state *st);

void
check_secrets(const struct proof *p)
{
	const struct graph *g = p->g;
	const struct words *w;
	size_t i, n;

	for (i = 0; i < g->var_count; i++)
		if (g->vars[i].secret && g->vars[i].keep_s > 0)
			proof_wrong(p, CHECK_SAFETY, g->vars[i].line, NULL,
			    "'%s' is secret and may not be kept: take out "
			    "'keep'",
			    g->vars[i].name);
	for (i = 0; i < g->var_count; i++)
		if (g->vars[i].secret && g->vars[i].reads != NULL)
			proof_wrong(p, CHECK_SAFETY, g->vars[i].line, NULL,
			    "'%s' is secret and may not be read from another "
			    "institution: take out 'reads'",
			    g->vars[i].name);
	for (i = 0; i < g->api_count; i++)
		check_takes(p, &g->apis[i]);
	for (i = 0; i < g->state_count; i++)
		if (g->states[i].borrowed != NULL)
			check_borrowed(p, &g->states[i]);
	for (i = 0; i < g->keyword_count; i++)
		check_args(p, &g->keywords[i]);
	for (n = 0; (w = proof_sentence(p, n)) != NULL; n++)
		check_text(p, NULL, w, "a text");
	for (i = 0; i < g->state_count; i++) {
		const struct state *st = &g->states[i];

		for (n = 0; (w = proof_text(st, n)) != NULL; n++)
			check_text(
			    p, st, w, w == &st->sms ? "an SMS" : "a text");
		if (st->secret && ways_reach(p->ways, (uint16_t)i, LAYER_SMS))
			proof_doubt(p, CHECK_SAFETY, st->line, st,
			    "'%s' would be sent by SMS and stay in the phone: "
			    "lead elsewhere when channel == 'sms'",
			    g->vars[st->into].name);
	}
}

static void
check_takes(const struct proof *p, const struct api *api)
{
	size_t i;

	for (i = 0; i < api->take_count; i++)
		check_taken(p, api->takes[i].var, api->line, NULL);
}

static void
check_borrowed(const struct proof *p, const struct state *st)
{
	size_t i;

	for (i = 0; i < st->borrowed->take_count; i++)
		check_taken(p, st->borrowed->takes[i].mine,
		    st->borrowed->takes[i].line, st);
}

static void
check_taken(
    const struct proof *p, uint16_t var, int line, const struct state *st)
{
	if (p->g->vars[var].secret)
		proof_wrong(p, CHECK_SAFETY, line, st,
		    "'%s' is secret and forgotten after every call: it cannot "
		    "be taken from an answer",
		    p->g->vars[var].name);
}

/* It would stay in the phone for whoever reads there. */
static void
check_args(const struct proof *p, const struct keyword *k)
{
	const struct variable *v;
	size_t i;

	for (i = 0; i < k->arg_count; i++) {
		v = &p->g->vars[k->args[i]];
		if (v->secret)
			proof_wrong(p, CHECK_SAFETY, k->line, NULL,
			    "'%s' is secret and may not be sent with a "
			    "keyword: ask for it on the screen",
			    v->name);
	}
}

static void
check_text(const struct proof *p, const struct state *st, const struct words *w,
    const char *where)
{
	uint64_t vars = proof_vars(p->c, w);
	uint16_t i;

	for (i = 0; i < p->g->var_count; i++)
		if (p->g->vars[i].secret && vars & ways_bit(i))
			proof_wrong(p, CHECK_SAFETY, w->line, st,
			    "'%s' is secret and may not stand in %s",
			    p->g->vars[i].name, where);
}

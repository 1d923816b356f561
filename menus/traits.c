/*
 * The traits of states and of a graph as a whole; what else a file has is in
 * traits_other.c.
 */
#include <string.h>

#include "menus/edges.h"
#include "menus/traits_parts.h"
#include "menus/written.h"

struct taking {
	struct arena *a;
	const struct catalogue *c;
	const struct graph *g;
	const char *const *names;
	struct traits *t;
};

static void take_texts(const struct taking *k, const struct state *st);
static void take_words(
    const struct taking *k, const char *what, const struct words *w);
static void take_edges(const struct taking *k, const struct state *st);
static void take_option(const struct taking *k, const struct edge *e);
static const char *target_name(const struct taking *k, const struct target *t);
static void take_route(const struct taking *k, const struct state *st);
static void take_rules(const struct taking *k, const struct state *st);
static void add_call(struct arena *a, struct traits *t, const struct graph *g,
    const struct state *st);
static void add_app(
    struct arena *a, struct traits *t, int line, const struct app *app);
static const char *var_name(const struct graph *g, uint16_t var);

struct traits
traits_of_state(struct arena *a, const struct catalogue *c,
    const struct graph *g, const char *const *names, uint16_t state)
{
	const struct state *st = &g->states[state];
	struct traits t = { .count = 0 };
	struct taking k = { a, c, g, names, &t };

	take_texts(&k, st);
	if (st->kind == STATE_ROUTE)
		take_route(&k, st);
	else
		take_edges(&k, st);
	take_rules(&k, st);
	return t;
}

/* ---- texts */

static void
take_texts(const struct taking *k, const struct state *st)
{
	size_t i;

	take_words(k, "text", &st->text);
	take_words(k, "bad", &st->bad);
	if (st->has_sms)
		take_words(k, "sms", &st->sms);
	for (i = 0; i < st->option_count; i++)
		take_words(k, st->options[i].key, &st->options[i].text);
}

static void
take_words(const struct taking *k, const char *what, const struct words *w)
{
	traits_add_words(k->a, k->t, k->c, k->g, what, w);
}

void
traits_add_words(struct arena *a, struct traits *t, const struct catalogue *c,
    const struct graph *g, const char *what, const struct words *w)
{
	size_t lang;

	for (lang = 0; lang < c->lang_count; lang++)
		if (w->in[lang].count > 0)
			traits_add(a, t,
			    (struct trait){ DIFFERENCE_TEXT, what,
				c->langs[lang],
				written_text(a, g, &w->in[lang]), w->line });
}

/* ---- where it leads */

static void
take_edges(const struct taking *k, const struct state *st)
{
	struct edge e;
	size_t n;

	for (n = 0; edges_get(st, n, &e); n++)
		if (e.kind == EDGE_OPTION)
			take_option(k, &e);
		else
			traits_add(k->a, k->t,
			    (struct trait){ DIFFERENCE_WAY, e.name, NULL,
				target_name(k, e.to), e.line });
}

static void
take_option(const struct taking *k, const struct edge *e)
{
	traits_add(k->a, k->t,
	    (struct trait){ DIFFERENCE_KEY, e->name, NULL,
		target_name(k, e->to), e->line });
	if (e->when != NULL)
		traits_add(k->a, k->t,
		    (struct trait){ DIFFERENCE_WAY,
			arena_printf(k->a, "%s, when", e->name), NULL,
			written_condition(k->a, k->g, e->when), e->line });
}

static const char *
target_name(const struct taking *k, const struct target *t)
{
	return t->state == NOWHERE ? t->name : k->names[t->state];
}

/* The first that holds counts, and so only all of them together tell. */
static void
take_route(const struct taking *k, const struct state *st)
{
	const char *all = "";
	struct edge e;
	size_t n;

	for (n = 0; edges_get(st, n, &e); n++)
		all = arena_printf(k->a, "%s%s%s > %s", all, n == 0 ? "" : "; ",
		    edges_label(k->a, k->g, &e), target_name(k, e.to));
	traits_add(k->a, k->t,
	    (struct trait){ DIFFERENCE_WAY, "route", NULL, all, st->line });
}

/* ---- what else it does */

static void
take_rules(const struct taking *k, const struct state *st)
{
	struct traits *t = k->t;
	struct arena *a = k->a;
	int line = st->line;

	traits_add_text(
	    a, t, DIFFERENCE_STATE, line, "kind", edges_kind_name(st->kind));
	if (st->kind == STATE_ASK || st->kind == STATE_LIST)
		traits_add_text(a, t, DIFFERENCE_STATE, line, "into",
		    var_name(k->g, st->into));
	if (st->kind == STATE_ASK) {
		traits_add_number(
		    a, t, DIFFERENCE_STATE, line, "tries", st->tries);
		traits_add_flag(
		    a, t, DIFFERENCE_STATE, line, "secret", st->secret);
	}
	if (st->kind == STATE_LIST) {
		const struct variable *rows = &k->g->vars[st->rows];

		traits_add_text(
		    a, t, DIFFERENCE_STATE, line, "rows", rows->name);
		traits_add_text(a, t, DIFFERENCE_STATE, line, "show",
		    rows->cols[st->label_col]);
		traits_add_text(a, t, DIFFERENCE_STATE, line, "value",
		    rows->cols[st->value_col]);
	}
	if (st->kind == STATE_CALL)
		add_call(a, t, k->g, st);
	if (st->kind == STATE_APP)
		add_app(a, t, line, &k->g->apps[st->app]);
	if (st->reminds) {
		traits_add_text(a, t, DIFFERENCE_STATE, line, "then",
		    k->g->apis[st->reminder.api].name);
		traits_add_number(a, t, DIFFERENCE_STATE, line, "after",
		    st->reminder.after_s);
	}
	traits_add_flag(a, t, DIFFERENCE_STATE, line, "once", st->once);
	traits_add_flag(a, t, DIFFERENCE_STATE, line, "later", st->later);
	traits_add_flag(a, t, DIFFERENCE_STATE, line, "resume", st->resume);
	traits_add_lowered(a, t, &st->lowered, line);
}

static void
add_call(struct arena *a, struct traits *t, const struct graph *g,
    const struct state *st)
{
	const struct borrowed *b = st->borrowed;
	const struct loan *loan;
	size_t i;

	traits_add_text(a, t, DIFFERENCE_STATE, st->line, "call",
	    b != NULL ? b->name : g->apis[st->api].name);
	for (i = 0; b != NULL && i < b->give_count; i++) {
		loan = &b->gives[i];
		traits_add_text(a, t, DIFFERENCE_STATE, loan->line,
		    arena_printf(a, "give %s", loan->theirs),
		    g->vars[loan->mine].name);
	}
	for (i = 0; b != NULL && i < b->take_count; i++) {
		loan = &b->takes[i];
		traits_add_text(a, t, DIFFERENCE_STATE, loan->line,
		    arena_printf(a, "take %s", g->vars[loan->mine].name),
		    loan->theirs);
	}
}

/* It is where its citizens stand, so a change of it is a change there. */
static void
add_app(struct arena *a, struct traits *t, int line, const struct app *app)
{
	traits_add_text(a, t, DIFFERENCE_STATE, line, "app", app->name);
	traits_add_text(a, t, DIFFERENCE_STATE, line, "post", app->url);
	traits_add_text(a, t, DIFFERENCE_STATE, line, "speaks",
	    app->api.speech == SPEECH_NATIVE ? "native" : "africastalking");
	traits_add_number(
	    a, t, DIFFERENCE_STATE, line, "timeout", app->api.timeout_ms);
	if (app->events != NULL)
		traits_add_text(
		    a, t, DIFFERENCE_STATE, line, "events", app->events);
	traits_add_flag(
	    a, t, DIFFERENCE_STATE, line, "idempotent", app->api.idempotent);
	traits_add_flag(a, t, DIFFERENCE_STATE, line, "sms", app->sms);
}

static const char *
var_name(const struct graph *g, uint16_t var)
{
	return var < g->var_count ? g->vars[var].name : "";
}

/* ---- the graph as a whole */

struct traits
traits_of_graph(struct arena *a, const struct catalogue *c,
    const struct graph *g, const char *const *names)
{
	struct traits t = { .count = 0 };
	const struct keyword *k;
	size_t i;

	traits_add_words(a, &t, c, g, "title", &g->title);
	if (g->ussd_door != NOWHERE)
		traits_add_text(a, &t, DIFFERENCE_DOOR,
		    g->states[g->ussd_door].line, "ussd", names[g->ussd_door]);
	for (i = 0; i < g->open_count; i++)
		traits_add_text(a, &t, DIFFERENCE_DOOR,
		    g->states[g->open[i].state].line, g->open[i].name,
		    names[g->open[i].state]);
	for (i = 0; i < g->keyword_count; i++) {
		k = &g->keywords[i];
		if (k->example != NULL)
			traits_add_text(a, &t, DIFFERENCE_TEXT, k->line,
			    arena_printf(a, "%s, example", k->word),
			    k->example);
	}
	traits_add_number(a, &t, DIFFERENCE_LIMIT, 0, "calls", g->max_calls);
	return t;
}

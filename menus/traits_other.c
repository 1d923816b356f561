/*
 * The traits of variables, of services, and of what the menus file says for
 * all institutions.
 */
#include <inttypes.h>
#include <string.h>

#include "menus/pattern.h"
#include "menus/traits_parts.h"
#include "menus/written.h"

static const char *type_name(enum var_type type);
static const char *joined(struct arena *a, const char *const *words);
static void take_navigation(
    struct arena *a, struct traits *t, const struct catalogue *c);
static void take_words(
    struct arena *a, struct traits *t, const struct catalogue *c);
static void take_limits(
    struct arena *a, struct traits *t, const struct limits *l);
static bool same_text(const char *a, const char *b);

struct traits
traits_of_variable(struct arena *a, const struct graph *g, size_t var)
{
	const enum difference_kind kind = DIFFERENCE_VARIABLE;
	const struct variable *v = &g->vars[var];
	struct traits t = { .count = 0 };
	int line = v->line;

	traits_add_text(a, &t, kind, line, "type", type_name(v->type));
	traits_add_number(a, &t, kind, line, "max", (int64_t)v->max);
	traits_add_flag(a, &t, kind, line, "cut", v->cut);
	traits_add_flag(a, &t, kind, line, "unicode", v->unicode);
	traits_add_text(a, &t, kind, line, "fold",
	    v->upper       ? "upper"
		: v->lower ? "lower"
			   : NULL);
	traits_add_flag(a, &t, kind, line, "secret", v->secret);
	traits_add_number(a, &t, kind, line, "keep", v->keep_s);
	traits_add_flag(a, &t, kind, line, "share", v->share);
	traits_add_text(a, &t, kind, line, "match",
	    v->match == NULL ? NULL : pattern_text(v->match));
	traits_add_number(
	    a, &t, kind, line, "min_length", (int64_t)v->min_length);
	traits_add_number(
	    a, &t, kind, line, "max_length", (int64_t)v->max_length);
	if (v->has_least)
		traits_add_text(a, &t, kind, line, "least_value",
		    arena_printf(a, "%" PRId64, v->least));
	if (v->has_most)
		traits_add_text(a, &t, kind, line, "most_value",
		    arena_printf(a, "%" PRId64, v->most));
	traits_add_text(a, &t, kind, line, "choices", joined(a, v->choices));
	traits_add_text(a, &t, kind, line, "cols", joined(a, v->cols));
	traits_add_number(a, &t, kind, line, "width", (int64_t)v->width);
	return t;
}

static const char *
type_name(enum var_type type)
{
	switch (type) {
	case VAR_TEXT:
		return "text";
	case VAR_DIGITS:
		return "digits";
	case VAR_NUMBER:
		return "number";
	case VAR_MONEY:
		return "money";
	case VAR_DATE:
		return "date";
	case VAR_CHOICE:
		return "choice";
	case VAR_ROWS:
		return "rows";
	case VAR_PIN:
		return "pin";
	}
	return "";
}

static const char *
joined(struct arena *a, const char *const *words)
{
	const char *all = NULL;

	for (; words != NULL && *words != NULL; words++)
		all = all == NULL ? *words
				  : arena_printf(a, "%s, %s", all, *words);
	return all;
}

/* ---- services */

struct traits
traits_of_api(struct arena *a, const struct graph *g, size_t api)
{
	const enum difference_kind kind = DIFFERENCE_CALL;
	const struct api *s = &g->apis[api];
	struct traits t = { .count = 0 };
	int line = s->line;
	size_t i;

	traits_add_text(a, &t, kind, line, "method", s->method);
	traits_add_text(a, &t, kind, line, "url", written_text(a, g, &s->url));
	for (i = 0; i < s->body_count; i++)
		traits_add_text(a, &t, kind, line,
		    arena_printf(a, "body %s", s->body[i].name),
		    written_text(a, g, &s->body[i].value));
	for (i = 0; i < s->take_count; i++)
		traits_add_text(a, &t, kind, line,
		    arena_printf(a, "take %s", g->vars[s->takes[i].var].name),
		    s->takes[i].path);
	traits_add_number(a, &t, kind, line, "timeout", s->timeout_ms);
	traits_add_number(a, &t, kind, line, "cache", s->cache_s);
	traits_add_number(a, &t, kind, line, "retry", s->retry);
	traits_add_flag(a, &t, kind, line, "safe", s->safe);
	traits_add_flag(a, &t, kind, line, "idempotent", s->idempotent);
	for (i = 0; s->share != NULL && s->share[i] != NULL; i++)
		traits_add_flag(a, &t, kind, line,
		    arena_printf(a, "share %s", s->share[i]), true);
	return t;
}

/* ---- the menus file */

struct traits
traits_of_head(struct arena *a, const struct catalogue *c)
{
	struct traits t = { .count = 0 };
	size_t i;

	for (i = 0; i < c->code_count; i++)
		traits_add_text(a, &t, DIFFERENCE_CODE, 0, c->codes[i].code,
		    c->root->states[c->codes[i].state].name);
	traits_add_text(
	    a, &t, DIFFERENCE_CODE, 0, "langs", joined(a, c->langs));
	take_navigation(a, &t, c);
	take_words(a, &t, c);
	take_limits(a, &t, &c->written);
	return t;
}

static void
take_navigation(struct arena *a, struct traits *t, const struct catalogue *c)
{
	const struct {
		const char *name;
		const struct nav *nav;
	} all[] = { { "back", &c->back }, { "home", &c->home },
		{ "more", &c->more }, { "lang", &c->lang } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(all); i++) {
		traits_add_text(a, t, DIFFERENCE_KEY, all[i].nav->text.line,
		    all[i].name, all[i].nav->key);
		traits_add_words(
		    a, t, c, c->root, all[i].name, &all[i].nav->text);
	}
}

static void
take_words(struct arena *a, struct traits *t, const struct catalogue *c)
{
	const struct {
		const char *name;
		const struct words *words;
	} all[] = { { "bad", &c->bad }, { "incomplete", &c->incomplete },
		{ "example", &c->example }, { "expired", &c->expired },
		{ "changed", &c->changed }, { "sorry", &c->sorry },
		{ "busy", &c->busy }, { "unknown", &c->unknown },
		{ "absent", &c->absent }, { "was", &c->was },
		{ "go_on", &c->go_on }, { "anew", &c->anew } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(all); i++)
		traits_add_words(a, t, c, c->root, all[i].name, all[i].words);
}

void
traits_add_lowered(
    struct arena *a, struct traits *t, const struct lowered *l, int line)
{
	const struct {
		const char *name;
		int value;
	} all[] = { { "limits.septets", l->septets },
		{ "limits.ucs2", l->ucs2 }, { "limits.pages", l->pages },
		{ "limits.wait", l->wait_s }, { "limits.turn", l->turn_ms },
		{ "limits.later", l->later_ms } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(all); i++)
		traits_add_number(
		    a, t, DIFFERENCE_LIMIT, line, all[i].name, all[i].value);
}

static void
take_limits(struct arena *a, struct traits *t, const struct limits *l)
{
	const struct {
		const char *name;
		int value;
	} all[] = { { "septets", l->septets }, { "ucs2", l->ucs2 },
		{ "pages", l->pages }, { "sms_parts", l->sms_parts },
		{ "session", l->session_s }, { "resume", l->resume_s },
		{ "turn", l->turn_ms }, { "later", l->later_ms },
		{ "calls", l->calls } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(all); i++)
		traits_add_number(
		    a, t, DIFFERENCE_LIMIT, 0, all[i].name, all[i].value);
}

/* ---- the list of them */

void
traits_add(struct arena *a, struct traits *t, struct trait one)
{
	struct trait *larger;

	if (t->count == t->room) {
		t->room = 2 * t->room + 16;
		larger = arena_array(a, t->room, sizeof(*larger));
		if (t->count > 0)
			memcpy(larger, t->list, t->count * sizeof(*larger));
		t->list = larger;
	}
	t->list[t->count++] = one;
}

void
traits_add_text(struct arena *a, struct traits *t, enum difference_kind kind,
    int line, const char *what, const char *value)
{
	if (value != NULL)
		traits_add(
		    a, t, (struct trait){ kind, what, NULL, value, line });
}

void
traits_add_number(struct arena *a, struct traits *t, enum difference_kind kind,
    int line, const char *what, int64_t value)
{
	if (value != 0)
		traits_add_text(
		    a, t, kind, line, what, arena_printf(a, "%" PRId64, value));
}

void
traits_add_flag(struct arena *a, struct traits *t, enum difference_kind kind,
    int line, const char *what, bool value)
{
	traits_add_text(a, t, kind, line, what, value ? "true" : "false");
}

const struct trait *
traits_find(const struct traits *t, const char *what, const char *lang)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		if (strcmp(t->list[i].what, what) == 0 &&
		    same_text(t->list[i].lang, lang))
			return &t->list[i];
	return NULL;
}

static bool
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

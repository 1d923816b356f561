/*
 * Check 8, between institutions: a service that one shares is called as it can
 * be. The proof of the screens stands on what may come back.
 */
#include <string.h>

#include "menus/callee.h"
#include "menus/check_parts.h"
#include "menus/limits.h"
#include "menus/names.h"

struct borrowing {
	const struct catalogue *c;
	const struct graph *g, *owner;
	const struct state *st;
	const struct api *api;
	struct findings *findings;
};

static void check_shares(const struct borrowing *b, const char *const *names);
static void check_borrowing(struct borrowing *b);
static bool find_service(struct borrowing *b);
static void check_gives(const struct borrowing *b);
static void check_takes(const struct borrowing *b);
static bool is_taken(const struct api *api, uint16_t var);
static void check_pair(const struct borrowing *b, const struct loan *loan,
    const struct variable *from, const struct variable *to);
static size_t columns(const struct variable *v);
static void check_manner(const struct borrowing *b);
static const char *type_name(enum var_type type);
static void wrong(const struct borrowing *b, enum check check, int line,
    const char *format, ...) PRINTF_LIKE(4, 5);

void
check_between_services(
    const struct catalogue *c, const char *const *names, struct findings *f)
{
	struct borrowing b = { .c = c, .findings = f };
	size_t i, n;

	for (i = 0; i < c->graph_count; i++) {
		b.g = c->graphs[i];
		check_shares(&b, names);
		for (n = 0; n < b.g->state_count; n++) {
			b.st = &b.g->states[n];
			if (b.st->borrowed == NULL)
				continue;
			if (catalogue_graph(c, b.st->borrowed->institution) !=
			    NOWHERE)
				check_borrowing(&b);
			else if (!check_is_named(
				     names, b.st->borrowed->institution))
				wrong(&b, CHECK_TARGETS, b.st->line,
				    "'%s' is no service: there is no "
				    "institution '%s'%s",
				    b.st->borrowed->name,
				    b.st->borrowed->institution,
				    names_hint(f->arena, names,
					b.st->borrowed->institution));
		}
	}
}

/* Whom nobody knows may come yet. */
static void
check_shares(const struct borrowing *b, const char *const *names)
{
	const char *const *share;
	size_t i;

	for (i = 0; i < b->g->api_count; i++) {
		share = b->g->apis[i].share;
		for (; share != NULL && *share != NULL; share++)
			if (!check_is_named(names, *share))
				findings_add(b->findings, FINDING_WARNING,
				    CHECK_TARGETS, b->g->file,
				    b->g->apis[i].line, NULL,
				    "'%s' is shared with '%s', and there is no "
				    "such institution%s",
				    b->g->apis[i].name, *share,
				    names_hint(
					b->findings->arena, names, *share));
	}
}

static void
check_borrowing(struct borrowing *b)
{
	if (!find_service(b))
		return;
	check_gives(b);
	check_takes(b);
	check_manner(b);
}

static bool
find_service(struct borrowing *b)
{
	const struct borrowed *asked = b->st->borrowed;
	const char **names;
	size_t i;

	b->api = callee_api(b->c, b->g, b->st, &b->owner);
	if (b->api != NULL)
		return true;
	names = arena_array(
	    b->findings->arena, b->owner->api_count + 1, sizeof(*names));
	for (i = 0; i < b->owner->api_count; i++) {
		names[i] = b->owner->apis[i].name;
		if (strcmp(names[i], asked->api) != 0)
			continue;
		wrong(b, CHECK_TARGETS, b->st->line,
		    "'%s' does not share its service '%s' with '%s'",
		    b->owner->name, asked->api, b->g->name);
		return false;
	}
	wrong(b, CHECK_TARGETS, b->st->line, "'%s' has no service '%s'%s",
	    b->owner->name, asked->api,
	    names_hint(b->findings->arena, names, asked->api));
	return false;
}

static void
check_gives(const struct borrowing *b)
{
	const struct borrowed *asked = b->st->borrowed;
	uint64_t missing = callee_needs(b->api), wanted = missing;
	uint16_t var;
	size_t i;

	for (i = 0; i < asked->give_count; i++) {
		const struct loan *loan = &asked->gives[i];

		var = callee_variable(b->owner, loan->theirs);
		if (var == NOWHERE || !(wanted & ways_bit(var))) {
			wrong(b, CHECK_VARIABLES, loan->line,
			    "'%s' sends no '%s': take it out of 'give'",
			    asked->name, loan->theirs);
			continue;
		}
		missing &= ~ways_bit(var);
		check_pair(
		    b, loan, &b->g->vars[loan->mine], &b->owner->vars[var]);
	}
	for (var = 0; var < b->owner->var_count; var++)
		if (missing & ways_bit(var))
			wrong(b, CHECK_VARIABLES, b->st->line,
			    "'%s' sends '%s', which 'give' lacks", asked->name,
			    b->owner->vars[var].name);
}

static void
check_takes(const struct borrowing *b)
{
	const struct borrowed *asked = b->st->borrowed;
	uint16_t var;
	size_t i;

	for (i = 0; i < asked->take_count; i++) {
		const struct loan *loan = &asked->takes[i];

		var = callee_variable(b->owner, loan->theirs);
		if (var != NOWHERE && is_taken(b->api, var))
			check_pair(b, loan, &b->owner->vars[var],
			    &b->g->vars[loan->mine]);
		else
			wrong(b, CHECK_VARIABLES, loan->line,
			    "'%s' brings no '%s'", asked->name, loan->theirs);
	}
}

static bool
is_taken(const struct api *api, uint16_t var)
{
	size_t i;

	for (i = 0; i < api->take_count; i++)
		if (api->takes[i].var == var)
			return true;
	return false;
}

/* What goes from one variable into another has to fit. */
static void
check_pair(const struct borrowing *b, const struct loan *loan,
    const struct variable *from, const struct variable *to)
{
	if (from->type != to->type)
		wrong(b, CHECK_VARIABLES, loan->line,
		    "'%s' is %s and '%s' is %s: what goes from one into the "
		    "other is of one type",
		    from->name, type_name(from->type), to->name,
		    type_name(to->type));
	else if (from->secret != to->secret)
		wrong(b, CHECK_SAFETY, loan->line,
		    "'%s' is secret and '%s' is not: both are, or none",
		    from->secret ? from->name : to->name,
		    from->secret ? to->name : from->name);
	else if (from->type == VAR_ROWS && columns(from) != columns(to))
		wrong(b, CHECK_VARIABLES, loan->line,
		    "'%s' has %zu columns and '%s' has %zu", from->name,
		    columns(from), to->name, columns(to));
	else if (from->type != VAR_ROWS && from->max > to->max && !to->cut)
		wrong(b, CHECK_ROOM, loan->line,
		    "'%s' may have %zu septets and '%s' holds %zu: make it "
		    "wider, or let it be cut",
		    from->name, from->max, to->name, to->max);
}

static size_t
columns(const struct variable *v)
{
	size_t count = 0;

	while (v->cols[count] != NULL)
		count++;
	return count;
}

static void
check_manner(const struct borrowing *b)
{
	const struct limits l = limits_at(b->c, b->st);
	struct arena *a = b->findings->arena;
	const char *says;
	bool doubtful = false;

	if (!b->api->safe && !b->st->once)
		wrong(b, CHECK_SAFETY, b->st->line,
		    "'once = true' is missing: '%s' is a %s, and a citizen "
		    "may send the same answer twice",
		    b->st->borrowed->name, b->api->method);
	says = check_call_times(a, &l, b->api, b->st->later, &doubtful);
	if (says != NULL)
		findings_add(b->findings,
		    doubtful ? FINDING_WARNING : FINDING_ERROR, CHECK_SAFETY,
		    b->g->file, b->st->line, b->st->name, "%s", says);
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

static void
wrong(const struct borrowing *b, enum check check, int line, const char *format,
    ...)
{
	va_list args;

	va_start(args, format);
	findings_addv(b->findings, FINDING_ERROR, (int)check, b->g->file, line,
	    b->st->name, format, args);
	va_end(args);
}

/*
 * What no institution's file shows alone: keywords that two want, and options
 * of the root menu that lead nowhere.
 */
#include <string.h>
#include <strings.h>

#include "menus/check.h"
#include "menus/names.h"

static void check_keyword(const struct catalogue *c, const struct graph *g,
    const struct keyword *word, struct findings *f);
static bool has_keyword(const struct graph *g, const char *word);
static void check_door(const struct catalogue *c, const char *const *names,
    const struct state *menu, const struct target *t, struct findings *f);
static bool is_good(const struct catalogue *c, const char *name);
static bool is_named(const char *const *names, const char *name);

/*
 * A keyword belongs to whoever comes first in the order of names; the other
 * institution keeps its menu, and its own people hear of it.
 */
void
check_between_keywords(const struct catalogue *c, struct findings *f)
{
	const struct graph *g;
	size_t i, j;

	for (i = 0; i < c->graph_count; i++) {
		g = c->graphs[i];
		for (j = 0; j < g->keyword_count; j++)
			check_keyword(c, g, &g->keywords[j], f);
	}
}

static void
check_keyword(const struct catalogue *c, const struct graph *g,
    const struct keyword *word, struct findings *f)
{
	size_t i;

	for (i = 0; c->graphs[i] != g; i++)
		if (has_keyword(c->graphs[i], word->word))
			findings_add(f, FINDING_ERROR, CHECK_KEYWORDS, g->file,
			    word->line, NULL, "the keyword %s belongs to '%s'",
			    word->word, c->graphs[i]->name);
}

static bool
has_keyword(const struct graph *g, const char *word)
{
	size_t i;

	for (i = 0; i < g->keyword_count; i++)
		if (strcasecmp(g->keywords[i].word, word) == 0)
			return true;
	return false;
}

/*
 * An option whose institution is not there, or not well, is answered with
 * `absent`; only a wrong name is an error of the menus file, and it takes
 * nothing away from the others.
 */
void
check_between_doors(
    const struct catalogue *c, const char *const *names, struct findings *f)
{
	const struct state *menu;
	size_t i, j;

	for (i = 0; i < c->root->state_count; i++) {
		menu = &c->root->states[i];
		for (j = 0; j < menu->option_count; j++)
			check_door(c, names, menu, &menu->options[j].next, f);
	}
}

static void
check_door(const struct catalogue *c, const char *const *names,
    const struct state *menu, const struct target *t, struct findings *f)
{
	const char *says, *hint = "";

	if (t->state != NOWHERE || t->graph != NOWHERE)
		return;
	if (strchr(t->name, '.') != NULL) {
		says = "is inside an institution, which is entered only "
		       "through its door: name the institution alone";
	} else if (is_good(c, t->name)) {
		says = "has no ussd door";
	} else if (is_named(names, t->name)) {
		return;
	} else {
		says = "is no institution";
		hint = names_hint(f->arena, names, t->name);
	}
	findings_add(f, FINDING_ERROR, CHECK_TARGETS, c->root->file, t->line,
	    menu->name, "'%s' %s%s", t->name, says, hint);
}

static bool
is_good(const struct catalogue *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->graph_count; i++)
		if (strcmp(c->graphs[i]->name, name) == 0)
			return true;
	return false;
}

static bool
is_named(const char *const *names, const char *name)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

/*
 * What no institution's file shows alone: options of the root menu that lead
 * nowhere.
 */
#include <stdlib.h>
#include <string.h>

#include "menus/check.h"
#include "menus/names.h"

static void check_door(const struct catalogue *c, const char *const *names,
    size_t count, const struct state *menu, const struct target *t,
    struct findings *f);
static bool is_named(const char *const *names, size_t count, const char *name);
static int compare_texts(const void *a, const void *b);

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
	size_t i, j, count = 0;

	while (names[count] != NULL)
		count++;
	for (i = 0; i < c->root->state_count; i++) {
		menu = &c->root->states[i];
		for (j = 0; j < menu->option_count; j++)
			check_door(
			    c, names, count, menu, &menu->options[j].next, f);
	}
}

static void
check_door(const struct catalogue *c, const char *const *names, size_t count,
    const struct state *menu, const struct target *t, struct findings *f)
{
	const char *says, *hint = "";
	uint16_t number;

	if (t->institution == NULL)
		return;
	number = catalogue_graph(c, t->institution);
	if (number != NOWHERE && c->graphs[number]->ussd_door != NOWHERE)
		return;
	if (strchr(t->name, '.') != NULL) {
		says = "is inside an institution, which is entered only "
		       "through its door: name the institution alone";
	} else if (number != NOWHERE) {
		says = "has no ussd door";
	} else if (is_named(names, count, t->name)) {
		return;
	} else {
		says = "is no institution";
		hint = names_hint(f->arena, names, t->name);
	}
	findings_add(f, FINDING_ERROR, CHECK_TARGETS, c->root->file, t->line,
	    menu->name, "'%s' %s%s", t->name, says, hint);
}

static bool
is_named(const char *const *names, size_t count, const char *name)
{
	return bsearch(&name, names, count, sizeof(*names), compare_texts) !=
	    NULL;
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

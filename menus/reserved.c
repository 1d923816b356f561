/*
 * Reserved words, and what an SMS with one of them comes to.
 */
#include <string.h>

#include "base/text.h"
#include "menus/builtins.h"
#include "menus/date.h"
#include "menus/keyword.h"
#include "menus/mask.h"
#include "menus/play.h"
#include "menus/reserved.h"
#include "menus/screen.h"
#include "menus/value.h"

static bool is_one_of(
    struct arena *a, const char *const *words, const char *folded);
static const char *values_of(struct scene *sc, const struct profile *profile);
static const char *value_of(struct scene *sc, const struct known *k);
static const char *masked(struct scene *sc, const struct known *k);
static const struct graph *graph_of(
    const struct catalogue *c, const char *institution);

enum reserved_word
reserved_find(const struct catalogue *c, const char *text)
{
	struct arena *a = arena_new();
	const char *folded = keyword_folded(a, text);
	enum reserved_word found = RESERVED_NONE;

	if (is_one_of(a, c->reserved.forget, folded))
		found = RESERVED_FORGET;
	else if (is_one_of(a, c->reserved.tell, folded))
		found = RESERVED_TELL;
	else if (is_one_of(a, c->reserved.yes, folded))
		found = RESERVED_YES;
	arena_free(a);
	return found;
}

static bool
is_one_of(struct arena *a, const char *const *words, const char *folded)
{
	for (; words != NULL && *words != NULL; words++)
		if (strcmp(keyword_folded(a, *words), folded) == 0)
			return true;
	return false;
}

/* ---- FUTA */

/* The session waits on the root menu, where there is no value to forget. */
void
play_forget(struct play *p)
{
	const struct catalogue *c = p->scene.c;
	struct session *s = &p->move.session;

	s->here = (struct place){ NOWHERE, c->codes[0].state, 0 };
	s->forgets = true;
	p->move.kind = MOVE_SHOW;
	p->move.screen = screen_plain(&p->scene,
	    scene_filled(&p->scene, &c->forget_ask, c->reserved.yes[0]));
}

void
play_forgotten(struct play *p)
{
	p->move.kind = MOVE_FORGET;
	p->move.screen = screen_plain(
	    &p->scene, scene_text(&p->scene, &p->scene.c->forgotten));
}

/* ---- TAARIFA ZANGU */

struct move
step_tell(const struct catalogue *c, const struct facts *facts,
    const struct move *m, const struct profile *profile, size_t messages,
    struct arena *a)
{
	const char *values, *count, *erase;
	struct play p;

	CHECK(m->kind == MOVE_TELL);
	play_init(&p, a, c, facts, &m->session);
	values = values_of(&p.scene, profile);
	count = scene_filled(
	    &p.scene, &c->tell_messages, arena_printf(a, "%zu", messages));
	erase = scene_filled(&p.scene, &c->tell_erase, c->reserved.forget[0]);
	p.move.kind = MOVE_END;
	p.move.screen = screen_plain(
	    &p.scene, arena_printf(a, "%s %s %s", values, count, erase));
	return play_done(&p);
}

static const char *
values_of(struct scene *sc, const struct profile *profile)
{
	const char *all = "";
	size_t i;

	for (i = 0; i < profile->count; i++)
		all = arena_printf(sc->arena, "%s%s%s", all,
		    *all == '\0' ? "" : ", ", value_of(sc, &profile->list[i]));
	if (*all == '\0')
		return scene_text(sc, &sc->c->tell_nothing);
	return scene_filled(sc, &sc->c->tell_values, all);
}

/* "Maji A12***67 (23-11-2027)"; a no is held too. */
static const char *
value_of(struct scene *sc, const struct known *k)
{
	const struct graph *g = graph_of(sc->c, k->institution);
	const char *who =
	    g == NULL ? k->institution : scene_text(sc, &g->title);

	return arena_printf(sc->arena, "%s %s (%s)", who, masked(sc, k),
	    date_show(sc->arena, k->until));
}

static const char *
masked(struct scene *sc, const struct known *k)
{
	if (k->consent == CONSENT_NO)
		return scene_text(sc, &sc->c->no);
	return mask(sc->arena, k->value);
}

static const struct graph *
graph_of(const struct catalogue *c, const char *institution)
{
	uint16_t number = catalogue_graph(c, institution);

	return number == NOWHERE ? NULL : c->graphs[number];
}

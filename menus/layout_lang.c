/*
 * The language line: where it stands.
 */
#include "menus/layout.h"

static bool is_door(const struct scene *sc);
static bool has_room(const struct scene *sc);

bool
layout_shows_lang(const struct scene *sc)
{
	return sc->s->channel == CHANNEL_USSD && sc->c->lang_count > 1 &&
	    !sc->s->dropped &&
	    is_door(sc) && has_room(sc);
}

/* The menu behind a code, or behind an institution's door. */
static bool
is_door(const struct scene *sc)
{
	const struct catalogue *c = sc->c;
	uint16_t here = sc->s->here.state;
	size_t i;

	if (scene_state(sc)->kind != STATE_MENU)
		return false;
	if (sc->graph != c->root)
		return here == sc->graph->ussd_door;
	for (i = 0; i < c->code_count; i++)
		if (c->codes[i].state == here)
			return true;
	return false;
}

/* In every language, so that none has the line where another lacks it. */
static bool
has_room(const struct scene *sc)
{
	struct scene other = *sc;
	struct layout with, without;
	size_t pages;

	for (other.lang = 0; other.lang < sc->c->lang_count; other.lang++) {
		with = layout_of(&other, true);
		pages = layout_pages(&with);
		if (pages == 1 && with.misfits == 0)
			continue;
		without = layout_of(&other, false);
		if (pages > layout_pages(&without) ||
		    with.misfits > without.misfits)
			return false;
	}
	return true;
}

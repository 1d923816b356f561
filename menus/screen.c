/*
 * Screens, as they are read.
 */
#include "menus/layout.h"

static const char *first_page(struct layout *l);

struct screen
screen_lay(const struct scene *sc, bool wrong)
{
	struct layout l = layout_of(sc, layout_shows_lang(sc));
	struct page p = { .begun = false }, shown = p;
	struct screen screen;
	enum screen_line i;

	while (layout_turn(&l, &p))
		if (p.number <= sc->s->here.page)
			shown = p;
	screen.text = layout_write(&l, &shown, wrong && l.error.len > 0);
	screen.page = shown.number;
	screen.pages = p.number + 1;
	for (i = 0; i < SCREEN_LINES; i++)
		screen.shows[i] = layout_shows(&l, &shown, i);
	return screen;
}

/* ---- single texts */

const char *
screen_sms(const struct scene *sc, const struct words *w)
{
	struct layout l = layout_of_sms(sc, scene_text(sc, w));

	return first_page(&l);
}

const char *
screen_message(const struct scene *sc, const char *text)
{
	struct layout l = layout_of_sms(sc, text);

	return first_page(&l);
}

size_t
screen_octets(const struct scene *sc, size_t pages)
{
	struct layout l = layout_of(sc, false);
	const struct line *last;

	if (l.count < pages)
		pages = l.count;
	last = &l.lines[pages - 1];
	return (size_t)(last->text + last->len - l.lines[0].text);
}

const char *
screen_plain(const struct scene *sc, const char *text)
{
	struct layout l = layout_of_text(sc, text);

	return first_page(&l);
}

static const char *
first_page(struct layout *l)
{
	struct page p = { .begun = false };

	(void)layout_turn(l, &p);
	return layout_write(l, &p, false);
}

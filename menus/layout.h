/*
 * A layout: the lines of one state's screen and where its pages break.
 */
#ifndef MENUS_LAYOUT_H
#define MENUS_LAYOUT_H

#include "base/gsm.h"
#include "menus/screen.h"

struct line {
	const char *key; /* "98", or NULL; a space follows */
	const char *text;
	size_t len; /* of the text */
	struct gsm_room room; /* of key, text and the line feed behind them */
};

struct layout {
	struct arena *arena;
	/* The budget, and one more, since the last line has no line feed. */
	size_t septets, ucs2;
	struct line error; /* its room is kept free on every page */
	struct line nav[SCREEN_LINES];
	bool shows[SCREEN_LINES]; /* on the first page, were it the only one */
	bool turns; /* may have pages: it can show `more` */
	bool flows; /* each line is a page: a text that was broken */
	bool guest; /* not our text: no line but `more` stands beside it */
	bool stops; /* the last page leads nowhere by `more` */
	struct line *lines;
	size_t count, room;
	size_t misfits; /* lines that had to be cut */
	size_t misfit; /* and the first of them */
	struct gsm_room over; /* by how much that one was too long */
};

/* The layout of the session's state, with or without the language line. */
struct layout layout_of(const struct scene *sc, bool with_lang);
bool layout_shows_lang(const struct scene *sc);

/* A layout of one text with nothing about it, for the session's channel, or
 * for an SMS whatever that is. */
struct layout layout_of_text(const struct scene *sc, const char *text);
struct layout layout_of_sms(const struct scene *sc, const char *text);

/* Begin with a zeroed page; false when there is no page after P. */
struct page {
	bool begun;
	size_t number;
	size_t from, to; /* lines */
	bool more;
};
bool layout_turn(struct layout *l, struct page *p);

/* How much ROOM, line feeds and all, is more than the budget; all 0 when it
 * is not. In septets only while it is in the alphabet. */
struct gsm_room layout_over(const struct layout *l, struct gsm_room room);

/* Works out LINE's room. */
void layout_measure(struct line *line);

/* What PARTS of an SMS hold, in septets or in UCS-2; and how many parts those
 * texts need of which the longest take so much. */
struct gsm_room layout_sms_room(int parts);
int layout_sms_parts(size_t septets, size_t ucs2);

/* Octets of the longest beginning of LINE's text that fits on P alone. */
size_t layout_longest(
    const struct layout *l, const struct page *p, const struct line *line);

size_t layout_pages(struct layout *l);
bool layout_shows(
    const struct layout *l, const struct page *p, enum screen_line line);

/* Of a whole page, error line and all, as the budget counts it. */
struct gsm_room layout_room(const struct layout *l, const struct page *p);
char *layout_write(const struct layout *l, const struct page *p, bool wrong);

#endif

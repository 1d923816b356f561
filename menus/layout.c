/*
 * Breaking a screen into pages.
 *
 * A page takes as many lines as fit. It is the last one if all that are left
 * fit without the line `more`; otherwise as many as fit beside it. A line that
 * does not fit on a page of its own is cut: the checker saw to it that there
 * is none.
 */
#include <string.h>

#include "base/text.h"
#include "menus/layout.h"

static size_t fill(struct layout *l, const struct page *p);
static void shorten(struct layout *l, const struct page *p, size_t line);
static struct gsm_room around(const struct line *line);
static struct gsm_room nav_room(const struct layout *l, const struct page *p);
static struct gsm_room sum(struct gsm_room a, struct gsm_room b);
static bool fits(const struct layout *l, struct gsm_room room);
static bool within(const struct layout *l, struct gsm_room room);
static size_t line_octets(const struct line *line);
static char *put_line(char *at, const struct line *line);

bool
layout_turn(struct layout *l, struct page *p)
{
	if (p->begun && p->to == l->count)
		return false;
	p->number += p->begun;
	p->begun = true;
	p->from = p->to;
	p->more =
	    l->flows && l->turns && !(l->stops && p->from + 1 == l->count);
	p->to = l->flows ? p->from + 1 : fill(l, p);
	if (p->to < l->count && l->turns && !l->flows) {
		p->more = true;
		p->to = fill(l, p);
	}
	return true;
}

/* The line behind the last one that fits. */
static size_t
fill(struct layout *l, const struct page *p)
{
	struct gsm_room room = nav_room(l, p);
	size_t to;

	for (to = p->from; to < l->count; to++) {
		room = sum(room, l->lines[to].room);
		if (!fits(l, room))
			break;
	}
	if (to > p->from || to == l->count)
		return to;
	shorten(l, p, to);
	return to + 1;
}

static void
shorten(struct layout *l, const struct page *p, size_t number)
{
	struct line *line = &l->lines[number];

	if (l->misfits++ == 0) {
		l->misfit = number;
		l->over = layout_over(
		    l, sum(sum(nav_room(l, p), line->room), l->error.room));
	}
	line->len = layout_longest(l, p, line);
	layout_measure(line);
}

struct gsm_room
layout_over(const struct layout *l, struct gsm_room room)
{
	room.septets = room.in_alphabet && room.septets > l->septets
	    ? room.septets - l->septets
	    : 0;
	room.ucs2 =
	    !room.in_alphabet && room.ucs2 > l->ucs2 ? room.ucs2 - l->ucs2 : 0;
	return room;
}

void
layout_measure(struct line *line)
{
	line->room = gsm_measure(line->text, line->len);
	line->room = sum(line->room, around(line));
}

size_t
layout_longest(
    const struct layout *l, const struct page *p, const struct line *line)
{
	struct gsm_room room = sum(nav_room(l, p), around(line));
	size_t at, took;
	uint32_t c;

	for (at = 0; at < line->len; at += took) {
		took = text_next(line->text + at, line->len - at, &c);
		room = sum(room, gsm_measure(line->text + at, took));
		if (!fits(l, room))
			break;
	}
	return at;
}

/* What stands about a line's text: the key, a space and the line feed. */
static struct gsm_room
around(const struct line *line)
{
	size_t octets = line->key == NULL ? 1 : strlen(line->key) + 2;

	return (struct gsm_room){ octets, octets, true };
}

static struct gsm_room
nav_room(const struct layout *l, const struct page *p)
{
	struct gsm_room room = { .in_alphabet = true };
	enum screen_line i;

	for (i = 0; i < SCREEN_LINES; i++)
		if (layout_shows(l, p, i))
			room = sum(room, l->nav[i].room);
	return room;
}

bool
layout_shows(
    const struct layout *l, const struct page *p, enum screen_line line)
{
	if (line == SCREEN_MORE)
		return p->more;
	if (line == SCREEN_BACK && l->turns && !l->guest && p->number > 0)
		return true;
	return l->shows[line];
}

static struct gsm_room
sum(struct gsm_room a, struct gsm_room b)
{
	a.septets += b.septets;
	a.ucs2 += b.ucs2;
	a.in_alphabet = a.in_alphabet && b.in_alphabet;
	return a;
}

/* With and without the error line: it may turn septets into UCS-2. */
static bool
fits(const struct layout *l, struct gsm_room room)
{
	return within(l, room) && within(l, sum(room, l->error.room));
}

static bool
within(const struct layout *l, struct gsm_room room)
{
	return room.in_alphabet ? room.septets <= l->septets
				: room.ucs2 <= l->ucs2;
}

/* ---- finished pages */

size_t
layout_pages(struct layout *l)
{
	struct page p = { .begun = false };

	while (layout_turn(l, &p))
		continue;
	return p.number + 1;
}

struct gsm_room
layout_room(const struct layout *l, const struct page *p)
{
	struct gsm_room room = sum(nav_room(l, p), l->error.room);
	size_t i;

	for (i = p->from; i < p->to; i++)
		room = sum(room, l->lines[i].room);
	/* The last line has no line feed. */
	room.septets -= room.septets > 0;
	room.ucs2 -= room.ucs2 > 0;
	return room;
}

char *
layout_write(const struct layout *l, const struct page *p, bool wrong)
{
	size_t octets = line_octets(&l->error) + 1, i;
	enum screen_line nav;
	char *text, *at;

	for (i = p->from; i < p->to; i++)
		octets += line_octets(&l->lines[i]);
	for (nav = 0; nav < SCREEN_LINES; nav++)
		octets += line_octets(&l->nav[nav]);
	text = at = arena_alloc(l->arena, octets);

	if (wrong)
		at = put_line(at, &l->error);
	for (i = p->from; i < p->to; i++)
		at = put_line(at, &l->lines[i]);
	for (nav = 0; nav < SCREEN_LINES; nav++)
		if (layout_shows(l, p, nav))
			at = put_line(at, &l->nav[nav]);
	if (at > text)
		at[-1] = '\0';
	return text;
}

static size_t
line_octets(const struct line *line)
{
	return line->len + 1 + (line->key == NULL ? 0 : strlen(line->key) + 1);
}

static char *
put_line(char *at, const struct line *line)
{
	if (line->key != NULL) {
		at = stpcpy(at, line->key);
		*at++ = ' ';
	}
	at = mempcpy(at, line->text, line->len);
	*at++ = '\n';
	return at;
}

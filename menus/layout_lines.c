/*
 * The lines of a state's screen.
 */
#include <string.h>

#include "base/text.h"
#include "menus/condition.h"
#include "menus/layout.h"
#include "menus/mask.h"
#include "menus/limits.h"
#include "menus/rows.h"
#include "menus/value.h"

/* Octets of a message of one part, and of each part of several (23.040). */
#define SMS_SEPTETS      160
#define SMS_PART_SEPTETS 153
#define SMS_UCS2         70
#define SMS_PART_UCS2    67

static struct layout blank(const struct scene *sc, const struct lowered *own);
static size_t sms_room(int parts, size_t alone, size_t part);
static struct layout layout_of_dropped(const struct scene *sc);
static void add_state(struct layout *l, const struct scene *sc);
static void add_nav(struct layout *l, const struct scene *sc, bool with_lang);
static struct line nav_line(const struct scene *sc, const struct nav *nav);
static bool is_root(const struct scene *sc);
static void add_visit(
    struct layout *l, const struct scene *sc, const struct state *st);
static const struct words *end_words(
    const struct scene *sc, const struct state *st);
static void add_error(
    struct layout *l, const struct scene *sc, const struct words *error);
static void add_ask(struct layout *l, const struct scene *sc);
static void add_options(struct layout *l, const struct scene *sc);
static void add_rows(struct layout *l, const struct scene *sc);
static const char *number_key(struct arena *a, size_t number);
static void add_line(struct layout *l, const char *key, const char *text);
static void add(struct layout *l, struct line line);
static struct line line_of(const char *key, const char *text);
static void flow(struct layout *l, const char *text);
static size_t longest_page(
    const struct layout *l, struct page *p, const struct line *rest);
static size_t border(const struct layout *l, const char *text, size_t len);
static size_t word_border(const char *text, size_t len);
static bool is_border(char c);
static struct line beginning(const struct line *whole, size_t len);

struct layout
layout_of(const struct scene *sc, bool with_lang)
{
	struct layout l;

	if (sc->s->dropped)
		return layout_of_dropped(sc);
	l = blank(sc, &scene_state(sc)->lowered);
	if (sc->s->channel == CHANNEL_USSD)
		add_nav(&l, sc, with_lang);
	add_state(&l, sc);
	return l;
}

struct layout
layout_of_text(const struct scene *sc, const char *text)
{
	const struct lowered none = { .septets = 0 };
	struct layout l = blank(sc, &none);

	add_line(&l, NULL, text);
	return l;
}

struct layout
layout_of_sms(const struct scene *sc, const char *text)
{
	struct session by_sms = { .channel = CHANNEL_SMS };
	struct scene s = *sc;

	s.s = &by_sms;
	return layout_of_text(&s, text);
}

static struct layout
blank(const struct scene *sc, const struct lowered *own)
{
	struct layout l = { .arena = sc->arena };
	struct gsm_room sms;

	if (sc->s->channel == CHANNEL_SMS) {
		sms = layout_sms_room(sc->c->limits.sms_parts);
		l.septets = sms.septets;
		l.ucs2 = sms.ucs2;
	} else {
		l.septets =
		    (size_t)limits_least(sc->facts->septets, own->septets);
		l.ucs2 = (size_t)limits_least(sc->facts->ucs2, own->ucs2);
	}
	l.septets++;
	l.ucs2++;
	l.error.room.in_alphabet = true;
	return l;
}

struct gsm_room
layout_sms_room(int parts)
{
	return (struct gsm_room){
		.septets = sms_room(parts, SMS_SEPTETS, SMS_PART_SEPTETS),
		.ucs2 = sms_room(parts, SMS_UCS2, SMS_PART_UCS2),
	};
}

int
layout_sms_parts(size_t septets, size_t ucs2)
{
	struct gsm_room room;
	int parts = 0;

	do
		room = layout_sms_room(++parts);
	while (septets > room.septets || ucs2 > room.ucs2);
	return parts;
}

/* No pair is split over a part's border, which may so stay one short. */
static size_t
sms_room(int parts, size_t alone, size_t part)
{
	size_t n = (size_t)parts;

	return n <= 1 ? alone : n * part - (n - 1);
}

/* Nothing can be gone back to: it is asked before anything is shown. */
static struct layout
layout_of_dropped(const struct scene *sc)
{
	const struct lowered none = { .septets = 0 };
	const struct catalogue *c = sc->c;
	const char *title = scene_text(sc, &sc->graph->title);
	struct layout l = blank(sc, &none);

	add_error(&l, sc, &c->bad);
	add_line(&l, NULL, scene_filled(sc, &c->was, title));
	add_line(&l, OFFER_TAKE, scene_text(sc, &c->go_on));
	add_line(&l, OFFER_LEAVE, scene_text(sc, &c->anew));
	return l;
}

static void
add_nav(struct layout *l, const struct scene *sc, bool with_lang)
{
	const struct catalogue *c = sc->c;
	enum state_kind kind = scene_state(sc)->kind;

	if (kind == STATE_END)
		return;
	l->turns = kind != STATE_ASK;
	l->nav[SCREEN_MORE] = nav_line(sc, &c->more);
	l->guest = kind == STATE_APP;
	if (l->guest)
		return;
	l->shows[SCREEN_BACK] = sc->s->depth > 0;
	l->shows[SCREEN_HOME] = !is_root(sc);
	l->shows[SCREEN_LANG] = with_lang;
	l->nav[SCREEN_BACK] = nav_line(sc, &c->back);
	l->nav[SCREEN_HOME] = nav_line(sc, &c->home);
	l->nav[SCREEN_LANG] = nav_line(sc, &c->lang);
}

static struct line
nav_line(const struct scene *sc, const struct nav *nav)
{
	return line_of(nav->key, scene_text(sc, &nav->text));
}

static bool
is_root(const struct scene *sc)
{
	const struct session *s = sc->s;

	return sc->graph == sc->c->root && s->code < sc->c->code_count &&
	    sc->c->codes[s->code].state == s->here.state;
}

static void
add_state(struct layout *l, const struct scene *sc)
{
	const struct state *st = scene_state(sc);

	switch (st->kind) {
	case STATE_MENU:
		add_error(l, sc, &sc->c->bad);
		add_line(l, NULL, scene_text(sc, &st->text));
		add_options(l, sc);
		break;
	case STATE_LIST:
		add_error(l, sc, &sc->c->bad);
		add_line(l, NULL, scene_text(sc, &st->text));
		add_rows(l, sc);
		break;
	case STATE_ASK:
		add_ask(l, sc);
		break;
	case STATE_SAY:
		flow(l, scene_text(sc, &st->text));
		break;
	case STATE_APP:
		add_visit(l, sc, st);
		break;
	case STATE_END:
		add_line(l, NULL, scene_text(sc, end_words(sc, st)));
		break;
	case STATE_CALL:
	case STATE_ROUTE:
	case STATE_SUB:
		CHECK(!"unseen states have no screen");
	}
}

/* An application's last word is turned over like a say that goes on, where
 * there is something to go on to. */
static void
add_visit(struct layout *l, const struct scene *sc, const struct state *st)
{
	const struct visit *v = sc->s->visit;

	l->stops = v == NULL || !v->ended || st->next.name == NULL;
	flow(l, v == NULL ? "" : v->text);
}

/* What it asks, or what the gateway asks about that. */
static void
add_ask(struct layout *l, const struct scene *sc)
{
	const struct catalogue *c = sc->c;
	const struct state *st = scene_state(sc);
	const struct variable *v = &sc->graph->vars[st->into];
	struct arena *a = sc->arena;
	const char *value;

	switch (sc->s->phase) {
	case PHASE_ASK:
		add_error(l, sc, &st->bad);
		add_line(l, NULL, scene_text(sc, &st->text));
		return;
	case PHASE_USE:
		value = mask(a, value_shown(a, v, sc->s->offered));
		add_error(l, sc, &c->bad);
		add_line(l, NULL, scene_filled(sc, &c->use, value));
		break;
	case PHASE_KEEP:
		l->shows[SCREEN_BACK] = true; /* to what was typed */
		add_error(l, sc, &c->bad);
		add_line(l, NULL, scene_text(sc, &c->keep));
		break;
	}
	add_line(l, OFFER_TAKE, scene_text(sc, &c->yes));
	add_line(l, OFFER_LEAVE, scene_text(sc, &c->no));
	if (sc->s->phase == PHASE_KEEP && v->share)
		add_line(l, OFFER_SHARE, scene_text(sc, &c->yes_shared));
}

static const struct words *
end_words(const struct scene *sc, const struct state *st)
{
	if (sc->s->channel == CHANNEL_SMS && st->has_sms)
		return &st->sms;
	return &st->text;
}

static void
add_error(struct layout *l, const struct scene *sc, const struct words *error)
{
	l->error = line_of(NULL, scene_text(sc, error));
}

static void
add_options(struct layout *l, const struct scene *sc)
{
	const struct state *st = scene_state(sc);
	size_t i;

	for (i = 0; i < st->option_count; i++) {
		const struct menu_option *o = &st->options[i];

		if (sc->worst || condition_holds(sc, &o->when))
			add_line(l, o->key, scene_text(sc, &o->text));
	}
}

/* Numbered from 1 over all pages. */
static void
add_rows(struct layout *l, const struct scene *sc)
{
	const struct state *st = scene_state(sc);
	const struct variable *v = &sc->graph->vars[st->rows];
	const char *row = sc->s->vars[st->rows], *label;
	size_t number;

	if (rows_count(row) == 0)
		return;
	for (number = 1; row != NULL; number++, row = rows_next(row)) {
		label = rows_cell(sc->arena, row, 0, st->label_col);
		add_line(l, number_key(sc->arena, number),
		    value_label(sc->arena, v, label));
	}
}

static const char *
number_key(struct arena *a, size_t number)
{
	char digits[24], *at = digits + sizeof(digits) - 1;

	*at = '\0';
	do
		*--at = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	return arena_string(a, at);
}

static void
add_line(struct layout *l, const char *key, const char *text)
{
	if (key != NULL || *text != '\0')
		add(l, line_of(key, text));
}

static void
add(struct layout *l, struct line line)
{
	struct line *larger;

	if (l->count == l->room) {
		l->room = l->room == 0 ? 8 : l->room * 2;
		larger = arena_array(l->arena, l->room, sizeof(*larger));
		if (l->count > 0)
			memcpy(larger, l->lines, l->count * sizeof(*larger));
		l->lines = larger;
	}
	l->lines[l->count++] = line;
}

static struct line
line_of(const char *key, const char *text)
{
	struct line line = { .key = key, .text = text, .len = strlen(text) };

	layout_measure(&line);
	return line;
}

/* ---- long texts */

/* A page a line; every page shows `more`, since the last one leads on. */
static void
flow(struct layout *l, const char *text)
{
	struct page p = { .more = l->turns };
	struct line rest = line_of(NULL, text);

	l->flows = true;
	do {
		size_t len = longest_page(l, &p, &rest), skip;

		skip = len = len < rest.len ? border(l, rest.text, len) : len;
		while (skip < rest.len && is_border(rest.text[skip]))
			skip++;
		add(l, beginning(&rest, len));
		rest.text += skip;
		rest.len -= skip;
		p.number++;
	} while (rest.len > 0);
}

/* Where `more` leads nowhere, the page on which all fits has no such line. */
static size_t
longest_page(const struct layout *l, struct page *p, const struct line *rest)
{
	struct page last = { .number = p->number };

	if (l->stops && layout_longest(l, &last, rest) == rest->len)
		return rest->len;
	return layout_longest(l, p, rest);
}

/* An application's options stand on lines of their own: no page ends within
 * one, unless it would be half empty. */
static size_t
border(const struct layout *l, const char *text, size_t len)
{
	size_t end = len;

	while (l->guest && end > len / 2 && text[end] != '\n')
		end--;
	return l->guest && end > len / 2 ? end : word_border(text, len);
}

/* Where TEXT may end that fits for LEN octets and goes on behind. One
 * character at least: a budget without room for it would be no budget. */
static size_t
word_border(const char *text, size_t len)
{
	size_t end = len;
	uint32_t c;

	while (end > 0 && !is_border(text[end]))
		end--;
	while (end > 0 && is_border(text[end - 1]))
		end--;
	if (end > 0)
		return end;
	return len > 0 ? len : text_next(text, strlen(text), &c);
}

static bool
is_border(char c)
{
	return c == ' ' || c == '\n';
}

static struct line
beginning(const struct line *whole, size_t len)
{
	struct line line = *whole;

	line.len = len;
	layout_measure(&line);
	return line;
}

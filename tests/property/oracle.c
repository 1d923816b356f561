/*
 * What may be on a screen, and what must.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "menus/limits.h"
#include "menus/screen.h"
#include "tests/property/draft.h"
#include "tests/property/tour.h"

#define SMS_PART_SEPTETS 153
#define SMS_PART_UCS2    67

static bool asks_to_forget(struct tour *t);
static bool is_shown(struct tour *t);
static bool is_last(struct tour *t);
static bool is_sentence(struct tour *t, const char *text);
static bool every_page(struct tour *t, const struct expected *e);
static bool this_page(
    struct tour *t, const struct expected *e, const struct screen *now);
static const char *without_nav(struct tour *t, const char *page);
static const char *without(struct arena *a, const char *page, const char *line);
static bool take_lines(
    struct tour *t, const struct expected *e, size_t *next, const char *body);
static bool take_flow(struct tour *t, const char **rest, const char *body);
static bool is_space(char c);
static bool fits(struct tour *t, const char *text, bool by_sms);
static bool in_tongue(struct tour *t, const char *text);
static bool keys_act_where_they_stand(struct tour *t);
static bool shows_key(
    struct tour *t, const struct nav *nav, const char *screen);

static const struct state *
here(const struct tour *t)
{
	return &session_graph(t->c, &t->kept)->states[t->kept.here.state];
}

bool
oracle(struct tour *t)
{
	const struct move *m = &t->move;
	bool by_sms = t->kept.channel == CHANNEL_SMS;

	if (m->screen == NULL)
		return by_sms ||
		    tour_broken(t, PROPERTY_WHOLE, "no screen at all");
	if (!fits(t, m->screen, by_sms) || !in_tongue(t, m->screen))
		return false;
	if (m->sms != NULL && !(fits(t, m->sms, true) && in_tongue(t, m->sms)))
		return false;
	if (t->kept.forgets && m->kind != MOVE_END)
		return asks_to_forget(t);
	return m->kind == MOVE_SHOW
	    ? is_shown(t) && (by_sms || keys_act_where_they_stand(t))
	    : is_last(t);
}

static bool
asks_to_forget(struct tour *t)
{
	const struct catalogue *c = t->c;
	const char *text = t->move.kind == MOVE_FORGET
	    ? expected_text(t, &c->forgotten, NULL)
	    : expected_text(t, &c->forget_ask, c->reserved.yes[0]);

	t->figures->count[FORGET_ASKED] += t->move.kind == MOVE_SHOW;
	t->figures->count[FORGET_DONE] += t->move.kind == MOVE_FORGET;
	return strcmp(text, t->move.screen) == 0 ||
	    tour_broken(
		t, PROPERTY_WHOLE, "asks '%s', not '%s'", t->move.screen, text);
}

/* ---- what stands there */

static bool
is_shown(struct tour *t)
{
	struct expected e;

	return expected_screen(t, &e) && every_page(t, &e);
}

static bool
is_last(struct tour *t)
{
	const struct state *st = here(t);
	bool by_sms = t->kept.channel == CHANNEL_SMS;
	const struct words *w = by_sms && st->has_sms ? &st->sms : &st->text;
	const char *text;

	if (is_sentence(t, t->move.screen))
		return true;
	if (st->kind == STATE_APP)
		return is_shown(t);
	if (st->kind != STATE_END)
		return tour_broken(t, PROPERTY_WHOLE, "an end that is none");
	text = expected_text(t, w, NULL);
	if (text == NULL)
		return false;
	if (strcmp(text, t->move.screen) != 0)
		return tour_broken(t, PROPERTY_WHOLE,
		    "an end as '%s', not '%s'", t->move.screen, text);
	if (by_sms || !st->has_sms)
		return true;
	text = expected_text(t, &st->sms, NULL);
	return text != NULL &&
	    (strcmp(text, t->move.sms) == 0 ||
		tour_broken(t, PROPERTY_WHOLE, "an SMS as '%s', not '%s'",
		    t->move.sms, text));
}

/* The gateway's own; what an SMS hears that was no good is many things. */
static bool
is_sentence(struct tour *t, const char *text)
{
	const struct catalogue *c = t->c;
	const struct words *const said[] = { &c->absent, &c->sorry,
		&c->expired };
	size_t i;

	if (t->told || t->move.reading == READING_WRONG)
		return t->move.kind == MOVE_END;
	for (i = 0; i < ARRAY_SIZE(said); i++)
		if (strcmp(text, expected_text(t, said[i], NULL)) == 0)
			return true;
	return false;
}

/* ---- pages */

/* All that is expected stands on one of them, once and whole. */
static bool
every_page(struct tour *t, const struct expected *e)
{
	struct session s = t->kept;
	struct scene sc = scene_of(t->arena, t->c, &t->facts, &s);
	const char *flow = e->lines[0], *body;
	struct screen screen = screen_lay(&sc, false);
	size_t next = 0, pages = screen.pages, page;

	if (!this_page(t, e, &screen))
		return false;
	if (s.channel == CHANNEL_USSD &&
	    pages > (size_t)limits_at(t->c, here(t)).pages)
		return tour_broken(t, PROPERTY_ROOM, "%zu pages", pages);
	for (page = 0; page < pages; page++) {
		s.here.page = (uint8_t)page;
		if (!fits(t, screen_lay(&sc, true).text,
			s.channel == CHANNEL_SMS))
			return false;
		body = without_nav(t, screen_lay(&sc, false).text);
		if (!(e->flows ? take_flow(t, &flow, body)
			       : take_lines(t, e, &next, body)))
			return false;
	}
	if (e->flows ? *flow != '\0' : next < e->count)
		return tour_broken(t, PROPERTY_WHOLE, "on no page: '%s'",
		    e->flows ? flow : e->lines[next]);
	t->figures->count[LATER_PAGE] += t->kept.here.page > 0;
	return true;
}

/* The session as it came back from the store shows what was shown, below what
 * was wrong. */
static bool
this_page(struct tour *t, const struct expected *e, const struct screen *now)
{
	const char *screen = t->move.screen;
	size_t len = strlen(e->error);

	if (strcmp(screen, now->text) == 0)
		return t->move.reading != READING_WRONG || len == 0 ||
		    t->kept.here.state != t->before.state ||
		    t->kept.here.graph != t->before.graph ||
		    here(t)->kind != STATE_MENU || t->kept.dropped ||
		    t->event->kind != EVENT_INPUT ||
		    tour_broken(t, PROPERTY_WHOLE, "no error line");
	if (strncmp(screen, e->error, len) == 0 && screen[len] == '\n' &&
	    strcmp(screen + len + 1, now->text) == 0)
		return true;
	return tour_broken(t, PROPERTY_KEPT,
	    "the screen was '%s', and comes back from the store as '%s'",
	    screen, now->text);
}

static const char *
without_nav(struct tour *t, const char *page)
{
	const struct nav *const navs[] = { &t->c->lang, &t->c->more,
		&t->c->home, &t->c->back };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(navs); i++)
		if (t->kept.channel == CHANNEL_USSD)
			page = without(t->arena, page,
			    arena_printf(t->arena, "\n%s %s", navs[i]->key,
				expected_text(t, &navs[i]->text, NULL)));
	return page;
}

static const char *
without(struct arena *a, const char *page, const char *line)
{
	size_t len = strlen(page), tail = strlen(line);

	if (len < tail || strcmp(page + len - tail, line) != 0)
		return page;
	return arena_copy(a, page, len - tail);
}

static bool
take_lines(
    struct tour *t, const struct expected *e, size_t *next, const char *body)
{
	size_t len;

	for (;;) {
		len = *next < e->count ? strlen(e->lines[*next]) : 0;
		if (*next == e->count ||
		    strncmp(body, e->lines[*next], len) != 0 ||
		    (body[len] != '\0' && body[len] != '\n'))
			return tour_broken(t, PROPERTY_WHOLE,
			    "'%s' stands where '%s' should", body,
			    *next < e->count ? e->lines[*next] : "nothing");
		(*next)++;
		if (body[len] == '\0')
			return true;
		body += len + 1;
	}
}

/* Broken between words, but for a word that is longer than a page. */
static bool
take_flow(struct tour *t, const char **rest, const char *body)
{
	size_t len = strlen(body);

	if (strncmp(*rest, body, len) != 0 || (len == 0 && **rest != '\0'))
		return tour_broken(t, PROPERTY_WHOLE,
		    "'%s' stands where '%s' goes on", body, *rest);
	*rest += len;
	if (**rest != '\0' && !is_space(**rest) && strcspn(body, " \n") < len)
		return tour_broken(
		    t, PROPERTY_WHOLE, "a word is cut behind '%s'", body);
	while (is_space(**rest))
		(*rest)++;
	return true;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n';
}

/* ---- any text */

static bool
fits(struct tour *t, const char *text, bool by_sms)
{
	struct gsm_room room = gsm_measure(text, strlen(text));
	size_t parts = (size_t)t->c->limits.sms_parts;
	struct limits l = t->c->limits;
	size_t septets, ucs2;

	if (t->move.kind == MOVE_SHOW && !t->kept.dropped &&
	    t->kept.phase == PHASE_ASK)
		l = limits_at(t->c, here(t));
	septets = by_sms ? parts * SMS_PART_SEPTETS : t->septets;
	ucs2 = by_sms ? parts * SMS_PART_UCS2 : t->ucs2;
	if (!by_sms && l.septets < t->c->limits.septets) {
		t->figures->count[SCREEN_LOWERED]++;
		septets = (size_t)l.septets;
		ucs2 = (size_t)l.ucs2;
	}
	t->figures->count[SCREEN_UCS2] += !room.in_alphabet;
	t->figures->count[SCREEN_FULL] +=
	    room.in_alphabet && !by_sms ? room.septets == septets : 0;
	t->figures->count[SMS_LONG] += by_sms && room.septets > 160;
	if (room.in_alphabet ? room.septets > septets : room.ucs2 > ucs2)
		return tour_broken(t, PROPERTY_ROOM,
		    "%zu septets or %zu characters in '%s'", room.septets,
		    room.ucs2, text);
	if (!text_is_utf8(text, strlen(text)) || strchr(text, '\x1b') != NULL)
		return tour_broken(
		    t, PROPERTY_WHOLE, "half a character in '%s'", text);
	return true;
}

/* Each text begins with its language's mark, and no value has one. */
static bool
in_tongue(struct tour *t, const char *text)
{
	size_t lang;

	t->figures->count[TONGUE_FOURTH] += t->kept.lang == 3;
	if (t->kept.lang < t->c->lang_count && here(t)->kind != STATE_APP &&
	    strstr(text, draft_mark(t->kept.lang)) == NULL)
		return tour_broken(t, PROPERTY_MUTE,
		    "nothing in '%s' is in '%s'", text,
		    t->c->langs[t->kept.lang]);
	for (lang = 0; lang < LANGS_MAX; lang++)
		if (lang != t->kept.lang &&
		    strstr(text, draft_mark(lang)) != NULL)
			return tour_broken(t, PROPERTY_TONGUE,
			    "'%s' is not in '%s'", text,
			    t->c->langs[t->kept.lang]);
	return true;
}

/* ---- keys */

static bool
keys_act_where_they_stand(struct tour *t)
{
	const struct nav *const navs[] = { &t->c->back, &t->c->home,
		&t->c->more, &t->c->lang };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(navs); i++) {
		struct move m = step_input(
		    t->c, &t->facts, &t->kept, navs[i]->key, t->arena);
		bool shown = shows_key(t, navs[i], t->move.screen);

		if (t->move.kind == MOVE_SHOW &&
		    shown != (m.reading == READING_NAV))
			return tour_broken(t, PROPERTY_KEYS,
			    "%s %s where '%s' stands", navs[i]->key,
			    shown ? "does nothing" : "acts", t->move.screen);
	}
	return true;
}

static bool
shows_key(struct tour *t, const struct nav *nav, const char *screen)
{
	const char *line = arena_printf(
	    t->arena, "\n%s %s", nav->key, expected_text(t, &nav->text, NULL));
	const char *at = strstr(screen, line);
	size_t len = strlen(line);

	for (; at != NULL; at = strstr(at + 1, line))
		if (at[len] == '\n' || at[len] == '\0')
			return true;
	return false;
}

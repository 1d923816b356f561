/*
 * Reading what a citizen sent.
 *
 * A menu and a list may be answered wrongly without end: the dialogue's own
 * time limits that. An ask counts.
 */
#include <string.h>

#include "menus/condition.h"
#include "menus/fold.h"
#include "menus/play.h"
#include "menus/rows.h"
#include "menus/screen.h"
#include "menus/value.h"

static bool navigate(struct play *p, const char *key);
static bool is_nav_key(const struct catalogue *c, const char *key);
static void next_lang(struct play *p);
static void answer_menu(struct play *p, const char *key);
static void answer_list(struct play *p, const char *key);
static size_t number_of(const char *key);
static void answer_ask(struct play *p, const char *input);
static void go_on(struct play *p, const struct target *t);

void
play_answer(struct play *p, const char *input)
{
	const char *key = play_key(p->scene.arena, input);

	p->wrong = false;
	p->move.reading = READING_TAKEN;
	if (p->move.session.channel == CHANNEL_USSD && navigate(p, key))
		return;
	if (p->move.session.phase != PHASE_ASK) {
		play_profile_answer(p, key);
		return;
	}
	switch (play_state(p)->kind) {
	case STATE_MENU:
		answer_menu(p, key);
		break;
	case STATE_LIST:
		answer_list(p, key);
		break;
	case STATE_ASK:
		answer_ask(p, input);
		break;
	case STATE_SAY:
		play_page(p);
		break;
	case STATE_APP:
		play_answer_app(p, input);
		break;
	case STATE_CALL:
	case STATE_ROUTE:
	case STATE_SUB:
	case STATE_END:
		CHECK(!"there is nothing to answer here");
	}
}

const char *
play_key(struct arena *a, const char *input)
{
	char *key = fold_spaces(a, input);
	size_t len = strlen(key);

	while (len > 1 && strchr(".,)#", key[len - 1]) != NULL)
		key[--len] = '\0';
	return key;
}

/* ---- navigation */

/* A key acts only where its line stands; elsewhere it is an answer. */
static bool
navigate(struct play *p, const char *key)
{
	const struct catalogue *c = p->scene.c;
	struct screen screen;

	if (!is_nav_key(c, key))
		return false;
	screen = screen_lay(&p->scene, false);
	if (screen.shows[SCREEN_BACK] && strcmp(key, c->back.key) == 0) {
		if (screen.page > 0)
			p->move.session.here.page = (uint8_t)(screen.page - 1);
		else if (p->move.session.phase == PHASE_KEEP)
			p->move.session.phase = PHASE_ASK; /* typed wrongly */
		else
			play_back(p);
	} else if (screen.shows[SCREEN_HOME] && strcmp(key, c->home.key) == 0)
		play_home(p);
	else if (screen.shows[SCREEN_MORE] && strcmp(key, c->more.key) == 0)
		play_page(p);
	else if (screen.shows[SCREEN_LANG] && strcmp(key, c->lang.key) == 0)
		next_lang(p);
	else
		return false;
	p->move.reading = READING_NAV;
	return true;
}

static bool
is_nav_key(const struct catalogue *c, const char *key)
{
	return strcmp(key, c->back.key) == 0 || strcmp(key, c->home.key) == 0 ||
	    strcmp(key, c->more.key) == 0 || strcmp(key, c->lang.key) == 0;
}

/* Only a say goes on from its last page, and an application's last word. */
void
play_page(struct play *p)
{
	struct screen screen = screen_lay(&p->scene, false);

	if (screen.page + 1 == screen.pages) {
		go_on(p, &play_state(p)->next);
		return;
	}
	p->move.session.here.page = (uint8_t)(screen.page + 1);
	if (play_state(p)->kind == STATE_APP)
		play_show_app(p);
}

static void
next_lang(struct play *p)
{
	struct session *s = &p->move.session;

	s->lang = (uint8_t)((s->lang + 1u) % p->scene.c->lang_count);
	s->here.page = 0;
	p->scene.lang = s->lang;
}

/* ---- answers */

static void
answer_menu(struct play *p, const char *key)
{
	const struct state *st = play_state(p);
	size_t i;

	for (i = 0; i < st->option_count; i++) {
		const struct menu_option *o = &st->options[i];

		if (strcmp(o->key, key) == 0 &&
		    condition_holds(&p->scene, &o->when)) {
			go_on(p, &o->next);
			return;
		}
	}
	play_refuse(p);
}

/* The rows are kept with the session: what was shown is what is picked. */
static void
answer_list(struct play *p, const char *key)
{
	const struct state *st = play_state(p);
	size_t row = number_of(key);
	const char *cell = NULL, *value = NULL;

	if (row > 0)
		cell = rows_cell(p->scene.arena, p->move.session.vars[st->rows],
		    row - 1, st->value_col);
	if (cell != NULL)
		value = value_given(
		    p->scene.arena, &p->scene.graph->vars[st->into], cell);
	if (value != NULL)
		play_take(p, value);
	else
		play_refuse(p);
}

/* As the list numbers its rows, "1" and up; 0 for anything else. */
static size_t
number_of(const char *key)
{
	size_t len = strspn(key, "0123456789"), n = 0;

	if (len == 0 || len > 4 || key[len] != '\0' || *key == '0')
		return 0;
	for (; *key != '\0'; key++)
		n = n * 10 + (size_t)(*key - '0');
	return n;
}

static void
answer_ask(struct play *p, const char *input)
{
	const struct state *st = play_state(p);
	const char *value =
	    value_typed(p->scene.arena, &p->scene.graph->vars[st->into], input);

	if (value != NULL) {
		if (!play_keeps(p, value))
			play_take(p, value);
		return;
	}
	play_refuse(p);
	if (++p->move.session.tries >= st->tries) {
		p->wrong = false;
		go_on(p, &st->fail);
	}
}

void
play_take(struct play *p, const char *value)
{
	const struct state *st = play_state(p);

	p->move.session.vars[st->into] = value;
	go_on(p, &st->next);
}

static void
go_on(struct play *p, const struct target *t)
{
	play_leave(p);
	play_follow(p, t);
}

void
play_refuse(struct play *p)
{
	p->wrong = true;
	p->move.reading = READING_WRONG;
}

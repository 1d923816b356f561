/*
 * A visit to an institution's own application.
 *
 *	visit -> asked -> answered: a prompt, which the citizen answers
 *	                  \-> its last word -> next, or the end
 *	                  \-> nothing, or nonsense -> fail
 *
 * Its text is turned over by us, which costs no request. No place in it can be
 * gone back to, for its way back is its own.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "menus/app.h"
#include "menus/limits.h"
#include "menus/play.h"
#include "menus/screen.h"

static const struct app *app_here(const struct play *p);
static struct visit *change(struct play *p);
static void ask(struct play *p);
static bool put_input(struct play *p, const char *input);
static bool is_sensible(const struct play *p, const struct app_answer *answer);
static void take_answer(struct play *p, const struct app_answer *answer);
static void take_messages(struct play *p, const struct app_answer *answer);
static void show(struct play *p, struct visit *v, const char *said);
static const char *said_in(const struct play *p, const struct app_text *text);
static const char *cleaned(struct arena *a, const char *said);
static void fail(struct play *p);

/* ---- in and on */

void
play_visit(struct play *p)
{
	struct visit *v = change(p);

	*v = (struct visit){ .turn = 1, .inputs = "", .text = "" };
	/* The store is to keep no secret as long as a visit may take. */
	if (play_forget_secrets(p))
		p->move.session.depth = 0;
	ask(p);
}

static const struct app *
app_here(const struct play *p)
{
	return app_of(p->scene.c, &p->move.session);
}

/* What a session holds is never changed in place: it may be another's. */
static struct visit *
change(struct play *p)
{
	struct visit *v = arena_alloc(p->scene.arena, sizeof(*v));

	if (p->move.session.visit != NULL)
		*v = *p->move.session.visit;
	p->move.session.visit = v;
	return v;
}

static void
ask(struct play *p)
{
	p->move.kind = MOVE_APP;
	p->move.graph = p->scene.graph;
	p->move.state = play_state(p);
}

void
play_dialled_app(struct play *p, const char *rest)
{
	change(p)->inputs = rest;
}

void
play_answer_app(struct play *p, const char *input)
{
	const struct visit *v = p->move.session.visit;

	if (v == NULL || v->ended)
		play_page(p);
	else if (put_input(p, input)) {
		p->move.session.here.page = 0;
		ask(p);
	} else
		fail(p);
}

/* False when it is more than a visit holds. */
static bool
put_input(struct play *p, const char *input)
{
	struct visit *v = change(p);
	bool joins = app_here(p)->api.speech == SPEECH_AFRICASTALKING &&
	    *v->inputs != '\0';

	v->turn++;
	v->inputs = arena_printf(p->scene.arena, "%s%s%s",
	    joins ? v->inputs : "", joins ? "*" : "", input);
	return strlen(v->inputs) <= VISIT_INPUTS_MAX;
}

/* ---- what it answered */

struct move
step_app(const struct catalogue *c, const struct facts *facts,
    const struct session *s, const struct app_answer *answer, struct arena *a)
{
	struct play p;

	play_init(&p, a, c, facts, s);
	if (app_here(&p) == NULL || s->visit == NULL)
		play_end(&p, &c->expired);
	else if (answer == NULL || !is_sensible(&p, answer))
		fail(&p);
	else
		take_answer(&p, answer);
	return play_done(&p);
}

/* Who is asked something must see what; and who ends says why, or leads on.
 * Only who may send messages does. */
static bool
is_sensible(const struct play *p, const struct app_answer *answer)
{
	bool leads_on = play_state(p)->next.name != NULL;
	bool says = *said_in(p, &answer->text) != '\0';

	if (answer->message_count > 0 && !app_here(p)->sms)
		return false;
	switch (answer->action) {
	case APP_PROMPT:
		return says;
	case APP_END:
		return says || leads_on;
	case APP_MENU:
		return leads_on;
	}
	return false;
}

static void
take_answer(struct play *p, const struct app_answer *answer)
{
	bool ends = answer->action != APP_PROMPT;
	struct visit *v = change(p);

	take_messages(p, answer);
	if (answer->has_data)
		v->data = answer->data;
	if (app_here(p)->api.speech == SPEECH_NATIVE)
		v->inputs = "";
	v->ended = ends;
	show(p, v, said_in(p, &answer->text));
	if (!ends)
		return;
	play_leave_app(p, false);
	if (*v->text == '\0')
		play_follow(p, &play_state(p)->next);
	else
		play_show_app(p);
}

static void
take_messages(struct play *p, const struct app_answer *answer)
{
	size_t i;

	CHECK(answer->message_count <= STEP_MESSAGES_MAX);
	for (i = 0; i < answer->message_count; i++) {
		const char *said = said_in(p, &answer->messages[i]);

		if (*said != '\0')
			p->move.messages[p->move.message_count++] =
			    screen_message(&p->scene, said);
	}
}

/* What is more than limits.pages is left out. */
static void
show(struct play *p, struct visit *v, const char *said)
{
	size_t most = (size_t)limits_at(p->scene.c, play_state(p)).pages;

	v->text = said;
	v->text =
	    arena_copy(p->scene.arena, said, screen_octets(&p->scene, most));
	p->move.session.here.page = 0;
}

static const char *
said_in(const struct play *p, const struct app_text *text)
{
	const char *said = text->in[p->scene.lang];
	size_t i;

	for (i = 0; said == NULL && i < p->scene.c->lang_count; i++)
		said = text->in[i];
	return said == NULL ? "" : cleaned(p->scene.arena, said);
}

static const char *
cleaned(struct arena *a, const char *said)
{
	size_t len, took, from = strspn(said, " \t\r\n");
	uint32_t c;
	char *text;

	text = gsm_transliterate(a, said + from, strlen(said + from));
	for (len = 0; text[len] != '\0'; len += took) {
		took = text_next(text + len, strlen(text + len), &c);
		if (len + took > VISIT_TEXT_MAX)
			break;
	}
	while (len > 0 && strchr(" \n", text[len - 1]) != NULL)
		len--;
	return arena_copy(a, text, len);
}

/* ---- and out */

/* The last page of its last word is the dialogue's end, where nothing
 * follows. */
void
play_show_app(struct play *p)
{
	const struct visit *v = p->move.session.visit;
	struct screen screen = screen_lay(&p->scene, false);
	bool over = v->ended && play_state(p)->next.name == NULL &&
	    screen.page + 1 == screen.pages;

	p->move.kind = over ? MOVE_END : MOVE_SHOW;
}

void
play_leave_app(struct play *p, bool failed)
{
	p->move.left = p->move.session.visit;
	p->move.left_graph = p->scene.graph;
	p->move.left_state = play_state(p);
	p->move.left_failed = failed;
}

static void
fail(struct play *p)
{
	play_leave_app(p, true);
	play_follow(p, &play_state(p)->fail);
}

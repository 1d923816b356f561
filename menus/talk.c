/*
 * Playing talks.
 *
 * A talk ends at the first thing that differs: what comes after would differ
 * because of it.
 */
#include <stdarg.h>
#include <string.h>

#include "menus/check.h"
#include "menus/catalogue.h"
#include "menus/talk_parts.h"

/* A dialogue that asks more services in a row goes round in a circle. */
#define CALLS_MAX 16

static struct performance prepare(const struct catalogue *c,
    const struct graph *g, const struct talk *t, const struct talk_world *world,
    struct findings *f);
static void read_given(struct performance *p);
static const struct api *api_named(const struct graph *g, const char *name);
static void open_talk(struct performance *p);
static uint8_t lang_of(const struct catalogue *c, const char *lang);
static void play_line(struct performance *p, const char *line);
static void send(struct performance *p, const char *text);
static bool is_over(const struct performance *p);
static void hear(struct performance *p, const char *text);
static void expect(struct performance *p, const char *text);
static void settle(struct performance *p);
static void hear_messages(struct performance *p);
static void look_into_profile(struct performance *p);
static const char *quoted(struct arena *a, const char *text);

bool
talk_play(const struct catalogue *c, const struct graph *g,
    const struct talk *t, const struct talk_world *world, struct findings *f)
{
	struct performance p = prepare(c, g, t, world, f);
	const char *const *line;

	read_given(&p);
	if (!p.failed)
		open_talk(&p);
	for (line = t->say; *line != NULL && !p.failed; line++)
		play_line(&p, *line);
	arena_free(p.arena);
	return !p.failed;
}

static struct performance
prepare(const struct catalogue *c, const struct graph *g, const struct talk *t,
    const struct talk_world *world, struct findings *f)
{
	return (struct performance){
		.c = c,
		.g = g,
		.talk = t,
		.world = world,
		.findings = f,
		.line = t->line,
		.arena = arena_new(),
		.facts = {
		    .msisdn = "255712345678",
		    .operator_name = "Simu",
		    .code = c->code_count > 0 ? c->codes[0].code : "",
		    .date = "2026-01-31",
		    .time = "12:00",
		    .septets = c->limits.septets,
		    .ucs2 = c->limits.ucs2,
		},
	};
}

/* A file that is not there is a mistake, whether it is asked for or not. */
static void
read_given(struct performance *p)
{
	const struct api *api;
	const char *why;
	size_t i;

	p->heard =
	    arena_array(p->arena, p->talk->given_count, sizeof(*p->heard));
	for (i = 0; i < p->talk->given_count && !p->failed; i++) {
		const struct canned *canned = &p->talk->given[i];

		api = api_named(p->g, canned->api);
		if (api == NULL || canned->body == NULL)
			continue;
		why = talk_heard(p, canned, p->g, api)->why;
		if (why == NULL)
			continue;
		p->line = canned->line;
		talk_differ(p, "%s: %s", canned->body, why);
	}
}

static const struct api *
api_named(const struct graph *g, const char *name)
{
	size_t i;

	for (i = 0; i < g->api_count; i++)
		if (strcmp(g->apis[i].name, name) == 0)
			return &g->apis[i];
	for (i = 0; i < g->app_count; i++)
		if (strcmp(g->apps[i].name, name) == 0)
			return &g->apps[i].api;
	return NULL;
}

static void
open_talk(struct performance *p)
{
	const struct talk *t = p->talk;
	uint8_t lang = lang_of(p->c, t->lang);

	p->sent = p->dialled = t->dial != NULL ? t->dial : t->text;
	p->used = arena_array(p->arena, t->given_count, sizeof(*p->used));
	talk_tell(p, '>', p->sent);
	p->move = t->dial != NULL
	    ? step_begin(p->c, &p->facts, lang, t->dial, p->arena)
	    : step_keyword(p->c, &p->facts, lang, t->text, p->arena);
	settle(p);
}

static uint8_t
lang_of(const struct catalogue *c, const char *lang)
{
	uint8_t i;

	for (i = 0; lang != NULL && i < c->lang_count; i++)
		if (strcmp(c->langs[i], lang) == 0)
			return i;
	return 0;
}

static void
play_line(struct performance *p, const char *line)
{
	const char *text = line + 1 + strspn(line + 1, " ");
	int64_t ms;

	switch (*line) {
	case '>':
		send(p, text);
		break;
	case '<':
		expect(p, text);
		break;
	case '+':
		CHECK(talk_span(line, &ms));
		talk_tell(p, '+', text);
		talk_pass(p, ms);
		break;
	}
}

static void
send(struct performance *p, const char *text)
{
	const char *rest;

	if (catalogue_code(p->c, text, NULL, &rest) == NULL && is_over(p)) {
		talk_differ(p,
		    "\"%s\" is sent, but the dialogue is over after %s", text,
		    quoted(p->arena, p->move.screen));
		return;
	}
	p->sent = text;
	p->sms = NULL;
	talk_tell(p, '>', text);
	hear(p, text);
	settle(p);
}

/* An SMS may always be sent. */
static bool
is_over(const struct performance *p)
{
	return p->move.kind == MOVE_END &&
	    p->move.session.channel == CHANNEL_USSD;
}

static void
hear(struct performance *p, const char *text)
{
	const struct session before = p->move.session;
	const char *rest;

	if (catalogue_code(p->c, text, NULL, &rest) != NULL) {
		p->dialled = text;
		talk_dial(p, text);
	} else if (!p->died && p->move.kind != MOVE_END)
		p->move = step_input(p->c, &p->facts, &before, text, p->arena);
	else if (before.channel == CHANNEL_SMS)
		p->move =
		    step_keyword(p->c, &p->facts, before.lang, text, p->arena);
	else
		p->move = (struct move){ .kind = MOVE_END,
			.session = before,
			.screen = step_words(p->arena, p->c, &p->facts,
			    before.lang, &p->c->expired) };
	p->died = false;
	if (p->move.kind == MOVE_ANEW)
		p->move = step_begin(
		    p->c, &p->facts, before.lang, p->dialled, p->arena);
}

static void
expect(struct performance *p, const char *text)
{
	const char *screen = p->move.screen;

	if ((screen != NULL && strstr(screen, text) != NULL) ||
	    (p->sms != NULL && strstr(p->sms, text) != NULL))
		return;
	if (p->sms == NULL)
		talk_differ(p,
		    "after \"%s\" nothing has \"%s\": the screen is %s",
		    p->sent, text, quoted(p->arena, screen));
	else
		talk_differ(p,
		    "after \"%s\" nothing has \"%s\": the screen is %s, "
		    "the SMS %s",
		    p->sent, text, quoted(p->arena, screen),
		    quoted(p->arena, p->sms));
}

/* Answers the services that are asked, until something is shown. */
static void
settle(struct performance *p)
{
	talk_cover(p);
	p->budget_ms = p->c->limits.turn_ms;
	p->shown_ms = p->now_ms;
	talk_settle_calls(p);
	if (p->failed)
		return;
	if (p->move.screen != NULL)
		talk_tell(p, is_over(p) ? '$' : '<', p->move.screen);
	p->sms = p->move.sms;
	if (p->sms != NULL)
		talk_tell(p, '@', p->sms);
	hear_messages(p);
}

/* An application's, one after another. */
static void
hear_messages(struct performance *p)
{
	const struct move *m = &p->move;
	size_t i;

	for (i = 0; i < m->message_count; i++) {
		talk_tell(p, '@', m->messages[i]);
		p->sms = p->sms == NULL ? m->messages[i]
					: arena_printf(p->arena, "%s\n%s",
					      p->sms, m->messages[i]);
	}
}

void
talk_settle_calls(struct performance *p)
{
	int calls;

	look_into_profile(p);
	for (calls = 0; talk_asks(&p->move) && !p->failed; calls++)
		if (calls < CALLS_MAX) {
			talk_answer_call(p);
			look_into_profile(p);
		} else
			talk_differ(p, "services are asked without end");
}

/* Of whoever talks nothing is known. */
static void
look_into_profile(struct performance *p)
{
	const struct move before = p->move;
	const struct profile nothing = { NULL, 0 };

	if (p->move.kind == MOVE_PROFILE)
		p->move = step_profile(
		    p->c, &p->facts, &before, &nothing, p->arena);
	else if (p->move.kind == MOVE_TELL)
		p->move = step_tell(
		    p->c, &p->facts, &before, &nothing, 0, p->arena);
	else if (p->move.kind == MOVE_FORGET)
		p->move.kind = MOVE_END;
}

void
talk_cover(struct performance *p)
{
	if (p->world->coverage != NULL)
		coverage_add(p->world->coverage, &p->move);
}

void
talk_tell(struct performance *p, char kind, const char *text)
{
	if (p->world->line != NULL)
		p->world->line(p->world->arg, kind, text);
}

void
talk_differ(struct performance *p, const char *format, ...)
{
	const char *says;
	va_list args;

	va_start(args, format);
	says = arena_vprintf(p->arena, format, args);
	va_end(args);
	findings_add(p->findings, FINDING_ERROR, CHECK_TALKS, p->g->file,
	    p->line, NULL, "talk \"%s\": %s", p->talk->name, says);
	p->failed = true;
}

/* On one line, as it would stand in the file. */
static const char *
quoted(struct arena *a, const char *text)
{
	char *line, *at;

	if (text == NULL)
		return "none";
	line = at = arena_alloc(a, 2 * strlen(text) + 3);
	*at++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			*at++ = '\\';
		*at++ = *text == '\n' ? 'n' : *text;
	}
	*at = '"';
	return line;
}

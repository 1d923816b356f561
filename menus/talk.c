/*
 * Playing talks.
 *
 * A talk ends at the first thing that differs: what comes after would differ
 * because of it.
 */
#include <stdarg.h>
#include <string.h>

#include "menus/app.h"
#include "menus/check.h"
#include "menus/talk.h"

/* A dialogue that asks more services in a row goes round in a circle. */
#define CALLS_MAX 16

/* What a canned answer means to one service. A talk may ask it thousands of
 * times, and its file is read once. */
struct heard {
	const struct api *api; /* NULL: nobody asked yet */
	enum outcome outcome;
	const char *const *values;
	const char *why;
};

struct performance {
	const struct catalogue *c;
	const struct graph *g;
	const struct talk *talk;
	const struct talk_world *world;
	struct findings *findings;
	struct arena *arena;
	struct facts facts;
	struct move move;
	struct heard *heard; /* for each of the talk's canned answers */
	const char *sent; /* what the citizen sent last */
	int line; /* where it is told what differs */
	bool failed;
};

static struct performance prepare(const struct catalogue *c,
    const struct graph *g, const struct talk *t, const struct talk_world *world,
    struct findings *f);
static void read_given(struct performance *p);
static const struct api *api_named(const struct graph *g, const char *name);
static void open_talk(struct performance *p);
static uint8_t lang_of(const struct catalogue *c, const char *lang);
static void play_line(struct performance *p, const char *line);
static void send(struct performance *p, const char *text);
static void expect(struct performance *p, const char *text);
static void settle(struct performance *p);
static void answer_call(struct performance *p);
static bool asks(const struct move *m);
static const struct api *asked_api(const struct move *m);
static void go_on(
    struct performance *p, enum outcome outcome, const char *const *values);
static void cover(struct performance *p);
static size_t canned_for(const struct performance *p, const char *api);
static const struct heard *hear(struct performance *p, size_t canned,
    const struct graph *g, const struct api *api);
static void tell(struct performance *p, char kind, const char *text);
static void differ(struct performance *p, const char *format, ...)
    PRINTF_LIKE(2, 3);
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
		why = hear(p, i, p->g, api)->why;
		if (why == NULL)
			continue;
		p->line = canned->line;
		differ(p, "%s: %s", canned->body, why);
	}
}

static const struct api *
api_named(const struct graph *g, const char *name)
{
	size_t i;

	for (i = 0; i < g->api_count; i++)
		if (strcmp(g->apis[i].name, name) == 0)
			return &g->apis[i];
	return NULL;
}

static void
open_talk(struct performance *p)
{
	const struct talk *t = p->talk;
	uint8_t lang = lang_of(p->c, t->lang);

	p->sent = t->dial != NULL ? t->dial : t->text;
	tell(p, '>', p->sent);
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

	if (*line == '>')
		send(p, text);
	else
		expect(p, text);
}

static void
send(struct performance *p, const char *text)
{
	const struct session before = p->move.session;

	if (p->move.kind == MOVE_END) {
		differ(p, "\"%s\" is sent, but the dialogue is over after %s",
		    text, quoted(p->arena, p->move.screen));
		return;
	}
	p->sent = text;
	tell(p, '>', text);
	p->move = step_input(p->c, &p->facts, &before, text, p->arena);
	settle(p);
}

static void
expect(struct performance *p, const char *text)
{
	const struct move *m = &p->move;

	if (strstr(m->screen, text) != NULL ||
	    (m->sms != NULL && strstr(m->sms, text) != NULL))
		return;
	if (m->sms == NULL)
		differ(p, "after \"%s\" nothing has \"%s\": the screen is %s",
		    p->sent, text, quoted(p->arena, m->screen));
	else
		differ(p,
		    "after \"%s\" nothing has \"%s\": the screen is %s, "
		    "the SMS %s",
		    p->sent, text, quoted(p->arena, m->screen),
		    quoted(p->arena, m->sms));
}

/* Answers the services that are asked, until something is shown. */
static void
settle(struct performance *p)
{
	int calls;

	cover(p);
	for (calls = 0; asks(&p->move) && !p->failed; calls++)
		if (calls < CALLS_MAX)
			answer_call(p);
		else
			differ(p, "services are asked without end");
	if (p->failed)
		return;
	tell(p, '<', p->move.screen);
	if (p->move.sms != NULL)
		tell(p, '@', p->move.sms);
}

static void
answer_call(struct performance *p)
{
	const struct api *api = asked_api(&p->move);
	size_t canned = canned_for(p, api->name);
	const struct heard *heard;

	tell(p, '=', api->name);
	if (canned == p->talk->given_count) {
		differ(p,
		    "after \"%s\" the service %s is asked, for which no "
		    "answer is given",
		    p->sent, api->name);
		return;
	}
	heard = hear(p, canned, p->move.graph, api);
	if (heard->why != NULL)
		differ(p, "%s: %s", p->talk->given[canned].body, heard->why);
	else
		go_on(p, heard->outcome, heard->values);
	cover(p);
}

/* A service, or an application. */
static bool
asks(const struct move *m)
{
	return m->kind == MOVE_CALL || m->kind == MOVE_APP;
}

static const struct api *
asked_api(const struct move *m)
{
	return m->kind == MOVE_APP ? &m->graph->apps[m->state->app].api
				   : &m->graph->apis[m->state->api];
}

static void
go_on(struct performance *p, enum outcome outcome, const char *const *values)
{
	const struct session before = p->move.session;
	struct app_answer answer;
	bool good;

	if (p->move.kind == MOVE_CALL) {
		p->move = step_outcome(
		    p->c, &p->facts, &before, outcome, values, p->arena);
		return;
	}
	good = outcome == OUTCOME_OK && app_take(p->c, values, &answer);
	p->move =
	    step_app(p->c, &p->facts, &before, good ? &answer : NULL, p->arena);
}

static void
cover(struct performance *p)
{
	if (p->world->coverage != NULL)
		coverage_add(p->world->coverage, &p->move);
}

/* Their number where there is none. */
static size_t
canned_for(const struct performance *p, const char *api)
{
	size_t i;

	for (i = 0; i < p->talk->given_count; i++)
		if (strcmp(p->talk->given[i].api, api) == 0)
			break;
	return i;
}

static const struct heard *
hear(struct performance *p, size_t canned, const struct graph *g,
    const struct api *api)
{
	const struct canned *given = &p->talk->given[canned];
	struct heard *heard = &p->heard[canned];

	if (heard->api == api)
		return heard;
	*heard = (struct heard){ .api = api, .outcome = OUTCOME_SLOW };
	if (given->status != 0)
		heard->outcome = p->world->answer(p->world->arg, p->arena, g,
		    api, given, &heard->values, &heard->why);
	return heard;
}

static void
tell(struct performance *p, char kind, const char *text)
{
	if (p->world->line != NULL)
		p->world->line(p->world->arg, kind, text);
}

static void
differ(struct performance *p, const char *format, ...)
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
	char *line = arena_alloc(a, 2 * strlen(text) + 3), *at = line;

	*at++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			*at++ = '\\';
		*at++ = *text == '\n' ? 'n' : *text;
	}
	*at = '"';
	return line;
}

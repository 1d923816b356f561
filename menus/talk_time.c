/*
 * Time in a talk: nobody waits for it, it is only counted. As in earnest, a
 * dialogue lives for as long as its state allows after each screen, a citizen
 * waits for services no longer than a turn may take, and what is answered
 * later comes by SMS.
 */
#include <stdlib.h>
#include <string.h>

#include "config/schema.h"
#include "menus/callee.h"
#include "menus/app.h"
#include "menus/catalogue.h"
#include "menus/limits.h"
#include "menus/talk_parts.h"

#define DAY_MINUTES (24 * 60)
#define STARTS_AT   (12 * 60) /* minutes after midnight of 2026-01-31 */
#define MINUTE_MS   60000
#define AFTER_MAX   86400 /* seconds */
#define SPAN_MAX    (400 * 86400) /* seconds of one line */

static void want(struct performance *p, const char *name, const struct api *api,
    const struct graph *owner);
static const struct canned *next_answer(struct performance *p, const char *api);
static int64_t finished_after(
    const struct api *api, const struct canned *canned, bool *answered);
static int64_t patience(const struct performance *p);
static void come_late(
    struct performance *p, int64_t after_ms, const struct canned *canned);
static void take_answer(struct performance *p, const struct session *at,
    const struct canned *canned);
static const struct api *asked_api(
    const struct performance *p, const char **name, const struct graph **whose);
static void go_on(struct performance *p, const struct session *at,
    enum outcome outcome, const char *const *values);
static void hear_late(struct performance *p, const struct late *late);
static void set_clock(struct performance *p);
static const char *day_after(struct arena *a, int64_t days);
static bool is_leap(int year);
static bool is_offered(const struct performance *p, const char *dialled);

bool
talk_span(const char *line, int64_t *ms)
{
	long long seconds;

	if (schema_span(line + 1 + strspn(line + 1, " "), &seconds) == -1 ||
	    seconds > SPAN_MAX)
		return false;
	*ms = seconds * 1000;
	return true;
}

/* ---- a service */

bool
talk_given(struct arena *a, const char *text, struct canned *out)
{
	size_t digits = strspn(text, "0123456789");
	const char *after = strstr(text, " after ");
	size_t len = after == NULL ? strlen(text) : (size_t)(after - text);
	long long seconds = 0;

	out->slow = strcmp(text, "slow") == 0;
	if (out->slow || strcmp(text, "never") == 0)
		return true;
	if (digits != 3 || text[0] == '0' ||
	    (after != NULL &&
		(schema_span(after + 7, &seconds) == -1 ||
		    seconds > AFTER_MAX)))
		return false;
	out->status = atoi(text);
	out->after_ms = (int)seconds * 1000;
	if (len == 3)
		return true;
	out->body = arena_copy(a, text + 4, len - 4);
	return text[3] == ' ' && len > 4 && text[4] != '.' &&
	    strpbrk(out->body, "/ ") == NULL;
}

void
talk_answer_call(struct performance *p)
{
	const struct graph *owner = p->move.graph;
	const char *name;
	const struct api *api = asked_api(p, &name, &owner);
	const struct canned *canned = next_answer(p, name);
	const struct session at = p->move.session;
	bool answered, slow;
	int64_t after;

	talk_tell(p, '=', name);
	if (canned == NULL) {
		want(p, name, api, owner);
		return;
	}
	after = finished_after(api, canned, &answered);
	slow = canned->slow || after > patience(p);
	if (slow && p->move.state->later)
		come_late(p, after, answered ? canned : NULL);
	p->budget_ms -= slow ? p->budget_ms : after;
	if (slow)
		go_on(p, &at, OUTCOME_SLOW, NULL);
	else
		take_answer(p, &at, answered ? canned : NULL);
	talk_cover(p);
}

static void
want(struct performance *p, const char *name, const struct api *api,
    const struct graph *owner)
{
	const struct talk_wanted wanted = { .name = name,
		.api = api,
		.owner = owner,
		.move = &p->move,
		.facts = &p->facts };

	if (p->world->want == NULL) {
		talk_differ(p,
		    "after \"%s\" the service %s is asked, for which no "
		    "answer is given",
		    p->sent, name);
		return;
	}
	p->world->want(p->world->arg, &wanted);
	p->failed = true;
}

static const struct canned *
next_answer(struct performance *p, const char *api)
{
	const struct canned *last = NULL;
	size_t i;

	for (i = 0; i < p->talk->given_count; i++) {
		if (strcmp(p->talk->given[i].api, api) != 0)
			continue;
		last = &p->talk->given[i];
		if (!p->used[i])
			break;
	}
	if (i < p->talk->given_count)
		p->used[i] = true;
	else if (p->world->want != NULL)
		return NULL;
	return last;
}

/* In milliseconds from when it was asked: of all tries, when it does not
 * answer in time. */
static int64_t
finished_after(
    const struct api *api, const struct canned *canned, bool *answered)
{
	*answered = canned->status != 0 && canned->after_ms <= api->timeout_ms;
	if (*answered)
		return canned->after_ms;
	return (int64_t)api->timeout_ms * (1 + api->retry);
}

/* By SMS nobody stares at a screen. */
static int64_t
patience(const struct performance *p)
{
	int64_t turn = limits_at(p->c, p->move.state).turn_ms;

	if (p->move.session.channel == CHANNEL_SMS)
		return INT64_MAX;
	return turn < p->budget_ms ? turn : p->budget_ms;
}

static void
come_late(struct performance *p, int64_t after_ms, const struct canned *canned)
{
	int64_t most = limits_at(p->c, p->move.state).later_ms;
	struct late *late = &p->late[p->late_count];

	if (p->late_count == LATE_MAX) {
		talk_differ(p,
		    "more than %d answers are late at once: let "
		    "time pass with a line \"+ 60s\"",
		    LATE_MAX);
		return;
	}
	*late = (struct late){ .due_ms = p->now_ms + after_ms,
		.session = p->move.session,
		.graph = p->move.graph,
		.state = p->move.state,
		.canned = canned };
	late->session.channel = CHANNEL_SMS;
	if (after_ms > most) {
		late->due_ms = p->now_ms + most;
		late->canned = NULL;
	}
	p->late_count++;
}

/* CANNED is NULL where none came. */
static void
take_answer(struct performance *p, const struct session *at,
    const struct canned *canned)
{
	static const struct heard nothing = { .outcome = OUTCOME_FAIL };
	const struct heard *heard = canned == NULL
	    ? &nothing
	    : talk_heard(p, canned, p->g, asked_api(p, NULL, NULL));

	if (heard->why != NULL)
		talk_differ(p, "%s: %s", canned->body, heard->why);
	else
		go_on(p, at, heard->outcome, heard->values);
}

bool
talk_asks(const struct move *m)
{
	return m->kind == MOVE_CALL || m->kind == MOVE_APP;
}

/* "verify"; of another institution, "rita-verify", since a name in a file has
 * no dot. */
static const struct api *
asked_api(
    const struct performance *p, const char **name, const struct graph **whose)
{
	const struct move *m = &p->move;
	const struct graph *owner = m->graph;
	const struct api *api = m->kind == MOVE_APP
	    ? &m->graph->apps[m->state->app].api
	    : callee_api(p->c, m->graph, m->state, &owner);

	if (name != NULL)
		*name = owner == p->g
		    ? api->name
		    : arena_printf(p->arena, "%s-%s", owner->name, api->name);
	if (whose != NULL)
		*whose = owner;
	return api;
}

static void
go_on(struct performance *p, const struct session *at, enum outcome outcome,
    const char *const *values)
{
	struct app_answer answer;
	bool good;

	if (p->move.kind != MOVE_APP) {
		p->move = step_outcome(
		    p->c, &p->facts, at, outcome, values, p->arena);
		return;
	}
	good = outcome == OUTCOME_OK && app_take(p->c, values, &answer);
	p->move =
	    step_app(p->c, &p->facts, at, good ? &answer : NULL, p->arena);
}

const struct heard *
talk_heard(struct performance *p, const struct canned *canned,
    const struct graph *g, const struct api *api)
{
	struct heard *heard = &p->heard[canned - p->talk->given];

	if (heard->api == api)
		return heard;
	*heard = (struct heard){ .api = api };
	heard->outcome = p->world->answer(p->world->arg, p->arena, g, api,
	    canned, &heard->values, &heard->why);
	return heard;
}

/* ---- time passes */

void
talk_pass(struct performance *p, int64_t ms)
{
	size_t i, left = 0;

	p->now_ms += ms;
	set_clock(p);
	if (p->move.kind == MOVE_SHOW &&
	    p->now_ms - p->shown_ms > session_life_ms(p->c, &p->move.session))
		p->died = true;
	for (i = 0; i < p->late_count; i++)
		if (p->late[i].due_ms <= p->now_ms)
			hear_late(p, &p->late[i]);
		else
			p->late[left++] = p->late[i];
	p->late_count = left;
}

/* What it says goes out by SMS, and the screen stays as it is. */
static void
hear_late(struct performance *p, const struct late *late)
{
	const struct move shown = p->move;

	p->move.graph = late->graph;
	p->move.state = late->state;
	take_answer(p, &late->session, late->canned);
	talk_cover(p);
	talk_settle_calls(p);
	if (!p->failed && p->move.screen != NULL) {
		p->sms = p->move.screen;
		talk_tell(p, '@', p->sms);
	}
	p->move = shown;
}

static void
set_clock(struct performance *p)
{
	int64_t minutes = STARTS_AT + p->now_ms / MINUTE_MS;
	int64_t of_day = minutes % DAY_MINUTES;

	p->facts.date = day_after(p->arena, minutes / DAY_MINUTES);
	p->facts.time = arena_printf(
	    p->arena, "%02d:%02d", (int)of_day / 60, (int)of_day % 60);
}

/* DAYS after the 31st of January 2026. */
static const char *
day_after(struct arena *a, int64_t days)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int year = 2026, month = 0, len = lengths[0];
	int64_t day = 31 + days;

	while (day > len) {
		day -= len;
		year += ++month == 12;
		month %= 12;
		len = lengths[month] + (month == 1 && is_leap(year));
	}
	return arena_printf(a, "%04d-%02d-%02d", year, month + 1, (int)day);
}

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* ---- dialling again */

void
talk_dial(struct performance *p, const char *dialled)
{
	const struct session before = p->move.session;
	bool offered = is_offered(p, dialled);

	p->died = false;
	p->move = offered
	    ? step_dropped(p->c, &p->facts, &before, p->arena)
	    : step_begin(p->c, &p->facts, before.lang, dialled, p->arena);
}

/* A dialogue that was open when its citizen dials was dropped. Who dials
 * through knows where to go. */
static bool
is_offered(const struct performance *p, const char *dialled)
{
	const struct session *s = &p->move.session;
	const char *rest = "";
	const struct code *code = catalogue_code(p->c, dialled, NULL, &rest);
	int64_t until = p->shown_ms + session_life_ms(p->c, s);

	if (p->died)
		until += p->c->limits.resume_s * INT64_C(1000);
	return p->move.kind == MOVE_SHOW && code != NULL && *rest == '\0' &&
	    p->now_ms <= until && session_may_resume(p->c, s) &&
	    s->code == (uint16_t)(code - p->c->codes);
}

/*
 * Playing a talk while it grows.
 */
#include <stdio.h>
#include <string.h>

#include "gateway/canned.h"
#include "gateway/request.h"
#include "menus/app.h"
#include "menus/callee.h"
#include "simulator/sketch.h"

static enum outcome answer(void *arg, struct arena *a, const struct graph *g,
    const struct api *api, const struct canned *canned,
    const char *const **values, const char **why);
static void ask(void *arg, const struct talk_wanted *wanted);
static void hear(void *arg, char kind, const char *text);

void
sketch_init(struct sketch *s, struct arena *a, const struct catalogue *c,
    const struct graph *g)
{
	memset(s, 0, sizeof(*s));
	s->arena = a;
	s->c = c;
	s->g = g;
}

void
sketch_begin(
    struct sketch *s, const char *dial, const char *text, const char *lang)
{
	struct arena *a = s->arena;

	s->talk = (struct talk){ .name = "play",
		.dial = dial == NULL ? NULL : arena_string(a, dial),
		.text = text == NULL ? NULL : arena_string(a, text),
		.lang = lang,
		.given = s->given,
		.say = s->say };
	s->say_count = 0;
	s->say[0] = NULL;
}

bool
sketch_say(struct sketch *s, const char *line)
{
	if (s->say_count == SKETCH_LINES)
		return false;
	s->say[s->say_count++] = arena_string(s->arena, line);
	s->say[s->say_count] = NULL;
	return true;
}

/* With what was answered since. */
bool
sketch_undo(struct sketch *s)
{
	size_t *answers = &s->talk.given_count;

	if (s->say_count == 0)
		return false;
	while (*answers > 0 && s->said_at[*answers - 1] >= s->say_count)
		--*answers;
	s->say[--s->say_count] = NULL;
	return true;
}

bool
sketch_answer(struct sketch *s, const struct canned *canned)
{
	struct canned *to = &s->given[s->talk.given_count];

	if (s->talk.given_count == SKETCH_ANSWERS)
		return false;
	*to = *canned;
	to->api = s->question.name;
	s->said_at[s->talk.given_count++] = s->say_count;
	return true;
}

void
sketch_unanswer(struct sketch *s)
{
	CHECK(s->talk.given_count > 0);
	s->talk.given_count--;
}

/* One of the same name takes the place of the older. */
bool
sketch_file(struct sketch *s, const char *name, const char *text, size_t len,
    bool typed)
{
	size_t i;

	for (i = 0; i < s->file_count; i++)
		if (strcmp(s->files[i].name, name) == 0)
			break;
	if (i == SKETCH_ANSWERS)
		return false;
	s->files[i] = (struct order_file){ .name = arena_string(s->arena, name),
		.text = arena_copy(s->arena, text, len),
		.len = len };
	s->typed[i] = typed;
	s->file_count += i == s->file_count;
	return true;
}

enum sketch_result
sketch_play(struct sketch *s)
{
	const struct talk_world world = {
		.answer = answer, .want = ask, .line = hear, .arg = s
	};
	struct findings f;
	bool good;

	findings_init(&f, s->arena);
	s->heard_count = 0;
	s->question.api = NULL;
	good = talk_play(s->c, s->g, &s->talk, &world, &f);
	if (s->question.api != NULL)
		return SKETCH_ASKS;
	if (good)
		return SKETCH_SHOWN;
	s->why = strstr(f.list[0].says, "\": ");
	s->why = s->why == NULL ? f.list[0].says : s->why + 3;
	return SKETCH_DIFFERS;
}

bool
sketch_is_over(const struct sketch *s)
{
	size_t i = s->heard_count;

	while (i > 0 && strchr("<$", s->heard[i - 1].kind) == NULL)
		i--;
	return i > 0 && s->heard[i - 1].kind == '$';
}

/* ---- the world of the talk */

static enum outcome
answer(void *arg, struct arena *a, const struct graph *g, const struct api *api,
    const struct canned *canned, const char *const **values, const char **why)
{
	const struct sketch *s = arg;
	struct canned_files files = { s->files, s->file_count };

	return canned_answer(&files, a, g, api, canned, values, why);
}

static void
ask(void *arg, const struct talk_wanted *wanted)
{
	struct sketch *s = arg;
	struct sketch_question *q = &s->question;
	const struct api *api = wanted->api;
	const struct move *m = wanted->move;
	struct session theirs;

	q->name = arena_string(s->arena, wanted->name);
	q->api = api;
	q->owner = wanted->owner;
	q->url = "";
	q->body = NULL;
	if (m->kind == MOVE_APP) {
		q->url = m->graph->apps[m->state->app].url;
		return;
	}
	if (!callee_session(s->arena, s->c, &m->session, &theirs))
		return;
	q->url = step_render(
	    s->arena, s->c, wanted->facts, &theirs, &api->url, true);
	q->body = request_body(s->arena, s->c, wanted->facts, &theirs, api);
}

static void
hear(void *arg, char kind, const char *text)
{
	struct sketch *s = arg;
	struct sketch_heard *more;

	if (s->heard_count == s->heard_room) {
		more = arena_array(
		    s->arena, 2 * s->heard_room + 64, sizeof(*more));
		if (s->heard_count > 0)
			memcpy(more, s->heard, s->heard_count * sizeof(*more));
		s->heard_room = 2 * s->heard_room + 64;
		s->heard = more;
	}
	s->heard[s->heard_count++] =
	    (struct sketch_heard){ kind, arena_string(s->arena, text) };
}

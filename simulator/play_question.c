/*
 * What the author says becomes a canned answer: a status, and a body in a file
 * that is made up of what is typed for each value, or is there.
 */
#include <string.h>
#include <unistd.h>

#include "config/schema.h"
#include "gateway/document.h"
#include "gateway/http_client.h"
#include "menus/path.h"
#include "simulator/play_question.h"

static bool answer_as_prepared(
    struct author *who, struct sketch *s, const struct talk *prepared);
static bool read_answer(
    struct author *who, struct sketch *s, const char *typed, bool *ended);
static bool add(struct author *who, struct sketch *s, struct canned canned);
static bool load(struct author *who, struct sketch *s, const char *name);
static const char *type_values(struct author *who, struct sketch *s);
static const char *type_value(struct author *who, struct sketch *s,
    const struct take *take, const struct variable *v);
static const char *type_rows(
    struct author *who, struct sketch *s, const char *prompt);
static const char *application_says(struct sketch *s, const char *typed);
static const char *lines_of(struct arena *a, const char *text);
static const char *body_name(struct sketch *s, const char *ending);
static const char *folder_of(struct sketch *s, const char *name);

bool
play_question(struct author *who, struct sketch *s, const struct talk *prepared)
{
	const struct sketch_question *q = &s->question;
	bool ended = false;
	const char *typed;

	fprintf(
	    who->out, "%s is asked: %s %s\n", q->name, q->api->method, q->url);
	if (q->body != NULL)
		fprintf(who->out, "    %s\n", q->body);
	if (prepared != NULL && answer_as_prepared(who, s, prepared))
		return true;
	do {
		typed = author_types(who, "answer> ");
		if (typed == NULL || strcmp(typed, ":quit") == 0)
			return false;
	} while (!read_answer(who, s, typed, &ended));
	return !ended;
}

/* Several come one after another, and the last goes on. */
static bool
answer_as_prepared(
    struct author *who, struct sketch *s, const struct talk *prepared)
{
	const struct canned *found = NULL;
	size_t i, past = 0;

	for (i = 0; i < s->talk.given_count; i++)
		past += strcmp(s->given[i].api, s->question.name) == 0;
	for (i = 0; i < prepared->given_count; i++) {
		if (strcmp(prepared->given[i].api, s->question.name) != 0)
			continue;
		found = &prepared->given[i];
		if (past-- == 0)
			break;
	}
	if (found == NULL)
		return false;
	fprintf(who->out, "    as it was given: %s%s%s\n",
	    found->slow ? "slow"
		: found->status == 0
		? "never"
		: arena_printf(s->arena, "%d", found->status),
	    found->body != NULL ? " " : "",
	    found->body != NULL ? found->body : "");
	return add(who, s, *found);
}

/* False when it is to be typed again. */
static bool
read_answer(
    struct author *who, struct sketch *s, const char *typed, bool *ended)
{
	struct canned canned = { .status = 200 };
	bool app = s->question.api->speech != SPEECH_CALL;
	const char *body = NULL;

	if (!app && strncmp(typed, "ok ", 3) == 0)
		canned.body = arena_string(s->arena, typed + 3);
	else if (strcmp(typed, "missing") == 0)
		canned.status = 404;
	else if (strcmp(typed, "fail") == 0)
		canned.status = 500;
	else if (app && (body = application_says(s, typed)) != NULL)
		canned.body = body_name(s,
		    s->question.api->speech == SPEECH_NATIVE ? "json" : "txt");
	else if (!app && (typed[0] == '\0' || strcmp(typed, "ok") == 0)) {
		body = type_values(who, s);
		*ended = body == NULL;
		if (*ended)
			return true;
		if (*body != '\0')
			canned.body = body_name(s, "json");
	} else {
		canned.status = 0;
		if (!talk_given(s->arena, typed, &canned)) {
			fprintf(who->out,
			    app ? "one of: prompt TEXT, end TEXT, fail, slow, "
				  "or as in a talk: 200 FILE\n"
				: "one of: ok, ok FILE, missing, fail, slow, "
				  "or as in a talk: 200 FILE after 5s\n");
			return false;
		}
	}
	if (body != NULL && canned.body != NULL &&
	    !sketch_file(s, canned.body, body, strlen(body), true))
		return false;
	return add(who, s, canned);
}

static bool
add(struct author *who, struct sketch *s, struct canned canned)
{
	size_t i;

	if (canned.body != NULL) {
		for (i = 0; i < s->file_count; i++)
			if (strcmp(s->files[i].name, canned.body) == 0)
				break;
		if (i == s->file_count && !load(who, s, canned.body))
			return false;
	}
	if (sketch_answer(s, &canned))
		return true;
	fprintf(who->out, "a talk has %d answers at most; :quit ends it\n",
	    SKETCH_ANSWERS);
	return false;
}

static bool
load(struct author *who, struct sketch *s, const char *name)
{
	struct findings f;
	char *text;
	size_t len;

	findings_init(&f, s->arena);
	if (schema_load_most(&f, folder_of(s, name), HTTP_ANSWER_MAX, &text,
		&len) == FILE_READ)
		return sketch_file(s, name, text, len, false);
	fprintf(who->out, "%s: %s\n", name, f.list[0].says);
	return false;
}

/* ---- a service, value by value */

/* "" when it takes nothing, NULL when nothing is typed any more. */
static const char *
type_values(struct author *who, struct sketch *s)
{
	const struct api *api = s->question.api;
	const struct variable *vars = s->question.owner->vars;
	const char **values =
	    arena_array(s->arena, api->take_count, sizeof(*values));
	size_t i;

	for (i = 0; i < api->take_count; i++) {
		values[i] = type_value(
		    who, s, &api->takes[i], &vars[api->takes[i].var]);
		if (values[i] == NULL)
			return NULL;
	}
	return api->take_count == 0 ? ""
				    : document_example(s->arena, api->takes,
					  vars, api->take_count, values);
}

static const char *
type_value(struct author *who, struct sketch *s, const struct take *take,
    const struct variable *v)
{
	const char *prompt = arena_printf(s->arena, "    %s> ", v->name),
		   *typed;

	if (v->type == VAR_ROWS) {
		fprintf(who->out,
		    "    %s: a row a line, %s; then an empty "
		    "line\n",
		    v->name, strchr(take->path, '('));
		return type_rows(who, s, prompt);
	}
	typed = author_types(who, prompt);
	return typed == NULL ? NULL : arena_string(s->arena, typed);
}

static const char *
type_rows(struct author *who, struct sketch *s, const char *prompt)
{
	const char *typed, *rows = "";

	while ((typed = author_types(who, prompt)) != NULL && *typed != '\0')
		rows = arena_printf(s->arena, "%s%s\n", rows, typed);
	return typed == NULL ? NULL : rows;
}

/* ---- an application, in a word and a text */

static const char *
application_says(struct sketch *s, const char *typed)
{
	bool prompts = strncmp(typed, "prompt ", 7) == 0;
	bool ends = strncmp(typed, "end ", 4) == 0;
	const char *text;

	if (!prompts && !ends)
		return NULL;
	text = lines_of(s->arena, typed + (prompts ? 7 : 4));
	if (s->question.api->speech == SPEECH_AFRICASTALKING)
		return arena_printf(
		    s->arena, "%s %s", prompts ? "CON" : "END", text);
	return document_object(s->arena,
	    (const char *const[]){ "action", "text" },
	    (const char *const[]){ prompts ? "prompt" : "end", text }, 2);
}

/* With line feeds where \n was typed. */
static const char *
lines_of(struct arena *a, const char *text)
{
	char *copy = arena_string(a, text), *to = copy;

	for (; *text != '\0'; text++)
		if (text[0] == '\\' && text[1] == 'n') {
			*to++ = '\n';
			text++;
		} else
			*to++ = *text;
	*to = '\0';
	return copy;
}

/* ---- files */

/* maktaba_find.json, or maktaba_find_2.json where that is taken. */
static const char *
body_name(struct sketch *s, const char *ending)
{
	const struct sketch_question *q = &s->question;
	const char *name;
	size_t i;
	int n;

	for (n = 1;; n++) {
		name = n == 1 ? arena_printf(s->arena, "%s_%s.%s",
				    q->owner->name, q->api->name, ending)
			      : arena_printf(s->arena, "%s_%s_%d.%s",
				    q->owner->name, q->api->name, n, ending);
		for (i = 0; i < s->file_count; i++)
			if (strcmp(s->files[i].name, name) == 0)
				break;
		if (i == s->file_count &&
		    access(folder_of(s, name), F_OK) == -1)
			return name;
	}
}

/* Beside the institution's own file, as a talk has it. */
static const char *
folder_of(struct sketch *s, const char *name)
{
	const char *file = s->question.owner->file;
	const char *slash = strrchr(file, '/');

	return arena_printf(s->arena, "%.*s%s",
	    slash == NULL ? 0 : (int)(slash + 1 - file), file, name);
}

/*
 * Applications, on the wire.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "gateway/app.h"
#include "gateway/document.h"

#define TURN_VERSION 1

/* By the convention an operator that nobody has named is the sandbox's. */
#define NETWORK_UNKNOWN "99999"

struct form {
	struct arena *arena;
	char *text;
};

static const char *write_native(struct arena *a, const struct app_told *told);
static const char *event_name(enum app_event event);
static const char *write_turn(struct arena *a, const struct app_told *told);
static const char *write_end(struct arena *a, const struct app_told *told);
static const char *status_name(const struct app_told *told);
static const char *last_response(struct arena *a, const struct visit *v);
static const char *network_of(const struct app_told *told);
static const char *local_date(struct arena *a, int64_t at_ms);
static void put(struct form *f, const char *name, const char *value);
static bool is_unreserved(char c);
static const char *const *read_convention(
    struct arena *a, const char *body, size_t len, const char **why);

const char *
app_write(struct arena *a, const struct app_told *told)
{
	if (told->app->api.speech == SPEECH_NATIVE)
		return write_native(a, told);
	if (told->event == APP_STARTS || told->event == APP_INPUT)
		return write_turn(a, told);
	return write_end(a, told);
}

const char *
app_content(enum api_speech speech)
{
	return speech == SPEECH_AFRICASTALKING
	    ? "application/x-www-form-urlencoded"
	    : "application/json";
}

/* ---- natively */

static const char *
write_native(struct arena *a, const struct app_told *told)
{
	const struct visit *v = told->visit;
	bool starts = told->event == APP_STARTS;
	bool asks = told->event == APP_INPUT;
	const struct document_member members[] = {
		{ "version", DOCUMENT_NUMBER, NULL, TURN_VERSION },
		{ "session_id", DOCUMENT_TEXT, v->id, 0 },
		{ "turn", DOCUMENT_NUMBER, NULL, v->turn },
		{ "event", DOCUMENT_TEXT, event_name(told->event), 0 },
		{ "msisdn", DOCUMENT_TEXT, arena_printf(a, "+%s", told->msisdn),
		    0 },
		{ "service_code", DOCUMENT_TEXT, told->code, 0 },
		{ "dialled", DOCUMENT_TEXT, starts ? v->inputs : "", 0 },
		{ "input", DOCUMENT_TEXT, asks ? v->inputs : "", 0 },
		{ "language", DOCUMENT_TEXT, told->lang, 0 },
		{ "operator", DOCUMENT_TEXT, told->operator_name, 0 },
		{ "state", DOCUMENT_TEXT, told->state, 0 },
		{ "data", DOCUMENT_JSON, v->data, 0 },
		{ "deadline_ms", DOCUMENT_NUMBER, NULL, told->deadline_ms },
		{ "test", DOCUMENT_FLAG, NULL, false },
	};

	return document_write(a, members, ARRAY_SIZE(members));
}

static const char *
event_name(enum app_event event)
{
	switch (event) {
	case APP_STARTS:
		return "start";
	case APP_INPUT:
		return "input";
	case APP_TIMES_OUT:
		return "timeout";
	case APP_ABORTS:
		return "abort";
	case APP_IS_OVER:
		return "end";
	}
	return "";
}

/* ---- by the convention */

static const char *
write_turn(struct arena *a, const struct app_told *told)
{
	struct form f = { a, arena_string(a, "") };

	put(&f, "sessionId", told->visit->id);
	put(&f, "serviceCode", told->code);
	put(&f, "phoneNumber", arena_printf(a, "+%s", told->msisdn));
	put(&f, "networkCode", network_of(told));
	put(&f, "text", told->visit->inputs);
	return f.text;
}

static const char *
write_end(struct arena *a, const struct app_told *told)
{
	const struct visit *v = told->visit;
	int64_t took = told->at_ms - v->begun_ms;
	struct form f = { a, arena_string(a, "") };

	put(&f, "date", local_date(a, told->at_ms));
	put(&f, "sessionId", v->id);
	put(&f, "serviceCode", told->code);
	put(&f, "networkCode", network_of(told));
	put(&f, "phoneNumber", arena_printf(a, "+%s", told->msisdn));
	put(&f, "status", status_name(told));
	put(&f, "cost", "0"); /* nobody pays per session here */
	put(&f, "durationInMillis",
	    arena_printf(a, "%lld", (long long)(took > 0 ? took : 0)));
	put(&f, "hopsCount", arena_printf(a, "%u", (unsigned)v->turn));
	put(&f, "input", v->inputs);
	put(&f, "lastAppResponse", last_response(a, v));
	if (told->failed != NULL)
		put(&f, "errorMessage", told->failed);
	return f.text;
}

static const char *
status_name(const struct app_told *told)
{
	if (told->failed != NULL)
		return "Failed";
	return told->event == APP_IS_OVER ? "Success" : "Incomplete";
}

static const char *
last_response(struct arena *a, const struct visit *v)
{
	if (*v->text == '\0')
		return "";
	return arena_printf(a, "%s %s", v->ended ? "END" : "CON", v->text);
}

static const char *
network_of(const struct app_told *told)
{
	const struct app *app = told->app;
	size_t i;

	for (i = 0; i < app->network_count; i++)
		if (strcmp(app->networks[i].operator_name,
			told->operator_name) == 0)
			return app->networks[i].code;
	return NETWORK_UNKNOWN;
}

static const char *
local_date(struct arena *a, int64_t at_ms)
{
	time_t at = (time_t)(at_ms / 1000);
	char text[32];
	struct tm local;

	localtime_r(&at, &local);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &local);
	return arena_string(a, text);
}

/* application/x-www-form-urlencoded, as browsers write it. */
static void
put(struct form *f, const char *name, const char *value)
{
	static const char hex[] = "0123456789ABCDEF";
	char *coded = arena_alloc(f->arena, 3 * strlen(value) + 1), *at = coded;

	for (; *value != '\0'; value++) {
		unsigned char octet = (unsigned char)*value;

		if (is_unreserved(*value)) {
			*at++ = *value;
		} else if (*value == ' ') {
			*at++ = '+';
		} else {
			*at++ = '%';
			*at++ = hex[octet >> 4];
			*at++ = hex[octet & 15];
		}
	}
	f->text = arena_printf(f->arena, "%s%s%s=%s", f->text,
	    *f->text == '\0' ? "" : "&", name, coded);
}

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '*';
}

/* ---- answers */

const char *const *
app_read(struct arena *a, enum api_speech speech, const char *body, size_t len,
    const char **why)
{
	if (memchr(body, '\0', len) != NULL) {
		*why = "not-text";
		return NULL;
	}
	if (speech == SPEECH_AFRICASTALKING)
		return read_convention(a, body, len, why);
	return document_turn(a, body, len, why);
}

static const char *const *
read_convention(struct arena *a, const char *body, size_t len, const char **why)
{
	const char **pairs = arena_array(a, 5, sizeof(*pairs));
	const char *text = arena_copy(a, body, len);

	text += strspn(text, " \t\r\n");
	pairs[0] = "action";
	pairs[2] = "text";
	if (strncmp(text, "CON", 3) == 0)
		pairs[1] = "prompt";
	else if (strncmp(text, "END", 3) == 0)
		pairs[1] = "end";
	if (pairs[1] == NULL || strchr(" \t\r\n", text[3]) == NULL) {
		*why = "not-con-or-end";
		return NULL;
	}
	pairs[3] = text + 3;
	return pairs;
}

/*
 * One try of an ask: past the breaker, over HTTP, and what came of it.
 *
 *	try -> call ... called -> answered
 *	 ^                 |
 *	 \---- pause ------/
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/text.h"
#include "gateway/service_ask.h"

#define PAUSE_MS 100 /* before the second try; doubles */

struct headers {
	const char *list[6];
	char trace[80], deadline[48], key[256], content[128];
};

static void ask_call(struct service_ask *ask);
static void write_headers(
    struct headers *to, struct service_ask *ask, int total_ms);
static void ask_called(void *arg, const struct http_answer *http);
static struct answer read_answer(
    struct service_ask *ask, const struct http_answer *http);
static void tell_breaker(
    struct service_ask *ask, enum http_result result, bool healthy);
static bool ask_again(struct service_ask *ask);
static bool is_get(const struct api *api);

bool
service_recall(struct service_ask *ask)
{
	const char *body;
	size_t len;

	if (!is_get(ask->api) || ask->api->cache_s == 0)
		return false;
	body = answer_cache_get(ask->service->cache, ask->house->name, ask->url,
	    clock_steady_ms(), &len);
	if (body == NULL)
		return false;
	ask->arena = arena_new();
	ask->answer = answer_read(ask->arena, ask->api, 200, body, len);
	return ask->answer.outcome == OUTCOME_OK;
}

void
service_try(struct service_ask *ask)
{
	switch (breaker_ask(&ask->house->breaker, clock_steady_ms())) {
	case BREAKER_STOP:
		service_decide(ask, "breaker");
		return;
	case BREAKER_TRY:
		ask->decides = true;
		break;
	case BREAKER_PASS:
		break;
	}
	ask_call(ask);
}

static void
ask_call(struct service_ask *ask)
{
	const struct api *api = ask->api;
	int64_t left = service_left_ms(ask);
	struct headers headers;
	struct http_request request = { .method = api->method,
		.url = ask->url,
		.body = ask->body,
		.headers = headers.list };

	if (api->timeout_ms > 0 && left > api->timeout_ms)
		left = api->timeout_ms;
	request.total_ms = (int)left;
	request.once = !is_get(api) && !api->safe && !api->idempotent;
	write_headers(&headers, ask, request.total_ms);
	ask->place = ASK_CALLING;
	ask->patience_ms = clock_steady_ms() + left - left / 10;
	ask->tries++;
	ask->call =
	    http_client_ask(ask->service->http, &request, ask_called, ask);
}

/* The trace is the ask's, the span is this try's (W3C Trace Context). */
static void
write_headers(struct headers *to, struct service_ask *ask, int total_ms)
{
	uint8_t random[16];
	char span[2 * 8 + 1];
	size_t count = 3;

	if (ask->trace[0] == '\0') {
		digest_random(random, 16);
		text_to_hex(random, 16, ask->trace);
	}
	digest_random(random, 8);
	text_to_hex(random, 8, span);
	snprintf(to->trace, sizeof(to->trace), "traceparent: 00-%s-%s-01",
	    ask->trace, span);
	snprintf(to->deadline, sizeof(to->deadline), "X-Mlango-Deadline-Ms: %d",
	    total_ms);
	to->list[0] = ask->api->speech == SPEECH_AFRICASTALKING
	    ? "Accept: text/plain"
	    : "Accept: application/json";
	to->list[1] = to->trace;
	to->list[2] = to->deadline;
	if (ask->idempotency_key != NULL) {
		snprintf(to->key, sizeof(to->key), "Idempotency-Key: %s",
		    ask->idempotency_key);
		to->list[count++] = to->key;
	}
	if (ask->body != NULL) {
		snprintf(to->content, sizeof(to->content), "Content-Type: %s",
		    ask->content == NULL ? "application/json" : ask->content);
		to->list[count++] = to->content;
	}
	to->list[count] = NULL;
}

static void
ask_called(void *arg, const struct http_answer *http)
{
	struct service_ask *ask = arg;

	ask->call = NULL;
	ask->answer = read_answer(ask, http);
	tell_breaker(ask, http->result, ask->answer.healthy);
	if (ask->answer.healthy || http->result == HTTP_REFUSED ||
	    !ask_again(ask))
		service_answer(ask);
}

/* Who gives up in the last tenth of the time gives up because nothing came;
 * an institution that never answers must not pass for one never asked. */
void
service_give_up(struct service_ask *ask)
{
	bool late =
	    ask->place == ASK_CALLING && clock_steady_ms() >= ask->patience_ms;

	ask->answer.why = "given-up";
	tell_breaker(ask, late ? HTTP_TIMED_OUT : HTTP_REFUSED, false);
}

static struct answer
read_answer(struct service_ask *ask, const struct http_answer *http)
{
	struct service *s = ask->service;
	int64_t keep_ms = (int64_t)ask->api->cache_s * 1000;
	struct answer answer = { .outcome = OUTCOME_FAIL,
		.why = http_result_name(http->result) };

	if (http->result != HTTP_ANSWERED)
		return answer;
	if (ask->arena == NULL)
		ask->arena = arena_new();
	answer = answer_read(
	    ask->arena, ask->api, http->status, http->body, http->len);
	if (answer.outcome == OUTCOME_OK && keep_ms > 0 && is_get(ask->api))
		answer_cache_put(s->cache, ask->house->name, ask->url,
		    http->body, http->len, clock_steady_ms() + keep_ms);
	return answer;
}

static void
tell_breaker(struct service_ask *ask, enum http_result result, bool healthy)
{
	struct house *h = ask->house;
	struct breaker *b = &h->breaker;

	if (result == HTTP_REFUSED)
		breaker_abandoned(b, ask->decides);
	else if (healthy && breaker_succeeded(b))
		log_line(LOG_LEVEL_NOTICE, h->name, "breaker closed");
	else if (!healthy && breaker_failed(b, clock_steady_ms(), ask->decides))
		log_line(LOG_LEVEL_WARNING, h->name, "breaker opened reason=%s",
		    ask->answer.why);
	ask->decides = false;
}

/* Only what changes nothing over there, and only while there is time. */
static bool
ask_again(struct service_ask *ask)
{
	int64_t pause = PAUSE_MS;
	int i;

	if (!is_get(ask->api) && !ask->api->safe)
		return false;
	if (ask->tries > ask->api->retry)
		return false;
	for (i = 1; i < ask->tries && pause < service_left_ms(ask); i++)
		pause *= 2;
	if (pause >= service_left_ms(ask))
		return false;
	ask->place = ASK_PAUSING;
	service_set_timer(ask, pause);
	return true;
}

static bool
is_get(const struct api *api)
{
	return strcmp(api->method, "GET") == 0;
}

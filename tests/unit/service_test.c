/*
 * Asking institutions, of which one in this very process plays every bad
 * one there is.
 */
#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gateway/service.h"

#define PATIENCE_S 20 /* a test that waits longer has failed */

struct heard {
	bool answered;
	int order;
	enum outcome outcome;
	char why[32];
	char values[2][64];
	size_t count;
};

struct world {
	struct event_base *base;
	struct evhttp *http;
	struct evconnlistener *rude;
	struct service *service;
	int port, rude_port;
	int hits; /* requests that came */
	int ok_hits; /* of them, to /ok */
	int failures; /* /flaky fails so often, then is well */
	int answers; /* heard so far */
	uint16_t peer; /* the last request's own port */
	char seen[6][128]; /* its headers, as HEADERS says */
	char body[128];
	struct evhttp_request *held[64]; /* /hold answers when told to */
	size_t held_count;
	struct ev_token_bucket_cfg *slow;
	bool tired;
};

static const char *const headers[] = { "Idempotency-Key",
	"X-Mlango-Deadline-Ms", "traceparent", "Accept", "User-Agent",
	"Content-Type" };

static const struct take takes[] = { { 0, "$.name" }, { 1, "$.due" } };

static struct api get = { .name = "bill",
	.method = "GET",
	.takes = takes,
	.take_count = 2,
	.timeout_ms = 10000 };
static struct api post = {
	.name = "leak", .method = "POST", .timeout_ms = 10000
};

static struct service_ask *ask_for(struct world *w, struct heard *h,
    const char *institution, const struct api *api, const char *path);
static struct service_ask *ask(
    struct world *w, struct heard *h, const struct service_request *request);
static void hear(void *arg, enum outcome outcome, const char *const *values,
    size_t count, const char *why);
static void until(struct world *w, const bool *truth);
static void until_held(struct world *w, size_t count);
static void release(struct world *w, size_t which);
static void serve(struct evhttp_request *request, void *arg);
static void note(struct world *w, struct evhttp_request *request);
static void serve_large(struct evhttp_request *request, bool announced);
static void serve_deep(struct evhttp_request *request);
static void rude_dribble(struct bufferevent *bev);
static void be_rude(struct evconnlistener *l, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg);
static void say(struct evhttp_request *request, int status, const char *text);

static struct world *the_world; /* hear() has only room for who heard */

static const struct {
	const char *path;
	enum outcome outcome;
	const char *why;
} answers[] = {
	{ "/ok", OUTCOME_OK, "ok" },
	{ "/status/404", OUTCOME_MISSING, "status-404" },
	{ "/status/410", OUTCOME_MISSING, "status-410" },
	{ "/status/500", OUTCOME_FAIL, "status-500" },
	{ "/status/401", OUTCOME_FAIL, "status-401" },
	{ "/empty", OUTCOME_FAIL, "not-json" },
	{ "/html", OUTCOME_FAIL, "not-json" },
	{ "/latin", OUTCOME_FAIL, "not-json" },
	{ "/twice", OUTCOME_FAIL, "not-json" },
	{ "/deep", OUTCOME_FAIL, "not-json" },
	{ "/lacks", OUTCOME_FAIL, "no-path" },
	{ "/redirect", OUTCOME_FAIL, "status-302" },
	{ "/large", OUTCOME_FAIL, "too-large" },
	{ "/large-unannounced", OUTCOME_FAIL, "too-large" },
	{ "rude:/close", OUTCOME_FAIL, "cut" },
	{ "rude:/half", OUTCOME_FAIL, "cut" },
	{ "rude:/noise", OUTCOME_FAIL, "cut" },
	{ "nobody:/", OUTCOME_FAIL, "unreachable" },
	{ "file:///etc/passwd", OUTCOME_FAIL, "bad-url" },
	{ "gopher://127.0.0.1/", OUTCOME_FAIL, "bad-url" },
};

static void
every_answer_has_its_outcome(void **state)
{
	struct world *w = *state;
	char institution[32];
	struct heard h;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		w->ok_hits = 0;
		/* Each its own, so that no breaker plays a part. */
		snprintf(institution, sizeof(institution), "i%zu", i);
		ask_for(w, &h, institution, &get, answers[i].path);
		until(w, &h.answered);
		assert_string_equal(h.why, answers[i].why);
		assert_int_equal(h.outcome, answers[i].outcome);
		assert_int_equal(w->ok_hits, i == 0);
		assert_int_equal(h.count, i == 0 ? 2 : 0);
		if (i == 0) {
			assert_string_equal(h.values[0], "Asha");
			assert_string_equal(h.values[1], "1200");
		}
	}
}

static void
the_deadline_is_for_the_whole_answer(void **state)
{
	static const char *const paths[] = { "/hold", "rude:/dribble" };
	struct world *w = *state;
	struct service_request request = { .institution = "maji",
		.api = &get,
		.max_calls = 9,
		.deadline_ms = 300 };
	struct heard h;
	size_t i;

	for (i = 0; i < 2; i++) {
		request.url = paths[i];
		ask(w, &h, &request);
		until(w, &h.answered);
		assert_int_equal(h.outcome, OUTCOME_FAIL);
		assert_string_equal(h.why, "timed-out");
	}
	get.timeout_ms = 200;
	request.deadline_ms = 60000;
	ask(w, &h, &request);
	until(w, &h.answered);
	get.timeout_ms = 10000;
	assert_string_equal(h.why, "timed-out");
}

static void
an_institution_is_told_who_asks_and_until_when(void **state)
{
	struct world *w = *state;
	const struct service_request request = { .institution = "maji",
		.api = &post,
		.max_calls = 9,
		.deadline_ms = 4000,
		.url = "/ok",
		.body = "{\"area\":\"7\"}",
		.idempotency_key = "07-4f1c" };
	char first[128];
	struct heard h;
	int ms;

	ask(w, &h, &request);
	until(w, &h.answered);
	assert_int_equal(h.outcome, OUTCOME_OK);
	assert_string_equal(w->seen[0], "07-4f1c");
	ms = atoi(w->seen[1]);
	assert_true(ms > 0 && ms <= 4000);
	assert_int_equal(strlen(w->seen[2]), 55);
	assert_memory_equal(w->seen[2], "00-", 3);
	assert_string_equal(w->seen[2] + 52, "-01");
	assert_string_equal(w->seen[3], "application/json");
	assert_string_equal(w->seen[4], "mlango");
	assert_string_equal(w->seen[5], "application/json");
	assert_string_equal(w->body, "{\"area\":\"7\"}");

	strcpy(first, w->seen[2]);
	ask(w, &h, &request);
	until(w, &h.answered);
	assert_string_not_equal(w->seen[2], first);

	ask_for(w, &h, "maji", &get, "/ok");
	until(w, &h.answered);
	assert_string_equal(w->seen[0], "");
	assert_string_equal(w->seen[5], "");
}

static void
connections_are_kept_but_for_what_must_not_be_sent_twice(void **state)
{
	struct world *w = *state;
	struct heard h;
	uint16_t first;

	ask_for(w, &h, "maji", &get, "/ok");
	until(w, &h.answered);
	first = w->peer;
	ask_for(w, &h, "maji", &get, "/ok");
	until(w, &h.answered);
	assert_int_equal(w->peer, first);
	ask_for(w, &h, "maji", &post, "/ok");
	until(w, &h.answered);
	assert_int_not_equal(w->peer, first);
}

static void
a_full_bulkhead_queues_in_order_or_refuses(void **state)
{
	struct world *w = *state;
	struct service_request request = { .institution = "maji",
		.api = &get,
		.max_calls = 2,
		.deadline_ms = 60000,
		.url = "/hold",
		.queues = true };
	struct heard h[6];
	int i;

	for (i = 0; i < 5; i++)
		ask(w, &h[i], &request);
	request.queues = false;
	ask(w, &h[5], &request);
	until(w, &h[5].answered);
	assert_string_equal(h[5].why, "full");

	until_held(w, 2);
	for (i = 0; i < 5; i++) {
		assert_false(h[i].answered);
		release(w, (size_t)i);
		until(w, &h[i].answered);
		assert_int_equal(h[i].order, i + 2);
		if (i < 3)
			until_held(w, (size_t)i + 3);
	}

	/* Others were never held up. */
	ask_for(w, &h[0], "necta", &get, "/ok");
	until(w, &h[0].answered);
	assert_int_equal(h[0].outcome, OUTCOME_OK);
}

static void
who_waits_for_a_room_waits_no_longer_than_his_deadline(void **state)
{
	struct world *w = *state;
	struct service_request request = { .institution = "maji",
		.api = &get,
		.max_calls = 1,
		.deadline_ms = 60000,
		.url = "/hold",
		.queues = true };
	struct heard first, second;

	ask(w, &first, &request);
	request.deadline_ms = 100;
	ask(w, &second, &request);
	until(w, &second.answered);
	assert_string_equal(second.why, "waited");
	until_held(w, 1);
	assert_int_equal(w->hits, 1);
	release(w, 0);
	until(w, &first.answered);
}

static void
five_failures_shut_an_institution_off_and_no_other(void **state)
{
	struct world *w = *state;
	struct heard h;
	int i;

	for (i = 0; i < 5; i++) {
		ask_for(w, &h, "maji", &get, "/status/500");
		until(w, &h.answered);
		assert_string_equal(h.why, "status-500");
	}
	ask_for(w, &h, "maji", &get, "/ok");
	until(w, &h.answered);
	assert_string_equal(h.why, "breaker");
	assert_int_equal(w->hits, 5);
	ask_for(w, &h, "necta", &get, "/ok");
	until(w, &h.answered);
	assert_int_equal(h.outcome, OUTCOME_OK);
}

static void
giving_up_in_time_shuts_nobody_off_but_at_the_end_it_does(void **state)
{
	struct world *w = *state;
	struct service_request request = { .institution = "maji",
		.api = &get,
		.max_calls = 9,
		.deadline_ms = 60000,
		.url = "/hold" };
	struct service_ask *asked;
	struct heard h, clock;
	int i;

	for (i = 0; i < 5; i++) {
		asked = ask(w, &h, &request);
		until_held(w, (size_t)i + 1);
		service_cancel(asked);
	}
	request.url = "/ok";
	ask(w, &h, &request);
	until(w, &h.answered);
	assert_int_equal(h.outcome, OUTCOME_OK);

	for (i = 0; i < 5; i++) {
		/* Another's deadline tells when this one's last tenth began. */
		request.url = "/hold";
		request.deadline_ms = 100;
		request.institution = "clock";
		ask(w, &clock, &request);
		request.deadline_ms = 105;
		request.institution = "maji";
		asked = ask(w, &h, &request);
		until(w, &clock.answered);
		if (!h.answered)
			service_cancel(asked);
	}
	ask(w, &h, &request);
	until(w, &h.answered);
	assert_string_equal(h.why, "breaker");
}

static void
refusals_are_answers_and_shut_nobody_off(void **state)
{
	struct world *w = *state;
	struct heard h;
	int i;

	for (i = 0; i < 10; i++) {
		ask_for(
		    w, &h, "maji", &get, i % 2 ? "/status/400" : "/status/404");
		until(w, &h.answered);
	}
	ask_for(w, &h, "maji", &get, "/ok");
	until(w, &h.answered);
	assert_int_equal(h.outcome, OUTCOME_OK);
}

static void
only_safe_calls_are_tried_again(void **state)
{
	struct world *w = *state;
	struct heard h;

	get.retry = post.retry = 2;
	w->failures = 2;
	ask_for(w, &h, "maji", &get, "/flaky");
	until(w, &h.answered);
	assert_int_equal(h.outcome, OUTCOME_OK);
	assert_int_equal(w->hits, 3);

	w->failures = 2;
	ask_for(w, &h, "maji", &post, "/flaky");
	until(w, &h.answered);
	assert_string_equal(h.why, "status-503");
	assert_int_equal(w->hits, 4);

	post.safe = true;
	w->failures = 2;
	ask_for(w, &h, "maji", &post, "/flaky");
	until(w, &h.answered);
	assert_int_equal(h.outcome, OUTCOME_OK);
	post.safe = false;
	get.retry = post.retry = 0;
}

static void
a_kept_answer_is_given_again_to_its_own_institution(void **state)
{
	struct world *w = *state;
	struct heard h;

	get.cache_s = 60;
	ask_for(w, &h, "maji", &get, "/ok");
	until(w, &h.answered);
	ask_for(w, &h, "maji", &get, "/ok");
	assert_false(h.answered);
	until(w, &h.answered);
	assert_int_equal(h.outcome, OUTCOME_OK);
	assert_string_equal(h.values[0], "Asha");
	assert_int_equal(w->hits, 1);
	ask_for(w, &h, "necta", &get, "/ok");
	until(w, &h.answered);
	assert_int_equal(w->hits, 2);

	ask_for(w, &h, "maji", &get, "/status/404");
	until(w, &h.answered);
	ask_for(w, &h, "maji", &get, "/status/404");
	until(w, &h.answered);
	assert_int_equal(w->hits, 4);
	get.cache_s = 0;
}

static void
a_cancelled_question_is_never_answered(void **state)
{
	struct world *w = *state;
	struct service_request request = { .institution = "maji",
		.api = &get,
		.max_calls = 2,
		.deadline_ms = 60000,
		.url = "/hold",
		.queues = true };
	struct heard h[3], refused, last;
	struct service_ask *asks[3], *decided;
	int i;

	for (i = 0; i < 3; i++)
		asks[i] = ask(w, &h[i], &request);
	request.queues = false;
	decided = ask(w, &refused, &request);
	service_cancel(decided); /* is about to hear */
	until_held(w, 2);
	service_cancel(asks[2]); /* waits for a room */
	service_cancel(asks[0]); /* is out */
	ask_for(w, &last, "maji", &get, "/ok"); /* has the room at once */
	until(w, &last.answered);
	assert_int_equal(last.outcome, OUTCOME_OK);
	release(w, 1);
	until(w, &h[1].answered);
	assert_false(h[0].answered || h[2].answered || refused.answered);
}

static void
cancelling_lets_the_next_one_in(void **state)
{
	struct world *w = *state;
	struct service_request request = { .institution = "maji",
		.api = &get,
		.max_calls = 1,
		.deadline_ms = 60000,
		.url = "/hold",
		.queues = true };
	struct heard first, second;
	struct service_ask *out;

	out = ask(w, &first, &request);
	request.url = "/ok";
	ask(w, &second, &request);
	until_held(w, 1);
	service_cancel(out);
	until(w, &second.answered);
	assert_int_equal(second.outcome, OUTCOME_OK);
	assert_false(first.answered);
}

static void
what_is_open_at_the_end_is_not_answered(void **state)
{
	struct world *w = *state;
	struct service_request request = { .institution = "maji",
		.api = &get,
		.max_calls = 1,
		.deadline_ms = 60000,
		.url = "/hold",
		.queues = true };
	struct heard h[3];

	ask(w, &h[0], &request);
	ask(w, &h[1], &request);
	request.queues = false;
	ask(w, &h[2], &request);
	until_held(w, 1);
	service_free(w->service);
	w->service = service_new(w->base);
	assert_int_equal(w->answers, h[2].answered);
	assert_false(h[0].answered || h[1].answered);
}

/* ---- asking */

static struct service_ask *
ask_for(struct world *w, struct heard *h, const char *institution,
    const struct api *api, const char *path)
{
	const struct service_request request = { .institution = institution,
		.api = api,
		.max_calls = 2,
		.deadline_ms = 60000,
		.url = path };

	return ask(w, h, &request);
}

/* PATH is a URL, or a path on our server, or one on the rude one. */
static struct service_ask *
ask(struct world *w, struct heard *h, const struct service_request *request)
{
	struct service_request copy = *request;
	const char *path = request->url;
	struct service_ask *asked;
	char url[128];
	int before = w->answers;

	if (path[0] == '/')
		snprintf(
		    url, sizeof(url), "http://127.0.0.1:%d%s", w->port, path);
	else if (strncmp(path, "rude:", 5) == 0)
		snprintf(url, sizeof(url), "http://127.0.0.1:%d%s",
		    w->rude_port, path + 5);
	else if (strncmp(path, "nobody:", 7) == 0)
		snprintf(url, sizeof(url), "http://127.0.0.1:1%s", path + 7);
	else
		snprintf(url, sizeof(url), "%s", path);
	copy.url = url;
	memset(h, 0, sizeof(*h));
	asked = service_ask(w->service, &copy, hear, h);
	memset(url, 'x', sizeof(url));
	assert_int_equal(w->answers, before);
	return asked;
}

static void
hear(void *arg, enum outcome outcome, const char *const *values, size_t count,
    const char *why)
{
	struct heard *h = arg;
	size_t i;

	assert_false(h->answered);
	h->answered = true;
	h->order = ++the_world->answers;
	h->outcome = outcome;
	h->count = count;
	snprintf(h->why, sizeof(h->why), "%s", why);
	for (i = 0; i < count && i < 2; i++)
		snprintf(h->values[i], sizeof(h->values[i]), "%s", values[i]);
}

static void
until(struct world *w, const bool *truth)
{
	while (!*truth && !w->tired)
		event_base_loop(w->base, EVLOOP_ONCE);
	assert_true(*truth);
}

static void
until_held(struct world *w, size_t count)
{
	while (w->held_count < count && !w->tired)
		event_base_loop(w->base, EVLOOP_ONCE);
	assert_int_equal(w->held_count, count);
}

/* ---- the institution */

static void
serve(struct evhttp_request *request, void *arg)
{
	struct world *w = arg;
	const char *path = evhttp_request_get_uri(request);
	static const char good[] = "{\"name\":\"Asha\",\"due\":1200}";

	note(w, request);
	if (strcmp(path, "/ok") == 0) {
		w->ok_hits++;
		say(request, 200, good);
	} else if (strcmp(path, "/flaky") == 0) {
		say(request, w->failures-- > 0 ? 503 : 200, good);
	} else if (strncmp(path, "/status/", 8) == 0) {
		say(request, atoi(path + 8), good);
	} else if (strcmp(path, "/empty") == 0) {
		say(request, 200, "");
	} else if (strcmp(path, "/html") == 0) {
		say(request, 200, "<html><body>Welcome</body></html>");
	} else if (strcmp(path, "/latin") == 0) {
		say(request, 200, "{\"name\":\"\xe9\",\"due\":1}");
	} else if (strcmp(path, "/twice") == 0) {
		say(request, 200, "{\"name\":\"a\",\"name\":\"b\",\"due\":1}");
	} else if (strcmp(path, "/lacks") == 0) {
		say(request, 200, "{\"name\":\"a\",\"due\":null}");
	} else if (strcmp(path, "/deep") == 0) {
		serve_deep(request);
	} else if (strcmp(path, "/redirect") == 0) {
		evhttp_add_header(evhttp_request_get_output_headers(request),
		    "Location", "/ok");
		say(request, 302, "");
	} else if (strcmp(path, "/large") == 0) {
		serve_large(request, true);
	} else if (strcmp(path, "/large-unannounced") == 0) {
		serve_large(request, false);
	} else if (strcmp(path, "/hold") == 0) {
		w->held[w->held_count++] = request;
	}
}

static void
note(struct world *w, struct evhttp_request *request)
{
	struct evkeyvalq *in = evhttp_request_get_input_headers(request);
	struct evbuffer *body = evhttp_request_get_input_buffer(request);
	ssize_t len;
	const char *value;
	char *address;
	size_t i;

	w->hits++;
	evhttp_connection_get_peer(
	    evhttp_request_get_connection(request), &address, &w->peer);
	for (i = 0; i < ARRAY_SIZE(headers); i++) {
		value = evhttp_find_header(in, headers[i]);
		snprintf(w->seen[i], sizeof(w->seen[i]), "%s",
		    value != NULL ? value : "");
	}
	len = evbuffer_copyout(body, w->body, sizeof(w->body) - 1);
	w->body[len > 0 ? len : 0] = '\0';
}

/* A request whose peer went away in the meantime cannot be answered, only
 * let go. */
static void
release(struct world *w, size_t which)
{
	say(w->held[which], 200, "{\"name\":\"Asha\",\"due\":1200}");
	w->held[which] = NULL;
}

static void
serve_large(struct evhttp_request *request, bool announced)
{
	struct evbuffer *part = evbuffer_new();
	size_t size = 1024 * 1024;
	char *zeros = calloc(1, size);

	evbuffer_add(part, zeros, size);
	if (announced) {
		evhttp_send_reply(request, 200, NULL, part);
	} else {
		evhttp_send_reply_start(request, 200, NULL);
		evhttp_send_reply_chunk(request, part);
		evhttp_send_reply_end(request);
	}
	free(zeros);
	evbuffer_free(part);
}

static void
serve_deep(struct evhttp_request *request)
{
	char text[20001] = "";

	memset(text, '[', sizeof(text) - 1);
	memcpy(text, "{\"name\":", 8);
	say(request, 200, text);
}

/* What is said is decided by what is asked, once the asking is over. */
static void
rude_read(struct bufferevent *bev, void *arg)
{
	struct evbuffer *in = bufferevent_get_input(bev);
	const char *text = "";

	(void)arg;
	if (evbuffer_search(in, "\r\n\r\n", 4, NULL).pos == -1)
		return;
	if (evbuffer_search(in, "/dribble", 8, NULL).pos != -1) {
		rude_dribble(bev);
		return;
	}
	if (evbuffer_search(in, "/half", 5, NULL).pos != -1)
		text = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"na";
	else if (evbuffer_search(in, "/noise", 6, NULL).pos != -1)
		text = "SSH-2.0-OpenSSH_9.2\r\n\r\n";
	assert_int_equal(
	    write(bufferevent_getfd(bev), text, strlen(text)), strlen(text));
	bufferevent_free(bev);
}

/* An octet every ten milliseconds, longer than anybody waits. */
static void
rude_dribble(struct bufferevent *bev)
{
	static const char head[] =
	    "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
	static const struct timeval tick = { 0, 10000 };
	struct world *w = the_world;
	char spaces[1000];

	memset(spaces, ' ', sizeof(spaces));
	assert_int_equal(
	    write(bufferevent_getfd(bev), head, strlen(head)), strlen(head));
	if (w->slow == NULL)
		w->slow = ev_token_bucket_cfg_new(1, 1, 1, 1, &tick);
	assert_int_equal(bufferevent_set_rate_limit(bev, w->slow), 0);
	bufferevent_write(bev, spaces, sizeof(spaces));
}

static void
rude_gone(struct bufferevent *bev, short what, void *arg)
{
	(void)what;
	(void)arg;
	bufferevent_free(bev);
}

static void
be_rude(struct evconnlistener *l, evutil_socket_t fd, struct sockaddr *from,
    int len, void *arg)
{
	struct world *w = arg;
	struct bufferevent *bev =
	    bufferevent_socket_new(w->base, fd, BEV_OPT_CLOSE_ON_FREE);

	(void)l;
	(void)from;
	(void)len;
	bufferevent_setcb(bev, rude_read, NULL, rude_gone, NULL);
	bufferevent_enable(bev, EV_READ);
}

static void
say(struct evhttp_request *request, int status, const char *text)
{
	struct evbuffer *body = evbuffer_new();

	evbuffer_add(body, text, strlen(text));
	evhttp_send_reply(request, status, NULL, body);
	evbuffer_free(body);
}

/* ---- the world */

static int
port_of(evutil_socket_t fd)
{
	struct sockaddr_in in;
	socklen_t len = sizeof(in);

	assert_int_equal(getsockname(fd, (struct sockaddr *)&in, &len), 0);
	return ntohs(in.sin_port);
}

static void
grow_tired(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	((struct world *)arg)->tired = true;
}

static int
set_up(void **state)
{
	static const struct timeval patience = { PATIENCE_S, 0 };
	struct sockaddr_in any = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct world *w = calloc(1, sizeof(*w));

	w->base = event_base_new();
	w->http = evhttp_new(w->base);
	w->port = port_of(evhttp_bound_socket_get_fd(
	    evhttp_bind_socket_with_handle(w->http, "127.0.0.1", 0)));
	evhttp_set_gencb(w->http, serve, w);
	w->rude = evconnlistener_new_bind(w->base, be_rude, w,
	    LEV_OPT_CLOSE_ON_FREE, 16, (struct sockaddr *)&any, sizeof(any));
	w->rude_port = port_of(evconnlistener_get_fd(w->rude));
	w->service = service_new(w->base);
	event_base_once(w->base, -1, EV_TIMEOUT, grow_tired, w, &patience);
	the_world = w;
	*state = w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;
	size_t i;

	service_free(w->service);
	for (i = 0; i < w->held_count; i++)
		if (w->held[i] != NULL)
			say(w->held[i], 200, "");
	event_base_loop(w->base, EVLOOP_NONBLOCK);
	evhttp_free(w->http);
	evconnlistener_free(w->rude);
	event_base_free(w->base);
	if (w->slow != NULL)
		ev_token_bucket_cfg_free(w->slow);
	free(w);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_answer_has_its_outcome),
		TEST(the_deadline_is_for_the_whole_answer),
		TEST(an_institution_is_told_who_asks_and_until_when),
		TEST(connections_are_kept_but_for_what_must_not_be_sent_twice),
		TEST(a_full_bulkhead_queues_in_order_or_refuses),
		TEST(who_waits_for_a_room_waits_no_longer_than_his_deadline),
		TEST(five_failures_shut_an_institution_off_and_no_other),
		TEST(giving_up_in_time_shuts_nobody_off_but_at_the_end_it_does),
		TEST(refusals_are_answers_and_shut_nobody_off),
		TEST(only_safe_calls_are_tried_again),
		TEST(a_kept_answer_is_given_again_to_its_own_institution),
		TEST(a_cancelled_question_is_never_answered),
		TEST(cancelling_lets_the_next_one_in),
		TEST(what_is_open_at_the_end_is_not_answered),
	};

	/* As the daemon does. */
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

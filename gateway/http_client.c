/*
 * libcurl's multi interface on libevent: libcurl says which sockets it waits
 * for and when it wants to be woken, we tell it what happened, and collect
 * what is done. Handles and connections are used again.
 */
#include <curl/curl.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/check.h"
#include "gateway/http_client.h"

#define KEPT_HANDLES     64
#define KEPT_CONNECTIONS 256

struct http_call {
	struct http_client *client;
	CURL *easy;
	struct curl_slist *headers;
	http_done *done;
	void *arg;
	char *body; /* what has come so far; a NUL follows it */
	size_t len, room;
	bool too_large;
	TAILQ_ENTRY(http_call) next;
};

TAILQ_HEAD(calls, http_call);

struct http_client {
	struct event_base *base;
	CURLM *multi;
	struct event *timer;
	struct calls open;
	CURL *kept[KEPT_HANDLES];
	size_t kept_count;
};

static void set_request(struct http_call *call, const struct http_request *r);
static void set_method(CURL *easy, const struct http_request *r);
static void set_limits(CURL *easy);
static struct curl_slist *header_list(const char *const *headers);
static int socket_wanted(
    CURL *easy, curl_socket_t fd, int what, void *arg, void *watch);
static int timer_wanted(CURLM *multi, long ms, void *arg);
static void socket_ready(evutil_socket_t fd, short what, void *arg);
static void timer_fired(evutil_socket_t fd, short what, void *arg);
static size_t body_came(char *data, size_t size, size_t count, void *arg);
static void collect(struct http_client *c);
static void finish(struct http_call *call, CURLcode code);
static enum http_result result_of(const struct http_call *call, CURLcode code);
static bool was_sent(const struct http_call *call);
static void call_free(struct http_call *call);
static CURL *take_handle(struct http_client *c);
static void keep_handle(struct http_client *c, CURL *easy);
static void *must(void *made);

/* libcurl's setters fail only for want of memory, or by a mistake of ours. */
#define SET(easy, option, value) \
	CHECK(curl_easy_setopt(easy, CURLOPT_##option, value) == CURLE_OK)

struct http_client *
http_client_new(struct event_base *base)
{
	struct http_client *c = must(calloc(1, sizeof(*c)));

	CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
	c->base = base;
	c->multi = must(curl_multi_init());
	c->timer = must(evtimer_new(base, timer_fired, c));
	TAILQ_INIT(&c->open);
	curl_multi_setopt(c->multi, CURLMOPT_SOCKETFUNCTION, socket_wanted);
	curl_multi_setopt(c->multi, CURLMOPT_SOCKETDATA, c);
	curl_multi_setopt(c->multi, CURLMOPT_TIMERFUNCTION, timer_wanted);
	curl_multi_setopt(c->multi, CURLMOPT_TIMERDATA, c);
	curl_multi_setopt(
	    c->multi, CURLMOPT_MAXCONNECTS, (long)KEPT_CONNECTIONS);
	return c;
}

void
http_client_free(struct http_client *c)
{
	if (c == NULL)
		return;
	while (!TAILQ_EMPTY(&c->open))
		http_client_cancel(TAILQ_FIRST(&c->open));
	while (c->kept_count > 0)
		curl_easy_cleanup(c->kept[--c->kept_count]);
	curl_multi_cleanup(c->multi);
	event_free(c->timer);
	free(c);
	curl_global_cleanup();
}

struct http_call *
http_client_ask(struct http_client *c, const struct http_request *request,
    http_done *done, void *arg)
{
	struct http_call *call = must(calloc(1, sizeof(*call)));

	call->client = c;
	call->done = done;
	call->arg = arg;
	call->easy = take_handle(c);
	call->headers = header_list(request->headers);
	set_request(call, request);
	TAILQ_INSERT_TAIL(&c->open, call, next);
	/* Starts nothing yet: it asks for the timer. */
	CHECK(curl_multi_add_handle(c->multi, call->easy) == CURLM_OK);
	return call;
}

void
http_client_cancel(struct http_call *call)
{
	call_free(call);
}

static void
set_request(struct http_call *call, const struct http_request *r)
{
	CURL *easy = call->easy;

	set_limits(easy);
	set_method(easy, r);
	SET(easy, URL, r->url);
	SET(easy, HTTPHEADER, call->headers);
	SET(easy, TIMEOUT_MS, r->total_ms > 0 ? (long)r->total_ms : 1L);
	SET(easy, FRESH_CONNECT, r->once ? 1L : 0L);
	SET(easy, WRITEFUNCTION, body_came);
	SET(easy, WRITEDATA, call);
	SET(easy, PRIVATE, call);
}

static void
set_method(CURL *easy, const struct http_request *r)
{
	if (r->body != NULL || strcmp(r->method, "POST") == 0)
		SET(easy, COPYPOSTFIELDS, r->body != NULL ? r->body : "");
	else
		SET(easy, HTTPGET, 1L);
	SET(easy, CUSTOMREQUEST, r->method);
}

static void
set_limits(CURL *easy)
{
	SET(easy, PROTOCOLS_STR, "http,https");
	SET(easy, FOLLOWLOCATION, 0L);
	SET(easy, PROXY, "");
	SET(easy, NOSIGNAL, 1L);
	SET(easy, TCP_NODELAY, 1L);
	SET(easy, USERAGENT, "mlango");
	SET(easy, MAXFILESIZE, (long)HTTP_ANSWER_MAX);
	/* Of HTTP/2 nothing is needed, and it brings retries of its own. */
	SET(easy, HTTP_VERSION, CURL_HTTP_VERSION_1_1);
}

static struct curl_slist *
header_list(const char *const *headers)
{
	struct curl_slist *list = NULL;

	for (; *headers != NULL; headers++)
		list = must(curl_slist_append(list, *headers));
	/* An Expect would cost a round trip. */
	return must(curl_slist_append(list, "Expect:"));
}

/* ---- what libcurl asks of the loop, and what the loop tells it */

static int
socket_wanted(CURL *easy, curl_socket_t fd, int what, void *arg, void *watch)
{
	struct http_client *c = arg;
	struct event *ev = watch;
	short wanted = EV_PERSIST;

	(void)easy;
	if (ev != NULL)
		event_free(ev);
	ev = NULL;
	if (what != CURL_POLL_REMOVE) {
		if (what & CURL_POLL_IN)
			wanted |= EV_READ;
		if (what & CURL_POLL_OUT)
			wanted |= EV_WRITE;
		ev = must(event_new(c->base, fd, wanted, socket_ready, c));
		CHECK(event_add(ev, NULL) == 0);
	}
	curl_multi_assign(c->multi, fd, ev);
	return 0;
}

static int
timer_wanted(CURLM *multi, long ms, void *arg)
{
	struct http_client *c = arg;
	struct timeval in = { ms / 1000, ms % 1000 * 1000 };

	(void)multi;
	if (ms == -1)
		evtimer_del(c->timer);
	else
		evtimer_add(c->timer, &in);
	return 0;
}

static void
socket_ready(evutil_socket_t fd, short what, void *arg)
{
	struct http_client *c = arg;
	int ready = 0, running;

	if (what & EV_READ)
		ready |= CURL_CSELECT_IN;
	if (what & EV_WRITE)
		ready |= CURL_CSELECT_OUT;
	curl_multi_socket_action(c->multi, fd, ready, &running);
	collect(c);
}

static void
timer_fired(evutil_socket_t fd, short what, void *arg)
{
	struct http_client *c = arg;
	int running;

	(void)fd;
	(void)what;
	curl_multi_socket_action(c->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	collect(c);
}

static size_t
body_came(char *data, size_t size, size_t count, void *arg)
{
	struct http_call *call = arg;
	size_t len = size * count;

	if (len > HTTP_ANSWER_MAX - call->len) {
		call->too_large = true;
		return 0; /* libcurl ends the call */
	}
	if (call->len + len + 1 > call->room) {
		call->room = 2 * (call->len + len + 1);
		call->body = must(realloc(call->body, call->room));
	}
	memcpy(call->body + call->len, data, len);
	call->len += len;
	call->body[call->len] = '\0';
	return len;
}

/* ---- what is done */

static void
collect(struct http_client *c)
{
	struct http_call *call;
	CURLMsg *message;
	CURLcode code;
	int left;

	while ((message = curl_multi_info_read(c->multi, &left)) != NULL) {
		if (message->msg != CURLMSG_DONE)
			continue;
		code = message->data.result;
		curl_easy_getinfo(
		    message->easy_handle, CURLINFO_PRIVATE, &call);
		finish(call, code);
	}
}

static void
finish(struct http_call *call, CURLcode code)
{
	http_done *done = call->done;
	void *arg = call->arg;
	struct http_answer answer = { .result = result_of(call, code),
		.body = call->body != NULL ? call->body : "",
		.len = call->len };
	char *body = call->body;
	long status = 0;

	curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
	answer.status = (int)status;
	/* The call is over before it is answered: whoever hears it may ask
	 * again at once, on the same handle and connection. */
	call->body = NULL;
	call_free(call);
	done(arg, &answer);
	free(body);
}

static enum http_result
result_of(const struct http_call *call, CURLcode code)
{
	if (call->too_large)
		return HTTP_TOO_LARGE;
	/* A flat default: of libcurl's hundred ways to fail few matter here. */
	switch ((int)code) {
	case CURLE_OK:
		return HTTP_ANSWERED;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_TIMED_OUT;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
		return HTTP_UNREACHABLE;
	case CURLE_FILESIZE_EXCEEDED:
		return HTTP_TOO_LARGE;
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
		/* It says the same of an answer that is no HTTP. */
		return was_sent(call) ? HTTP_CUT : HTTP_REFUSED;
	default:
		return HTTP_CUT;
	}
}

static bool
was_sent(const struct http_call *call)
{
	long octets = 0;

	curl_easy_getinfo(call->easy, CURLINFO_REQUEST_SIZE, &octets);
	return octets > 0;
}

const char *
http_result_name(enum http_result result)
{
	switch (result) {
	case HTTP_ANSWERED:
		return "answered";
	case HTTP_TIMED_OUT:
		return "timed-out";
	case HTTP_UNREACHABLE:
		return "unreachable";
	case HTTP_CUT:
		return "cut";
	case HTTP_TOO_LARGE:
		return "too-large";
	case HTTP_REFUSED:
		return "bad-url";
	}
	return "";
}

static void
call_free(struct http_call *call)
{
	struct http_client *c = call->client;

	TAILQ_REMOVE(&c->open, call, next);
	curl_multi_remove_handle(c->multi, call->easy);
	keep_handle(c, call->easy);
	curl_slist_free_all(call->headers);
	free(call->body);
	free(call);
}

static CURL *
take_handle(struct http_client *c)
{
	if (c->kept_count > 0)
		return c->kept[--c->kept_count];
	return must(curl_easy_init());
}

static void
keep_handle(struct http_client *c, CURL *easy)
{
	if (c->kept_count == KEPT_HANDLES) {
		curl_easy_cleanup(easy);
		return;
	}
	curl_easy_reset(easy);
	c->kept[c->kept_count++] = easy;
}

static void *
must(void *made)
{
	CHECK(made != NULL);
	return made;
}

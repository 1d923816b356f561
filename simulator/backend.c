/*
 * A stub of the institutions' systems.
 *
 *	asked -> counted -> made up -> kept back for a while -> answered
 *
 * What changes something is done once under its Idempotency-Key, as soon as it
 * is asked: a repeat gets the same answer, and so does one whose first answer
 * was kept back for ever.
 */
#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <uthash.h>

#include "base/check.h"
#include "simulator/backend.h"
#include "simulator/backend_facts.h"
#include "simulator/backend_manners.h"

#define HABITS 64

/* What is answered otherwise than the facts say: in a manner, or with JSON. */
struct habit {
	const struct manner *manner;
	const char *json;
	char path[64];
};

/* What was asked for under one path. */
struct tally {
	size_t requests, repeats;
	UT_hash_handle hh;
	char path[];
};

/* What was done under one key, and what was said of it. */
struct deed {
	int status;
	struct evbuffer *said;
	UT_hash_handle hh;
	char key[];
};

/* An answer kept back. */
struct held {
	struct backend *backend;
	struct evhttp_request *request;
	int status;
	struct evbuffer *says;
	struct event *due; /* NULL: it never comes */
	LIST_ENTRY(held) entry;
};

struct backend {
	struct event_base *base;
	struct evhttp *http;
	int port;
	int delay_ms;
	int status; /* of everything; 0: as the facts say */
	size_t late_answers;
	struct habit habits[HABITS];
	size_t habit_count;
	struct tally *tallies;
	struct deed *deeds;
	LIST_HEAD(, held) held;
};

static int port_of(evutil_socket_t fd);
static void asked(struct evhttp_request *request, void *arg);
static struct habit *habit_new(struct backend *b, const char *path);
static const struct habit *habit_of(const struct backend *b, const char *path);
static struct tally *tally_find(struct backend *b, const char *path);
static int make_up(struct backend *b, struct evhttp_request *request,
    const char *path, struct evbuffer *out);
static int do_once(struct backend *b, struct evhttp_request *request,
    const char *path, const char *key, struct evbuffer *out);
static int ask_facts(struct evhttp_request *request, const char *path,
    size_t deed, struct evbuffer *out);
static const char *method_name(enum evhttp_cmd_type method);
static void say(
    struct evhttp_request *request, int status, struct evbuffer *out);
static void keep_back(struct backend *b, struct evhttp_request *request,
    int status, struct evbuffer *out);
static void on_due(evutil_socket_t fd, short what, void *arg);
static void held_free(struct held *h);

struct backend *
backend_new(struct event_base *base, int port)
{
	struct backend *b = calloc(1, sizeof(*b));
	struct evhttp_bound_socket *socket;

	CHECK(b != NULL);
	b->base = base;
	b->http = evhttp_new(base);
	CHECK(b->http != NULL);
	LIST_INIT(&b->held);
	socket = evhttp_bind_socket_with_handle(
	    b->http, "127.0.0.1", (uint16_t)port);
	if (socket == NULL) {
		backend_free(b);
		return NULL;
	}
	b->port = port_of(evhttp_bound_socket_get_fd(socket));
	evhttp_set_gencb(b->http, asked, b);
	return b;
}

void
backend_free(struct backend *b)
{
	struct tally *t, *next_tally;
	struct deed *d, *next_deed;
	struct held *h;

	if (b == NULL)
		return;
	while ((h = LIST_FIRST(&b->held)) != NULL) {
		/* Of a connection that is gone the request is ours alone. */
		if (evhttp_request_get_connection(h->request) == NULL)
			evhttp_request_free(h->request);
		held_free(h);
	}
	evhttp_free(b->http);
	HASH_ITER (hh, b->tallies, t, next_tally) {
		HASH_DEL(b->tallies, t);
		free(t);
	}
	HASH_ITER (hh, b->deeds, d, next_deed) {
		HASH_DEL(b->deeds, d);
		evbuffer_free(d->said);
		free(d);
	}
	free(b);
}

static int
port_of(evutil_socket_t fd)
{
	struct sockaddr_in here;
	socklen_t len = sizeof(here);

	CHECK(getsockname(fd, (struct sockaddr *)&here, &len) == 0);
	return ntohs(here.sin_port);
}

int
backend_port(const struct backend *b)
{
	return b->port;
}

void
backend_delay(struct backend *b, int ms)
{
	b->delay_ms = ms;
}

void
backend_status(struct backend *b, int status)
{
	b->status = status;
}

int
backend_manner(struct backend *b, const char *path, const char *manner)
{
	const struct manner *m;

	if (manner == NULL) {
		b->habit_count = 0;
		return 0;
	}
	m = manner_find(manner);
	if (m == NULL)
		return -1;
	habit_new(b, path)->manner = m;
	return 0;
}

void
backend_says(struct backend *b, const char *path, const char *json)
{
	habit_new(b, path)->json = json;
}

static struct habit *
habit_new(struct backend *b, const char *path)
{
	struct habit *h = &b->habits[b->habit_count++];

	CHECK(b->habit_count <= HABITS);
	*h = (struct habit){ .manner = NULL };
	snprintf(h->path, sizeof(h->path), "%s", path);
	return h;
}

size_t
backend_requests(const struct backend *b, const char *path)
{
	const struct tally *t;
	size_t sum = 0;

	for (t = b->tallies; t != NULL; t = t->hh.next)
		if (strncmp(t->path, path, strlen(path)) == 0)
			sum += t->requests;
	return sum;
}

size_t
backend_repeats(const struct backend *b, const char *path)
{
	const struct tally *t;
	size_t sum = 0;

	for (t = b->tallies; t != NULL; t = t->hh.next)
		if (strncmp(t->path, path, strlen(path)) == 0)
			sum += t->repeats;
	return sum;
}

size_t
backend_late_answers(const struct backend *b)
{
	return b->late_answers;
}

/* ---- a request */

static void
asked(struct evhttp_request *request, void *arg)
{
	struct backend *b = arg;
	const char *path =
	    evhttp_uri_get_path(evhttp_request_get_evhttp_uri(request));
	const struct habit *habit;
	struct evbuffer *out;
	int status;

	if (path == NULL)
		path = "";
	tally_find(b, path)->requests++;
	habit = habit_of(b, path);
	if (habit != NULL && habit->manner != NULL) {
		manner_answer(habit->manner, request, b->base);
		return;
	}
	out = evbuffer_new();
	CHECK(out != NULL);
	if (habit != NULL) {
		status = HTTP_OK;
		evbuffer_add(out, habit->json, strlen(habit->json));
	} else
		status = make_up(b, request, path, out);
	if (b->delay_ms == 0)
		say(request, status, out);
	else
		keep_back(b, request, status, out);
}

/* The last that was said of it counts. */
static const struct habit *
habit_of(const struct backend *b, const char *path)
{
	size_t i;

	for (i = b->habit_count; i > 0; i--)
		if (strncmp(b->habits[i - 1].path, path,
			strlen(b->habits[i - 1].path)) == 0)
			return &b->habits[i - 1];
	return NULL;
}

static struct tally *
tally_find(struct backend *b, const char *path)
{
	struct tally *t;

	HASH_FIND_STR(b->tallies, path, t);
	if (t != NULL)
		return t;
	t = calloc(1, sizeof(*t) + strlen(path) + 1);
	CHECK(t != NULL);
	strcpy(t->path, path);
	HASH_ADD_STR(b->tallies, path, t);
	return t;
}

static int
make_up(struct backend *b, struct evhttp_request *request, const char *path,
    struct evbuffer *out)
{
	const char *key = evhttp_find_header(
	    evhttp_request_get_input_headers(request), "Idempotency-Key");

	if (b->status != 0)
		return b->status;
	if (key != NULL)
		return do_once(b, request, path, key, out);
	return ask_facts(request, path, 0, out);
}

static int
do_once(struct backend *b, struct evhttp_request *request, const char *path,
    const char *key, struct evbuffer *out)
{
	struct deed *d;

	HASH_FIND_STR(b->deeds, key, d);
	if (d != NULL)
		tally_find(b, path)->repeats++;
	else {
		d = calloc(1, sizeof(*d) + strlen(key) + 1);
		CHECK(d != NULL);
		strcpy(d->key, key);
		d->said = evbuffer_new();
		CHECK(d->said != NULL);
		HASH_ADD_STR(b->deeds, key, d);
		d->status =
		    ask_facts(request, path, HASH_COUNT(b->deeds), d->said);
	}
	evbuffer_add(
	    out, evbuffer_pullup(d->said, -1), evbuffer_get_length(d->said));
	return d->status;
}

static int
ask_facts(struct evhttp_request *request, const char *path, size_t deed,
    struct evbuffer *out)
{
	const char *query =
	    evhttp_uri_get_query(evhttp_request_get_evhttp_uri(request));
	struct evbuffer *in = evhttp_request_get_input_buffer(request);
	const char *body;

	evbuffer_add(in, "", 1);
	body = (const char *)evbuffer_pullup(in, -1);
	return backend_facts(method_name(evhttp_request_get_command(request)),
	    path,
	    &(struct question){ .query = query != NULL ? query : "",
		.body = body,
		.deed = deed },
	    out);
}

/* Of the methods that there are, those that the facts know. */
static const char *
method_name(enum evhttp_cmd_type method)
{
	static const struct {
		enum evhttp_cmd_type method;
		const char *name;
	} rows[] = {
		{ EVHTTP_REQ_GET, "GET" },
		{ EVHTTP_REQ_POST, "POST" },
		{ EVHTTP_REQ_PUT, "PUT" },
		{ EVHTTP_REQ_DELETE, "DELETE" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].method == method)
			return rows[i].name;
	return "";
}

/* ---- its answer */

static void
say(struct evhttp_request *request, int status, struct evbuffer *out)
{
	evhttp_add_header(evhttp_request_get_output_headers(request),
	    "Content-Type", "application/json");
	evhttp_send_reply(request, status, NULL, out);
	evbuffer_free(out);
}

static void
keep_back(struct backend *b, struct evhttp_request *request, int status,
    struct evbuffer *out)
{
	struct timeval wait = { b->delay_ms / 1000, b->delay_ms % 1000 * 1000 };
	struct held *h = calloc(1, sizeof(*h));

	CHECK(h != NULL);
	h->backend = b;
	h->request = request;
	h->status = status;
	h->says = out;
	LIST_INSERT_HEAD(&b->held, h, entry);
	if (b->delay_ms < 0)
		return;
	h->due = evtimer_new(b->base, on_due, h);
	CHECK(h->due != NULL);
	event_add(h->due, &wait);
}

static void
on_due(evutil_socket_t fd, short what, void *arg)
{
	struct held *h = arg;

	(void)fd;
	(void)what;
	h->backend->late_answers++;
	say(h->request, h->status, h->says);
	h->says = NULL;
	held_free(h);
}

static void
held_free(struct held *h)
{
	LIST_REMOVE(h, entry);
	if (h->due != NULL)
		event_free(h->due);
	if (h->says != NULL)
		evbuffer_free(h->says);
	free(h);
}

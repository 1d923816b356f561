/*
 * Bad manners of institutions' systems: one row each.
 */
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "simulator/backend_manners.h"

#define HUGE_OCTETS (1024 * 1024)
#define DROP_S      1
#define DROPS       "3600" /* it would take an hour */

struct manner {
	const char *name;
	int status;
	const char *type;
	const char *says; /* NULL: what the name says */
};

/* An answer that comes in drops, an octet at a time. */
struct drops {
	struct evhttp_request *request;
	struct event *next;
};

static void say_huge(struct evbuffer *out);
static void drip(struct evhttp_request *request, struct event_base *base);
static void on_drop(evutil_socket_t fd, short what, void *arg);
static void on_gone(struct evhttp_connection *connection, void *arg);

static const struct manner manners[] = {
	{ "empty", 200, "application/json", "" },
	{ "huge", 200, "application/json", NULL },
	{ "latin", 200, "application/json",
	    "{\"name\":\"Ren\xe9\",\"due\":1,\"control_number\":\"1\"}" },
	{ "page", 200, "text/html",
	    "<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>" },
	{ "elsewhere", 302, "application/json", "{}" },
	{ "drops", 200, "application/json", NULL },
};

const struct manner *
manner_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(manners); i++)
		if (strcmp(manners[i].name, name) == 0)
			return &manners[i];
	return NULL;
}

void
manner_answer(const struct manner *m, struct evhttp_request *request,
    struct event_base *base)
{
	struct evkeyvalq *headers = evhttp_request_get_output_headers(request);
	struct evbuffer *out;

	evhttp_add_header(headers, "Content-Type", m->type);
	if (strcmp(m->name, "drops") == 0) {
		drip(request, base);
		return;
	}
	if (m->status == 302)
		evhttp_add_header(headers, "Location", "/elsewhere");
	out = evbuffer_new();
	CHECK(out != NULL);
	if (m->says != NULL)
		evbuffer_add(out, m->says, strlen(m->says));
	else
		say_huge(out);
	evhttp_send_reply(request, m->status, NULL, out);
	evbuffer_free(out);
}

/* All that was asked for is in there, and a megabyte besides. */
static void
say_huge(struct evbuffer *out)
{
	char *filling = malloc(HUGE_OCTETS);

	CHECK(filling != NULL);
	memset(filling, 'x', HUGE_OCTETS);
	evbuffer_add_printf(
	    out, "{\"name\":\"A\",\"due\":1,\"control_number\":\"1\",\"x\":\"");
	evbuffer_add(out, filling, HUGE_OCTETS);
	evbuffer_add_printf(out, "\"}");
	free(filling);
}

/* ---- drops: somebody who looks at silences only waits for ever */

static void
drip(struct evhttp_request *request, struct event_base *base)
{
	static const struct timeval every = { DROP_S, 0 };
	struct drops *d = calloc(1, sizeof(*d));

	CHECK(d != NULL);
	d->request = request;
	d->next = event_new(base, -1, EV_PERSIST, on_drop, d);
	CHECK(d->next != NULL);
	event_add(d->next, &every);
	evhttp_connection_set_closecb(
	    evhttp_request_get_connection(request), on_gone, d);
	evhttp_add_header(evhttp_request_get_output_headers(request),
	    "Content-Length", DROPS);
	evhttp_send_reply_start(request, 200, NULL);
	on_drop(-1, 0, d);
}

static void
on_drop(evutil_socket_t fd, short what, void *arg)
{
	struct drops *d = arg;
	struct evbuffer *drop = evbuffer_new();

	(void)fd;
	(void)what;
	CHECK(drop != NULL);
	evbuffer_add(drop, " ", 1);
	evhttp_send_reply_chunk(d->request, drop);
	evbuffer_free(drop);
}

/* Whoever asked has lost patience, and the request is ours alone; or we are
 * closed, and the connection frees it. */
static void
on_gone(struct evhttp_connection *connection, void *arg)
{
	struct drops *d = arg;

	(void)connection;
	if (evhttp_request_get_connection(d->request) == NULL)
		evhttp_request_free(d->request);
	event_free(d->next);
	free(d);
}

/*
 * The control socket.
 *
 *	line -> files -> verb -> answer -> line
 *
 * A connection has one order at a time, and the next is looked at when the
 * answer before has gone out; so nothing piles up here, however slowly it is
 * read. What an order does is done even when its connection goes.
 */
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "config/settings.h"
#include "gateway/control.h"
#include "gateway/control_socket.h"
#include "gateway/gateway.h"
#include "gateway/report.h"
#include "gateway/verbs.h"

#define CONNECTIONS_MOST 32
#define SAYING_S         10 /* an order that began goes on, */
#define HEARING_S        10 /* and an answer is taken */
#define SILENT_S         3600 /* a connection without an order */

struct connection {
	struct control *all;
	struct bufferevent *stream;
	uid_t uid;
	char user[64];
	struct order *order; /* read or running, or NULL */
	bool running;
	bool ended; /* nothing more will be said, */
	bool shut; /* and it is closed when it has heard */
	LIST_ENTRY(connection) link;
};

struct control {
	struct gateway *gateway;
	struct evconnlistener *listener;
	struct sockaddr_un here;
	size_t count;
	LIST_HEAD(, connection) connections;
};

static void came(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg);
static void refuse_one(evutil_socket_t fd, const char *why);
static void who_is_it(struct connection *c, evutil_socket_t fd);
static void said(struct bufferevent *stream, void *arg);
static void next_order(struct connection *c);
static void read_line(struct connection *c, const char *line, size_t len);
static void refuse(struct connection *c, const char *why);
static void run(struct connection *c);
static void done(struct order *o);
static void answer(struct connection *c, const struct order *o);
static void heard(struct bufferevent *stream, void *arg);
static void happened(struct bufferevent *stream, short what, void *arg);
static void be_patient(struct connection *c);
static void gone(struct connection *c);

struct control *
control_new(struct gateway *g, const char **why)
{
	struct control *all = calloc(1, sizeof(*all));
	int fd;

	CHECK(all != NULL);
	all->gateway = g;
	fd = control_socket(g->settings, &all->here, why);
	if (fd == -1) {
		free(all);
		return NULL;
	}
	all->listener = evconnlistener_new(g->base, came, all,
	    LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, CONNECTIONS_MOST,
	    fd);
	CHECK(all->listener != NULL);
	return all;
}

void
control_free(struct control *all)
{
	struct connection *c;

	if (all == NULL)
		return;
	while ((c = LIST_FIRST(&all->connections)) != NULL)
		gone(c);
	evconnlistener_free(all->listener);
	unlink(all->here.sun_path);
	free(all);
}

/* ---- a connection */

static void
came(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from,
    int len, void *arg)
{
	struct control *all = arg;
	struct connection *c;

	(void)listener;
	(void)from;
	(void)len;
	if (all->count == CONNECTIONS_MOST) {
		refuse_one(fd, "too many are connected; try again");
		return;
	}
	c = calloc(1, sizeof(*c));
	CHECK(c != NULL);
	c->all = all;
	who_is_it(c, fd);
	c->stream = bufferevent_socket_new(
	    all->gateway->base, fd, BEV_OPT_CLOSE_ON_FREE);
	CHECK(c->stream != NULL);
	LIST_INSERT_HEAD(&all->connections, c, link);
	all->count++;
	bufferevent_setcb(c->stream, said, heard, happened, c);
	bufferevent_setwatermark(
	    c->stream, EV_READ, 0, ORDER_LINE_MOST + ORDER_OCTETS_MOST);
	bufferevent_enable(c->stream, EV_READ | EV_WRITE);
	be_patient(c);
}

/* A short answer fits into the socket's own buffer, or is not heard. */
static void
refuse_one(evutil_socket_t fd, const char *why)
{
	char text[128];
	int len = snprintf(text, sizeof(text), "%s %zu\n%s\n",
	    report_code_name(REPORT_TROUBLE), strlen(why) + 1, why);

	if (send(fd, text, (size_t)len, MSG_DONTWAIT | MSG_NOSIGNAL) != len)
		log_line(LOG_LEVEL_WARNING, "control", "%s", why);
	close(fd);
}

static void
who_is_it(struct connection *c, evutil_socket_t fd)
{
	struct ucred peer = { .uid = (uid_t)-1 };
	socklen_t len = sizeof(peer);
	const struct passwd *user;

	CHECK(getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0);
	c->uid = peer.uid;
	user = getpwuid(peer.uid);
	if (user != NULL)
		snprintf(c->user, sizeof(c->user), "%s", user->pw_name);
	else
		snprintf(c->user, sizeof(c->user), "%ju", (uintmax_t)peer.uid);
}

/* ---- what is said */

static void
said(struct bufferevent *stream, void *arg)
{
	(void)stream;
	next_order(arg);
}

/* As far as there is something to do, and the last answer is out. C may be
 * gone after this. */
static void
next_order(struct connection *c)
{
	struct evbuffer *in = bufferevent_get_input(c->stream);
	struct evbuffer *out = bufferevent_get_output(c->stream);
	char *line;
	size_t len;

	while (!c->running && !c->shut && evbuffer_get_length(out) == 0) {
		if (c->order != NULL) {
			if (evbuffer_get_length(in) < c->order->octets)
				break;
			run(c);
			continue;
		}
		line = evbuffer_readln(in, &len, EVBUFFER_EOL_CRLF);
		if (line == NULL) {
			if (evbuffer_get_length(in) > ORDER_LINE_MOST)
				refuse(c, "the line is too long");
			break;
		}
		read_line(c, line, len);
		free(line);
	}
	if ((c->ended || c->shut) && !c->running &&
	    evbuffer_get_length(out) == 0)
		gone(c);
	else
		be_patient(c);
}

static void
read_line(struct connection *c, const char *line, size_t len)
{
	const char *why = "the line is too long";

	if (len <= ORDER_LINE_MOST)
		c->order = order_read(line, len, &why);
	if (c->order == NULL) {
		refuse(c, why);
		return;
	}
	c->order->who =
	    (struct actor){ c->uid, arena_string(c->order->arena, c->user) };
	c->order->done = done;
	c->order->owner = c;
}

/* Where the next line would begin, nobody knows. */
static void
refuse(struct connection *c, const char *why)
{
	evbuffer_add_printf(bufferevent_get_output(c->stream), "%s %zu\n%s\n",
	    report_code_name(REPORT_USAGE), strlen(why) + 1, why);
	c->shut = true;
}

static void
run(struct connection *c)
{
	struct evbuffer *in = bufferevent_get_input(c->stream);
	struct order *o = c->order;

	if (o->octets > 0) {
		order_fill(o,
		    (const char *)evbuffer_pullup(in, (ev_ssize_t)o->octets));
		evbuffer_drain(in, o->octets);
	}
	c->running = true;
	if (verbs_run(c->all->gateway, o) == VERB_WAIT)
		return;
	c->running = false;
	c->order = NULL;
	answer(c, o);
	order_free(o);
}

/* ---- what is answered */

static void
done(struct order *o)
{
	struct connection *c = o->owner;

	if (c != NULL) {
		c->running = false;
		c->order = NULL;
		answer(c, o);
	}
	order_free(o);
	if (c != NULL)
		next_order(c);
}

static void
answer(struct connection *c, const struct order *o)
{
	struct evbuffer *out = bufferevent_get_output(c->stream);
	size_t len;
	const char *text = o->json ? document_report(o->report, &len)
				   : report_print(o->report, &len);

	evbuffer_add_printf(
	    out, "%s %zu\n", report_code_name(o->report->code), len);
	evbuffer_add(out, text, len);
}

static void
heard(struct bufferevent *stream, void *arg)
{
	(void)stream;
	next_order(arg);
}

static void
happened(struct bufferevent *stream, short what, void *arg)
{
	struct connection *c = arg;

	(void)stream;
	if ((what & (BEV_EVENT_ERROR | BEV_EVENT_TIMEOUT)) != 0) {
		gone(c);
		return;
	}
	if ((what & BEV_EVENT_EOF) != 0) {
		c->ended = true;
		next_order(c);
	}
}

/* An order that began to come must come; a verb may take its time. */
static void
be_patient(struct connection *c)
{
	static const struct timeval hearing = { HEARING_S, 0 };
	struct timeval saying = { SILENT_S, 0 };
	bool begun = c->order != NULL ||
	    evbuffer_get_length(bufferevent_get_input(c->stream)) > 0;

	if (begun && !c->running)
		saying.tv_sec = SAYING_S;
	bufferevent_set_timeouts(c->stream, &saying, &hearing);
}

static void
gone(struct connection *c)
{
	if (c->running)
		c->order->owner = NULL;
	else if (c->order != NULL)
		order_free(c->order);
	LIST_REMOVE(c, link);
	c->all->count--;
	bufferevent_free(c->stream);
	free(c);
}

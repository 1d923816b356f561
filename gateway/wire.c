/*
 * A wire reads as much as there is, up to one large read a turn of the loop,
 * so that no peer holds the loop for long; a PDU that is cut anywhere waits in
 * the buffer.
 *
 * Sending fills a buffer and wakes the writer, which runs after everything
 * else that this turn of the loop has to do. The buffer's front may be the
 * rest of a PDU that has left in part: CUT is how much of it is still here.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "gateway/octets.h"
#include "gateway/pdu.h"
#include "gateway/wire.h"

#define WHY_MOST 256
#define OUT_HIGH (256 * 1024)
#define OUT_LOW  (64 * 1024)
/* What the kernel may hold unsent: more would stand before what is sent
 * ahead. */
#define UNSENT_MOST (64 * 1024)

struct wire {
	struct octets *octets;
	const struct wire_events *events;
	void *owner;
	struct event *reader, *writer;
	struct evbuffer *in, *out;
	size_t cut;
	int64_t heard_ms;
	bool awake; /* the writer is to run in this turn of the loop */
	bool blocked; /* the kernel takes no more for now */
	bool full; /* until OUT_LOW */
	bool frozen;
	bool deaf; /* the framing is lost, or the peer has gone */
	bool calling; /* an event of ours runs: free only afterwards */
	bool freed;
};

static void wire_options(int fd, int dead_ms);
static void wire_readable(evutil_socket_t fd, short what, void *arg);
static void wire_cut_out(struct wire *w);
static void wire_garbled(struct wire *w);
static void wire_writable(evutil_socket_t fd, short what, void *arg);
static int wire_write(struct wire *w);
static size_t wire_cut_after(struct wire *w, size_t written);
static void wire_roomy(struct wire *w);
static void wire_listen(struct wire *w);
static void wire_wake(struct wire *w);
static void wire_gone(struct wire *w, const char *why);
static void wire_leave(struct wire *w);
static void wire_end(struct wire *w);

struct wire *
wire_new(struct event_base *base, int fd, int dead_ms,
    const struct wire_events *events, void *owner)
{
	return wire_over(base, octets_plain(fd), dead_ms, events, owner);
}

struct wire *
wire_over(struct event_base *base, struct octets *o, int dead_ms,
    const struct wire_events *events, void *owner)
{
	struct wire *w = calloc(1, sizeof(*w));

	CHECK(w != NULL);
	w->octets = o;
	w->events = events;
	w->owner = owner;
	w->heard_ms = clock_steady_ms();
	w->in = evbuffer_new();
	w->out = evbuffer_new();
	w->reader =
	    event_new(base, o->fd, EV_READ | EV_PERSIST, wire_readable, w);
	w->writer = event_new(base, o->fd, EV_WRITE, wire_writable, w);
	CHECK(w->in != NULL && w->out != NULL);
	CHECK(w->reader != NULL && w->writer != NULL);
	wire_options(o->fd, dead_ms);
	wire_listen(w);
	/* A handshake may have read more than was its own, or left some of it
	 * unsent: the socket will not tell of that. */
	event_active(w->reader, EV_READ, 0);
	wire_wake(w);
	return w;
}

void
wire_free(struct wire *w)
{
	if (w == NULL || w->freed)
		return;
	w->freed = true;
	event_del(w->reader);
	event_del(w->writer);
	(void)wire_write(w);
	w->octets->ops->close(w->octets);
	w->octets = NULL;
	if (!w->calling)
		wire_end(w);
}

static void
wire_options(int fd, int dead_ms)
{
	unsigned dead = (unsigned)dead_ms;
	int yes = 1, unsent = UNSENT_MOST;

	/* None of them is worth ending a connection for. */
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	(void)setsockopt(
	    fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof(unsent));
	(void)setsockopt(
	    fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &dead, sizeof(dead));
}

/* ---- in */

static void
wire_readable(evutil_socket_t fd, short what, void *arg)
{
	struct wire *w = arg;
	size_t had = evbuffer_get_length(w->in);
	const char *why = w->octets->ops->read(w->octets, w->in);

	(void)fd;
	(void)what;
	w->calling = true;
	if (evbuffer_get_length(w->in) > had) {
		w->heard_ms = clock_steady_ms();
		wire_cut_out(w);
	}
	if (!w->freed && w->octets->ops->unsent(w->octets))
		wire_wake(w);
	if (!w->freed && !w->deaf && why != NULL)
		wire_gone(w, why);
	wire_leave(w);
}

static void
wire_cut_out(struct wire *w)
{
	size_t len;

	while (!w->freed && !w->deaf) {
		switch (pdu_frame(w->in, &len)) {
		case PDU_PARTIAL:
			return;
		case PDU_BROKEN:
			wire_garbled(w);
			return;
		case PDU_WHOLE:
			w->events->heard(w->owner,
			    evbuffer_pullup(w->in, (ssize_t)len), len);
			evbuffer_drain(w->in, len);
			break;
		}
	}
}

static void
wire_garbled(struct wire *w)
{
	uint8_t head[PDU_HEADER];
	ssize_t len = evbuffer_copyout(w->in, head, sizeof(head));

	w->deaf = true;
	wire_listen(w);
	w->events->garbled(w->owner, head, (size_t)len);
}

/* ---- out */

int
wire_send(struct wire *w, const struct pdu *pdu)
{
	if (pdu_encode(pdu, w->out) == -1)
		return -1;
	wire_wake(w);
	return 0;
}

void
wire_send_octets(struct wire *w, const uint8_t *octets, size_t len)
{
	CHECK(evbuffer_add(w->out, octets, len) == 0);
	wire_wake(w);
}

int
wire_send_ahead(struct wire *w, const struct pdu *pdu)
{
	struct evbuffer *first = evbuffer_new();
	int result;

	CHECK(first != NULL);
	/* What has begun to leave must end first. */
	evbuffer_remove_buffer(w->out, first, w->cut);
	result = pdu_encode(pdu, first);
	CHECK(evbuffer_prepend_buffer(w->out, first) == 0);
	evbuffer_free(first);
	wire_wake(w);
	return result;
}

bool
wire_has_room(const struct wire *w)
{
	return !w->full;
}

static void
wire_wake(struct wire *w)
{
	if (evbuffer_get_length(w->out) > OUT_HIGH && !w->full) {
		w->full = true;
		wire_listen(w);
	}
	if (w->awake || w->blocked || w->freed)
		return;
	w->awake = true;
	event_active(w->writer, EV_WRITE, 0);
}

static void
wire_writable(evutil_socket_t fd, short what, void *arg)
{
	struct wire *w = arg;

	(void)fd;
	(void)what;
	w->awake = w->blocked = false;
	w->calling = true;
	if (wire_write(w) == -1)
		wire_gone(w, strerror(errno));
	else
		wire_roomy(w);
	wire_leave(w);
}

/* 0 also when the kernel took a part or nothing. */
static int
wire_write(struct wire *w)
{
	struct octets *o = w->octets;
	ssize_t sent;

	while (evbuffer_get_length(w->out) > 0 || o->ops->unsent(o)) {
		sent = o->ops->write(o, w->out);
		if (sent == -1 && errno != EAGAIN)
			return -1;
		if (sent == -1) {
			w->blocked = true;
			if (!w->freed)
				event_add(w->writer, NULL);
			return 0;
		}
		w->cut = wire_cut_after(w, (size_t)sent);
		evbuffer_drain(w->out, (size_t)sent);
	}
	return 0;
}

/* How much of a PDU remains when the first SENT octets of OUT are gone. */
static size_t
wire_cut_after(struct wire *w, size_t sent)
{
	size_t at = w->cut;
	struct evbuffer_ptr place;
	uint32_t len;

	if (sent == evbuffer_get_length(w->out))
		return 0;
	evbuffer_ptr_set(w->out, &place, at, EVBUFFER_PTR_SET);
	while (at < sent) {
		evbuffer_copyout_from(w->out, &place, &len, sizeof(len));
		evbuffer_ptr_set(w->out, &place, ntohl(len), EVBUFFER_PTR_ADD);
		at += ntohl(len);
	}
	return at - sent;
}

static void
wire_roomy(struct wire *w)
{
	if (!w->full || evbuffer_get_length(w->out) > OUT_LOW)
		return;
	w->full = false;
	wire_listen(w);
	w->events->room(w->owner);
}

/* ---- life */

void
wire_freeze(struct wire *w, bool frozen)
{
	w->frozen = frozen;
	wire_listen(w);
}

int64_t
wire_heard_ms(const struct wire *w)
{
	return w->heard_ms;
}

static void
wire_listen(struct wire *w)
{
	if (w->freed)
		return;
	if (w->full || w->frozen || w->deaf)
		event_del(w->reader);
	else
		event_add(w->reader, NULL);
}

static void
wire_gone(struct wire *w, const char *why)
{
	char reason[WHY_MOST];

	w->deaf = true;
	evbuffer_drain(w->out, evbuffer_get_length(w->out));
	wire_listen(w);
	/* The owner may end those whose words they are. */
	snprintf(reason, sizeof(reason), "%s", why);
	w->events->gone(w->owner, reason);
}

static void
wire_leave(struct wire *w)
{
	w->calling = false;
	if (w->freed)
		wire_end(w);
}

static void
wire_end(struct wire *w)
{
	event_free(w->reader);
	event_free(w->writer);
	evbuffer_free(w->in);
	evbuffer_free(w->out);
	free(w);
}

/*
 * A session of TLS between a wire and its socket, and the handshake that must
 * come first.
 *
 * One record is sealed at a time, and only when the one before has left:
 * nothing can be sent ahead of what is sealed.
 */
#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/check.h"
#include "gateway/octets.h"
#include "gateway/octets_tls.h"
#include "gateway/tls.h"

struct sealed {
	struct octets octets; /* first: it is what a wire sees */
	struct tls_session *session;
};

struct securing {
	struct sealed *sealed;
	struct event *readable, *writable;
	securing_done *done;
	void *arg;
};

static void securing_goes_on(evutil_socket_t fd, short what, void *arg);
static void securing_end(
    struct securing *s, struct octets *octets, const char *why);
static void securing_free(struct securing *s);
static const char *sealed_read(struct octets *o, struct evbuffer *in);
static ssize_t sealed_write(struct octets *o, struct evbuffer *out);
static bool sealed_unsent(const struct octets *o);
static int sealed_flush(struct sealed *s);
static void sealed_close(struct octets *o);

static const struct octets_ops ops = {
	.read = sealed_read,
	.write = sealed_write,
	.unsent = sealed_unsent,
	.close = sealed_close,
};

/* ---- the handshake */

struct securing *
securing_new(struct event_base *base, int fd, struct tls_session *session,
    securing_done *done, void *arg)
{
	struct securing *s = calloc(1, sizeof(*s));
	struct sealed *sealed = calloc(1, sizeof(*sealed));

	CHECK(s != NULL && sealed != NULL);
	sealed->octets = (struct octets){ &ops, fd };
	sealed->session = session;
	s->sealed = sealed;
	s->done = done;
	s->arg = arg;
	s->readable =
	    event_new(base, fd, EV_READ | EV_PERSIST, securing_goes_on, s);
	s->writable = event_new(base, fd, EV_WRITE, securing_goes_on, s);
	CHECK(s->readable != NULL && s->writable != NULL);
	event_add(s->readable, NULL);
	event_active(s->writable, EV_WRITE, 0);
	return s;
}

void
securing_cancel(struct securing *s)
{
	if (s == NULL)
		return;
	sealed_close(&s->sealed->octets);
	securing_free(s);
}

static void
securing_goes_on(evutil_socket_t fd, short what, void *arg)
{
	struct securing *s = arg;
	struct tls_session *session = s->sealed->session;
	const char *over = octets_receive(fd, tls_coming(session));
	enum tls_step step = tls_shake(session);

	(void)what;
	if (sealed_flush(s->sealed) == -1) {
		if (errno == EAGAIN)
			event_add(s->writable, NULL);
		else if (over == NULL)
			over = octets_closed;
	}
	if (step == TLS_DONE)
		securing_end(s, &s->sealed->octets, NULL);
	else if (step == TLS_BROKEN)
		securing_end(s, NULL, tls_why(session));
	else if (over != NULL)
		securing_end(
		    s, NULL, "no TLS: the peer hung up on our greeting");
}

static void
securing_end(struct securing *s, struct octets *octets, const char *why)
{
	struct sealed *sealed = s->sealed;
	securing_done *done = s->done;
	void *owner = s->arg;

	securing_free(s);
	done(owner, octets, why);
	if (octets == NULL)
		sealed_close(&sealed->octets);
}

static void
securing_free(struct securing *s)
{
	event_free(s->readable);
	event_free(s->writable);
	free(s);
}

/* ---- afterwards */

static const char *
sealed_read(struct octets *o, struct evbuffer *in)
{
	struct sealed *s = (struct sealed *)o;
	const char *over = octets_receive(o->fd, tls_coming(s->session));

	switch (tls_read(s->session, in)) {
	case TLS_DONE:
	case TLS_MORE:
		break;
	case TLS_CLOSED:
		return octets_closed;
	case TLS_BROKEN:
		return tls_why(s->session);
	}
	/* Anybody on the way may end a connection; only the peer can say that
	 * it meant to. */
	return over == octets_closed ? "cut off: TLS was not closed" : over;
}

static ssize_t
sealed_write(struct octets *o, struct evbuffer *out)
{
	struct sealed *s = (struct sealed *)o;
	ssize_t taken;

	if (sealed_flush(s) == -1)
		return -1;
	taken = tls_write(s->session, out);
	if (taken == -1) {
		errno = EPROTO;
		return -1;
	}
	/* It is taken all the same: the next call says what hinders it. */
	(void)sealed_flush(s);
	return taken;
}

static bool
sealed_unsent(const struct octets *o)
{
	const struct sealed *s = (const struct sealed *)o;

	return evbuffer_get_length(tls_leaving(s->session)) > 0;
}

/* -1 and errno when something is left. */
static int
sealed_flush(struct sealed *s)
{
	struct evbuffer *leaving = tls_leaving(s->session);
	ssize_t sent;

	while (evbuffer_get_length(leaving) > 0) {
		sent = octets_send(s->octets.fd, leaving);
		if (sent == -1)
			return -1;
		evbuffer_drain(leaving, (size_t)sent);
	}
	return 0;
}

static void
sealed_close(struct octets *o)
{
	struct sealed *s = (struct sealed *)o;

	tls_close(s->session);
	(void)sealed_flush(s);
	close(o->fd);
	tls_session_free(s->session);
	free(s);
}

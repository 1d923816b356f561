/*
 * Octets as they are. Reading does without bufferevents, whose reads end at
 * 4 KB and cost an ioctl each.
 */
#include <errno.h>
#include <event2/buffer.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/check.h"
#include "gateway/octets.h"

/* The rest of the power of two is the buffer chain's own header. */
#define READ_MOST  (32768 - 128)
#define READ_LEAST 4096
#define WRITE_RUNS 64

static const char *plain_read(struct octets *o, struct evbuffer *in);
static ssize_t plain_write(struct octets *o, struct evbuffer *out);
static bool plain_unsent(const struct octets *o);
static void plain_close(struct octets *o);

const char octets_closed[] = "closed by peer";

static const struct octets_ops plain = {
	.read = plain_read,
	.write = plain_write,
	.unsent = plain_unsent,
	.close = plain_close,
};

struct octets *
octets_plain(int fd)
{
	struct octets *o = calloc(1, sizeof(*o));

	CHECK(o != NULL);
	o->ops = &plain;
	o->fd = fd;
	return o;
}

static const char *
plain_read(struct octets *o, struct evbuffer *in)
{
	return octets_receive(o->fd, in);
}

const char *
octets_receive(int fd, struct evbuffer *in)
{
	bool fresh = evbuffer_get_length(in) == 0;
	struct evbuffer_iovec runs[2];
	ssize_t got;
	int count;

	/* Behind a PDU in pieces, what room there is: taking a large piece for
	 * each octet of a dribble would be paid by us. */
	count = evbuffer_reserve_space(
	    in, fresh ? READ_MOST : READ_LEAST, runs, fresh ? 1 : 2);
	CHECK(count > 0);
	got = readv(fd, (struct iovec *)runs, count);
	if (got == 0)
		return octets_closed;
	if (got == -1)
		return errno == EAGAIN || errno == EINTR ? NULL
							 : strerror(errno);
	if ((size_t)got <= runs[0].iov_len) {
		runs[0].iov_len = (size_t)got;
		count = 1;
	} else
		runs[1].iov_len = (size_t)got - runs[0].iov_len;
	CHECK(evbuffer_commit_space(in, runs, count) == 0);
	return NULL;
}

static ssize_t
plain_write(struct octets *o, struct evbuffer *out)
{
	return octets_send(o->fd, out);
}

ssize_t
octets_send(int fd, struct evbuffer *out)
{
	struct evbuffer_iovec runs[WRITE_RUNS];
	struct msghdr message = { .msg_iov = (struct iovec *)runs };
	int count = evbuffer_peek(out, -1, NULL, runs, WRITE_RUNS);
	ssize_t sent;

	message.msg_iovlen = (size_t)(count < WRITE_RUNS ? count : WRITE_RUNS);
	do
		sent = sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (sent == -1 && errno == EINTR);
	if (sent == -1 && errno == ENOBUFS)
		errno = EAGAIN;
	return sent;
}

static bool
plain_unsent(const struct octets *o)
{
	(void)o;
	return false;
}

static void
plain_close(struct octets *o)
{
	close(o->fd);
	free(o);
}

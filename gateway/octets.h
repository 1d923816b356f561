/*
 * How a wire's octets travel: through a socket as they are, or sealed by TLS.
 * A wire knows PDUs and none of this.
 */
#ifndef GATEWAY_OCTETS_H
#define GATEWAY_OCTETS_H

#include <stdbool.h>
#include <sys/types.h>

struct evbuffer;
struct octets;

struct octets_ops {
	/* Appends to IN what has come, one large read at most. NULL, or why
	 * nothing more will come; it lives as long as the octets. */
	const char *(*read)(struct octets *o, struct evbuffer *in);

	/* How many octets from the front of OUT were taken; the caller drains
	 * them. -1 and errno: EAGAIN when the socket takes no more for now. */
	ssize_t (*write)(struct octets *o, struct evbuffer *out);

	/* What was taken, or has to be said beside it, waits here for the
	 * socket: write on, even when OUT is empty. */
	bool (*unsent)(const struct octets *o);

	/* Says good-bye, where that is the custom, and closes. */
	void (*close)(struct octets *o);
};

struct octets {
	const struct octets_ops *ops;
	int fd; /* for whoever waits for it; TCP, and it does not block */
};

struct octets *octets_plain(int fd);

/* What octets_plain does, for those who do more. */
const char *octets_receive(int fd, struct evbuffer *in);
ssize_t octets_send(int fd, struct evbuffer *out);

/* Why, when the peer has closed its socket in order. */
extern const char octets_closed[];

#endif

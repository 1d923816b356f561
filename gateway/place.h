/*
 * Where a peer is: socket addresses from a number or a name, without waiting
 * in the loop.
 */
#ifndef GATEWAY_PLACE_H
#define GATEWAY_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/check.h"

struct event_base;
struct place_ask;

struct place {
	struct sockaddr_storage address;
	socklen_t len;
};

#define PLACES_MOST 8
struct places {
	struct place list[PLACES_MOST];
	size_t count;
};

/* -1 when HOST is no numeric address. */
MUST_USE int places_of_number(const char *host, int port, struct places *out);

/*
 * Asks /etc/hosts and DNS. FOUND is empty when there is no such name. The
 * answer comes exactly once and never before the question has returned; a
 * cancelled question is never answered.
 */
typedef void places_found(void *arg, const struct places *found);
struct place_ask *places_of_name(struct event_base *base, const char *host,
    int port, places_found *done, void *arg);
void places_cancel(struct place_ask *ask);

/* Outside the private ranges: others carry, and can read, what is sent. */
bool place_is_public(const struct place *p);

/* "10.1.2.3:2775" or "[fd00::1]:2775", in a static buffer. */
const char *place_name(const struct place *p);

#endif

/*
 * A stub of the institutions' systems, on loopback: what the sample menus ask,
 * it answers from a table. It can be told to be slow, or to be down.
 */
#ifndef SIMULATOR_BACKEND_H
#define SIMULATOR_BACKEND_H

#include <stddef.h>

#include "base/check.h"

struct backend;
struct event_base;

/* On 127.0.0.1 at PORT, 0 for any free one; NULL and errno when it cannot. */
struct backend *backend_new(struct event_base *base, int port);
void backend_free(struct backend *b);
int backend_port(const struct backend *b);

/* Every answer waits so long from now on; below 0: it never comes. */
void backend_delay(struct backend *b, int ms);

/* Every answer is this status from now on; 0: as the table says. */
void backend_status(struct backend *b, int status);

/* What is asked under PATH is answered in that manner (backend_manners.h) from
 * now on; MANNER NULL: everything is answered well again. -1: there is no such
 * manner. */
MUST_USE int backend_manner(
    struct backend *b, const char *path, const char *manner);

/* And with that JSON text, and status 200; it must outlive B. */
void backend_says(struct backend *b, const char *path, const char *json);

/* Requests so far whose path begins with PATH, and how many of them were
 * repeats under the same Idempotency-Key. */
size_t backend_requests(const struct backend *b, const char *path);
size_t backend_repeats(const struct backend *b, const char *path);

/* Answers so far that were kept back for a while, whether or not anybody
 * waited for them any more. */
size_t backend_late_answers(const struct backend *b);

#endif

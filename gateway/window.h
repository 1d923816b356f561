/*
 * The window: requests of ours that wait for their response, by sequence
 * number, oldest first.
 *
 * Numbers go from 1 to 0x7fffffff and round again (SMPP 3.4, 3.2). Pure: the
 * time is an argument, in steady milliseconds.
 */
#ifndef GATEWAY_WINDOW_H
#define GATEWAY_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/check.h"
#include "gateway/link.h"

#define WINDOW_SEQUENCE_MOST 0x7fffffffu

struct window;

struct window_request {
	link_done *done;
	void *arg;
	uint32_t sequence;
	int64_t sent_ms;
};

/* At most LIMIT requests at once; FIRST is the first number given out. */
struct window *window_new(int limit, uint32_t first);
void window_free(struct window *w);

bool window_has_room(const struct window *w);
int window_used(const struct window *w);

/* A number for a request that takes no room: bind, enquire_link, unbind. */
uint32_t window_number(struct window *w);

/* Only while there is room. Returns the request's number. */
uint32_t window_put(
    struct window *w, int64_t now_ms, link_done *done, void *arg);

/* The request of this number, which leaves the window; false: none waits. */
MUST_USE bool window_take(
    struct window *w, uint32_t sequence, struct window_request *out);

/* The oldest request, if it was sent at SENT_BY or before. */
MUST_USE bool window_take_oldest(
    struct window *w, int64_t sent_by_ms, struct window_request *out);

/* When the oldest one was sent. Only while one waits. */
int64_t window_oldest_ms(const struct window *w);

#endif

/*
 * Submits that wait for room: what is nearest to a citizen's eyes first, first
 * come first served within a class, each only as long as it is of use.
 *
 * The memory has an end: what comes when it is full pushes out the newest of
 * the least class below its own, or is itself not taken. Pure: the time is an
 * argument, in steady milliseconds.
 */
#ifndef GATEWAY_WAITING_H
#define GATEWAY_WAITING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "gateway/link.h"

struct waiting_submit {
	TAILQ_ENTRY(waiting_submit) entry;
	enum link_class class;
	uint64_t near; /* the bind it would best go out on */
	int64_t until_ms;
	link_done *done;
	void *arg;
	size_t len;
	uint8_t octets[]; /* the PDU, its sequence not yet set */
};
TAILQ_HEAD(waiting_line, waiting_submit);

struct waiting {
	struct waiting_line lines[LINK_CLASS_COUNT];
	int count;
	int count_of[LINK_CLASS_COUNT];
	size_t octets, most;
	int64_t earliest_ms; /* nothing is over before */
};

void waiting_init(struct waiting *w, size_t most_octets);

/* A submit with a copy of OCTETS, owned by the caller: free() ends it. */
struct waiting_submit *waiting_submit_new(const struct link_order *order,
    int64_t until_ms, const uint8_t *octets, size_t len, link_done *done,
    void *arg);

/* Takes S over; false when it is too full for it. */
MUST_USE bool waiting_push(struct waiting *w, struct waiting_submit *s);

/* What waiting_pop would hand back, or NULL. */
const struct waiting_submit *waiting_first(const struct waiting *w);

/* Each hands a submit back to the caller, or NULL. */
struct waiting_submit *waiting_pop(struct waiting *w);
struct waiting_submit *waiting_pop_over(struct waiting *w, int64_t now_ms);
struct waiting_submit *waiting_pop_for(
    struct waiting *w, const struct waiting_submit *newcomer);

#endif

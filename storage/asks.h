/*
 * The questions that are open on a connection, in two lines.
 *
 * Answers come in the order of the questions, so what was sent stands in one
 * line whose head is answered next, and tells how long Redis has been silent.
 * What cannot be asked, or lost its connection, stands in the other and is
 * answered from the loop.
 */
#ifndef STORAGE_ASKS_H
#define STORAGE_ASKS_H

#include "storage/redis.h"

struct redis_ask {
	struct redis_ask *next;
	struct redis *redis;
	redis_done *done;	  /* NULL: nobody wants to know any more */
	void *arg;
	bool inside;		  /* the connection's own: lost without a word */
	enum redis_result result; /* while it waits to hear that */
	int64_t asked_ms;
};

struct asks_line {
	struct redis_ask *head, *tail;
};

struct asks {
	struct redis *redis;
	struct asks_line sent, refused;
	struct redis_ask *spare;
	struct event *delivery; /* answers the refused ones */
	size_t in_flight;
	int answering;		/* answers that run right now */
};

void asks_init(struct asks *a, struct redis *r, struct event_base *base);
void asks_free(struct asks *a);

struct redis_ask *asks_new(struct asks *a, redis_done *done, void *arg);
void asks_put_sent(struct asks *a, struct redis_ask *ask);
void asks_take_sent(struct asks *a, struct redis_ask *ask); /* the head */
void asks_refuse(
    struct asks *a, struct redis_ask *ask, enum redis_result result);
void asks_answer(struct asks *a, struct redis_ask *ask,
    enum redis_result result, const struct reply *reply);

#endif

/*
 * An ask, shared by the two rooms of gateway/service.c: what becomes of it
 * as a whole there, one try of it in gateway/service_try.c.
 */
#ifndef GATEWAY_SERVICE_ASK_H
#define GATEWAY_SERVICE_ASK_H

#include <event2/event.h>
#include <stdbool.h>
#include <sys/queue.h>

#include "base/arena.h"
#include "gateway/answer.h"
#include "gateway/answer_cache.h"
#include "gateway/breaker.h"
#include "gateway/http_client.h"
#include "gateway/service.h"

#define uthash_fatal(message) CHECK(!message)
#include <uthash.h>

enum ask_place {
	ASK_DECIDED, /* to be answered from the loop */
	ASK_WAITING, /* in the house's queue */
	ASK_CALLING,
	ASK_PAUSING, /* between two tries */
};

struct service_ask {
	struct service *service;
	struct house *house;
	const struct api *api;
	char *url, *body, *content, *idempotency_key; /* but for the first
						       * any may be NULL */
	char trace[2 * 16 + 1];
	int max_calls;
	int64_t deadline_ms; /* by the steady clock */
	service_answered *done;
	void *arg;

	enum ask_place place;
	bool has_room;
	bool decides; /* the breaker's one try */
	int tries;
	int64_t patience_ms; /* from then on, giving up is a time-out */
	struct http_call *call;
	struct event *timer;
	struct arena *arena; /* of the answer, once there is one */
	struct answer answer;
	TAILQ_ENTRY(service_ask) next;
};

TAILQ_HEAD(asks, service_ask);

struct house {
	UT_hash_handle hh;
	struct breaker breaker;
	struct asks waiting;
	size_t waiting_count;
	int rooms_taken;
	char name[];
};

struct service {
	struct event_base *base;
	struct http_client *http;
	struct answer_cache *cache;
	struct house *houses;
	struct asks open; /* all but those that wait for a room */
};

/* ---- gateway/service_try.c */

/* True when a kept answer will do; it then stands in the ask. */
bool service_recall(struct service_ask *ask);

/* An ask that has a room is tried; it may be decided at once. */
void service_try(struct service_ask *ask);

/* It is being cancelled: what the breaker learns of that. */
void service_give_up(struct service_ask *ask);

/* ---- gateway/service.c */

/* It fails, and is told so from the loop. */
void service_decide(struct service_ask *ask, const char *why);

/* Its answer stands: it is told now, for this is the loop. ASK is gone. */
void service_answer(struct service_ask *ask);

void service_set_timer(struct service_ask *ask, int64_t ms);
int64_t service_left_ms(const struct service_ask *ask);

#endif

/*
 * Institutions' systems, asked over HTTP. libcurl stays behind this wall.
 *
 * An answer comes exactly once, and never before the question has returned; a
 * cancelled question is never answered.
 */
#ifndef GATEWAY_SERVICE_H
#define GATEWAY_SERVICE_H

#include <stddef.h>
#include <stdint.h>

#include "menus/graph.h"

struct event_base;
struct service;
struct service_ask;

struct service *service_new(struct event_base *base);
void service_free(struct service *s);

/* Everything is copied before service_ask returns, except API, which must
 * outlive the answer. */
struct service_request {
	const char *institution;  /* bulkhead and breaker are its own */
	const struct api *api;
	int max_calls;		  /* the institution's bulkhead */
	const char *url;
	const char *body; /* or NULL */
	const char *content; /* its type; NULL: application/json */
	const char *idempotency_key; /* or NULL */
	int64_t deadline_ms;	  /* from now; also told to the institution */
	bool queues;		  /* may wait behind a full bulkhead */
};

/* VALUES has one text per take of the api, for OUTCOME_OK only; it lives
 * during the call. WHY is a word for the log. */
typedef void service_answered(void *arg, enum outcome outcome,
    const char *const *values, size_t count, const char *why);

struct service_ask *service_ask(struct service *s,
    const struct service_request *request, service_answered *done, void *arg);
void service_cancel(struct service_ask *ask);

#endif

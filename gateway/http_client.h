/*
 * Requests over HTTP, on the event loop. libcurl stays behind this wall.
 *
 * An answer comes exactly once, and never before the question has returned; a
 * cancelled question is never answered. Only http and https, no redirect is
 * followed, no proxy of the environment is used, and nothing takes longer
 * than it was given or more memory than HTTP_ANSWER_MAX.
 */
#ifndef GATEWAY_HTTP_CLIENT_H
#define GATEWAY_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#define HTTP_ANSWER_MAX (64 * 1024)

struct event_base;
struct http_client;
struct http_call;

/* Copied before http_client_ask returns. */
struct http_request {
	const char *method;
	const char *url;
	const char *body;		/* NULL: none */
	const char *const *headers;	/* "Name: value", ended by NULL */
	int total_ms;			/* from now to the last octet */
	bool once; /* on a connection of its own: libcurl sends again by itself
		    * what a kept connection lost */
};

enum http_result {
	HTTP_ANSWERED,
	HTTP_TIMED_OUT,
	HTTP_UNREACHABLE, /* no such host, no connection, no TLS */
	HTTP_CUT,	  /* it broke off, or was no HTTP */
	HTTP_TOO_LARGE,
	HTTP_REFUSED,	  /* not asked: no URL of ours */
};
const char *http_result_name(enum http_result result); /* "timed-out" */

/* Lives as long as the callback runs. */
struct http_answer {
	enum http_result result;
	int status;		/* ANSWERED only */
	const char *body;	/* never NULL; a NUL follows it */
	size_t len;
};

typedef void http_done(void *arg, const struct http_answer *answer);

/* Must not be freed from within an answer; its open calls are not answered. */
struct http_client *http_client_new(struct event_base *base);
void http_client_free(struct http_client *c);

struct http_call *http_client_ask(struct http_client *c,
    const struct http_request *request, http_done *done, void *arg);
void http_client_cancel(struct http_call *call);

#endif

/*
 * Bad manners of institutions' systems: answers that no gateway should have to
 * expect, and every gateway gets.
 */
#ifndef SIMULATOR_BACKEND_MANNERS_H
#define SIMULATOR_BACKEND_MANNERS_H

struct evhttp_request;
struct event_base;

/* "empty", "huge", "latin", "page", "elsewhere", "drops"; NULL: none is called
 * so. */
struct manner;
const struct manner *manner_find(const char *name);

/* Answers in that manner; the request is taken. */
void manner_answer(const struct manner *m, struct evhttp_request *request,
    struct event_base *base);

#endif

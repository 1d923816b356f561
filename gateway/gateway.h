/*
 * The daemon: what its parts share, made in one place and owned by it.
 */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "gateway/link.h"

struct admission;
struct callings;
struct catalogue;
struct catalogues;
struct ceremony;
struct control;
struct errands;
struct event;
struct event_base;
struct intake;
struct outbox;
struct redis;
struct publishing;
struct reload;
struct screens;
struct service;
struct settings;
struct store;
struct sweeper;
struct turns;

struct gateway {
	struct event_base *base;
	const struct settings *settings;
	struct redis *redis;
	struct store *store;
	struct service *service;
	struct catalogues *catalogues;
	struct admission *admission;
	struct turns *turns;
	struct screens *screens;
	struct callings *callings; /* calls nobody waits for */
	struct errands *errands;   /* and those that nobody ever waited for */
	struct sweeper *sweeper;
	struct intake *intake;
	struct reload *reload;
	struct publishing *publishing; /* what is live */
	struct ceremony *ceremony;
	struct control *control; /* NULL: nobody can give orders */
	struct link **links;
	struct outbox **outboxes; /* one for each link */
	size_t link_count;
	struct event *pulse;	  /* how are we doing? */
	int64_t pulsed_ms;
	int64_t started_ms;
	bool binding;		  /* the links were started */
	bool stopping;
	int64_t stopping_since_ms;
	bool draining;
};

/* The catalogue is taken over. Nothing is started yet. */
struct gateway *gateway_new(struct event_base *base,
    const struct settings *settings, struct catalogue *catalogue);
void gateway_free(struct gateway *g);

/* Connects to Redis, and binds to the operators when it is there, or when its
 * connect_ms are over. */
void gateway_start(struct gateway *g);

/* Drains: no new sessions, waits for turns and links, then ends the loop. */
void gateway_stop(struct gateway *g);

#endif

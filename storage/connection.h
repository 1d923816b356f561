/*
 * The life of a connection to Redis, and what it shares with redis.c, which
 * asks over it.
 */
#ifndef STORAGE_CONNECTION_H
#define STORAGE_CONNECTION_H

#include "config/settings.h"
#include "storage/asks.h"
#include "storage/greeting.h"
#include "storage/redis.h"
#include "storage/request.h"

enum phase {
	PHASE_AWAY,	  /* the timer will try again */
	PHASE_CONNECTING, /* the timer gives up */
	PHASE_GREETING,	  /* the same */
	PHASE_UP,
	PHASE_LEAVING,	  /* what was asked is still answered */
};

struct redis {
	struct event_base *base;
	struct arena *arena;  /* the settings' texts, the watchers */
	struct redis_settings settings;
	struct greeting greeting;
	struct asks asks;
	struct request request;

	enum phase phase;
	struct redisAsyncContext *context; /* NULL only while away */
	struct event *timer;
	struct event *pulse;  /* beats while there is a context */
	bool heard;	      /* an answer, since the last beat */
	int retry_ms;
	bool told_up;	      /* what the watchers heard last */
	struct watcher *watchers;
	char trouble[256];
	char logged[256];     /* the trouble that the log has already */
};

/* Begins to try. */
void connection_start(struct redis *r);
void connection_stop(struct redis *r);

/* Redis refuses to work, but goes on answering: hears the answers out. */
void connection_leave(struct redis *r, const char *why);

/* The greeting is over. TROUBLE is NULL when all is well. */
void connection_greeted(struct redis *r, const char *trouble);

#endif

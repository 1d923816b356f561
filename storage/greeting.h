/*
 * The first words on a new connection: who we are, whether this Redis is fit
 * for us, the key that all nodes share, and our scripts.
 */
#ifndef STORAGE_GREETING_H
#define STORAGE_GREETING_H

#include "base/digest.h"
#include "config/settings.h"
#include "storage/redis.h"
#include "storage/scripts.h"

#define SCRIPT_HASH 40 /* hex digits by which Redis knows a script */

struct greeting {
	struct redis *redis;
	const struct redis_settings *settings;

	/* What it learns, valid from the end of the greeting on. */
	struct digest_key request_key;
	bool has_key;
	char hashes[SCRIPT_COUNT][SCRIPT_HASH];

	int scripts_known;
	bool reloading;
	bool warned;
};

void greeting_start(struct greeting *g);
/* Loads the scripts again: Redis has forgotten them. */
void greeting_reload(struct greeting *g);

/* In redis.c: asks in a phase when nobody else may. The question is dropped
 * without an answer when the connection is lost. */
void redis_ask_inside(struct redis *r, redis_done *done, void *arg,
    size_t count, const char *const *arguments, const size_t *lens);

#endif

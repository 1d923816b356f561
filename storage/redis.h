/*
 * A connection to Redis: always being kept up, never blocking, with a limit
 * on everything. hiredis stays behind this wall.
 *
 * An answer comes exactly once, and never before the question has returned; a
 * cancelled question is never answered. A question that cannot be asked now
 * (no connection, too many in flight) is answered REDIS_DOWN from the loop.
 */
#ifndef STORAGE_REDIS_H
#define STORAGE_REDIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"

struct event_base;
struct redis;
struct redis_ask;
struct redis_settings;

enum redis_result {
	REDIS_OK,
	REDIS_ERROR, /* Redis answered with an error: reply_text has it */
	REDIS_DOWN,  /* no connection: certainly not done */
	REDIS_LOST,  /* sent, and never answered: done or not, nobody knows */
};

/* A reply as Redis gave it; lives as long as the callback runs. */
struct reply;
enum reply_kind { REPLY_NIL, REPLY_NUMBER, REPLY_TEXT, REPLY_LIST };
enum reply_kind reply_kind(const struct reply *r);
int64_t reply_number(const struct reply *r);
const char *reply_text(const struct reply *r, size_t *len); /* "" if none */
size_t reply_count(const struct reply *r);
const struct reply *reply_at(const struct reply *r, size_t i); /* or NULL */

typedef void redis_done(
    void *arg, enum redis_result result, const struct reply *reply);

struct redis *redis_new(struct event_base *base, const struct redis_settings *s);
/* Open questions are not answered any more. Never called from an answer. */
void redis_free(struct redis *r);
struct event_base *redis_base(const struct redis *r);

/* Connected, authenticated, scripts loaded, and fit for our use. */
bool redis_is_up(const struct redis *r);
/* Why it is not; "" while it is. */
const char *redis_trouble(const struct redis *r);
/* Called whenever it comes up or goes down. */
void redis_watch(
    struct redis *r, void (*changed)(void *arg, bool up), void *arg);

size_t redis_in_flight(const struct redis *r);

/* ARGUMENTS are copied before this returns; LENS may be NULL for texts. */
struct redis_ask *redis_command(struct redis *r, redis_done *done, void *arg,
    size_t count, const char *const *arguments, const size_t *lens);

/* A script by its hash, known to the connection because storage/scripts.c
 * lists it. The first KEYS of the arguments are keys. */
struct script;
struct redis_ask *redis_script(struct redis *r, redis_done *done, void *arg,
    const struct script *script, size_t keys, size_t count,
    const char *const *arguments, const size_t *lens);

void redis_cancel(struct redis_ask *ask);

/* The key under which requests are hashed: made once, kept in Redis, equal on
 * every node. Valid while redis_is_up. */
const struct digest_key *redis_request_key(const struct redis *r);

#endif

/*
 * Answers that may be given again for a while. Bounded in entries and octets:
 * the one unused for longest makes room.
 */
#ifndef GATEWAY_ANSWER_CACHE_H
#define GATEWAY_ANSWER_CACHE_H

#include <stddef.h>
#include <stdint.h>

struct answer_cache;

struct answer_cache *answer_cache_new(size_t entries, size_t octets);
void answer_cache_free(struct answer_cache *c);

/* WHOSE keeps institutions apart that ask the same URL. The body lives until
 * the cache is next written to; NULL when there is none that is fresh. */
const char *answer_cache_get(struct answer_cache *c, const char *whose,
    const char *url, int64_t now_ms, size_t *len);

/* In place of what was there before. What is larger than the whole cache is
 * not kept. */
void answer_cache_put(struct answer_cache *c, const char *whose,
    const char *url, const char *body, size_t len, int64_t until_ms);

#endif

/*
 * A hash table whose order of insertion is the order of use: uthash keeps it,
 * so the first entry is always the one to go.
 */
#include <stdlib.h>
#include <string.h>

#define uthash_fatal(message) CHECK(!message)
#include "base/check.h"
#include "gateway/answer_cache.h"

#include <uthash.h>

struct entry {
	UT_hash_handle hh;
	int64_t until_ms;
	const char *body; /* behind the key */
	size_t len, octets;
	size_t key_len;
	char key[]; /* whose, NUL, URL */
};

struct answer_cache {
	struct entry *entries;
	size_t most_entries, most_octets, octets;
};

static struct entry *find(
    struct answer_cache *c, const char *whose, const char *url);
static struct entry *entry_new(
    const char *whose, const char *url, const char *body, size_t len);
static char *make_key(const char *whose, const char *url, size_t *len);
static void drop(struct answer_cache *c, struct entry *e);

struct answer_cache *
answer_cache_new(size_t entries, size_t octets)
{
	struct answer_cache *c = calloc(1, sizeof(*c));

	CHECK(c != NULL);
	c->most_entries = entries;
	c->most_octets = octets;
	return c;
}

void
answer_cache_free(struct answer_cache *c)
{
	if (c == NULL)
		return;
	while (c->entries != NULL)
		drop(c, c->entries);
	free(c);
}

const char *
answer_cache_get(struct answer_cache *c, const char *whose, const char *url,
    int64_t now_ms, size_t *len)
{
	struct entry *e = find(c, whose, url);

	if (e == NULL)
		return NULL;
	if (now_ms >= e->until_ms) {
		drop(c, e);
		return NULL;
	}
	HASH_DELETE(hh, c->entries, e);
	HASH_ADD(hh, c->entries, key, e->key_len, e);
	*len = e->len;
	return e->body;
}

void
answer_cache_put(struct answer_cache *c, const char *whose, const char *url,
    const char *body, size_t len, int64_t until_ms)
{
	struct entry *e = find(c, whose, url);

	if (e != NULL)
		drop(c, e);
	e = entry_new(whose, url, body, len);
	if (e->octets > c->most_octets) {
		free(e);
		return;
	}
	e->until_ms = until_ms;
	while (c->octets + e->octets > c->most_octets ||
	    HASH_COUNT(c->entries) >= c->most_entries)
		drop(c, c->entries);
	HASH_ADD(hh, c->entries, key, e->key_len, e);
	c->octets += e->octets;
}

static struct entry *
find(struct answer_cache *c, const char *whose, const char *url)
{
	struct entry *e;
	size_t len;
	char *key = make_key(whose, url, &len);

	HASH_FIND(hh, c->entries, key, len, e);
	free(key);
	return e;
}

static struct entry *
entry_new(const char *whose, const char *url, const char *body, size_t len)
{
	size_t key_len;
	char *key = make_key(whose, url, &key_len);
	size_t octets = sizeof(struct entry) + key_len + len;
	struct entry *e = malloc(octets);

	CHECK(e != NULL);
	memset(e, 0, sizeof(*e));
	memcpy(e->key, key, key_len);
	memcpy(e->key + key_len, body, len);
	e->key_len = key_len;
	e->body = e->key + key_len;
	e->len = len;
	e->octets = octets;
	free(key);
	return e;
}

static char *
make_key(const char *whose, const char *url, size_t *len)
{
	size_t a = strlen(whose) + 1, b = strlen(url);
	char *key = malloc(a + b);

	CHECK(key != NULL);
	memcpy(key, whose, a);
	memcpy(key + a, url, b);
	*len = a + b;
	return key;
}

static void
drop(struct answer_cache *c, struct entry *e)
{
	HASH_DELETE(hh, c->entries, e);
	c->octets -= e->octets;
	free(e);
}

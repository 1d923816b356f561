/*
 * The world publishes nothing: it has one set of menus, from its files, so
 * nobody asks what is live.
 */
#include "storage/publish.h"
#include "tests/unit/world.h"

struct store_ask *
store_standing(struct store *s, int64_t known, store_stands *done, void *arg)
{
	(void)s, (void)known, (void)done, (void)arg;
	fail_msg("asked what is live");
	return NULL;
}

struct store_ask *
store_publish(struct store *s, int64_t expected,
    const struct store_change *changes, size_t count,
    const struct store_deed *deed, store_committed *done, void *arg)
{
	(void)s, (void)expected, (void)changes, (void)count;
	(void)deed, (void)done, (void)arg;
	fail_msg("something is published");
	return NULL;
}

struct store_ask *
store_put_source(struct store *s, const char *name, const char *hash,
    const char *source, size_t len, store_committed *done, void *arg)
{
	(void)s, (void)name, (void)hash, (void)source, (void)len;
	(void)done, (void)arg;
	fail_msg("a source is put");
	return NULL;
}

struct store_ask *
store_get_source(struct store *s, const char *name, const char *hash,
    store_loaded *done, void *arg)
{
	(void)s, (void)name, (void)hash, (void)done, (void)arg;
	fail_msg("a source is asked for");
	return NULL;
}

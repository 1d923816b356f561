/*
 * The sources of published menus, by the hash of what they say: a node that
 * meets a session of a version it never loaded finds it here.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/check.h"
#include "storage/store.h"

struct store_ask *
store_put_graph(struct store *s, const char *hash, const char *source,
    size_t len, store_committed *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key graph;
	const char *set[] = { "SET", graph.text, source };
	size_t lens[] = { 3, 0, len };

	ask->done.committed = done;
	keys_graph(&s->keys, hash, &graph);
	lens[1] = graph.len;
	ask->redis = redis_command(
	    s->redis, store_order_answered, ask, ARRAY_SIZE(set), set, lens);
	return ask;
}

struct store_ask *
store_get_graph(
    struct store *s, const char *hash, store_loaded *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key graph;
	const char *get[] = { "GET", graph.text };

	ask->done.loaded = done;
	keys_graph(&s->keys, hash, &graph);
	ask->redis = redis_command(
	    s->redis, store_text_answered, ask, ARRAY_SIZE(get), get, NULL);
	return ask;
}

struct store_ask *
store_graph_life(struct store *s, const char *hash, enum store_life life,
    int64_t ms, store_committed *done, void *arg)
{
	static const char *const words[] = { [STORE_KEPT] = "kept",
		[STORE_ENDING] = "ending",
		[STORE_PROLONGED] = "prolonged" };
	struct store_ask *ask = store_ask_new(s, arg);
	struct key graph;
	char span[24];
	const char *arguments[] = { graph.text, words[life], span };

	ask->done.committed = done;
	keys_graph(&s->keys, hash, &graph);
	snprintf(span, sizeof(span), "%" PRId64, ms);
	ask->redis = redis_script(s->redis, store_order_answered, ask,
	    &scripts[SCRIPT_LIFE], 1, ARRAY_SIZE(arguments), arguments, NULL);
	return ask;
}

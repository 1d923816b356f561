/*
 * News.
 */
#include <string.h>

#include "base/log.h"
#include "gateway/news.h"

#define FACTS_MOST 1000 /* octets */

static bool has_file(const struct news *n, const char *name);

struct news *
news_new(
    const struct catalogue *c, const struct catalogue *like, const char *act)
{
	struct arena *a = arena_new();
	struct news *n = arena_alloc(a, sizeof(*n));
	struct proving_item *items =
	    arena_array(a, c->graph_count + 1, sizeof(*items));
	const struct graph *g;
	struct source unused;
	char hex[DIGEST_HEX];
	size_t i;

	*n = (struct news){ .arena = a, .catalogue = c, .act = act };
	for (i = 0; i <= c->graph_count; i++) {
		const char *name;

		g = i == 0 ? c->root : c->graphs[i - 1];
		name = i == 0 ? PUBLISH_MENUS : g->name;
		digest_hex(&g->hash, hex);
		if (like == NULL || !proving_find(like, name, hex, &unused))
			items[n->count++] =
			    (struct proving_item){ name, arena_string(a, hex),
				    g->source, g->source_len };
	}
	n->items = items;
	return n;
}

void
news_free(struct news *n)
{
	arena_free(n->arena);
}

void
news_files(struct news *n, const struct source *files, size_t count)
{
	const char *name;
	size_t i;

	n->files = arena_array(n->arena, count + 1, sizeof(*n->files));
	n->file_count = count;
	for (i = 0; i < count; i++) {
		name = strrchr(files[i].name, '/');
		name = name == NULL ? files[i].name : name + 1;
		n->files[i] = arena_copy(n->arena, name, strcspn(name, "."));
	}
}

void
news_plan(struct news *n, const struct standing *s)
{
	const struct version *live;
	size_t i;

	n->put = n->change_count = 0;
	n->changes = arena_array(
	    n->arena, n->count + s->live_count, sizeof(*n->changes));
	for (i = 0; i < n->count; i++) {
		live = standing_live(s, n->items[i].name);
		if (live == NULL || strcmp(live->hash, n->items[i].hash) != 0)
			n->changes[n->change_count++] =
			    (struct store_change){ STORE_GOES_LIVE,
				    n->items[i].name, n->items[i].hash };
	}
	for (i = 0; n->files != NULL && i < s->live_count; i++)
		if (!has_file(n, s->live[i].name))
			n->changes[n->change_count++] =
			    (struct store_change){ STORE_IS_GONE,
				    arena_string(n->arena, s->live[i].name),
				    "" };
}

static bool
has_file(const struct news *n, const char *name)
{
	size_t i;

	for (i = 0; i < n->file_count; i++)
		if (strcmp(n->files[i], name) == 0)
			return true;
	return strcmp(name, PUBLISH_MENUS) == 0;
}

/* Which, as far as a line holds them. */
const char *
news_facts(const struct news *n)
{
	const char *facts =
	    arena_printf(n->arena, "changes=%zu:", n->change_count);
	size_t i;

	for (i = 0; i < n->change_count && strlen(facts) < FACTS_MOST; i++)
		facts = arena_printf(n->arena, "%s %s%s", facts,
		    n->changes[i].kind == STORE_IS_GONE ? "-" : "",
		    n->changes[i].name);
	return facts;
}

void
news_tell(const struct news *n)
{
	size_t i;

	for (i = 0; i < n->change_count; i++)
		log_line(LOG_LEVEL_NOTICE, n->changes[i].name,
		    n->changes[i].kind == STORE_IS_GONE
			? "withdrawn: it has no file any more act=%s hash=%s"
			: "published act=%s hash=%s",
		    n->act, n->changes[i].value);
}

/*
 * Proving.
 *
 *	what is here -> what Redis has, one by one -> making
 */
#include <string.h>

#include "config/settings.h"
#include "gateway/catalogues.h"
#include "gateway/gateway.h"
#include "gateway/proving.h"

struct proving {
	struct gateway *gateway;
	struct arena *arena;
	const struct catalogue *like; /* held */
	struct proving_item *items;
	size_t count, next;
	bool stand_in;
	struct store_ask *ask;
	struct making *making;
	proving_done *done;
	void *arg;
};

static void find_next(struct proving *p);
static void found(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
static void make(struct proving *p);
static void made(void *arg, const struct made *made);
static void finish(struct proving *p, enum proved result,
    const struct made *made, const char *lacked);
static void proving_free(struct proving *p);

struct proving *
proving_start(struct gateway *g, const struct proving_item *items, size_t count,
    bool stand_in, proving_done *done, void *arg)
{
	struct arena *a = arena_new();
	struct proving *p = arena_alloc(a, sizeof(*p));
	size_t i;

	*p = (struct proving){ .gateway = g,
		.arena = a,
		.like = catalogues_current(g->catalogues),
		.items = arena_array(a, count, sizeof(*items)),
		.count = count,
		.stand_in = stand_in,
		.done = done,
		.arg = arg };
	catalogues_hold(g->catalogues, p->like);
	for (i = 0; i < count; i++) {
		struct source here;

		p->items[i] = items[i];
		p->items[i].name = arena_string(a, items[i].name);
		p->items[i].hash = arena_string(a, items[i].hash);
		if (items[i].text == NULL &&
		    proving_find(
			p->like, items[i].name, items[i].hash, &here)) {
			p->items[i].text = here.text;
			p->items[i].len = here.len;
		}
	}
	find_next(p);
	return p;
}

void
proving_cancel(struct proving *p)
{
	proving_free(p);
}

bool
proving_find(const struct catalogue *c, const char *name, const char *hash,
    struct source *out)
{
	const struct graph *g = c->root;
	char hex[DIGEST_HEX];
	uint16_t number;

	if (strcmp(name, PUBLISH_MENUS) != 0) {
		number = catalogue_graph(c, name);
		if (number == NOWHERE)
			return false;
		g = c->graphs[number];
	}
	digest_hex(&g->hash, hex);
	*out = (struct source){ g->file, g->source, g->source_len };
	return strcmp(hex, hash) == 0;
}

static void
find_next(struct proving *p)
{
	const struct proving_item *item;

	while (p->next < p->count && p->items[p->next].text != NULL)
		p->next++;
	if (p->next == p->count) {
		make(p);
		return;
	}
	item = &p->items[p->next];
	p->ask = store_get_source(
	    p->gateway->store, item->name, item->hash, found, p);
}

static void
found(void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct proving *p = arg;
	struct proving_item *item = &p->items[p->next];

	p->ask = NULL;
	if (result != STORE_OK) {
		finish(p, result == STORE_MISSING ? PROVED_LACKS : PROVED_DOWN,
		    NULL, item->name);
		return;
	}
	item->text = arena_copy(p->arena, octets, len);
	item->len = len;
	find_next(p);
}

static void
make(struct proving *p)
{
	const struct settings *settings = p->gateway->settings;
	struct source *sources =
	    arena_array(p->arena, p->count, sizeof(*sources));
	struct making_plan plan = { .institutions = sources,
		.like = p->like,
		.stand_in = p->stand_in };
	size_t i;

	settings_screen(settings, &plan.septets, &plan.ucs2);
	for (i = 0; i < p->count; i++) {
		const struct proving_item *item = &p->items[i];
		struct source source = { arena_printf(
					     p->arena, "%s.cfg", item->name),
			item->text, item->len };

		if (strcmp(item->name, PUBLISH_MENUS) == 0)
			plan.menus = source;
		else
			sources[plan.count++] = source;
	}
	if (plan.menus.text == NULL)
		finish(p, PROVED_LACKS, NULL, PUBLISH_MENUS);
	else
		p->making = making_start(p->gateway->base, &plan, made, p);
}

static void
made(void *arg, const struct made *made)
{
	struct proving *p = arg;

	p->making = NULL;
	finish(p, PROVED, made, NULL);
}

static void
finish(struct proving *p, enum proved result, const struct made *made,
    const char *lacked)
{
	proving_done *done = p->done;
	void *arg = p->arg;

	done(arg, result, made, lacked);
	proving_free(p);
}

static void
proving_free(struct proving *p)
{
	if (p->ask != NULL)
		store_cancel(p->ask);
	if (p->making != NULL)
		making_cancel(p->making);
	catalogues_release(p->gateway->catalogues, p->like);
	arena_free(p->arena);
}

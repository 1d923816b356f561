/*
 * Publishing.
 *
 *	look -> files -> look
 *	    \-> follow -> trial -> settled
 *
 * One thing is done at a time, and each ends by asking what is next. What is
 * published is looked at every second, by its version; so a node that was away
 * for long, or starts cold, does no more than one that saw everything.
 */
#include <event2/event.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/catalogues.h"
#include "gateway/gateway.h"
#include "gateway/news.h"
#include "gateway/publishing.h"

#define LOOK_S 1

struct publishing {
	struct gateway *gateway;
	struct event *timer;
	struct arena *arena; /* of what stands */
	const struct standing *standing; /* NULL: never seen */
	bool stale; /* look before anything else */
	bool followed; /* what stands is what sessions begin on */
	bool settled;
	struct news *news;
	struct store_ask *ask;
	struct proving *proving;
	const struct catalogue *trial; /* held; NULL: nothing is on trial */
};

static void on_time(evutil_socket_t fd, short what, void *arg);
static void go_on(struct publishing *p);
static void look(struct publishing *p);
static void looked(
    void *arg, enum store_result result, const struct standing *s);
static void seed(struct publishing *p);
static void take_news(struct publishing *p, const struct catalogue *c,
    const struct catalogue *like, const char *act);
static void drop_news(struct publishing *p);
static void publish(struct publishing *p);
static void put_next(struct publishing *p);
static void was_put(void *arg, enum store_result result);
static void was_published(void *arg, enum store_result result);
static void follow(struct publishing *p);
static void followed(
    void *arg, enum proved result, const struct made *made, const char *lacked);
static void follow_trial(struct publishing *p);
static void trial_followed(
    void *arg, enum proved result, const struct made *made, const char *lacked);
static void end_trial(struct publishing *p);
static void tell(const struct made *made, const char *what);

struct publishing *
publishing_new(struct gateway *g)
{
	static const struct timeval every = { LOOK_S, 0 };
	struct publishing *p = calloc(1, sizeof(*p));

	CHECK(p != NULL);
	p->gateway = g;
	p->stale = true;
	p->timer = event_new(g->base, -1, EV_PERSIST, on_time, p);
	CHECK(p->timer != NULL);
	event_add(p->timer, &every);
	if (g->settings->publishing == PUBLISHING_FILES)
		take_news(p, catalogues_current(g->catalogues), NULL, "files");
	return p;
}

void
publishing_free(struct publishing *p)
{
	if (p->proving != NULL)
		proving_cancel(p->proving);
	p->proving = NULL;
	drop_news(p);
	if (p->ask != NULL)
		store_cancel(p->ask);
	if (p->trial != NULL)
		catalogues_release(p->gateway->catalogues, p->trial);
	event_free(p->timer);
	if (p->arena != NULL)
		arena_free(p->arena);
	free(p);
}

static void
on_time(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	publishing_look(arg);
}

void
publishing_look(struct publishing *p)
{
	p->stale = true;
	go_on(p);
}

bool
publishing_is_settled(const struct publishing *p)
{
	return p->settled;
}

const struct standing *
publishing_standing(const struct publishing *p)
{
	return p->standing;
}

/* What is next? */
static void
go_on(struct publishing *p)
{
	if (p->ask != NULL || p->proving != NULL ||
	    !redis_is_up(p->gateway->redis) || p->gateway->stopping)
		return;
	if (p->stale)
		look(p);
	else if (p->standing->version == 0 && p->news == NULL)
		seed(p);
	else if (p->news != NULL)
		publish(p);
	else if (!p->followed)
		follow(p);
}

/* ---- what stands */

static void
look(struct publishing *p)
{
	p->ask = store_standing(p->gateway->store,
	    p->standing == NULL ? -1 : p->standing->version, looked, p);
}

static void
looked(void *arg, enum store_result result, const struct standing *s)
{
	struct publishing *p = arg;

	p->ask = NULL;
	if (result != STORE_OK)
		return; /* until the next second */
	p->stale = false;
	if (!s->unchanged) {
		if (p->arena != NULL)
			arena_free(p->arena);
		p->arena = arena_new();
		p->standing = standing_copy(p->arena, s);
		p->followed = false;
	}
	go_on(p);
}

/* ---- what the files say */

/* Nothing was ever published, or Redis has lost it. */
static void
seed(struct publishing *p)
{
	take_news(p, catalogues_current(p->gateway->catalogues), NULL, "seed");
	publish(p);
}

void
publishing_files(struct publishing *p, const struct catalogue *c,
    const struct catalogue *like, const struct source *files, size_t count)
{
	if (p == NULL)
		return;
	drop_news(p);
	take_news(p, c, like, "files");
	news_files(p->news, files, count);
	publishing_look(p);
}

static void
take_news(struct publishing *p, const struct catalogue *c,
    const struct catalogue *like, const char *act)
{
	catalogues_hold(p->gateway->catalogues, c);
	p->news = news_new(c, like, act);
}

static void
drop_news(struct publishing *p)
{
	struct news *n = p->news;

	p->news = NULL;
	if (n == NULL)
		return;
	/* What is on its way is done or not; nobody waits for it. */
	if (p->ask != NULL && p->proving == NULL) {
		store_cancel(p->ask);
		p->ask = NULL;
		p->stale = true;
	}
	catalogues_release(p->gateway->catalogues, n->catalogue);
	news_free(n);
}

static void
publish(struct publishing *p)
{
	struct news *n = p->news;

	news_plan(n, p->standing);
	if (n->change_count > 0) {
		put_next(p);
		return;
	}
	drop_news(p);
	go_on(p);
}

/* Every source first, then all changes at once. */
static void
put_next(struct publishing *p)
{
	struct gateway *g = p->gateway;
	struct news *n = p->news;
	struct store_deed deed;
	struct source source;

	if (n->put < n->change_count &&
	    n->changes[n->put].kind == STORE_GOES_LIVE) {
		const struct store_change *c = &n->changes[n->put];

		CHECK(proving_find(n->catalogue, c->name, c->value, &source));
		p->ask = store_put_source(g->store, c->name, c->value,
		    source.text, source.len, was_put, p);
		return;
	}
	deed = publishing_deed(g, "-", n->act, "menus");
	deed.outcome = "done";
	deed.facts = news_facts(n);
	FAILPOINT("publishing.put");
	p->ask = store_publish(g->store, p->standing->version, n->changes,
	    n->change_count, &deed, was_published, p);
}

static void
was_put(void *arg, enum store_result result)
{
	struct publishing *p = arg;

	p->ask = NULL;
	if (result != STORE_OK)
		return; /* until the next second */
	p->news->put++;
	put_next(p);
}

/* Somebody else published meanwhile, or Redis is in trouble: once more from
 * what stands then. */
static void
was_published(void *arg, enum store_result result)
{
	struct publishing *p = arg;

	p->ask = NULL;
	p->stale = true;
	if (result == STORE_OK) {
		FAILPOINT("publishing.published");
		news_tell(p->news);
		drop_news(p);
		p->stale = true;
	}
	if (result == STORE_OK || result == STORE_CONFLICT)
		go_on(p);
}

/* ---- what is published is what sessions begin on */

static void
follow(struct publishing *p)
{
	const struct catalogue *now =
	    catalogues_current(p->gateway->catalogues);
	struct proving_item *items;
	struct arena *a;
	size_t count;

	if (standing_is(p->standing, now)) {
		follow_trial(p);
		return;
	}
	a = arena_new();
	items = standing_items(a, p->standing, false, &count);
	p->proving = proving_start(p->gateway, items, count, true, followed, p);
	arena_free(a);
}

static void
followed(
    void *arg, enum proved result, const struct made *made, const char *lacked)
{
	struct publishing *p = arg;
	struct catalogues *all = p->gateway->catalogues;

	p->proving = NULL;
	if (result == PROVED_DOWN)
		return; /* until the next second */
	if (result == PROVED_LACKS) {
		log_line(LOG_LEVEL_ERROR, lacked,
		    "what is published cannot be had from Redis; the menus "
		    "stay as they are");
		follow_trial(p);
		return;
	}
	tell(made, "published menus");
	if (made->catalogue != NULL &&
	    !digest_equal(
		&made->catalogue->hash, &catalogues_current(all)->hash)) {
		catalogues_adopt(all, made->catalogue);
		log_line(LOG_LEVEL_NOTICE, "menus",
		    "new sessions begin on what is published version=%" PRId64
		    " new=%zu unchanged=%zu kept=%zu left_out=%zu",
		    p->standing->version, made->compiled, made->unchanged,
		    made->stood_in, made->left_out);
	} else
		catalogue_free(made->catalogue);
	follow_trial(p);
}

/* ---- and what is on trial is beside it */

static void
follow_trial(struct publishing *p)
{
	struct proving_item *items;
	struct arena *a;
	size_t count;

	p->followed = p->settled = true;
	end_trial(p);
	if (!standing_has_trial(p->standing)) {
		go_on(p);
		return;
	}
	a = arena_new();
	items = standing_items(a, p->standing, true, &count);
	p->proving =
	    proving_start(p->gateway, items, count, true, trial_followed, p);
	arena_free(a);
}

static void
trial_followed(
    void *arg, enum proved result, const struct made *made, const char *lacked)
{
	struct publishing *p = arg;
	struct catalogues *all = p->gateway->catalogues;

	p->proving = NULL;
	if (result == PROVED_DOWN) {
		p->followed = false;
		return;
	}
	if (result == PROVED_LACKS) {
		log_line(LOG_LEVEL_ERROR, lacked,
		    "what is on trial cannot be had from Redis");
		go_on(p);
		return;
	}
	tell(made, "menus on trial");
	if (made->catalogue != NULL)
		p->trial = catalogues_add(all, made->catalogue);
	go_on(p);
}

static void
end_trial(struct publishing *p)
{
	if (p->trial != NULL)
		catalogues_end(p->gateway->catalogues, p->trial);
	p->trial = NULL;
}

/* The first of its errors; mlango check and submit tell all of them. */
static void
tell(const struct made *made, const char *what)
{
	const struct findings *f = made->findings;
	size_t i;

	for (i = 0; i < f->count; i++)
		if (f->list[i].grade == FINDING_ERROR)
			break;
	if (i < f->count)
		log_line(LOG_LEVEL_ERROR, "menus",
		    "errors in %s count=%zu first=\"%s\"", what, f->errors,
		    finding_text(f->arena, &f->list[i]));
}

const struct catalogue *
publishing_begin_on(
    const struct gateway *g, const char *number, const char *dialled)
{
	const struct catalogue *now = catalogues_current(g->catalogues);
	const struct publishing *p = g->publishing;
	const struct code *code;
	const char *rest;

	if (p == NULL || p->trial == NULL)
		return now;
	if (standing_tries(p->standing, number))
		return p->trial;
	code = dialled == NULL ? NULL
			       : catalogue_code(now, dialled, number, &rest);
	return code != NULL && code->trial ? p->trial : now;
}

const struct catalogue *
publishing_trial(const struct publishing *p)
{
	return p->trial;
}

struct store_deed
publishing_deed(
    const struct gateway *g, const char *who, const char *act, const char *on)
{
	return (struct store_deed){ .who = who,
		.node = g->settings->node,
		.act = act,
		.on = on,
		.outcome = "",
		.facts = "",
		.entries = g->settings->audit_entries,
		.days = g->settings->audit_days };
}

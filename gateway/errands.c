/*
 * Errands that are due.
 *
 *	due -> asked -> answered -> closed
 *	 ^                 |
 *	 \---- put off ----/
 *
 * The sweeper claims an errand for a while, and how often it did is how often
 * it was tried. A node that dies on the way leaves it to the next one.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "gateway/errand.h"
#include "gateway/errands.h"
#include "gateway/service.h"

/* Longer than it may take, so that nobody else makes it meanwhile. */
#define CLAIM_MARGIN_MS 2000

struct run {
	struct gateway *gateway;
	struct arena *arena;
	struct errand errand;
	struct api api; /* what the service needs to know of it */
	int tries;
	struct service_ask *ask;
	LIST_ENTRY(run) link;
};

struct errands {
	LIST_HEAD(, run) open;
};

static bool is_open(const struct errands *all, const char *id);
static void run_ask(struct run *r);
static void answered(void *arg, enum outcome outcome, const char *const *values,
    size_t count, const char *why);
static void put_off(struct run *r, int64_t pause_ms);
static void finish(struct run *r, bool reached);
static void stored(void *arg, enum store_result result);
static void run_free(struct run *r);

struct errands *
errands_new(struct gateway *g)
{
	struct errands *all = calloc(1, sizeof(*all));

	(void)g;
	CHECK(all != NULL);
	return all;
}

void
errands_free(struct errands *all)
{
	while (!LIST_EMPTY(&all->open))
		run_free(LIST_FIRST(&all->open));
	free(all);
}

bool
errands_run(struct gateway *g, const struct overdue *due)
{
	struct arena *a = arena_new();
	struct run *r = arena_alloc(a, sizeof(*r));

	r->gateway = g;
	r->arena = a;
	r->tries = due->claims;
	if (errand_unpack(a, due->octets, due->len, &r->errand) == -1) {
		arena_free(a);
		return false;
	}
	if (is_open(g->errands, r->errand.id)) {
		arena_free(a);
		return true;
	}
	LIST_INSERT_HEAD(&g->errands->open, r, link);
	run_ask(r);
	return true;
}

static bool
is_open(const struct errands *all, const char *id)
{
	const struct run *r;

	LIST_FOREACH (r, &all->open, link)
		if (strcmp(r->errand.id, id) == 0)
			return true;
	return false;
}

static void
run_ask(struct run *r)
{
	const struct errand *e = &r->errand;

	r->api = (struct api){ .name = e->name,
		.method = e->method,
		.timeout_ms = e->timeout_ms,
		.idempotent = true };
	put_off(r, e->timeout_ms + CLAIM_MARGIN_MS);
	r->ask = service_ask(r->gateway->service,
	    &(struct service_request){ .institution = e->institution,
		.api = &r->api,
		.max_calls = e->max_calls,
		.url = e->url,
		.body = e->body,
		.content = e->content,
		.idempotency_key = e->id,
		.deadline_ms = e->timeout_ms,
		.queues = true },
	    answered, r);
}

/* What the institution does not know, it will not know tomorrow. */
static void
answered(void *arg, enum outcome outcome, const char *const *values,
    size_t count, const char *why)
{
	struct run *r = arg;
	const struct errand *e = &r->errand;
	int64_t pause = errand_pause_ms(e->kind, r->tries);

	(void)values;
	(void)count;
	r->ask = NULL;
	FAILPOINT("errand.answered");
	if (outcome != OUTCOME_OK)
		log_subscriber(LOG_LEVEL_NOTICE, e->msisdn,
		    "%s not taken institution=%s name=%s tries=%d why=%s",
		    e->kind == ERRAND_NOTICE ? "notice" : "reminder",
		    e->institution, e->name, r->tries, why);
	if (outcome == OUTCOME_OK || outcome == OUTCOME_MISSING || pause < 0)
		finish(r, outcome == OUTCOME_OK);
	else
		put_off(r, pause);
	run_free(r);
}

static void
put_off(struct run *r, int64_t pause_ms)
{
	store_keep_call(r->gateway->store, r->errand.msisdn, r->errand.id,
	    pause_ms, stored, NULL);
}

static void
finish(struct run *r, bool reached)
{
	const struct errand *e = &r->errand;
	const char *count = e->kind == ERRAND_NOTICE ? "notified" : "reminded";

	store_count(
	    r->gateway->store, "calls", reached ? count : "given_up", 1);
	store_close_call(
	    r->gateway->store, e->msisdn, e->id, NULL, 0, stored, NULL);
}

/* What could not be stored is due again, and made again. */
static void
stored(void *arg, enum store_result result)
{
	(void)arg;
	(void)result;
}

static void
run_free(struct run *r)
{
	if (r->ask != NULL)
		service_cancel(r->ask);
	LIST_REMOVE(r, link);
	arena_free(r->arena);
}

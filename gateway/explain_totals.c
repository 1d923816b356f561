/*
 * What each dialect makes of a whole trace: how many of its PDUs fit, and at
 * which the first one does not.
 */
#include <string.h>
#include <uthash.h>

#include "gateway/explain_trace.h"

#define BEGUN_MAX 100000

/* The session that a subscriber began last, as one dialect numbers it. */
struct begun_key {
	size_t dialect;
	char msisdn[66];
};

struct begun {
	UT_hash_handle hh;
	struct begun_key key;
	uint8_t session[4];
	bool known;
};

struct counting {
	const struct explain_trace *x;
	struct explain_totals *totals;
	struct arena *arena;
	struct begun *begun;
};

static void count_one(
    struct counting *c, const struct explained *e, size_t place);
static const char *why_not(
    struct counting *c, const struct explained *e, size_t dialect);
static struct begun *begun_by(
    struct counting *c, const char *msisdn, size_t dialect);
static void tell_one(const struct explain_trace *x,
    const struct explain_totals *totals, size_t dialect, struct arena *a);
static void tell_failure(const struct explain_trace *x,
    const struct explain_total *total, struct arena *a);

struct explain_totals
explain_totals(const struct explain_trace *x, struct arena *a)
{
	size_t i, count = dialects_count(x->dialects);
	struct explain_totals totals = { .best = EXPLAIN_NONE };
	struct counting c = { x, &totals, a, NULL };

	totals.list = arena_array(a, count, sizeof(*totals.list));
	for (i = 0; i < x->trace->count; i++) {
		const struct trace_pdu *pdu = &x->trace->pdus[i];
		struct arena *mine = arena_new();
		struct explained e;

		explain(
		    x->dialects, pdu->octets, pdu->len, !pdu->cut, mine, &e);
		if (e.fits != NULL)
			count_one(&c, &e, i);
		arena_free(mine);
	}
	HASH_CLEAR(hh, c.begun);
	for (i = 0; i < count && totals.ussd > 0; i++)
		if (totals.list[i].fits == totals.ussd &&
		    (totals.best == EXPLAIN_NONE ||
			totals.list[i].likeness >
			    totals.list[totals.best].likeness))
			totals.best = i;
	return totals;
}

static void
count_one(struct counting *c, const struct explained *e, size_t place)
{
	size_t i, dialects = dialects_count(c->x->dialects);
	struct explain_total *one;
	const char *why;

	c->totals->ussd++;
	for (i = 0; i < dialects; i++) {
		one = &c->totals->list[i];
		why = why_not(c, e, i);
		if (why == NULL) {
			one->fits++;
			one->likeness += e->fits[i].likeness;
		} else if (one->why == NULL) {
			one->failed = place;
			one->why = arena_string(c->arena, why);
		}
	}
}

/* One PDU may fit by chance; but a dialogue keeps the number of its session. */
static const char *
why_not(struct counting *c, const struct explained *e, size_t dialect)
{
	const struct dialect_fit *fit = &e->fits[dialect];
	bool in = e->kind == EXPLAIN_USSD_IN;
	uint8_t session[4] = { 0 };
	struct begun *begun;

	if (!fit->fits)
		return fit->why;
	begun = begun_by(
	    c, in ? e->pdu.source.digits : e->pdu.dest.digits, dialect);
	if (in)
		explain_session(
		    dialects_at(c->x->dialects, dialect), &fit->event, session);
	else
		memcpy(session, fit->heard.session, sizeof(session));
	if (begun == NULL)
		return NULL;
	if (in ? fit->kind == USSD_BEGIN : fit->heard.may_be_push) {
		memcpy(begun->session, session, sizeof(session));
		/* Of a push the operator chooses the number. */
		begun->known = in;
		return NULL;
	}
	if (!begun->known ||
	    memcmp(begun->session, session, sizeof(session)) == 0)
		return NULL;
	return "its session is not the one that this subscriber began";
}

/* NULL: there are more subscribers than we follow. */
static struct begun *
begun_by(struct counting *c, const char *msisdn, size_t dialect)
{
	struct begun_key key;
	struct begun *found;

	memset(&key, 0, sizeof(key));
	key.dialect = dialect;
	memcpy(key.msisdn, msisdn, strlen(msisdn));
	HASH_FIND(hh, c->begun, &key, sizeof(key), found);
	if (found != NULL || HASH_COUNT(c->begun) == BEGUN_MAX)
		return found;
	found = arena_alloc(c->arena, sizeof(*found));
	found->key = key;
	HASH_ADD(hh, c->begun, key, sizeof(key), found);
	return found;
}

/* ---- in words */

void
explain_totals_tell(const struct explain_trace *x,
    const struct explain_totals *totals, struct arena *a)
{
	size_t i, count = dialects_count(x->dialects);

	if (totals->ussd == 0) {
		fprintf(x->out, "\nNo USSD: nothing tells a dialect.\n");
		return;
	}
	fprintf(x->out, "\nDialects that fit all %zu PDUs of USSD:\n",
	    totals->ussd);
	for (i = 0; i < count; i++)
		if (totals->list[i].why == NULL)
			tell_one(x, totals, i, a);
	if (totals->best == EXPLAIN_NONE)
		fprintf(x->out, "  none\n");
	fprintf(x->out, "Those that do not:\n");
	for (i = 0; i < count; i++)
		if (totals->list[i].why != NULL)
			tell_one(x, totals, i, a);
	if (totals->best == EXPLAIN_NONE)
		fprintf(x->out,
		    "A dialect of its own is needed: take the nearest row as "
		    "a beginning, see mlango-dialects(5).\n");
	else
		fprintf(x->out, "A link to it says dialect = \"%s\".\n",
		    dialects_at(x->dialects, totals->best)->name);
}

static void
tell_one(const struct explain_trace *x, const struct explain_totals *totals,
    size_t dialect, struct arena *a)
{
	const struct dialect *d = dialects_at(x->dialects, dialect);
	const struct explain_total *total = &totals->list[dialect];

	fprintf(x->out, "  %-14s ", d->name);
	if (total->why != NULL) {
		tell_failure(x, total, a);
		return;
	}
	fprintf(x->out, "%s\n",
	    dialect == totals->best ? "the likest" : "less like it");
	if (dialect == totals->best && d->assumed != NULL)
		fprintf(x->out,
		    "  %-14s ask the operator about what we "
		    "assume: %s\n",
		    "", d->assumed);
}

static void
tell_failure(const struct explain_trace *x, const struct explain_total *total,
    struct arena *a)
{
	const struct trace_pdu *pdu = &x->trace->pdus[total->failed];
	struct explained e;

	explain(x->dialects, pdu->octets, pdu->len, !pdu->cut, a, &e);
	fprintf(x->out, "fits %zu; not #%zu (%s %u): %s\n", total->fits,
	    total->failed + 1, pdu_command_name(e.pdu.command), e.pdu.sequence,
	    total->why);
}

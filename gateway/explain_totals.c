/*
 * What each dialect makes of a whole trace: how many of its PDUs fit, and at
 * which the first one does not.
 */
#include "gateway/explain_trace.h"

static void count_one(struct explain_totals *totals, struct arena *a,
    const struct explained *e, size_t dialects, size_t place);
static void tell_one(const struct explain_trace *x,
    const struct explain_totals *totals, size_t dialect, struct arena *a);
static void tell_failure(const struct explain_trace *x,
    const struct explain_total *total, struct arena *a);

struct explain_totals
explain_totals(const struct explain_trace *x, struct arena *a)
{
	size_t i, count = dialects_count(x->dialects);
	struct explain_totals totals = { .best = EXPLAIN_NONE };

	totals.list = arena_array(a, count, sizeof(*totals.list));
	for (i = 0; i < x->trace->count; i++) {
		const struct trace_pdu *pdu = &x->trace->pdus[i];
		struct arena *mine = arena_new();
		struct explained e;

		explain(
		    x->dialects, pdu->octets, pdu->len, !pdu->cut, mine, &e);
		if (e.fits != NULL)
			count_one(&totals, a, &e, count, i);
		arena_free(mine);
	}
	for (i = 0; i < count && totals.ussd > 0; i++)
		if (totals.list[i].fits == totals.ussd &&
		    (totals.best == EXPLAIN_NONE ||
			totals.list[i].likeness >
			    totals.list[totals.best].likeness))
			totals.best = i;
	return totals;
}

static void
count_one(struct explain_totals *totals, struct arena *a,
    const struct explained *e, size_t dialects, size_t place)
{
	struct explain_total *one;
	size_t i;

	totals->ussd++;
	for (i = 0; i < dialects; i++) {
		one = &totals->list[i];
		if (e->fits[i].fits) {
			one->fits++;
			one->likeness += e->fits[i].likeness;
		} else if (one->why == NULL) {
			one->failed = place;
			one->why = arena_string(a, e->fits[i].why);
		}
	}
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

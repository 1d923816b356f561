/*
 * A whole trace, PDU by PDU. Each is explained in an arena of its own, so
 * that the longest trace takes no more memory than its octets.
 */
#include <inttypes.h>
#include <string.h>
#include <uthash.h>

#include "gateway/document.h"
#include "gateway/explain_trace.h"

/* A request that waits for its response. */
struct asked_key {
	size_t flow;
	uint32_t command, sequence;
};

struct asked {
	UT_hash_handle hh;
	struct asked_key key;
	size_t number;
	int64_t at_us;
};

struct telling {
	const struct explain_trace *x;
	struct arena *arena;
	struct explain_totals totals;
	struct explain_dialogues *dialogues;
	struct asked *asked;
};

static void tell_trace(const struct explain_trace *x);
static void tell_flow(const struct explain_trace *x, size_t flow);
static void tell_pdu(struct telling *t, size_t i);
static const char *pairing(
    struct telling *t, const struct explained *e, size_t i, struct arena *a);
static struct asked_key key_of(const struct explain_trace *x,
    const struct trace_pdu *pdu, const struct explained *e);
static void tell_unanswered(const struct telling *t);

void
explain_trace_json(const struct explain_trace *x)
{
	struct arena *arena = arena_new();
	struct explain_totals totals = explain_totals(x, arena);
	size_t i;

	for (i = 0; i < x->trace->count; i++) {
		const struct trace_pdu *pdu = &x->trace->pdus[i];
		struct arena *a = arena_new();
		struct explained e;

		explain(x->dialects, pdu->octets, pdu->len, !pdu->cut, a, &e);
		if (totals.best != EXPLAIN_NONE)
			explain_prefer(x->dialects, &e, totals.best);
		fprintf(x->out, "%s\n", document_explained(x->dialects, &e, a));
		arena_free(a);
	}
	arena_free(arena);
}

void
explain_trace_tell(const struct explain_trace *x)
{
	struct telling t = { .x = x, .arena = arena_new() };
	size_t i;

	t.totals = explain_totals(x, t.arena);
	t.dialogues = explain_dialogues_new(t.arena);
	tell_trace(x);
	for (i = 0; i < x->trace->count; i++)
		tell_pdu(&t, i);
	tell_unanswered(&t);
	explain_dialogues_tell(t.dialogues, x->out);
	explain_totals_tell(x, &t.totals, t.arena);
	explain_dialogues_free(t.dialogues);
	HASH_CLEAR(hh, t.asked);
	arena_free(t.arena);
}

/* ---- the file */

static void
tell_trace(const struct explain_trace *x)
{
	const struct trace *trace = x->trace;
	size_t i;

	fprintf(x->out, "%s: %zu PDUs in %zu %ss\n", trace->form, trace->count,
	    trace->packets, trace->unit);
	for (i = 0; i < trace->flow_count; i++)
		tell_flow(x, i);
	if (trace->foreign > 0)
		fprintf(
		    x->out, "  %zu flows that are no SMPP\n", trace->foreign);
	if (trace->strange > 0)
		fprintf(x->out, "  %zu packets that are no TCP over IP\n",
		    trace->strange);
	if (trace->fragments > 0)
		fprintf(x->out, "  %zu fragments of IP packets, left out\n",
		    trace->fragments);
	if (trace->left_out > 0)
		fprintf(x->out,
		    "  %zu segments or PDUs beyond what we look at: "
		    "cut the trace, or say --port\n",
		    trace->left_out);
	if (trace->torn)
		fprintf(x->out, "  the file ends in the middle of a %s\n",
		    trace->unit);
}

/* Only where something went wrong in it. */
static void
tell_flow(const struct explain_trace *x, size_t flow)
{
	const struct trace_flow *f = &x->trace->flows[flow];

	if (f->repeated > 0)
		fprintf(x->out, "  %s > %s: %zu segments came again\n", f->from,
		    f->to, f->repeated);
	if (f->gaps > 0)
		fprintf(x->out,
		    "  %s > %s: %" PRIu64 " octets are missing in %zu places\n",
		    f->from, f->to, f->missing, f->gaps);
	if (f->garbled > 0)
		fprintf(x->out,
		    "  %s > %s: %zu times no PDU where one had to begin\n",
		    f->from, f->to, f->garbled);
}

/* ---- a PDU */

static void
tell_pdu(struct telling *t, size_t i)
{
	const struct explain_trace *x = t->x;
	const struct trace_pdu *pdu = &x->trace->pdus[i];
	const struct trace_flow *f = &x->trace->flows[pdu->flow];
	struct arena *a = arena_new();
	struct explain_manner m = { x->full, a };
	const char *const *detail;
	struct explained e;

	explain(x->dialects, pdu->octets, pdu->len, !pdu->cut, a, &e);
	if (t->totals.best != EXPLAIN_NONE)
		explain_prefer(x->dialects, &e, t->totals.best);
	fprintf(x->out, "\n#%zu ", i + 1);
	if (f->from[0] != '\0')
		fprintf(x->out, "%.3f s, %s > %s, ", (double)pdu->at_us / 1e6,
		    f->from, f->to);
	fprintf(x->out, "%s %zu: %s%s\n", x->trace->unit, pdu->place,
	    explain_head(&m, &e), pairing(t, &e, i, a));
	for (detail = explain_details(&m, &e); *detail != NULL; detail++)
		fprintf(x->out, "    %s\n", *detail);
	explain_dialogues_add(t->dialogues, &m, &e, i + 1);
	arena_free(a);
}

/* Which request a response answers. */
static const char *
pairing(struct telling *t, const struct explained *e, size_t i, struct arena *a)
{
	const struct trace_pdu *pdu = &t->x->trace->pdus[i];
	struct asked_key key = key_of(t->x, pdu, e);
	struct asked *found;

	if (!e->link_survives && e->kind == EXPLAIN_MALFORMED)
		return "";
	HASH_FIND(hh, t->asked, &key, sizeof(key), found);
	if ((e->pdu.command & PDU_RESPONSE) == 0) {
		if (found == NULL) {
			found = arena_alloc(t->arena, sizeof(*found));
			found->key = key;
			HASH_ADD(hh, t->asked, key, sizeof(key), found);
		}
		found->number = i + 1;
		found->at_us = pdu->at_us;
		return "";
	}
	if (found == NULL)
		return ", to nothing that was asked";
	HASH_DEL(t->asked, found);
	if (t->x->trace->flows[pdu->flow].from[0] == '\0')
		return arena_printf(a, ", to #%zu", found->number);
	return arena_printf(a, ", to #%zu after %.1f ms", found->number,
	    (double)(pdu->at_us - found->at_us) / 1e3);
}

static struct asked_key
key_of(const struct explain_trace *x, const struct trace_pdu *pdu,
    const struct explained *e)
{
	bool response = (e->pdu.command & PDU_RESPONSE) != 0;
	struct asked_key key;

	memset(&key, 0, sizeof(key));
	key.flow = response ? x->trace->flows[pdu->flow].back : pdu->flow;
	key.command = e->pdu.command & ~PDU_RESPONSE;
	key.sequence = e->pdu.sequence;
	return key;
}

static void
tell_unanswered(const struct telling *t)
{
	const struct asked *one;
	size_t count = HASH_COUNT(t->asked), told = 0;

	if (count == 0)
		return;
	fprintf(t->x->out, "\nWithout a response:");
	for (one = t->asked; one != NULL && told < 20; one = one->hh.next)
		fprintf(
		    t->x->out, "%s #%zu", told++ == 0 ? "" : ",", one->number);
	if (count > told)
		fprintf(t->x->out, " and %zu more", count - told);
	fprintf(t->x->out, "\n");
}

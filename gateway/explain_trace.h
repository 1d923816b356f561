/*
 * A whole trace explained: every PDU, which request it answers, its dialogue,
 * and whose dialect all of it is.
 */
#ifndef GATEWAY_EXPLAIN_TRACE_H
#define GATEWAY_EXPLAIN_TRACE_H

#include <stdio.h>

#include "gateway/explain.h"
#include "gateway/trace.h"

struct explain_trace {
	const struct trace *trace;
	const struct dialects *dialects;
	bool full; /* every number in its digits */
	FILE *out;
};

/* A JSON object in a line for each PDU. */
void explain_trace_json(const struct explain_trace *x);
/* For people. */
void explain_trace_tell(const struct explain_trace *x);

/* ---- explain_totals.c: what each dialect makes of all of it */

struct explain_total {
	size_t fits;
	long likeness;
	size_t failed; /* place in the trace of the first that does not */
	const char *why;
};

struct explain_totals {
	size_t ussd; /* PDUs */
	struct explain_total *list; /* by dialect */
	size_t best; /* the likest that fits all, or EXPLAIN_NONE */
};

struct explain_totals explain_totals(
    const struct explain_trace *x, struct arena *a);
void explain_totals_tell(const struct explain_trace *x,
    const struct explain_totals *totals, struct arena *a);

/* ---- explain_dialogues.c: who said what to whom */

/* The session's number as dialect_hear has it: the last octets of each TLV of
 * the key. SESSION is 0 before. */
void explain_session(const struct dialect *d, const struct ussd_event *event,
    uint8_t session[4]);

struct explain_dialogues;
struct explain_dialogues *explain_dialogues_new(struct arena *a);
/* What is in the arena stays there. */
void explain_dialogues_free(struct explain_dialogues *all);
void explain_dialogues_add(struct explain_dialogues *all,
    const struct explain_manner *m, const struct explained *e, size_t number);
void explain_dialogues_tell(const struct explain_dialogues *all, FILE *out);

#endif

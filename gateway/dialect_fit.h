/*
 * How well a PDU fits a dialect, for who has a trace and asks whose it is.
 *
 * Pure. Stricter than dialect_read and dialect_hear, which live with whatever
 * an operator sends: a begin has a code that one can dial, and what no rule
 * names does not fit.
 */
#ifndef GATEWAY_DIALECT_FIT_H
#define GATEWAY_DIALECT_FIT_H

#include "gateway/dialect.h"

struct dialect_fit {
	bool fits;
	int likeness; /* how much of the PDU the dialect accounts for */
	const char *why; /* it does not fit: a clause without a full stop */

	/* Where it fits: of what came from an operator, or went to one. */
	enum ussd_event_kind kind;
	struct ussd_event event;
	struct ussd_heard heard;
};

/* A deliver_sm, or a data_sm from the operator. */
struct dialect_fit dialect_fit_in(
    const struct dialect *d, const struct pdu *pdu, struct arena *a);

/* A submit_sm, or a data_sm to the operator. */
struct dialect_fit dialect_fit_out(
    const struct dialect *d, const struct pdu *pdu, struct arena *a);

/* What the place of a code or an input is called: "text", "field:115". */
const char *dialect_fit_place(
    const struct dialect_place *place, struct arena *a);

/* Which place of the dialect the code of this event came from, or NULL. */
const struct dialect_place *dialect_fit_code_place(const struct dialect *d,
    const struct pdu *pdu, const char *code, struct arena *a);

/* ---- dialect_why.c */

/* Why no event, or no action, comes out of it. */
const char *dialect_why_in(
    const struct dialect *d, const struct pdu *pdu, struct arena *a);
const char *dialect_why_out(
    const struct dialect *d, const struct pdu *pdu, struct arena *a);

#endif

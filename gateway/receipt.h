/*
 * Delivery receipts: told apart from messages, and read, by TLV where there
 * is one, else from the text in whatever form the operator writes it. Pure.
 */
#ifndef GATEWAY_RECEIPT_H
#define GATEWAY_RECEIPT_H

#include <stdbool.h>

#include "base/arena.h"
#include "gateway/pdu.h"

struct receipt {
	const char *id;	   /* the operator's, as it stands; "" if none */
	const char *state; /* "DELIVRD", "UNDELIV", ...; "UNKNOWN" if none */
	bool final;
};

/* By esm_class (SMPP 3.4, 5.2.12) or by a receipt's own TLV. */
bool receipt_is(const struct pdu *pdu);
struct receipt receipt_read(const struct pdu *pdu, struct arena *a);

#endif

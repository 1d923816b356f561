/*
 * What one PDU of a trace means, in every dialect of a file. Pure.
 */
#ifndef GATEWAY_EXPLAIN_H
#define GATEWAY_EXPLAIN_H

#include "gateway/dialect_fit.h"
#include "gateway/receipt.h"

enum explain_kind {
	EXPLAIN_USSD_IN, /* operator to us */
	EXPLAIN_USSD_OUT,
	EXPLAIN_RECEIPT,
	EXPLAIN_MO_SMS,
	EXPLAIN_MT_SMS,
	EXPLAIN_RESPONSE,
	EXPLAIN_CONTROL, /* a bind, an enquire_link and so on */
	EXPLAIN_MALFORMED,
};

#define EXPLAIN_NONE ((size_t)-1)

struct explained {
	enum explain_kind kind;
	const uint8_t *octets;
	size_t len;
	struct pdu pdu; /* its header only where it is malformed */

	/* Malformed: a status to answer with, or what is done about it. */
	const char *answer;
	bool link_survives;

	struct dialect_fit *fits; /* of USSD, one for each dialect; or NULL */
	size_t best; /* the likest that fits, or EXPLAIN_NONE */
	struct receipt receipt;
	const struct dialect *reader; /* by whose data_coding text is read */
};

const char *explain_kind_name(enum explain_kind kind);

/* FRAMED: OCTETS are what their length says. */
void explain(const struct dialects *all, const uint8_t *octets, size_t len,
    bool framed, struct arena *a, struct explained *out);

/* Takes another dialect for BEST, where that fits. */
void explain_prefer(
    const struct dialects *all, struct explained *e, size_t dialect);

/* "gsm7", "ucs2": what its data_coding says. */
const char *explain_charset(const struct explained *e);

/* ---- explain_tell.c: to be read by people */

/* What is said of numbers: all of them, or 2557****123. */
struct explain_manner {
	bool full;
	struct arena *arena;
};

/* "deliver_sm 7: begin \"*150#\"": what it is, in a line. */
const char *explain_head(
    const struct explain_manner *m, const struct explained *e);
/* Its fields, its TLVs by their names and its text, ended by NULL. */
const char *const *explain_details(
    const struct explain_manner *m, const struct explained *e);
/* Clean, and so that nobody is known by it; a new line as \n. */
const char *explain_number(const struct explain_manner *m, const char *digits);
const char *explain_quoted(const struct explain_manner *m, const char *text);

#endif

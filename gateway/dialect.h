/*
 * Between PDUs and the events of a USSD dialogue, by a dialect's table.
 *
 * Pure. A dialect is data (config/dialects.h); nothing here knows an operator.
 */
#ifndef GATEWAY_DIALECT_H
#define GATEWAY_DIALECT_H

#include "base/arena.h"
#include "config/dialects.h"
#include "gateway/pdu.h"

/*
 * Enough of a request to answer it, also from another node. A push has no
 * request: its SOURCE is the subscriber, as if the subscriber had sent one,
 * and its DEST our number.
 */
struct ussd_ref {
	struct pdu_address source, dest; /* as they came */
	char service_type[6];
	uint8_t data_coding;
	const uint8_t *tlvs; /* those that are echoed, as they came */
	size_t tlvs_len;
	const uint8_t *fields; /* wrapped dialects: fields to echo */
	size_t fields_len;
	uint32_t counter; /* a push: a number not used lately, for TLVs that
			   * are counted; not packed */
};

struct ussd_event {
	/* What it is depends, in some dialects, on whether a session with
	 * this identity lives. */
	enum ussd_event_kind kind_if_known;
	enum ussd_event_kind kind_if_new;
	const char *msisdn; /* digits as they came */
	/* Session key beyond the number, after masks: for each part that is
	 * there, its place in the dialect's key, its length, its octets. */
	const uint8_t *identity;
	size_t identity_len;
	bool has_turn;
	uint8_t turn;
	const char *code; /* begin: the dialled string, or "" */
	const char *input; /* input, end: UTF-8; else "", never NULL */
	bool wants_release; /* acknowledged: USSD_RELEASE is to follow */
	struct ussd_ref ref;
};

enum dialect_verdict {
	DIALECT_USSD,
	DIALECT_OTHER, /* no USSD of this dialect: an SMS or a receipt */
	DIALECT_BAD, /* looks like it, and has no session key */
};

enum dialect_verdict dialect_read(const struct dialect *d,
    const struct pdu *pdu, struct arena *a, struct ussd_event *out);

/* One or two PDUs (some dialects release by a second one), in ARENA. */
struct ussd_reply {
	struct pdu pdus[2];
	size_t count;
};

/*
 * -1 when the dialect has no such action, or the text does not fit. The PDUs
 * point into the arena; their sequence is the link's to set.
 */
MUST_USE int dialect_write(const struct dialect *d, enum ussd_action action,
    const struct ussd_ref *ref, const char *text, struct arena *a,
    struct ussd_reply *out);

/* A reference as octets, for a call's record, and back (-1: no such). */
uint8_t *ussd_ref_pack(
    struct arena *a, const struct ussd_ref *ref, size_t *len);
MUST_USE int ussd_ref_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct ussd_ref *out);

/* Text of any short message by its data_coding, UDH skipped. */
const char *dialect_text(
    const struct dialect *d, const struct pdu *pdu, struct arena *a);

/* ---- the operator's side of the same table, for the operator in a box */

struct ussd_side {
	const char *msisdn;
	const char *code; /* short code dialled */
	uint8_t session[4]; /* a number the operator chose: each part of
			     * the key takes its last octets, masked */
	uint8_t turn;
};

/*
 * The PDU by which an operator of this dialect would tell EVENT: a deliver_sm,
 * proved by dialect_read. -1 when the dialect cannot tell it. A begin carries
 * SIDE's code, in TEXT where that is where it stands.
 */
MUST_USE int dialect_play(const struct dialect *d, enum ussd_event_kind event,
    const struct ussd_side *side, const char *text, struct arena *a,
    struct pdu *out);

/* What a submit_sm or data_sm of ours means to that operator. */
struct ussd_heard {
	enum ussd_action action;
	bool may_be_push; /* for who has no session with that subscriber: */
	enum ussd_action push;
	const char *msisdn;
	uint8_t session[4]; /* as SIDE's, after masks; zero in a push */
	const char *text;
};
enum dialect_verdict dialect_hear(const struct dialect *d,
    const struct pdu *pdu, struct arena *a, struct ussd_heard *out);

#endif

/*
 * A dialect: how one USSD centre speaks USSD over SMPP, as data.
 *
 * There is no standard for it, so each operator's way is one group of the
 * dialects file: what is USSD at all, by what a session is known, which PDU
 * means which event, and how each of our actions looks. This is that group
 * read, proved and compiled; gateway/dialect.c interprets it.
 *
 * TLVs are named once in a dialect and met here as indexes into TLVS. Octets
 * count from 1 in the file and from 0 here.
 */
#ifndef CONFIG_DIALECTS_H
#define CONFIG_DIALECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/schema.h"

enum ussd_event_kind {
	USSD_IGNORED,
	USSD_BEGIN,
	USSD_INPUT,
	USSD_ABORT,
	USSD_END,	   /* the operator closed it; input may come with it */
	USSD_ACKNOWLEDGED, /* the handset has our last notice */
};

enum ussd_action {
	USSD_CONTINUE,
	USSD_CLOSE,	  /* a last screen */
	USSD_RELEASE,	  /* no screen: end it */
	USSD_PUSH_MENU,
	USSD_PUSH_NOTICE,
	USSD_PUSH_LAST,
};
#define USSD_ACTIONS 6

#define DIALECT_TLVS  8
#define DIALECT_PARTS 4
#define DIALECT_MASK  8 /* octets of a TLV that may be part of a key */

struct dialect_tlv {
	const char *name;
	uint16_t tag;
	uint16_t len;
};

/* ---- what is USSD, and of which session */

struct dialect_match {
	bool deliver_sm, data_sm;
	const char *const *service_types; /* ended by NULL; NULL: any */
	bool op_required;
};

enum dialect_source {
	DIALECT_FROM_SOURCE,
	DIALECT_FROM_DESTINATION,
	DIALECT_FROM_TLV,
	DIALECT_FROM_FIELD,
	DIALECT_FROM_TEXT,
	DIALECT_FROM_SUBADDRESS,
};

/* One part of the session key. */
struct dialect_part {
	enum dialect_source from;
	int tlv;
	uint8_t at, len;
	uint8_t mask[DIALECT_MASK];
	const char *field;
	bool optional;
	bool otherwise; /* counts only when the part before it is absent */
};

enum dialect_begin {
	DIALECT_REPLACE, /* a begin on a live key starts anew */
	DIALECT_REJECT,	 /* the live session goes on, the begin hears an end */
	DIALECT_RESUME,	 /* the live session's screen is sent again */
};

/* The operator's own number of a turn: some bits of one octet. */
struct dialect_turn {
	bool there;
	int tlv;
	uint8_t at, mask, shift;
};

/* ---- inbound: the first rule that applies says what it is */

enum dialect_condition {
	DIALECT_IF_OP = 1 << 0,
	DIALECT_IF_NO_OP = 1 << 1,
	DIALECT_IF_TLV = 1 << 2,
	DIALECT_IF_NO_TLV = 1 << 3,
	DIALECT_IF_BITS = 1 << 4, /* (octet & BITS) == VALUE */
	DIALECT_IF_ESM_CLASS = 1 << 5,
	DIALECT_IF_PREFIX = 1 << 6,
	DIALECT_IF_SHAPE = 1 << 7,
	DIALECT_IF_FIELD = 1 << 8,
	DIALECT_IF_KNOWN = 1 << 9,
};

enum dialect_shape {
	DIALECT_SHAPE_CODE, /* *150*00# */
	DIALECT_SHAPE_EMPTY,
	DIALECT_SHAPE_DIGITS,
};

struct dialect_rule {
	enum ussd_event_kind event;
	unsigned conditions;
	uint8_t op;
	int tlv;
	uint8_t at, bits, value;
	uint8_t esm_class; /* its message type, bits 5 to 2 */
	const char *prefix;
	size_t prefix_len;
	enum dialect_shape shape;
	const char *field;
	bool known;
	int line;
};

/* ---- what was seen of it and need not be so; only a trace is told by it */

enum dialect_destination {
	DIALECT_NO_DESTINATION = 1 << 0,
	DIALECT_TO_NUMBER = 1 << 1,
	DIALECT_TO_CODE = 1 << 2, /* with * or # */
};

struct dialect_seen {
	const char *service_type;     /* NULL: any */
	unsigned destinations;	      /* of what comes in; 0: any */
};

/* ---- outbound */

enum dialect_fill {
	DIALECT_ECHO,	  /* as it came; left out where none came */
	DIALECT_CONSTANT,
	DIALECT_COUNTED,  /* a fresh number of ours */
};

struct dialect_put {
	int tlv;
	enum dialect_fill fill;
	uint8_t value[DIALECT_MASK];
	uint8_t at, set, clear; /* bits of one octet, whatever the fill */
	uint8_t count_at, count_len;
};

enum dialect_then {
	DIALECT_THEN_NOTHING,
	DIALECT_THEN_RELEASE,	     /* at once, by a second PDU */
	DIALECT_THEN_RELEASE_WHEN_ACKNOWLEDGED,
};

struct dialect_action {
	bool there;
	int op; /* -1: no op TLV */
	uint32_t command; /* submit_sm or data_sm */
	const struct dialect_put *puts;
	size_t put_count;
	const char *type; /* wrapped: the leading word */
	enum dialect_then then;
	int line;
};

enum dialect_number {
	DIALECT_AS_CAME, /* their destination address becomes our source */
	DIALECT_MSISDN,	 /* both addresses are the subscriber's */
	DIALECT_FIXED,
};

/* -1: as it came. */
struct dialect_addresses {
	enum dialect_number source;
	const char *digits;
	int source_ton, source_npi;
	int dest_ton, dest_npi;
};

/* ---- text */

enum dialect_charset {
	DIALECT_GSM7,
	DIALECT_LATIN1,
	DIALECT_ASCII,
	DIALECT_UCS2,
};

enum dialect_encoding {
	DIALECT_SHORTEST, /* what data_coding 0 means where the text allows */
	DIALECT_ALWAYS_ZERO,
	DIALECT_ALWAYS_UCS2,
};

struct dialect_text {
	uint8_t charset[256]; /* enum dialect_charset, by data_coding */
	enum dialect_charset zero;
	enum dialect_encoding write;
	uint8_t zero_coding, ucs2_coding; /* data_coding of what we write */
	bool packed;			  /* seven octets hold eight septets */
	bool payload;			  /* message_payload */
};

/* type|id:value|id:value, each value in base64 or plain. */
struct dialect_wrap {
	bool there;
	bool typed; /* a leading word without a value */
	char between, after_id;
	bool base64;
	const char *reply;	   /* the field our text goes into */
	const char *const *echoed; /* fields sent back as they came */
};

/* Where something stands; the first place that holds anything wins. */
struct dialect_place {
	enum dialect_source from;
	const char *field;
};

struct dialect_limits {
	int octets;  /* of the USSD string in the network: 160 at most */
	int septets; /* what of it a screen may use: 182 at most */
	int ucs2;    /* 80 at most */
};

struct dialect_timers {
	int answer_s;  /* in which the operator wants our answer */
	int idle_s;    /* in which a citizen must answer */
	int session_s; /* the whole dialogue */
};

/* When the operator answers our submit_sm. */
enum dialect_response {
	DIALECT_ACCEPTED, /* at once: it counts in the window */
	DIALECT_ANSWERED, /* when the handset did: it does not */
};

struct dialect {
	const char *name;
	const char *help; /* one sentence: what is known of it, or NULL */
	const char *assumed; /* what of it nobody has seen, or NULL */
	const char *variant_of; /* the dialect it differs little from */
	int line;

	struct dialect_tlv tlvs[DIALECT_TLVS];
	size_t tlv_count;
	unsigned echoed; /* bit per TLV: some action echoes it */

	struct dialect_match match;
	struct dialect_part parts[DIALECT_PARTS];
	size_t part_count;
	bool global; /* the session key is unique without the number */
	enum dialect_begin begin;
	struct dialect_turn turn;
	bool silent; /* never tells that a citizen walked away */

	const struct dialect_rule *rules;
	size_t rule_count;
	uint16_t abort_types; /* bit per message type that some rule names */
	struct dialect_place code[3], input;
	size_t code_count;

	struct dialect_action actions[USSD_ACTIONS];
	bool releases_when_acknowledged; /* as some action wants it */
	const char *service_type; /* NULL: as it came */
	uint8_t esm_class, priority_flag, protocol_id;
	struct dialect_addresses addresses;
	struct dialect_text text;
	struct dialect_wrap wrap;
	struct dialect_limits limits;
	struct dialect_timers timers;
	enum dialect_response response;
	struct dialect_seen seen;
};

struct dialects;

/*
 * Every dialect of the file, proved; NULL when any finding is an error. It
 * owns all it is made of: free with dialects_free.
 */
struct dialects *dialects_read(const char *path, struct findings *f);
void dialects_free(struct dialects *all);

/* The dialect of that name, in which _ is as good as -; or NULL. */
const struct dialect *dialects_find(
    const struct dialects *all, const char *name);

size_t dialects_count(const struct dialects *all);
const struct dialect *dialects_at(const struct dialects *all, size_t index);

/* "begin", "continue": as the file calls them. */
const char *dialects_event_name(enum ussd_event_kind kind);
const char *dialects_action_name(enum ussd_action action);

#endif

/*
 * What both sides of a dialect's table need: a PDU's TLVs by their place in
 * the table, text by its data_coding, and the fields of a wrapped text. The
 * rooms of gateway/dialect.h and gateway/dialect_fit.h, and who explains a
 * trace; nobody else includes this.
 */
#ifndef GATEWAY_DIALECT_PARTS_H
#define GATEWAY_DIALECT_PARTS_H

#include "gateway/dialect.h"

/* ---- dialect_scan.c */

#define DIALECT_TAG_DEST_SUBADDRESS 0x0203

struct dialect_scan {
	/* VALUE is NULL where the PDU has none of the table's length. */
	struct pdu_tlv tlvs[DIALECT_TLVS];
	struct pdu_tlv payload, subaddress;
	int op; /* -1: none */
	bool receipt;
};

void dialect_scan(
    const struct dialect *d, const struct pdu *pdu, struct dialect_scan *out);

/* The message type in esm_class, SMPP v3.4, 5.2.12. */
#define DIALECT_ESM_TYPE 0x3c
#define DIALECT_ESM_UDH  0x40

/* ---- dialect_text.c */

struct dialect_octets {
	const uint8_t *octets;
	size_t len;
	uint8_t data_coding;
};

/* As dialect_text, for text that stands anywhere. */
char *dialect_text_read(const struct dialect *d, uint8_t esm_class,
    struct dialect_octets text, struct arena *a);

/* -1 when TEXT does not fit a screen. */
MUST_USE int dialect_text_write(const struct dialect *d, const char *text,
    struct arena *a, struct dialect_octets *out);

/* ---- dialect_wrap.c */

#define DIALECT_FIELDS 16

struct dialect_field {
	const char *id;
	size_t id_len;
	const char *raw; /* as it stands in the text */
	size_t raw_len;
};

struct dialect_fields {
	struct dialect_field list[DIALECT_FIELDS];
	size_t count;
};

/* Points into TEXT. What has no name is no field. */
void dialect_wrap_split(const struct dialect_wrap *wrap, const char *text,
    struct dialect_fields *out);

/* The field's value out of its base64, or NULL. */
const char *dialect_wrap_value(const struct dialect_wrap *wrap,
    const struct dialect_fields *fields, const char *id, struct arena *a);

/* Those fields that `wrap` echoes, as they came, each led by BETWEEN. */
const char *dialect_wrap_echoed(const struct dialect_wrap *wrap,
    const struct dialect_fields *fields, struct arena *a);

/* "|id:value", into its base64. */
const char *dialect_wrap_field(const struct dialect_wrap *wrap, const char *id,
    const char *value, struct arena *a);

/* ---- dialect.c */

/* A PDU on its way to an event. */
struct dialect_reading {
	const struct dialect *d;
	const struct pdu *pdu;
	struct arena *arena;
	struct dialect_scan scan;
	struct dialect_fields fields;
	const char *text;
};

bool dialect_is_from_operator(const struct dialect *d, const struct pdu *pdu);
bool dialect_is_of_service(const struct dialect *d, const char *type);
void dialect_reading_text(struct dialect_reading *r);

/* Whether the session is known is judged by the caller. */
bool dialect_rule_applies(
    const struct dialect_reading *r, const struct dialect_rule *rule);
/* Its conditions on a TLV, on the text. */
bool dialect_rule_tlv(
    const struct dialect_reading *r, const struct dialect_rule *rule);
bool dialect_rule_text(
    const struct dialect_reading *r, const struct dialect_rule *rule);

/* ---- dialect_key.c */

/* The number and the rest of the key; -1 where a part is missing. */
MUST_USE int dialect_key_read(
    const struct dialect_reading *r, struct ussd_event *out);
void dialect_key_turn(const struct dialect_reading *r, struct ussd_event *out);

/* ---- dialect_hear.c */

/* A PDU of ours on its way to an action. */
struct dialect_hearing {
	const struct dialect *d;
	const struct pdu *pdu;
	struct arena *arena;
	struct dialect_scan scan;
	struct dialect_fields fields;
};

/* Also its fields, where the dialect has some. */
const char *dialect_hearing_text(struct dialect_hearing *h);
/* The leading word of a wrapped text, which is no field. */
bool dialect_leads(const struct dialect_hearing *h, const char *type);
bool dialect_is_put(
    const struct dialect_hearing *h, const struct dialect_put *put);
/* An answer names its session; a push names none, unless it counts one. */
bool dialect_session_fits(
    const struct dialect_hearing *h, enum ussd_action action);

#endif

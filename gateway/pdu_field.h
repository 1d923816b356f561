/*
 * The fields of a mandatory part, between real octets and canonical ones: the
 * pure half of the guard (gateway/pdu.c is the other).
 */
#ifndef GATEWAY_PDU_FIELD_H
#define GATEWAY_PDU_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gateway/pdu.h"

#define PDU_TEXT_MAX 254

enum pdu_field_kind {
	PDU_FIELD_STRING,   /* a C-octet string */
	PDU_FIELD_OCTET,
	PDU_FIELD_STAND_IN, /* an octet that the library would judge */
	PDU_FIELD_TEXT,	    /* sm_length and short_message; canonical: none */
};

struct pdu_field {
	enum pdu_field_kind kind;
	uint16_t ours;	    /* where in struct pdu */
	uint16_t theirs;    /* where in the library's struct */
	uint8_t room;	    /* of a string with its NUL, by the protocol */
	uint8_t their_room; /* what the library allows of it */
	uint8_t stand_in;   /* what it sees instead */
	enum pdu_status refusal; /* when too long; PDU_ROK: cut it instead */
};

/* Octets still to be read. */
struct pdu_source {
	const uint8_t *at;
	size_t left;
};

/* Octets written so far; FULL when some had no room. */
struct pdu_sink {
	uint8_t *octets;
	size_t len;
	size_t room;
	bool full;
};

/*
 * Reads a field of OUT->command. The canonical octets get what the library
 * can say, OUT what it cannot. Also after a refusal FROM has moved on over
 * what there was of the field.
 */
enum pdu_status pdu_field_take(const struct pdu_field *f,
    struct pdu_source *from, struct pdu *out, struct pdu_sink *canonical);

/* Writes a field: from CANONICAL what the library said, else from PDU. */
void pdu_field_put(const struct pdu_field *f, const struct pdu *pdu,
    struct pdu_source *canonical, struct pdu_sink *out);

void pdu_put(struct pdu_sink *sink, const void *octets, size_t len);

#endif

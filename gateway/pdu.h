/*
 * An SMPP PDU as a value, and the guarded way to and from octets.
 *
 * SMPP v3.4 issue 1.2, with what operators really send. libsmpp34 codes the
 * mandatory parts, behind a guard; TLVs are walked and appended by us; a
 * response completes by its header alone (its body is a bonus). Nothing here
 * keeps state, and no input makes it fail in another way than by a result.
 */
#ifndef GATEWAY_PDU_H
#define GATEWAY_PDU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"

struct evbuffer;

#define PDU_HEADER 16
#define PDU_MAX	   65536 /* command_length, the header included */

enum pdu_command {
	PDU_GENERIC_NACK = 0x80000000,
	PDU_BIND_RECEIVER = 0x00000001,
	PDU_BIND_TRANSMITTER = 0x00000002,
	PDU_SUBMIT_SM = 0x00000004,
	PDU_DELIVER_SM = 0x00000005,
	PDU_UNBIND = 0x00000006,
	PDU_BIND_TRANSCEIVER = 0x00000009,
	PDU_OUTBIND = 0x0000000b,
	PDU_ENQUIRE_LINK = 0x00000015,
	PDU_ALERT_NOTIFICATION = 0x00000102,
	PDU_DATA_SM = 0x00000103,
};
#define PDU_RESPONSE 0x80000000u /* set in the command of a response */

enum pdu_status {
	PDU_ROK = 0x00,
	PDU_RINVMSGLEN = 0x01,
	PDU_RINVCMDLEN = 0x02,
	PDU_RINVCMDID = 0x03,
	PDU_RINVBNDSTS = 0x04,
	PDU_RALYBND = 0x05,
	PDU_RSYSERR = 0x08,
	PDU_RINVSRCADR = 0x0a,
	PDU_RINVDSTADR = 0x0b,
	PDU_RBINDFAIL = 0x0d,
	PDU_RINVPASWD = 0x0e,
	PDU_RINVSYSID = 0x0f,
	PDU_RMSGQFUL = 0x14,
	PDU_RINVSERTYP = 0x15,
	PDU_RSUBMITFAIL = 0x45,
	PDU_RINVSYSTYP = 0x53,
	PDU_RTHROTTLED = 0x58,
	PDU_RINVSCHED = 0x61,
	PDU_RINVEXPIRY = 0x62,
	PDU_RX_T_APPN = 0x64,
	PDU_RX_P_APPN = 0x65,
	PDU_RX_R_APPN = 0x66,
	PDU_RINVTLVSTREAM = 0xc0,
	PDU_RINVPARLEN = 0xc2,
	PDU_RUNKNOWNERR = 0xff,
};

/* The TLVs that the gateway itself names; a dialect may name any other. */
enum pdu_tag {
	PDU_TAG_USER_MESSAGE_REFERENCE = 0x0204,
	PDU_TAG_MESSAGE_PAYLOAD = 0x0424,
	PDU_TAG_CONGESTION_STATE = 0x0428,
	PDU_TAG_RECEIPTED_MESSAGE_ID = 0x001e,
	PDU_TAG_MESSAGE_STATE = 0x0427,
	PDU_TAG_NETWORK_ERROR_CODE = 0x0423,
	PDU_TAG_SC_INTERFACE_VERSION = 0x0210,
	PDU_TAG_USSD_SERVICE_OP = 0x0501,
	PDU_TAG_ITS_SESSION_INFO = 0x1383,
};

struct pdu_address {
	uint8_t ton;
	uint8_t npi;
	char digits[66]; /* 21 in submit_sm and deliver_sm, 65 in data_sm */
};

/* A run of whole TLVs, in the order of the wire. */
struct pdu_tlvs {
	const uint8_t *octets;
	size_t len;
};

/*
 * Which fields mean something follows from the command: bind fields for a
 * bind, the short message's for submit_sm and deliver_sm (and, where data_sm
 * has them, data_sm), message_id for a response to those. TEXT and TLVS point
 * into the octets that were decoded, and live as long as they do.
 */
struct pdu {
	uint32_t command;
	uint32_t status;
	uint32_t sequence; /* as on the wire, also 0 and above 0x7fffffff */

	char system_id[16];
	char password[9];
	char system_type[13];
	uint8_t interface_version;
	uint8_t addr_ton;
	uint8_t addr_npi;
	char address_range[41];

	char service_type[6];
	struct pdu_address source;
	struct pdu_address dest;
	uint8_t esm_class;
	uint8_t protocol_id;
	uint8_t priority_flag;
	char schedule_delivery_time[17];
	char validity_period[17];
	uint8_t registered_delivery;
	uint8_t replace_if_present;
	uint8_t data_coding;
	uint8_t sm_default_msg_id;
	const uint8_t *text; /* short_message, 0 to 254 octets */
	size_t text_len;

	char message_id[66];

	struct pdu_tlvs tlvs;
};

/* ---- framing */

enum pdu_frame {
	PDU_PARTIAL, /* wait for more octets */
	PDU_WHOLE,   /* LEN octets are one PDU */
	PDU_BROKEN,  /* the length is impossible: nack, close this link */
};

/* Only peeks: IN is left as it is. LEN is set unless PDU_PARTIAL. */
enum pdu_frame pdu_frame(struct evbuffer *in, size_t *len);

/* ---- decoding */

enum pdu_verdict {
	PDU_OK,
	PDU_BAD_BODY,  /* a request: answer with ANSWER; a response: it still
			* completes its request by sequence and status */
	PDU_UNKNOWN,   /* no such command: generic_nack RINVCMDID, or ignore */
};

/*
 * OCTETS is one whole frame. The header fields are always filled in. ANSWER
 * is the status to answer a request with: PDU_ROK with PDU_OK. Of a response
 * we take what can be read: it may lack its body, and a longer message_id or
 * system_id is cut to its room.
 */
enum pdu_verdict pdu_decode(const uint8_t *octets, size_t len,
    struct pdu *out, enum pdu_status *answer);

/* ---- encoding */

/*
 * Appends the PDU; 0, or -1 with nothing appended when a field does not fit
 * its place in the protocol (a mistake of the caller, or a text over 254
 * octets, which belongs into message_payload).
 */
MUST_USE int pdu_encode(const struct pdu *pdu, struct evbuffer *out);

/* The same into ROOM octets at OUT; returns the length, or -1. */
MUST_USE int pdu_pack(const struct pdu *pdu, uint8_t *out, size_t room);

/* ---- TLVs */

struct pdu_tlv {
	uint16_t tag;
	uint16_t len;
	const uint8_t *value;
};

/* The TLV at *AT, which moves on; false at the end or where one is cut. */
bool pdu_tlv_next(struct pdu_tlvs tlvs, size_t *at, struct pdu_tlv *out);
bool pdu_tlv_find(struct pdu_tlvs tlvs, uint16_t tag, struct pdu_tlv *out);

/* How many of the LEN octets at OCTETS are whole TLVs, from the first on. */
size_t pdu_tlv_whole(const uint8_t *octets, size_t len);

/* Appends one TLV to a buffer of ROOM octets of which *LEN are used; -1 when
 * it does not fit. */
MUST_USE int pdu_tlv_put(uint8_t *buf, size_t room, size_t *len,
    uint16_t tag, const void *value, uint16_t value_len);

/* ---- words for logs and metrics */

/* "submit_sm_resp", "0x00000abc": in a static buffer for what has no name. */
const char *pdu_command_name(uint32_t command);
/* "RTHROTTLED", "0x00000401" likewise. */
const char *pdu_status_name(uint32_t status);

enum pdu_outcome {
	PDU_OUTCOME_OK,
	PDU_OUTCOME_TEMPORARY, /* try again: throttled, full, system error,
				* unknown vendor codes */
	PDU_OUTCOME_PERMANENT,
};
enum pdu_outcome pdu_outcome(uint32_t status);

/* "libsmpp34 1.14.1-3+deb12u1, trace silenced" or "..., shared library". */
const char *pdu_codec(void);

#endif

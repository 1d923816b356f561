/*
 * The mandatory parts of all commands as tables, by clause 4 of SMPP 3.4: in
 * which order the fields stand, how long they may be, where they are in our
 * struct and in the library's. Only gateway/pdu.c includes this.
 */
#ifndef GATEWAY_PDU_LAYOUT_H
#define GATEWAY_PDU_LAYOUT_H

#include "base/check.h"
#include "gateway/pdu_field.h"

struct layout {
	uint32_t command;
	const struct pdu_field *fields;
	size_t count;
	bool bare_on_error; /* errors come without a body (4.1.2, 4.4.2) */
};

/* The library's struct for any layout; the three binds have one shape. */
union theirs {
	enquire_link_t header;
	bind_transceiver_t bind;
	bind_transceiver_resp_t bind_resp;
	outbind_t outbind;
	submit_sm_t submit_sm;
	submit_sm_resp_t submit_sm_resp;
	deliver_sm_t deliver_sm;
	deliver_sm_resp_t deliver_sm_resp;
	data_sm_t data_sm;
	data_sm_resp_t data_sm_resp;
	alert_notification_t alert_notification;
};

#define STRING(lib, name, mine, size, status)                              \
	{                                                                  \
		.kind = PDU_FIELD_STRING, .theirs = offsetof(lib, name),   \
		.ours = offsetof(struct pdu, mine), .room = (size),        \
		.their_room = sizeof(((lib *)NULL)->name),                 \
		.refusal = (status)                                        \
	}
#define OCTET(lib, name, mine)                                             \
	{                                                                  \
		.kind = PDU_FIELD_OCTET, .theirs = offsetof(lib, name),    \
		.ours = offsetof(struct pdu, mine)                         \
	}
#define STAND_IN(lib, name, mine, value)                                   \
	{                                                                  \
		.kind = PDU_FIELD_STAND_IN, .theirs = offsetof(lib, name), \
		.ours = offsetof(struct pdu, mine), .stand_in = (value)    \
	}
#define TEXT { .kind = PDU_FIELD_TEXT }

#define ADDRESS(lib, name, mine, size, status)                             \
	STAND_IN(lib, name##_ton, mine.ton, TON_Unknown),                  \
	STAND_IN(lib, name##_npi, mine.npi, NPI_Unknown),                  \
	STRING(lib, name, mine.digits, size, status)

/* The library calls one end "destination_addr", and its TON "dest_addr_ton". */
#define DESTINATION(lib, size)                                             \
	STAND_IN(lib, dest_addr_ton, dest.ton, TON_Unknown),               \
	STAND_IN(lib, dest_addr_npi, dest.npi, NPI_Unknown),               \
	STRING(lib, destination_addr, dest.digits, size, PDU_RINVDSTADR)

#define SHORT_MESSAGE(lib)                                                 \
	STRING(lib, service_type, service_type, 6, PDU_RINVSERTYP),        \
	ADDRESS(lib, source_addr, source, 21, PDU_RINVSRCADR),             \
	DESTINATION(lib, 21),                                              \
	OCTET(lib, esm_class, esm_class),                                  \
	OCTET(lib, protocol_id, protocol_id),                              \
	OCTET(lib, priority_flag, priority_flag),                          \
	STRING(lib, schedule_delivery_time, schedule_delivery_time, 17,    \
	    PDU_RINVSCHED),                                                \
	STRING(lib, validity_period, validity_period, 17, PDU_RINVEXPIRY), \
	OCTET(lib, registered_delivery, registered_delivery),              \
	OCTET(lib, replace_if_present_flag, replace_if_present),           \
	OCTET(lib, data_coding, data_coding),                              \
	OCTET(lib, sm_default_msg_id, sm_default_msg_id),                  \
	TEXT

static const struct pdu_field bind_fields[] = {
	STRING(bind_transceiver_t, system_id, system_id, 16, PDU_RINVSYSID),
	STRING(bind_transceiver_t, password, password, 9, PDU_RINVPASWD),
	STRING(bind_transceiver_t, system_type, system_type, 13,
	    PDU_RINVSYSTYP),
	STAND_IN(bind_transceiver_t, interface_version, interface_version,
	    SMPP_VERSION),
	STAND_IN(bind_transceiver_t, addr_ton, addr_ton, TON_Unknown),
	STAND_IN(bind_transceiver_t, addr_npi, addr_npi, NPI_Unknown),
	STRING(bind_transceiver_t, address_range, address_range, 41,
	    PDU_RBINDFAIL),
};
static const struct pdu_field bind_resp_fields[] = {
	STRING(bind_transceiver_resp_t, system_id, system_id, 16, PDU_ROK),
};
static const struct pdu_field outbind_fields[] = {
	STRING(outbind_t, system_id, system_id, 16, PDU_RINVSYSID),
	STRING(outbind_t, password, password, 9, PDU_RINVPASWD),
};
static const struct pdu_field submit_sm_fields[] = {
	SHORT_MESSAGE(submit_sm_t),
};
static const struct pdu_field submit_sm_resp_fields[] = {
	STRING(submit_sm_resp_t, message_id, message_id, 66, PDU_ROK),
};
static const struct pdu_field deliver_sm_fields[] = {
	SHORT_MESSAGE(deliver_sm_t),
};
static const struct pdu_field deliver_sm_resp_fields[] = {
	STRING(deliver_sm_resp_t, message_id, message_id, 66, PDU_ROK),
};
static const struct pdu_field data_sm_fields[] = {
	STRING(data_sm_t, service_type, service_type, 6, PDU_RINVSERTYP),
	ADDRESS(data_sm_t, source_addr, source, 65, PDU_RINVSRCADR),
	DESTINATION(data_sm_t, 65),
	OCTET(data_sm_t, esm_class, esm_class),
	OCTET(data_sm_t, registered_delivery, registered_delivery),
	OCTET(data_sm_t, data_coding, data_coding),
};
static const struct pdu_field data_sm_resp_fields[] = {
	STRING(data_sm_resp_t, message_id, message_id, 66, PDU_ROK),
};
static const struct pdu_field alert_notification_fields[] = {
	ADDRESS(alert_notification_t, source_addr, source, 65, PDU_RINVSRCADR),
	ADDRESS(alert_notification_t, esme_addr, dest, 65, PDU_RINVDSTADR),
};

#define LAYOUT(command, fields) { command, fields, ARRAY_SIZE(fields), false }
#define BARE_ON_ERROR(command, fields) \
	{ command, fields, ARRAY_SIZE(fields), true }
#define HEADER_ONLY(command) { command, NULL, 0, false }

/* The busiest first. */
static const struct layout layouts[] = {
	LAYOUT(DELIVER_SM, deliver_sm_fields),
	LAYOUT(DELIVER_SM_RESP, deliver_sm_resp_fields),
	LAYOUT(SUBMIT_SM, submit_sm_fields),
	BARE_ON_ERROR(SUBMIT_SM_RESP, submit_sm_resp_fields),
	LAYOUT(DATA_SM, data_sm_fields),
	LAYOUT(DATA_SM_RESP, data_sm_resp_fields),
	HEADER_ONLY(ENQUIRE_LINK),
	HEADER_ONLY(ENQUIRE_LINK_RESP),
	LAYOUT(BIND_TRANSCEIVER, bind_fields),
	BARE_ON_ERROR(BIND_TRANSCEIVER_RESP, bind_resp_fields),
	LAYOUT(BIND_TRANSMITTER, bind_fields),
	BARE_ON_ERROR(BIND_TRANSMITTER_RESP, bind_resp_fields),
	LAYOUT(BIND_RECEIVER, bind_fields),
	BARE_ON_ERROR(BIND_RECEIVER_RESP, bind_resp_fields),
	HEADER_ONLY(UNBIND),
	HEADER_ONLY(UNBIND_RESP),
	HEADER_ONLY(GENERIC_NACK),
	LAYOUT(OUTBIND, outbind_fields),
	LAYOUT(ALERT_NOTIFICATION, alert_notification_fields),
};

#endif

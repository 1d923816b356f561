/*
 * libsmpp34 behind its guard; no other file knows the library.
 *
 * The library codes one canonical form of a PDU's mandatory part and never
 * meets an octet that we have not looked at. Inbound, the walk reads the real
 * octets field by field and writes the canonical ones, which the library then
 * reads; outbound, the library writes the canonical ones, and the walk reads
 * those and writes the real ones:
 *
 *	octets   field_take   canonical   unpack   theirs   field_read    ours
 *	octets   field_put    canonical   pack     theirs   field_write   ours
 *
 * What the library would refuse (a status or a TON outside its lists, a
 * validity_period in a deliver_sm, a longer id) stands in the canonical form
 * as a value that it likes, and the walk keeps the real one. Text and TLVs
 * never go through it. It keeps globals, so: one thread.
 */
#include <arpa/inet.h>
#include <event2/buffer.h>
#include <stdint.h>
#include <string.h>

#include <libsmpp34/smpp34.h>
#include <libsmpp34/smpp34_structs.h>

#include "base/check.h"
#include "gateway/pdu.h"

#define TEXT_MAX      254
#define CANONICAL_MAX 256 /* the longest, alert_notification's, is 150 */

enum field_kind {
	FIELD_STRING,	/* C-octet string */
	FIELD_OCTET,
	FIELD_STAND_IN, /* an octet that the library would judge */
	FIELD_TEXT,	/* sm_length and short_message; canonical: none */
};

struct field {
	enum field_kind kind;
	uint16_t ours;	     /* where in struct pdu */
	uint16_t theirs;     /* where in the library's struct */
	uint8_t room;	     /* of a string with its NUL, by the protocol */
	uint8_t their_room;  /* what the library allows of it */
	uint8_t stand_in;
	enum pdu_status refusal; /* when too long; PDU_ROK: cut it instead */
};

struct layout {
	uint32_t command;
	const struct field *fields;
	size_t count;
	bool bare_on_error; /* no body when the status is an error (4.1, 4.4) */
};

/* The library's view of any PDU whose layout we have. */
union theirs {
	enquire_link_t header;
	bind_transceiver_t bind; /* all three binds, and their responses, */
	bind_transceiver_resp_t bind_resp; /* have one shape */
	outbind_t outbind;
	submit_sm_t submit_sm;
	submit_sm_resp_t submit_sm_resp;
	deliver_sm_t deliver_sm;
	deliver_sm_resp_t deliver_sm_resp;
	data_sm_t data_sm;
	data_sm_resp_t data_sm_resp;
	alert_notification_t alert_notification;
};

/* Octets still to be read, and octets written so far. */
struct source {
	const uint8_t *at;
	size_t left;
};

struct sink {
	uint8_t *octets;
	size_t len;
	size_t room;
	bool full;
};

static const struct layout *layout_find(uint32_t command);
static void header_take(const uint8_t *octets, struct pdu *out);
static bool starts_with_tlvs(const struct pdu *pdu, struct source body);
static enum pdu_status body_take(const struct layout *l, struct source *body,
    struct pdu *out);
static enum pdu_status field_take(const struct field *f, struct source *from,
    struct pdu *out, struct sink *canonical);
static enum pdu_status string_take(const struct field *f, struct source *from,
    struct pdu *out, struct sink *canonical);
static enum pdu_status text_take(struct source *from, struct pdu *out,
    struct sink *canonical);
static int canonical_unpack(const struct layout *l, struct sink *canonical,
    struct pdu *out);
static void field_read(const struct field *f, const union theirs *theirs,
    struct pdu *out);
static bool body_fits(const struct layout *l, const struct pdu *pdu);
static bool is_bare(const struct layout *l, const struct pdu *pdu);
static int body_put(const struct layout *l, const struct pdu *pdu,
    struct sink *out);
static void field_write(const struct field *f, const struct pdu *pdu,
    union theirs *theirs);
static void field_put(const struct field *f, const struct pdu *pdu,
    struct source *canonical, struct sink *out);
static void header_put(uint32_t command, uint32_t status, uint32_t sequence,
    size_t len, uint8_t *octets);
static void skip(struct source *from, size_t len);
static void put_octet(struct sink *sink, uint8_t octet);
static void put(struct sink *sink, const void *octets, size_t len);

/* ---- the mandatory parts, by clause 4 of SMPP 3.4 */

#define STRING(lib, name, mine, size, status)                              \
	{                                                                  \
		.kind = FIELD_STRING, .ours = offsetof(struct pdu, mine),  \
		.theirs = offsetof(lib, name), .room = (size),             \
		.their_room = sizeof(((lib *)NULL)->name),                 \
		.refusal = (status)                                        \
	}
#define OCTET(lib, name, mine)                                             \
	{                                                                  \
		.kind = FIELD_OCTET, .ours = offsetof(struct pdu, mine),   \
		.theirs = offsetof(lib, name)                              \
	}
#define STAND_IN(lib, name, mine, value)                                   \
	{                                                                  \
		.kind = FIELD_STAND_IN, .ours = offsetof(struct pdu, mine), \
		.theirs = offsetof(lib, name), .stand_in = (value)         \
	}
#define TEXT { .kind = FIELD_TEXT }

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

static const struct field bind_fields[] = {
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
static const struct field bind_resp_fields[] = {
	STRING(bind_transceiver_resp_t, system_id, system_id, 16, PDU_ROK),
};
static const struct field outbind_fields[] = {
	STRING(outbind_t, system_id, system_id, 16, PDU_RINVSYSID),
	STRING(outbind_t, password, password, 9, PDU_RINVPASWD),
};
static const struct field submit_sm_fields[] = { SHORT_MESSAGE(submit_sm_t) };
static const struct field submit_sm_resp_fields[] = {
	STRING(submit_sm_resp_t, message_id, message_id, 66, PDU_ROK),
};
static const struct field deliver_sm_fields[] = { SHORT_MESSAGE(deliver_sm_t) };
static const struct field deliver_sm_resp_fields[] = {
	STRING(deliver_sm_resp_t, message_id, message_id, 66, PDU_ROK),
};
static const struct field data_sm_fields[] = {
	STRING(data_sm_t, service_type, service_type, 6, PDU_RINVSERTYP),
	ADDRESS(data_sm_t, source_addr, source, 65, PDU_RINVSRCADR),
	DESTINATION(data_sm_t, 65),
	OCTET(data_sm_t, esm_class, esm_class),
	OCTET(data_sm_t, registered_delivery, registered_delivery),
	OCTET(data_sm_t, data_coding, data_coding),
};
static const struct field data_sm_resp_fields[] = {
	STRING(data_sm_resp_t, message_id, message_id, 66, PDU_ROK),
};
static const struct field alert_notification_fields[] = {
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

static const struct layout *
layout_find(uint32_t command)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(layouts); i++)
		if (layouts[i].command == command)
			return &layouts[i];
	return NULL;
}

/* ---- framing */

enum pdu_frame
pdu_frame(struct evbuffer *in, size_t *len)
{
	uint32_t be;

	/* Peek: a length that arrives in two pieces must not be lost. */
	if (evbuffer_copyout(in, &be, sizeof(be)) < (ev_ssize_t)sizeof(be))
		return PDU_PARTIAL;

	*len = ntohl(be);
	if (*len < PDU_HEADER || *len > PDU_MAX)
		return PDU_BROKEN;
	return evbuffer_get_length(in) < *len ? PDU_PARTIAL : PDU_WHOLE;
}

/* ---- decoding */

enum pdu_verdict
pdu_decode(const uint8_t *octets, size_t len, struct pdu *out,
    enum pdu_status *answer)
{
	const struct layout *l;
	struct source body;

	CHECK(len >= PDU_HEADER);
	body = (struct source){ octets + PDU_HEADER, len - PDU_HEADER };
	memset(out, 0, sizeof(*out));
	header_take(octets, out);
	*answer = PDU_RINVCMDID;
	l = layout_find(out->command);
	if (l == NULL)
		return PDU_UNKNOWN;

	*answer = PDU_ROK;
	if (!starts_with_tlvs(out, body))
		*answer = body_take(l, &body, out);
	out->tlvs.octets = body.at;
	out->tlvs.len = pdu_tlv_whole(body.at, body.left);
	return *answer == PDU_ROK ? PDU_OK : PDU_BAD_BODY;
}

static void
header_take(const uint8_t *octets, struct pdu *out)
{
	uint32_t header[PDU_HEADER / sizeof(uint32_t)];

	memcpy(header, octets, sizeof(header));
	out->command = ntohl(header[1]);
	out->status = ntohl(header[2]);
	out->sequence = ntohl(header[3]);
}

/*
 * With an error some leave out the mandatory part and still send TLVs: so it
 * is when the body makes sense in no other way.
 */
static bool
starts_with_tlvs(const struct pdu *pdu, struct source body)
{
	size_t len = strnlen((const char *)body.at, body.left);

	if ((pdu->command & PDU_RESPONSE) == 0 || pdu->status == PDU_ROK ||
	    body.left == 0)
		return false;
	if (len < body.left && pdu_tlv_whole(body.at + len + 1,
	    body.left - len - 1) == body.left - len - 1)
		return false;
	return pdu_tlv_whole(body.at, body.left) == body.left;
}

/*
 * Leaves BODY at the TLVs. A request ends at its first bad field; of a
 * response we take what can be read.
 */
static enum pdu_status
body_take(const struct layout *l, struct source *body, struct pdu *out)
{
	uint8_t octets[CANONICAL_MAX];
	struct sink canonical = { octets, PDU_HEADER, CANONICAL_MAX, false };
	bool response = (l->command & PDU_RESPONSE) != 0;
	enum pdu_status status, worst = PDU_ROK;
	size_t i;

	for (i = 0; i < l->count; i++) {
		status = field_take(&l->fields[i], body, out, &canonical);
		if (status != PDU_ROK)
			worst = status;
		if (status != PDU_ROK && !response)
			return status;
	}
	return canonical_unpack(l, &canonical, out) == 0 ? worst : PDU_RSYSERR;
}

static enum pdu_status
field_take(const struct field *f, struct source *from, struct pdu *out,
    struct sink *canonical)
{
	if (f->kind == FIELD_STRING)
		return string_take(f, from, out, canonical);
	if (from->left == 0)
		return PDU_RINVCMDLEN;
	if (f->kind == FIELD_TEXT)
		return text_take(from, out, canonical);

	if (f->kind == FIELD_STAND_IN)
		memcpy((char *)out + f->ours, from->at, 1);
	put_octet(canonical,
	    f->kind == FIELD_STAND_IN ? f->stand_in : *from->at);
	skip(from, 1);
	return PDU_ROK;
}

static enum pdu_status
string_take(const struct field *f, struct source *from, struct pdu *out,
    struct sink *canonical)
{
	const char *string = (const char *)from->at;
	size_t len = strnlen(string, from->left);
	size_t kept = len < f->room ? len : f->room - 1u;
	bool ended = len < from->left;
	/* A response without a body, and so without its strings, is whole. */
	bool absent = from->left == 0 && (out->command & PDU_RESPONSE) != 0;

	if (kept < f->their_room) {
		put(canonical, string, kept);
	} else {
		memcpy((char *)out + f->ours, string, kept);
	}
	put_octet(canonical, '\0');
	skip(from, ended ? len + 1 : len);
	if (!ended && !absent)
		return PDU_RINVCMDLEN;
	return kept < len ? f->refusal : PDU_ROK;
}

static enum pdu_status
text_take(struct source *from, struct pdu *out, struct sink *canonical)
{
	size_t len = *from->at;

	skip(from, 1);
	if (len > TEXT_MAX || len > from->left)
		return PDU_RINVMSGLEN;
	out->text = from->at;
	out->text_len = len;
	put_octet(canonical, 0);
	skip(from, len);
	return PDU_ROK;
}

static int
canonical_unpack(
    const struct layout *l, struct sink *canonical, struct pdu *out)
{
	union theirs theirs;
	size_t len = canonical->len, i;

	/* The library looks for a NUL behind what it was told to read. */
	put_octet(canonical, '\0');
	CHECK(!canonical->full);
	header_put(l->command, PDU_ROK, 1, len, canonical->octets);
	memset(&theirs, 0, sizeof(theirs));
	if (smpp34_unpack(l->command, &theirs, canonical->octets,
	    (int)len) != 0)
		return -1;
	for (i = 0; i < l->count; i++)
		field_read(&l->fields[i], &theirs, out);
	return 0;
}

static void
field_read(const struct field *f, const union theirs *theirs, struct pdu *out)
{
	const char *from = (const char *)theirs + f->theirs;
	char *to = (char *)out + f->ours;

	if (f->kind == FIELD_OCTET)
		*to = *from;
	/* A string already there was too long for the library. */
	if (f->kind == FIELD_STRING && *to == '\0')
		memcpy(to, from, strlen(from) + 1);
}

/* ---- encoding */

int
pdu_encode(const struct pdu *pdu, struct evbuffer *out)
{
	/* One thread, as for the library. */
	static uint8_t octets[PDU_MAX];
	int len = pdu_pack(pdu, octets, sizeof(octets));

	return len < 0 ? -1 : evbuffer_add(out, octets, (size_t)len);
}

int
pdu_pack(const struct pdu *pdu, uint8_t *octets, size_t room)
{
	struct sink out = { octets, PDU_HEADER, room, room < PDU_HEADER };
	const struct layout *l = layout_find(pdu->command);

	if (l == NULL || !body_fits(l, pdu))
		return -1;
	if (!is_bare(l, pdu) && body_put(l, pdu, &out) != 0)
		return -1;
	put(&out, pdu->tlvs.octets, pdu->tlvs.len);
	if (out.full || out.len > PDU_MAX)
		return -1;
	header_put(pdu->command, pdu->status, pdu->sequence, out.len, octets);
	return (int)out.len;
}

/* Strings that have their NUL in time, text only where it has a place. */
static bool
body_fits(const struct layout *l, const struct pdu *pdu)
{
	bool has_text = false;
	const struct field *f;

	for (f = l->fields; f < l->fields + l->count; f++) {
		if (f->kind == FIELD_STRING && strnlen(
		    (const char *)pdu + f->ours, f->room) == f->room)
			return false;
		if (f->kind == FIELD_TEXT)
			has_text = true;
	}
	return pdu->text_len <= (has_text ? TEXT_MAX : 0) &&
	    pdu_tlv_whole(pdu->tlvs.octets, pdu->tlvs.len) == pdu->tlvs.len;
}

static bool
is_bare(const struct layout *l, const struct pdu *pdu)
{
	return l->bare_on_error && pdu->status != PDU_ROK &&
	    pdu->tlvs.len == 0 && *((const char *)pdu + l->fields->ours) == '\0';
}

static int
body_put(const struct layout *l, const struct pdu *pdu, struct sink *out)
{
	uint8_t octets[CANONICAL_MAX];
	struct source canonical = { octets + PDU_HEADER, 0 };
	union theirs theirs;
	int len;
	size_t i;

	memset(&theirs, 0, sizeof(theirs));
	theirs.header.command_id = l->command;
	theirs.header.sequence_number = 1;
	for (i = 0; i < l->count; i++)
		field_write(&l->fields[i], pdu, &theirs);
	if (smpp34_pack(l->command, octets, sizeof(octets), &len, &theirs) != 0)
		return -1;
	canonical.left = (size_t)len - PDU_HEADER;
	for (i = 0; i < l->count; i++)
		field_put(&l->fields[i], pdu, &canonical, out);
	return 0;
}

static void
field_write(const struct field *f, const struct pdu *pdu, union theirs *theirs)
{
	const char *from = (const char *)pdu + f->ours;
	char *to = (char *)theirs + f->theirs;

	switch (f->kind) {
	case FIELD_STRING:
		if (strlen(from) < f->their_room)
			memcpy(to, from, strlen(from));
		break;
	case FIELD_OCTET:
		*to = *from;
		break;
	case FIELD_STAND_IN:
		*to = (char)f->stand_in;
		break;
	case FIELD_TEXT:
		break;
	}
}

static void
field_put(const struct field *f, const struct pdu *pdu,
    struct source *canonical, struct sink *out)
{
	const char *ours = (const char *)pdu + f->ours;
	size_t len = 1;

	switch (f->kind) {
	case FIELD_STRING:
		len = strnlen((const char *)canonical->at, canonical->left) + 1;
		if (len > 1)
			put(out, canonical->at, len);
		else
			put(out, ours, strlen(ours) + 1);
		break;
	case FIELD_OCTET:
		put_octet(out, *canonical->at);
		break;
	case FIELD_STAND_IN:
		put(out, ours, 1);
		break;
	case FIELD_TEXT:
		put_octet(out, (uint8_t)pdu->text_len);
		put(out, pdu->text, pdu->text_len);
		break;
	}
	skip(canonical, len);
}

/* ---- octets in and out */

static void
header_put(uint32_t command, uint32_t status, uint32_t sequence, size_t len,
    uint8_t *octets)
{
	uint32_t header[PDU_HEADER / sizeof(uint32_t)] = { htonl((uint32_t)len),
		htonl(command), htonl(status), htonl(sequence) };

	memcpy(octets, header, sizeof(header));
}

static void
skip(struct source *from, size_t len)
{
	from->at += len;
	from->left -= len;
}

static void
put_octet(struct sink *sink, uint8_t octet)
{
	put(sink, &octet, 1);
}

static void
put(struct sink *sink, const void *octets, size_t len)
{
	if (sink->full || len > sink->room - sink->len) {
		sink->full = true;
		return;
	}
	if (len > 0)
		memcpy(sink->octets + sink->len, octets, len);
	sink->len += len;
}

const char *
pdu_codec(void)
{
	return "libsmpp34 " SMPP34_VERSION ", " SMPP34_TRACE;
}

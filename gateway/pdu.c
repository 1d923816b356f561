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
#include "gateway/pdu_field.h"
#include "gateway/pdu_layout.h" /* after the library's */

#define CANONICAL_MAX 256 /* the longest, alert_notification's, is 150 */

static const struct layout *layout_find(uint32_t command);
static void header_take(const uint8_t *octets, struct pdu *out);
static bool starts_with_tlvs(const struct pdu *pdu, struct pdu_source body);
static enum pdu_status body_take(
    const struct layout *l, struct pdu_source *body, struct pdu *out);
static int canonical_unpack(
    const struct layout *l, struct pdu_sink *canonical, struct pdu *out);
static void field_read(
    const struct pdu_field *f, const union theirs *theirs, struct pdu *out);
static bool body_fits(const struct layout *l, const struct pdu *pdu);
static bool is_bare(const struct layout *l, const struct pdu *pdu);
static int body_put(
    const struct layout *l, const struct pdu *pdu, struct pdu_sink *out);
static void field_write(
    const struct pdu_field *f, const struct pdu *pdu, union theirs *theirs);
static void header_put(uint32_t command, uint32_t status, uint32_t sequence,
    size_t len, uint8_t *octets);

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
pdu_decode(
    const uint8_t *octets, size_t len, struct pdu *out, enum pdu_status *answer)
{
	const struct layout *l;
	struct pdu_source body;

	CHECK(len >= PDU_HEADER);
	body = (struct pdu_source){ octets + PDU_HEADER, len - PDU_HEADER };
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
starts_with_tlvs(const struct pdu *pdu, struct pdu_source body)
{
	size_t len = strnlen((const char *)body.at, body.left);

	if ((pdu->command & PDU_RESPONSE) == 0 || pdu->status == PDU_ROK ||
	    body.left == 0)
		return false;
	if (len < body.left &&
	    pdu_tlv_whole(body.at + len + 1, body.left - len - 1) ==
		body.left - len - 1)
		return false;
	return pdu_tlv_whole(body.at, body.left) == body.left;
}

/*
 * Leaves BODY at the TLVs. A request ends at its first bad field; of a
 * response we take what can be read.
 */
static enum pdu_status
body_take(const struct layout *l, struct pdu_source *body, struct pdu *out)
{
	uint8_t octets[CANONICAL_MAX];
	struct pdu_sink canonical = { octets, PDU_HEADER, sizeof(octets),
		false };
	bool response = (l->command & PDU_RESPONSE) != 0;
	enum pdu_status status, worst = PDU_ROK;
	size_t i;

	for (i = 0; i < l->count; i++) {
		status = pdu_field_take(&l->fields[i], body, out, &canonical);
		if (status != PDU_ROK)
			worst = status;
		if (status != PDU_ROK && !response)
			return status;
	}
	return canonical_unpack(l, &canonical, out) == 0 ? worst : PDU_RSYSERR;
}

static int
canonical_unpack(
    const struct layout *l, struct pdu_sink *canonical, struct pdu *out)
{
	union theirs theirs;
	size_t len = canonical->len, i;

	/* The library looks for a NUL behind what it was told to read. */
	pdu_put(canonical, "", 1);
	CHECK(!canonical->full);
	header_put(l->command, PDU_ROK, 1, len, canonical->octets);
	memset(&theirs, 0, sizeof(theirs));
	if (smpp34_unpack(l->command, &theirs, canonical->octets, (int)len) !=
	    0)
		return -1;
	for (i = 0; i < l->count; i++)
		field_read(&l->fields[i], &theirs, out);
	return 0;
}

static void
field_read(
    const struct pdu_field *f, const union theirs *theirs, struct pdu *out)
{
	const char *from = (const char *)theirs + f->theirs;
	char *to = (char *)out + f->ours;

	if (f->kind == PDU_FIELD_OCTET)
		*to = *from;
	/* A string already there was too long for the library. */
	if (f->kind == PDU_FIELD_STRING && *to == '\0')
		memcpy(to, from, strlen(from) + 1);
}

/* ---- encoding */

int
pdu_encode(const struct pdu *pdu, struct evbuffer *out)
{
	/* One thread, as for the library. */
	static uint8_t octets[PDU_MAX];
	int len = pdu_pack(pdu, octets, sizeof(octets));

	if (len < 0)
		return -1;
	CHECK(evbuffer_add(out, octets, (size_t)len) == 0);
	return 0;
}

int
pdu_pack(const struct pdu *pdu, uint8_t *octets, size_t room)
{
	struct pdu_sink out = { octets, PDU_HEADER, room, room < PDU_HEADER };
	const struct layout *l = layout_find(pdu->command);

	if (l == NULL || !body_fits(l, pdu))
		return -1;
	if (!is_bare(l, pdu) && body_put(l, pdu, &out) != 0)
		return -1;
	pdu_put(&out, pdu->tlvs.octets, pdu->tlvs.len);
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
	size_t i;

	for (i = 0; i < l->count; i++) {
		const struct pdu_field *f = &l->fields[i];
		const char *ours = (const char *)pdu + f->ours;

		if (f->kind == PDU_FIELD_STRING &&
		    strnlen(ours, f->room) == f->room)
			return false;
		if (f->kind == PDU_FIELD_TEXT)
			has_text = true;
	}
	return pdu->text_len <= (has_text ? PDU_TEXT_MAX : 0) &&
	    pdu_tlv_whole(pdu->tlvs.octets, pdu->tlvs.len) == pdu->tlvs.len;
}

static bool
is_bare(const struct layout *l, const struct pdu *pdu)
{
	return l->bare_on_error && pdu->status != PDU_ROK &&
	    pdu->message_id[0] == '\0' && pdu->system_id[0] == '\0' &&
	    pdu->tlvs.len == 0;
}

static int
body_put(const struct layout *l, const struct pdu *pdu, struct pdu_sink *out)
{
	uint8_t octets[CANONICAL_MAX];
	struct pdu_source canonical = { octets + PDU_HEADER, 0 };
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
		pdu_field_put(&l->fields[i], pdu, &canonical, out);
	return 0;
}

static void
field_write(
    const struct pdu_field *f, const struct pdu *pdu, union theirs *theirs)
{
	const char *from = (const char *)pdu + f->ours;
	char *to = (char *)theirs + f->theirs;

	switch (f->kind) {
	case PDU_FIELD_STRING:
		if (strlen(from) < f->their_room)
			memcpy(to, from, strlen(from));
		break;
	case PDU_FIELD_OCTET:
		*to = *from;
		break;
	case PDU_FIELD_STAND_IN:
		*to = (char)f->stand_in;
		break;
	case PDU_FIELD_TEXT:
		break;
	}
}

static void
header_put(uint32_t command, uint32_t status, uint32_t sequence, size_t len,
    uint8_t *octets)
{
	uint32_t header[PDU_HEADER / sizeof(uint32_t)] = { htonl((uint32_t)len),
		htonl(command), htonl(status), htonl(sequence) };

	memcpy(octets, header, sizeof(header));
}

static const struct layout *
layout_find(uint32_t command)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(layouts); i++)
		if (layouts[i].command == command)
			return &layouts[i];
	return NULL;
}

/* ---- which library */

const char *
pdu_codec(void)
{
	return "libsmpp34 " SMPP34_VERSION ", " SMPP34_TRACE;
}

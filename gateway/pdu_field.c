/*
 * The two walks of the guard, field by field: real octets to canonical ones
 * before the library reads, canonical to real ones after it has written.
 */
#include <string.h>

#include "gateway/pdu_field.h"

static enum pdu_status string_take(const struct pdu_field *f,
    struct pdu_source *from, struct pdu *out, struct pdu_sink *canonical);
static enum pdu_status text_take(
    struct pdu_source *from, struct pdu *out, struct pdu_sink *canonical);
static void string_put(
    const char *ours, struct pdu_source *canonical, struct pdu_sink *out);
static void skip(struct pdu_source *from, size_t len);
static void put_octet(struct pdu_sink *sink, uint8_t octet);

/* ---- inbound */

enum pdu_status
pdu_field_take(const struct pdu_field *f, struct pdu_source *from,
    struct pdu *out, struct pdu_sink *canonical)
{
	if (f->kind == PDU_FIELD_STRING)
		return string_take(f, from, out, canonical);
	if (from->left == 0)
		return PDU_RINVCMDLEN;
	if (f->kind == PDU_FIELD_TEXT)
		return text_take(from, out, canonical);

	if (f->kind == PDU_FIELD_STAND_IN) {
		memcpy((char *)out + f->ours, from->at, 1);
		put_octet(canonical, f->stand_in);
	} else {
		put_octet(canonical, *from->at);
	}
	skip(from, 1);
	return PDU_ROK;
}

static enum pdu_status
string_take(const struct pdu_field *f, struct pdu_source *from, struct pdu *out,
    struct pdu_sink *canonical)
{
	const char *string = (const char *)from->at;
	size_t len = strnlen(string, from->left);
	size_t kept = len < f->room ? len : f->room - 1u;
	bool ended = len < from->left;
	/* A response without a body, and so without its strings, is whole. */
	bool absent = from->left == 0 && (out->command & PDU_RESPONSE) != 0;

	if (kept < f->their_room)
		pdu_put(canonical, string, kept);
	else
		memcpy((char *)out + f->ours, string, kept);
	put_octet(canonical, '\0');
	skip(from, ended ? len + 1 : len);
	if (!ended && !absent)
		return PDU_RINVCMDLEN;
	return kept < len ? f->refusal : PDU_ROK;
}

static enum pdu_status
text_take(struct pdu_source *from, struct pdu *out, struct pdu_sink *canonical)
{
	size_t len = *from->at;

	skip(from, 1);
	if (len > PDU_TEXT_MAX || len > from->left)
		return PDU_RINVMSGLEN;
	out->text = from->at;
	out->text_len = len;
	put_octet(canonical, 0);
	skip(from, len);
	return PDU_ROK;
}

/* ---- outbound */

void
pdu_field_put(const struct pdu_field *f, const struct pdu *pdu,
    struct pdu_source *canonical, struct pdu_sink *out)
{
	const char *ours = (const char *)pdu + f->ours;

	switch (f->kind) {
	case PDU_FIELD_STRING:
		string_put(ours, canonical, out);
		return;
	case PDU_FIELD_OCTET:
		put_octet(out, *canonical->at);
		break;
	case PDU_FIELD_STAND_IN:
		pdu_put(out, ours, 1);
		break;
	case PDU_FIELD_TEXT:
		put_octet(out, (uint8_t)pdu->text_len);
		pdu_put(out, pdu->text, pdu->text_len);
		break;
	}
	skip(canonical, 1);
}

static void
string_put(const char *ours, struct pdu_source *canonical, struct pdu_sink *out)
{
	size_t len = strnlen((const char *)canonical->at, canonical->left);

	/* Where the library has none, ours may be one too long for it. */
	if (len == 0)
		pdu_put(out, ours, strlen(ours) + 1);
	else
		pdu_put(out, canonical->at, len + 1);
	skip(canonical, len + 1);
}

/* ---- octets in and out */

static void
skip(struct pdu_source *from, size_t len)
{
	from->at += len;
	from->left -= len;
}

static void
put_octet(struct pdu_sink *sink, uint8_t octet)
{
	pdu_put(sink, &octet, 1);
}

void
pdu_put(struct pdu_sink *sink, const void *octets, size_t len)
{
	if (sink->full || len > sink->room - sink->len) {
		sink->full = true;
		return;
	}
	if (len > 0)
		memcpy(sink->octets + sink->len, octets, len);
	sink->len += len;
}

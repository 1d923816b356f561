/*
 * A PDU of a trace as JSON, in the words of tests/vectors/README.md.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "gateway/dialect_parts.h"
#include "gateway/document.h"
#include "gateway/document_parts.h"
#include "gateway/explain.h"

struct writing {
	const struct dialects *all;
	const struct explained *e;
	struct arena *arena;
	json_t *object;
};

static void put_ussd_in(const struct writing *w);
static json_t *session_key(
    const struct writing *w, const struct ussd_event *event);
static void put_code(const struct writing *w, const struct ussd_event *event);
static void put_ussd_out(const struct writing *w);
static void put_fields(const struct writing *w, const char *text);
static void put_dialect(const struct writing *w);
static void put_verdicts(const struct writing *w);
static void put_receipt(const struct writing *w);
static void put_sms(const struct writing *w);
static void put_answer_pdu(const struct writing *w);
static void put_response(const struct writing *w);
static void put_malformed(const struct writing *w);
static json_t *tlvs_of(const struct writing *w);
static void put(const struct writing *w, const char *name, json_t *value);
static void put_text(
    const struct writing *w, const char *name, const char *text);
static json_t *text_or_null(const struct writing *w, const char *text);
static const char *hex_of(
    const struct writing *w, const uint8_t *octets, size_t len);

const char *
document_explained(
    const struct dialects *all, const struct explained *e, struct arena *a)
{
	const struct writing w = { all, e, a, json_object() };
	char *text;
	const char *copy;

	put_text(&w, "kind", explain_kind_name(e->kind));
	switch (e->kind) {
	case EXPLAIN_USSD_IN:
		put_ussd_in(&w);
		break;
	case EXPLAIN_USSD_OUT:
		put_ussd_out(&w);
		break;
	case EXPLAIN_RECEIPT:
		put_receipt(&w);
		break;
	case EXPLAIN_MO_SMS:
	case EXPLAIN_MT_SMS:
		put_sms(&w);
		break;
	case EXPLAIN_RESPONSE:
	case EXPLAIN_CONTROL:
		put_response(&w);
		break;
	case EXPLAIN_MALFORMED:
		put_malformed(&w);
		break;
	}
	text = json_dumps(w.object, JSON_COMPACT);
	CHECK(text != NULL);
	copy = arena_string(a, text);
	free(text);
	json_decref(w.object);
	return copy;
}

/* ---- USSD */

static void
put_ussd_in(const struct writing *w)
{
	const struct explained *e = w->e;
	const struct dialect_fit *fit;

	put_dialect(w);
	put_text(w, "msisdn", e->pdu.source.digits);
	put_text(w, "encoding", explain_charset(e));
	if (e->best != EXPLAIN_NONE) {
		fit = &e->fits[e->best];
		put_text(w, "event", dialects_event_name(fit->kind));
		put(w, "session_key", session_key(w, &fit->event));
		put_code(w, &fit->event);
		put(w, "input",
		    fit->kind == USSD_BEGIN || fit->event.input[0] == '\0'
			? json_null()
			: text_or_null(w, fit->event.input));
		put_fields(w, dialect_text(e->reader, &e->pdu, w->arena));
	}
	put_verdicts(w);
}

/* The identity is its parts' places, lengths and octets. */
static json_t *
session_key(const struct writing *w, const struct ussd_event *event)
{
	const struct dialect *d = w->e->reader;
	const uint8_t *at = event->identity;
	const uint8_t *end = at + event->identity_len;
	const struct dialect_part *part;
	json_t *key = json_object();
	const char *name, *value;

	json_object_set_new(key, "msisdn", text_or_null(w, event->msisdn));
	for (; at < end; at += 2 + at[1]) {
		part = &d->parts[at[0]];
		value = arena_copy(w->arena, at + 2, at[1]);
		name = part->from == DIALECT_FROM_SOURCE ? "source_addr"
							 : "destination_addr";
		if (part->from == DIALECT_FROM_TLV) {
			name = arena_printf(
			    w->arena, "tlv_0x%04x", d->tlvs[part->tlv].tag);
			value = hex_of(w, at + 2, at[1]);
		} else if (part->from == DIALECT_FROM_FIELD)
			name = arena_printf(
			    w->arena, "text_field_%s", part->field);
		json_object_set_new(key, name, text_or_null(w, value));
	}
	return key;
}

static void
put_code(const struct writing *w, const struct ussd_event *event)
{
	const struct explained *e = w->e;
	const struct dialect_place *place;

	if (e->fits[e->best].kind != USSD_BEGIN) {
		put(w, "code", json_null());
		return;
	}
	put_text(w, "code", event->code);
	place =
	    dialect_fit_code_place(e->reader, &e->pdu, event->code, w->arena);
	if (place != NULL)
		put_text(w, "code_from", dialect_fit_place(place, w->arena));
}

static void
put_ussd_out(const struct writing *w)
{
	const struct explained *e = w->e;
	const struct ussd_heard *heard;

	put_dialect(w);
	put_text(w, "msisdn", e->pdu.dest.digits);
	put_text(w, "encoding", explain_charset(e));
	put_text(w, "data_coding",
	    arena_printf(w->arena, "0x%02x", e->pdu.data_coding));
	put(w, "tlvs", tlvs_of(w));
	if (e->best != EXPLAIN_NONE) {
		heard = &e->fits[e->best].heard;
		put_text(w, "action", dialects_action_name(heard->action));
		put_text(w, "text", heard->text);
		put_fields(w, dialect_text(e->reader, &e->pdu, w->arena));
	}
	put_verdicts(w);
}

/* Of a wrapped text, out of their base64, by their ids. */
static void
put_fields(const struct writing *w, const char *text)
{
	const struct dialect *d = w->e->reader;
	struct dialect_fields fields;
	json_t *object;
	const char *id;
	size_t i;

	if (!d->wrap.there)
		return;
	object = json_object();
	dialect_wrap_split(&d->wrap, text, &fields);
	if (d->wrap.typed)
		json_object_set_new(object, "type",
		    text_or_null(w,
			arena_copy(w->arena, text,
			    strcspn(text, (char[]){ d->wrap.between, '\0' }))));
	for (i = 0; i < fields.count; i++) {
		id = arena_copy(
		    w->arena, fields.list[i].id, fields.list[i].id_len);
		id = gsm_clean(w->arena, id, strlen(id));
		json_object_set_new(object, id,
		    text_or_null(w,
			dialect_wrap_value(&d->wrap, &fields, id, w->arena)));
	}
	put(w, "fields", object);
}

static void
put_dialect(const struct writing *w)
{
	const struct dialect *d = w->e->reader;
	char *name, *at;

	if (w->e->best == EXPLAIN_NONE) {
		put(w, "dialect", json_null());
		return;
	}
	name = arena_string(
	    w->arena, d->variant_of != NULL ? d->variant_of : d->name);
	for (at = name; *at != '\0'; at++)
		if (*at == '-')
			*at = '_';
	put_text(w, "dialect", name);
	if (d->variant_of != NULL)
		put(w, "compat", json_true());
}

/* Which dialects it fits, the likest first in none but `dialect`; and why
 * not the others. */
static void
put_verdicts(const struct writing *w)
{
	json_t *fits = json_array(), *fails = json_object();
	size_t i;

	for (i = 0; i < dialects_count(w->all); i++) {
		const char *name = dialects_at(w->all, i)->name;
		const struct dialect_fit *fit = &w->e->fits[i];

		if (fit->fits)
			json_array_append_new(fits, text_or_null(w, name));
		else
			json_object_set_new(
			    fails, name, text_or_null(w, fit->why));
	}
	put(w, "fits", fits);
	put(w, "fails", fails);
}

/* ---- the others */

static void
put_receipt(const struct writing *w)
{
	const struct receipt *r = &w->e->receipt;
	struct pdu_tlv tlv;

	put_text(w, "id", r->id);
	put_text(w, "state", r->state);
	put(w, "final", json_boolean(r->final));
	if (pdu_tlv_find(w->e->pdu.tlvs, PDU_TAG_NETWORK_ERROR_CODE, &tlv))
		put_text(
		    w, "network_error_code", hex_of(w, tlv.value, tlv.len));
}

static void
put_sms(const struct writing *w)
{
	const struct pdu *pdu = &w->e->pdu;
	bool out = w->e->kind == EXPLAIN_MT_SMS;

	put_text(w, "msisdn", out ? pdu->dest.digits : pdu->source.digits);
	put_text(w, out ? "from" : "to",
	    out ? pdu->source.digits : pdu->dest.digits);
	put_text(w, "text", dialect_text(w->e->reader, pdu, w->arena));
	put_text(w, "encoding", explain_charset(w->e));
	put_text(w, "octets", hex_of(w, pdu->text, pdu->text_len));
	put(w, "sequence", json_integer(pdu->sequence));
	if (!out)
		put_answer_pdu(w);
}

static void
put_answer_pdu(const struct writing *w)
{
	struct pdu answer = {
		.command = w->e->pdu.command | PDU_RESPONSE,
		.sequence = w->e->pdu.sequence,
	};
	uint8_t octets[PDU_HEADER + 8];
	int len = pdu_pack(&answer, octets, sizeof(octets));

	if (len > 0)
		put_text(w, "answer_pdu", hex_of(w, octets, (size_t)len));
}

static void
put_response(const struct writing *w)
{
	static const char *const outcomes[] = {
		[PDU_OUTCOME_OK] = "ok",
		[PDU_OUTCOME_TEMPORARY] = "temporary",
		[PDU_OUTCOME_PERMANENT] = "permanent",
	};
	const struct pdu *pdu = &w->e->pdu;
	uint32_t request = pdu->command & ~PDU_RESPONSE;
	bool binds = request == PDU_BIND_RECEIVER ||
	    request == PDU_BIND_TRANSMITTER || request == PDU_BIND_TRANSCEIVER;
	struct pdu_tlv tlv;

	put_text(w, "command", pdu_command_name(pdu->command));
	put(w, "status", json_integer(pdu->status));
	put(w, "sequence", json_integer(pdu->sequence));
	if (binds || request == PDU_OUTBIND)
		put_text(w, "system_id", pdu->system_id);
	if (w->e->kind == EXPLAIN_CONTROL)
		return;
	put(w, "completes", json_true());
	put_text(w, "outcome", outcomes[pdu_outcome(pdu->status)]);
	put(w, "message_id",
	    request == PDU_SUBMIT_SM || request == PDU_DELIVER_SM ||
		    request == PDU_DATA_SM
		? text_or_null(w, pdu->message_id)
		: json_null());
	if (pdu_tlv_find(pdu->tlvs, PDU_TAG_CONGESTION_STATE, &tlv) &&
	    tlv.len == 1)
		put(w, "congestion_state", json_integer(tlv.value[0]));
}

static void
put_malformed(const struct writing *w)
{
	put_text(w, "answer", w->e->answer);
	put(w, "link_survives", json_boolean(w->e->link_survives));
	if (w->e->link_survives) {
		put_text(w, "command", pdu_command_name(w->e->pdu.command));
		put(w, "sequence", json_integer(w->e->pdu.sequence));
	}
}

/* ---- helpers */

/* Of a TLV that is there twice, the last. A payload is the text. */
static json_t *
tlvs_of(const struct writing *w)
{
	json_t *all = json_object();
	struct pdu_tlv tlv;
	size_t at = 0;

	while (pdu_tlv_next(w->e->pdu.tlvs, &at, &tlv))
		json_object_set_new(all,
		    arena_printf(w->arena, "0x%04x", tlv.tag),
		    json_string(hex_of(w, tlv.value, tlv.len)));
	return all;
}

static void
put(const struct writing *w, const char *name, json_t *value)
{
	CHECK(json_object_set_new(w->object, name, value) == 0);
}

static void
put_text(const struct writing *w, const char *name, const char *text)
{
	put(w, name, text_or_null(w, text));
}

/* Clean text only: what came in may be anything. */
static json_t *
text_or_null(const struct writing *w, const char *text)
{
	if (text == NULL)
		return json_null();
	return json_string(gsm_clean(w->arena, text, strlen(text)));
}

static const char *
hex_of(const struct writing *w, const uint8_t *octets, size_t len)
{
	char *hex = arena_alloc(w->arena, 2 * len + 1);

	text_to_hex(octets, len, hex);
	return hex;
}

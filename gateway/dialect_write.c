/*
 * From an action to the PDUs that tell it to the operator: addresses turned
 * around, the op, the TLVs that the dialect wants, and the text as it wants
 * it.
 */
#include <string.h>

#include "gateway/dialect_parts.h"

/* op, message_payload's header, and each TLV of the table. */
#define TLVS_MAX (5 + 4 + DIALECT_TLVS * (4 + DIALECT_MASK))

struct writing {
	const struct dialect *d;
	const struct dialect_action *action;
	const struct ussd_ref *ref;
	struct arena *arena;
	struct pdu *pdu;
};

static int write_one(const struct dialect *d, enum ussd_action action,
    const struct ussd_ref *ref, const char *text, struct arena *a,
    struct pdu *out);
static void write_addresses(const struct writing *w);
static int write_text(
    const struct writing *w, const char *text, struct dialect_octets *out);
static const char *wrap_text(const struct writing *w, const char *text);
static int write_tlvs(
    const struct writing *w, const struct dialect_octets *payload);
static void write_put(const struct writing *w, const struct dialect_put *put,
    uint8_t *tlvs, size_t room, size_t *len);
static bool fill(const struct writing *w, const struct dialect_put *put,
    uint8_t value[DIALECT_MASK]);

int
dialect_write(const struct dialect *d, enum ussd_action action,
    const struct ussd_ref *ref, const char *text, struct arena *a,
    struct ussd_reply *out)
{
	out->count = 0;
	if (!d->actions[action].there)
		return -1;
	if (action == USSD_RELEASE)
		text = "";
	if (write_one(d, action, ref, text, a, &out->pdus[0]) == -1)
		return -1;
	out->count = 1;
	if (d->actions[action].then != DIALECT_THEN_RELEASE)
		return 0;
	if (write_one(d, USSD_RELEASE, ref, "", a, &out->pdus[1]) == -1)
		return -1;
	out->count = 2;
	return 0;
}

static int
write_one(const struct dialect *d, enum ussd_action action,
    const struct ussd_ref *ref, const char *text, struct arena *a,
    struct pdu *out)
{
	struct writing w = { d, &d->actions[action], ref, a, out };
	struct dialect_octets octets;

	if (write_text(&w, text, &octets) == -1)
		return -1;
	*out = (struct pdu){
		.command = w.action->command,
		.esm_class = d->esm_class,
		.priority_flag = d->priority_flag,
		.protocol_id = d->protocol_id,
		.data_coding = octets.data_coding,
	};
	memcpy(out->service_type, ref->service_type, sizeof(out->service_type));
	if (d->service_type != NULL)
		memcpy(out->service_type, d->service_type,
		    strlen(d->service_type) + 1);
	write_addresses(&w);
	if (!d->text.payload && out->command == PDU_SUBMIT_SM) {
		out->text = octets.octets;
		out->text_len = octets.len;
		octets.len = 0;
	}
	return write_tlvs(&w, &octets);
}

static void
write_addresses(const struct writing *w)
{
	const struct dialect_addresses *addresses = &w->d->addresses;
	struct pdu_address *source = &w->pdu->source, *dest = &w->pdu->dest;

	*dest = w->ref->source;
	*source = w->ref->dest;
	switch (addresses->source) {
	case DIALECT_AS_CAME:
		break;
	case DIALECT_MSISDN:
		*source = w->ref->source;
		break;
	case DIALECT_FIXED:
		memcpy(source->digits, addresses->digits,
		    strlen(addresses->digits) + 1);
		break;
	}
	if (addresses->source_ton != -1)
		source->ton = (uint8_t)addresses->source_ton;
	if (addresses->source_npi != -1)
		source->npi = (uint8_t)addresses->source_npi;
	if (addresses->dest_ton != -1)
		dest->ton = (uint8_t)addresses->dest_ton;
	if (addresses->dest_npi != -1)
		dest->npi = (uint8_t)addresses->dest_npi;
}

/* ---- text */

/* The screen's limits are the text's own; the fields around it are not seen
 * on any screen. */
static int
write_text(
    const struct writing *w, const char *text, struct dialect_octets *out)
{
	bool in_payload =
	    w->d->text.payload || w->action->command == PDU_DATA_SM;

	if (dialect_text_write(w->d, text, w->arena, out) == -1)
		return -1;
	if (w->d->wrap.there &&
	    dialect_text_write(w->d, wrap_text(w, text), w->arena, out) == -1 &&
	    out->len == 0)
		return -1;
	return !in_payload && out->len > 254 ? -1 : 0;
}

static const char *
wrap_text(const struct writing *w, const char *text)
{
	const struct dialect_wrap *wrap = &w->d->wrap;
	const char *reply =
	    dialect_wrap_field(wrap, wrap->reply, text, w->arena);
	const char *whole = arena_printf(w->arena, "%s%.*s%s",
	    wrap->typed ? w->action->type : "", (int)w->ref->fields_len,
	    (const char *)w->ref->fields, reply);

	/* Each field is led by a separator; a first one needs none. */
	return wrap->typed ? whole : whole + 1;
}

/* ---- TLVs */

static int
write_tlvs(const struct writing *w, const struct dialect_octets *payload)
{
	const struct dialect_action *action = w->action;
	size_t i, len = 0, room = TLVS_MAX + payload->len;
	uint8_t *tlvs = arena_alloc(w->arena, room);
	uint8_t op = (uint8_t)action->op;

	if (payload->len > UINT16_MAX)
		return -1;
	if (action->op != -1)
		CHECK(pdu_tlv_put(tlvs, room, &len, PDU_TAG_USSD_SERVICE_OP,
			  &op, 1) == 0);
	for (i = 0; i < action->put_count; i++)
		write_put(w, &action->puts[i], tlvs, room, &len);
	if (payload->len > 0)
		CHECK(pdu_tlv_put(tlvs, room, &len, PDU_TAG_MESSAGE_PAYLOAD,
			  payload->octets, (uint16_t)payload->len) == 0);
	w->pdu->tlvs = (struct pdu_tlvs){ tlvs, len };
	return 0;
}

static void
write_put(const struct writing *w, const struct dialect_put *put, uint8_t *tlvs,
    size_t room, size_t *len)
{
	const struct dialect_tlv *tlv = &w->d->tlvs[put->tlv];
	uint8_t value[DIALECT_MASK];

	if (!fill(w, put, value))
		return;
	value[put->at] = (uint8_t)((value[put->at] & ~put->clear) | put->set);
	CHECK(pdu_tlv_put(tlvs, room, len, tlv->tag, value, tlv->len) == 0);
}

/* False where there is nothing to echo. */
static bool
fill(const struct writing *w, const struct dialect_put *put,
    uint8_t value[DIALECT_MASK])
{
	const struct dialect_tlv *tlv = &w->d->tlvs[put->tlv];
	struct pdu_tlvs came = { w->ref->tlvs, w->ref->tlvs_len };
	struct pdu_tlv found;
	int i;

	memcpy(value, put->value, DIALECT_MASK);
	switch (put->fill) {
	case DIALECT_ECHO:
		/* From a record, it may be of another version of the row. */
		if (!pdu_tlv_find(came, tlv->tag, &found) ||
		    found.len != tlv->len)
			return false;
		memcpy(value, found.value, found.len);
		break;
	case DIALECT_CONSTANT:
		break;
	case DIALECT_COUNTED:
		for (i = 0; i < put->count_len; i++)
			value[put->count_at + i] = (uint8_t)(w->ref->counter >>
			    8 * (put->count_len - 1 - i));
		break;
	}
	return true;
}

/*
 * A PDU of a trace in words. Passwords are never told, and numbers only
 * masked, unless all of them are asked for.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "gateway/explain.h"

#define DETAILS_MAX  80
#define HEX_SHOWN    40 /* octets of a TLV */
#define NUMBER_LEAST 9 /* digits in a row that may be somebody's number */
#define SHOWN_FIRST  4
#define SHOWN_LAST   3

struct details {
	const struct explain_manner *m;
	const char *list[DETAILS_MAX + 1];
	size_t count;
};

static const char *what_it_is(
    const struct explain_manner *m, const struct explained *e);
static const char *in_words(
    const struct explain_manner *m, const struct explained *e);
static const char *out_words(
    const struct explain_manner *m, const struct explained *e);
static void add(struct details *d, const char *line);
static void add_addresses(struct details *d, const struct pdu *pdu);
static void add_bind(struct details *d, const struct pdu *pdu);
static void add_constants(struct details *d, const struct explained *e);
static void add_text(struct details *d, const struct explained *e);
static void add_tlvs(struct details *d, const struct pdu *pdu);
static const char *address(
    const struct explain_manner *m, const struct pdu_address *from);
static const char *masked(const struct explain_manner *m, const char *text);
static const char *hex(
    struct arena *a, const uint8_t *octets, size_t len, size_t most);
static const char *tlv_name(uint16_t tag);

/* SMPP v3.4, 5.3.2, and what vendors put beside them. */
static const struct {
	uint16_t tag;
	const char *name;
} tlv_names[] = {
	{ 0x0005, "dest_addr_subunit" },
	{ 0x0006, "dest_network_type" },
	{ 0x0007, "dest_bearer_type" },
	{ 0x000d, "source_addr_subunit" },
	{ 0x000e, "source_network_type" },
	{ 0x000f, "source_bearer_type" },
	{ 0x0017, "qos_time_to_live" },
	{ 0x0019, "payload_type" },
	{ 0x001d, "additional_status_info_text" },
	{ 0x001e, "receipted_message_id" },
	{ 0x0030, "ms_msg_wait_facilities" },
	{ 0x0201, "privacy_indicator" },
	{ 0x0202, "source_subaddress" },
	{ 0x0203, "dest_subaddress" },
	{ 0x0204, "user_message_reference" },
	{ 0x0205, "user_response_code" },
	{ 0x020a, "source_port" },
	{ 0x020b, "destination_port" },
	{ 0x020c, "sar_msg_ref_num" },
	{ 0x020d, "language_indicator" },
	{ 0x020e, "sar_total_segments" },
	{ 0x020f, "sar_segment_seqnum" },
	{ 0x0210, "sc_interface_version" },
	{ 0x0302, "callback_num_pres_ind" },
	{ 0x0303, "callback_num_atag" },
	{ 0x0304, "number_of_messages" },
	{ 0x0381, "callback_num" },
	{ 0x0420, "dpf_result" },
	{ 0x0421, "set_dpf" },
	{ 0x0422, "ms_availability_status" },
	{ 0x0423, "network_error_code" },
	{ 0x0424, "message_payload" },
	{ 0x0425, "delivery_failure_reason" },
	{ 0x0426, "more_messages_to_send" },
	{ 0x0427, "message_state" },
	{ 0x0428, "congestion_state" },
	{ 0x0501, "ussd_service_op" },
	{ 0x1201, "display_time" },
	{ 0x1203, "sms_signal" },
	{ 0x1204, "ms_validity" },
	{ 0x130c, "alert_on_message_delivery" },
	{ 0x1380, "its_reply_type" },
	{ 0x1383, "its_session_info" },
	{ 0x1501, "ussd_session_id, of a vendor" },
};

const char *
explain_head(const struct explain_manner *m, const struct explained *e)
{
	if (e->kind == EXPLAIN_MALFORMED && !e->link_survives)
		return arena_printf(m->arena,
		    "no PDU: %zu octets whose length says otherwise; "
		    "%s, and the link closes",
		    e->len, e->answer);
	return arena_printf(m->arena, "%s %u%s",
	    pdu_command_name(e->pdu.command), e->pdu.sequence,
	    what_it_is(m, e));
}

static const char *
what_it_is(const struct explain_manner *m, const struct explained *e)
{
	switch (e->kind) {
	case EXPLAIN_USSD_IN:
		return in_words(m, e);
	case EXPLAIN_USSD_OUT:
		return out_words(m, e);
	case EXPLAIN_RECEIPT:
		return arena_printf(m->arena, ": receipt of %s, %s%s",
		    explain_quoted(m, e->receipt.id), e->receipt.state,
		    e->receipt.final ? "" : ", not the last");
	case EXPLAIN_MO_SMS:
		return ": SMS from a phone";
	case EXPLAIN_MT_SMS:
		return ": SMS to a phone";
	case EXPLAIN_RESPONSE:
		return arena_printf(m->arena, ": %s%s%s",
		    pdu_status_name(e->pdu.status),
		    e->pdu.message_id[0] != '\0' ? ", message " : "",
		    gsm_clean(m->arena, e->pdu.message_id,
			strlen(e->pdu.message_id)));
	case EXPLAIN_CONTROL:
		return e->pdu.system_id[0] == '\0'
		    ? ""
		    : arena_printf(m->arena, ": as %s",
			  explain_quoted(m, e->pdu.system_id));
	case EXPLAIN_MALFORMED:
		return arena_printf(m->arena, ": malformed (%s)", e->answer);
	}
	return "";
}

static const char *
in_words(const struct explain_manner *m, const struct explained *e)
{
	const struct dialect_fit *fit;

	if (e->best == EXPLAIN_NONE)
		return ": USSD that no dialect reads";
	fit = &e->fits[e->best];
	return arena_printf(m->arena, ": %s %s", dialects_event_name(fit->kind),
	    fit->kind == USSD_BEGIN ? explain_quoted(m, fit->event.code)
		: fit->event.input[0] != '\0'
		? explain_quoted(m, fit->event.input)
		: "");
}

static const char *
out_words(const struct explain_manner *m, const struct explained *e)
{
	const struct ussd_heard *heard;

	if (e->best == EXPLAIN_NONE)
		return ": USSD that no dialect hears";
	heard = &e->fits[e->best].heard;
	return arena_printf(m->arena, ": %s%s%s%s",
	    dialects_action_name(heard->action),
	    heard->may_be_push && heard->push != heard->action ? " or " : "",
	    heard->may_be_push && heard->push != heard->action
		? dialects_action_name(heard->push)
		: "",
	    heard->text[0] == '\0' ? ""
				   : arena_printf(m->arena, " %s",
					 explain_quoted(m, heard->text)));
}

/* ---- details */

const char *const *
explain_details(const struct explain_manner *m, const struct explained *e)
{
	struct details *d = arena_alloc(m->arena, sizeof(*d));
	bool message = e->kind <= EXPLAIN_MT_SMS;

	d->m = m;
	if (message) {
		add_addresses(d, &e->pdu);
		add_constants(d, e);
	}
	if (e->pdu.interface_version != 0)
		add_bind(d, &e->pdu);
	add_tlvs(d, &e->pdu);
	if (message)
		add_text(d, e);
	return d->list;
}

static void
add(struct details *d, const char *line)
{
	if (d->count < DETAILS_MAX)
		d->list[d->count++] = line;
}

static void
add_addresses(struct details *d, const struct pdu *pdu)
{
	add(d,
	    arena_printf(d->m->arena, "from %s to %s",
		address(d->m, &pdu->source), address(d->m, &pdu->dest)));
}

static const char *
address(const struct explain_manner *m, const struct pdu_address *from)
{
	return arena_printf(m->arena, "%s (TON %d, NPI %d)",
	    from->digits[0] == '\0' ? "nobody"
				    : explain_number(m, from->digits),
	    from->ton, from->npi);
}

/* Never its password. */
static void
add_bind(struct details *d, const struct pdu *pdu)
{
	add(d,
	    arena_printf(d->m->arena,
		"system_type %s, interface_version 0x%02x, TON %d, NPI %d, "
		"address_range %s",
		explain_quoted(d->m, pdu->system_type), pdu->interface_version,
		pdu->addr_ton, pdu->addr_npi,
		explain_quoted(d->m, pdu->address_range)));
}

static void
add_constants(struct details *d, const struct explained *e)
{
	const struct pdu *pdu = &e->pdu;
	struct arena *a = d->m->arena;
	const char *line = arena_printf(a,
	    "service_type %s, esm_class 0x%02x, data_coding 0x%02x (%s)",
	    explain_quoted(d->m, pdu->service_type), pdu->esm_class,
	    pdu->data_coding, explain_charset(e));

	if (pdu->protocol_id != 0)
		line = arena_printf(
		    a, "%s, protocol_id 0x%02x", line, pdu->protocol_id);
	if (pdu->priority_flag != 0)
		line = arena_printf(
		    a, "%s, priority %d", line, pdu->priority_flag);
	if (pdu->registered_delivery != 0)
		line = arena_printf(a, "%s, registered_delivery 0x%02x", line,
		    pdu->registered_delivery);
	if (pdu->validity_period[0] != '\0')
		line = arena_printf(a, "%s, validity_period %s", line,
		    explain_quoted(d->m, pdu->validity_period));
	add(d, line);
}

static void
add_tlvs(struct details *d, const struct pdu *pdu)
{
	struct arena *a = d->m->arena;
	struct pdu_tlv tlv;
	const char *name;
	size_t at = 0;

	while (d->count < DETAILS_MAX && pdu_tlv_next(pdu->tlvs, &at, &tlv)) {
		name = tlv_name(tlv.tag);
		/* It is the text, which is told as that. */
		if (tlv.tag == PDU_TAG_MESSAGE_PAYLOAD)
			continue;
		add(d,
		    arena_printf(a, "0x%04x%s%s = %s", tlv.tag,
			name != NULL ? " " : "", name != NULL ? name : "",
			hex(a, tlv.value, tlv.len, HEX_SHOWN)));
	}
}

static void
add_text(struct details *d, const struct explained *e)
{
	const char *text = dialect_text(e->reader, &e->pdu, d->m->arena);

	if (text[0] != '\0')
		add(d,
		    arena_printf(
			d->m->arena, "text %s", explain_quoted(d->m, text)));
}

/* ---- words */

const char *
explain_number(const struct explain_manner *m, const char *digits)
{
	return masked(m, gsm_clean(m->arena, digits, strlen(digits)));
}

const char *
explain_quoted(const struct explain_manner *m, const char *text)
{
	const char *from = masked(m, gsm_clean(m->arena, text, strlen(text)));
	char *out = arena_alloc(m->arena, 2 * strlen(from) + 3), *to = out;

	*to++ = '"';
	for (; *from != '\0'; from++) {
		if (*from == '\n' || *from == '"' || *from == '\\')
			*to++ = '\\';
		*to++ = *from == '\n' ? 'n' : *from;
	}
	*to = '"';
	return out;
}

/* A long run of digits is somebody's number, wherever it stands. */
static const char *
masked(const struct explain_manner *m, const char *text)
{
	char *out = arena_string(m->arena, text), *at = out;
	size_t digits;

	for (; !m->full && *at != '\0'; at += digits > 0 ? digits : 1) {
		digits = strspn(at, "0123456789");
		if (digits >= NUMBER_LEAST)
			memset(at + SHOWN_FIRST, '*',
			    digits - SHOWN_FIRST - SHOWN_LAST);
	}
	return out;
}

static const char *
hex(struct arena *a, const uint8_t *octets, size_t len, size_t most)
{
	size_t shown = len < most ? len : most;
	char *out = arena_alloc(a, 2 * shown + 1);

	text_to_hex(octets, shown, out);
	return shown == len ? out
			    : arena_printf(a, "%s... (%zu octets)", out, len);
}

static const char *
tlv_name(uint16_t tag)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tlv_names); i++)
		if (tlv_names[i].tag == tag)
			return tlv_names[i].name;
	return NULL;
}

/*
 * What one PDU means: what of it is sound, which kind it is, and to which
 * dialect it is likest.
 */
#include <string.h>

#include "gateway/explain.h"

static bool is_sound(struct explained *e, bool framed);
static enum explain_kind kind_of(
    const struct dialects *all, struct explained *e, struct arena *a);
static bool is_short_message(uint32_t command);
static enum explain_kind kind_of_message(
    const struct dialects *all, struct explained *e, struct arena *a);
static bool goes_out(
    const struct dialects *all, const struct explained *e, struct arena *a);
static void fit_all(
    const struct dialects *all, struct explained *e, bool out, struct arena *a);
static bool has_op(const struct pdu *pdu);

static const char *const kind_names[] = { "ussd_in", "ussd_out", "receipt",
	"mo_sms", "mt_sms", "response", "control", "malformed" };

const char *
explain_kind_name(enum explain_kind kind)
{
	return kind_names[kind];
}

void
explain(const struct dialects *all, const uint8_t *octets, size_t len,
    bool framed, struct arena *a, struct explained *out)
{
	*out = (struct explained){
		.kind = EXPLAIN_MALFORMED,
		.octets = octets,
		.len = len,
		.best = EXPLAIN_NONE,
		.reader = dialects_at(all, 0),
	};
	if (is_sound(out, framed))
		out->kind = kind_of(all, out, a);
	if (out->best != EXPLAIN_NONE)
		out->reader = dialects_at(all, out->best);
}

void
explain_prefer(const struct dialects *all, struct explained *e, size_t dialect)
{
	if (e->fits == NULL || !e->fits[dialect].fits)
		return;
	e->best = dialect;
	e->reader = dialects_at(all, dialect);
}

/* What the gateway would do about it otherwise. */
static bool
is_sound(struct explained *e, bool framed)
{
	enum pdu_status answer;
	enum pdu_verdict verdict;
	const struct pdu_tlvs *tlvs = &e->pdu.tlvs;

	e->answer = pdu_status_name(PDU_RINVCMDLEN);
	if (!framed)
		return false;
	e->link_survives = true;
	verdict = pdu_decode(e->octets, e->len, &e->pdu, &answer);
	e->answer = pdu_status_name(answer);
	if (verdict == PDU_BAD_BODY && (e->pdu.command & PDU_RESPONSE) != 0)
		e->answer = "accept what is there";
	if (verdict != PDU_OK)
		return false;
	e->answer = "ignore tail";
	return tlvs->octets + tlvs->len == e->octets + e->len;
}

static enum explain_kind
kind_of(const struct dialects *all, struct explained *e, struct arena *a)
{
	uint32_t command = e->pdu.command;

	if ((command & PDU_RESPONSE) != 0)
		return EXPLAIN_RESPONSE;
	if (!is_short_message(command))
		return EXPLAIN_CONTROL;
	if (command != PDU_SUBMIT_SM && receipt_is(&e->pdu)) {
		e->receipt = receipt_read(&e->pdu, a);
		return EXPLAIN_RECEIPT;
	}
	return kind_of_message(all, e, a);
}

static bool
is_short_message(uint32_t command)
{
	return command == PDU_SUBMIT_SM || command == PDU_DELIVER_SM ||
	    command == PDU_DATA_SM;
}

static enum explain_kind
kind_of_message(
    const struct dialects *all, struct explained *e, struct arena *a)
{
	bool out = goes_out(all, e, a);

	fit_all(all, e, out, a);
	if (e->best != EXPLAIN_NONE || has_op(&e->pdu))
		return out ? EXPLAIN_USSD_OUT : EXPLAIN_USSD_IN;
	e->fits = NULL;
	return out ? EXPLAIN_MT_SMS : EXPLAIN_MO_SMS;
}

/* A data_sm may go either way: from an operator, if some dialect says so. */
static bool
goes_out(const struct dialects *all, const struct explained *e, struct arena *a)
{
	size_t i;

	if (e->pdu.command != PDU_DATA_SM)
		return e->pdu.command == PDU_SUBMIT_SM;
	for (i = 0; i < dialects_count(all); i++)
		if (dialect_fit_in(dialects_at(all, i), &e->pdu, a).fits)
			return false;
	return has_op(&e->pdu);
}

static void
fit_all(
    const struct dialects *all, struct explained *e, bool out, struct arena *a)
{
	size_t i, count = dialects_count(all);
	struct dialect_fit *fit;

	e->fits = arena_array(a, count, sizeof(*e->fits));
	for (i = 0; i < count; i++) {
		fit = &e->fits[i];
		*fit = out ? dialect_fit_out(dialects_at(all, i), &e->pdu, a)
			   : dialect_fit_in(dialects_at(all, i), &e->pdu, a);
		if (fit->fits &&
		    (e->best == EXPLAIN_NONE ||
			fit->likeness > e->fits[e->best].likeness))
			e->best = i;
	}
}

static bool
has_op(const struct pdu *pdu)
{
	struct pdu_tlv tlv;

	return pdu_tlv_find(pdu->tlvs, PDU_TAG_USSD_SERVICE_OP, &tlv);
}

const char *
explain_charset(const struct explained *e)
{
	static const char *const names[] = {
		[DIALECT_GSM7] = "gsm7",
		[DIALECT_LATIN1] = "latin1",
		[DIALECT_ASCII] = "ascii",
		[DIALECT_UCS2] = "ucs2",
	};

	return names[e->reader->text.charset[e->pdu.data_coding]];
}

/*
 * One walk over a PDU's TLVs, each put where the dialect's table has it.
 */
#include "gateway/dialect_parts.h"

static void scan_tlv(const struct dialect *d, const struct pdu_tlv *tlv,
    struct dialect_scan *out);

void
dialect_scan(
    const struct dialect *d, const struct pdu *pdu, struct dialect_scan *out)
{
	struct pdu_tlv tlv;
	size_t at = 0;

	*out = (struct dialect_scan){ .op = -1 };
	while (pdu_tlv_next(pdu->tlvs, &at, &tlv))
		scan_tlv(d, &tlv, out);
}

static void
scan_tlv(const struct dialect *d, const struct pdu_tlv *tlv,
    struct dialect_scan *out)
{
	size_t i;

	switch (tlv->tag) {
	case PDU_TAG_USSD_SERVICE_OP:
		if (tlv->len > 0)
			out->op = tlv->value[0];
		return;
	case PDU_TAG_MESSAGE_PAYLOAD:
		out->payload = *tlv;
		return;
	case DIALECT_TAG_DEST_SUBADDRESS:
		out->subaddress = *tlv;
		return;
	case PDU_TAG_RECEIPTED_MESSAGE_ID:
		out->receipt = true;
		return;
	}
	for (i = 0; i < d->tlv_count; i++)
		if (d->tlvs[i].tag == tlv->tag && d->tlvs[i].len == tlv->len)
			out->tlvs[i] = *tlv;
}

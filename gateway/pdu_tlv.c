/*
 * TLVs, walked in place. No length in them is believed before it is compared
 * with what is there.
 */
#include <string.h>

#include "gateway/pdu.h"

#define TLV_HEADER 4

static uint16_t big_endian(const uint8_t *octets);

bool
pdu_tlv_next(struct pdu_tlvs tlvs, size_t *at, struct pdu_tlv *out)
{
	size_t left = tlvs.len - *at;
	const uint8_t *here;

	if (left < TLV_HEADER)
		return false;
	here = tlvs.octets + *at;
	if (left - TLV_HEADER < big_endian(here + 2))
		return false;
	out->tag = big_endian(here);
	out->len = big_endian(here + 2);
	out->value = here + TLV_HEADER;
	*at += TLV_HEADER + (size_t)out->len;
	return true;
}

bool
pdu_tlv_find(struct pdu_tlvs tlvs, uint16_t tag, struct pdu_tlv *out)
{
	size_t at = 0;

	while (pdu_tlv_next(tlvs, &at, out))
		if (out->tag == tag)
			return true;
	return false;
}

size_t
pdu_tlv_whole(const uint8_t *octets, size_t len)
{
	struct pdu_tlvs tlvs = { octets, len };
	struct pdu_tlv tlv;
	size_t at = 0;

	while (pdu_tlv_next(tlvs, &at, &tlv))
		;
	return at;
}

int
pdu_tlv_put(uint8_t *buf, size_t room, size_t *len, uint16_t tag,
    const void *value, uint16_t value_len)
{
	uint8_t *to = buf + *len;

	if (room - *len < TLV_HEADER + (size_t)value_len)
		return -1;
	to[0] = (uint8_t)(tag >> 8);
	to[1] = (uint8_t)tag;
	to[2] = (uint8_t)(value_len >> 8);
	to[3] = (uint8_t)value_len;
	if (value_len > 0)
		memcpy(to + TLV_HEADER, value, value_len);
	*len += TLV_HEADER + (size_t)value_len;
	return 0;
}

static uint16_t
big_endian(const uint8_t *octets)
{
	return (uint16_t)(octets[0] << 8 | octets[1]);
}

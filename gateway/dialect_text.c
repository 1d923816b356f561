/*
 * Text by data_coding, both ways, by what the dialect means with it.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "gateway/dialect_parts.h"

#define CARRIAGE_RETURN 0x0d

static char *read_septets(const struct dialect *d, const uint8_t *octets,
    size_t len, size_t header, struct arena *a);
static uint8_t *unpack(
    const uint8_t *octets, size_t len, struct arena *a, size_t *count);
static uint8_t *pack(
    const uint8_t *septets, size_t count, struct arena *a, size_t *len);
static bool is_plain(const uint8_t *octets, size_t len);
static enum dialect_charset choose(const struct dialect *d,
    struct gsm_room room, const char *text, size_t len);
static bool is_in(enum dialect_charset charset, struct gsm_room room,
    const char *text, size_t len);
static uint32_t highest(const char *text, size_t len);
static uint8_t *write_latin1(
    const char *text, size_t len, struct arena *a, size_t *out_len);

const char *
dialect_text(const struct dialect *d, const struct pdu *pdu, struct arena *a)
{
	struct dialect_octets text = { pdu->text, pdu->text_len,
		pdu->data_coding };
	struct pdu_tlv payload;

	if (text.len == 0 &&
	    pdu_tlv_find(pdu->tlvs, PDU_TAG_MESSAGE_PAYLOAD, &payload)) {
		text.octets = payload.value;
		text.len = payload.len;
	}
	return dialect_text_read(d, pdu->esm_class, text, a);
}

char *
dialect_text_read(const struct dialect *d, uint8_t esm_class,
    struct dialect_octets text, struct arena *a)
{
	size_t header = 0;
	char *read = NULL;

	if ((esm_class & DIALECT_ESM_UDH) != 0 && text.len > 0)
		header = (size_t)text.octets[0] + 1;
	if (text.len <= header)
		return arena_string(a, "");
	switch ((enum dialect_charset)d->text.charset[text.data_coding]) {
	case DIALECT_GSM7:
		read = read_septets(d, text.octets, text.len, header, a);
		break;
	case DIALECT_LATIN1:
		read =
		    gsm_from_latin1(a, text.octets + header, text.len - header);
		break;
	case DIALECT_ASCII:
		read = arena_copy(a, text.octets + header, text.len - header);
		break;
	case DIALECT_UCS2:
		read =
		    gsm_from_utf16(a, text.octets + header, text.len - header);
		break;
	}
	return gsm_clean(a, read, strlen(read));
}

/* Packed text goes on at the next septet boundary after its header. */
static char *
read_septets(const struct dialect *d, const uint8_t *octets, size_t len,
    size_t header, struct arena *a)
{
	if (d->text.packed) {
		octets = unpack(octets, len, a, &len);
		header = (header * 8 + 6) / 7;
		if (len <= header)
			return arena_string(a, "");
	}
	octets += header;
	len -= header;
	if (is_plain(octets, len))
		return arena_copy(a, octets, len);
	return gsm_decode(a, octets, len);
}

/* Letters, digits and those signs that the alphabet shares with ASCII. */
static bool
is_plain(const uint8_t *octets, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		uint8_t c = octets[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '%' && c <= '?') || (c >= ' ' && c <= '#')))
			return false;
	}
	return true;
}

/* 3GPP TS 23.038, 6.1.2.3.1: seven spare bits at the end hold a CR. */
static uint8_t *
unpack(const uint8_t *octets, size_t len, struct arena *a, size_t *count)
{
	uint8_t *septets;
	size_t i, bit;

	*count = len * 8 / 7;
	septets = arena_alloc(a, *count);
	for (i = 0, bit = 0; i < *count; i++, bit += 7) {
		unsigned two = octets[bit / 8];

		if (bit / 8 + 1 < len)
			two |= (unsigned)octets[bit / 8 + 1] << 8;
		septets[i] = (uint8_t)(two >> bit % 8 & 0x7f);
	}
	if (*count > 0 && *count % 8 == 0 &&
	    septets[*count - 1] == CARRIAGE_RETURN)
		--*count;
	return septets;
}

static uint8_t *
pack(const uint8_t *septets, size_t count, struct arena *a, size_t *len)
{
	uint8_t *octets;
	size_t i, bit;

	*len = (count * 7 + 7) / 8;
	octets = arena_alloc(a, *len + 1);
	for (i = 0, bit = 0; i < count; i++, bit += 7) {
		unsigned two = (unsigned)septets[i] << bit % 8;

		octets[bit / 8] |= (uint8_t)two;
		octets[bit / 8 + 1] |= (uint8_t)(two >> 8);
	}
	if (count % 8 == 7)
		octets[*len - 1] |= CARRIAGE_RETURN << 1;
	return octets;
}

/* ---- out */

int
dialect_text_write(const struct dialect *d, const char *text, struct arena *a,
    struct dialect_octets *out)
{
	size_t used, len = strlen(text);
	struct gsm_room room = gsm_measure(text, len);
	enum dialect_charset charset;

	/* What must be written as septets is brought into their alphabet. */
	if (d->text.write == DIALECT_ALWAYS_ZERO && !room.in_alphabet &&
	    d->text.zero != DIALECT_LATIN1) {
		text = gsm_transliterate(a, text, len);
		len = strlen(text);
		room = gsm_measure(text, len);
	}
	charset = choose(d, room, text, len);
	if (charset == DIALECT_UCS2) {
		out->data_coding = d->text.ucs2_coding;
		out->octets = gsm_to_utf16(a, text, len, &out->len);
		return room.ucs2 > (size_t)d->limits.ucs2 ? -1 : 0;
	}
	out->data_coding = d->text.zero_coding;
	if (charset == DIALECT_GSM7)
		out->octets = gsm_encode(a, text, len, &out->len);
	else
		out->octets = write_latin1(text, len, a, &out->len);
	if (d->text.packed)
		out->octets = pack(out->octets, out->len, a, &out->len);
	/* In the network it becomes septets, whatever SMPP carries. */
	used = room.in_alphabet ? room.septets : room.ucs2;
	return used > (size_t)d->limits.septets ? -1 : 0;
}

static enum dialect_charset
choose(
    const struct dialect *d, struct gsm_room room, const char *text, size_t len)
{
	switch (d->text.write) {
	case DIALECT_SHORTEST:
		if (!is_in(d->text.zero, room, text, len))
			return DIALECT_UCS2;
		break;
	case DIALECT_ALWAYS_UCS2:
		return DIALECT_UCS2;
	case DIALECT_ALWAYS_ZERO:
		break;
	}
	return d->text.zero;
}

static bool
is_in(enum dialect_charset charset, struct gsm_room room, const char *text,
    size_t len)
{
	switch (charset) {
	case DIALECT_GSM7:
		return room.in_alphabet;
	case DIALECT_LATIN1:
		return highest(text, len) <= 0xff;
	case DIALECT_ASCII:
		return highest(text, len) < 0x80;
	case DIALECT_UCS2:
		break;
	}
	return true;
}

static uint32_t
highest(const char *text, size_t len)
{
	uint32_t character, most = 0;
	size_t took;

	for (; len > 0; text += took, len -= took) {
		took = text_next(text, len, &character);
		if (character > most)
			most = character;
	}
	return most;
}

static uint8_t *
write_latin1(const char *text, size_t len, struct arena *a, size_t *out_len)
{
	uint8_t *octets = arena_alloc(a, len);
	uint32_t character;
	size_t took;

	for (*out_len = 0; len > 0; text += took, len -= took) {
		took = text_next(text, len, &character);
		octets[(*out_len)++] =
		    character <= 0xff ? (uint8_t)character : '?';
	}
	return octets;
}

/*
 * The reference of a request as octets: a call's record keeps it, so that
 * another node can still answer the citizen.
 */
#include <string.h>

#include "base/pack.h"
#include "gateway/dialect.h"

#define REF_VERSION 1

static void pack_address(struct pack *p, const struct pdu_address *address);
static void unpack_address(struct unpack *u, struct pdu_address *out);
static void unpack_words(struct unpack *u, char *out, size_t room);

uint8_t *
ussd_ref_pack(struct arena *a, const struct ussd_ref *ref, size_t *len)
{
	struct pack p;

	pack_init(&p, a);
	pack_u8(&p, REF_VERSION);
	pack_address(&p, &ref->source);
	pack_address(&p, &ref->dest);
	pack_octets(&p, ref->service_type, strlen(ref->service_type));
	pack_u8(&p, ref->data_coding);
	pack_octets(&p, ref->tlvs, ref->tlvs_len);
	pack_octets(&p, ref->fields, ref->fields_len);
	*len = p.len;
	return p.octets;
}

static void
pack_address(struct pack *p, const struct pdu_address *address)
{
	pack_u8(p, address->ton);
	pack_u8(p, address->npi);
	pack_octets(p, address->digits, strlen(address->digits));
}

int
ussd_ref_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct ussd_ref *out)
{
	struct unpack u;

	*out = (struct ussd_ref){ 0 };
	unpack_init(&u, a, octets, len);
	if (unpack_u8(&u) != REF_VERSION)
		return -1;
	unpack_address(&u, &out->source);
	unpack_address(&u, &out->dest);
	unpack_words(&u, out->service_type, sizeof(out->service_type));
	out->data_coding = unpack_u8(&u);
	out->tlvs = unpack_octets(&u, &out->tlvs_len);
	out->fields = unpack_octets(&u, &out->fields_len);
	return unpack_end(&u);
}

static void
unpack_address(struct unpack *u, struct pdu_address *out)
{
	out->ton = unpack_u8(u);
	out->npi = unpack_u8(u);
	unpack_words(u, out->digits, sizeof(out->digits));
}

/* What does not fit its place in a PDU was not packed by us. */
static void
unpack_words(struct unpack *u, char *out, size_t room)
{
	size_t len;
	const uint8_t *words = unpack_octets(u, &len);

	if (len >= room || memchr(words, '\0', len) != NULL) {
		u->bad = 1;
		return;
	}
	memcpy(out, words, len);
	out[len] = '\0';
}

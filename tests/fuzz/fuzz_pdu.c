/*
 * Fuzzes the PDU guard: no octets may crash it, make it read outside them, or
 * make it understand its own encoding in another way.
 */
#include <event2/buffer.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "gateway/pdu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void stream_in(const uint8_t *data, size_t size);
static void decode_exactly(const uint8_t *data, size_t size);
static void check_verdict(
    const struct pdu *pdu, enum pdu_verdict verdict, enum pdu_status answer);
static void encode_again(const struct pdu *pdu, size_t size);
static void walk_tlvs(struct pdu_tlvs tlvs);
static void check_same(struct pdu a, struct pdu b);
static void check_same_octets(
    const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	stream_in(data, size);
	if (size >= PDU_HEADER && size <= PDU_MAX)
		decode_exactly(data, size);
	return 0;
}

/* The input as it might come from a socket, several PDUs or a part of one. */
static void
stream_in(const uint8_t *data, size_t size)
{
	struct evbuffer *in = evbuffer_new();
	size_t len;

	CHECK(in != NULL && evbuffer_add(in, data, size) == 0);
	while (pdu_frame(in, &len) == PDU_WHOLE) {
		decode_exactly(evbuffer_pullup(in, (ev_ssize_t)len), len);
		evbuffer_drain(in, len);
	}
	evbuffer_free(in);
}

/* In memory of just this size, so that the sanitizer sees every step aside. */
static void
decode_exactly(const uint8_t *data, size_t size)
{
	uint8_t *octets = malloc(size);
	enum pdu_verdict verdict;
	enum pdu_status answer;
	struct pdu pdu;

	CHECK(octets != NULL);
	memcpy(octets, data, size);
	verdict = pdu_decode(octets, size, &pdu, &answer);
	check_verdict(&pdu, verdict, answer);
	if (verdict == PDU_OK || (verdict == PDU_BAD_BODY &&
	    (pdu.command & PDU_RESPONSE) != 0))
		encode_again(&pdu, size);
	walk_tlvs(pdu.tlvs);
	free(octets);
}

static void
check_verdict(
    const struct pdu *pdu, enum pdu_verdict verdict, enum pdu_status answer)
{
	switch (verdict) {
	case PDU_OK:
		CHECK(answer == PDU_ROK);
		break;
	case PDU_BAD_BODY:
		/* RSYSERR would say that the library refused our octets. */
		CHECK(answer != PDU_ROK && answer != PDU_RSYSERR);
		break;
	case PDU_UNKNOWN:
		CHECK(answer == PDU_RINVCMDID && pdu->tlvs.len == 0);
		break;
	}
	CHECK(pdu_command_name(pdu->command)[0] != '\0');
	CHECK(pdu_status_name(pdu->status)[0] != '\0');
}

static void
encode_again(const struct pdu *pdu, size_t size)
{
	static uint8_t octets[PDU_MAX];
	int len = pdu_pack(pdu, octets, sizeof(octets));
	enum pdu_status answer;
	struct pdu again;

	/* A response that left out its NUL grows by it. */
	CHECK(len >= PDU_HEADER || size == PDU_MAX);
	if (len < 0)
		return;
	CHECK(pdu_decode(octets, (size_t)len, &again, &answer) == PDU_OK);
	check_same(*pdu, again);
}

static void
walk_tlvs(struct pdu_tlvs tlvs)
{
	struct pdu_tlv tlv, first;
	size_t at = 0, sum = 0;

	while (pdu_tlv_next(tlvs, &at, &tlv)) {
		for (size_t i = 0; i < tlv.len; i++)
			sum += tlv.value[i];
		CHECK(pdu_tlv_find(tlvs, tlv.tag, &first));
		CHECK(first.value <= tlv.value);
	}
	CHECK(at == tlvs.len && sum <= 255 * tlvs.len);
}

static void
check_same(struct pdu a, struct pdu b)
{
	check_same_octets(a.text, a.text_len, b.text, b.text_len);
	check_same_octets(a.tlvs.octets, a.tlvs.len, b.tlvs.octets, b.tlvs.len);
	a.text = b.text = NULL;
	a.tlvs.octets = b.tlvs.octets = NULL;
	CHECK(memcmp(&a, &b, sizeof(a)) == 0);
}

static void
check_same_octets(
    const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
	CHECK(a_len == b_len);
	CHECK(a_len == 0 || memcmp(a, b, a_len) == 0);
}

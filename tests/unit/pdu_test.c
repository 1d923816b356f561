/*
 * The PDU codec behind its guard: PDUs from the field, streams cut anywhere,
 * and everything that a peer may get wrong.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <event2/buffer.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "gateway/pdu.h"

/* ---- helpers */

static const uint8_t enquire_link[] = {
	0, 0, 0, 16, 0, 0, 0, 0x15, 0, 0, 0, 0, 0, 0, 0, 7,
};

static enum pdu_verdict
decode(const void *octets, size_t len, struct pdu *out)
{
	enum pdu_status answer;

	return pdu_decode(octets, len, out, &answer);
}

/* A deliver_sm with every field in use. */
static struct pdu
a_deliver_sm(void)
{
	static const uint8_t tlvs[] = {
		0x05, 0x01, 0, 1, 0x01, 0x13, 0x83, 0, 2, 0x12, 0x34,
	};

	return (struct pdu){
		.command = PDU_DELIVER_SM, .sequence = 0x80000001,
		.service_type = "USSD",
		.source = { 1, 1, "255712345678" },
		.dest = { 9, 77, "*152*00#" },
		.esm_class = 8, .protocol_id = 1, .priority_flag = 2,
		.schedule_delivery_time = "", .validity_period = "77",
		.registered_delivery = 1, .replace_if_present = 1,
		.data_coding = 15, .sm_default_msg_id = 3,
		.text = (const uint8_t *)"*152*00#", .text_len = 8,
		.tlvs = { tlvs, sizeof(tlvs) },
	};
}

/* ---- streams */

#define STREAM_MAX 4096

static size_t
three_pdus(uint8_t *stream)
{
	struct pdu deliver = a_deliver_sm();
	struct pdu resp = { .command = PDU_SUBMIT_SM | PDU_RESPONSE,
		.status = 0x401, .sequence = 9, .message_id = "0a1b" };
	size_t len = 0;

	len += (size_t)pdu_pack(&deliver, stream, STREAM_MAX);
	memcpy(stream + len, enquire_link, sizeof(enquire_link));
	len += sizeof(enquire_link);
	return len + (size_t)pdu_pack(&resp, stream + len, STREAM_MAX - len);
}

/* Takes what is whole out of IN; writes it to OUT as it would be sent. */
static int
take_whole(struct evbuffer *in, struct evbuffer *out)
{
	size_t len;
	int taken = 0;

	while (pdu_frame(in, &len) == PDU_WHOLE) {
		struct pdu pdu;

		assert_int_equal(
		    decode(evbuffer_pullup(in, (ev_ssize_t)len), len, &pdu),
		    PDU_OK);
		assert_int_equal(pdu_encode(&pdu, out), 0);
		evbuffer_drain(in, len);
		taken++;
	}
	return taken;
}

static void
assert_same(struct evbuffer *out, const uint8_t *stream, size_t len)
{
	assert_int_equal(evbuffer_get_length(out), len);
	assert_memory_equal(evbuffer_pullup(out, -1), stream, len);
	evbuffer_drain(out, len);
}

static void
a_stream_cut_at_any_octet_gives_the_same_pdus(void **state)
{
	struct evbuffer *in = evbuffer_new(), *out = evbuffer_new();
	uint8_t stream[STREAM_MAX];
	size_t len = three_pdus(stream), cut;
	int taken;

	(void)state;
	for (cut = 0; cut <= len; cut++) {
		evbuffer_add(in, stream, cut);
		taken = take_whole(in, out);
		evbuffer_add(in, stream + cut, len - cut);
		taken += take_whole(in, out);
		assert_int_equal(taken, 3);
		assert_same(out, stream, len);
	}
	evbuffer_free(in);
	evbuffer_free(out);
}

static void
a_stream_that_comes_octet_by_octet_gives_the_same_pdus(void **state)
{
	struct evbuffer *in = evbuffer_new(), *out = evbuffer_new();
	uint8_t stream[STREAM_MAX];
	size_t len = three_pdus(stream), i;
	int taken = 0;

	(void)state;
	for (i = 0; i < len; i++) {
		evbuffer_add(in, &stream[i], 1);
		taken += take_whole(in, out);
	}
	assert_int_equal(taken, 3);
	assert_same(out, stream, len);
	evbuffer_free(in);
	evbuffer_free(out);
}

static void
two_hundred_pdus_in_one_read_are_two_hundred_pdus(void **state)
{
	struct evbuffer *in = evbuffer_new(), *out = evbuffer_new();
	uint8_t all[100 * STREAM_MAX], stream[STREAM_MAX];
	struct pdu deliver = a_deliver_sm();
	size_t one = (size_t)pdu_pack(&deliver, stream, sizeof(stream));
	size_t i;

	(void)state;
	for (i = 0; i < 200; i++)
		memcpy(all + i * one, stream, one);
	evbuffer_add(in, all, 200 * one);
	assert_int_equal(take_whole(in, out), 200);
	assert_same(out, all, 200 * one);
	evbuffer_free(in);
	evbuffer_free(out);
}

static void
an_impossible_length_is_broken_and_nothing_is_taken(void **state)
{
	static const struct {
		uint32_t len;
		enum pdu_frame frame;
	} cases[] = {
		{ 0, PDU_BROKEN }, { 4, PDU_BROKEN }, { 15, PDU_BROKEN },
		{ 65537, PDU_BROKEN }, { 0xffffffff, PDU_BROKEN },
		{ 0x48545450, PDU_BROKEN }, /* "HTTP" */
		{ 16, PDU_PARTIAL }, { 65536, PDU_PARTIAL },
	};
	struct evbuffer *in = evbuffer_new();
	size_t i, len;

	(void)state;
	assert_int_equal(pdu_frame(in, &len), PDU_PARTIAL);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		uint8_t octets[] = { (uint8_t)(cases[i].len >> 24),
			(uint8_t)(cases[i].len >> 16),
			(uint8_t)(cases[i].len >> 8), (uint8_t)cases[i].len };

		evbuffer_add(in, octets, sizeof(octets));
		assert_int_equal(pdu_frame(in, &len), cases[i].frame);
		assert_int_equal(evbuffer_get_length(in), 4);
		evbuffer_drain(in, 4);
	}
	evbuffer_free(in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stream_cut_at_any_octet_gives_the_same_pdus),
		cmocka_unit_test(
		    a_stream_that_comes_octet_by_octet_gives_the_same_pdus),
		cmocka_unit_test(
		    two_hundred_pdus_in_one_read_are_two_hundred_pdus),
		cmocka_unit_test(
		    an_impossible_length_is_broken_and_nothing_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

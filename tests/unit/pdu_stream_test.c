/*
 * A stream of PDUs, cut and delivered in every way that TCP can think of.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <event2/buffer.h>
#include <string.h>

#include "gateway/pdu.h"

#define STREAM_MAX 4096

struct streams {
	struct evbuffer *in;
	struct evbuffer *out;
	uint8_t octets[STREAM_MAX];
	size_t len;
};

static const struct pdu deliver_sm = {
	.command = PDU_DELIVER_SM, .sequence = 0x80000001,
	.service_type = "USSD", .source = { 1, 1, "255712345678" },
	.text = (const uint8_t *)"*152*00#", .text_len = 8,
	.tlvs = { (const uint8_t *)"\x05\x01\0\1\1", 5 },
};

/* A deliver_sm, an enquire_link and a submit_sm_resp. */
static int
open_streams(void **state)
{
	static struct streams s;
	const struct pdu enquire_link = { .command = PDU_ENQUIRE_LINK };
	const struct pdu resp = { .command = PDU_SUBMIT_SM | PDU_RESPONSE,
		.status = 0x401, .sequence = 9, .message_id = "0a1b" };

	s.in = evbuffer_new();
	s.out = evbuffer_new();
	s.len = (size_t)pdu_pack(&deliver_sm, s.octets, STREAM_MAX);
	s.len += (size_t)pdu_pack(
	    &enquire_link, s.octets + s.len, STREAM_MAX - s.len);
	s.len += (size_t)pdu_pack(&resp, s.octets + s.len, STREAM_MAX - s.len);
	*state = &s;
	return 0;
}

static int
close_streams(void **state)
{
	struct streams *s = *state;

	evbuffer_free(s->in);
	evbuffer_free(s->out);
	return 0;
}

/* Takes what is whole out of IN and writes it to OUT as we would send it. */
static int
take_whole(struct streams *s)
{
	enum pdu_status answer;
	struct pdu pdu;
	size_t len;
	int taken = 0;

	while (pdu_frame(s->in, &len) == PDU_WHOLE) {
		assert_int_equal(PDU_OK,
		    pdu_decode(evbuffer_pullup(s->in, (ev_ssize_t)len), len,
		    &pdu, &answer));
		assert_int_equal(pdu_encode(&pdu, s->out), 0);
		evbuffer_drain(s->in, len);
		taken++;
	}
	return taken;
}

static void
assert_came_through(struct streams *s)
{
	assert_int_equal(evbuffer_get_length(s->in), 0);
	assert_int_equal(evbuffer_get_length(s->out), s->len);
	assert_memory_equal(evbuffer_pullup(s->out, -1), s->octets, s->len);
	evbuffer_drain(s->out, s->len);
}

static void
a_stream_cut_at_any_octet_gives_the_same_pdus(void **state)
{
	struct streams *s = *state;
	size_t cut;
	int taken;

	for (cut = 0; cut <= s->len; cut++) {
		evbuffer_add(s->in, s->octets, cut);
		taken = take_whole(s);
		evbuffer_add(s->in, s->octets + cut, s->len - cut);
		taken += take_whole(s);
		assert_int_equal(taken, 3);
		assert_came_through(s);
	}
}

static void
a_stream_that_comes_octet_by_octet_gives_the_same_pdus(void **state)
{
	struct streams *s = *state;
	size_t i;
	int taken = 0;

	for (i = 0; i < s->len; i++) {
		evbuffer_add(s->in, &s->octets[i], 1);
		taken += take_whole(s);
	}
	assert_int_equal(taken, 3);
	assert_came_through(s);
}

static void
a_length_in_two_pieces_of_memory_is_read_whole(void **state)
{
	struct streams *s = *state;
	size_t i, len;

	for (i = 0; i < s->len; i++)
		evbuffer_add_reference(s->in, &s->octets[i], 1, NULL, NULL);
	assert_int_equal(pdu_frame(s->in, &len), PDU_WHOLE);
	assert_int_equal(take_whole(s), 3);
	assert_came_through(s);
}

static void
two_hundred_pdus_in_one_read_are_two_hundred_pdus(void **state)
{
	static uint8_t all[200 * STREAM_MAX];
	struct streams *s = *state;
	size_t len = 0;
	int i;

	for (i = 0; i < 200; i++)
		len += (size_t)pdu_pack(&deliver_sm, all + len, STREAM_MAX);
	evbuffer_add(s->in, all, len);
	assert_int_equal(take_whole(s), 200);
	assert_int_equal(evbuffer_get_length(s->out), len);
	assert_memory_equal(evbuffer_pullup(s->out, -1), all, len);
}

static void
an_impossible_length_is_broken_and_nothing_is_taken(void **state)
{
	static const struct {
		const char *octets;
		enum pdu_frame frame;
	} cases[] = {
		{ "\x00\x00\x00\x00", PDU_BROKEN },
		{ "\x00\x00\x00\x04", PDU_BROKEN },
		{ "\x00\x00\x00\x0f", PDU_BROKEN },
		{ "\x00\x01\x00\x01", PDU_BROKEN },
		{ "\xff\xff\xff\xff", PDU_BROKEN },
		{ "HTTP", PDU_BROKEN },
		{ "\x16\x03\x01\x02", PDU_BROKEN }, /* TLS says hello. */
		{ "\x00\x00\x00\x10", PDU_PARTIAL },
		{ "\x00\x01\x00\x00", PDU_PARTIAL },
	};
	struct streams *s = *state;
	size_t i, len;

	assert_int_equal(pdu_frame(s->in, &len), PDU_PARTIAL);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		evbuffer_add(s->in, cases[i].octets, 4);
		assert_int_equal(pdu_frame(s->in, &len), cases[i].frame);
		assert_int_equal(evbuffer_get_length(s->in), 4);
		evbuffer_drain(s->in, 4);
	}
}

int
main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, open_streams, close_streams)
	const struct CMUnitTest tests[] = {
		TEST(a_stream_cut_at_any_octet_gives_the_same_pdus),
		TEST(a_stream_that_comes_octet_by_octet_gives_the_same_pdus),
		TEST(a_length_in_two_pieces_of_memory_is_read_whole),
		TEST(two_hundred_pdus_in_one_read_are_two_hundred_pdus),
		TEST(an_impossible_length_is_broken_and_nothing_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

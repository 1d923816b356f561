/*
 * What a peer may send, however it is cut, and whatever it is.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/link_fixture.h"

/* Three PDUs as octets: two requests and an enquire_link between them. */
static size_t
a_burst(uint8_t *out, size_t room)
{
	struct pdu pdus[] = {
		a_deliver(1, "*152*00#"),
		{ .command = PDU_ENQUIRE_LINK, .sequence = 2 },
		a_deliver(0x80000003, "a second one"),
	};
	size_t i, len = 0;
	int packed;

	for (i = 0; i < ARRAY_SIZE(pdus); i++) {
		packed = pdu_pack(&pdus[i], out + len, room - len);
		assert_true(packed > 0);
		len += (size_t)packed;
	}
	return len;
}

static void
expect_burst(struct fixture *f)
{
	const struct peer *p = &f->peer;

	UNTIL(f,
	    peer_heard(p, PDU_DELIVER_SM | PDU_RESPONSE) == 2 &&
		peer_heard(p, PDU_ENQUIRE_LINK | PDU_RESPONSE) == 1);
	assert_int_equal(
	    peer_nth(p, PDU_DELIVER_SM | PDU_RESPONSE, 0)->sequence, 1);
	assert_int_equal(
	    peer_nth(p, PDU_DELIVER_SM | PDU_RESPONSE, 1)->sequence,
	    0x80000003);
	assert_int_equal(
	    peer_nth(p, PDU_ENQUIRE_LINK | PDU_RESPONSE, 0)->sequence, 2);
	assert_string_equal(f->request_text, "a second one");
	f->peer.count = 0;
}

static void
a_burst_cut_anywhere_is_the_same_burst(void **state)
{
	struct fixture *f = fixture_bound();
	uint8_t burst[512];
	size_t cut, len = a_burst(burst, sizeof(burst));
	uint64_t before;

	(void)state;
	f->peer.count = 0;
	for (cut = 1; cut < len; cut++) {
		before = link_figures(f->link).pdus_in;
		wire_send_octets(f->peer.wire, burst, cut);
		/* The first part has surely been read when ... */
		event_base_loop(f->base, EVLOOP_ONCE);
		event_base_loop(f->base, EVLOOP_ONCE);
		wire_send_octets(f->peer.wire, burst + cut, len - cut);
		expect_burst(f);
		assert_int_equal(link_figures(f->link).pdus_in, before + 3);
	}
	assert_int_equal(f->peer.connections, 1);
	fixture_free(f);
}

static void
a_burst_one_octet_at_a_time_is_the_same_burst(void **state)
{
	struct fixture *f = fixture_bound();
	uint8_t burst[512];
	size_t at, len = a_burst(burst, sizeof(burst));

	(void)state;
	f->peer.count = 0;
	for (at = 0; at < len; at++) {
		wire_send_octets(f->peer.wire, burst + at, 1);
		event_base_loop(f->base, EVLOOP_ONCE);
		event_base_loop(f->base, EVLOOP_ONCE);
	}
	expect_burst(f);
	fixture_free(f);
}

static void
two_hundred_pdus_in_one_write_are_heard_in_order(void **state)
{
	struct fixture *f = fixture_bound();
	struct pdu pdu;
	uint32_t n;

	(void)state;
	for (n = 0; n < 200; n++) {
		pdu = a_deliver(1000 + n * 7, "x");
		peer_send(&f->peer, &pdu);
	}
	UNTIL(f, peer_heard(&f->peer, PDU_DELIVER_SM | PDU_RESPONSE) == 200);
	assert_int_equal(f->requests, 200);
	for (n = 0; n < 200; n++) {
		assert_int_equal(f->request_sequences[n], 1000 + n * 7);
		assert_int_equal(
		    peer_nth(&f->peer, PDU_DELIVER_SM | PDU_RESPONSE, n)
			->sequence,
		    1000 + n * 7);
	}
	fixture_free(f);
}

static void
the_largest_pdu_arrives_octet_by_octet_or_at_once(void **state)
{
	static uint8_t payload[PDU_MAX];
	struct fixture *f = fixture_bound();
	struct pdu pdu = a_deliver(9, "");
	static uint8_t tlv[65400];
	size_t len = 0, at;
	int packed;

	(void)state;
	assert_int_equal(pdu_tlv_put(tlv, sizeof(tlv), &len,
			     PDU_TAG_MESSAGE_PAYLOAD, payload, 65000),
	    0);
	pdu.tlvs = (struct pdu_tlvs){ tlv, len };
	packed = pdu_pack(&pdu, payload, sizeof(payload));
	assert_true(packed > 65000);
	for (at = 0; at < (size_t)packed; at += 500)
		wire_send_octets(f->peer.wire, payload + at,
		    (size_t)packed - at < 500 ? (size_t)packed - at : 500);
	UNTIL(f, f->requests == 1);
	wire_send_octets(f->peer.wire, payload, (size_t)packed);
	UNTIL(f, f->requests == 2);
	fixture_free(f);
}

static void
an_impossible_length_is_nacked_and_ends_this_connection(void **state)
{
	static const struct {
		const char *octets;
		size_t len;
	} cases[] = {
		{ "\0\0\0\0\0\0\0\5\0\0\0\0\0\0\0\1", 16 },
		{ "\0\0\0\4\0\0\0\5\0\0\0\0\0\0\0\1", 16 },
		{ "\0\0\0\17\0\0\0\5\0\0\0\0\0\0\0\1", 16 },
		{ "\0\1\0\1\0\0\0\5\0\0\0\0\0\0\0\1", 16 },
		{ "\377\377\377\377\0\0\0\5\0\0\0\0\0\0\0\1", 16 },
		{ "HTTP/1.1 400 Bad Request\r\n\r\n", 28 },
		{ "\26\3\1\2\0\1\0\1\374\3\3", 11 },
		{ "\0\0\0\1", 4 },
	};
	struct fixture *f = fixture_bound();
	size_t i;

	(void)state;
	f->settings.retry_least_ms = 1;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		UNTIL(f, link_state(f->link) == BIND_BOUND);
		f->peer.count = 0;
		wire_send_octets(f->peer.wire, (const uint8_t *)cases[i].octets,
		    cases[i].len);
		UNTIL(f, peer_heard(&f->peer, PDU_GENERIC_NACK) == 1);
		assert_int_equal(
		    peer_nth(&f->peer, PDU_GENERIC_NACK, 0)->status,
		    PDU_RINVCMDLEN);
		UNTIL(f, f->peer.connections == (int)i + 2);
	}
	assert_int_equal(f->requests, 0);
	fixture_free(f);
}

static void
what_an_esme_does_not_do_is_refused_and_the_link_lives(void **state)
{
	static const struct {
		uint32_t command, answer, status;
	} cases[] = {
		{ 0x00000042, PDU_GENERIC_NACK, PDU_RINVCMDID },
		{ 0x00010200, PDU_GENERIC_NACK, PDU_RINVCMDID },
		{ PDU_BIND_RECEIVER, PDU_BIND_RECEIVER | PDU_RESPONSE, 0 },
		{ PDU_SUBMIT_SM, PDU_SUBMIT_SM | PDU_RESPONSE, 0 },
	};
	struct fixture *f = fixture_bound();
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		uint8_t header[PDU_HEADER] = { 0, 0, 0, 16, 0,
			(uint8_t)(cases[i].command >> 16),
			(uint8_t)(cases[i].command >> 8),
			(uint8_t)cases[i].command, 0, 0, 0, 0, 0, 0, 1, 2 };

		f->peer.count = 0;
		wire_send_octets(f->peer.wire, header, sizeof(header));
		UNTIL(f, f->peer.count == 1);
		assert_int_equal(f->peer.heard[0].command, cases[i].answer);
		assert_int_equal(f->peer.heard[0].sequence, 0x102);
		if (cases[i].status != 0)
			assert_int_equal(
			    f->peer.heard[0].status, cases[i].status);
		assert_true(f->peer.heard[0].status != PDU_ROK);
	}
	assert_int_equal(f->peer.connections, 1);
	assert_int_equal(link_figures(f->link).bad_in, ARRAY_SIZE(cases));
	fixture_free(f);
}

static void
a_broken_body_is_answered_with_an_error_and_the_link_lives(void **state)
{
	struct fixture *f = fixture_bound();
	struct pdu whole = a_deliver(7, "well");
	/* A deliver_sm that ends in its source address. */
	static const uint8_t broken[] = {
		0,
		0,
		0,
		22,
		0,
		0,
		0,
		5,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		6,
		0,
		1,
		1,
		'2',
		'5',
		'5',
	};

	(void)state;
	f->peer.count = 0;
	wire_send_octets(f->peer.wire, broken, sizeof(broken));
	peer_send(&f->peer, &whole);
	UNTIL(f, f->peer.count == 2);
	assert_int_equal(
	    f->peer.heard[0].command, PDU_DELIVER_SM | PDU_RESPONSE);
	assert_int_equal(f->peer.heard[0].sequence, 6);
	assert_true(f->peer.heard[0].status != PDU_ROK);
	assert_int_equal(f->peer.heard[1].sequence, 7);
	assert_int_equal(f->peer.heard[1].status, PDU_ROK);
	assert_int_equal(f->requests, 1);
	fixture_free(f);
}

static void
unknown_responses_and_notices_are_ignored(void **state)
{
	struct fixture *f = fixture_bound();
	static const uint8_t unknown[] = {
		0,
		0,
		0,
		16,
		0x80,
		0,
		0,
		0x42,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		1,
	};

	(void)state;
	f->peer.count = 0;
	wire_send_octets(f->peer.wire, unknown, sizeof(unknown));
	peer_say(&f->peer, PDU_ENQUIRE_LINK, 5);
	UNTIL(f, f->peer.count == 1);
	assert_int_equal(
	    f->peer.heard[0].command, PDU_ENQUIRE_LINK | PDU_RESPONSE);
	fixture_free(f);
}

static void
a_request_before_the_bind_is_refused_as_such(void **state)
{
	struct fixture *f = fixture_new();
	struct pdu deliver = a_deliver(3, "early");

	(void)state;
	f->peer.ignores_binds = true;
	fixture_start(f);
	UNTIL(f, peer_heard(&f->peer, PDU_BIND_TRANSCEIVER) == 1);
	peer_send(&f->peer, &deliver);
	UNTIL(f, peer_heard(&f->peer, PDU_DELIVER_SM | PDU_RESPONSE) == 1);
	assert_int_equal(
	    peer_nth(&f->peer, PDU_DELIVER_SM | PDU_RESPONSE, 0)->status,
	    PDU_RINVBNDSTS);
	assert_int_equal(f->requests, 0);
	fixture_free(f);
}

static void
a_flood_of_enquiries_is_answered_one_by_one(void **state)
{
	struct fixture *f = fixture_bound();
	uint32_t n;

	(void)state;
	f->peer.count = 0;
	for (n = 1; n <= 3000; n++)
		peer_say(&f->peer, PDU_ENQUIRE_LINK, n);
	UNTIL(f, f->peer.count == 3000);
	assert_int_equal(link_state(f->link), BIND_BOUND);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_burst_cut_anywhere_is_the_same_burst),
		cmocka_unit_test(a_burst_one_octet_at_a_time_is_the_same_burst),
		cmocka_unit_test(
		    two_hundred_pdus_in_one_write_are_heard_in_order),
		cmocka_unit_test(
		    the_largest_pdu_arrives_octet_by_octet_or_at_once),
		cmocka_unit_test(
		    an_impossible_length_is_nacked_and_ends_this_connection),
		cmocka_unit_test(
		    what_an_esme_does_not_do_is_refused_and_the_link_lives),
		cmocka_unit_test(
		    a_broken_body_is_answered_with_an_error_and_the_link_lives),
		cmocka_unit_test(unknown_responses_and_notices_are_ignored),
		cmocka_unit_test(a_request_before_the_bind_is_refused_as_such),
		cmocka_unit_test(a_flood_of_enquiries_is_answered_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

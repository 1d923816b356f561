/*
 * What a link sends, in which order, how much of it, and what becomes of it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/link_fixture.h"

/* ---- answers */

static void
a_submit_is_answered_with_the_operators_id(void **state)
{
	struct fixture *f = fixture_bound();

	(void)state;
	submit(f, LINK_CLASS_IN_SESSION, "Karibu", 1000, 1);
	assert_int_equal(f->answers, 0);
	UNTIL(f, f->answers == 1);
	assert_int_equal(f->results[LINK_SENT], 1);
	assert_string_equal(f->message_id, "4f2A");
	assert_string_equal(
	    peer_nth(&f->peer, PDU_SUBMIT_SM, 0)->text, "Karibu");
	assert_int_equal(link_figures(f->link).window_used, 0);
	fixture_free(f);
}

static void
a_header_is_enough_of_a_response_whatever_its_status(void **state)
{
	static const uint32_t statuses[] = {
		0,
		PDU_RSYSERR,
		PDU_RINVDSTADR,
		0x300,
		0x403,
		0x4ff,
	};
	struct fixture *f = fixture_bound();
	size_t i, body;

	(void)state;
	for (body = 0; body < 2; body++)
		for (i = 0; i < ARRAY_SIZE(statuses); i++) {
			f->peer.header_only = body == 0;
			f->peer.submit_status = statuses[i];
			f->answers = 0;
			submit(f, LINK_CLASS_SMS, "x", 1000, 1);
			UNTIL(f, f->answers == 1);
			assert_int_equal(f->status, statuses[i]);
		}
	assert_int_equal(f->results[LINK_SENT], 2);
	assert_int_equal(f->results[LINK_REFUSED], 10);
	fixture_free(f);
}

static void
what_cannot_be_sent_is_answered_all_the_same_but_later(void **state)
{
	struct fixture *f = fixture_new();
	char text[256] = { 0 };

	(void)state;
	fixture_start(f);
	submit(f, LINK_CLASS_SMS, "too early", 1000, 1);
	UNTIL(f, f->results[LINK_DROPPED] == 1);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	memset(text, 'x', sizeof(text) - 1); /* one octet too long */
	submit(f, LINK_CLASS_SMS, text, 1000, 2);
	UNTIL(f, f->results[LINK_DROPPED] == 2);
	assert_int_equal(peer_heard(&f->peer, PDU_SUBMIT_SM), 0);
	fixture_free(f);
}

static void
an_answer_may_ask_again(void **state)
{
	struct fixture *f = fixture_bound();

	(void)state;
	f->then = THEN_SUBMIT;
	submit(f, LINK_CLASS_SMS, "x", 1000, 1);
	UNTIL(f, f->answers == 2);
	assert_int_equal(f->order[1], 99);
	fixture_free(f);
}

static void
a_response_that_never_comes_frees_its_place(void **state)
{
	struct fixture *f = fixture_new();
	int i;

	(void)state;
	f->settings.window = 3;
	f->settings.response_ms = 40;
	f->peer.ignores_submits = true;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	for (i = 0; i < 7; i++)
		submit(f, LINK_CLASS_SMS, "x", 10000, i);
	UNTIL(f, f->answers == 7);
	assert_int_equal(f->results[LINK_UNKNOWN], 7);
	assert_int_equal(link_figures(f->link).unknown, 7);
	for (i = 0; i < 7; i++)
		assert_int_equal(f->order[i], i);
	assert_int_equal(link_state(f->link), BIND_BOUND);
	fixture_free(f);
}

static void
late_repeated_and_unasked_responses_are_counted_and_harmless(void **state)
{
	struct fixture *f = fixture_new();
	uint32_t n;

	(void)state;
	f->settings.response_ms = 40;
	f->peer.ignores_submits = true;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	submit(f, LINK_CLASS_SMS, "x", 1000, 1);
	UNTIL(f, f->results[LINK_UNKNOWN] == 1);
	n = peer_nth(&f->peer, PDU_SUBMIT_SM, 0)->sequence;
	peer_answer(&f->peer, n, 0); /* late */
	peer_answer(&f->peer, n, 0); /* twice */
	peer_answer(&f->peer, 4711, 0);
	peer_answer(&f->peer, 0, 0);
	peer_answer(&f->peer, 0xffffffff, 0);
	peer_say(&f->peer, PDU_GENERIC_NACK, 0);
	UNTIL(f, link_figures(f->link).strays == 6);
	assert_int_equal(f->answers, 1);
	f->peer.ignores_submits = false;
	submit(f, LINK_CLASS_SMS, "x", 1000, 2);
	UNTIL(f, f->results[LINK_SENT] == 1);
	fixture_free(f);
}

static void
responses_in_any_order_find_their_requests(void **state)
{
	struct fixture *f = fixture_bound();
	int i;

	(void)state;
	f->peer.ignores_submits = true;
	for (i = 0; i < 10; i++)
		submit(f, LINK_CLASS_SMS, "x", 1000, i);
	UNTIL(f, peer_heard(&f->peer, PDU_SUBMIT_SM) == 10);
	for (i = 9; i >= 0; i--)
		peer_answer(&f->peer,
		    peer_nth(&f->peer, PDU_SUBMIT_SM, (size_t)i)->sequence, 0);
	UNTIL(f, f->answers == 10);
	for (i = 0; i < 10; i++)
		assert_int_equal(f->order[i], 9 - i);
	fixture_free(f);
}

/* ---- how much at once */

static void
a_window_is_used_and_never_overrun(void **state)
{
	static const int windows[] = { 1, 10, 1000 };
	struct fixture *f;
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(windows); i++) {
		f = fixture_new();
		f->settings.window = windows[i];
		f->peer.ignores_submits = true;
		fixture_start(f);
		UNTIL(f, link_state(f->link) == BIND_BOUND);
		for (n = 0; n < 1500; n++)
			submit(f, LINK_CLASS_SMS, "x", 10000, n);
		UNTIL(f, f->peer.open == windows[i]);
		fixture_turns(f, 20);
		assert_int_equal(f->peer.most_open, windows[i]);
		assert_false(link_has_room(f->link));
		f->peer.ignores_submits = false;
		for (n = 0; n < windows[i]; n++)
			peer_answer(&f->peer,
			    peer_nth(&f->peer, PDU_SUBMIT_SM, (size_t)n)
				->sequence,
			    0);
		UNTIL(f, f->results[LINK_SENT] == 1500);
		assert_int_equal(f->peer.most_open, windows[i]);
		assert_true(link_has_room(f->link));
		fixture_free(f);
	}
}

static void
a_rate_is_kept(void **state)
{
	struct fixture *f = fixture_new();
	int64_t began;
	int i;

	(void)state;
	f->settings.tps = 100;
	f->settings.window = 100;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	began = clock_steady_ms();
	for (i = 0; i < 40; i++)
		submit(f, LINK_CLASS_SMS, "x", 10000, i);
	UNTIL(f, f->answers == 40);
	/* Ten were saved up; the rest takes 10 ms each. */
	assert_true(clock_steady_ms() - began >= 299);
	fixture_free(f);
}

static void
a_throttling_peer_is_heard_and_the_order_stays(void **state)
{
	struct fixture *f = fixture_new();
	int i;

	(void)state;
	f->settings.tps = 400;
	f->settings.window = 1;
	f->peer.submit_status = PDU_RTHROTTLED;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	for (i = 0; i < 60; i++)
		submit(f, LINK_CLASS_SMS, "x", 10000, i);
	UNTIL(f, f->answers == 1);
	f->peer.submit_status = PDU_ROK;
	UNTIL(f, f->answers == 60);
	for (i = 0; i < 60; i++)
		assert_int_equal(f->order[i], i);
	assert_true(link_figures(f->link).throttled >= 1);
	fixture_free(f);
}

static void
a_congested_peer_slows_the_link_before_it_throttles(void **state)
{
	static const uint8_t tlvs[] = { 0x04, 0x28, 0, 1, 95 };
	struct fixture *f = fixture_bound();
	struct pdu answer = {
		.command = PDU_SUBMIT_SM | PDU_RESPONSE,
		.message_id = "1",
		.tlvs = { tlvs, sizeof(tlvs) },
	};

	(void)state;
	f->peer.ignores_submits = true;
	submit(f, LINK_CLASS_SMS, "x", 1000, 1);
	UNTIL(f, f->peer.open == 1);
	answer.sequence = peer_nth(&f->peer, PDU_SUBMIT_SM, 0)->sequence;
	peer_send(&f->peer, &answer);
	UNTIL(f, f->results[LINK_SENT] == 1);
	assert_int_equal(link_figures(f->link).throttled, 1);
	fixture_free(f);
}

/* ---- in which order, and how long */

static void
a_screen_goes_before_a_new_session_and_that_before_an_sms(void **state)
{
	static const char *const order[] = { "0", "d", "c", "b", "a" };
	struct fixture *f = fixture_new();
	size_t i;

	(void)state;
	f->settings.window = 1;
	f->peer.ignores_submits = true;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	submit(f, LINK_CLASS_SMS, "0", 10000, 0);
	submit(f, LINK_CLASS_SMS, "b", 10000, 1);
	submit(f, LINK_CLASS_SMS, "a", 10000, 2);
	submit(f, LINK_CLASS_NEW, "c", 10000, 3);
	submit(f, LINK_CLASS_IN_SESSION, "d", 10000, 4);
	for (i = 0; i < ARRAY_SIZE(order); i++) {
		UNTIL(f, peer_heard(&f->peer, PDU_SUBMIT_SM) == i + 1);
		assert_string_equal(
		    peer_nth(&f->peer, PDU_SUBMIT_SM, i)->text, order[i]);
		peer_answer(&f->peer,
		    peer_nth(&f->peer, PDU_SUBMIT_SM, i)->sequence, 0);
	}
	fixture_free(f);
}

static void
what_has_grown_too_old_is_dropped_and_never_sent(void **state)
{
	struct fixture *f = fixture_new();

	(void)state;
	f->settings.window = 1;
	f->peer.ignores_submits = true;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	submit(f, LINK_CLASS_SMS, "0", 10000, 0);
	submit(f, LINK_CLASS_SMS, "patient", 10000, 1);
	submit(f, LINK_CLASS_IN_SESSION, "urgent", 20, 2);
	UNTIL(f, f->results[LINK_DROPPED] == 1);
	assert_int_equal(f->order[0], 2);
	UNTIL(f, peer_heard(&f->peer, PDU_SUBMIT_SM) == 1);
	peer_answer(
	    &f->peer, peer_nth(&f->peer, PDU_SUBMIT_SM, 0)->sequence, 0);
	UNTIL(f, peer_heard(&f->peer, PDU_SUBMIT_SM) == 2);
	assert_string_equal(
	    peer_nth(&f->peer, PDU_SUBMIT_SM, 1)->text, "patient");
	fixture_free(f);
}

/* ---- a peer that does not read */

static void
submit_large(struct fixture *f, enum link_class class)
{
	static uint8_t payload[60000], tlv[60100];
	struct pdu pdu = a_submit("");
	size_t len = 0;

	assert_int_equal(pdu_tlv_put(tlv, sizeof(tlv), &len,
			     PDU_TAG_MESSAGE_PAYLOAD, payload, sizeof(payload)),
	    0);
	pdu.tlvs = (struct pdu_tlvs){ tlv, len };
	link_submit(f->link,
	    &(struct link_order){ .class = class, .live_ms = 20000 }, &pdu,
	    NULL, NULL);
}

static void
a_peer_that_does_not_read_costs_bounded_memory(void **state)
{
	struct fixture *f = fixture_new();
	struct link_figures figures;
	int i;

	(void)state;
	f->settings.window = 100000;
	f->peer.ignores_submits = true;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	wire_freeze(f->peer.wire, true);
	/* 60 MB, more than all the kernel's buffers can hold. */
	for (i = 0; i < 1000; i++) {
		submit_large(f, LINK_CLASS_SMS);
		event_base_loop(f->base, EVLOOP_NONBLOCK);
	}
	figures = link_figures(f->link);
	assert_true(figures.dropped > 0);
	assert_true(figures.waiting > 0 && figures.waiting <= 70);
	/* A screen still finds its place. */
	submit_large(f, LINK_CLASS_IN_SESSION);
	assert_int_equal(link_figures(f->link).waiting, figures.waiting);
	assert_int_equal(link_figures(f->link).dropped, figures.dropped + 1);
	wire_freeze(f->peer.wire, false);
	UNTIL(f, link_figures(f->link).waiting == 0);
	UNTIL(f,
	    peer_heard(&f->peer, PDU_SUBMIT_SM) ==
		link_figures(f->link).submits);
	assert_int_equal(link_state(f->link), BIND_BOUND);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_submit_is_answered_with_the_operators_id),
		cmocka_unit_test(
		    a_header_is_enough_of_a_response_whatever_its_status),
		cmocka_unit_test(
		    what_cannot_be_sent_is_answered_all_the_same_but_later),
		cmocka_unit_test(an_answer_may_ask_again),
		cmocka_unit_test(a_response_that_never_comes_frees_its_place),
		cmocka_unit_test(
		    late_repeated_and_unasked_responses_are_counted_and_harmless),
		cmocka_unit_test(responses_in_any_order_find_their_requests),
		cmocka_unit_test(a_window_is_used_and_never_overrun),
		cmocka_unit_test(a_rate_is_kept),
		cmocka_unit_test(
		    a_throttling_peer_is_heard_and_the_order_stays),
		cmocka_unit_test(
		    a_congested_peer_slows_the_link_before_it_throttles),
		cmocka_unit_test(
		    a_screen_goes_before_a_new_session_and_that_before_an_sms),
		cmocka_unit_test(
		    what_has_grown_too_old_is_dropped_and_never_sent),
		cmocka_unit_test(
		    a_peer_that_does_not_read_costs_bounded_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

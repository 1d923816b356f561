/*
 * How a bind ends: by either side's unbind, by a drain, by its owner's hand.
 */
#include "tests/unit/link_fixture.h"

/* ---- unbinding */

static void
an_unbind_is_answered_drained_and_followed_by_a_new_bind(void **state)
{
	struct fixture *f = fixture_bound();
	int i;

	(void)state;
	f->peer.ignores_submits = true;
	for (i = 0; i < 10; i++)
		submit(f, LINK_CLASS_SMS, "x", 1000, i);
	UNTIL(f, peer_heard(&f->peer, PDU_SUBMIT_SM) == 10);
	peer_say(&f->peer, PDU_UNBIND, 77);
	UNTIL(f, peer_heard(&f->peer, PDU_UNBIND | PDU_RESPONSE) == 1);
	assert_int_equal(link_state(f->link), BIND_DRAINING);
	submit(f, LINK_CLASS_SMS, "too late", 1000, 10);
	UNTIL(f, f->results[LINK_DROPPED] == 1);
	for (i = 0; i < 10; i++)
		peer_answer(&f->peer,
		    peer_nth(&f->peer, PDU_SUBMIT_SM, (size_t)i)->sequence, 0);
	UNTIL(f, f->results[LINK_SENT] == 10);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	assert_int_equal(f->peer.connections, 2);
	assert_int_equal(f->answers, 11);
	fixture_free(f);
}

static void
a_drain_waits_for_what_is_open_on_both_sides(void **state)
{
	struct fixture *f = fixture_bound();
	struct pdu deliver = a_deliver(5, "1");

	(void)state;
	f->peer.ignores_submits = true;
	f->responds = false;
	peer_send(&f->peer, &deliver);
	UNTIL(f, f->requests == 1);
	link_drain(f->link);
	submit(f, LINK_CLASS_IN_SESSION, "screen", 1000, 1);
	deliver = a_deliver(6, "too late");
	peer_send(&f->peer, &deliver);
	UNTIL(f, peer_heard(&f->peer, PDU_DELIVER_SM | PDU_RESPONSE) == 1);
	assert_int_equal(
	    peer_nth(&f->peer, PDU_DELIVER_SM | PDU_RESPONSE, 0)->status,
	    PDU_RX_T_APPN);
	link_respond(f->link, f->request_generation, PDU_DELIVER_SM, 5, 0);
	UNTIL(f, peer_heard(&f->peer, PDU_DELIVER_SM | PDU_RESPONSE) == 2);
	assert_int_equal(peer_heard(&f->peer, PDU_UNBIND), 0);
	peer_answer(
	    &f->peer, peer_nth(&f->peer, PDU_SUBMIT_SM, 0)->sequence, 0);
	UNTIL(f, peer_heard(&f->peer, PDU_UNBIND) == 1);
	UNTIL(f, link_state(f->link) == BIND_DOWN);
	assert_int_equal(f->results[LINK_SENT], 1);
	fixture_turns(f, 60);
	assert_int_equal(f->peer.connections, 1);
	fixture_free(f);
}

static void
a_drain_ends_although_nobody_answers(void **state)
{
	struct fixture *f = fixture_new();

	(void)state;
	f->settings.drain_ms = 30;
	f->settings.response_ms = 30;
	f->peer.ignores_unbinds = f->peer.ignores_submits = true;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	submit(f, LINK_CLASS_SMS, "x", 1000, 1);
	link_drain(f->link);
	UNTIL(f, link_state(f->link) == BIND_DOWN);
	UNTIL(f, f->results[LINK_UNKNOWN] == 1);
	fixture_free(f);
}

static void
a_link_without_an_operator_is_drained_at_once(void **state)
{
	struct fixture *f = fixture_new();
	size_t before;

	(void)state;
	f->settings.port = 1;
	f->settings.retry_least_ms = f->settings.retry_most_ms = 60000;
	fixture_start(f);
	UNTIL(f, f->state_count == 6);
	before = f->state_count;
	link_drain(f->link);
	assert_int_equal(f->state_count, before);
	UNTIL(f, f->state_count == before + 1);
	assert_int_equal(f->states[before], BIND_DOWN);
	fixture_free(f);
}

/* ---- whatever its owner does to it */

static void
a_link_may_be_freed_in_any_call_of_its_own(void **state)
{
	struct pdu deliver = a_deliver(1, "x");
	struct fixture *f;

	(void)state;
	f = fixture_new(); /* in a state */
	f->then = THEN_FREE;
	fixture_start(f);
	UNTIL(f, f->link == NULL);
	fixture_free(f);

	f = fixture_bound(); /* in a request */
	f->then = THEN_FREE;
	peer_send(&f->peer, &deliver);
	peer_send(&f->peer, &deliver);
	UNTIL(f, f->link == NULL);
	assert_int_equal(f->requests, 1);
	fixture_free(f);

	f = fixture_bound(); /* in an answer */
	submit(f, LINK_CLASS_SMS, "x", 1000, 1);
	f->then = THEN_FREE;
	UNTIL(f, f->link == NULL);
	fixture_free(f);
}

static void
a_link_may_be_drained_in_any_call_of_its_own(void **state)
{
	struct pdu deliver = a_deliver(1, "x");
	struct fixture *f;

	(void)state;
	f = fixture_new();
	f->then = THEN_DRAIN;
	fixture_start(f);
	UNTIL(f, peer_heard(&f->peer, PDU_UNBIND) == 1);
	UNTIL(f, link_state(f->link) == BIND_DOWN);
	fixture_free(f);

	f = fixture_bound();
	f->then = THEN_DRAIN;
	peer_send(&f->peer, &deliver);
	UNTIL(f, link_state(f->link) == BIND_DOWN);
	assert_int_equal(link_figures(f->link).illegal_transitions, 0);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_unbind_is_answered_drained_and_followed_by_a_new_bind),
		cmocka_unit_test(a_drain_waits_for_what_is_open_on_both_sides),
		cmocka_unit_test(a_drain_ends_although_nobody_answers),
		cmocka_unit_test(a_link_without_an_operator_is_drained_at_once),
		cmocka_unit_test(a_link_may_be_freed_in_any_call_of_its_own),
		cmocka_unit_test(a_link_may_be_drained_in_any_call_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * A link's life: it comes up, stays up, and comes back.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "gateway/bind_inside.h"
#include "gateway/bind_state.h"
#include "gateway/link_inside.h"
#include "tests/unit/link_fixture.h"

static bool
has_been(const struct fixture *f, enum bind_state s)
{
	size_t i;

	for (i = 0; i < f->state_count; i++)
		if (f->states[i] == s)
			return true;
	return false;
}

/* ---- the table */

static void
every_state_leads_forward_or_down_and_nowhere_else(void **state)
{
	static const char *const ways[] = {
		/* to: D R C B O X */
		[BIND_DOWN] = ".x....",
		[BIND_RESOLVING] = "x.x...",
		[BIND_CONNECTING] = "x..x..",
		[BIND_BINDING] = "x...x.",
		[BIND_BOUND] = "x....x",
		[BIND_DRAINING] = "x.....",
	};
	unsigned from, to;

	(void)state;
	for (from = 0; from < BIND_STATE_COUNT; from++)
		for (to = 0; to < BIND_STATE_COUNT; to++)
			assert_int_equal(bind_state_may_follow(from, to),
			    ways[from][to] == 'x');
}

/* Nothing in the program asks for one; the test does it from the inside. */
static void
a_state_that_may_not_follow_is_refused_told_and_counted(void **state)
{
	char path[] = "/tmp/mlango-link-XXXXXX", log[256] = "";
	struct fixture *f = fixture_bound();
	size_t told = f->state_count;
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(log_open(path), 0);
	log_setup(LOG_LEVEL_ERROR, LOG_FORM_TEXT);
	bind_become(f->link->binds[0], BIND_CONNECTING, "a mistake");
	assert_int_equal(link_state(f->link), BIND_BOUND);
	assert_int_equal(f->state_count, told);
	assert_int_equal(link_figures(f->link).illegal_transitions, 1);
	assert_true(read(fd, log, sizeof(log) - 1) > 0);
	assert_non_null(
	    strstr(log, "error tigo: no way from bound to connecting\n"));
	log_setup(LOG_LEVEL_ERROR + 1, LOG_FORM_TEXT);
	unlink(path);
	close(fd);
	fixture_free(f);
}

/* ---- up */

static void
a_link_binds_as_its_settings_say(void **state)
{
	struct fixture *f = fixture_bound();
	const struct pdu *bind = &f->peer.last_bind;
	static const enum bind_state way[] = {
		BIND_RESOLVING,
		BIND_CONNECTING,
		BIND_BINDING,
		BIND_BOUND,
	};

	(void)state;
	assert_int_equal(f->state_count, ARRAY_SIZE(way));
	assert_memory_equal(f->states, way, sizeof(way));
	assert_string_equal(bind->system_id, "mlango");
	assert_string_equal(bind->password, "secret");
	assert_string_equal(bind->system_type, "USSD");
	assert_string_equal(bind->address_range, "^152");
	assert_int_equal(bind->interface_version, 0x34);
	assert_int_equal(bind->addr_ton, 1);
	assert_true(bind_generation(f->link->binds[0]) != 0);
	assert_int_equal(link_figures(f->link).binds, 1);
	fixture_free(f);
}

static void
a_header_is_enough_of_a_bind_response(void **state)
{
	struct fixture *f = fixture_new();

	(void)state;
	f->peer.header_only = true;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	fixture_free(f);
}

static void
a_refused_bind_is_tried_again_until_it_is_accepted(void **state)
{
	static const uint32_t answers[] = {
		PDU_RALYBND,
		PDU_RINVPASWD,
		PDU_RBINDFAIL,
		PDU_RINVSYSID,
		PDU_RSYSERR,
		0x401,
	};
	struct fixture *f = fixture_new();

	(void)state;
	f->peer.bind_answers = answers;
	f->peer.bind_answers_left = ARRAY_SIZE(answers);
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	assert_int_equal(f->peer.connections, ARRAY_SIZE(answers) + 1);
	assert_int_equal(link_figures(f->link).illegal_transitions, 0);
	fixture_free(f);
}

static void
a_bind_that_is_never_answered_is_given_up_and_tried_again(void **state)
{
	struct fixture *f = fixture_new();

	(void)state;
	f->settings.response_ms = 30;
	f->peer.ignores_binds = true;
	fixture_start(f);
	UNTIL(f, f->peer.connections == 3);
	f->peer.ignores_binds = false;
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	fixture_free(f);
}

static void
a_generic_nack_refuses_a_bind(void **state)
{
	struct fixture *f = fixture_new();
	struct pdu nack = {
		.command = PDU_GENERIC_NACK,
		.status = PDU_RINVCMDID,
	};

	(void)state;
	f->peer.ignores_binds = true;
	fixture_start(f);
	UNTIL(f, peer_heard(&f->peer, PDU_BIND_TRANSCEIVER) == 1);
	nack.sequence = f->peer.last_bind.sequence;
	peer_send(&f->peer, &nack);
	UNTIL(f, f->peer.connections == 2);
	assert_int_equal(f->states[3], BIND_DOWN);
	fixture_free(f);
}

static void
a_name_is_resolved_and_hosts_are_tried_in_order(void **state)
{
	/* Nobody listens at the first. */
	static const char *const hosts[] = { "127.0.0.9", "localhost", NULL };
	struct fixture *f = fixture_new();

	(void)state;
	f->settings.hosts = hosts;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	assert_int_equal(f->states[0], BIND_RESOLVING);
	assert_int_equal(f->states[1], BIND_CONNECTING);
	assert_int_equal(f->states[2], BIND_DOWN);
	assert_int_equal(f->states[3], BIND_RESOLVING);
	fixture_free(f);
}

static void
plain_smpp_to_a_public_address_is_refused(void **state)
{
	static const char *const hosts[] = { "192.0.2.1", "2001:db8::1", NULL };
	struct fixture *f = fixture_new();

	(void)state;
	f->settings.hosts = hosts;
	fixture_start(f);
	UNTIL(f, f->state_count >= 8);
	assert_false(has_been(f, BIND_CONNECTING));
	fixture_free(f);
}

/* ---- down and up again */

static void
a_killed_peer_leaves_unknowns_and_the_link_comes_back(void **state)
{
	struct fixture *f = fixture_bound();
	uint64_t generation = bind_generation(f->link->binds[0]);
	int i;

	(void)state;
	f->peer.ignores_submits = true;
	for (i = 0; i < 12; i++)
		submit(f, LINK_CLASS_SMS, "x", 1000, i);
	UNTIL(f, peer_heard(&f->peer, PDU_SUBMIT_SM) == 10);
	peer_close(&f->peer);
	UNTIL(f, f->answers == 12);
	assert_int_equal(f->results[LINK_UNKNOWN], 10);
	assert_int_equal(f->results[LINK_DROPPED], 2);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	assert_true(bind_generation(f->link->binds[0]) != generation);
	assert_int_equal(link_figures(f->link).disconnects, 1);
	fixture_free(f);
}

static void
a_response_to_a_request_of_an_older_bind_is_not_sent(void **state)
{
	struct fixture *f = fixture_bound();
	uint64_t generation = bind_generation(f->link->binds[0]);

	(void)state;
	peer_close(&f->peer);
	UNTIL(f, link_state(f->link) == BIND_DOWN);
	link_respond(f->link, generation, PDU_DELIVER_SM, 7, PDU_ROK);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	link_respond(f->link, generation, PDU_DELIVER_SM, 7, PDU_ROK);
	fixture_turns(f, 20);
	assert_int_equal(
	    peer_heard(&f->peer, PDU_DELIVER_SM | PDU_RESPONSE), 0);
	fixture_free(f);
}

static void
a_flapping_link_backs_off_and_says_little(void **state)
{
	char path[] = "/tmp/mlango-link-XXXXXX";
	struct fixture *f = fixture_new();
	char log[65536] = "", *at;
	int lines = 0;
	ssize_t len;
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(log_open(path), 0);
	log_setup(LOG_LEVEL_NOTICE, LOG_FORM_TEXT);
	f->settings.retry_most_ms = 10;
	f->peer.closes_at_once = true;
	fixture_start(f);
	UNTIL(f, f->peer.connections == 100);
	len = read(fd, log, sizeof(log) - 1);
	assert_true(len > 0);
	for (at = log; *at != '\0'; at++)
		lines += *at == '\n';
	/* Ten at once, and one for each second that this may have taken. */
	assert_in_range(lines, 1, 30);
	log_setup(LOG_LEVEL_ERROR + 1, LOG_FORM_TEXT);
	unlink(path);
	close(fd);
	fixture_free(f);
}

/* ---- silence */

static void
a_silent_peer_is_asked_and_stays(void **state)
{
	struct fixture *f = fixture_new();

	(void)state;
	f->settings.enquire_s = 1;
	f->settings.response_ms = 50;
	fixture_start(f);
	UNTIL(f, peer_heard(&f->peer, PDU_ENQUIRE_LINK) == 2);
	assert_int_equal(link_state(f->link), BIND_BOUND);
	assert_int_equal(f->peer.connections, 1);
	fixture_free(f);
}

static void
two_misses_are_a_dead_peer(void **state)
{
	struct fixture *f = fixture_new();

	(void)state;
	f->settings.enquire_s = 1;
	f->settings.response_ms = 50;
	f->peer.ignores_enquires = true;
	fixture_start(f);
	UNTIL(f, f->peer.connections == 2);
	assert_int_equal(peer_heard(&f->peer, PDU_ENQUIRE_LINK), 2);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_state_leads_forward_or_down_and_nowhere_else),
		cmocka_unit_test(
		    a_state_that_may_not_follow_is_refused_told_and_counted),
		cmocka_unit_test(a_link_binds_as_its_settings_say),
		cmocka_unit_test(a_header_is_enough_of_a_bind_response),
		cmocka_unit_test(
		    a_refused_bind_is_tried_again_until_it_is_accepted),
		cmocka_unit_test(
		    a_bind_that_is_never_answered_is_given_up_and_tried_again),
		cmocka_unit_test(a_generic_nack_refuses_a_bind),
		cmocka_unit_test(
		    a_name_is_resolved_and_hosts_are_tried_in_order),
		cmocka_unit_test(plain_smpp_to_a_public_address_is_refused),
		cmocka_unit_test(
		    a_killed_peer_leaves_unknowns_and_the_link_comes_back),
		cmocka_unit_test(
		    a_response_to_a_request_of_an_older_bind_is_not_sent),
		cmocka_unit_test(a_flapping_link_backs_off_and_says_little),
		cmocka_unit_test(a_silent_peer_is_asked_and_stays),
		cmocka_unit_test(two_misses_are_a_dead_peer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Messages on their way through one link: taken, sent in parts, finished; and
 * what becomes of one that is throttled, refused, forgotten or handed out
 * twice.
 */
#include <stdio.h>

#include "gateway/outbox.h"
#include "tests/unit/world.h"

#define LONG_TEXT                                                          \
	"A text that is longer than one short message can carry, because " \
	"somebody at an institution had much to say, and did so at some " \
	"length, and then at some more, and so it goes in two parts."

static struct world *a_link(void);
static void is_handed_out(struct world *w, const char *text, bool resent);
static void hands_out(
    struct world *w, const char *id, const char *text, bool resent);
static void operator_says(
    struct world *w, enum link_result result, uint32_t status);
static bool is_in_hand(struct world *w);
static void looks(struct world *w);
static void drops_questions(struct world *w);

static void
a_message_is_finished_when_the_operator_has_answered(void **state)
{
	struct world *w = a_link();

	(void)state;
	is_handed_out(w, "Habari", false);
	assert_int_equal(w->submit_count, 1);
	assert_string_equal(w->submits[0].text, "Habari");
	assert_string_equal(w->submits[0].pdu.dest.digits, CITIZEN);
	assert_false(is_asked(w, SENT));
	operator_says(w, LINK_SENT, PDU_ROK);
	assert_string_equal(asked(w, SENT)->state, "sent");
	assert_string_equal(asked(w, SENT)->smsc_id, "smsc-1");
	assert_true(is_in_hand(w));
	refuses(w, SENT, STORE_OK);
	assert_false(is_in_hand(w));
	world_end(w);
}

static void
parts_go_one_after_another(void **state)
{
	struct world *w = a_link();

	(void)state;
	is_handed_out(w, LONG_TEXT, false);
	assert_int_equal(w->submit_count, 1);
	assert_int_equal(w->submits[0].octets[5], 1);
	operator_says(w, LINK_SENT, PDU_ROK);
	assert_int_equal(w->submit_count, 2);
	assert_int_equal(w->submits[1].octets[5], 2);
	assert_int_equal(w->submits[0].octets[3], w->submits[1].octets[3]);
	operator_says(w, LINK_SENT, PDU_ROK);
	assert_string_equal(asked(w, SENT)->state, "sent");
	world_end(w);
}

static void
a_part_that_is_throttled_goes_again_and_those_before_do_not(void **state)
{
	struct world *w = a_link();

	(void)state;
	is_handed_out(w, LONG_TEXT, false);
	operator_says(w, LINK_SENT, PDU_ROK);
	operator_says(w, LINK_REFUSED, PDU_RTHROTTLED);
	assert_int_equal(w->submit_count, 2);
	world_passes(w, 2000);
	assert_int_equal(w->submit_count, 3);
	assert_int_equal(w->submits[2].octets[5], 2);
	operator_says(w, LINK_SENT, PDU_ROK);
	assert_string_equal(asked(w, SENT)->state, "sent");
	world_end(w);
}

static void
a_message_does_not_fail_because_the_operator_is_busy(void **state)
{
	struct world *w = a_link();
	int i;

	(void)state;
	is_handed_out(w, "Habari", false);
	for (i = 0; i < 8; i++) {
		operator_says(w, LINK_REFUSED, PDU_RTHROTTLED);
		world_passes(w, 2000);
		assert_int_equal(w->submit_count, i + 2);
	}
	operator_says(w, LINK_SENT, PDU_ROK);
	assert_string_equal(asked(w, SENT)->state, "sent");
	world_end(w);
}

static void
what_the_operator_cannot_do_is_tried_a_few_times(void **state)
{
	struct world *w = a_link();
	int tries = 0;

	(void)state;
	is_handed_out(w, "Habari", false);
	while (!is_asked(w, SENT)) {
		assert_true(++tries < 10);
		operator_says(w, LINK_REFUSED, PDU_RSYSERR);
		world_passes(w, 2000);
	}
	assert_string_equal(asked(w, SENT)->state, "failed");
	assert_int_equal(tries, 6);
	world_end(w);
}

static void
what_the_operator_will_not_do_fails_at_once(void **state)
{
	struct world *w = a_link();

	(void)state;
	is_handed_out(w, "Habari", false);
	operator_says(w, LINK_REFUSED, PDU_RINVDSTADR);
	assert_string_equal(asked(w, SENT)->state, "failed");
	world_end(w);
}

static void
what_cannot_be_put_into_a_pdu_fails_at_once(void **state)
{
	struct world *w = a_link();

	(void)state;
	is_handed_out(w, "Habari", false);
	operator_says(w, LINK_DROPPED, PDU_RINVMSGLEN);
	assert_string_equal(asked(w, SENT)->state, "failed");
	world_end(w);
}

static void
a_message_without_an_answer_goes_once_more_and_is_counted(void **state)
{
	struct world *w = a_link();

	(void)state;
	is_handed_out(w, "Habari", false);
	operator_says(w, LINK_UNKNOWN, PDU_ROK);
	assert_int_equal(world_counted(w, "sms", "resent"), 1);
	world_passes(w, 2000);
	assert_int_equal(w->submit_count, 2);
	operator_says(w, LINK_UNKNOWN, PDU_ROK);
	assert_string_equal(asked(w, SENT)->state, "unknown");
	world_passes(w, 2000);
	assert_int_equal(w->submit_count, 2);
	refuses(w, SENT, STORE_OK);
	assert_int_equal(world_counted(w, "sms", "unknown"), 1);
	world_end(w);
}

static void
a_message_that_was_resent_by_another_node_is_not_resent_again(void **state)
{
	struct world *w = a_link();

	(void)state;
	is_handed_out(w, "Habari", true);
	assert_int_equal(world_counted(w, "sms", "resent"), 1);
	operator_says(w, LINK_UNKNOWN, PDU_ROK);
	assert_string_equal(asked(w, SENT)->state, "unknown");
	world_end(w);
}

static void
while_redis_is_away_a_sent_message_stays_in_hand(void **state)
{
	struct world *w = a_link();

	(void)state;
	is_handed_out(w, LONG_TEXT, false);
	operator_says(w, LINK_REFUSED, PDU_RINVDSTADR); /* at the first part */
	refuses(w, SENT, STORE_DOWN);
	assert_true(is_in_hand(w));
	world_passes(w, 2000);
	assert_string_equal(asked(w, SENT)->state, "failed");
	refuses(w, SENT, STORE_UNKNOWN);
	world_passes(w, 2000);
	assert_int_equal(w->submit_count, 1);
	refuses(w, SENT, STORE_OK);
	assert_false(is_in_hand(w));
	world_end(w);
}

/* Another node takes over what was silent for DEAD_MS; so before that we let
 * go, or both would send it. */
static void
a_message_that_waits_too_long_is_let_go_before_another_node_takes_it(
    void **state)
{
	struct world *w = a_link();
	int64_t waited = 0;
	int sent;

	(void)state;
	is_handed_out(w, "Habari", false);
	assert_true(w->submits[0].live_ms <= 30000 - w->operator.response_ms);
	do {
		sent = w->submit_count;
		operator_says(w, LINK_DROPPED, PDU_ROK);
		world_passes(w, 2000);
		waited += 2000;
		assert_true(waited <= 30000 - w->operator.response_ms);
	} while (w->submit_count > sent);
	assert_false(is_asked(w, SENT)); /* it stays where it is, unfinished */
	assert_false(is_in_hand(w));
	world_end(w);
}

static void
no_more_is_taken_than_a_slow_link_can_send_in_time(void **state)
{
	struct world *w = a_link();
	size_t asked_for = 0;
	struct store_ask *ask;

	(void)state;
	w->operator.tps = 1;
	looks(w);
	TAILQ_FOREACH (ask, &w->asked, entry)
		asked_for += (size_t)ask->count;
	assert_true(asked_for <= 10 && asked_for >= PARTITIONS);
	world_end(w);
}

static void
what_an_earlier_life_left_comes_before_the_new(void **state)
{
	struct world *w = a_world("smppplus");
	struct queued full[64];
	size_t i, count;

	(void)state;
	looks(w);
	assert_true(asked(w, TAKE)->again);
	count = (size_t)asked(w, TAKE)->count;
	for (i = 0; i < count; i++)
		full[i] = (struct queued){ .entry = "1-1",
			.id = arena_printf(w->arena, "00-%zu", i),
			.to = CITIZEN, .from = "1", .text = "x",
			.resent = true };
	takes(w, full, count);
	drops_questions(w);
	looks(w);
	assert_true(asked(w, TAKE)->again);
	takes(w, NULL, 0);
	/* The other partition's question stands before the next one. */
	assert_true(asked(w, TAKE)->again);
	takes(w, NULL, 0);
	assert_false(asked(w, TAKE)->again);
	world_end(w);
}

static void
nothing_is_taken_without_link_room_redis_or_time(void **state)
{
	struct world *w = a_link();

	(void)state;
	w->link_state = BIND_DOWN;
	looks(w);
	w->link_state = BIND_BOUND;
	w->room = false;
	looks(w);
	w->room = true;
	w->redis_up = false;
	looks(w);
	w->redis_up = true;
	w->g.stopping = true;
	looks(w);
	assert_true(nothing_is_asked(w));
	world_end(w);
}

static void
nothing_is_left_of_an_outbox_that_was_taken_down(void **state)
{
	struct world *w = a_link();

	(void)state;
	is_handed_out(w, "Habari", false);
	operator_says(w, LINK_REFUSED, PDU_RTHROTTLED);
	hands_out(w, "01-n", "Habari", false);
	operator_says(w, LINK_SENT, PDU_ROK);
	hands_out(w, "01-o", "Habari", false);
	looks(w);
	world_restart(w);
	looks(w);
	world_end(w);
}

/* ---- */

/* One whose earlier lives left nothing. */
static struct world *
a_link(void)
{
	struct world *w = a_world("smppplus");
	int i;

	looks(w);
	for (i = 0; i < PARTITIONS; i++)
		takes(w, NULL, 0);
	drops_questions(w);
	return w;
}

static void
looks(struct world *w)
{
	outbox_look(w->g.outboxes[0]);
}

static void
is_handed_out(struct world *w, const char *text, bool resent)
{
	hands_out(w, "01-m", text, resent);
}

/* What is read lives as long as the answer. */
static void
hands_out(struct world *w, const char *id, const char *text, bool resent)
{
	char brief[400];
	struct queued q = { .entry = "1-1", .id = id, .to = CITIZEN,
		.from = "15200", .text = brief, .resent = resent };

	snprintf(brief, sizeof(brief), "%s", text);
	looks(w);
	takes(w, &q, 1);
	memset(brief, 'x', sizeof(brief) - 1);
	drops_questions(w);
}

static void
operator_says(struct world *w, enum link_result result, uint32_t status)
{
	char id[] = "smsc-1";
	struct link_answer answer = { result, status,
		result == LINK_SENT ? id : "" };
	struct submit *s = &w->submits[w->submit_count - 1];

	assert_non_null(s->done);
	s->done(s->arg, &answer);
	memset(id, 'x', sizeof(id) - 1);
	drops_questions(w);
}

/* The outbox's looks, which nobody answers here. */
static void
drops_questions(struct world *w)
{
	while (is_asked(w, TAKE))
		refuses(w, TAKE, STORE_DOWN);
}

/* Then it is not sent again when it is handed out again. */
static bool
is_in_hand(struct world *w)
{
	int sent = w->submit_count;

	hands_out(w, "01-m", "Habari", true);
	return w->submit_count == sent;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_message_is_finished_when_the_operator_has_answered),
		cmocka_unit_test(
		    parts_go_one_after_another),
		cmocka_unit_test(
		    a_part_that_is_throttled_goes_again_and_those_before_do_not),
		cmocka_unit_test(
		    a_message_does_not_fail_because_the_operator_is_busy),
		cmocka_unit_test(
		    what_the_operator_cannot_do_is_tried_a_few_times),
		cmocka_unit_test(
		    what_the_operator_will_not_do_fails_at_once),
		cmocka_unit_test(
		    what_cannot_be_put_into_a_pdu_fails_at_once),
		cmocka_unit_test(
		    a_message_without_an_answer_goes_once_more_and_is_counted),
		cmocka_unit_test(
		    a_message_that_was_resent_by_another_node_is_not_resent_again),
		cmocka_unit_test(
		    while_redis_is_away_a_sent_message_stays_in_hand),
		cmocka_unit_test(
		    a_message_that_waits_too_long_is_let_go_before_another_node_takes_it),
		cmocka_unit_test(
		    no_more_is_taken_than_a_slow_link_can_send_in_time),
		cmocka_unit_test(
		    what_an_earlier_life_left_comes_before_the_new),
		cmocka_unit_test(
		    nothing_is_taken_without_link_room_redis_or_time),
		cmocka_unit_test(
		    nothing_is_left_of_an_outbox_that_was_taken_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

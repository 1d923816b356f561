/*
 * A turn, between its steps: what is stored, shown and acknowledged, and when.
 */
#include "gateway/admission.h"
#include "tests/unit/world.h"

static void at_home(struct world *w);

/* ---- commit before reply */

static void
a_begin_loads_commits_and_only_then_shows(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*152*00#");
	assert_string_equal(asked(w, LOAD)->name, SESSION);
	assert_string_equal(screen(w), "");
	loads(w);
	assert_true(asked(w, COMMIT)->begins);
	assert_int_equal(acknowledged(w, PDU_ROK), 0);
	assert_string_equal(screen(w), "");
	commits(w);
	assert_int_equal(acknowledged(w, PDU_ROK), 1);
	assert_non_null(strstr(screen(w), "Huduma za Serikali"));
	assert_string_equal(screen(w), stored(w)->screen);
	assert_int_equal(turns_running(w->g.turns), 0);
	world_end(w);
}

static void
an_answer_steps_the_stored_session(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	world_restart(w); /* any node can play the next turn */
	types(w, "3");
	loads(w);
	assert_false(asked(w, COMMIT)->begins);
	commits(w);
	assert_int_equal(stored(w)->version, 2);
	assert_non_null(strstr(screen(w), "1 Lipa"));
	world_end(w);
}

static void
an_end_leaves_a_tombstone_with_the_last_screen(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*152*00*3*4#");
	settles(w);
	types(w, "1");
	loads(w);
	assert_true(asked(w, COMMIT)->ends);
	commits(w);
	assert_true(is_over(w));
	assert_string_equal(stored(w)->screen, screen(w));
	assert_int_equal(stored(w)->life, RECORD_ENDED);
	world_end(w);
}

static void
without_redis_the_citizen_hears_a_polite_end(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*152*00#");
	refuses(w, LOAD, STORE_DOWN);
	assert_true(is_over(w));
	assert_int_equal(acknowledged(w, PDU_ROK), 1);

	dials(w, "*152*00#");
	loads(w);
	refuses(w, COMMIT, STORE_DOWN);
	assert_true(is_over(w));
	assert_int_equal(acknowledged(w, PDU_ROK), 2);
	assert_int_equal(w->submit_count, 2);
	assert_null(stored(w));
	world_end(w);
}

static void
a_screen_of_which_nobody_knows_whether_it_is_stored_is_not_shown(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	types(w, "3");
	loads(w);
	loses_answer(w, COMMIT, true);
	assert_true(is_over(w));
	assert_string_not_equal(screen(w), stored(w)->screen);
	assert_int_equal(w->submit_count, 2);
	world_end(w);
}

static void
an_sms_is_left_with_the_operator_until_it_is_stored(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	texts(w, "KIASI 1500");
	refuses(w, LOAD, STORE_DOWN);
	texts(w, "KIASI 1500");
	loads(w);
	refuses(w, COMMIT, STORE_DOWN);
	texts(w, "KIASI 1500");
	loads(w);
	loses_answer(w, COMMIT, true);
	assert_int_equal(acknowledged(w, PDU_ROK), 0);
	assert_int_equal(acknowledged(w, PDU_RX_T_APPN), 3);
	assert_int_equal(w->submit_count, 0);
	world_end(w);
}

static void
an_sms_is_answered_by_a_message_stored_with_its_turn(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	texts(w, "KIASI 1500");
	loads(w);
	assert_string_equal(asked(w, COMMIT)->text, "Kiasi 1,500.");
	assert_string_equal(asked(w, COMMIT)->from, "15200");
	assert_int_equal(acknowledged(w, PDU_ROK), 0);
	commits(w);
	assert_int_equal(acknowledged(w, PDU_ROK), 1);
	assert_int_equal(held_count(w->messages), 1);
	assert_non_null(asked(w, TAKE)); /* it need not wait for a look */
	world_end(w);
}

/* ---- repeats */

static void
a_repeat_gets_the_same_screen_and_steps_nothing(void **state)
{
	struct world *w = a_world("smppplus");
	const char *first;

	(void)state;
	at_home(w);
	types(w, "3");
	settles(w);
	first = arena_string(w->arena, screen(w));
	resends(w, true);
	settles(w);
	link_rebinds(w);
	resends(w, false);
	settles(w);
	assert_string_equal(screen(w), first);
	assert_int_equal(w->submit_count, 4);
	assert_int_equal(stored(w)->version, 2);
	assert_int_equal(acknowledged(w, PDU_ROK), 4);
	assert_int_equal(world_counted(w, "turns", "repeated"), 2);
	world_end(w);
}

static void
the_same_answer_twice_on_one_bind_is_two_answers(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*152*00*3*1#");
	settles(w);
	types(w, "2000000");
	settles(w);
	types(w, "2");
	settles(w);
	assert_int_equal(stored(w)->version, 3);
	types(w, "x");
	settles(w);
	resends(w, false);
	settles(w);
	assert_int_equal(stored(w)->version, 5);
	assert_int_equal(world_counted(w, "turns", "repeated"), 0);
	world_end(w);
}

static void
over_another_bind_it_is_an_answer_again_after_a_while(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	types(w, "x");
	settles(w);
	link_rebinds(w);
	world_passes(w, 10001);
	resends(w, false);
	settles(w);
	assert_int_equal(stored(w)->version, 3);
	world_end(w);
}

static void
a_turn_is_known_again_by_its_number_where_it_has_one(void **state)
{
	struct world *w = a_world("spec");

	(void)state;
	at_home(w);
	w->side.turn = 2;
	types(w, "x");
	settles(w);
	resends(w, false);
	settles(w);
	assert_int_equal(stored(w)->version, 2);
	w->side.turn = 3;
	types(w, "x");
	settles(w);
	assert_int_equal(stored(w)->version, 3);
	world_end(w);
}

static void
a_begin_sent_again_begins_once(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	world_passes(w, 4000);
	resends(w, false);
	settles(w);
	assert_int_equal(stored(w)->version, 1);
	assert_int_equal(w->submit_count, 2);
	assert_int_equal(world_counted(w, "sessions", "started"), 1);
	world_end(w);
}

static void
where_the_dialect_names_no_session_a_begin_is_a_repeat_for_five_seconds(
    void **state)
{
	struct world *w = a_world("address-only");
	uint64_t epoch;

	(void)state;
	at_home(w);
	epoch = stored(w)->epoch;
	world_passes(w, 4000);
	resends(w, false);
	settles(w);
	assert_true(stored(w)->epoch == epoch);
	world_passes(w, 2000);
	resends(w, false);
	settles(w);
	assert_true(stored(w)->epoch != epoch);
	world_end(w);
}

/* Another node's clock, or ours before it was set back. */
static void
a_begin_stored_by_a_clock_ahead_of_ours_is_not_repeated_for_ever(void **state)
{
	struct world *w = a_world("smppplus");
	uint64_t epoch;

	(void)state;
	at_home(w);
	epoch = stored(w)->epoch;
	world_passes(w, -3600 * 1000);
	resends(w, false);
	settles(w);
	world_passes(w, 3600 * 1000);
	assert_true(stored(w)->epoch != epoch);
	world_end(w);
}

/* ---- epochs */

static void
a_begin_on_a_live_session_starts_a_new_epoch(void **state)
{
	struct world *w = a_world("smppplus");
	uint64_t epoch;

	(void)state;
	at_home(w);
	epoch = stored(w)->epoch;
	w->side.session[3] = 9;
	dials(w, "*152*00#");
	settles(w);
	assert_true(stored(w)->epoch != epoch);
	assert_false(is_over(w));
	world_end(w);
}

static void
input_under_another_identity_hears_that_it_has_expired(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	w->side.session[3] = 9;
	types(w, "3");
	settles(w);
	assert_true(is_over(w));
	assert_int_equal(stored(w)->version, 1);
	assert_int_equal(world_counted(w, "turns", "expired"), 1);
	world_end(w);
}

static void
input_without_a_session_hears_that_it_has_expired(void **state)
{
	struct world *w = a_world("spec");

	(void)state;
	types(w, "3");
	settles(w);
	assert_true(is_over(w));
	assert_null(stored(w));
	world_end(w);
}

static void
an_abort_ends_its_session_and_shows_nothing(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	hangs_up(w);
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_ENDED);
	assert_int_equal(w->submit_count, 1);
	assert_int_equal(acknowledged(w, PDU_ROK), 2);
	world_end(w);
}

static void
an_abort_that_is_late_leaves_the_new_session_alone(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	w->side.session[3] = 9;
	dials(w, "*152*00#");
	settles(w);
	w->side.session[3] = 2;
	hangs_up(w);
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_LIVE);
	assert_int_equal(acknowledged(w, PDU_ROK), 3);
	world_end(w);
}

/* ---- two nodes at one session */

static void
a_refused_commit_of_what_is_stored_shows_what_is_stored(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	types(w, "3");
	loads(w);
	assert_int_equal(keeps(w, asked(w, COMMIT)), STORE_OK);
	commits(w); /* the other node's was the same */
	loads(w);
	assert_true(nothing_is_asked(w));
	assert_string_equal(screen(w), stored(w)->screen);
	assert_int_equal(stored(w)->version, 2);
	assert_int_equal(world_counted(w, "turns", "repeated"), 1);
	world_end(w);
}

static void
an_answer_to_a_screen_that_is_gone_is_dropped(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	types(w, "3");
	loads(w);
	other_node_plays(w, SESSION, "Elsewhere");
	commits(w);
	loads(w);
	assert_true(nothing_is_asked(w));
	assert_true(nothing_is_called(w));
	assert_string_equal(screen(w), "Elsewhere");
	assert_int_equal(world_counted(w, "turns", "stale"), 1);
	assert_int_equal(acknowledged(w, PDU_ROK), 2);
	world_end(w);
}

static void
an_answer_whose_session_went_meanwhile_hears_that_it_has_expired(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	types(w, "3");
	loads(w);
	*held_find(w->sessions, SESSION)->name = '\0';
	commits(w);
	loads(w);
	assert_true(is_over(w));
	assert_int_equal(acknowledged(w, PDU_ROK), 2);
	world_end(w);
}

static void
a_screen_of_the_citizens_other_session_is_not_shown_for_a_stale_answer(
    void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	types(w, "3");
	loads(w);
	*held_find(w->sessions, SESSION)->name = '\0';
	w->side.session[3] = 9;
	dials(w, "*152*00#"); /* waits behind, so another node takes it */
	assert_int_equal(questions(w), 1);
	{
		struct store_ask *mine = asked(w, COMMIT);
		struct record r = { .epoch = 5, .version = 1,
			.life = RECORD_LIVE,
			.identity = (const uint8_t *)"zz", .identity_len = 2,
			.screen = "Another's" };
		struct held *h = held_add(w->sessions, SESSION);

		(void)mine;
		memcpy(h->octets, record_pack(w->arena, &r, &h->len), h->len);
	}
	commits(w);
	loads(w);
	assert_string_not_equal(screen(w), "Another's");
	settles(w);
	world_end(w);
}

static void
conflicts_without_end_have_an_end(void **state)
{
	struct world *w = a_world("smppplus");
	int tries = 0;

	(void)state;
	dials(w, "*152*00#");
	while (!nothing_is_asked(w)) {
		assert_true(++tries < 20);
		loads(w);
		refuses(w, COMMIT, STORE_CONFLICT);
	}
	assert_true(is_over(w));
	assert_int_equal(acknowledged(w, PDU_ROK), 1);
	world_end(w);
}

/* ---- admission */

static void
who_may_not_begin_hears_so_and_live_sessions_go_on(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	admission_load(w->g.admission, 0, 0.9);
	types(w, "3");
	settles(w);
	assert_int_equal(stored(w)->version, 2);
	w->side.session[3] = 9;
	dials(w, "*152*00#");
	loads(w);
	assert_true(nothing_is_asked(w));
	assert_true(is_over(w));
	assert_int_equal(world_counted(w, "turns", "refused"), 1);
	texts(w, "MSAADA");
	loads(w);
	assert_int_equal(acknowledged(w, PDU_RMSGQFUL), 1);
	world_end(w);
}

static void
a_node_that_stops_begins_nothing(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	w->g.stopping = true;
	types(w, "3");
	settles(w);
	assert_int_equal(stored(w)->version, 2);
	w->side.session[3] = 9;
	dials(w, "*152*00#");
	settles(w);
	assert_true(is_over(w));
	assert_int_equal(stored(w)->version, 2);
	world_end(w);
}

/* ---- one at a time */

static void
a_second_request_waits_behind_the_first(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	types(w, "3");
	types(w, "1");
	assert_int_equal(questions(w), 1);
	loads(w);
	assert_int_equal(questions(w), 1);
	commits(w);
	assert_int_equal(asked(w, LOAD)->what, LOAD);
	settles(w);
	assert_int_equal(stored(w)->version, 3);
	assert_non_null(strstr(screen(w), "Kiasi?"));
	world_end(w);
}

static void
a_line_behind_a_session_has_an_end(void **state)
{
	struct world *w = a_world("smppplus");
	int i;

	(void)state;
	at_home(w);
	for (i = 0; i < 40; i++)
		types(w, "x");
	assert_true(acknowledged(w, PDU_RTHROTTLED) >= 20);
	settles(w);
	assert_int_equal(w->answer_count, 41);
	assert_int_equal(turns_running(w->g.turns), 0);
	world_end(w);
}

static void
nothing_is_left_of_turns_that_were_taken_down(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	at_home(w);
	types(w, "3");
	types(w, "1");
	types(w, "600");
	world_restart(w);
	assert_int_equal(turns_running(w->g.turns), 0);
	assert_int_equal(w->answer_count, 1);
	types(w, "3");
	loads(w);
	world_end(w);
}

static void
at_home(struct world *w)
{
	dials(w, "*152*00#");
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_LIVE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_begin_loads_commits_and_only_then_shows),
		cmocka_unit_test(an_answer_steps_the_stored_session),
		cmocka_unit_test(
		    an_end_leaves_a_tombstone_with_the_last_screen),
		cmocka_unit_test(without_redis_the_citizen_hears_a_polite_end),
		cmocka_unit_test(
		    a_screen_of_which_nobody_knows_whether_it_is_stored_is_not_shown),
		cmocka_unit_test(
		    an_sms_is_left_with_the_operator_until_it_is_stored),
		cmocka_unit_test(
		    an_sms_is_answered_by_a_message_stored_with_its_turn),
		cmocka_unit_test(
		    a_repeat_gets_the_same_screen_and_steps_nothing),
		cmocka_unit_test(
		    the_same_answer_twice_on_one_bind_is_two_answers),
		cmocka_unit_test(
		    over_another_bind_it_is_an_answer_again_after_a_while),
		cmocka_unit_test(
		    a_turn_is_known_again_by_its_number_where_it_has_one),
		cmocka_unit_test(a_begin_sent_again_begins_once),
		cmocka_unit_test(
		    where_the_dialect_names_no_session_a_begin_is_a_repeat_for_five_seconds),
		cmocka_unit_test(
		    a_begin_stored_by_a_clock_ahead_of_ours_is_not_repeated_for_ever),
		cmocka_unit_test(a_begin_on_a_live_session_starts_a_new_epoch),
		cmocka_unit_test(
		    input_under_another_identity_hears_that_it_has_expired),
		cmocka_unit_test(
		    input_without_a_session_hears_that_it_has_expired),
		cmocka_unit_test(an_abort_ends_its_session_and_shows_nothing),
		cmocka_unit_test(
		    an_abort_that_is_late_leaves_the_new_session_alone),
		cmocka_unit_test(
		    a_refused_commit_of_what_is_stored_shows_what_is_stored),
		cmocka_unit_test(an_answer_to_a_screen_that_is_gone_is_dropped),
		cmocka_unit_test(
		    an_answer_whose_session_went_meanwhile_hears_that_it_has_expired),
		cmocka_unit_test(
		    a_screen_of_the_citizens_other_session_is_not_shown_for_a_stale_answer),
		cmocka_unit_test(conflicts_without_end_have_an_end),
		cmocka_unit_test(
		    who_may_not_begin_hears_so_and_live_sessions_go_on),
		cmocka_unit_test(a_node_that_stops_begins_nothing),
		cmocka_unit_test(a_second_request_waits_behind_the_first),
		cmocka_unit_test(a_line_behind_a_session_has_an_end),
		cmocka_unit_test(nothing_is_left_of_turns_that_were_taken_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * A turn that asks an institution, between its steps: what is stored before
 * it asks, and what becomes of the answer.
 */
#include "tests/unit/world.h"

static struct world *a_call(
    const char *dialect, const char *code, const char *answer);
static struct world *a_question(void);
static struct world *a_deed(void);
static struct world *a_bill(void);
static void call_is_over(struct world *w);
static const char *sms(struct world *w);
static bool is_stored(struct world *w, const char *text);
static bool holds(const struct held *list, const char *text);

/* ---- stored before it is made */

static void
a_call_is_stored_before_it_is_made(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*152*00*3*1#");
	settles(w);
	types(w, "600");
	loads(w);
	assert_true(nothing_is_called(w));
	assert_int_equal(acknowledged(w, PDU_ROK), 1);
	assert_int_not_equal(asked(w, COMMIT)->call_len, 0);
	commits(w);
	assert_string_equal(called(w)->body, "{\"amount\":\"600\"}");
	assert_non_null(held_find(w->open, called(w)->key));
	/* Safe, and so acknowledged; but there is nothing to be seen. */
	assert_int_equal(acknowledged(w, PDU_ROK), 2);
	assert_int_equal(w->submit_count, 1);
	assert_int_equal(stored(w)->life, RECORD_CALLING);
	answers(w, OUTCOME_OK, "namba 7");
	assert_int_equal(w->submit_count, 1);
	commits(w);
	assert_non_null(strstr(screen(w), "Imelipwa: namba 7"));
	assert_int_equal(held_count(w->open), 0);
	assert_int_equal(acknowledged(w, PDU_ROK), 2);
	world_end(w);
}

/* The bulkhead, the breaker and the url are its owner's, and both are told. */
static void
a_shared_service_is_asked_as_its_owners_and_counted_for_both(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*153*2*4#");
	settles(w);
	types(w, "12345678");
	loads(w);
	commits(w);
	assert_string_equal(called(w)->institution, "vizazi");
	assert_string_equal(
	    called(w)->url, "http://127.0.0.1:1/people/12345678");
	assert_int_equal(world_counted(w, "calls", "zahanati"), 1);
	assert_int_equal(world_counted(w, "calls", "vizazi"), 1);
	assert_int_equal(world_counted(w, "calls", "zahanati>vizazi"), 1);
	answers(w, OUTCOME_OK, "Asha");
	commits(w);
	assert_non_null(strstr(screen(w), "Wewe ni Asha"));
	world_end(w);
}

static void
a_secret_is_given_to_a_shared_service(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*153*2*4#");
	settles(w);
	types(w, "12345678");
	loads(w);
	commits(w);
	answers(w, OUTCOME_OK, "Asha");
	commits(w);
	types(w, "1");
	settles(w);
	types(w, "1234");
	loads(w);
	commits(w);
	assert_string_equal(
	    called(w)->body, "{\"nin\":\"12345678\",\"pin\":\"1234\"}");
	world_end(w);
}

static void
a_call_that_is_not_stored_is_not_made(void **state)
{
	static const enum store_result results[] = { STORE_DOWN,
		STORE_UNKNOWN };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(results); i++) {
		struct world *w = a_world("smppplus");

		dials(w, "*152*00*3*1#");
		settles(w);
		types(w, "600");
		loads(w);
		refuses(w, COMMIT, results[i]);
		assert_true(nothing_is_called(w));
		assert_true(is_over(w));
		assert_int_equal(acknowledged(w, PDU_ROK), 2);
		world_end(w);
	}
}

static void
one_call_may_lead_to_another(void **state)
{
	struct world *w = a_call("smppplus", "*152*00*3*9#", "1");

	(void)state;
	assert_non_null(strstr(called(w)->url, "/price"));
	answers(w, OUTCOME_OK, "700");
	assert_true(nothing_is_called(w));
	assert_string_not_equal(
	    asked(w, COMMIT)->opens, asked(w, COMMIT)->closes);
	commits(w);
	assert_int_equal(held_count(w->open), 1);
	assert_non_null(strstr(called(w)->url, "/buy"));
	answers(w, OUTCOME_OK, "7");
	commits(w);
	assert_non_null(strstr(screen(w), "Imelipwa"));
	assert_int_equal(held_count(w->open), 0);
	world_end(w);
}

static void
a_secret_reaches_the_institution_and_nothing_else(void **state)
{
	struct world *w = a_call("smppplus", "*152*00*3*1#", "2000");

	(void)state;
	settles(w);
	types(w, "4711");
	settles(w);
	types(w, "1");
	loads(w);
	assert_null(
	    memmem(asked(w, COMMIT)->octets, asked(w, COMMIT)->len, "4711", 4));
	commits(w);
	assert_non_null(strstr(called(w)->body, "4711"));
	assert_false(holds(w->sessions, "4711"));
	assert_false(holds(w->open, "4711"));
	answers(w, OUTCOME_OK, "7");
	settles(w);
	assert_false(holds(w->sessions, "4711"));
	assert_false(is_stored(w, "4711"));
	world_end(w);
}

/* ---- slow */

static void
a_slow_call_is_answered_now_and_later_by_sms(void **state)
{
	struct world *w = a_bill();

	(void)state;
	world_passes(w, 4000);
	commits(w);
	assert_non_null(strstr(screen(w), "Utapata jibu kwa SMS"));
	assert_true(is_over(w));
	assert_int_equal(held_count(w->open), 1);
	answers(w, OUTCOME_OK, "AMINA", "42500", "991");
	assert_string_equal(asked(w, CLOSE)->from, "15200");
	refuses(w, CLOSE, STORE_DOWN);
	world_passes(w, 1000);
	loses_answer(w, CLOSE, true); /* stored, and nobody heard so */
	world_passes(w, 1000);
	assert_int_equal(keeps(w, asked(w, CLOSE)), STORE_CONFLICT);
	refuses(w, CLOSE, STORE_CONFLICT);
	assert_int_equal(held_count(w->messages), 1);
	assert_string_equal(
	    sms(w), "AMINA: deni TZS 42,500. Lipa kwa namba ya malipo 991.");
	call_is_over(w);
	world_end(w);
}

static void
a_late_answer_that_cannot_be_stored_is_left_to_the_sweeper(void **state)
{
	struct world *w = a_bill();
	int tries = 0;

	(void)state;
	world_passes(w, 4000);
	commits(w);
	answers(w, OUTCOME_FAIL);
	do {
		refuses(w, CLOSE, STORE_DOWN);
		world_passes(w, 1000);
		assert_true(++tries < 20);
	} while (!callings_are_none(w));
	assert_int_equal(held_count(w->open), 1);
	world_end(w);
}

static void
a_slow_call_that_may_not_come_later_is_given_up(void **state)
{
	struct world *w = a_question();

	(void)state;
	world_passes(w, 4000);
	assert_true(nothing_is_called(w));
	commits(w);
	assert_non_null(strstr(screen(w), "Samahani"));
	call_is_over(w);
	world_end(w);
}

/* It was dialled anew elsewhere, while this one was waiting. */
static void
a_slow_screen_that_is_refused_steps_and_calls_nothing_again(void **state)
{
	static const struct {
		const char *code, *answer;
		bool later;
	} calls[] = { { "*152*00*3#", "2", false },
		{ "*152*00*6*1#", "A1234567", true } };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		struct world *w =
		    a_call("smppplus", calls[i].code, calls[i].answer);
		int shown = w->submit_count;

		other_node_plays(w, SESSION, "Elsewhere");
		world_passes(w, 4000);
		commits(w);
		loads(w); /* to see whether anybody answers the citizen */
		assert_int_equal(w->submit_count, shown);
		assert_true(nothing_is_called(w) != calls[i].later);
		if (calls[i].later)
			answers(w, OUTCOME_MISSING);
		settles(w);
		call_is_over(w);
		assert_string_equal(stored(w)->screen, "Elsewhere");
		world_end(w);
	}
}

/* ---- the citizen does not wait */

static void
who_hangs_up_during_a_question_is_told_nothing(void **state)
{
	struct world *w = a_bill();

	(void)state;
	hangs_up(w);
	assert_true(nothing_is_called(w));
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_ENDED);
	assert_int_equal(held_count(w->messages), 0);
	assert_int_equal(w->submit_count, 1);
	call_is_over(w);
	world_end(w);
}

static void
who_hangs_up_during_a_deed_is_told_by_sms(void **state)
{
	struct world *w = a_deed();

	(void)state;
	hangs_up(w);
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_ENDED);
	assert_int_equal(held_count(w->open), 1);
	answers(w, OUTCOME_OK, "7");
	settles(w);
	assert_non_null(strstr(sms(w), "Imelipwa: 7"));
	assert_int_equal(w->submit_count, 1);
	call_is_over(w);
	world_end(w);
}

static void
who_dials_again_does_not_wait_for_the_call(void **state)
{
	struct world *w = a_question();

	(void)state;
	w->side.session[3] = 9;
	dials(w, "*152*00#");
	assert_true(nothing_is_called(w));
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_LIVE);
	assert_non_null(strstr(screen(w), "Huduma za Serikali"));
	call_is_over(w);
	world_end(w);
}

static void
a_request_sent_again_does_not_hold_up_who_hangs_up(void **state)
{
	struct world *w = a_question();

	(void)state;
	resends(w, true);
	assert_false(nothing_is_called(w));
	hangs_up(w);
	assert_true(nothing_is_called(w));
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_ENDED);
	assert_int_equal(w->answer_count, 4);
	call_is_over(w);
	world_end(w);
}

/* Some dialects let the live session go on. */
static void
a_begin_that_replaces_nothing_leaves_the_call_alone(void **state)
{
	static const enum dialect_begin begins[] = { DIALECT_REJECT,
		DIALECT_RESUME };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(begins); i++) {
		struct world *w = a_question();
		struct dialect d = *w->operator.dialect;

		d.begin = begins[i];
		w->operator.dialect = & d;
		dials(w, "*150*1#");
		assert_false(nothing_is_called(w));
		answers(w, OUTCOME_FAIL);
		commits(w);
		assert_string_equal(screen(w), "Samahani.");
		settles(w);
		world_end(w);
	}
}

static void
an_abort_of_another_session_leaves_the_call_alone(void **state)
{
	struct world *w = a_question();

	(void)state;
	w->side.session[3] = 9;
	hangs_up(w);
	assert_false(nothing_is_called(w));
	answers(w, OUTCOME_FAIL);
	settles(w);
	assert_non_null(strstr(screen(w), "Samahani"));
	assert_int_equal(w->answer_count, 3);
	call_is_over(w);
	world_end(w);
}

static void
an_end_during_a_call_ends_the_session(void **state)
{
	struct world *w = a_question();

	(void)state;
	ends_with(w, "1");
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_ENDED);
	assert_int_equal(w->submit_count, 1);
	call_is_over(w);
	world_end(w);
}

static void
a_last_answer_that_leads_to_a_call_is_answered_by_sms(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*152*00*6*1#");
	settles(w);
	ends_with(w, "A1234567");
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_ENDED);
	answers(w, OUTCOME_OK, "AMINA", "0", "1");
	settles(w);
	assert_string_equal(sms(w), "AMINA, huna deni.");
	assert_int_equal(w->submit_count, 1);
	call_is_over(w);
	world_end(w);
}

/* ---- the outcome cannot be stored */

static void
an_answer_for_a_session_that_has_moved_goes_nowhere(void **state)
{
	struct world *w = a_question();

	(void)state;
	other_node_plays(w, SESSION, "Elsewhere");
	answers(w, OUTCOME_FAIL);
	commits(w);
	settles(w);
	assert_int_equal(w->submit_count, 1);
	assert_int_equal(held_count(w->messages), 0);
	assert_string_equal(stored(w)->screen, "Elsewhere");
	call_is_over(w);
	world_end(w);
}

static void
a_deed_for_a_session_that_has_moved_is_told_by_sms(void **state)
{
	struct world *w = a_deed();

	(void)state;
	other_node_plays(w, SESSION, "Elsewhere");
	answers(w, OUTCOME_OK, "7");
	commits(w);
	settles(w);
	assert_int_equal(w->submit_count, 1);
	assert_non_null(strstr(sms(w), "Imelipwa: 7"));
	call_is_over(w);
	world_end(w);
}

static void
a_question_whose_session_has_moved_leads_to_no_deed(void **state)
{
	struct world *w = a_call("smppplus", "*152*00*3*9#", "1");

	(void)state;
	other_node_plays(w, SESSION, "Elsewhere");
	answers(w, OUTCOME_OK, "700");
	commits(w);
	settles(w);
	assert_true(nothing_is_called(w));
	call_is_over(w);
	world_end(w);
}

static void
with_redis_gone_after_a_call_the_citizen_hears_something(void **state)
{
	struct world *w = a_deed();

	(void)state;
	answers(w, OUTCOME_OK, "7");
	refuses(w, COMMIT, STORE_DOWN);
	assert_true(is_over(w));
	assert_int_equal(w->submit_count, 2);
	refuses(w, CLOSE, STORE_DOWN);
	world_passes(w, 1000);
	settles(w);
	assert_non_null(strstr(sms(w), "Imelipwa: 7"));
	call_is_over(w);
	world_end(w);
}

static void
an_sms_acknowledged_for_its_call_is_answered_whatever_happens(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	texts(w, "DENI A1234567");
	loads(w);
	commits(w);
	assert_int_equal(acknowledged(w, PDU_ROK), 1);
	answers(w, OUTCOME_OK, "AMINA", "0", "1");
	refuses(w, COMMIT, STORE_DOWN);
	settles(w);
	assert_string_equal(sms(w), "AMINA, huna deni.");
	call_is_over(w);
	world_end(w);
}

static void
a_text_during_a_call_does_not_begin_anew(void **state)
{
	struct world *w = a_world("smppplus");
	uint64_t epoch;

	(void)state;
	texts(w, "DENI A1234567");
	loads(w);
	commits(w);
	epoch = stored_of(w, BY_SMS)->epoch;
	world_restart(w); /* the call is another node's */
	texts(w, "1");
	settles(w);
	assert_true(stored_of(w, BY_SMS)->epoch == epoch);
	assert_int_equal(stored_of(w, BY_SMS)->life, RECORD_CALLING);
	world_end(w);
}

static void
nothing_is_left_of_calls_that_were_taken_down(void **state)
{
	struct world *w = a_deed();

	(void)state;
	world_restart(w);
	assert_true(nothing_is_called(w));
	assert_int_equal(held_count(w->open), 1);
	world_end(w);
}

/* ---- */

static struct world *
a_question(void)
{
	return a_call("smppplus", "*152*00*3#", "2");
}

static struct world *
a_deed(void)
{
	return a_call("smppplus", "*152*00*3*1#", "600");
}

static struct world *
a_bill(void)
{
	return a_call("smppplus", "*152*00*6*1#", "A1234567");
}

static struct world *
a_call(const char *dialect, const char *code, const char *answer)
{
	struct world *w = a_world(dialect);

	dials(w, code);
	settles(w);
	types(w, answer);
	loads(w);
	commits(w);
	return w;
}

static void
call_is_over(struct world *w)
{
	assert_true(nothing_is_called(w));
	assert_int_equal(held_count(w->open), 0);
	assert_int_equal(turns_running(w->g.turns), 0);
	assert_true(callings_are_none(w));
}

static const char *
sms(struct world *w)
{
	int i;

	assert_int_equal(held_count(w->messages), 1);
	for (i = 0; *w->messages[i].name == '\0'; i++)
		;
	return w->messages[i].text;
}

static bool
is_stored(struct world *w, const char *text)
{
	return holds(w->sessions, text) || holds(w->open, text) ||
	    holds(w->messages, text);
}

static bool
holds(const struct held *list, const char *text)
{
	int i;

	for (i = 0; i < WORLD_MAX; i++)
		if (memmem(list[i].octets, list[i].len, text, strlen(text)) !=
			NULL ||
		    strstr(list[i].text, text) != NULL)
			return true;
	return false;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_is_stored_before_it_is_made),
		cmocka_unit_test(
		    a_shared_service_is_asked_as_its_owners_and_counted_for_both),
		cmocka_unit_test(a_secret_is_given_to_a_shared_service),
		cmocka_unit_test(a_call_that_is_not_stored_is_not_made),
		cmocka_unit_test(one_call_may_lead_to_another),
		cmocka_unit_test(
		    a_secret_reaches_the_institution_and_nothing_else),
		cmocka_unit_test(a_slow_call_is_answered_now_and_later_by_sms),
		cmocka_unit_test(
		    a_late_answer_that_cannot_be_stored_is_left_to_the_sweeper),
		cmocka_unit_test(
		    a_slow_call_that_may_not_come_later_is_given_up),
		cmocka_unit_test(
		    a_slow_screen_that_is_refused_steps_and_calls_nothing_again),
		cmocka_unit_test(
		    who_hangs_up_during_a_question_is_told_nothing),
		cmocka_unit_test(who_hangs_up_during_a_deed_is_told_by_sms),
		cmocka_unit_test(who_dials_again_does_not_wait_for_the_call),
		cmocka_unit_test(
		    a_request_sent_again_does_not_hold_up_who_hangs_up),
		cmocka_unit_test(
		    a_begin_that_replaces_nothing_leaves_the_call_alone),
		cmocka_unit_test(
		    an_abort_of_another_session_leaves_the_call_alone),
		cmocka_unit_test(an_end_during_a_call_ends_the_session),
		cmocka_unit_test(
		    a_last_answer_that_leads_to_a_call_is_answered_by_sms),
		cmocka_unit_test(
		    an_answer_for_a_session_that_has_moved_goes_nowhere),
		cmocka_unit_test(
		    a_deed_for_a_session_that_has_moved_is_told_by_sms),
		cmocka_unit_test(
		    a_question_whose_session_has_moved_leads_to_no_deed),
		cmocka_unit_test(
		    with_redis_gone_after_a_call_the_citizen_hears_something),
		cmocka_unit_test(
		    an_sms_acknowledged_for_its_call_is_answered_whatever_happens),
		cmocka_unit_test(a_text_during_a_call_does_not_begin_anew),
		cmocka_unit_test(nothing_is_left_of_calls_that_were_taken_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

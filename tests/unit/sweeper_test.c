/*
 * Calls that a dead node left behind: found by the sweeper, taken over by a
 * turn, told on the screen if it is still there and by SMS if it is not.
 */
#include "gateway/call.h"
#include "gateway/sweeper.h"
#include "tests/unit/world.h"

static struct world *a_dead_node(const char *code, const char *answer);
static void is_swept(struct world *w, int claims);
static void a_sweep(struct world *w, const struct overdue *list);
static struct held *open_call(struct world *w);
static void call_is_over(struct world *w);
static const char *sms(struct world *w);
static void menu_is_gone(struct world *w);

static void
a_question_is_asked_again_and_answered_on_the_screen(void **state)
{
	struct world *w = a_dead_node("*152*00*3#", "2");

	(void)state;
	is_swept(w, 1);
	loads(w);
	answers(w, OUTCOME_FAIL);
	assert_int_equal(w->submit_count, 1);
	commits(w);
	assert_int_equal(w->submit_count, 2);
	assert_non_null(strstr(screen(w), "Samahani"));
	call_is_over(w);
	world_end(w);
}

static void
a_question_whose_session_is_gone_is_answered_by_sms(void **state)
{
	struct world *w = a_dead_node("*152*00*6*1#", "A1234567");

	(void)state;
	*held_find(w->sessions, SESSION)->name = '\0';
	is_swept(w, 1);
	loads(w);
	answers(w, OUTCOME_OK, "AMINA", "0", "1");
	settles(w);
	assert_string_equal(sms(w), "AMINA, huna deni.");
	assert_int_equal(w->submit_count, 1);
	call_is_over(w);
	world_end(w);
}

static void
a_session_begun_anew_is_left_alone(void **state)
{
	struct world *w = a_dead_node("*152*00*6*1#", "A1234567");

	(void)state;
	w->side.session[3] = 9;
	dials(w, "*152*00#");
	settles(w);
	is_swept(w, 1);
	loads(w);
	answers(w, OUTCOME_MISSING);
	settles(w);
	assert_int_equal(stored(w)->life, RECORD_LIVE);
	assert_int_equal(w->submit_count, 2);
	assert_non_null(strstr(sms(w), "A1234567"));
	call_is_over(w);
	world_end(w);
}

static void
a_deed_that_may_be_done_is_not_done_again(void **state)
{
	struct world *w = a_dead_node("*152*00*3*1#", "600");

	(void)state;
	is_swept(w, 1);
	loads(w);
	assert_true(nothing_is_called(w));
	assert_int_equal(world_counted(w, "calls", "unknown"), 1);
	commits(w);
	assert_string_equal(screen(w), "Samahani.");
	call_is_over(w);
	world_end(w);
}

static void
a_call_that_has_lost_its_secret_fails(void **state)
{
	struct world *w = a_dead_node("*152*00*3*1#", "2000");

	(void)state;
	types(w, "4711");
	settles(w);
	types(w, "1");
	settles(w);
	world_restart(w);
	is_swept(w, 1);
	loads(w);
	assert_true(nothing_is_called(w));
	commits(w);
	assert_string_equal(screen(w), "Samahani.");
	call_is_over(w);
	world_end(w);
}

static void
a_shared_service_is_asked_again_and_not_without_its_secret(void **state)
{
	struct world *w = a_dead_node("*153*2*4#", "12345678");

	(void)state;
	is_swept(w, 1);
	loads(w);
	assert_string_equal(called(w)->institution, "vizazi");
	assert_non_null(strstr(called(w)->url, "/people/12345678"));
	answers(w, OUTCOME_OK, "Asha");
	commits(w);
	assert_non_null(strstr(screen(w), "Wewe ni Asha"));
	types(w, "1");
	settles(w);
	types(w, "1234");
	settles(w);
	world_restart(w);
	is_swept(w, 1);
	loads(w);
	assert_true(nothing_is_called(w));
	commits(w);
	assert_string_equal(screen(w), "Imeshindikana.");
	call_is_over(w);
	world_end(w);
}

static void
an_outcome_that_leads_to_a_call_closes_the_first(void **state)
{
	struct world *w = a_dead_node("*152*00*3*9#", "1");
	const char *first = open_call(w)->name;

	(void)state;
	is_swept(w, 1);
	loads(w);
	answers(w, OUTCOME_OK, "700");
	assert_string_equal(asked(w, COMMIT)->closes, first);
	commits(w);
	answers(w, OUTCOME_OK, "7");
	commits(w);
	assert_non_null(strstr(screen(w), "Imelipwa: 7"));
	call_is_over(w);
	world_end(w);
}

static void
a_call_whose_menu_is_gone_is_closed_and_told_by_sms(void **state)
{
	struct world *w = a_dead_node("*152*00*6*1#", "A1234567");

	(void)state;
	menu_is_gone(w);
	is_swept(w, 1);
	settles(w);
	assert_int_equal(w->submit_count, 1);
	assert_int_equal(held_count(w->messages), 1);
	call_is_over(w);
	world_end(w);
}

static void
while_redis_is_away_nothing_is_shown_and_the_call_stays(void **state)
{
	struct world *w = a_dead_node("*152*00*6*1#", "A1234567");

	(void)state;
	is_swept(w, 1);
	refuses(w, LOAD, STORE_DOWN);
	assert_int_equal(w->submit_count, 1);
	assert_int_equal(held_count(w->open), 1);
	assert_int_equal(turns_running(w->g.turns), 0);
	world_end(w);
}

static void
a_call_that_is_made_here_is_not_taken_over(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*152*00*3#");
	settles(w);
	types(w, "2");
	settles(w);
	is_swept(w, 1);
	assert_int_equal(world_counted(w, "calls", "taken_over"), 0);
	answers(w, OUTCOME_FAIL);
	settles(w);
	call_is_over(w);
	world_end(w);
}

static void
a_call_that_nobody_can_make_is_given_up(void **state)
{
	struct world *w = a_dead_node("*152*00*6*1#", "A1234567");

	(void)state;
	is_swept(w, 11);
	assert_int_equal(turns_running(w->g.turns), 0);
	settles(w);
	call_is_over(w);
	world_end(w);
}

static void
octets_that_are_no_call_of_ours_hurt_nobody(void **state)
{
	struct world *w = a_world("smppplus");
	const struct overdue junk = { .is_call = true, .msisdn = CITIZEN,
		.call_id = "00-x", .octets = (const uint8_t *)"junk",
		.len = 4, .claims = 1 };

	(void)state;
	a_sweep(w, &junk);
	assert_false(is_asked(w, LOAD));
	assert_int_equal(turns_running(w->g.turns), 0);
	world_end(w);
}

static void
a_call_of_an_operator_we_do_not_have_is_left(void **state)
{
	struct world *w = a_dead_node("*152*00*6*1#", "A1234567");

	(void)state;
	w->operator.name = "airtel";
	is_swept(w, 1);
	assert_false(is_asked(w, LOAD));
	assert_int_equal(held_count(w->open), 1);
	world_end(w);
}

/* Nobody could say that he lives, so nobody is dead. */
static void
after_redis_was_away_nodes_have_time_to_say_that_they_live(void **state)
{
	struct world *w = a_world("smppplus");
	struct sweeper *s = sweeper_new(&w->g);
	int seconds = 0;

	(void)state;
	world_passes(w, 1000);
	assert_true(is_asked(w, LEASE));
	w->redis_up = false;
	settles(w);
	world_passes(w, 1000);
	w->redis_up = true;
	do {
		assert_true(++seconds < 20);
		world_passes(w, 1000);
	} while (!is_asked(w, LEASE));
	assert_true(seconds * 1000 > CALLING_ALIVE_MS);
	sweeper_free(s);
	world_end(w);
}

/* ---- */

/* A node that died while it waited for an institution. */
static struct world *
a_dead_node(const char *code, const char *answer)
{
	struct world *w = a_world("smppplus");

	dials(w, code);
	settles(w);
	types(w, answer);
	settles(w);
	world_restart(w);
	return w;
}

static void
is_swept(struct world *w, int claims)
{
	const struct held *call = open_call(w);
	struct overdue over = { .is_call = true, .msisdn = CITIZEN,
		.call_id = call->name, .octets = call->octets,
		.len = call->len, .claims = claims };

	a_sweep(w, &over);
}

/* One second of a sweeper's life; what it reads goes with it. */
static void
a_sweep(struct world *w, const struct overdue *list)
{
	struct sweeper *s = sweeper_new(&w->g);

	world_passes(w, 1000);
	refuses(w, LEASE, STORE_OK);
	sweeps(w, list, 1);
	sweeper_free(s);
}

static struct held *
open_call(struct world *w)
{
	int i;

	assert_int_equal(held_count(w->open), 1);
	for (i = 0; *w->open[i].name == '\0'; i++)
		;
	return &w->open[i];
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

/* It is not the one that this node has, nor published. */
static void
menu_is_gone(struct world *w)
{
	struct held *h = open_call(w);
	struct call call;
	uint8_t *octets;

	assert_int_equal(call_unpack(w->arena, h->octets, h->len, &call), 0);
	call.catalogue.octets[0] ^= 1;
	octets = call_pack(w->arena, &call, &h->len);
	memcpy(h->octets, octets, h->len);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_question_is_asked_again_and_answered_on_the_screen),
		cmocka_unit_test(
		    a_question_whose_session_is_gone_is_answered_by_sms),
		cmocka_unit_test(
		    a_session_begun_anew_is_left_alone),
		cmocka_unit_test(
		    a_deed_that_may_be_done_is_not_done_again),
		cmocka_unit_test(
		    a_call_that_has_lost_its_secret_fails),
		cmocka_unit_test(
		    a_shared_service_is_asked_again_and_not_without_its_secret),
		cmocka_unit_test(
		    an_outcome_that_leads_to_a_call_closes_the_first),
		cmocka_unit_test(
		    a_call_whose_menu_is_gone_is_closed_and_told_by_sms),
		cmocka_unit_test(
		    while_redis_is_away_nothing_is_shown_and_the_call_stays),
		cmocka_unit_test(
		    a_call_that_is_made_here_is_not_taken_over),
		cmocka_unit_test(
		    a_call_that_nobody_can_make_is_given_up),
		cmocka_unit_test(
		    octets_that_are_no_call_of_ours_hurt_nobody),
		cmocka_unit_test(
		    a_call_of_an_operator_we_do_not_have_is_left),
		cmocka_unit_test(
		    after_redis_was_away_nodes_have_time_to_say_that_they_live),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

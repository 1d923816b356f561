/*
 * Turns by which a citizen is told what is held, or has it erased.
 */
#include <stdio.h>

#include "tests/unit/world.h"

static struct world *a_citizen(void);
static const char *sms(const struct world *w);

static void
an_erasure_is_confirmed_before_anything_is_erased(void **state)
{
	struct world *w = a_citizen();

	(void)state;
	texts(w, "FUTA");
	loads(w);
	assert_true(is_asked(w, COMMIT));
	commits(w);
	settles(w);
	assert_non_null(strstr(sms(w), "jibu NDIYO"));
	assert_non_null(held_find(w->profile, "maji.acct"));
	texts(w, "NDIYO");
	loads(w);
	assert_false(is_asked(w, COMMIT));
	assert_string_equal(asked(w, ERASE)->name, BY_SMS);
	assert_int_equal(acknowledged(w, PDU_ROK), 3);
	settles(w);
	assert_int_equal(acknowledged(w, PDU_ROK), 4);
	assert_string_equal(sms(w), "Taarifa zote kuhusu namba yako zimefutwa.");
	assert_int_equal(held_count(w->sessions), 0);
	assert_int_equal(held_count(w->dropped), 0);
	assert_int_equal(held_count(w->profile), 0);
	assert_int_equal(world_counted(w, "profiles", "erased"), 1);
	world_end(w);
}

static void
an_erasure_that_is_not_stored_is_left_with_the_operator(void **state)
{
	static const enum store_result results[] = { STORE_DOWN,
		STORE_UNKNOWN };
	struct world *w;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(results); i++) {
		w = a_citizen();
		texts(w, "FUTA");
		settles(w);
		texts(w, "NDIYO");
		loads(w);
		refuses(w, ERASE, results[i]);
		assert_int_equal(acknowledged(w, PDU_RX_T_APPN), 1);
		assert_int_equal(world_counted(w, "profiles", "erased"), 0);
		world_end(w);
	}
}

/* The question was answered by another node meanwhile, or taken back. */
static void
an_erasure_whose_session_moved_is_not_made(void **state)
{
	struct world *w = a_citizen();

	(void)state;
	texts(w, "FUTA");
	settles(w);
	texts(w, "NDIYO");
	loads(w);
	other_node_plays(w, BY_SMS, "Nyingine");
	settles(w);
	assert_non_null(held_find(w->profile, "maji.acct"));
	assert_int_equal(world_counted(w, "profiles", "erased"), 0);
	world_end(w);
}

static void
a_turn_in_progress_brings_no_session_back(void **state)
{
	struct world *w = a_citizen();

	(void)state;
	dials(w, "*152*00*6#");
	settles(w);
	texts(w, "FUTA");
	settles(w);
	types(w, "2");
	loads(w); /* between load and commit */
	assert_true(is_asked(w, PROFILE));
	texts(w, "NDIYO");
	while (!is_asked(w, LOAD))
		assert_false(nothing_is_asked(w));
	loads(w);
	assert_int_equal(erases(w, asked(w, ERASE)), STORE_OK);
	refuses(w, ERASE, STORE_OK);
	settles(w);
	assert_null(stored(w));
	assert_true(is_over(w));
	assert_int_equal(held_count(w->profile), 0);
	world_end(w);
}

static void
a_call_in_progress_is_told_to_nobody(void **state)
{
	struct world *w = a_citizen();

	(void)state;
	texts(w, "FUTA");
	settles(w);
	dials(w, "*152*00*6#");
	settles(w);
	types(w, "3"); /* a deed */
	loads(w);
	commits(w);
	texts(w, "NDIYO");
	settles(w);
	assert_int_equal(held_count(w->open), 0);
	answers(w, OUTCOME_OK);
	settles(w);
	assert_null(stored(w));
	assert_string_equal(sms(w), "Taarifa zote kuhusu namba yako zimefutwa.");
	assert_int_equal(held_count(w->messages), 1);
	assert_true(callings_are_none(w));
	world_end(w);
}

static void
what_is_held_is_told_masked(void **state)
{
	struct world *w = a_citizen();

	(void)state;
	texts(w, "TAARIFA ZANGU");
	loads(w);
	assert_string_equal(asked(w, TELL)->name, CITIZEN);
	settles(w);
	assert_non_null(strstr(sms(w), "Tumehifadhi: Maji A12***67 (1"));
	assert_null(strstr(sms(w), "A1234567"));
	texts(w, "TAARIFA ZANGU");
	loads(w);
	refuses(w, TELL, STORE_DOWN);
	assert_int_equal(acknowledged(w, PDU_RX_T_APPN), 1);
	world_end(w);
}

/* ---- */

/* With a profile, a dropped session and a message. */
static struct world *
a_citizen(void)
{
	struct world *w = a_world("smppplus");
	struct held *k;

	w->menus = "tests/talks/kept/menus.cfg";
	world_restart(w);
	k = held_add(w->profile, "maji.acct");
	snprintf(k->text, sizeof(k->text), "y A1234567");
	dials(w, "*152*00*6#");
	settles(w);
	hangs_up(w);
	settles(w);
	assert_int_equal(held_count(w->dropped), 1);
	w->side.session[3]++;
	return w;
}

/* The last one that was queued. */
static const char *
sms(const struct world *w)
{
	int i;

	for (i = WORLD_MAX; i-- > 0;)
		if (*w->messages[i].name != '\0')
			return w->messages[i].text;
	return "";
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_erasure_is_confirmed_before_anything_is_erased),
		cmocka_unit_test(
		    an_erasure_that_is_not_stored_is_left_with_the_operator),
		cmocka_unit_test(an_erasure_whose_session_moved_is_not_made),
		cmocka_unit_test(a_turn_in_progress_brings_no_session_back),
		cmocka_unit_test(a_call_in_progress_is_told_to_nobody),
		cmocka_unit_test(what_is_held_is_told_masked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

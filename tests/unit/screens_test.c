/*
 * A screen for which the operator has no room just now is sent again while
 * the citizen waits; any other answer is the end of it.
 */
#include "gateway/screens.h"
#include "tests/unit/world.h"

static void operator_says(
    struct world *w, enum link_result result, uint32_t status);
static struct world *a_screen_under_way(void);

static void
a_throttled_screen_is_sent_again_as_it_was(void **state)
{
	struct world *w = a_screen_under_way();
	const struct submit *first = &w->submits[0], *again = &w->submits[1];

	(void)state;
	operator_says(w, LINK_REFUSED, PDU_RTHROTTLED);
	assert_int_equal(w->submit_count, 1);
	world_passes(w, 100);
	assert_int_equal(w->submit_count, 2);
	assert_string_equal(again->text, first->text);
	assert_int_equal(again->class, first->class);
	assert_true(again->live_ms < first->live_ms);

	operator_says(w, LINK_REFUSED, PDU_RMSGQFUL);
	world_passes(w, 100);
	operator_says(w, LINK_SENT, PDU_ROK);
	world_passes(w, 60000);
	assert_int_equal(w->submit_count, 3);
	world_end(w);
}

static void
a_screen_that_nobody_waits_for_any_more_is_given_up(void **state)
{
	struct world *w = a_screen_under_way();
	int live_ms = w->submits[0].live_ms;

	(void)state;
	world_passes(w, live_ms - 50);
	operator_says(w, LINK_REFUSED, PDU_RTHROTTLED);
	world_passes(w, 100);
	assert_int_equal(w->submit_count, 1);
	world_end(w);
}

static void
any_other_answer_is_the_end_of_it(void **state)
{
	static const struct {
		enum link_result result;
		uint32_t status;
	} rows[] = {
		{ LINK_SENT, PDU_ROK },
		{ LINK_REFUSED, PDU_RINVDSTADR },
		{ LINK_UNKNOWN, 0 },
		{ LINK_DROPPED, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct world *w = a_screen_under_way();

		operator_says(w, rows[i].result, rows[i].status);
		world_passes(w, 60000);
		assert_int_equal(w->submit_count, 1);
		world_end(w);
	}
}

static void
a_screen_under_way_is_forgotten_at_the_end(void **state)
{
	struct world *w = a_screen_under_way();

	(void)state;
	operator_says(w, LINK_REFUSED, PDU_RTHROTTLED);
	world_end(w); /* the leak checker sees whether all is freed */
}

static struct world *
a_screen_under_way(void)
{
	struct world *w = a_world("spec");

	dials(w, "*152*00#");
	settles(w);
	assert_int_equal(w->submit_count, 1);
	return w;
}

static void
operator_says(struct world *w, enum link_result result, uint32_t status)
{
	struct link_answer answer = { result, status, "" };
	struct submit *s = &w->submits[w->submit_count - 1];

	s->done(s->arg, &answer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_throttled_screen_is_sent_again_as_it_was),
		cmocka_unit_test(
		    a_screen_that_nobody_waits_for_any_more_is_given_up),
		cmocka_unit_test(any_other_answer_is_the_end_of_it),
		cmocka_unit_test(a_screen_under_way_is_forgotten_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Sizes: the fullest screens first, by the proof of the screens.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menus/layout.h"
#include "menus/sizes.h"
#include "tests/unit/dialogue.h"

static const struct size *
size_named(const struct sizes *all, const char *state, uint8_t lang,
    enum channel channel)
{
	size_t i;

	for (i = 0; i < all->count; i++)
		if (strcmp(all->list[i].state->name, state) == 0 &&
		    all->list[i].lang == lang &&
		    all->list[i].channel == channel)
			return &all->list[i];
	fail_msg("%s has no size", state);
	return NULL;
}

static void
the_fullest_stand_first_and_are_what_the_proof_says(void **state)
{
	struct dialogue *d = *state;
	struct sizes all = sizes_of(d->arena, d->c, NULL);
	size_t i;

	assert_in_range(all.count, 50, 1000);
	for (i = 0; i < all.count; i++) {
		const struct size *s = &all.list[i];
		struct screen_proof p = screen_worst(d->arena, d->c, s->graph,
		    (uint16_t)(s->state - s->graph->states), s->lang,
		    s->channel, d->c->limits.septets, d->c->limits.ucs2);

		assert_int_equal(s->takes, s->is_ucs2 ? p.ucs2 : p.septets);
		assert_true(s->takes <= s->budget);
		if (i > 0)
			assert_true(s->percent <= s[-1].percent);
		if (s->channel == CHANNEL_USSD)
			assert_int_equal(s->pages, p.pages);
	}
}

static void
a_size_tells_what_makes_it_so(void **state)
{
	struct dialogue *d = *state;
	struct sizes all = sizes_of(d->arena, d->c, d->c->graphs[0]);
	const struct size *s = size_named(&all, "owes", 0, CHANNEL_USSD);

	assert_int_equal(s->budget, d->c->limits.septets);
	assert_false(s->is_ucs2);
	assert_null(s->because);
	assert_int_equal(s->width_count, 3);
	assert_string_equal(s->widths[0].name, "name");
	assert_int_equal(s->widths[0].width, 24);
	assert_int_equal(s->widths[0].times, 1);
	s = size_named(&all, "pick", 1, CHANNEL_USSD);
	assert_string_equal(s->widths[0].name, "areas");
	assert_int_equal(s->widths[0].width, 24);
	assert_int_equal(s->widths[0].times, 40);
	assert_true(s->pages > 1);
}

static void
an_sms_has_its_own_text_and_parts(void **state)
{
	struct dialogue *d = *state;
	struct sizes all = sizes_of(d->arena, d->c, d->c->graphs[0]);
	const struct size *sms = size_named(&all, "sent", 0, CHANNEL_SMS);
	const struct size *screen = size_named(&all, "sent", 0, CHANNEL_USSD);

	assert_int_equal(sms->width_count, 3);
	assert_int_equal(screen->width_count, 0);
	assert_int_equal(sms->pages, 1);
	assert_int_equal(sms->budget,
	    layout_sms_room(d->c->limits.sms_parts).septets);
}

static void
parts_are_as_many_as_hold_the_text(void **state)
{
	static const struct {
		size_t septets, ucs2;
		int parts;
	} cases[] = { { 0, 0, 1 }, { 160, 70, 1 }, { 161, 0, 2 }, { 0, 71, 2 },
		{ 305, 0, 2 }, { 306, 0, 3 }, { 0, 133, 2 }, { 0, 134, 3 } };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(
		    layout_sms_parts(cases[i].septets, cases[i].ucs2),
		    cases[i].parts);
}

static void
a_value_outside_the_alphabet_is_told(void **state)
{
	struct dialogue *d = *state;
	struct sizes all = sizes_of(d->arena, d->c, NULL);
	const struct size *s = size_named(&all, "noted", 0, CHANNEL_USSD);

	assert_true(s->is_ucs2);
	assert_int_equal(s->budget, d->c->limits.ucs2);
	assert_string_equal(s->because, "a value with unicode = true");
}

#define AT(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		AT(the_fullest_stand_first_and_are_what_the_proof_says),
		AT(a_size_tells_what_makes_it_so),
		AT(an_sms_has_its_own_text_and_parts),
		AT(parts_are_as_many_as_hold_the_text),
		AT(a_value_outside_the_alphabet_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The window and the lines before it, as values.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/waiting.h"
#include "gateway/window.h"

/* ---- the window */

static void
a_window_never_holds_more_than_its_limit(void **state)
{
	static const int limits[] = { 1, 2, 3, 10, 1000 };
	struct window_request r;
	struct window *w;
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		w = window_new(limits[i], 1);
		for (n = 0; window_has_room(w); n++)
			assert_int_equal(window_put(w, 0, NULL, NULL), n + 1);
		assert_int_equal(n, limits[i]);
		assert_int_equal(window_used(w), limits[i]);
		assert_true(window_take(w, 1, &r));
		assert_true(window_has_room(w));
		window_free(w);
	}
}

static void
numbers_go_round_and_skip_what_is_in_flight(void **state)
{
	struct window *w = window_new(4, 0x7ffffffe);
	struct window_request r;
	uint32_t slow, n;
	int i;

	(void)state;
	assert_int_equal(window_put(w, 0, NULL, NULL), 0x7ffffffe);
	assert_int_equal(window_put(w, 0, NULL, NULL), 0x7fffffff);
	slow = window_put(w, 0, NULL, NULL);
	assert_int_equal(slow, 1);
	for (i = 0; i < 1000; i++) {
		n = window_put(w, 0, NULL, NULL);
		assert_true(n != slow && n != 0x7ffffffe && n != 0x7fffffff);
		assert_true(window_take(w, n, &r));
		assert_true(window_number(w) != slow);
	}
	assert_true(window_take(w, slow, &r));
	window_free(w);
}

static void
a_number_is_answered_once_and_only_if_it_waits(void **state)
{
	static const uint32_t odd[] = { 0, 2, 5, 9, 0x7fffffff, 0xffffffff };
	struct window *w = window_new(2, 1);
	struct window_request r;
	int whose;
	size_t i;

	(void)state;
	assert_int_equal(window_put(w, 77, NULL, &whose), 1);
	for (i = 0; i < ARRAY_SIZE(odd); i++)
		assert_false(window_take(w, odd[i], &r));
	assert_true(window_take(w, 1, &r));
	assert_ptr_equal(r.arg, &whose);
	assert_int_equal(r.sent_ms, 77);
	assert_false(window_take(w, 1, &r));
	assert_int_equal(window_used(w), 0);
	window_free(w);
}

static void
the_oldest_is_over_first_whatever_was_answered_between(void **state)
{
	struct window *w = window_new(10, 1);
	struct window_request r;
	uint32_t n;

	(void)state;
	for (n = 1; n <= 10; n++)
		window_put(w, n * 10, NULL, NULL);
	assert_true(window_take(w, 1, &r));
	assert_true(window_take(w, 5, &r));
	assert_true(window_take(w, 10, &r));
	assert_int_equal(window_oldest_ms(w), 20);
	assert_false(window_take_oldest(w, 19, &r));
	for (n = 2; n <= 9; n++) {
		if (n == 5)
			continue;
		assert_true(window_take_oldest(w, 1000, &r));
		assert_int_equal(r.sequence, n);
	}
	assert_false(window_take_oldest(w, 1000, &r));
	window_free(w);
}

/* ---- the lines before it */

static struct waiting_submit *
a_submit(enum link_class class, int64_t until, size_t len, char name)
{
	uint8_t octets[4096] = { 0 };

	octets[0] = (uint8_t)name;
	return waiting_submit_new(&(struct link_order){ .class = class }, until,
	    octets, len, NULL, NULL);
}

static void
push(struct waiting *w, enum link_class class, int64_t until, char name)
{
	assert_true(waiting_push(w, a_submit(class, until, 100, name)));
}

static char
name_of(struct waiting_submit *s)
{
	char name = s == NULL ? '-' : (char)s->octets[0];

	free(s);
	return name;
}

static void
what_is_nearest_to_a_citizens_eyes_goes_first(void **state)
{
	struct waiting w;
	char order[8] = "";
	int i;

	(void)state;
	waiting_init(&w, 100000);
	push(&w, LINK_CLASS_SMS, 9, 'a');
	push(&w, LINK_CLASS_NEW, 9, 'b');
	push(&w, LINK_CLASS_SMS, 9, 'c');
	push(&w, LINK_CLASS_IN_SESSION, 9, 'd');
	push(&w, LINK_CLASS_NEW, 9, 'e');
	push(&w, LINK_CLASS_IN_SESSION, 9, 'f');
	for (i = 0; i < 7; i++)
		order[i] = name_of(waiting_pop(&w));
	assert_string_equal(order, "dfbeac-");
	assert_int_equal(w.octets, 0);
}

static void
what_has_waited_too_long_is_found_in_any_place(void **state)
{
	struct waiting w;

	(void)state;
	waiting_init(&w, 100000);
	push(&w, LINK_CLASS_SMS, 500, 'a');
	push(&w, LINK_CLASS_SMS, 100, 'b');
	push(&w, LINK_CLASS_NEW, 300, 'c');
	assert_int_equal(w.earliest_ms, 100);
	assert_int_equal(name_of(waiting_pop_over(&w, 99)), '-');
	assert_int_equal(name_of(waiting_pop_over(&w, 100)), 'b');
	assert_int_equal(name_of(waiting_pop_over(&w, 100)), '-');
	assert_int_equal(w.earliest_ms, 300);
	assert_int_equal(name_of(waiting_pop_over(&w, 500)), 'c');
	assert_int_equal(name_of(waiting_pop_over(&w, 500)), 'a');
	assert_int_equal(w.count, 0);
	assert_true(w.earliest_ms == INT64_MAX);
}

static void
a_full_line_gives_way_to_a_higher_class_only(void **state)
{
	struct waiting_submit *newcomer;
	struct waiting w;

	(void)state;
	waiting_init(&w, 3 * (sizeof(*newcomer) + 100));
	push(&w, LINK_CLASS_SMS, 9, 'a');
	push(&w, LINK_CLASS_SMS, 9, 'b');
	push(&w, LINK_CLASS_NEW, 9, 'c');
	newcomer = a_submit(LINK_CLASS_SMS, 9, 100, 'd');
	assert_false(waiting_push(&w, newcomer));
	assert_null(waiting_pop_for(&w, newcomer));
	newcomer->class = LINK_CLASS_IN_SESSION;
	assert_int_equal(name_of(waiting_pop_for(&w, newcomer)), 'b');
	assert_true(waiting_push(&w, newcomer));
	newcomer = a_submit(LINK_CLASS_IN_SESSION, 9, 4000, 'e');
	assert_null(waiting_pop_for(&w, newcomer));
	free(newcomer);
	assert_int_equal(name_of(waiting_pop(&w)), 'd');
	assert_int_equal(name_of(waiting_pop(&w)), 'c');
	assert_int_equal(name_of(waiting_pop(&w)), 'a');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_window_never_holds_more_than_its_limit),
		cmocka_unit_test(numbers_go_round_and_skip_what_is_in_flight),
		cmocka_unit_test(
		    a_number_is_answered_once_and_only_if_it_waits),
		cmocka_unit_test(
		    the_oldest_is_over_first_whatever_was_answered_between),
		cmocka_unit_test(what_is_nearest_to_a_citizens_eyes_goes_first),
		cmocka_unit_test(
		    what_has_waited_too_long_is_found_in_any_place),
		cmocka_unit_test(a_full_line_gives_way_to_a_higher_class_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

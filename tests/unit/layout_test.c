/*
 * Where pages break, by layouts made by hand: "9 M" is `more`, "0 B" is `back`
 * and "E" the error line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "menus/layout.h"

#define LINES_MOST 16

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct line
line(const char *key, const char *text)
{
	struct line l = { .key = key, .text = text, .len = strlen(text) };

	layout_measure(&l);
	return l;
}

/* LINES is ended by NULL; the budget is as the citizen's screen counts. */
static struct layout
layout(const char *const *lines, size_t septets, size_t ucs2)
{
	struct layout l = {
		.arena = arena,
		.septets = septets + 1,
		.ucs2 = ucs2 + 1,
		.error.room.in_alphabet = true,
		.turns = true,
		.lines = arena_array(arena, LINES_MOST, sizeof(*l.lines)),
	};

	l.nav[SCREEN_BACK] = line("0", "B");
	l.nav[SCREEN_HOME] = line("00", "H");
	l.nav[SCREEN_MORE] = line("9", "M");
	l.nav[SCREEN_LANG] = line("99", "L");
	for (; *lines != NULL; lines++)
		l.lines[l.count++] = line(NULL, *lines);
	return l;
}

/* All its pages, parted by " / ". */
static const char *
pages(struct layout *l)
{
	struct page p = { .begun = false };
	const char *all = NULL;

	while (layout_turn(l, &p))
		all = all == NULL ? layout_write(l, &p, false)
				  : arena_printf(arena, "%s / %s", all,
					layout_write(l, &p, false));
	return all;
}

static const struct {
	const char *lines[LINES_MOST];
	size_t septets;
	const char *pages;
	size_t count;
} breaks[] = {
	{ { NULL }, 5, "", 1 },
	/* All that are left fit without `more`, to the last septet. */
	{ { "aaaa", "bbbb" }, 9, "aaaa\nbbbb", 1 },
	{ { "aaaa", "bbbb" }, 8, "aaaa\n9 M / bbbb\n0 B", 2 },
	{ { "aaaa", "bbbb", "cccc" }, 12,
	    "aaaa\n9 M / bbbb\n0 B\n9 M / cccc\n0 B", 3 },
	{ { "aaaa", "bbbb", "cccc" }, 13, "aaaa\nbbbb\n9 M / cccc\n0 B", 2 },
	{ { "aaaa", "bbbb", "cccc" }, 14, "aaaa\nbbbb\ncccc", 1 },
	/* Two septets each: the extension table. */
	{ { "[]", "{}" }, 9, "[]\n{}", 1 },
	{ { "[]", "{}" }, 8, "[]\n9 M / {}\n0 B", 2 },
};

static void
a_page_takes_as_many_lines_as_fit(void **state)
{
	struct layout l;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(breaks); i++) {
		l = layout(breaks[i].lines, breaks[i].septets, 80);
		assert_string_equal(pages(&l), breaks[i].pages);
		assert_int_equal(layout_pages(&l), breaks[i].count);
		assert_int_equal(l.misfits, 0);
	}
}

static void
the_error_line_moves_no_option(void **state)
{
	static const char *const lines[] = { "aaaa", "bbbb", NULL };
	struct layout l = layout(lines, 10, 80);
	struct page p = { .begun = false };

	(void)state;
	l.error = line(NULL, "E");
	assert_string_equal(pages(&l), "aaaa\n9 M / bbbb\n0 B");
	assert_true(layout_turn(&l, &p));
	assert_string_equal(layout_write(&l, &p, true), "E\naaaa\n9 M");
	l = layout(lines, 11, 80);
	l.error = line(NULL, "E");
	assert_string_equal(pages(&l), "aaaa\nbbbb");
}

static void
an_error_line_outside_the_alphabet_makes_every_page_ucs2(void **state)
{
	static const char *const lines[] = { "aaaa", "bbbb", NULL };
	struct layout l = layout(lines, 160, 11);

	(void)state;
	l.error = line(NULL, "\xd0\x96");
	assert_string_equal(pages(&l), "aaaa\nbbbb");
	l.ucs2--;
	assert_string_equal(pages(&l), "aaaa\n9 M / bbbb\n0 B");
}

static void
each_line_of_a_text_that_flows_is_a_page(void **state)
{
	static const char *const lines[] = { "a", "b", "c", NULL };
	struct layout l = layout(lines, 160, 80);

	(void)state;
	l.flows = true;
	assert_string_equal(pages(&l), "a\n9 M / b\n0 B\n9 M / c\n0 B\n9 M");
	assert_int_equal(layout_pages(&l), 3);
	l.turns = false;
	assert_string_equal(pages(&l), "a / b / c");
}

static void
navigation_stands_below_in_its_order(void **state)
{
	static const char *const lines[] = { "a", "b", NULL };
	struct layout l = layout(lines, 160, 80);

	(void)state;
	l.flows = true;
	l.shows[SCREEN_HOME] = l.shows[SCREEN_LANG] = true;
	assert_string_equal(
	    pages(&l), "a\n00 H\n9 M\n99 L / b\n0 B\n00 H\n9 M\n99 L");
	l.shows[SCREEN_BACK] = true;
	l.turns = false;
	assert_string_equal(
	    pages(&l), "a\n0 B\n00 H\n99 L / b\n0 B\n00 H\n99 L");
}

static void
a_line_too_long_for_any_page_is_cut_and_counted(void **state)
{
	static const char *const lines[] = { "ok", "aaaaaaaaaa", "bbbbbbbb",
		NULL };
	struct layout l = layout(lines, 7, 80);

	(void)state;
	l.turns = false;
	assert_string_equal(pages(&l), "ok / aaaaaaa / bbbbbbb");
	assert_int_equal(l.misfits, 2);
	assert_int_equal(l.misfit, 1);
	assert_int_equal(l.over.septets, 3);
	assert_int_equal(l.over.ucs2, 0);
}

static void
a_cut_parts_no_character(void **state)
{
	/* One septet in two octets; an escape and its septet. */
	static const char *const lines[] = { "a\xc3\xa9\xc3\xa9", "a[[", NULL };
	struct layout l = layout(lines, 2, 80);

	(void)state;
	l.turns = false;
	assert_string_equal(pages(&l), "a\xc3\xa9 / a");
}

static void
a_key_takes_room_beside_its_text(void **state)
{
	struct line plain = line(NULL, "Lipa"), option = line("12", "Lipa");

	(void)state;
	assert_int_equal(plain.room.septets, 5);
	assert_int_equal(option.room.septets, 8);
	assert_int_equal(option.room.ucs2, 8);
	assert_true(option.room.in_alphabet);
	option = line("12", "\xd0\x96");
	assert_int_equal(option.room.ucs2, 5);
	assert_false(option.room.in_alphabet);
}

static void
a_room_is_over_in_the_units_that_it_is_sent_in(void **state)
{
	static const struct {
		struct gsm_room room;
		size_t septets, ucs2;
	} rooms[] = {
		{ { 11, 11, true }, 0, 0 },
		{ { 14, 14, true }, 3, 0 },
		{ { 14, 6, false }, 0, 0 },
		{ { 14, 8, false }, 0, 2 },
	};
	static const char *const none[] = { NULL };
	struct layout l = layout(none, 10, 5);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rooms); i++) {
		struct gsm_room over = layout_over(&l, rooms[i].room);

		assert_int_equal(over.septets, rooms[i].septets);
		assert_int_equal(over.ucs2, rooms[i].ucs2);
	}
}

/* Nothing left out, nothing twice, nothing too wide; from the least budget that
 * takes the longest line. */
static void
every_page_is_as_large_as_it_says_and_fits(void **state)
{
	static const char *const lines[] = { "a", "bbb", "[]", "ccccc", "d",
		"\xc3\xa9\xc3\xa9", "ffff", "g", NULL };
	size_t septets, next;
	const char *text;

	(void)state;
	for (septets = 20; septets <= 60; septets++) {
		struct layout l = layout(lines, septets, 80);
		struct page p = { .begun = false };

		l.error = line(NULL, "E");
		l.shows[SCREEN_HOME] = true;
		for (next = 0; layout_turn(&l, &p); next = p.to) {
			struct gsm_room room = layout_room(&l, &p);

			assert_int_equal(p.from, next);
			assert_true(p.to > p.from);
			text = layout_write(&l, &p, true);
			assert_int_equal(room.septets,
			    gsm_measure(text, strlen(text)).septets);
			assert_true(room.septets <= septets);
		}
		assert_int_equal(next, l.count);
		assert_int_equal(l.misfits, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_takes_as_many_lines_as_fit),
		cmocka_unit_test(the_error_line_moves_no_option),
		cmocka_unit_test(
		    an_error_line_outside_the_alphabet_makes_every_page_ucs2),
		cmocka_unit_test(each_line_of_a_text_that_flows_is_a_page),
		cmocka_unit_test(navigation_stands_below_in_its_order),
		cmocka_unit_test(
		    a_line_too_long_for_any_page_is_cut_and_counted),
		cmocka_unit_test(a_cut_parts_no_character),
		cmocka_unit_test(a_key_takes_room_beside_its_text),
		cmocka_unit_test(
		    a_room_is_over_in_the_units_that_it_is_sent_in),
		cmocka_unit_test(every_page_is_as_large_as_it_says_and_fits),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

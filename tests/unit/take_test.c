/*
 * What a service answered, taken into variables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "menus/rows.h"
#include "menus/take.h"

#define C "\x1f"
#define R "\x1e"

static const char *const cols[] = { "id", "label", NULL };
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

static const struct variable vars[] = {
	{ .name = "jina", .type = VAR_TEXT, .max = 8, .cut = true },
	{ .name = "deni", .type = VAR_MONEY, .max = 10 },
	{ .name = "namba", .type = VAR_DIGITS, .max = 6 },
	{ .name = "maeneo",
	    .type = VAR_ROWS,
	    .max = 3,
	    .width = 5,
	    .cols = cols },
};
enum { JINA, DENI, NAMBA, MAENEO };

/* The second column is only shown; the first one is a value too. */
static const struct state states[] = {
	{ .name = "eneo",
	    .kind = STATE_LIST,
	    .rows = MAENEO,
	    .label_col = 1,
	    .value_col = 0 },
	{ .name = "namba",
	    .kind = STATE_LIST,
	    .rows = MAENEO,
	    .label_col = 0,
	    .value_col = 0 },
};
static const struct graph graph = {
	.vars = vars,
	.var_count = ARRAY_SIZE(vars),
	.states = states,
	.state_count = ARRAY_SIZE(states),
};

/* Of up to two takes; what stood in the variables before is "old". */
struct taken {
	bool well;
	const char *vars[ARRAY_SIZE(vars)];
};

static struct taken
taken(const struct take *takes, size_t count, const char *const *values)
{
	const struct api api = { .takes = takes, .take_count = count };
	struct taken t = { .vars = { "old", "old", "old", "old" } };

	t.well = take_values(arena, &graph, &api, values, t.vars);
	return t;
}

static struct taken
taken_rows(const char *packed)
{
	static const struct take take = { .var = MAENEO };

	return taken(&take, 1, &packed);
}

static void
each_value_goes_to_the_variable_of_its_take(void **state)
{
	static const struct take takes[] = { { .var = DENI }, { .var = JINA } };
	static const char *const values[] = { "1200.00", " Asha  Juma Ali" };
	struct taken t = taken(takes, 2, values);

	(void)state;
	assert_true(t.well);
	assert_string_equal(t.vars[DENI], "1200");
	assert_string_equal(t.vars[JINA], "Asha Jum");
	assert_string_equal(t.vars[NAMBA], "old");
	assert_string_equal(t.vars[MAENEO], "old");
}

static void
one_bad_value_leaves_every_variable_as_it_was(void **state)
{
	static const struct take takes[] = { { .var = JINA }, { .var = DENI } };
	static const char *const bad[] = { NULL, "", "nyingi", "1200.50",
		"100000000" /* 11 wide, and no money is cut */ };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		const char *values[] = { "Asha", bad[i] };
		struct taken t = taken(takes, 2, values);

		assert_false(t.well);
		assert_string_equal(t.vars[JINA], "old");
		assert_string_equal(t.vars[DENI], "old");
	}
}

static void
an_answer_of_which_nothing_is_taken_is_well(void **state)
{
	struct taken t = taken(NULL, 0, NULL);

	(void)state;
	assert_true(t.well);
	assert_string_equal(t.vars[JINA], "old");
}

static const struct {
	const char *given, *kept;
} rows[] = {
	{ "", "" },
	{ "a" C "Ilala", "a" C "Ilala" },
	{ "a" C "Ilala" R "b" C "Temeke", "a" C "Ilala" R "b" C "Temek" },
	/* A value that is passed on is never shortened. */
	{ "kinondoni" C "Kinondoni", "kinondoni" C "Kinon" },
	/* Rows beyond the greatest count. */
	{ "1" C "A" R "2" C "B" R "3" C "C" R "4" C "D",
	    "1" C "A" R "2" C "B" R "3" C "C" },
	/* A cell too few, and one too many. */
	{ "a" R "b" C "B", "a" C R "b" C "B" },
	{ "a" C "A" C "x" R "b" C "B", "a" C "A" R "b" C "B" },
	/* A line feed would break the screen. */
	{ "a" C "I\nlala", "a" C "I lal" },
};

static void
rows_are_cleaned_and_cut_and_held_to_their_count(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct taken t = taken_rows(rows[i].given);

		assert_true(t.well);
		assert_string_equal(t.vars[MAENEO], rows[i].kept);
	}
}

static void
a_cell_that_is_passed_on_has_its_limit_too(void **state)
{
	char row[512];
	struct taken t;

	(void)state;
	memset(row, 'w', 400);
	memcpy(row + 400, C "A", 3);
	t = taken_rows(row);
	assert_true(t.well);
	assert_int_equal(strcspn(t.vars[MAENEO], C), 160);
	assert_string_equal(t.vars[MAENEO] + 160, C "A");
}

/* What is shown can be picked. */
static void
rows_whose_value_has_no_place_are_no_good_answer(void **state)
{
	static const struct {
		const char *given;
		bool well;
	} cases[] = { { "12" C "A", true }, { "", true },
		{ "12" C "A" R "3-4" C "B", true },
		{ "12" C "A" R "b" C "B", false }, { "1234567" C "A", false },
		{ "" C "A", false } };
	static const struct state list = { .kind = STATE_LIST,
		.rows = MAENEO,
		.label_col = 1,
		.into = NAMBA };
	static const struct take take = { .var = MAENEO };
	const struct api api = { .takes = &take, .take_count = 1 };
	struct graph g = graph;
	const char *into[ARRAY_SIZE(vars)];
	size_t i;

	(void)state;
	g.states = &list;
	g.state_count = 1;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(
		    take_values(arena, &g, &api, &cases[i].given, into),
		    cases[i].well);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_value_goes_to_the_variable_of_its_take),
		cmocka_unit_test(one_bad_value_leaves_every_variable_as_it_was),
		cmocka_unit_test(an_answer_of_which_nothing_is_taken_is_well),
		cmocka_unit_test(
		    rows_are_cleaned_and_cut_and_held_to_their_count),
		cmocka_unit_test(a_cell_that_is_passed_on_has_its_limit_too),
		cmocka_unit_test(
		    rows_whose_value_has_no_place_are_no_good_answer),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

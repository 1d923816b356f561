/*
 * What is taken from institutions' JSON, and what is made of their statuses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/answer.h"
#include "gateway/document.h"

static const struct {
	const char *text, *path;
	enum document_result result;
	const char *value;
} cases[] = {
	{ "{\"a\":\"Asha\"}", "$.a", DOCUMENT_TAKEN, "Asha" },
	{ "{\"a\":\"\"}", "$.a", DOCUMENT_TAKEN, "" },
	{ "{\"a\":1200}", "$.a", DOCUMENT_TAKEN, "1200" },
	{ "{\"a\":-7}", "$.a", DOCUMENT_TAKEN, "-7" },
	{ "{\"a\":9007199254740993}", "$.a", DOCUMENT_TAKEN,
	    "9007199254740993" },
	{ "{\"a\":1200.0}", "$.a", DOCUMENT_TAKEN, "1200" },
	{ "{\"a\":1.2e3}", "$.a", DOCUMENT_TAKEN, "1200" },
	{ "{\"a\":1200.5}", "$.a", DOCUMENT_TAKEN, "1200.5" },
	{ "{\"a\":0.1}", "$.a", DOCUMENT_TAKEN, "0.1" },
	{ "{\"a\":true}", "$.a", DOCUMENT_TAKEN, "true" },
	{ "{\"a\":false}", "$.a", DOCUMENT_TAKEN, "false" },
	{ "{\"a\":{\"b\":{\"c\":1}}}", "$.a.b.c", DOCUMENT_TAKEN, "1" },
	{ " \n{\"a\":\"x\"}\n ", "$.a", DOCUMENT_TAKEN, "x" },
	{ "{\"a\":\"x\\u001ey\\u001fz\\r\\n\"}", "$.a", DOCUMENT_TAKEN,
	    "xyz\n" },
	{ "{\"a\":\"caf\\u00e9 \\u202edrow\"}", "$.a", DOCUMENT_TAKEN,
	    "caf\xc3\xa9 drow" },

	{ "{\"a\":null}", "$.a", DOCUMENT_LACKS, NULL },
	{ "{\"b\":1}", "$.a", DOCUMENT_LACKS, NULL },
	{ "{\"a\":{}}", "$.a", DOCUMENT_LACKS, NULL },
	{ "{\"a\":[1]}", "$.a", DOCUMENT_LACKS, NULL },
	{ "{\"a\":1}", "$.a.b", DOCUMENT_LACKS, NULL },
	{ "{\"a\":null}", "$.a.b.c", DOCUMENT_LACKS, NULL },

	{ "", "$.a", DOCUMENT_BROKEN, NULL },
	{ "<html></html>", "$.a", DOCUMENT_BROKEN, NULL },
	{ "[{\"a\":1}]", "$.a", DOCUMENT_BROKEN, NULL },
	{ "\"a\"", "$.a", DOCUMENT_BROKEN, NULL },
	{ "{\"a\":1}{\"a\":2}", "$.a", DOCUMENT_BROKEN, NULL },
	{ "{\"a\":1,\"a\":2}", "$.a", DOCUMENT_BROKEN, NULL },
	{ "{\"a\":\"\xff\"}", "$.a", DOCUMENT_BROKEN, NULL },
	{ "{\"a\":\"\\u0000\"}", "$.a", DOCUMENT_BROKEN, NULL },
	{ "{\"a\":\"\\ud800\"}", "$.a", DOCUMENT_BROKEN, NULL },
	{ "{\"a\":99999999999999999999}", "$.a", DOCUMENT_BROKEN, NULL },
	{ "{\"a\":1e999}", "$.a", DOCUMENT_BROKEN, NULL },
	{ "{\"a\":1", "$.a", DOCUMENT_BROKEN, NULL },

	{ "{\"r\":[{\"id\":1,\"l\":\"A\"},{\"l\":\"B\",\"id\":\"2\"}]}",
	    "$.r[*](id,l)", DOCUMENT_TAKEN,
	    "1\x1f"
	    "A\x1e"
	    "2\x1f"
	    "B" },
	{ "{\"r\":[]}", "$.r[*](id,l)", DOCUMENT_TAKEN, "" },
	{ "{\"r\":[{\"id\":1},7,null,{\"id\":2,\"l\":null},"
	  "{\"id\":3,\"l\":\"C\"}]}",
	    "$.r[*](id,l)", DOCUMENT_TAKEN,
	    "3\x1f"
	    "C" },
	{ "{\"r\":[{\"id\":\"1\\u001e2\\u001f3\"}]}", "$.r[*](id)",
	    DOCUMENT_TAKEN, "123" },
	{ "{\"r\":{\"id\":1}}", "$.r[*](id)", DOCUMENT_LACKS, NULL },
	{ "{}", "$.r[*](id)", DOCUMENT_LACKS, NULL },
};

static void
a_path_takes_clean_text_or_says_why_not(void **state)
{
	struct take take = { .var = 0 };
	struct arena *arena;
	const char *value;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		arena = arena_new();
		value = NULL;
		take.path = cases[i].path;
		assert_int_equal(document_take(arena, cases[i].text,
				     strlen(cases[i].text), &take, 1, &value),
		    cases[i].result);
		if (cases[i].value != NULL)
			assert_string_equal(value, cases[i].value);
		arena_free(arena);
	}
}

static void
all_paths_must_be_there(void **state)
{
	static const char text[] = "{\"name\":\"Asha\",\"due\":12}";
	const struct take good[] = { { 0, "$.due" }, { 1, "$.name" } };
	const struct take bad[] = { { 0, "$.due" }, { 1, "$.cn" } };
	struct arena *arena = arena_new();
	const char *values[2];

	(void)state;
	assert_int_equal(
	    document_take(arena, text, strlen(text), good, 2, values),
	    DOCUMENT_TAKEN);
	assert_string_equal(values[0], "12");
	assert_string_equal(values[1], "Asha");
	assert_int_equal(
	    document_take(arena, text, strlen(text), bad, 2, values),
	    DOCUMENT_LACKS);
	arena_free(arena);
}

static void
deep_nesting_is_refused_and_not_followed(void **state)
{
	size_t len = 60000;
	char *text = malloc(len + 1);
	struct take take = { 0, "$.a" };
	struct arena *arena = arena_new();
	const char *value;

	(void)state;
	memset(text, '[', len);
	memcpy(text, "{\"a\":", 5);
	assert_int_equal(
	    document_take(arena, text, len, &take, 1, &value), DOCUMENT_BROKEN);
	free(text);
	arena_free(arena);
}

static void
what_is_made_up_is_taken_again(void **state)
{
	static const struct variable vars[] = { { .type = VAR_TEXT },
		{ .type = VAR_MONEY }, { .type = VAR_ROWS },
		{ .type = VAR_TEXT } };
	static const struct take takes[] = { { 0, "$.who.name" },
		{ 1, "$.who.due" }, { 2, "$.r[*](id,l)" }, { 3, "$.bad" } };
	static const char *const typed[] = { "Asha \"A\"", "1200",
		"1, A, B\n\n 2\n", "\xff" };
	static const char *const taken[] = { "Asha \"A\"", "1200",
		"1\x1f"
		"A, B\x1e"
		"2\x1f",
		"" };
	struct arena *a = arena_new();
	const char *values[ARRAY_SIZE(takes)], *text;
	size_t i;

	(void)state;
	text = document_example(a, takes, vars, ARRAY_SIZE(takes), typed);
	assert_non_null(strstr(text, "\"due\": 1200"));
	assert_int_equal(document_take(a, text, strlen(text), takes,
			     ARRAY_SIZE(takes), values),
	    DOCUMENT_TAKEN);
	for (i = 0; i < ARRAY_SIZE(takes); i++)
		assert_string_equal(values[i], taken[i]);
	arena_free(a);
}

static void
an_object_is_written_with_every_value_a_string(void **state)
{
	const char *const names[] = { "area", "note" };
	const char *const values[] = { "12", "a\"b\\c\n\xc3\xa9\xff" };
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(document_object(arena, names, values, 2),
	    "{\"area\":\"12\",\"note\":\"a\\\"b\\\\c\\n\xc3\xa9?\"}");
	assert_string_equal(document_object(arena, names, values, 0), "{}");
	arena_free(arena);
}

static const struct {
	int status;
	const char *body;
	enum outcome outcome;
	const char *why;
	bool healthy;
} statuses[] = {
	{ 200, "{\"a\":1}", OUTCOME_OK, "ok", true },
	{ 201, "{\"a\":1}", OUTCOME_OK, "ok", true },
	{ 299, "{\"a\":1}", OUTCOME_OK, "ok", true },
	{ 200, "{\"b\":1}", OUTCOME_FAIL, "no-path", true },
	{ 200, "sorry", OUTCOME_FAIL, "not-json", false },
	{ 204, "", OUTCOME_FAIL, "not-json", false },
	{ 404, "{\"a\":1}", OUTCOME_MISSING, "status-404", true },
	{ 410, "", OUTCOME_MISSING, "status-410", true },
	{ 400, "", OUTCOME_FAIL, "status-400", true },
	{ 422, "", OUTCOME_FAIL, "status-422", true },
	{ 408, "", OUTCOME_FAIL, "status-408", false },
	{ 429, "", OUTCOME_FAIL, "status-429", false },
	{ 100, "", OUTCOME_FAIL, "status-100", false },
	{ 302, "", OUTCOME_FAIL, "status-302", false },
	{ 500, "{\"a\":1}", OUTCOME_FAIL, "status-500", false },
	{ 503, "", OUTCOME_FAIL, "status-503", false },
};

static void
a_status_has_its_outcome(void **state)
{
	const struct take take = { 0, "$.a" };
	const struct api api = { .takes = &take, .take_count = 1 };
	struct arena *arena = arena_new();
	struct answer answer;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(statuses); i++) {
		answer = answer_read(arena, &api, statuses[i].status,
		    statuses[i].body, strlen(statuses[i].body));
		assert_int_equal(answer.outcome, statuses[i].outcome);
		assert_string_equal(answer.why, statuses[i].why);
		assert_int_equal(answer.healthy, statuses[i].healthy);
	}
	arena_free(arena);
}

static void
a_call_that_takes_nothing_needs_no_body(void **state)
{
	const struct api api = { .take_count = 0 };
	struct arena *arena = arena_new();

	(void)state;
	assert_int_equal(
	    answer_read(arena, &api, 204, "", 0).outcome, OUTCOME_OK);
	assert_int_equal(
	    answer_read(arena, &api, 200, "<html>", 6).outcome, OUTCOME_OK);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_takes_clean_text_or_says_why_not),
		cmocka_unit_test(all_paths_must_be_there),
		cmocka_unit_test(what_is_made_up_is_taken_again),
		cmocka_unit_test(deep_nesting_is_refused_and_not_followed),
		cmocka_unit_test(
		    an_object_is_written_with_every_value_a_string),
		cmocka_unit_test(a_status_has_its_outcome),
		cmocka_unit_test(a_call_that_takes_nothing_needs_no_body),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

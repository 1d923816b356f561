/*
 * What a line on the control socket says, and what its answer looks like.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>
#include <sysexits.h>

#include "gateway/order.h"
#include "gateway/report.h"
#include "gateway/verbs.h"

static struct order *
read_it(const char *line, const char **why)
{
	return order_read(line, strlen(line), why);
}

static void
a_line_is_words_between_spaces(void **state)
{
	const char *why;
	struct order *o = read_it("  show   menus maji ", &why);

	(void)state;
	assert_non_null(o);
	assert_false(o->json);
	assert_int_equal(o->word_count, 3);
	assert_string_equal(o->words[0], "show");
	assert_string_equal(o->words[2], "maji");
	assert_null(o->words[3]);
	order_free(o);
}

static void
json_is_asked_for_in_front_and_only_there(void **state)
{
	const char *why;
	struct order *o = read_it("json show json", &why);

	(void)state;
	assert_true(o->json);
	assert_int_equal(o->word_count, 2);
	assert_string_equal(o->words[1], "json");
	order_free(o);
}

static void
files_follow_the_line_in_its_order(void **state)
{
	const char *why;
	struct order *o =
	    read_it("submit maji.cfg{5} --moved a.json{0} b{c}.json{2}", &why);

	(void)state;
	assert_non_null(o);
	assert_int_equal(o->octets, 7);
	order_fill(o, "maji:ok");
	assert_int_equal(o->file_count, 3);
	assert_string_equal(o->files[0].name, "maji.cfg");
	assert_string_equal(o->files[0].text, "maji:");
	assert_string_equal(o->files[1].text, "");
	assert_string_equal(o->files[2].name, "b{c}.json");
	assert_string_equal(o->files[2].text, "ok");
	assert_string_equal(o->words[1], "--moved");
	order_free(o);
}

static void
what_is_no_order_is_refused_with_a_reason(void **state)
{
	static const char *const lines[] = { "", "   ", "json", "show\tmenus",
		"show \x1b[2J", "show \xff", "show \xe2\x80\xae menus",
		"submit {5}", "submit a{}", "submit a{-1}", "submit a{+1}",
		"submit a{1x}", "submit a{4194305}",
		"submit a{99999999999999999999}", "submit a{4194304} b{1}" };
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		why = NULL;
		if (read_it(lines[i], &why) != NULL)
			fail_msg("'%s' is taken", lines[i]);
		assert_non_null(why);
	}
	assert_null(order_read("show\0menus", 10, &why));
}

static void
an_order_has_a_bounded_number_of_files(void **state)
{
	char line[ORDER_FILES_MOST * 8 + 32] = "submit";
	const char *why;
	struct order *o;
	int i;

	(void)state;
	for (i = 0; i < ORDER_FILES_MOST; i++)
		strcat(line, " a{1}");
	o = read_it(line, &why);
	assert_non_null(o);
	order_free(o);
	strcat(line, " a{1}");
	assert_null(read_it(line, &why));
}

/* ---- verbs */

static void
a_verb_is_found_by_all_its_words(void **state)
{
	static const struct {
		const char *words[3];
		size_t count;
		const char *found, *near;
	} cases[] = {
		{ { "help" }, 1, "help", NULL },
		{ { "show", "menus", "maji" }, 3, "show menus", NULL },
		{ { "show" }, 1, NULL, "show menus" },
		{ { "halp" }, 1, NULL, "help" },
		{ { "relaod" }, 1, NULL, "reload" },
		{ { "xyzzy" }, 1, NULL, NULL },
	};
	const struct verb *v;
	const char *near;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		v = verbs_find(cases[i].words, cases[i].count, &near);
		if (cases[i].found == NULL) {
			assert_null(v);
			if (cases[i].near == NULL)
				assert_null(near);
			else
				assert_string_equal(near, cases[i].near);
			continue;
		}
		assert_non_null(v);
		assert_string_equal(v->words, cases[i].found);
	}
}

static void
arguments_follow_the_row_of_the_table(void **state)
{
	static const char *const refused[] = { "help --loud", "reload now",
		"help a.cfg{1}", "show menus a b" };
	const char *why;
	struct order *o;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		o = read_it(refused[i], &why);
		assert_non_null(o);
		assert_int_equal(verbs_run(NULL, o), VERB_DONE);
		assert_int_equal(o->report->code, REPORT_USAGE);
		assert_non_null(strstr(o->report->problem, "usage: "));
		order_free(o);
	}
	o = read_it("help show menus and more", &why);
	assert_int_equal(verbs_run(NULL, o), VERB_DONE);
	assert_int_equal(o->report->code, REPORT_OK);
	order_free(o);
}

/* ---- reports */

static const char *const columns[] = { "name", "count#", "note", NULL };

static struct report *
a_report(struct arena *a)
{
	struct report *r = report_new(a);
	struct findings f;

	report_says(r, "%d went well", 2);
	report_table(r, "menus", columns);
	report_row(r, (const char *[]){ "maji", "12", "" });
	report_row(r, (const char *[]){ "nishati", "7", "mpya \"1\"" });
	report_text(r, "diff", "+ a\n- b\n");
	findings_init(&f, a);
	findings_add(&f, FINDING_ERROR, 3, "b.cfg", 4, "home", "is wrong");
	findings_add(&f, FINDING_WARNING, 0, "a.cfg", 0, NULL, "is odd");
	report_findings(r, &f);
	return r;
}

static void
people_read_columns_under_their_names(void **state)
{
	struct arena *a = arena_new();
	size_t len;

	(void)state;
	assert_string_equal(report_print(a_report(a), &len),
	    "2 went well\n"
	    "menus:\n"
	    "name     count  note\n"
	    "maji     12\n"
	    "nishati  7      mpya \"1\"\n"
	    "+ a\n- b\n"
	    "a.cfg: warning: is odd\n"
	    "b.cfg:4: error: home: is wrong\n");
	arena_free(a);
}

static void
machines_read_one_line_of_json(void **state)
{
	struct arena *a = arena_new();
	struct report *r = a_report(a);
	const char *json;
	size_t len;

	(void)state;
	json = document_report(r, &len);
	assert_int_equal(strlen(json), len);
	assert_ptr_equal(strchr(json, '\n'), json + len - 1);
	assert_non_null(strstr(json, "\"ok\":true"));
	assert_non_null(strstr(json, "\"says\":[\"2 went well\"]"));
	assert_non_null(strstr(json,
	    "\"menus\":[{\"name\":\"maji\",\"count\":12},"
	    "{\"name\":\"nishati\",\"count\":7,\"note\":\"mpya \\\"1\\\"\"}]"));
	assert_non_null(strstr(json, "\"diff\":\"+ a\\n- b\\n\""));
	assert_non_null(strstr(json, "\"message\":\"is wrong\""));
	report_problem(r, REPORT_DENIED, "not by %s", "juma");
	json = document_report(r, &len);
	assert_ptr_equal(strstr(json,
			     "{\"ok\":false,\"code\":\"denied\","
			     "\"problem\":\"not by juma\""),
	    json);
	arena_free(a);
}

static void
a_command_ends_as_its_order_was_answered(void **state)
{
	int i, j;

	(void)state;
	assert_int_equal(report_exit("ok"), EX_OK);
	assert_int_equal(report_exit("denied"), EX_NOPERM);
	assert_int_equal(report_exit("nonsense"), EX_PROTOCOL);
	for (i = 0; i < REPORT_CODES; i++)
		for (j = 0; j < i; j++)
			assert_int_not_equal(report_exit(report_code_name(i)),
			    report_exit(report_code_name(j)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_words_between_spaces),
		cmocka_unit_test(json_is_asked_for_in_front_and_only_there),
		cmocka_unit_test(files_follow_the_line_in_its_order),
		cmocka_unit_test(what_is_no_order_is_refused_with_a_reason),
		cmocka_unit_test(an_order_has_a_bounded_number_of_files),
		cmocka_unit_test(a_verb_is_found_by_all_its_words),
		cmocka_unit_test(arguments_follow_the_row_of_the_table),
		cmocka_unit_test(people_read_columns_under_their_names),
		cmocka_unit_test(machines_read_one_line_of_json),
		cmocka_unit_test(a_command_ends_as_its_order_was_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

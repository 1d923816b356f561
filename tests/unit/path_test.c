/*
 * Paths into an institution's answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "menus/path.h"

static const struct {
	const char *text;
	const char *wrong; /* a part of it; NULL: it is a path */
	size_t members, columns;
} paths[] = {
	{ "$.due", NULL, 1, 0 },
	{ "$.customer.full-name.sw_2", NULL, 3, 0 },
	{ "$.1.2.3.4.5.6.7.8", NULL, 8, 0 },
	{ "$.areas[*](id,label)", NULL, 1, 2 },
	{ "$.a.b[*](id)", NULL, 2, 1 },
	{ "$.a[*](1,2,3,4,5,6,7,8)", NULL, 1, 8 },
	{ "", "must begin with $.", 0, 0 },
	{ "$", "must begin with $.", 0, 0 },
	{ "due", "must begin with $.", 0, 0 },
	{ "$[*](id)", "must begin with $.", 0, 0 },
	{ "$due", "must begin with $.", 0, 0 },
	{ "$.", "a name after each point", 0, 0 },
	{ "$..a", "a name after each point", 0, 0 },
	{ "$.a.", "a name after each point", 0, 0 },
	{ "$.1.2.3.4.5.6.7.8.9", "deeper than 8", 0, 0 },
	{ "$.a b", "signs that no name has", 0, 0 },
	{ "$.a[*](id).b", "signs that no name has", 0, 0 },
	{ "$.a[*](id)x", "signs that no name has", 0, 0 },
	{ "$.a[0]", "nothing else in [ ]", 0, 0 },
	{ "$.a[*]", "nothing else in [ ]", 0, 0 },
	{ "$.a[*]()", "a name for each column", 0, 0 },
	{ "$.a[*](id,)", "a name for each column", 0, 0 },
	{ "$.a[*](id", "a ) after its columns", 0, 0 },
	{ "$.a[*](id;x)", "a ) after its columns", 0, 0 },
	{ "$.a[*](1,2,3,4,5,6,7,8,9)", "more than 8 columns", 0, 0 },
};

static void
a_path_is_read_or_explained(void **state)
{
	struct path path;
	const char *wrong;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		wrong = path_parse(paths[i].text, &path);
		if (paths[i].wrong != NULL) {
			assert_non_null(wrong);
			assert_non_null(strstr(wrong, paths[i].wrong));
			continue;
		}
		assert_null(wrong);
		assert_int_equal(path.member_count, paths[i].members);
		assert_int_equal(path.column_count, paths[i].columns);
	}
}

static void
names_point_into_the_text(void **state)
{
	struct path path;

	(void)state;
	assert_null(path_parse("$.areas[*](id,label)", &path));
	assert_memory_equal(path.members[0].at, "areas[", 6);
	assert_int_equal(path.members[0].len, 5);
	assert_memory_equal(path.columns[1].at, "label)", 6);
	assert_int_equal(path.columns[1].len, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_read_or_explained),
		cmocka_unit_test(names_point_into_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The log: one event a line, whatever stands in it.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/log.h"
#include "base/text.h"

/* What every line begins with: 2026-11-23T20:35:47.123Z and a space. */
#define STAMP_LEN 25

static char path[] = "/tmp/mlango-log-XXXXXX";

static int
make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	assert_int_not_equal(fd, -1);
	close(fd);
	return log_open(path);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static int
start_empty(void **state)
{
	(void)state;
	log_setup(LOG_LEVEL_NOTICE, LOG_FORM_TEXT);
	return truncate(path, 0);
}

/* All that was written, good until the next call. */
static char *
written(void)
{
	static char text[32768];
	FILE *file = fopen(path, "r");
	size_t len;

	assert_non_null(file);
	len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[len] = '\0';
	return text;
}

static void
a_line_says_when_how_bad_who_and_what(void **state)
{
	char *line;

	(void)state;
	log_line(LOG_LEVEL_WARNING, "tigo-1", "link down reason=%s", "silent");
	line = written();
	assert_int_equal(line[10], 'T');
	assert_int_equal(line[STAMP_LEN - 2], 'Z');
	assert_string_equal(
	    line + STAMP_LEN, "warning tigo-1: link down reason=silent\n");
}

static void
what_is_below_the_level_is_not_written(void **state)
{
	(void)state;
	log_line(LOG_LEVEL_DEBUG, "mlango", "hidden");
	assert_string_equal(written(), "");
	log_setup(LOG_LEVEL_ERROR, LOG_FORM_TEXT);
	log_line(LOG_LEVEL_WARNING, "mlango", "hidden");
	log_subscriber(LOG_LEVEL_WARNING, "255712345123", "hidden");
	assert_string_equal(written(), "");
	log_line(LOG_LEVEL_ERROR, "mlango", "shown");
	assert_string_equal(written() + STAMP_LEN, "error mlango: shown\n");
}

static void
a_subscriber_is_masked(void **state)
{
	(void)state;
	log_subscriber(LOG_LEVEL_NOTICE, "255712345123", "turn done");
	assert_null(strstr(written(), "255712345123"));
	assert_string_equal(
	    written() + STAMP_LEN, "notice 2557****123: turn done\n");
}

static const struct {
	const char *who;
	const char *event;
	const char *line;
} odd[] = {
	{ "a", "x\n2026 error b: y", "notice a: x?2026 error b: y\n" },
	{ "a\nb", "x", "notice a?b: x\n" },
	{ "a", "\x1b[31mred\x7f", "notice a: ?[31mred?\n" },
	{ "a\xff", "\xc3\xa9\xc3", "notice a?: \xc3\xa9?\n" },
	{ "a", "\u202egnp.exe", "notice a: ?gnp.exe\n" },
	{ "say \"a\"", "back\\slash", "notice say \"a\": back\\slash\n" },
	{ "", "", "notice : \n" },
};

static void
no_octet_forges_a_line(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(odd); i++) {
		start_empty(state);
		log_line(LOG_LEVEL_NOTICE, odd[i].who, "%s", odd[i].event);
		assert_string_equal(written() + STAMP_LEN, odd[i].line);
	}
}

static json_t *
only_object(void)
{
	const char *line = written();
	json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(object);
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
	assert_int_equal(json_object_size(object), 4);
	return object;
}

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	assert_non_null(text);
	return text;
}

static void
the_json_form_is_json_whatever_stands_in_it(void **state)
{
	char expected[256];
	json_t *object;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(odd); i++) {
		start_empty(state);
		log_setup(LOG_LEVEL_NOTICE, LOG_FORM_JSON);
		log_line(LOG_LEVEL_NOTICE, odd[i].who, "%s", odd[i].event);
		object = only_object();
		snprintf(expected, sizeof(expected), "%s %s: %s\n",
		    text_of(object, "level"), text_of(object, "who"),
		    text_of(object, "event"));
		assert_string_equal(expected, odd[i].line);
		assert_int_equal(
		    strlen(text_of(object, "time")), STAMP_LEN - 1);
		json_decref(object);
	}
}

/* The worst: nothing but quotes, in both places, and a character cut in two. */
static void
a_line_too_long_is_cut_between_characters(void **state)
{
	static char quotes[8192], letters[8192];
	json_t *object;
	size_t i;

	(void)state;
	memset(quotes, '"', sizeof(quotes) - 1);
	for (i = 0; i + 2 < sizeof(letters); i += 2)
		memcpy(letters + i, "\xc3\xa9", 3);
	log_setup(LOG_LEVEL_NOTICE, LOG_FORM_JSON);
	log_line(LOG_LEVEL_NOTICE, quotes, "%s", quotes);
	object = only_object();
	assert_in_range(strlen(text_of(object, "who")), 100, 200);
	assert_in_range(strlen(text_of(object, "event")), 2000, 3000);
	json_decref(object);

	start_empty(state);
	log_line(LOG_LEVEL_NOTICE, letters, "%s", letters);
	assert_true(text_is_utf8(written(), strlen(written())));
	assert_string_equal(written() + strlen(written()) - 1, "\n");
}

static void
a_log_that_cannot_be_opened_leaves_the_old_one(void **state)
{
	(void)state;
	assert_int_equal(log_open("/nowhere/mlango.log"), -1);
	assert_int_equal(errno, ENOENT);
	log_line(LOG_LEVEL_NOTICE, "mlango", "still here");
	assert_string_equal(
	    written() + STAMP_LEN, "notice mlango: still here\n");
}

static void
opening_again_follows_a_moved_file(void **state)
{
	char aside[sizeof(path) + 4];

	(void)state;
	snprintf(aside, sizeof(aside), "%s.old", path);
	assert_int_equal(rename(path, aside), 0);
	assert_int_equal(log_open(path), 0);
	log_line(LOG_LEVEL_NOTICE, "mlango", "anew");
	assert_string_equal(written() + STAMP_LEN, "notice mlango: anew\n");
	assert_int_equal(unlink(aside), 0);
}

int
main(void)
{
#define ON_EMPTY_FILE(test) cmocka_unit_test_setup(test, start_empty)
	const struct CMUnitTest tests[] = {
		ON_EMPTY_FILE(a_line_says_when_how_bad_who_and_what),
		ON_EMPTY_FILE(what_is_below_the_level_is_not_written),
		ON_EMPTY_FILE(a_subscriber_is_masked),
		ON_EMPTY_FILE(no_octet_forges_a_line),
		ON_EMPTY_FILE(the_json_form_is_json_whatever_stands_in_it),
		ON_EMPTY_FILE(a_line_too_long_is_cut_between_characters),
		ON_EMPTY_FILE(a_log_that_cannot_be_opened_leaves_the_old_one),
		ON_EMPTY_FILE(opening_again_follows_a_moved_file),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}

/*
 * Errands as octets, how long they are tried, and what an application reads on
 * the wire.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/app.h"
#include "gateway/errand.h"

static const struct errand reminder = {
	.kind = ERRAND_REMINDER,
	.id = "07-0123456789abcdef0123456789abcdef",
	.msisdn = "255712345678",
	.institution = "maji",
	.name = "remind",
	.method = "POST",
	.url = "http://127.0.0.1/remind",
	.body = "{}",
	.timeout_ms = 3000,
	.max_calls = 32,
};

static void
an_errand_comes_back_as_it_was(void **state)
{
	struct arena *a = arena_new();
	struct store_call plan = errand_plan(a, &reminder, 259200000);
	struct errand back;

	(void)state;
	assert_string_equal(plan.id, reminder.id);
	assert_int_equal(plan.deadline_ms, 259200000);
	assert_int_equal(errand_unpack(a, plan.octets, plan.len, &back), 0);
	assert_int_equal(back.kind, ERRAND_REMINDER);
	assert_string_equal(back.id, reminder.id);
	assert_string_equal(back.msisdn, reminder.msisdn);
	assert_string_equal(back.institution, "maji");
	assert_string_equal(back.name, "remind");
	assert_string_equal(back.method, "POST");
	assert_string_equal(back.url, reminder.url);
	assert_string_equal(back.body, "{}");
	assert_null(back.content);
	assert_int_equal(back.timeout_ms, 3000);
	assert_int_equal(back.max_calls, 32);
	arena_free(a);
}

static void
octets_that_are_cut_short_or_of_a_call_are_no_errand(void **state)
{
	const struct call call = { .id = "07-1",
		.msisdn = "255712345678",
		.operator_name = "voda",
		.channel = "ussd",
		.number = "*152*00#" };
	struct arena *a = arena_new();
	struct errand out;
	size_t len, cut;
	uint8_t *octets = errand_pack(a, &reminder, &len);

	(void)state;
	for (cut = 0; cut < len; cut++)
		assert_int_equal(errand_unpack(a, octets, cut, &out), -1);
	octets = call_pack(a, &call, &len);
	assert_int_equal(errand_unpack(a, octets, len, &out), -1);
	arena_free(a);
}

static void
a_reminder_is_tried_for_a_day_and_a_notice_for_minutes(void **state)
{
	const int64_t day = INT64_C(86400000);
	int64_t pause, before = 0, waited = 0;
	int n;

	(void)state;
	for (n = 1; (pause = errand_pause_ms(ERRAND_REMINDER, n)) > 0; n++) {
		assert_true(pause >= before && pause <= 3600000);
		before = pause;
		waited += pause;
	}
	assert_int_equal(errand_pause_ms(ERRAND_REMINDER, 1), 5000);
	assert_true(waited > day - 2 * 3600000 && waited <= day);
	assert_int_equal(errand_pause_ms(ERRAND_REMINDER, n + 1), -1);
	assert_true(errand_pause_ms(ERRAND_NOTICE, 5) > 0);
	assert_int_equal(errand_pause_ms(ERRAND_NOTICE, 6), -1);
}

/* ---- the wire */

static const struct network networks[] = { { "voda", "64004" } };
static const struct app shop = {
	.name = "shop",
	.api = { .speech = SPEECH_AFRICASTALKING },
	.networks = networks,
	.network_count = 1,
};

static void
a_form_is_encoded_and_an_unknown_operator_is_the_sandbox(void **state)
{
	const struct visit v = { .id = "07-ab", .turn = 2, .text = "",
		.inputs = "1*a b&c=\xc3\xb1+%" };
	struct app_told told = { .event = APP_INPUT, .app = &shop, .visit = &v,
		.msisdn = "255712345678", .code = "*152*00#",
		.operator_name = "voda" };
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(app_write(a, &told),
	    "sessionId=07-ab&serviceCode=*152*00%23"
	    "&phoneNumber=%2B255712345678&networkCode=64004"
	    "&text=1*a+b%26c%3D%C3%B1%2B%25");
	told.operator_name = "other";
	assert_non_null(strstr(app_write(a, &told), "networkCode=99999"));
	arena_free(a);
}

static void
a_failed_session_says_why_and_what_was_said_last(void **state)
{
	const struct visit v = { .id = "07-ab", .begun_ms = 1000, .turn = 3,
		.inputs = "1*2", .text = "Chagua" };
	const struct app_told told = { .event = APP_ABORTS, .app = &shop,
		.visit = &v, .msisdn = "255712345678", .code = "*152*00#",
		.operator_name = "voda", .failed = "No answer",
		.at_ms = 4500 };
	struct arena *a = arena_new();

	(void)state;
	assert_non_null(strstr(app_write(a, &told),
	    "&status=Failed&cost=0&durationInMillis=3500&hopsCount=3"
	    "&input=1*2&lastAppResponse=CON+Chagua&errorMessage=No+answer"));
	arena_free(a);
}

static void
an_answer_by_the_convention_begins_with_con_or_end(void **state)
{
	static const struct {
		const char *body, *action, *text;
	} cases[] = {
		{ "CON Chagua", "prompt", " Chagua" },
		{ "\r\n CON\nChagua", "prompt", "\nChagua" },
		{ "END", "end", "" },
		{ "END ", "end", " " },
		{ "CONTINUE Chagua", NULL, NULL },
		{ "Con Chagua", NULL, NULL },
		{ "<p>CON", NULL, NULL },
		{ "", NULL, NULL },
	};
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *why = NULL;
		const char *const *values = app_read(a, SPEECH_AFRICASTALKING,
		    cases[i].body, strlen(cases[i].body), &why);

		if (cases[i].action == NULL) {
			assert_null(values);
			assert_string_equal(why, "not-con-or-end");
			continue;
		}
		assert_string_equal(values[1], cases[i].action);
		assert_string_equal(values[3], cases[i].text);
		assert_null(values[4]);
	}
	arena_free(a);
}

static void
an_answer_in_json_is_names_and_values(void **state)
{
	static const char body[] =
	    "{\"action\":\"prompt\",\"text\":{\"sw\":\"Moja\"},"
	    "\"data\":{\"a\":[1,null]},\"sms\":[\"Mbili\"],\"more\":1}";
	static const char *const expected[] = { "action", "prompt", "data",
		"{\"a\":[1,null]}", "text:sw", "Moja", "message", "", "text",
		"Mbili" };
	struct arena *a = arena_new();
	const char *why = NULL;
	const char *const *values =
	    app_read(a, SPEECH_NATIVE, body, sizeof(body) - 1, &why);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(expected); i++)
		assert_string_equal(values[i], expected[i]);
	assert_null(values[i]);
	arena_free(a);
}

static void
an_answer_in_json_that_is_wrong_is_named(void **state)
{
	static const struct {
		const char *body, *why;
	} cases[] = {
		{ "[]", "not-json" },
		{ "{\"action\":\"end\"} x", "not-json" },
		{ "{\"action\":\"end\",\"action\":\"end\"}", "not-json" },
		{ "{}", "no-action" },
		{ "{\"action\":1}", "no-action" },
		{ "{\"action\":\"end\",\"text\":1}", "no-text" },
		{ "{\"action\":\"end\",\"text\":{\"sw\":[]}}", "no-text" },
		{ "{\"action\":\"end\",\"sms\":[1]}", "no-text" },
		{ "{\"action\":\"end\",\"sms\":[\"\",\"\",\"\",\"\"]}",
		    "too-many-sms" },
		{ "{\"action\":\"end\",\"sms\":\"a\"}", "no-list-of-sms" },
	};
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *why = NULL;

		assert_null(app_read(a, SPEECH_NATIVE, cases[i].body,
		    strlen(cases[i].body), &why));
		assert_string_equal(why, cases[i].why);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_errand_comes_back_as_it_was),
		cmocka_unit_test(
		    octets_that_are_cut_short_or_of_a_call_are_no_errand),
		cmocka_unit_test(
		    a_reminder_is_tried_for_a_day_and_a_notice_for_minutes),
		cmocka_unit_test(
		    a_form_is_encoded_and_an_unknown_operator_is_the_sandbox),
		cmocka_unit_test(
		    a_failed_session_says_why_and_what_was_said_last),
		cmocka_unit_test(
		    an_answer_by_the_convention_begins_with_con_or_end),
		cmocka_unit_test(an_answer_in_json_is_names_and_values),
		cmocka_unit_test(an_answer_in_json_that_is_wrong_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

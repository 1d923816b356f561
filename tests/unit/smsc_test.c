/*
 * The operator in a box: every dialect played from a handset's keys to its
 * screen and back, and everything an operator may do wrong.
 */
#include <string.h>

#include "gateway/link_inside.h"
#include "tests/unit/box.h"

/* ---- USSD */

static void
play_a_dialogue(struct box *b)
{
	assert_int_equal(phone_dial(b->phone, "*152*00#"), 0);
	UNTIL(b, b->screens == 1);
	assert_string_equal(b->screen, "You said *152*00#");
	assert_false(b->ended);
	assert_int_equal(phone_answer(b->phone, "1"), 0);
	UNTIL(b, b->screens == 2);
	assert_string_equal(b->screen, "You said 1");
	assert_true(phone_is_live(b->phone));
	assert_int_equal(phone_answer(b->phone, "0"), 0);
	UNTIL(b, b->screens == 3);
	assert_string_equal(b->screen, "You said 0");
	assert_true(b->ended);
	assert_false(phone_is_live(b->phone));
	assert_int_equal(phone_answer(b->phone, "1"), -1);
	UNTIL(b, b->answers >= 3);
	assert_int_equal(b->answer_status, PDU_ROK);
	assert_int_equal(smsc_figures(b->smsc).stale, 0);
}

static void
every_shipped_dialect_plays_a_dialogue(void **state)
{
	const struct dialect_files *files = *state;
	struct box *b;
	size_t i;

	for (i = 0; i < dialects_count(files->shipped); i++) {
		b = a_box(dialects_at(files->shipped, i), 1);
		play_a_dialogue(b);
		/* And a second one, under another number. */
		b->screens = b->answers = b->begins = 0;
		play_a_dialogue(b);
		a_box_free(b);
	}
}

static void
push(struct box *b, enum ussd_action action, const char *text)
{
	struct arena *a = arena_new();
	struct ussd_ref ref = {
		.source = { 1, 1, "255712345678" },
		.dest = { 0, 1, "15200" },
		.service_type = "USSD",
		.counter = 0x42,
	};
	struct ussd_reply reply;

	assert_int_equal(
	    dialect_write(b->dialect, action, &ref, text, a, &reply), 0);
	b->screens = b->answers = 0;
	link_submit(b->links[0], &(struct link_order){ .live_ms = 5000 },
	    &reply.pdus[0], answered, b);
	UNTIL(b, b->screens == 1 && b->answers == 1);
	assert_int_equal(b->answer_status, PDU_ROK);
	assert_string_equal(b->screen, text);
	arena_free(a);
}

static void
every_shipped_dialect_pushes_what_it_can(void **state)
{
	const struct dialect_files *files = *state;
	struct box *b;
	size_t i, pushed = 0;

	for (i = 0; i < dialects_count(files->shipped); i++) {
		const struct dialect *d = dialects_at(files->shipped, i);

		b = a_box(d, 1);
		b->begins = 1; /* what comes is no begin */
		if (d->actions[USSD_PUSH_NOTICE].there) {
			push(b, USSD_PUSH_NOTICE, "Maji yatakatika kesho.");
			assert_true(b->ended);
			pushed++;
		}
		if (d->actions[USSD_PUSH_MENU].there) {
			push(b, USSD_PUSH_MENU, "1 Lipa\n2 Baadaye");
			assert_false(b->ended);
			assert_int_equal(phone_answer(b->phone, "1"), 0);
			UNTIL(b, b->screens == 2);
			assert_string_equal(b->screen, "You said 1");
			assert_int_equal(phone_answer(b->phone, "0"), 0);
			UNTIL(b, b->screens == 3);
			assert_true(b->ended);
			pushed++;
		}
		assert_int_equal(smsc_figures(b->smsc).stale, 0);
		a_box_free(b);
	}
	/* spec, smppplus, vlr-address and inverted-bit. */
	assert_int_equal(pushed, 6);
}

static void
every_shipped_dialect_lets_a_citizen_cancel(void **state)
{
	const struct dialect_files *files = *state;
	struct box *b;
	size_t i;

	for (i = 0; i < dialects_count(files->shipped); i++) {
		b = a_box(dialects_at(files->shipped, i), 1);
		assert_int_equal(phone_dial(b->phone, "*152*00#"), 0);
		UNTIL(b, b->screens == 1);
		assert_int_equal(phone_cancel(b->phone), 0);
		assert_false(phone_is_live(b->phone));
		if (!b->dialect->silent)
			UNTIL(b, b->aborts == 1);
		assert_int_equal(b->screens, 1);
		a_box_free(b);
	}
}

static void
a_screen_for_a_dialogue_that_is_over_is_refused(void **state)
{
	struct box *b = a_spec_box(state, 1);

	assert_int_equal(phone_dial(b->phone, "*1#"), 0);
	phone_walk_away(b->phone);
	UNTIL(b, b->answers == 1);
	assert_int_equal(b->answer_status, PDU_RSUBMITFAIL);
	assert_int_equal(smsc_figures(b->smsc).stale, 1);
	assert_int_equal(b->screens, 0);
	a_box_free(b);
}

static void
a_handset_that_hears_nothing_gives_up(void **state)
{
	struct box *b = a_spec_box(state, 1);

	b->mute = true;
	smsc_free(b->smsc);
	b->smsc = smsc_new(b->base,
	    &(struct smsc_settings){ .port = b->settings[0].port,
		.dialect = b->dialect,
		.answer_ms = 30 },
	    &box_events, b);
	assert_non_null(b->smsc);
	UNTIL(b, smsc_binds(b->smsc) == 1);
	b->phone = smsc_phone(b->smsc, "255700000001");
	assert_int_equal(phone_dial(b->phone, "*1#"), 0);
	UNTIL(b, b->silences == 1);
	assert_false(phone_is_live(b->phone));
	a_box_free(b);
}

static void
a_refused_request_is_told_to_the_handset(void **state)
{
	struct box *b = a_spec_box(state, 1);

	b->acknowledges = PDU_RX_T_APPN;
	assert_int_equal(phone_dial(b->phone, "*1#"), 0);
	UNTIL(b, b->refusals == 1);
	assert_int_equal(b->status, PDU_RX_T_APPN);
	assert_false(phone_is_live(b->phone));
	a_box_free(b);
}

/* ---- repeats and binds */

static void
a_request_is_repeated_as_it_was_on_the_bind_that_was_named(void **state)
{
	struct box *b = a_spec_box(state, 2);
	uint32_t first;
	int other;

	b->mute = true;
	phone_use_bind(b->phone, smsc_bind_at(b->smsc, 0));
	other = smsc_bind_at(b->smsc, 1);
	assert_int_equal(phone_dial(b->phone, "*1#"), 0);
	UNTIL(b, b->begins == 1);
	first = b->sequence;
	b->begins = 0;
	assert_int_equal(phone_repeat(b->phone, SMSC_ANY_BIND, true), 0);
	UNTIL(b, b->begins == 1);
	assert_int_equal(b->sequence, first);
	b->begins = 0;
	assert_int_equal(
	    phone_repeat(b->phone, smsc_bind_at(b->smsc, 0), false), 0);
	UNTIL(b, b->begins == 1);
	assert_int_equal(b->sequence, first + 1);
	b->begins = 0;
	assert_int_equal(phone_repeat(b->phone, other, false), 0);
	UNTIL(b, b->begins == 1);
	assert_true(b->generation == bind_generation(b->links[0]->binds[0]) ||
	    b->generation == bind_generation(b->links[1]->binds[0]));
	a_box_free(b);
}

static void
a_killed_bind_comes_back_and_the_dialogue_goes_on(void **state)
{
	struct box *b = a_spec_box(state, 1);

	assert_int_equal(phone_dial(b->phone, "*1#"), 0);
	UNTIL(b, b->screens == 1);
	smsc_kill(b->smsc, smsc_bind_at(b->smsc, 0));
	assert_int_equal(smsc_binds(b->smsc), 0);
	assert_int_equal(phone_answer(b->phone, "5"), -1);
	UNTIL(b, smsc_binds(b->smsc) == 1);
	assert_int_equal(phone_answer(b->phone, "5"), 0);
	UNTIL(b, b->screens == 2);
	assert_string_equal(b->screen, "You said 5");
	a_box_free(b);
}

static void
an_operator_that_unbinds_is_bound_again(void **state)
{
	struct box *b = a_spec_box(state, 1);

	smsc_unbind(b->smsc, smsc_bind_at(b->smsc, 0));
	UNTIL(b, link_figures(b->links[0]).binds == 2);
	assert_int_equal(smsc_binds(b->smsc), 1);
	a_box_free(b);
}

static void
a_wrong_password_is_refused(void **state)
{
	struct box *b = a_spec_box(state, 1);
	struct smsc_settings settings = {
		.port = b->settings[0].port,
		.dialect = b->dialect,
		.password = "right",
	};

	smsc_free(b->smsc);
	b->smsc = smsc_new(b->base, &settings, &box_events, b);
	UNTIL(b,
	    link_figures(b->links[0]).disconnects == 1 &&
		link_state(b->links[0]) == BIND_BINDING);
	UNTIL(b, link_state(b->links[0]) == BIND_DOWN);
	assert_int_equal(smsc_binds(b->smsc), 0);
	b->settings[0].password = "right";
	UNTIL(b, smsc_binds(b->smsc) == 1);
	a_box_free(b);
}

/* ---- SMS */

static void
submit(struct box *b, const struct pdu *pdu)
{
	link_submit(b->links[0],
	    &(struct link_order){ .class = LINK_CLASS_SMS, .live_ms = 5000 },
	    pdu, answered, b);
}

static void
an_sms_goes_both_ways_with_a_receipt(void **state)
{
	struct box *b = a_spec_box(state, 1);
	struct pdu pdu = {
		.command = PDU_SUBMIT_SM,
		.registered_delivery = 1,
		.source = { 5, 0, "15200" },
		.dest = { 1, 1, "255712345678" },
		.text = (const uint8_t *)"Nauli",
		.text_len = 5,
	};

	assert_int_equal(phone_text(b->phone, "15200", "NAULI DAR"), 0);
	UNTIL(b, b->sms_in == 1);
	assert_string_equal(b->sms, "NAULI DAR");
	submit(b, &pdu);
	UNTIL(b, b->texts == 1 && b->receipts == 1);
	assert_string_equal(b->sms, "Nauli");
	assert_string_equal(b->from, "15200");
	assert_non_null(strstr(b->receipt, "stat:DELIVRD"));
	pdu.registered_delivery = 0;
	submit(b, &pdu);
	UNTIL(b, b->texts == 2 && b->answers == 2);
	assert_int_equal(smsc_figures(b->smsc).receipts, 1);
	a_box_free(b);
}

static void
an_sms_in_any_script_and_of_any_length_arrives(void **state)
{
	static const char *const texts[] = {
		"",
		"NAULI DAR ARUSHA",
		"{[~]} \xe2\x82\xac",
		"\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aa",
	};
	struct box *b = a_spec_box(state, 1);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		assert_int_equal(phone_text(b->phone, "15200", texts[i]), 0);
		UNTIL(b, b->sms_in == (int)i + 1);
		assert_string_equal(b->sms, texts[i]);
	}
	a_box_free(b);
}

static void
a_long_sms_is_shown_when_all_its_parts_are_there(void **state)
{
	static const char *const parts[] = {
		"\5\0\3\7\3\2 serikali",
		"\5\0\3\7\3\1Huduma za",
		"\5\0\3\7\3\1Huduma za",
		"\6\10\4\0\11\2\1other",
		"\5\0\3\7\3\2 serikali",
		"\5\0\3\7\3\3 zote",
		"\5\0\3\7\3\1Huduma za",
		"\5\0\3\7\3\0 none",
	};
	static const size_t lens[] = { 15, 15, 15, 12, 15, 11, 15, 11 };
	struct box *b = a_spec_box(state, 1);
	struct pdu pdu = {
		.command = PDU_SUBMIT_SM,
		.esm_class = 0x40,
		.dest = { 1, 1, "255712345678" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		pdu.text = (const uint8_t *)parts[i];
		pdu.text_len = lens[i];
		submit(b, &pdu);
	}
	UNTIL(b, b->answers == ARRAY_SIZE(parts));
	/* The whole one, and what makes no sense as a part. */
	assert_int_equal(b->texts, 2);
	assert_string_equal(b->sms, " none");
	pdu.text = (const uint8_t *)"\5\0\3\1\1\1alone";
	pdu.text_len = 11;
	submit(b, &pdu);
	UNTIL(b, b->texts == 3);
	assert_string_equal(b->sms, "alone");
	a_box_free(b);
}

/* ---- knobs */

static void
a_knob_throttles_delays_or_drops_responses(void **state)
{
	struct box *b = a_spec_box(state, 1);
	struct smsc_knobs *knobs = smsc_knobs(b->smsc);
	int64_t began = clock_steady_ms();

	knobs->submit_status = PDU_RTHROTTLED;
	knobs->status_count = 1;
	assert_int_equal(phone_dial(b->phone, "*1#"), 0);
	UNTIL(b, b->answers == 1);
	assert_int_equal(b->answer_status, PDU_RTHROTTLED);
	assert_int_equal(b->screens, 0);
	knobs->response_ms = 50;
	assert_int_equal(phone_dial(b->phone, "*1#"), 0);
	UNTIL(b, b->answers == 2);
	assert_true(clock_steady_ms() - began >= 50);
	assert_int_equal(b->screens, 1);
	knobs->never_responds = true;
	assert_int_equal(phone_answer(b->phone, "2"), 0);
	UNTIL(b, b->screens == 2);
	assert_int_equal(link_figures(b->links[0]).window_used, 1);
	a_box_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_shipped_dialect_plays_a_dialogue),
		cmocka_unit_test(every_shipped_dialect_pushes_what_it_can),
		cmocka_unit_test(every_shipped_dialect_lets_a_citizen_cancel),
		cmocka_unit_test(
		    a_screen_for_a_dialogue_that_is_over_is_refused),
		cmocka_unit_test(a_handset_that_hears_nothing_gives_up),
		cmocka_unit_test(a_refused_request_is_told_to_the_handset),
		cmocka_unit_test(
		    a_request_is_repeated_as_it_was_on_the_bind_that_was_named),
		cmocka_unit_test(
		    a_killed_bind_comes_back_and_the_dialogue_goes_on),
		cmocka_unit_test(an_operator_that_unbinds_is_bound_again),
		cmocka_unit_test(a_wrong_password_is_refused),
		cmocka_unit_test(an_sms_goes_both_ways_with_a_receipt),
		cmocka_unit_test(
		    an_sms_in_any_script_and_of_any_length_arrives),
		cmocka_unit_test(
		    a_long_sms_is_shown_when_all_its_parts_are_there),
		cmocka_unit_test(a_knob_throttles_delays_or_drops_responses),
	};

	return cmocka_run_group_tests(
	    tests, dialect_files_open, dialect_files_close);
}

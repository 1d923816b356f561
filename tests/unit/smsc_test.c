/*
 * The operator in a box, with a small application behind a real link: every
 * dialect played from a handset's keys to its screen and back.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/dialect.h"
#include "gateway/link.h"
#include "simulator/smsc.h"
#include "tests/unit/dialect_files.h"

struct box {
	struct event_base *base;
	struct event *pulse;
	struct smsc *smsc;
	const struct dialect *dialect;
	struct link_settings settings[2];
	struct link *links[2];
	struct phone *phone;

	/* what the handset has seen */
	char screen[200];
	bool ended;
	int screens, texts, refusals, silences;
	char sms[400], from[32];
	uint32_t status;

	/* what the application has seen */
	int begins, inputs, aborts, receipts, sms_in;
	char last[64], receipt[200];
	uint32_t sequence;
	uint64_t generation;
	int answers;
	uint32_t answer_status;
	enum pdu_status acknowledges; /* requests, with this status */
	bool mute;		      /* no screens */
};

#define UNTIL(b, truth)                                                   \
	do {                                                              \
		int64_t until_ms = clock_steady_ms() + 20000;             \
		while (!(truth)) {                                        \
			assert_true(clock_steady_ms() < until_ms);        \
			event_base_loop((b)->base, EVLOOP_ONCE);          \
		}                                                         \
	} while (0)

/* ---- the application: says what it heard, and ends at 0 */

static void
answered(void *arg, const struct link_answer *answer)
{
	struct box *b = arg;

	b->answers++;
	b->answer_status = answer->status;
}

static void
reply(struct box *b, struct link *l, enum ussd_action action,
    const struct ussd_ref *ref, const char *text, struct arena *a)
{
	struct ussd_reply out;
	size_t i;

	assert_int_equal(
	    dialect_write(b->dialect, action, ref, text, a, &out), 0);
	for (i = 0; i < out.count; i++)
		link_submit(l, LINK_CLASS_IN_SESSION, &out.pdus[i], 5000,
		    answered, b);
}

static void
play(struct box *b, struct link *l, const struct ussd_event *e,
    enum ussd_event_kind kind, struct arena *a)
{
	char text[100];

	if (e->wants_release) {
		reply(b, l, USSD_RELEASE, &e->ref, "", a);
		return;
	}
	b->begins += kind == USSD_BEGIN;
	b->inputs += kind == USSD_INPUT;
	b->aborts += kind == USSD_ABORT || kind == USSD_END;
	snprintf(b->last, sizeof(b->last), "%s",
	    kind == USSD_BEGIN ? e->code : e->input);
	snprintf(text, sizeof(text), "You said %s", b->last);
	if (b->mute || (kind != USSD_BEGIN && kind != USSD_INPUT))
		return;
	reply(b, l, strcmp(e->input, "0") == 0 ? USSD_CLOSE : USSD_CONTINUE,
	    &e->ref, text, a);
}

static void
requested(void *owner, struct link *l, const struct pdu *pdu,
    const uint8_t *octets, size_t len)
{
	struct box *b = owner;
	struct arena *a = arena_new();
	struct ussd_event event;
	enum dialect_verdict verdict =
	    dialect_read(b->dialect, pdu, a, &event);

	assert_true(octets != NULL && len > 0);
	assert_true(verdict != DIALECT_BAD);
	b->sequence = pdu->sequence;
	b->generation = link_generation(l);
	link_respond(l, link_generation(l), pdu->command, pdu->sequence,
	    b->acknowledges);
	if (b->acknowledges != PDU_ROK)
		;
	else if (verdict == DIALECT_USSD)
		play(b, l, &event, b->begins == 0 ? event.kind_if_new :
		    event.kind_if_known, a);
	else if (pdu->esm_class == 0x04) {
		b->receipts++;
		snprintf(b->receipt, sizeof(b->receipt), "%.*s",
		    (int)pdu->text_len, (const char *)pdu->text);
	} else {
		b->sms_in++;
		snprintf(b->sms, sizeof(b->sms), "%s",
		    dialect_text(b->dialect, pdu, a));
	}
	arena_free(a);
}

static void
changed(void *owner, struct link *l, enum link_state now)
{
	(void)owner;
	(void)l;
	(void)now;
}

static const struct link_events link_events = { requested, changed };

/* ---- the handset */

static void
on_screen(void *owner, struct phone *p, const char *text, bool ended)
{
	struct box *b = owner;

	assert_ptr_equal(p, b->phone);
	snprintf(b->screen, sizeof(b->screen), "%s", text);
	b->ended = ended;
	b->screens++;
}

static void
on_sms(void *owner, struct phone *p, const char *from, const char *text)
{
	struct box *b = owner;

	(void)p;
	snprintf(b->sms, sizeof(b->sms), "%s", text);
	snprintf(b->from, sizeof(b->from), "%s", from);
	b->texts++;
}

static void
on_refused(void *owner, struct phone *p, uint32_t status)
{
	struct box *b = owner;

	(void)p;
	b->status = status;
	b->refusals++;
}

static void
on_silent(void *owner, struct phone *p)
{
	struct box *b = owner;

	(void)p;
	b->silences++;
}

static const struct smsc_events smsc_events = {
	.screen = on_screen, .sms = on_sms, .refused = on_refused,
	.silent = on_silent,
};

static void
on_pulse(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

static struct box *
a_box(const struct dialect *d, int binds)
{
	static const char *const hosts[] = { "127.0.0.1", NULL };
	struct timeval often = { .tv_usec = 5000 };
	struct box *b = calloc(1, sizeof(*b));
	struct smsc_settings settings = { .dialect = d, .answer_ms = 5000 };
	int i;

	log_setup(LOG_LEVEL_ERROR + 1, LOG_FORM_TEXT);
	b->base = event_base_new();
	b->dialect = d;
	b->pulse = event_new(b->base, -1, EV_PERSIST, on_pulse, NULL);
	event_add(b->pulse, &often);
	b->smsc = smsc_new(b->base, &settings, &smsc_events, b);
	assert_non_null(b->smsc);
	for (i = 0; i < binds; i++) {
		b->settings[i] = (struct link_settings){
			.name = "box", .hosts = hosts,
			.port = smsc_port(b->smsc),
			.system_id = "mlango", .password = "x",
			.system_type = "", .address_range = "",
			.interface_version = 0x34, .window = 10,
			.enquire_s = 30, .response_ms = 5000,
			.connect_ms = 1000, .retry_least_ms = 10,
			.retry_most_ms = 40, .drain_ms = 1000,
		};
		b->links[i] = link_new(
		    b->base, &b->settings[i], &link_events, b);
		link_start(b->links[i]);
	}
	UNTIL(b, smsc_binds(b->smsc) == binds &&
	    link_state(b->links[0]) == LINK_BOUND);
	b->phone = smsc_phone(b->smsc, "255712345678");
	return b;
}

static void
a_box_free(struct box *b)
{
	link_free(b->links[0]);
	link_free(b->links[1]);
	smsc_free(b->smsc);
	event_free(b->pulse);
	event_base_free(b->base);
	free(b);
}

static struct box *
a_spec_box(void **state, int binds)
{
	return a_box(dialect_files_find(*state, "spec"), binds);
}

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
	b->smsc = smsc_new(b->base, &(struct smsc_settings){
	    .port = b->settings[0].port, .dialect = b->dialect,
	    .answer_ms = 30 }, &smsc_events, b);
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
	assert_int_equal(phone_repeat(
	    b->phone, smsc_bind_at(b->smsc, 0), false), 0);
	UNTIL(b, b->begins == 1);
	assert_int_equal(b->sequence, first + 1);
	b->begins = 0;
	assert_int_equal(phone_repeat(b->phone, other, false), 0);
	UNTIL(b, b->begins == 1);
	assert_true(b->generation == link_generation(b->links[0]) ||
	    b->generation == link_generation(b->links[1]));
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
		.port = b->settings[0].port, .dialect = b->dialect,
		.password = "right",
	};

	smsc_free(b->smsc);
	b->smsc = smsc_new(b->base, &settings, &smsc_events, b);
	UNTIL(b, link_figures(b->links[0]).disconnects == 1 &&
	    link_state(b->links[0]) == LINK_BINDING);
	UNTIL(b, link_state(b->links[0]) == LINK_DOWN);
	assert_int_equal(smsc_binds(b->smsc), 0);
	b->settings[0].password = "right";
	UNTIL(b, smsc_binds(b->smsc) == 1);
	a_box_free(b);
}

/* ---- SMS */

static void
an_sms_goes_both_ways_with_a_receipt(void **state)
{
	struct box *b = a_spec_box(state, 1);
	struct pdu pdu = {
		.command = PDU_SUBMIT_SM, .registered_delivery = 1,
		.source = { 5, 0, "15200" }, .dest = { 1, 1, "255712345678" },
		.text = (const uint8_t *)"Nauli", .text_len = 5,
	};

	assert_int_equal(phone_text(b->phone, "15200", "NAULI DAR"), 0);
	UNTIL(b, b->sms_in == 1);
	assert_string_equal(b->sms, "NAULI DAR");
	link_submit(b->links[0], LINK_CLASS_SMS, &pdu, 5000, answered, b);
	UNTIL(b, b->texts == 1 && b->receipts == 1);
	assert_string_equal(b->sms, "Nauli");
	assert_string_equal(b->from, "15200");
	assert_non_null(strstr(b->receipt, "stat:DELIVRD"));
	pdu.registered_delivery = 0;
	link_submit(b->links[0], LINK_CLASS_SMS, &pdu, 5000, answered, b);
	UNTIL(b, b->texts == 2 && b->answers == 2);
	assert_int_equal(smsc_figures(b->smsc).receipts, 1);
	a_box_free(b);
}

static void
an_sms_in_any_script_and_of_any_length_arrives(void **state)
{
	static const char *const texts[] = {
		"", "NAULI DAR ARUSHA", "{[~]} \xe2\x82\xac",
		"\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
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
		cmocka_unit_test(a_knob_throttles_delays_or_drops_responses),
	};

	return cmocka_run_group_tests(
	    tests, dialect_files_open, dialect_files_close);
}

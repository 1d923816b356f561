/*
 * Both chairs at one table: whatever an operator plays, the gateway reads;
 * whatever the gateway writes, the operator hears; and both speak of the same
 * session. For every dialect, every event and every action that it has, by
 * way of the wire.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/dialect_files.h"

static const char *const screens[] = {
	"1 Salio\n2 Tuma pesa",
	"Salio lako ni 1,200/=",
	"{a} [b] ~ ^ \\ | \xe2\x82\xac",
	"Caf\xc3\xa9 \xc3\x87 @ $ _",
	"\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
	"\xf0\x9f\x98\x80 ok",
	"1234567",
	"12345678",
	"\xce\x94 x",
};

static const char *const inputs[] = { "1", "98", "0", "Amina Juma",
	"*150*00#", "12345678901234567890", "\xc3\xa9", "\xd9\x85" };

static const struct ussd_side sides[] = {
	{ "255712345678", "*150*00#", { 0, 0, 0, 0x02 }, 1 },
	{ "255712345678", "*152#", { 0, 0, 0, 0xfe }, 0 },
	{ "1", "#99*1#", { 0, 0, 0, 0 }, 7 },
};

typedef void each_fn(
    const struct dialect *d, const struct ussd_side *side, struct arena *a);

static void for_each(void **state, each_fn *each);
static bool can_tell(const struct dialect *d, enum ussd_event_kind event);
static struct ussd_event played(const struct dialect *d,
    enum ussd_event_kind event, const struct ussd_side *side, const char *text,
    struct arena *a);
static void compare_events(
    const struct dialect *d, const struct ussd_side *side, struct arena *a);
static void compare_inputs(
    const struct dialect *d, const struct ussd_side *side, struct arena *a);
static void compare_answers(
    const struct dialect *d, const struct ussd_side *side, struct arena *a);
static void compare_pushes(
    const struct dialect *d, const struct ussd_side *side, struct arena *a);
static void compare_silence(
    const struct dialect *d, const struct ussd_side *side, struct arena *a);
static enum ussd_action sounds_as(
    const struct dialect *d, enum ussd_action push);

static void
an_event_that_is_played_is_read(void **state)
{
	for_each(state, compare_events);
}

static void
an_input_that_is_played_is_read_to_the_letter(void **state)
{
	for_each(state, compare_inputs);
}

static void
an_answer_that_is_written_is_heard(void **state)
{
	for_each(state, compare_answers);
}

static void
a_push_that_is_written_is_heard(void **state)
{
	for_each(state, compare_pushes);
}

static void
what_a_dialect_cannot_tell_is_not_played(void **state)
{
	for_each(state, compare_silence);
}

static void
for_each(void **state, each_fn *each)
{
	const struct dialect_files *files = *state;
	const struct dialects *both[] = { files->shipped, files->others };
	size_t i, j, k, tried = 0;

	for (i = 0; i < ARRAY_SIZE(both); i++)
		for (j = 0; j < dialects_count(both[i]); j++)
			for (k = 0; k < ARRAY_SIZE(sides); k++) {
				struct arena *a = arena_new();

				each(dialects_at(both[i], j), &sides[k], a);
				arena_free(a);
				tried++;
			}
	assert_true(tried >= 13 * ARRAY_SIZE(sides));
}

static void
compare_events(
    const struct dialect *d, const struct ussd_side *side, struct arena *a)
{
	struct ussd_event begin = played(d, USSD_BEGIN, side, "", a), next;
	int kind;

	assert_int_equal(begin.kind_if_new, USSD_BEGIN);
	assert_string_equal(begin.code, side->code);
	/* It may be both, where it depends on whether the session lives. */
	assert_string_equal(
	    begin.input, begin.kind_if_known == USSD_INPUT ? side->code : "");
	for (kind = USSD_BEGIN; kind <= USSD_ACKNOWLEDGED; kind++) {
		enum ussd_event_kind event = (enum ussd_event_kind)kind;
		const char *text = event == USSD_END ? "bye" : "7";

		if (!can_tell(d, event))
			continue;
		next = played(d, event, side, text, a);
		if (event != USSD_BEGIN) {
			assert_int_equal(next.kind_if_known, event);
			assert_string_equal(next.input,
			    event == USSD_INPUT || event == USSD_END ? text
								     : "");
		}
		assert_string_equal(next.msisdn, side->msisdn);
		assert_int_equal(next.identity_len, begin.identity_len);
		assert_memory_equal(
		    next.identity, begin.identity, begin.identity_len);
		assert_int_equal(next.has_turn, d->turn.there);
		if (next.has_turn)
			assert_int_equal(next.turn, side->turn);
	}
}

static void
compare_inputs(
    const struct dialect *d, const struct ussd_side *side, struct arena *a)
{
	struct ussd_event read;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(inputs); i++) {
		read = played(d, USSD_INPUT, side, inputs[i], a);
		assert_string_equal(read.input, inputs[i]);
	}
}

static void
compare_answers(
    const struct dialect *d, const struct ussd_side *side, struct arena *a)
{
	struct ussd_event event = played(d, USSD_INPUT, side, "7", a);
	int action;
	size_t i, j;

	for (action = USSD_CONTINUE; action <= USSD_RELEASE; action++)
		for (i = 0; i < ARRAY_SIZE(screens); i++) {
			struct ussd_reply reply;
			struct ussd_heard heard;
			bool is_release = action == USSD_RELEASE;

			if (!d->actions[action].there)
				break;
			assert_int_equal(
			    dialect_write(d, (enum ussd_action)action,
				&event.ref, screens[i], a, &reply),
			    0);
			for (j = 0; j < reply.count; j++) {
				struct pdu pdu =
				    dialect_files_wire(a, &reply.pdus[j]);

				assert_int_equal(
				    dialect_hear(d, &pdu, a, &heard),
				    DIALECT_USSD);
				assert_int_equal(heard.action,
				    j == 0 ? action : USSD_RELEASE);
				assert_string_equal(heard.msisdn, side->msisdn);
				assert_string_equal(heard.text,
				    is_release || j > 0 ? "" : screens[i]);
				if (d->part_count > 0)
					assert_memory_equal(
					    heard.session, side->session, 4);
			}
		}
}

static void
compare_pushes(
    const struct dialect *d, const struct ussd_side *side, struct arena *a)
{
	struct ussd_ref ref = { .counter = 0x01020304 };
	int action;

	snprintf(
	    ref.source.digits, sizeof(ref.source.digits), "%s", side->msisdn);
	snprintf(ref.dest.digits, sizeof(ref.dest.digits), "150");
	for (action = USSD_PUSH_MENU; action <= USSD_PUSH_LAST; action++) {
		struct ussd_reply reply;
		struct ussd_heard heard;
		struct pdu pdu;
		int written = dialect_write(
		    d, (enum ussd_action)action, &ref, screens[0], a, &reply);

		assert_int_equal(written, d->actions[action].there ? 0 : -1);
		if (written == -1)
			continue;
		pdu = dialect_files_wire(a, &reply.pdus[0]);
		assert_int_equal(
		    dialect_hear(d, &pdu, a, &heard), DIALECT_USSD);
		assert_int_equal(
		    heard.action, sounds_as(d, (enum ussd_action)action));
		assert_string_equal(heard.msisdn, side->msisdn);
		assert_string_equal(heard.text, screens[0]);
	}
}

/* Without a session key in the PDU a push looks like the answer of its op. */
static enum ussd_action
sounds_as(const struct dialect *d, enum ussd_action push)
{
	if ((d->part_count == 0 || d->parts[0].optional) &&
	    d->actions[push].op == d->actions[USSD_CONTINUE].op)
		return USSD_CONTINUE;
	return push;
}

static void
compare_silence(
    const struct dialect *d, const struct ussd_side *side, struct arena *a)
{
	struct pdu pdu;
	int kind;

	for (kind = USSD_BEGIN; kind <= USSD_ACKNOWLEDGED; kind++)
		if (!can_tell(d, (enum ussd_event_kind)kind))
			assert_int_equal(
			    dialect_play(d, (enum ussd_event_kind)kind, side,
				"", a, &pdu),
			    -1);
}

/* ---- helpers */

static bool
can_tell(const struct dialect *d, enum ussd_event_kind event)
{
	size_t i;

	for (i = 0; i < d->rule_count; i++)
		if (d->rules[i].event == event)
			return true;
	return false;
}

static struct ussd_event
played(const struct dialect *d, enum ussd_event_kind event,
    const struct ussd_side *side, const char *text, struct arena *a)
{
	struct ussd_event read;
	struct pdu pdu;

	if (dialect_play(d, event, side, text, a, &pdu) == -1)
		fail_msg("%s cannot play \"%s\" with \"%s\"", d->name,
		    dialects_event_name(event), text);
	pdu = dialect_files_wire(a, &pdu);
	assert_int_equal(dialect_read(d, &pdu, a, &read), DIALECT_USSD);
	return read;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_that_is_played_is_read),
		cmocka_unit_test(an_input_that_is_played_is_read_to_the_letter),
		cmocka_unit_test(an_answer_that_is_written_is_heard),
		cmocka_unit_test(a_push_that_is_written_is_heard),
		cmocka_unit_test(what_a_dialect_cannot_tell_is_not_played),
	};

	return cmocka_run_group_tests_name(
	    "dialect sides", tests, dialect_files_open, dialect_files_close);
}

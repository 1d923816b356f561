/*
 * What an operator sends beside turns: receipts, and what it should not send.
 */
#include <stdio.h>

#include "gateway/intake.h"
#include "tests/unit/world.h"

static void sends(struct world *w, struct pdu *pdu);
static void receipt(struct world *w, const char *text);

static void
a_receipt_is_acknowledged_when_it_is_stored(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	receipt(w, "id:42 stat:DELIVRD err:000");
	assert_string_equal(asked(w, RECEIPT)->smsc_id, "42");
	assert_string_equal(asked(w, RECEIPT)->state, "DELIVRD");
	assert_int_equal(w->answer_count, 0);
	refuses(w, RECEIPT, STORE_OK);
	assert_int_equal(acknowledged(w, PDU_ROK), 1);
	receipt(w, "id:43 stat:DELIVRD");
	refuses(w, RECEIPT, STORE_MISSING); /* nothing to wait for */
	assert_int_equal(acknowledged(w, PDU_ROK), 2);
	receipt(w, "id:44 stat:DELIVRD");
	refuses(w, RECEIPT, STORE_DOWN);
	assert_int_equal(acknowledged(w, PDU_RX_T_APPN), 1);
	world_end(w);
}

/* It names a key in the store. */
static void
a_receipt_with_an_id_without_end_is_no_receipt_of_ours(void **state)
{
	struct world *w = a_world("smppplus");
	char text[200];

	(void)state;
	snprintf(text, sizeof(text), "id:%0150d stat:DELIVRD", 7);
	receipt(w, text);
	assert_string_equal(asked(w, RECEIPT)->smsc_id, "");
	settles(w);
	world_end(w);
}

static void
receipts_on_their_way_are_taken_down_with_the_rest(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	receipt(w, "id:42 stat:DELIVRD");
	receipt(w, "id:43 stat:DELIVRD");
	world_restart(w);
	assert_true(nothing_is_asked(w));
	assert_int_equal(w->answer_count, 0);
	world_end(w);
}

static void
a_text_from_a_word_or_from_ourselves_is_never_answered(void **state)
{
	static const char *const senders[] = { "VODACOM", "15200", "12",
		"255700000001:voda", "123456789012345678901" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(senders); i++) {
		struct world *w = a_world("smppplus");
		struct pdu pdu = { .command = PDU_DELIVER_SM,
			.dest = { 0, 1, "15200" },
			.text = (const uint8_t *)"MSAADA",
			.text_len = 6 };

		snprintf(pdu.source.digits, sizeof(pdu.source.digits), "%s",
		    senders[i]);
		sends(w, &pdu);
		assert_false(is_asked(w, COMMIT));
		settles(w);
		assert_int_equal(held_count(w->messages), 0);
		world_end(w);
	}
}

static void
receipt(struct world *w, const char *text)
{
	struct pdu pdu = { .command = PDU_DELIVER_SM,
		.source = { 1, 1, CITIZEN },
		.dest = { 0, 1, "15200" },
		.esm_class = 0x04,
		.text = (const uint8_t *)text,
		.text_len = strlen(text) };

	sends(w, &pdu);
}

static void
sends(struct world *w, struct pdu *pdu)
{
	pdu->sequence = ++w->sequence;
	intake_request(&w->g, w->g.links[0],
	    &(struct link_request){
		pdu, (const uint8_t *)pdu, sizeof(*pdu), w->generation });
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_receipt_is_acknowledged_when_it_is_stored),
		cmocka_unit_test(
		    a_receipt_with_an_id_without_end_is_no_receipt_of_ours),
		cmocka_unit_test(
		    receipts_on_their_way_are_taken_down_with_the_rest),
		cmocka_unit_test(
		    a_text_from_a_word_or_from_ourselves_is_never_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

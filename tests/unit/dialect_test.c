/*
 * What a dialect's table makes of single PDUs: what is USSD and what is not,
 * whose it is, where its words stand, how text is written, and what a request
 * leaves behind for its answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/dialect_files.h"

/* A deliver_sm in a few words; TLVs in the order of the wire. */
struct sent {
	const char *dialect;
	const char *service_type;
	uint8_t esm_class;
	const char *dest;
	const char *text;
	const char *tlvs;
	size_t tlvs_len;
};

#define TLVS(octets) octets, sizeof(octets) - 1
#define OP(octet) "\x05\x01\x00\x01" octet
#define INFO(two) "\x13\x83\x00\x02" two
#define UMR(two) "\x02\x04\x00\x02" two

static struct pdu pdu_of(const struct sent *sent);
static enum dialect_verdict read_one(const struct dialect_files *files,
    const struct sent *sent, struct ussd_event *out);
static void text_of(const struct dialect_files *files, const char *dialect,
    uint8_t data_coding, uint8_t esm_class, const char *octets, size_t len,
    const char *wanted);
static struct pdu written(const struct dialect_files *files,
    const char *dialect, const char *text, int wanted);

/* ---- what is USSD */

static void
what_is_no_ussd_is_left_to_others(void **state)
{
	static const struct {
		struct sent sent;
		enum dialect_verdict verdict;
	} cases[] = {
		/* An SMS: no op. */
		{ { "spec", "", 0, "15200", "NAULI", TLVS("") },
		    DIALECT_OTHER },
		{ { "address-only", "CMT", 0, "15200", "NAULI", TLVS("") },
		    DIALECT_OTHER },
		{ { "address-only", "USSD", 0, "150", "1", TLVS("") },
		    DIALECT_USSD },
		/* Receipts, by esm_class or by TLV, whatever else they have. */
		{ { "spec", "USSD", 0x04, "150", "id:1", TLVS(OP("\x12")) },
		    DIALECT_OTHER },
		{ { "address-only", "USSD", 0x20, "150", "id:1", TLVS("") },
		    DIALECT_OTHER },
		{ { "spec", "USSD", 0, "150", "", TLVS(OP("\x12")
		    "\x00\x1e\x00\x02" "7\x00") }, DIALECT_OTHER },
		/* 0x08 is a receipt too, but for who says it is an abort. */
		{ { "vlr-address", "USSD", 0x08, "1", "ABORT user", TLVS("") },
		    DIALECT_USSD },
		{ { "vlr-address", "USSD", 0x08, "1", "read", TLVS("") },
		    DIALECT_OTHER },
		/* Without an op, it is what a rule says or an SMS. */
		{ { "vlr-address", "", 0, "1", "ABORT", TLVS("") },
		    DIALECT_OTHER },
		{ { "vlr-address", "USSD", 0x08, "1", "1", TLVS(OP("\x12")) },
		    DIALECT_OTHER },
		{ { "spec", "USSD", 0x08, "1", "ABORT", TLVS(OP("\x12")) },
		    DIALECT_OTHER },
		/* Its session key is missing, or no TLV of that length. */
		{ { "tata", "", 0, "123", "1", TLVS(OP("\x02")) },
		    DIALECT_BAD },
		{ { "tata", "", 0, "123", "1", TLVS(OP("\x02")
		    "\x13\x83\x00\x01" "7") }, DIALECT_BAD },
		{ { "smppplus", "", 0, "1", "1", TLVS(OP("\x12")) },
		    DIALECT_BAD },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ussd_event event;

		if (read_one(*state, &cases[i].sent, &event) !=
		    cases[i].verdict)
			fail_msg("case %zu: %s \"%s\"", i,
			    cases[i].sent.dialect, cases[i].sent.text);
	}
}

static void
a_submit_sm_and_an_empty_number_are_no_request(void **state)
{
	const struct dialect_files *files = *state;
	const struct dialect *d = dialect_files_find(files, "address-only");
	struct sent sent = { "address-only", "USSD", 0, "150", "1", TLVS("") };
	struct pdu pdu = pdu_of(&sent);
	struct ussd_event event;

	pdu.command = PDU_SUBMIT_SM;
	assert_int_equal(
	    dialect_read(d, &pdu, files->arena, &event), DIALECT_OTHER);
	pdu.command = PDU_DATA_SM;
	assert_int_equal(
	    dialect_read(d, &pdu, files->arena, &event), DIALECT_USSD);
	pdu.source.digits[0] = '\0';
	assert_int_equal(
	    dialect_read(d, &pdu, files->arena, &event), DIALECT_BAD);
}

/* ---- which event */

static void
a_pdu_is_what_its_rules_say(void **state)
{
	static const struct {
		struct sent sent;
		enum ussd_event_kind known, new;
		const char *code, *input;
	} cases[] = {
		{ { "spec", "", 0, "150", "*150#", TLVS(OP("\x01")) },
		    USSD_BEGIN, USSD_BEGIN, "*150#", "" },
		{ { "spec", "", 0, "150", "1", TLVS(OP("\x12")) },
		    USSD_INPUT, USSD_INPUT, "", "1" },
		{ { "spec", "", 0, "150", "1",
		    TLVS(OP("\x12") INFO("\x07\x03")) },
		    USSD_END, USSD_END, "", "1" },
		{ { "spec", "", 0, "150", "1", TLVS(OP("\x77")) },
		    USSD_IGNORED, USSD_IGNORED, "", "" },
		{ { "address-only", "USSD_", 0, "150", "*150#", TLVS("") },
		    USSD_INPUT, USSD_BEGIN, "*150#", "*150#" },
		{ { "address-only", "USSD", 0, "*150#", "", TLVS("") },
		    USSD_INPUT, USSD_BEGIN, "*150#", "" },
		{ { "address-only", "USSD", 0, "150", "", TLVS(OP("\x01")
		    "\x02\x03\x00\x06" "\xa0*150#") },
		    USSD_BEGIN, USSD_BEGIN, "*150#", "" },
		{ { "mica", "USSD", 0, "", "9",
		    TLVS(OP("\x55") UMR("\x01\x02")) },
		    USSD_INPUT, USSD_IGNORED, "", "9" },
		{ { "told-by-text", "", 0, "150", "*150#",
		    TLVS(OP("\x12") INFO("\x09\x01")) },
		    USSD_INPUT, USSD_BEGIN, "*150#", "*150#" },
		{ { "told-by-text", "", 0, "150", "1",
		    TLVS(OP("\x12") INFO("\x09\x00")) },
		    USSD_IGNORED, USSD_IGNORED, "", "" },
		{ { "velcom", "USSD", 0, "150", "", TLVS(UMR("\x01\x02")) },
		    USSD_ABORT, USSD_ABORT, "", "" },
		{ { "comviva-text", "", 0, "718", "1|110:UzE=|115:KjcxOCM=",
		    TLVS(OP("\x01")) }, USSD_BEGIN, USSD_BEGIN, "*718#", "" },
		/* message_payload is text as well. */
		{ { "spec", "", 0, "150", "", TLVS(OP("\x12")
		    "\x04\x24\x00\x02" "42") },
		    USSD_INPUT, USSD_INPUT, "", "42" },
		/* Control characters go. */
		{ { "spec", "", 0, "150", "4\r\n2", TLVS(OP("\x12")) },
		    USSD_INPUT, USSD_INPUT, "", "4\n2" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ussd_event event;

		assert_int_equal(read_one(*state, &cases[i].sent, &event),
		    DIALECT_USSD);
		assert_int_equal(event.kind_if_known, cases[i].known);
		assert_int_equal(event.kind_if_new, cases[i].new);
		assert_string_equal(event.code, cases[i].code);
		if (strcmp(event.input, cases[i].input) != 0)
			fail_msg("case %zu: \"%s\"", i, event.input);
	}
}

static void
a_key_is_what_is_left_under_its_masks(void **state)
{
	static const struct sent plain = { "spec", "", 0, "150", "1",
		TLVS(OP("\x12")) };
	static const struct sent numbered = { "spec", "", 0, "150", "1",
		TLVS(OP("\x12") INFO("\x07\xff")) };
	static const struct sent tata = { "tata", "", 0, "150", "1",
		TLVS(OP("\x12") INFO("\x07\xff")) };
	static const struct sent other = { "smppplus", "", 0, "150", "1",
		TLVS(OP("\x12") UMR("\x07\xff")) };
	static const struct sent both = { "smppplus", "", 0, "150", "1",
		TLVS(OP("\x12") UMR("\x07\xff")
		"\x15\x01\x00\x04" "\x01\x02\x03\x04") };
	struct ussd_event event;

	assert_int_equal(read_one(*state, &plain, &event), DIALECT_USSD);
	assert_int_equal(event.identity_len, 0);
	assert_false(event.has_turn);
	assert_int_equal(read_one(*state, &numbered, &event), DIALECT_USSD);
	assert_int_equal(event.identity_len, 3);
	assert_memory_equal(event.identity, "\x00\x01\x07", 3);
	assert_true(event.has_turn);
	assert_int_equal(event.turn, 0x7f);
	assert_int_equal(read_one(*state, &tata, &event), DIALECT_USSD);
	assert_memory_equal(event.identity, "\x00\x02\x07\xfe", 4);
	assert_int_equal(read_one(*state, &other, &event), DIALECT_USSD);
	assert_memory_equal(event.identity, "\x01\x02\x07\xff", 4);
	assert_int_equal(read_one(*state, &both, &event), DIALECT_USSD);
	assert_int_equal(event.identity_len, 6);
	assert_memory_equal(event.identity, "\x00\x04\x01\x02\x03\x04", 6);
}

static void
an_acknowledged_notice_may_want_a_release(void **state)
{
	static const struct sent velcom = { "velcom", "USSD", 0, "877", "",
		TLVS(OP("\x13") UMR("\x00\x11")) };
	static const struct sent spec = { "spec", "USSD", 0, "877", "",
		TLVS(OP("\x13")) };
	struct ussd_event event;

	assert_int_equal(read_one(*state, &velcom, &event), DIALECT_USSD);
	assert_int_equal(event.kind_if_new, USSD_ACKNOWLEDGED);
	assert_true(event.wants_release);
	assert_int_equal(read_one(*state, &spec, &event), DIALECT_USSD);
	assert_int_equal(event.kind_if_known, USSD_ACKNOWLEDGED);
	assert_false(event.wants_release);
}

/* ---- text */

static void
text_is_read_by_its_data_coding(void **state)
{
	static const struct {
		const char *dialect;
		uint8_t data_coding, esm_class;
		const char *octets;
		size_t len;
		const char *wanted;
	} cases[] = {
		{ "spec", 0x00, 0, TLVS("a\x00\x02\x1b\x65"), "a@$\xe2\x82\xac" },
		{ "spec", 0x0f, 0, TLVS("\x00"), "@" },
		{ "comviva-text", 0x00, 0, TLVS("a@$_"), "a@$_" },
		{ "spec", 0x01, 0, TLVS("@"), "@" },
		{ "spec", 0x03, 0, TLVS("\xe9"), "\xc3\xa9" },
		{ "spec", 0x08, 0, TLVS("\x06\x45"), "\xd9\x85" },
		{ "spec", 0x48, 0, TLVS("\x06\x45"), "\xd9\x85" },
		{ "spec", 0x44, 0, TLVS("\xe9"), "\xc3\xa9" },
		{ "spec", 0xf1, 0, TLVS("\x00"), "@" },
		{ "spec", 0xf5, 0, TLVS("\xe9"), "\xc3\xa9" },
		{ "everything", 0x19, 0, TLVS("\xe9"), "\xc3\xa9" },
		/* Packed: "hello", and seven septets whose spare bits are CR. */
		{ "everything", 0x00, 0, TLVS("\xe8\x32\x9b\xfd\x06"), "hello" },
		{ "everything", 0x00, 0,
		    TLVS("\x31\xd9\x8c\x56\xb3\xdd\x1a"), "1234567" },
		/* A user data header goes first, and is not text. */
		{ "spec", 0x00, 0x40, TLVS("\x05\x00\x03\x07\x02\x01hi"), "hi" },
		{ "spec", 0x08, 0x40, TLVS("\x05\x00\x03\x07\x02\x01\x06\x45"),
		    "\xd9\x85" },
		{ "spec", 0x00, 0x40, TLVS("\x05\x00\x03"), "" },
		{ "spec", 0x00, 0x40, TLVS("\xff"), "" },
		{ "spec", 0x00, 0x40, TLVS(""), "" },
		{ "everything", 0x00, 0x40,
		    TLVS("\x05\x00\x03\x07\x02\x01\xd0\x69"), "hi" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		text_of(*state, cases[i].dialect, cases[i].data_coding,
		    cases[i].esm_class, cases[i].octets, cases[i].len,
		    cases[i].wanted);
}

static void
a_screen_is_written_in_the_shortest_alphabet_that_holds_it(void **state)
{
	static const struct {
		const char *dialect, *text;
		uint8_t data_coding;
		size_t octets;
	} cases[] = {
		{ "spec", "{\xe2\x82\xac}", 0x00, 6 },
		{ "spec", "\xd9\x85", 0x08, 2 },
		{ "spec", "\xe2\x80\x9cx\xe2\x80\x9d", 0x08, 6 },
		{ "mica", "a", 0x08, 2 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct pdu pdu = written(
		    *state, cases[i].dialect, cases[i].text, 0);

		assert_int_equal(pdu.data_coding, cases[i].data_coding);
		assert_int_equal(pdu.text_len, cases[i].octets);
	}
}

static void
a_screen_that_does_not_fit_is_refused(void **state)
{
	const struct dialect_files *files = *state;
	char most[184], arabic[2 * 81 + 1];
	size_t i;

	memset(most, 'a', 183);
	most[183] = '\0';
	written(files, "spec", most, -1);
	written(files, "spec", most + 1, 0);
	written(files, "everything", most + 32, -1);
	written(files, "everything", most + 33, 0);
	written(files, "mica", most + 102, -1);
	written(files, "mica", most + 103, 0);
	/* An escape pair counts as two. */
	most[1] = '[';
	written(files, "spec", most + 1, -1);
	for (i = 0; i < 81; i++)
		memcpy(arabic + 2 * i, "\xd9\x85", 3);
	written(files, "spec", arabic, -1);
	written(files, "spec", arabic + 2, 0);
}

/* ---- answers */

static void
an_answer_turns_the_addresses_around(void **state)
{
	const struct dialect_files *files = *state;
	struct pdu pdu = written(files, "spec", "x", 0);

	assert_string_equal(pdu.source.digits, "150");
	assert_string_equal(pdu.dest.digits, "255712345678");
	assert_int_equal(pdu.dest.ton, 1);
	assert_int_equal(pdu.source.npi, 9);
	assert_string_equal(pdu.service_type, "ABC");
	pdu = written(files, "msisdn-twice", "x", 0);
	assert_string_equal(pdu.source.digits, "255712345678");
	pdu = written(files, "everything", "x", 0);
	assert_string_equal(pdu.source.digits, "15200");
	assert_int_equal(pdu.source.ton, 3);
	assert_int_equal(pdu.source.npi, 0);
	assert_int_equal(pdu.dest.ton, 2);
	assert_int_equal(pdu.dest.npi, 8);
	assert_string_equal(pdu.service_type, "WAP");
	assert_int_equal(pdu.protocol_id, 0x7f);
	assert_int_equal(pdu.command, PDU_DATA_SM);
}

static void
an_answer_echoes_what_came_but_for_its_own_bits(void **state)
{
	static const struct {
		const char *dialect;
		enum ussd_action action;
		const char *came, *wanted;
	} cases[] = {
		{ "spec", USSD_CONTINUE, "\x07\x06", "\x07\x06" },
		{ "spec", USSD_CLOSE, "\x07\x06", "\x07\x06" },
		{ "tata", USSD_CONTINUE, "\x07\x07", "\x07\x06" },
		{ "tata", USSD_CLOSE, "\x07\x06", "\x07\x07" },
		{ "sixdee", USSD_RELEASE, "\x16\x2e", "\x16\x2f" },
		{ "told-by-text", USSD_CONTINUE, "\x09\x00", "\x09\x01" },
		{ "told-by-text", USSD_CLOSE, "\x09\x01", "\x09\x00" },
	};
	const struct dialect_files *files = *state;
	struct ussd_ref ref = { .source = { 1, 1, "1" } };
	struct ussd_reply reply;
	struct pdu_tlv tlv;
	uint8_t tlvs[6];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		ref.tlvs = tlvs;
		ref.tlvs_len = 0;
		assert_int_equal(pdu_tlv_put(tlvs, sizeof(tlvs), &ref.tlvs_len,
		    0x1383, cases[i].came, 2), 0);
		assert_int_equal(dialect_write(
		    dialect_files_find(files, cases[i].dialect),
		    cases[i].action, &ref, "x", files->arena, &reply), 0);
		assert_true(pdu_tlv_find(reply.pdus[0].tlvs, 0x1383, &tlv));
		assert_memory_equal(tlv.value, cases[i].wanted, 2);
	}
}

static void
a_dialect_without_an_action_refuses_it(void **state)
{
	const struct dialect_files *files = *state;
	struct ussd_ref ref = { .source = { 1, 1, "1" } };
	struct ussd_reply reply;

	assert_int_equal(dialect_write(dialect_files_find(files, "tata"),
	    USSD_PUSH_MENU, &ref, "x", files->arena, &reply), -1);
	assert_int_equal(reply.count, 0);
}

static void
a_counted_tlv_takes_the_counter(void **state)
{
	const struct dialect_files *files = *state;
	struct ussd_ref ref = { .source = { 1, 1, "1" }, .counter = 0x1234 };
	struct ussd_reply reply;
	struct pdu_tlv tlv;

	assert_int_equal(dialect_write(
	    dialect_files_find(files, "inverted-bit"), USSD_PUSH_NOTICE, &ref,
	    "x", files->arena, &reply), 0);
	assert_true(pdu_tlv_find(reply.pdus[0].tlvs, 0x1383, &tlv));
	assert_int_equal(tlv.len, 2);
	assert_memory_equal(tlv.value, "\x34\x01", 2);
}

static void
a_wrapped_answer_echoes_its_fields(void **state)
{
	const struct dialect_files *files = *state;
	const struct dialect *d = dialect_files_find(files, "comviva-text");
	static const struct sent sent = { "comviva-text", "USSD", 0, "718",
		"1|100:MjU1|110:UzE=|109:MQ==", TLVS(OP("\x12")) };
	struct ussd_event event;
	struct ussd_reply reply;

	assert_int_equal(read_one(files, &sent, &event), DIALECT_USSD);
	assert_string_equal(event.input, "1");
	assert_int_equal(dialect_write(d, USSD_CONTINUE, &event.ref, "hi",
	    files->arena, &reply), 0);
	assert_string_equal(dialect_text(d, &reply.pdus[0], files->arena),
	    "2|100:MjU1|110:UzE=|121:aGk=");
}

static void
a_reference_survives_its_octets(void **state)
{
	const struct dialect_files *files = *state;
	struct ussd_ref ref = { .source = { 1, 2, "255712345678" },
		.dest = { 3, 4, "*150#" }, .service_type = "USSD",
		.data_coding = 0x0f, .tlvs = (const uint8_t *)INFO("\x01\x02"),
		.tlvs_len = 6, .fields = (const uint8_t *)"|1:2",
		.fields_len = 4 };
	struct ussd_ref back;
	size_t len, i;
	uint8_t *octets = ussd_ref_pack(files->arena, &ref, &len);

	assert_int_equal(
	    ussd_ref_unpack(files->arena, octets, len, &back), 0);
	assert_string_equal(back.source.digits, ref.source.digits);
	assert_int_equal(back.source.ton, 1);
	assert_string_equal(back.dest.digits, ref.dest.digits);
	assert_int_equal(back.dest.npi, 4);
	assert_string_equal(back.service_type, "USSD");
	assert_int_equal(back.data_coding, 0x0f);
	assert_int_equal(back.tlvs_len, 6);
	assert_memory_equal(back.tlvs, ref.tlvs, 6);
	assert_int_equal(back.fields_len, 4);
	assert_memory_equal(back.fields, ref.fields, 4);
	for (i = 0; i < len; i++)
		assert_int_equal(
		    ussd_ref_unpack(files->arena, octets, i, &back), -1);
	octets[0]++;
	assert_int_equal(
	    ussd_ref_unpack(files->arena, octets, len, &back), -1);
}

/* ---- helpers */

static struct pdu
pdu_of(const struct sent *sent)
{
	struct pdu pdu = { .command = PDU_DELIVER_SM,
		.source = { 1, 1, "255712345678" },
		.esm_class = sent->esm_class,
		.text = (const uint8_t *)sent->text,
		.text_len = strlen(sent->text),
		.tlvs = { (const uint8_t *)sent->tlvs, sent->tlvs_len } };

	snprintf(pdu.service_type, sizeof(pdu.service_type), "%s",
	    sent->service_type);
	snprintf(pdu.dest.digits, sizeof(pdu.dest.digits), "%s", sent->dest);
	return pdu;
}

static enum dialect_verdict
read_one(const struct dialect_files *files, const struct sent *sent,
    struct ussd_event *out)
{
	struct pdu pdu = pdu_of(sent);

	return dialect_read(dialect_files_find(files, sent->dialect), &pdu,
	    files->arena, out);
}

static void
text_of(const struct dialect_files *files, const char *dialect,
    uint8_t data_coding, uint8_t esm_class, const char *octets, size_t len,
    const char *wanted)
{
	/* Of its own size, so that a sanitizer sees a step past it. */
	struct pdu pdu = { .command = PDU_DELIVER_SM,
		.esm_class = esm_class, .data_coding = data_coding,
		.text = test_malloc(len + 1), .text_len = len };

	memcpy((void *)(uintptr_t)pdu.text, octets, len);
	assert_string_equal(dialect_text(dialect_files_find(files, dialect),
	    &pdu, files->arena), wanted);
	test_free((void *)(uintptr_t)pdu.text);
}

static struct pdu
written(const struct dialect_files *files, const char *dialect,
    const char *text, int wanted)
{
	struct ussd_ref ref = { .source = { 1, 1, "255712345678" },
		.dest = { 0, 9, "150" }, .service_type = "ABC" };
	struct ussd_reply reply = { .count = 0 };

	assert_int_equal(dialect_write(dialect_files_find(files, dialect),
	    USSD_CONTINUE, &ref, text, files->arena, &reply), wanted);
	return reply.pdus[0];
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_ussd_is_left_to_others),
		cmocka_unit_test(
		    a_submit_sm_and_an_empty_number_are_no_request),
		cmocka_unit_test(a_pdu_is_what_its_rules_say),
		cmocka_unit_test(a_key_is_what_is_left_under_its_masks),
		cmocka_unit_test(an_acknowledged_notice_may_want_a_release),
		cmocka_unit_test(text_is_read_by_its_data_coding),
		cmocka_unit_test(
		    a_screen_is_written_in_the_shortest_alphabet_that_holds_it),
		cmocka_unit_test(a_screen_that_does_not_fit_is_refused),
		cmocka_unit_test(an_answer_turns_the_addresses_around),
		cmocka_unit_test(
		    an_answer_echoes_what_came_but_for_its_own_bits),
		cmocka_unit_test(a_dialect_without_an_action_refuses_it),
		cmocka_unit_test(a_counted_tlv_takes_the_counter),
		cmocka_unit_test(a_wrapped_answer_echoes_its_fields),
		cmocka_unit_test(a_reference_survives_its_octets),
	};

	return cmocka_run_group_tests_name(
	    "dialect", tests, dialect_files_open, dialect_files_close);
}

/*
 * The PDU codec behind its guard: what it carries, what it tolerates of a
 * peer, and what it refuses of a peer and of us.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <event2/buffer.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/pdu.h"

#define RESP(command) ((command) | PDU_RESPONSE)
#define BODY(text)    (text), sizeof(text) - 1

/* The library's trace: empty where it is silenced. */
extern char smpp34_strerror[2048];

static uint8_t wire[2 * PDU_MAX];

static const uint8_t two_tlvs[] = {
	0x05, 0x01, 0, 1, 0x01, 0x13, 0x83, 0, 2, 0x12, 0x34,
};

#define SHORT_MESSAGE                                                \
	.service_type = "USSD", .source = { 1, 1, "255712345678" },  \
	.dest = { 9, 77, "*152*00#" }, .esm_class = 8,               \
	.protocol_id = 1, .priority_flag = 2,                        \
	.schedule_delivery_time = "000000000500000R",                \
	.validity_period = "77", .registered_delivery = 1,           \
	.replace_if_present = 1, .data_coding = 15,                  \
	.sm_default_msg_id = 3, .text_len = 8,                       \
	.text = (const uint8_t *)"*152*00#",                         \
	.tlvs = { two_tlvs, sizeof(two_tlvs) }

#define BIND                                                         \
	.system_id = "fifteen letters", .password = "8letters",      \
	.system_type = "twelve chars", .interface_version = 0x50,    \
	.addr_ton = 77, .addr_npi = 88, .address_range = "^255.*"

#define LONG_ADDRESS \
	"0123456789012345678901234567890123456789012345678901234567890123"

/* One of each command, with every field that it has. */
static const struct pdu samples[] = {
	{ .command = PDU_BIND_RECEIVER, .sequence = 1, BIND },
	{ .command = PDU_BIND_TRANSMITTER, .sequence = 2, BIND },
	{ .command = PDU_BIND_TRANSCEIVER, .sequence = 3, BIND },
	{ .command = RESP(PDU_BIND_RECEIVER), .system_id = "SMSC",
	    .tlvs = { two_tlvs, sizeof(two_tlvs) } },
	{ .command = RESP(PDU_BIND_TRANSMITTER), .system_id = "SMSC" },
	{ .command = RESP(PDU_BIND_TRANSCEIVER), .system_id = "SMSC" },
	{ .command = RESP(PDU_BIND_TRANSCEIVER), .status = PDU_RINVPASWD },
	{ .command = PDU_OUTBIND, .system_id = "SMSC", .password = "secret" },
	{ .command = PDU_UNBIND, .sequence = 4 },
	{ .command = RESP(PDU_UNBIND), .status = 0x4ff, .sequence = 4 },
	{ .command = PDU_ENQUIRE_LINK, .sequence = 0 },
	{ .command = RESP(PDU_ENQUIRE_LINK), .sequence = 0xffffffff },
	{ .command = PDU_GENERIC_NACK, .status = PDU_RINVCMDID },
	{ .command = PDU_SUBMIT_SM, SHORT_MESSAGE },
	{ .command = PDU_DELIVER_SM, SHORT_MESSAGE },
	{ .command = RESP(PDU_SUBMIT_SM), .message_id = "4f0a" },
	{ .command = RESP(PDU_SUBMIT_SM), .status = PDU_RTHROTTLED,
	    .tlvs = { two_tlvs, sizeof(two_tlvs) } },
	{ .command = RESP(PDU_SUBMIT_SM), .message_id = LONG_ADDRESS "x" },
	{ .command = RESP(PDU_DELIVER_SM), .message_id = "4f0b" },
	{ .command = RESP(PDU_DELIVER_SM), .status = PDU_RX_T_APPN },
	{ .command = PDU_DATA_SM, .service_type = "USSD",
	    .source = { 255, 255, LONG_ADDRESS },
	    .dest = { 7, 2, LONG_ADDRESS },
	    .esm_class = 1, .registered_delivery = 2, .data_coding = 4,
	    .tlvs = { two_tlvs, sizeof(two_tlvs) } },
	{ .command = RESP(PDU_DATA_SM), .message_id = LONG_ADDRESS "x" },
	{ .command = PDU_ALERT_NOTIFICATION, .source = { 1, 1, LONG_ADDRESS },
	    .dest = { 0, 200, LONG_ADDRESS },
	    .tlvs = { (const uint8_t *)"\x04\x22\0\1\1", 5 } },
};

/* ---- helpers */

static enum pdu_verdict
decode(size_t len, struct pdu *out)
{
	enum pdu_status answer;

	return pdu_decode(wire, len, out, &answer);
}

/* Frames BODY into WIRE and returns the length. */
static size_t
frame(uint32_t command, uint32_t status, const void *body, size_t body_len)
{
	const uint32_t header[] = { PDU_HEADER + (uint32_t)body_len, command,
		status, 77 };
	size_t i;

	for (i = 0; i < PDU_HEADER; i++)
		wire[i] = (uint8_t)(header[i / 4] >> (24 - 8 * (i % 4)));
	memcpy(wire + PDU_HEADER, body, body_len);
	return PDU_HEADER + body_len;
}

static void
assert_same_octets(
    const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
	assert_int_equal(a_len, b_len);
	if (a_len > 0)
		assert_memory_equal(a, b, a_len);
}

/* The plain members octet by octet, the ones that point by what they show. */
static void
assert_same_pdu(struct pdu a, struct pdu b)
{
	assert_same_octets(a.text, a.text_len, b.text, b.text_len);
	assert_same_octets(
	    a.tlvs.octets, a.tlvs.len, b.tlvs.octets, b.tlvs.len);
	a.text = b.text = NULL;
	a.tlvs.octets = b.tlvs.octets = NULL;
	assert_memory_equal(&a, &b, sizeof(a));
}

/* ---- what it carries */

static void
every_command_comes_back_as_it_was_sent(void **state)
{
	struct pdu read;
	size_t i;
	int len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		len = pdu_pack(&samples[i], wire, sizeof(wire));
		assert_true(len >= PDU_HEADER);
		assert_int_equal(decode((size_t)len, &read), PDU_OK);
		assert_same_pdu(read, samples[i]);
	}
}

static void
no_octet_of_a_judged_field_is_refused_or_changed(void **state)
{
	struct pdu sent = { .command = PDU_BIND_TRANSCEIVER }, read;
	int octet, len;

	(void)state;
	for (octet = 0; octet < 256; octet++) {
		sent.interface_version = (uint8_t)octet;
		sent.addr_ton = (uint8_t)(octet + 1);
		sent.addr_npi = (uint8_t)(octet + 2);
		len = pdu_pack(&sent, wire, sizeof(wire));
		assert_int_equal(decode((size_t)len, &read), PDU_OK);
		assert_same_pdu(read, sent);
	}
}

static void
no_status_or_sequence_is_refused_or_changed(void **state)
{
	static const uint32_t values[] = { 0, 1, 0x59, 0x112, 0x400, 0x4ff,
		0x7fffffff, 0x80000000, 0xffffffff };
	struct pdu sent = { .command = RESP(PDU_DATA_SM) }, read;
	size_t i;
	int len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		sent.status = values[i];
		sent.sequence = values[ARRAY_SIZE(values) - 1 - i];
		len = pdu_pack(&sent, wire, sizeof(wire));
		assert_int_equal(decode((size_t)len, &read), PDU_OK);
		assert_same_pdu(read, sent);
	}
}

static void
text_has_254_octets_at_most(void **state)
{
	static const uint8_t text[255] = { 0, 1, 0xff };
	struct pdu sent = { .command = PDU_SUBMIT_SM, .text = text,
		.text_len = 254 }, read;
	int len = pdu_pack(&sent, wire, sizeof(wire));

	(void)state;
	assert_int_equal(decode((size_t)len, &read), PDU_OK);
	assert_same_pdu(read, sent);

	sent.text_len = 255;
	assert_int_equal(pdu_pack(&sent, wire, sizeof(wire)), -1);
}

static void
an_error_to_a_submit_or_a_bind_has_no_body(void **state)
{
	struct pdu resp = { .status = PDU_RSYSERR };

	(void)state;
	resp.command = RESP(PDU_SUBMIT_SM);
	assert_int_equal(pdu_pack(&resp, wire, sizeof(wire)), 16);
	resp.command = RESP(PDU_BIND_TRANSCEIVER);
	assert_int_equal(pdu_pack(&resp, wire, sizeof(wire)), 16);
	resp.command = RESP(PDU_DELIVER_SM);
	assert_int_equal(pdu_pack(&resp, wire, sizeof(wire)), 17);
	resp.command = RESP(PDU_SUBMIT_SM);
	resp.status = PDU_ROK;
	assert_int_equal(pdu_pack(&resp, wire, sizeof(wire)), 17);
}

/* ---- what it takes of a peer's response */

static void
a_response_completes_whatever_its_body(void **state)
{
	static const struct {
		uint32_t command, status;
		const char *body;
		size_t len;
		enum pdu_verdict verdict;
		const char *message_id;
		size_t tlvs_len;
	} cases[] = {
		{ PDU_SUBMIT_SM, 0, BODY(""), PDU_OK, "", 0 },
		{ PDU_SUBMIT_SM, 0x401, BODY(""), PDU_OK, "", 0 },
		{ PDU_SUBMIT_SM, 0, BODY("id\0"), PDU_OK, "id", 0 },
		{ PDU_SUBMIT_SM, 0, BODY("id"), PDU_BAD_BODY, "id", 0 },
		{ PDU_SUBMIT_SM, 8, BODY("id\0"), PDU_OK, "id", 0 },
		{ PDU_SUBMIT_SM, 8, BODY("id\0\x04\x28\0\1\2"), PDU_OK,
		    "id", 5 },
		{ PDU_SUBMIT_SM, 8, BODY("\0\x04\x28\0\1\2"), PDU_OK, "", 5 },
		{ PDU_SUBMIT_SM, 8, BODY("\x04\x28\0\1\2"), PDU_OK, "", 5 },
		{ PDU_SUBMIT_SM, 8, BODY("\0\x1d\0\2no"), PDU_OK, "", 6 },
		{ PDU_SUBMIT_SM, 0, BODY("id\0\x04\x28\0\1"), PDU_OK, "id", 0 },
		{ PDU_SUBMIT_SM, 0, BODY(LONG_ADDRESS "ab\0"), PDU_OK,
		    LONG_ADDRESS "a", 0 },
		{ PDU_DATA_SM, 0, BODY(""), PDU_OK, "", 0 },
		{ PDU_DELIVER_SM, 0, BODY(""), PDU_OK, "", 0 },
		{ PDU_DELIVER_SM, 0, BODY("some id\0"), PDU_OK, "some id", 0 },
		{ PDU_BIND_RECEIVER, 0, BODY(""), PDU_OK, "", 0 },
		{ PDU_BIND_TRANSCEIVER, 0, BODY("far too long a name\0"
		    "\2\x10\0\1\x34"), PDU_OK, "", 5 },
		{ PDU_ENQUIRE_LINK, 8, BODY("???"), PDU_OK, "", 0 },
		{ PDU_UNBIND, 0, BODY("\2\x10\0\1\x34"), PDU_OK, "", 5 },
		{ PDU_GENERIC_NACK, 3, BODY("junk"), PDU_OK, "", 0 },
	};
	struct pdu read;
	size_t i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		len = frame(RESP(cases[i].command), cases[i].status,
		    cases[i].body, cases[i].len);
		assert_int_equal(decode(len, &read), cases[i].verdict);
		assert_int_equal(read.command, RESP(cases[i].command));
		assert_int_equal(read.status, cases[i].status);
		assert_int_equal(read.sequence, 77);
		assert_string_equal(read.message_id, cases[i].message_id);
		assert_int_equal(read.tlvs.len, cases[i].tlvs_len);
	}
}

/* ---- what it refuses of a peer */

#define TO_SOURCE "USSD\0" "\1\1"
#define TO_DEST   TO_SOURCE "255712345678\0" "\1\1"
#define TO_TIMES  TO_DEST "15200\0" "\0\0\0"
#define TO_LENGTH TO_TIMES "\0\0" "\0\0\0\0"
#define TWENTY    "01234567890123456789"
#define OVER_255  LONG_ADDRESS LONG_ADDRESS LONG_ADDRESS LONG_ADDRESS

static void
a_bad_request_is_answered_with_what_is_bad(void **state)
{
	static const struct {
		uint32_t command;
		const char *body;
		size_t len;
		enum pdu_status answer;
	} cases[] = {
		{ PDU_DELIVER_SM, BODY(""), PDU_RINVCMDLEN },
		{ PDU_DELIVER_SM, BODY("USSD"), PDU_RINVCMDLEN },
		{ PDU_DELIVER_SM, BODY("LETTER\0"), PDU_RINVSERTYP },
		{ PDU_DELIVER_SM, BODY("USSD\0"), PDU_RINVCMDLEN },
		{ PDU_DELIVER_SM, BODY(TO_SOURCE), PDU_RINVCMDLEN },
		{ PDU_DELIVER_SM, BODY(TO_SOURCE "2557"), PDU_RINVCMDLEN },
		{ PDU_DELIVER_SM, BODY(TO_SOURCE TWENTY "0\0"),
		    PDU_RINVSRCADR },
		{ PDU_DELIVER_SM, BODY(TO_DEST OVER_255 "\0"), PDU_RINVDSTADR },
		{ PDU_DELIVER_SM, BODY(TO_TIMES TWENTY "\0"), PDU_RINVSCHED },
		{ PDU_DELIVER_SM, BODY(TO_TIMES "\0" TWENTY "\0"),
		    PDU_RINVEXPIRY },
		{ PDU_DELIVER_SM, BODY(TO_LENGTH), PDU_RINVCMDLEN },
		{ PDU_DELIVER_SM, BODY(TO_LENGTH "\2" "a"), PDU_RINVMSGLEN },
		{ PDU_DELIVER_SM, BODY(TO_LENGTH "\377" OVER_255),
		    PDU_RINVMSGLEN },
		{ PDU_SUBMIT_SM, BODY(TO_LENGTH "\2" "a"), PDU_RINVMSGLEN },
		{ PDU_DATA_SM, BODY("\0\0\0" LONG_ADDRESS "0\0"),
		    PDU_RINVSRCADR },
		{ PDU_BIND_TRANSCEIVER, BODY("sixteen letters!\0"),
		    PDU_RINVSYSID },
		{ PDU_BIND_RECEIVER, BODY("a\0" "ninechars\0"), PDU_RINVPASWD },
		{ PDU_BIND_TRANSMITTER, BODY("a\0b\0" "thirteen char\0"),
		    PDU_RINVSYSTYP },
		{ PDU_BIND_TRANSMITTER, BODY("a\0b\0c\0" "\x34"),
		    PDU_RINVCMDLEN },
		{ PDU_OUTBIND, BODY("smsc\0secret"), PDU_RINVCMDLEN },
	};
	enum pdu_status answer;
	struct pdu read;
	size_t i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		len = frame(
		    cases[i].command, 0, cases[i].body, cases[i].len);
		assert_int_equal(
		    pdu_decode(wire, len, &read, &answer), PDU_BAD_BODY);
		assert_string_equal(pdu_status_name(answer),
		    pdu_status_name(cases[i].answer));
		assert_int_equal(read.command, cases[i].command);
		assert_int_equal(read.sequence, 77);
	}
}

static void
an_unknown_command_is_told_from_a_bad_one(void **state)
{
	static const uint32_t commands[] = { 0, 3, 7, 8, 0x21, 0x100, 0x10200,
		0x80000003, 0x8000000b, 0x80000102, 0xffffffff };
	enum pdu_status answer;
	struct pdu read;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		frame(commands[i], 5, BODY("whatever"));
		assert_int_equal(
		    pdu_decode(wire, 24, &read, &answer), PDU_UNKNOWN);
		assert_int_equal(answer, PDU_RINVCMDID);
		assert_int_equal(read.command, commands[i]);
		assert_int_equal(read.status, 5);
		assert_int_equal(read.sequence, 77);
	}
}

/* ---- TLVs */

static void
a_tlv_is_found_by_its_tag_and_the_first_one_counts(void **state)
{
	static const char body[] = TO_LENGTH "\0"
	    "\x99\x99\0\2zz" "\x05\x01\0\0" "\x13\x83\0\2ab"
	    "\x13\x83\0\2cd" "\x04\x24\0\5abcdef";
	struct pdu read;
	struct pdu_tlv tlv;
	size_t len = frame(PDU_DELIVER_SM, 0, BODY(body));

	(void)state;
	assert_int_equal(decode(len, &read), PDU_OK);
	assert_int_equal(len - read.tlvs.len, PDU_HEADER +
	    sizeof(TO_LENGTH) + 1); /* The last octet is no TLV. */
	assert_true(pdu_tlv_find(read.tlvs, PDU_TAG_USSD_SERVICE_OP, &tlv));
	assert_int_equal(tlv.len, 0);
	assert_true(pdu_tlv_find(read.tlvs, PDU_TAG_ITS_SESSION_INFO, &tlv));
	assert_same_octets(tlv.value, tlv.len, (const uint8_t *)"ab", 2);
	assert_true(pdu_tlv_find(read.tlvs, PDU_TAG_MESSAGE_PAYLOAD, &tlv));
	assert_same_octets(tlv.value, tlv.len, (const uint8_t *)"abcde", 5);
	assert_false(pdu_tlv_find(read.tlvs, PDU_TAG_MESSAGE_STATE, &tlv));
}

static void
a_tlv_that_is_cut_is_left_out_with_what_follows(void **state)
{
	static const char body[] = TO_LENGTH "\0" "\x05\x01\0\1\2"
	    "\x13\x83\0\10ab" "\x04\x24\0\1a";
	struct pdu read;
	size_t cut, len;

	(void)state;
	for (cut = 0; cut < 12; cut++) {
		len = frame(PDU_DELIVER_SM, 0, body, sizeof(body) - 1 - cut);
		assert_int_equal(decode(len, &read), PDU_OK);
		assert_int_equal(read.tlvs.len, 5);
	}
}

static void
a_thousand_tlvs_and_the_largest_one_pass(void **state)
{
	static uint8_t tlvs[PDU_MAX], value[PDU_MAX];
	struct pdu sent = { .command = PDU_SUBMIT_SM, .tlvs.octets = tlvs };
	struct pdu read;
	struct pdu_tlv tlv;
	size_t room = PDU_MAX - PDU_HEADER - 17, at = 0;
	uint16_t i;
	int len;

	(void)state;
	for (i = 0; i < 1000; i++)
		assert_int_equal(pdu_tlv_put(tlvs, sizeof(tlvs),
		    &sent.tlvs.len, (uint16_t)(0x1400 + i), &i, 2), 0);
	len = pdu_pack(&sent, wire, sizeof(wire));
	assert_int_equal(decode((size_t)len, &read), PDU_OK);
	assert_same_pdu(read, sent);
	for (i = 0; pdu_tlv_next(read.tlvs, &at, &tlv); i++)
		assert_int_equal(tlv.tag, 0x1400 + i);
	assert_int_equal(i, 1000);

	sent.tlvs.len = 0;
	assert_int_equal(pdu_tlv_put(tlvs, room, &sent.tlvs.len,
	    PDU_TAG_MESSAGE_PAYLOAD, value, (uint16_t)(room - 4)), 0);
	len = pdu_pack(&sent, wire, sizeof(wire));
	assert_int_equal(len, PDU_MAX);
	assert_int_equal(decode((size_t)len, &read), PDU_OK);
	assert_same_pdu(read, sent);
}

static void
a_tlv_that_does_not_fit_is_not_put(void **state)
{
	uint8_t octets[8];
	size_t len = 0;

	(void)state;
	assert_int_equal(pdu_tlv_put(octets, 8, &len, 1, "abcde", 5), -1);
	assert_int_equal(len, 0);
	assert_int_equal(pdu_tlv_put(octets, 8, &len, 1, "abcd", 4), 0);
	assert_int_equal(len, 8);
	assert_int_equal(pdu_tlv_put(octets, 8, &len, 1, NULL, 0), -1);
}

static void
a_hundred_thousand_malformed_tlvs_leak_nothing(void **state)
{
	static const char body[] = TO_LENGTH "\0"
	    "\x05\x01\0\1\1" "\x04\x24\xff\xff" "abc";
	size_t len = frame(PDU_DELIVER_SM, 0, BODY(body)), before;
	struct pdu read;
	int i;

	(void)state;
	before = mallinfo2().uordblks;
	for (i = 0; i < 100000; i++)
		if (decode(len, &read) != PDU_OK)
			fail();
	assert_int_equal(mallinfo2().uordblks, before);
}

/* ---- what it refuses of us */

static void
assert_refused(struct pdu pdu)
{
	struct evbuffer *out = evbuffer_new();

	assert_int_equal(pdu_encode(&pdu, out), -1);
	assert_int_equal(evbuffer_get_length(out), 0);
	evbuffer_free(out);
}

static void
a_field_that_does_not_fit_is_never_sent(void **state)
{
	static const uint8_t many[PDU_MAX];
	static const struct {
		size_t offset, len;
	} strings[] = {
		{ offsetof(struct pdu, service_type), 6 },
		{ offsetof(struct pdu, source.digits), 21 },
		{ offsetof(struct pdu, dest.digits), 66 },
		{ offsetof(struct pdu, validity_period), 17 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(strings); i++) {
		struct pdu pdu = { .command = PDU_SUBMIT_SM };

		memset((char *)&pdu + strings[i].offset, '1', strings[i].len);
		assert_refused(pdu);
	}
	assert_refused((struct pdu){ .command = PDU_SUBMIT_SM, .text = many,
	    .text_len = 255 });
	assert_refused((struct pdu){ .command = PDU_DATA_SM, .text = many,
	    .text_len = 1 });
	assert_refused((struct pdu){ .command = PDU_SUBMIT_SM,
	    .tlvs = { two_tlvs, sizeof(two_tlvs) - 1 } });
	assert_refused((struct pdu){ .command = PDU_SUBMIT_SM,
	    .tlvs = { many, PDU_MAX - PDU_HEADER - 16 } });
	assert_refused((struct pdu){ .command = 0x21 });
	assert_refused((struct pdu){ .command = RESP(PDU_OUTBIND) });
}

static void
a_pdu_is_packed_whole_or_not_at_all(void **state)
{
	int len, room;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		len = pdu_pack(&samples[i], wire, sizeof(wire));
		for (room = 0; room <= len; room++) {
			uint8_t *exact = malloc((size_t)room + 1);

			assert_int_equal(
			    pdu_pack(&samples[i], exact, (size_t)room),
			    room == len ? len : -1);
			free(exact);
		}
	}
}

/* ---- the library, and words */

static void
the_trace_is_silent_where_it_is_said_to_be(void **state)
{
	struct pdu outbind = { .command = PDU_OUTBIND, .password = "secret" };

	(void)state;
	assert_true(pdu_pack(&outbind, wire, sizeof(wire)) > 0);
	assert_memory_equal(pdu_codec(), "libsmpp34 ", 10);
	assert_int_equal(smpp34_strerror[0] == '\0',
	    strstr(pdu_codec(), ", trace silenced") != NULL);
	assert_int_equal(smpp34_strerror[0] != '\0',
	    strstr(pdu_codec(), ", shared library") != NULL);
}

static void
commands_and_statuses_have_names(void **state)
{
	(void)state;
	assert_string_equal(
	    pdu_command_name(RESP(PDU_SUBMIT_SM)), "submit_sm_resp");
	assert_string_equal(pdu_command_name(PDU_GENERIC_NACK), "generic_nack");
	assert_string_equal(pdu_command_name(0x21), "submit_multi");
	assert_string_equal(pdu_command_name(0xabc), "0x00000abc");
	assert_string_equal(
	    pdu_command_name(RESP(PDU_OUTBIND)), "0x8000000b");
	assert_string_equal(pdu_status_name(PDU_RTHROTTLED), "RTHROTTLED");
	assert_string_equal(pdu_status_name(0x401), "0x00000401");
}

static void
only_what_may_pass_is_sent_again(void **state)
{
	static const struct {
		uint32_t status;
		enum pdu_outcome outcome;
	} cases[] = {
		{ PDU_ROK, PDU_OUTCOME_OK },
		{ PDU_RTHROTTLED, PDU_OUTCOME_TEMPORARY },
		{ PDU_RMSGQFUL, PDU_OUTCOME_TEMPORARY },
		{ PDU_RSYSERR, PDU_OUTCOME_TEMPORARY },
		{ PDU_RX_T_APPN, PDU_OUTCOME_TEMPORARY },
		{ 0x4ff, PDU_OUTCOME_TEMPORARY },
		{ 0x59, PDU_OUTCOME_TEMPORARY },
		{ PDU_RINVDSTADR, PDU_OUTCOME_PERMANENT },
		{ PDU_RSUBMITFAIL, PDU_OUTCOME_PERMANENT },
		{ PDU_RX_P_APPN, PDU_OUTCOME_PERMANENT },
		{ 0x112, PDU_OUTCOME_PERMANENT },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(
		    pdu_outcome(cases[i].status), cases[i].outcome);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_comes_back_as_it_was_sent),
		cmocka_unit_test(
		    no_octet_of_a_judged_field_is_refused_or_changed),
		cmocka_unit_test(no_status_or_sequence_is_refused_or_changed),
		cmocka_unit_test(text_has_254_octets_at_most),
		cmocka_unit_test(an_error_to_a_submit_or_a_bind_has_no_body),
		cmocka_unit_test(a_response_completes_whatever_its_body),
		cmocka_unit_test(a_bad_request_is_answered_with_what_is_bad),
		cmocka_unit_test(an_unknown_command_is_told_from_a_bad_one),
		cmocka_unit_test(
		    a_tlv_is_found_by_its_tag_and_the_first_one_counts),
		cmocka_unit_test(
		    a_tlv_that_is_cut_is_left_out_with_what_follows),
		cmocka_unit_test(a_thousand_tlvs_and_the_largest_one_pass),
		cmocka_unit_test(a_tlv_that_does_not_fit_is_not_put),
		cmocka_unit_test(
		    a_hundred_thousand_malformed_tlvs_leak_nothing),
		cmocka_unit_test(a_field_that_does_not_fit_is_never_sent),
		cmocka_unit_test(a_pdu_is_packed_whole_or_not_at_all),
		cmocka_unit_test(the_trace_is_silent_where_it_is_said_to_be),
		cmocka_unit_test(commands_and_statuses_have_names),
		cmocka_unit_test(only_what_may_pass_is_sent_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

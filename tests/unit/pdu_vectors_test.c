/*
 * Every PDU of tests/vectors/smpp.json, as it came from the field: decoded
 * without a refusal, its fields, and what it means, compared key by key.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gateway/pdu.h"

#define OCTETS_MAX 4096

static json_t *vectors;

/* Where a key of "fields" stands in struct pdu. */
static const struct {
	const char *key;
	size_t offset;
	enum { TEXT, OCTET } kind;
} members[] = {
#define AT(key, member, kind) { key, offsetof(struct pdu, member), kind }
	AT("system_id", system_id, TEXT),
	AT("service_type", service_type, TEXT),
	AT("source_addr_ton", source.ton, OCTET),
	AT("source_addr_npi", source.npi, OCTET),
	AT("source_addr", source.digits, TEXT),
	AT("dest_addr_ton", dest.ton, OCTET),
	AT("dest_addr_npi", dest.npi, OCTET),
	AT("destination_addr", dest.digits, TEXT),
	AT("esm_class", esm_class, OCTET),
	AT("protocol_id", protocol_id, OCTET),
	AT("priority_flag", priority_flag, OCTET),
	AT("schedule_delivery_time", schedule_delivery_time, TEXT),
	AT("validity_period", validity_period, TEXT),
	AT("registered_delivery", registered_delivery, OCTET),
	AT("replace_if_present_flag", replace_if_present, OCTET),
	AT("data_coding", data_coding, OCTET),
	AT("sm_default_msg_id", sm_default_msg_id, OCTET),
	AT("message_id", message_id, TEXT),
};

/* ---- helpers */

static int
load_vectors(void **state)
{
	const char *dir = getenv("MLANGO_SRCDIR");
	json_error_t error;
	char path[4096];

	(void)state;
	snprintf(path, sizeof(path), "%s/tests/vectors/smpp.json",
	    dir == NULL ? "." : dir);
	vectors = json_load_file(path, JSON_ALLOW_NUL, &error);
	if (vectors == NULL)
		print_error("%s: %s\n", path, error.text);
	return vectors == NULL ? -1 : 0;
}

static int
free_vectors(void **state)
{
	(void)state;
	json_decref(vectors);
	return 0;
}

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static bool
is_kind(const json_t *vector, const char *kind)
{
	return strcmp(text_of(json_object_get(vector, "means"), "kind"),
	    kind) == 0;
}

static bool
tolerates(const json_t *vector, const char *oddity)
{
	json_t *list = json_object_get(
	    json_object_get(vector, "means"), "tolerate"), *name;
	size_t i;

	json_array_foreach(list, i, name)
		if (strcmp(json_string_value(name), oddity) == 0)
			return true;
	return false;
}

/* The octets of a vector that has some, or 0. */
static size_t
octets_of(const json_t *vector, uint8_t *octets)
{
	const char *hex = text_of(vector, "hex");

	if (hex == NULL)
		return 0;
	assert_true(strlen(hex) <= 2 * OCTETS_MAX);
	assert_int_equal(text_from_hex(hex, strlen(hex), octets), 0);
	return strlen(hex) / 2;
}

/* Decodes a vector; false when it has no hex. */
static bool
decode(const json_t *vector, uint8_t *octets, struct pdu *out)
{
	size_t len = octets_of(vector, octets);
	enum pdu_status answer;

	if (len == 0)
		return false;
	if (pdu_decode(octets, len, out, &answer) != PDU_OK)
		fail_msg("%s: refused with %s", text_of(vector, "name"),
		    pdu_status_name(answer));
	return true;
}

static void
assert_hex(const char *want, const uint8_t *octets, size_t len)
{
	char hex[2 * OCTETS_MAX + 1];

	text_to_hex(octets, len, hex);
	assert_string_equal(hex, want);
}

/* ---- tests */

static void
assert_tlvs(const json_t *want, struct pdu_tlvs tlvs)
{
	struct pdu_tlv tlv;
	size_t at = 0, i;
	json_t *one;

	json_array_foreach(want, i, one) {
		assert_true(pdu_tlv_next(tlvs, &at, &tlv));
		assert_int_equal(
		    tlv.tag, strtoul(text_of(one, "tag"), NULL, 16));
		assert_hex(text_of(one, "value_hex"), tlv.value, tlv.len);
	}
	assert_false(pdu_tlv_next(tlvs, &at, &tlv));
}

static void
assert_fields(const json_t *fields, const struct pdu *pdu)
{
	const char *text = text_of(fields, "short_message_hex");
	const char *member;
	json_t *want;
	size_t i;

	assert_int_equal(pdu->command,
	    strtoul(text_of(fields, "command_id"), NULL, 16));
	assert_int_equal(pdu->status,
	    strtoul(text_of(fields, "command_status"), NULL, 16));
	assert_int_equal(pdu->sequence,
	    json_integer_value(json_object_get(fields, "sequence_number")));
	for (i = 0; i < ARRAY_SIZE(members); i++) {
		want = json_object_get(fields, members[i].key);
		member = (const char *)pdu + members[i].offset;
		if (want != NULL && members[i].kind == TEXT)
			assert_string_equal(member, json_string_value(want));
		if (want != NULL && members[i].kind == OCTET)
			assert_int_equal((uint8_t)*member,
			    json_integer_value(want));
	}
	if (text != NULL)
		assert_hex(text, pdu->text, pdu->text_len);
	assert_tlvs(json_object_get(fields, "tlvs"), pdu->tlvs);
}

static void
every_pdu_from_the_field_is_taken_with_all_its_fields(void **state)
{
	uint8_t octets[OCTETS_MAX];
	struct pdu pdu;
	json_t *vector;
	size_t i;
	int taken = 0;

	(void)state;
	json_array_foreach(vectors, i, vector) {
		if (!decode(vector, octets, &pdu))
			continue;
		assert_fields(json_object_get(vector, "fields"), &pdu);
		taken++;
	}
	assert_true(taken > 30);
}

static void
every_well_formed_pdu_is_encoded_as_it_came(void **state)
{
	uint8_t octets[OCTETS_MAX], again[OCTETS_MAX];
	struct pdu pdu;
	json_t *vector;
	size_t i;
	int len;

	(void)state;
	json_array_foreach(vectors, i, vector) {
		if (!decode(vector, octets, &pdu) ||
		    tolerates(vector, "body_with_error"))
			continue;
		len = pdu_pack(&pdu, again, sizeof(again));
		assert_int_equal(len, octets_of(vector, octets));
		assert_memory_equal(again, octets, (size_t)len);
	}
}

static void
assert_congestion(const json_t *want, struct pdu_tlvs tlvs)
{
	struct pdu_tlv tlv;

	assert_int_equal(
	    pdu_tlv_find(tlvs, PDU_TAG_CONGESTION_STATE, &tlv), want != NULL);
	if (want != NULL)
		assert_int_equal(tlv.value[0], json_integer_value(want));
}

static void
a_response_means_what_it_should(void **state)
{
	static const char *const outcomes[] = {
		[PDU_OUTCOME_OK] = "ok",
		[PDU_OUTCOME_TEMPORARY] = "temporary",
		[PDU_OUTCOME_PERMANENT] = "permanent",
	};
	uint8_t octets[OCTETS_MAX];
	const json_t *means;
	struct pdu pdu;
	json_t *vector;
	size_t i;

	(void)state;
	json_array_foreach(vectors, i, vector) {
		means = json_object_get(vector, "means");
		if (!is_kind(vector, "response") ||
		    !decode(vector, octets, &pdu))
			continue;
		assert_string_equal(pdu_command_name(pdu.command),
		    text_of(means, "command"));
		assert_int_equal(pdu.status,
		    json_integer_value(json_object_get(means, "status")));
		assert_int_equal(pdu.sequence,
		    json_integer_value(json_object_get(means, "sequence")));
		assert_string_equal(outcomes[pdu_outcome(pdu.status)],
		    text_of(means, "outcome"));
		if (text_of(means, "message_id") != NULL)
			assert_string_equal(
			    pdu.message_id, text_of(means, "message_id"));
		if (text_of(means, "system_id") != NULL)
			assert_string_equal(
			    pdu.system_id, text_of(means, "system_id"));
		assert_congestion(
		    json_object_get(means, "congestion_state"), pdu.tlvs);
	}
}

static void
an_sms_from_a_citizen_means_what_it_should(void **state)
{
	uint8_t octets[OCTETS_MAX];
	const json_t *means;
	struct pdu pdu;
	json_t *vector;
	size_t i;
	int len;

	(void)state;
	json_array_foreach(vectors, i, vector) {
		means = json_object_get(vector, "means");
		if (!is_kind(vector, "mo_sms") ||
		    !decode(vector, octets, &pdu))
			continue;
		assert_string_equal(
		    pdu.source.digits, text_of(means, "msisdn"));
		assert_string_equal(pdu.dest.digits, text_of(means, "to"));
		assert_hex(text_of(means, "octets"), pdu.text, pdu.text_len);
		assert_int_equal(strcmp(text_of(means, "encoding"), "ucs2"),
		    pdu.data_coding == 8 ? 0 : 1);

		pdu = (struct pdu){ .command = PDU_DELIVER_SM | PDU_RESPONSE,
			.sequence = pdu.sequence };
		len = pdu_pack(&pdu, octets, sizeof(octets));
		assert_true(len > 0);
		assert_hex(text_of(means, "answer_pdu"), octets, (size_t)len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_pdu_from_the_field_is_taken_with_all_its_fields),
		cmocka_unit_test(every_well_formed_pdu_is_encoded_as_it_came),
		cmocka_unit_test(a_response_means_what_it_should),
		cmocka_unit_test(an_sms_from_a_citizen_means_what_it_should),
	};

	return cmocka_run_group_tests(tests, load_vectors, free_vectors);
}

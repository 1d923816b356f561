/*
 * The vectors: what real USSD centres sent and were sent, each compared key
 * by key with what the table makes of it.
 *
 * A vector whose dialect has no row is a failure unless it stands in the list
 * of those that are not covered, and so is one that need not stand there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/text.h"
#include "tests/unit/dialect_files.h"

#define HEX_MAX (2 * PDU_MAX + 1)

/* Names of vectors, and why nothing compares them. */
static const struct {
	const char *name, *why;
} not_covered[] = {
	{ "legacy_pssd_single_shot",
	    "the evidence leaves open whether it is a begin or an input" },
};

struct kept {
	struct dialect_files *files;
	struct arena *arena;
	json_t *vectors;
};

static const char *why_not_covered(const char *name);
static const struct dialect *dialect_of(
    const struct kept *k, const json_t *vector);
static void compare_in(const struct kept *k, const json_t *vector);
static void compare_key(const struct dialect *d, const struct ussd_event *event,
    const json_t *wanted);
static size_t part_named(const struct dialect *d, const char *name);
static const char *part_shown(const struct dialect *d,
    const struct ussd_event *event, size_t part);
static void compare_out(const struct kept *k, const json_t *vector);
static struct ussd_ref ref_of(const struct kept *k, const struct dialect *d,
    const json_t *vector);
static void compare_tlvs(const struct pdu *pdu, const json_t *wanted);
static struct pdu decoded(const struct kept *k, const json_t *vector);
static const char *text_at(const json_t *object, const char *key);
static int number_at(const json_t *object, const char *key);
static const char *bare_code(const struct kept *k, const char *code);
static const char *charset_name(const struct dialect *d, uint8_t data_coding);
static enum ussd_action action_named(const char *name);
static int is_kind(const json_t *vector, const char *kind);

static void
the_gateway_reads_what_operators_sent(void **state)
{
	const struct kept *k = *state;
	size_t i, compared = 0;
	json_t *vector;

	json_array_foreach(k->vectors, i, vector) {
		if (!is_kind(vector, "ussd_in") ||
		    why_not_covered(text_at(vector, "name")) != NULL)
			continue;
		compare_in(k, vector);
		compared++;
	}
	assert_int_equal(compared, 11);
}

static void
the_gateway_writes_what_operators_want(void **state)
{
	const struct kept *k = *state;
	size_t i, compared = 0;
	json_t *vector;

	json_array_foreach(k->vectors, i, vector) {
		if (!is_kind(vector, "ussd_out"))
			continue;
		compare_out(k, vector);
		compared++;
	}
	assert_int_equal(compared, 11);
}

static void
what_is_not_covered_is_listed_and_really_has_no_answer(void **state)
{
	const struct kept *k = *state;
	size_t i, listed = 0;
	json_t *vector, *means;

	json_array_foreach(k->vectors, i, vector) {
		if (why_not_covered(text_at(vector, "name")) == NULL)
			continue;
		means = json_object_get(vector, "means");
		assert_null(json_object_get(means, "event"));
		assert_null(json_object_get(means, "dialect"));
		listed++;
	}
	assert_int_equal(listed, ARRAY_SIZE(not_covered));
}

/* ---- in */

static void
compare_in(const struct kept *k, const json_t *vector)
{
	const json_t *means = json_object_get(vector, "means");
	const struct dialect *d = dialect_of(k, vector);
	const char *event = text_at(means, "event");
	struct pdu pdu = decoded(k, vector);
	struct ussd_event read;

	assert_int_equal(
	    dialect_read(d, &pdu, k->arena, &read), DIALECT_USSD);
	if (event != NULL)
		assert_string_equal(event, dialects_event_name(
		    strcmp(event, "begin") == 0 ? read.kind_if_new :
		    read.kind_if_known));
	assert_string_equal(read.msisdn, text_at(means, "msisdn"));
	compare_key(d, &read, json_object_get(means, "session_key"));
	if (text_at(means, "code") != NULL)
		assert_string_equal(bare_code(k, read.code),
		    bare_code(k, text_at(means, "code")));
	else
		assert_string_equal(read.code, "");
	assert_string_equal(read.input, text_at(means, "input") != NULL ?
	    text_at(means, "input") : "");
	assert_string_equal(charset_name(d, pdu.data_coding),
	    text_at(means, "encoding"));
}

static void
compare_key(const struct dialect *d, const struct ussd_event *event,
    const json_t *wanted)
{
	const char *name;
	json_t *value;
	size_t parts = 0, at;

	json_object_foreach((json_t *)(uintptr_t)wanted, name, value) {
		if (strcmp(name, "msisdn") == 0)
			continue;
		assert_string_equal(
		    part_shown(d, event, part_named(d, name)),
		    json_string_value(value));
		parts++;
	}
	for (at = 0; at < event->identity_len; at += 2u + event->identity[at + 1])
		parts--;
	assert_int_equal(parts, 0);
}

/* "tlv_0x1383" or "text_field_110". */
static size_t
part_named(const struct dialect *d, const char *name)
{
	unsigned long tag = strncmp(name, "tlv_", 4) == 0 ?
	    strtoul(name + 4, NULL, 16) : 0;
	size_t i;

	for (i = 0; i < d->part_count; i++) {
		const struct dialect_part *part = &d->parts[i];

		if (part->from == DIALECT_FROM_TLV &&
		    d->tlvs[part->tlv].tag == tag)
			return i;
		if (part->from == DIALECT_FROM_FIELD &&
		    strcmp(name + strlen("text_field_"), part->field) == 0)
			return i;
	}
	fail_msg("%s has no such part of a key: %s", d->name, name);
	return 0;
}

/* A TLV in hex, a field as it is. */
static const char *
part_shown(
    const struct dialect *d, const struct ussd_event *event, size_t part)
{
	static char out[200];
	const uint8_t *at = event->identity;
	const uint8_t *end = at + event->identity_len;

	for (; at < end; at += 2 + at[1]) {
		if (at[0] != part)
			continue;
		if (d->parts[part].from == DIALECT_FROM_FIELD)
			snprintf(out, sizeof(out), "%.*s", at[1],
			    (const char *)at + 2);
		else
			text_to_hex(at + 2, at[1], out);
		return out;
	}
	return "(absent)";
}

/* ---- out */

static void
compare_out(const struct kept *k, const json_t *vector)
{
	const json_t *means = json_object_get(vector, "means");
	const json_t *fields = json_object_get(vector, "fields");
	const struct dialect *d = dialect_of(k, vector);
	struct ussd_ref ref = ref_of(k, d, vector);
	struct ussd_reply reply;
	const struct pdu *pdu = &reply.pdus[0];
	uint8_t octets[1024];

	assert_int_equal(dialect_write(d,
	    action_named(text_at(means, "action")), &ref,
	    text_at(means, "text"), k->arena, &reply), 0);
	assert_int_equal(reply.count, 1);
	assert_int_equal(pdu->command, PDU_SUBMIT_SM);
	assert_string_equal(pdu->dest.digits, text_at(means, "msisdn"));
	assert_string_equal(
	    pdu->source.digits, text_at(fields, "source_addr"));
	assert_string_equal(
	    pdu->service_type, text_at(fields, "service_type"));
	assert_int_equal(pdu->esm_class, number_at(fields, "esm_class"));
	assert_int_equal(
	    pdu->priority_flag, number_at(fields, "priority_flag"));
	assert_string_equal(
	    dialect_text(d, pdu, k->arena), text_at(means, "text"));
	assert_int_equal(pdu->data_coding,
	    strtol(text_at(means, "data_coding"), NULL, 16));
	assert_string_equal(charset_name(d, pdu->data_coding),
	    text_at(means, "encoding"));
	compare_tlvs(pdu, json_object_get(means, "tlvs"));
	assert_true(pdu_pack(pdu, octets, sizeof(octets)) > PDU_HEADER);
}

/*
 * The request that this answers: the addresses the other way round, and those
 * TLVs that identify its session, without the bits that are ours to say.
 */
static struct ussd_ref
ref_of(const struct kept *k, const struct dialect *d, const json_t *vector)
{
	const json_t *fields = json_object_get(vector, "fields");
	struct pdu pdu = decoded(k, vector);
	struct ussd_ref ref = { .source = pdu.dest, .dest = pdu.source };
	uint8_t *tlvs = arena_alloc(k->arena, 100), value[8];
	struct pdu_tlv tlv;
	size_t i, j;

	for (i = 0; i < d->part_count; i++) {
		const struct dialect_part *part = &d->parts[i];

		if (!pdu_tlv_find(pdu.tlvs, d->tlvs[part->tlv].tag, &tlv))
			continue;
		for (j = 0; j < tlv.len; j++)
			value[j] = tlv.value[j] & part->mask[j];
		assert_int_equal(pdu_tlv_put(tlvs, 100, &ref.tlvs_len,
		    tlv.tag, value, tlv.len), 0);
	}
	ref.tlvs = tlvs;
	snprintf(ref.service_type, sizeof(ref.service_type), "%s",
	    text_at(fields, "service_type"));
	return ref;
}

static void
compare_tlvs(const struct pdu *pdu, const json_t *wanted)
{
	struct pdu_tlv tlv;
	char tag[8], hex[100];
	size_t at = 0, count = 0;

	while (pdu_tlv_next(pdu->tlvs, &at, &tlv)) {
		snprintf(tag, sizeof(tag), "0x%04x", tlv.tag);
		text_to_hex(tlv.value, tlv.len, hex);
		assert_non_null(text_at(wanted, tag));
		assert_string_equal(hex, text_at(wanted, tag));
		count++;
	}
	assert_int_equal(count, json_object_size(wanted));
}

/* ---- helpers */

static struct pdu
decoded(const struct kept *k, const json_t *vector)
{
	const char *hex = text_at(vector, "hex");
	size_t len = strlen(hex) / 2;
	uint8_t *octets = arena_alloc(k->arena, len + 1);
	enum pdu_status answer;
	struct pdu pdu;

	assert_int_equal(text_from_hex(hex, 2 * len, octets), 0);
	assert_int_equal(pdu_decode(octets, len, &pdu, &answer), PDU_OK);
	return pdu;
}

static const struct dialect *
dialect_of(const struct kept *k, const json_t *vector)
{
	const json_t *means = json_object_get(vector, "means");
	char name[64];
	size_t i;

	snprintf(name, sizeof(name), "%s%s", text_at(means, "dialect"),
	    json_is_true(json_object_get(means, "compat")) ? "_compat" : "");
	for (i = 0; name[i] != '\0'; i++)
		if (name[i] == '_')
			name[i] = '-';
	return dialect_files_find(k->files, name);
}

static const char *
why_not_covered(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(not_covered); i++)
		if (strcmp(name, not_covered[i].name) == 0)
			return not_covered[i].why;
	return NULL;
}

static int
is_kind(const json_t *vector, const char *kind)
{
	return strcmp(text_at(json_object_get(vector, "means"), "kind"),
	    kind) == 0;
}

static const char *
text_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static int
number_at(const json_t *object, const char *key)
{
	return (int)json_integer_value(json_object_get(object, key));
}

static const char *
bare_code(const struct kept *k, const char *code)
{
	size_t len;

	code += code[0] == '*';
	len = strlen(code);
	return arena_copy(
	    k->arena, code, len > 0 && code[len - 1] == '#' ? len - 1 : len);
}

static const char *
charset_name(const struct dialect *d, uint8_t data_coding)
{
	static const char *const names[] = {
		"gsm7", "latin1", "ascii", "ucs2"
	};

	return names[d->text.charset[data_coding]];
}

static enum ussd_action
action_named(const char *name)
{
	int i;

	for (i = 0; i < USSD_ACTIONS; i++)
		if (strcmp(
		    dialects_action_name((enum ussd_action)i), name) == 0)
			return (enum ussd_action)i;
	fail_msg("there is no action \"%s\"", name);
	return USSD_CONTINUE;
}

static int
set_up(void **state)
{
	struct kept *k;
	void *files;

	if (dialect_files_open(&files) == -1)
		return -1;
	k = arena_alloc(((struct dialect_files *)files)->arena, sizeof(*k));
	k->files = files;
	k->arena = k->files->arena;
	/* Some texts hold UCS-2 as if it were Latin-1. */
	k->vectors = json_load_file(dialect_files_path(
	    k->arena, "tests/vectors/smpp.json"), JSON_ALLOW_NUL, NULL);
	*state = k;
	return json_array_size(k->vectors) > 0 ? 0 : -1;
}

static int
tear_down(void **state)
{
	struct kept *k = *state;
	void *files = k->files;

	json_decref(k->vectors);
	return dialect_files_close(&files);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_gateway_reads_what_operators_sent),
		cmocka_unit_test(the_gateway_writes_what_operators_want),
		cmocka_unit_test(
		    what_is_not_covered_is_listed_and_really_has_no_answer),
	};

	return cmocka_run_group_tests_name(
	    "dialect vectors", tests, set_up, tear_down);
}

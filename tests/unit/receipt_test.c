/*
 * Receipts are read in whatever form operators write them: every receipt
 * among the vectors, its id and its state.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/text.h"
#include "gateway/receipt.h"

static json_t *
vectors(void)
{
	char path[4096];
	json_t *all;

	snprintf(path, sizeof(path), "%s/tests/vectors/smpp.json",
	    getenv("MLANGO_SRCDIR"));
	all = json_load_file(path, JSON_ALLOW_NUL, NULL);
	assert_non_null(all);
	return all;
}

/* A vector without octets of its own gives the text of a deliver_sm. */
static struct pdu
pdu_of(const json_t *v, struct arena *a)
{
	const char *hex = json_string_value(json_object_get(v, "hex"));
	json_t *fields = json_object_get(v, "fields");
	struct pdu pdu = { .command = PDU_DELIVER_SM };
	enum pdu_status answer;

	if (hex != NULL) {
		size_t len = strlen(hex) / 2;
		uint8_t *octets = arena_alloc(a, len + 1);

		assert_int_equal(text_from_hex(hex, len * 2, octets), 0);
		assert_int_equal(
		    pdu_decode(octets, len, &pdu, &answer), PDU_OK);
		return pdu;
	}
	pdu.text = (const uint8_t *)json_string_value(
	    json_object_get(fields, "short_message"));
	assert_non_null(pdu.text);
	pdu.text_len = strlen((const char *)pdu.text);
	pdu.esm_class = (uint8_t)json_integer_value(
	    json_object_get(fields, "esm_class"));
	return pdu;
}

static void
every_receipt_of_the_vectors_is_read(void **state)
{
	json_t *all = vectors(), *v, *means;
	size_t i, receipts = 0;

	(void)state;
	json_array_foreach (all, i, v) {
		struct arena *a = arena_new();
		struct receipt r;
		struct pdu pdu;

		means = json_object_get(v, "means");
		if (strcmp(json_string_value(json_object_get(means, "kind")),
		        "receipt") != 0) {
			arena_free(a);
			continue;
		}
		receipts++;
		pdu = pdu_of(v, a);
		if (!receipt_is(&pdu))
			fail_msg("%s: not seen as a receipt",
			    json_string_value(json_object_get(v, "name")));
		r = receipt_read(&pdu, a);
		assert_string_equal(r.id,
		    json_string_value(json_object_get(means, "id")));
		assert_string_equal(r.state,
		    json_string_value(json_object_get(means, "state")));
		assert_int_equal(r.final,
		    json_is_true(json_object_get(means, "final")));
		arena_free(a);
	}
	assert_int_equal(receipts, 17);
	json_decref(all);
}

static void
what_is_no_receipt_is_not_taken_for_one(void **state)
{
	static const uint8_t text[] = "id:1 stat:DELIVRD";
	struct pdu pdu = { .command = PDU_DELIVER_SM, .text = text,
		.text_len = sizeof(text) - 1 };

	(void)state;
	assert_false(receipt_is(&pdu));
	pdu.esm_class = 0x08;
	assert_false(receipt_is(&pdu));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_receipt_of_the_vectors_is_read),
		cmocka_unit_test(what_is_no_receipt_is_not_taken_for_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

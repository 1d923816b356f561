/*
 * Delivery receipts.
 *
 * The text's form is an appendix of SMPP 3.4 that nobody follows: fields come
 * in any order, some are missing, and words differ in length and case.
 */
#include <string.h>
#include <strings.h>

#include "gateway/receipt.h"

#define ESM_CLASS_TYPE    0x3c
#define ESM_CLASS_RECEIPT 0x04
#define UNKNOWN_STATE     7

/* By message_state (5.3.2.35). */
static const struct {
	const char *name;
	bool final;
} states[] = {
	{ "SCHEDULED", false },
	{ "ENROUTE", false },
	{ "DELIVRD", true },
	{ "EXPIRED", true },
	{ "DELETED", true },
	{ "UNDELIV", true },
	{ "ACCEPTD", false },
	{ "UNKNOWN", true },
	{ "REJECTD", true },
	{ "SKIPPED", true },
};

/* Other words that operators write for them. */
static const struct {
	const char *word;
	uint8_t state;
} words[] = {
	{ "DELIVERED", 2 },
	{ "FAILED", 5 },
	{ "UNDELIVERABLE", 5 },
	{ "ACCEPTED", 6 },
	{ "REJECTED", 8 },
};

static void read_tlvs(
    const struct pdu *pdu, struct arena *a, struct receipt *r, int *state);
static const char *field(
    struct arena *a, const char *text, size_t len, const char *name);
static int state_of(const char *word);

bool
receipt_is(const struct pdu *pdu)
{
	struct pdu_tlv tlv;

	return (pdu->esm_class & ESM_CLASS_TYPE) == ESM_CLASS_RECEIPT ||
	    pdu_tlv_find(pdu->tlvs, PDU_TAG_RECEIPTED_MESSAGE_ID, &tlv);
}

struct receipt
receipt_read(const struct pdu *pdu, struct arena *a)
{
	struct receipt r = { "", states[UNKNOWN_STATE].name, true };
	const char *text = (const char *)pdu->text, *word;
	size_t len = pdu->text_len;
	struct pdu_tlv payload;
	int state = -1;

	if (len == 0 &&
	    pdu_tlv_find(pdu->tlvs, PDU_TAG_MESSAGE_PAYLOAD, &payload)) {
		text = (const char *)payload.value;
		len = payload.len;
	}
	read_tlvs(pdu, a, &r, &state);
	if (*r.id == '\0' && (word = field(a, text, len, "id:")) != NULL)
		r.id = word;
	if (state == -1 && (word = field(a, text, len, "stat:")) != NULL)
		state = state_of(word);
	if (state == -1)
		state = UNKNOWN_STATE;
	r.state = states[state].name;
	r.final = states[state].final;
	return r;
}

static void
read_tlvs(const struct pdu *pdu, struct arena *a, struct receipt *r, int *state)
{
	struct pdu_tlv tlv;

	if (pdu_tlv_find(pdu->tlvs, PDU_TAG_RECEIPTED_MESSAGE_ID, &tlv))
		r->id = arena_string(
		    a, arena_copy(a, tlv.value, tlv.len)); /* ends at a NUL */
	if (pdu_tlv_find(pdu->tlvs, PDU_TAG_MESSAGE_STATE, &tlv) &&
	    tlv.len == 1 && tlv.value[0] < sizeof(states) / sizeof(states[0]))
		*state = tlv.value[0];
}

/* The word after NAME, which stands at the start or after a space. */
static const char *
field(struct arena *a, const char *text, size_t len, const char *name)
{
	size_t name_len = strlen(name), at, end;

	for (at = 0; at + name_len <= len; at++) {
		if (at > 0 && text[at - 1] != ' ')
			continue;
		if (strncasecmp(text + at, name, name_len) != 0)
			continue;
		at += name_len;
		while (at < len && text[at] == ' ')
			at++;
		for (end = at; end < len && text[end] > ' '; end++)
			;
		return end > at ? arena_copy(a, text + at, end - at) : NULL;
	}
	return NULL;
}

static int
state_of(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcasecmp(word, states[i].name) == 0)
			return (int)i;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(word, words[i].word) == 0)
			return words[i].state;
	return -1;
}

/*
 * Whose turn it is: the parts of the session key, and the operator's own
 * number of the turn.
 */
#include <string.h>

#include "gateway/dialect_parts.h"

#define WORDS_MAX 65
#define KEY_MAX   (DIALECT_PARTS * (2 + WORDS_MAX))

static size_t read_part(const struct dialect_reading *r,
    const struct dialect_part *part, uint8_t *out);
static size_t read_words(const char *text, uint8_t *out);

/*
 * Each part that is there goes in as its place in the table, its length and
 * its octets, so that no two keys can look alike.
 */
int
dialect_key_read(const struct dialect_reading *r, struct ussd_event *out)
{
	const struct dialect *d = r->d;
	uint8_t key[KEY_MAX];
	size_t i, took, len = 0;
	bool there = false;

	out->msisdn = arena_string(r->arena, r->pdu->source.digits);
	if (out->msisdn[0] == '\0' && !d->global)
		return -1;
	for (i = 0; i < d->part_count; i++) {
		if (d->parts[i].otherwise && there)
			continue;
		took = read_part(r, &d->parts[i], key + len + 2);
		there = took > 0;
		if (there) {
			key[len] = (uint8_t)i;
			key[len + 1] = (uint8_t)took;
			len += 2 + took;
		} else if (!d->parts[i].optional &&
		    !(i + 1 < d->part_count && d->parts[i + 1].otherwise))
			return -1;
	}
	out->identity = arena_copy(r->arena, key, len);
	out->identity_len = len;
	return 0;
}

/* How many octets it has; 0 where it is absent. */
static size_t
read_part(const struct dialect_reading *r, const struct dialect_part *part,
    uint8_t *out)
{
	const uint8_t *value;
	const char *field;
	size_t i;

	switch (part->from) {
	case DIALECT_FROM_TLV:
		value = r->scan.tlvs[part->tlv].value;
		for (i = 0; value != NULL && i < part->len; i++)
			out[i] = value[part->at + i] & part->mask[i];
		return value != NULL ? part->len : 0;
	case DIALECT_FROM_FIELD:
		field = dialect_wrap_value(
		    &r->d->wrap, &r->fields, part->field, r->arena);
		return field != NULL ? read_words(field, out) : 0;
	case DIALECT_FROM_SOURCE:
		return read_words(r->pdu->source.digits, out);
	case DIALECT_FROM_DESTINATION:
		return read_words(r->pdu->dest.digits, out);
	case DIALECT_FROM_TEXT:
	case DIALECT_FROM_SUBADDRESS:
		break;
	}
	return 0;
}

/* What is longer than any address cannot be kept whole, so it is no key. */
static size_t
read_words(const char *text, uint8_t *out)
{
	size_t len = strlen(text);

	if (len > WORDS_MAX)
		return 0;
	memcpy(out, text, len);
	return len;
}

void
dialect_key_turn(const struct dialect_reading *r, struct ussd_event *out)
{
	const struct dialect_turn *turn = &r->d->turn;
	const uint8_t *value;

	if (!turn->there)
		return;
	value = r->scan.tlvs[turn->tlv].value;
	if (value == NULL)
		return;
	out->has_turn = true;
	out->turn = (uint8_t)((value[turn->at] & turn->mask) >> turn->shift);
}

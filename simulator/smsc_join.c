/*
 * A handset shows a long message when all its parts are there (3GPP TS
 * 23.040, 9.2.3.24.1 and .8). It holds the parts of one at a time: those of
 * another reference push them out.
 */
#include <stdlib.h>
#include <string.h>

#include "simulator/smsc_inside.h"

#define ESM_UDH    0x40
#define IE_CONCAT  0x00
#define IE_CONCAT2 0x08

struct phone_parts {
	unsigned reference, total, count;
	char *texts[256]; /* by the part's number, from 1 */
};

struct part {
	unsigned reference, total, number;
};

static bool part_of(const struct pdu *pdu, struct part *out);
static const char *whole(struct phone_parts *parts, struct arena *a);
static void let_go(struct phone_parts *parts);

const char *
smsc_join(
    struct phone *p, const struct pdu *pdu, const char *text, struct arena *a)
{
	struct phone_parts *parts = p->parts;
	struct part part;

	if (!part_of(pdu, &part))
		return text;
	if (parts == NULL) {
		parts = p->parts = calloc(1, sizeof(*parts));
		CHECK(parts != NULL);
	}
	if (parts->reference != part.reference || parts->total != part.total)
		let_go(parts);
	parts->reference = part.reference;
	parts->total = part.total;
	if (parts->texts[part.number] == NULL) {
		parts->texts[part.number] = strdup(text);
		CHECK(parts->texts[part.number] != NULL);
		parts->count++;
	}
	return parts->count == parts->total ? whole(parts, a) : NULL;
}

void
smsc_join_free(struct phone *p)
{
	if (p->parts != NULL)
		let_go(p->parts);
	free(p->parts);
}

/* False for what is no part, or makes no sense as one. */
static bool
part_of(const struct pdu *pdu, struct part *out)
{
	const uint8_t *udh = pdu->text;
	size_t at, len = pdu->text_len > 0 ? udh[0] + 1u : 0;

	if ((pdu->esm_class & ESM_UDH) == 0 || len > pdu->text_len)
		return false;
	for (at = 1; at + 2 <= len; at += 2u + udh[at + 1]) {
		const uint8_t *value = udh + at + 2;
		bool wide = udh[at] == IE_CONCAT2;
		unsigned octets = wide ? 4 : 3;

		if ((udh[at] != IE_CONCAT && !wide) || udh[at + 1] != octets ||
		    at + 2 + octets > len)
			continue;
		out->reference = wide ? value[0] << 8 | value[1] : value[0];
		out->total = value[octets - 2];
		out->number = value[octets - 1];
		return out->number > 0 && out->number <= out->total;
	}
	return false;
}

static const char *
whole(struct phone_parts *parts, struct arena *a)
{
	const char *text = "";
	unsigned i;

	for (i = 1; i <= parts->total; i++)
		text = arena_printf(a, "%s%s", text, parts->texts[i]);
	let_go(parts);
	return text;
}

static void
let_go(struct phone_parts *parts)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(parts->texts); i++)
		free(parts->texts[i]);
	*parts = (struct phone_parts){ 0 };
}

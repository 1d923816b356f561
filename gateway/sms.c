/*
 * A text as the short messages that carry it.
 */
#include <string.h>

#include "base/gsm.h"
#include "gateway/sms.h"

#define ESM_CLASS_UDHI 0x40
#define CODING_DEFAULT 0x00
#define CODING_UCS2    0x08
#define GSM_ESCAPE     0x1b
#define UDH_LEN        6

/* Units are octets as they travel: a septet takes one, a UCS-2 unit two. */
#define GSM_WHOLE  160
#define GSM_PART   153
#define UCS2_WHOLE 140
#define UCS2_PART  134

static size_t cut(const uint8_t *octets, size_t len, size_t room, bool gsm);
static const uint8_t *with_header(struct arena *a, const uint8_t *octets,
    size_t len, const uint8_t header[UDH_LEN]);

size_t
sms_split(struct arena *a, const char *text, uint8_t reference,
    struct sms_part parts[SMS_PARTS_MAX])
{
	bool gsm = gsm_measure(text, strlen(text)).in_alphabet;
	size_t len, at, took, count = 0, i;
	const uint8_t *octets = gsm ? gsm_encode(a, text, strlen(text), &len)
				    : gsm_to_utf16(a, text, strlen(text), &len);
	uint8_t coding = gsm ? CODING_DEFAULT : CODING_UCS2;

	if (len <= (gsm ? GSM_WHOLE : UCS2_WHOLE)) {
		parts[0] = (struct sms_part){ 0, coding, octets, len };
		return 1;
	}
	for (at = 0; at < len && count < SMS_PARTS_MAX; at += took) {
		took =
		    cut(octets + at, len - at, gsm ? GSM_PART : UCS2_PART, gsm);
		parts[count++] = (struct sms_part){ ESM_CLASS_UDHI, coding,
			octets + at, took };
	}
	for (i = 0; i < count; i++) {
		uint8_t header[UDH_LEN] = { UDH_LEN - 1, 0, 3, reference,
			(uint8_t)count, (uint8_t)(i + 1) };

		parts[i].octets =
		    with_header(a, parts[i].octets, parts[i].len, header);
		parts[i].len += UDH_LEN;
	}
	return count;
}

/* Never between an escape and its character, nor inside a surrogate pair. */
static size_t
cut(const uint8_t *octets, size_t len, size_t room, bool gsm)
{
	if (len <= room)
		return len;
	if (gsm)
		return octets[room - 1] == GSM_ESCAPE ? room - 1 : room;
	return (octets[room - 2] & 0xfc) == 0xd8 ? room - 2 : room;
}

static const uint8_t *
with_header(struct arena *a, const uint8_t *octets, size_t len,
    const uint8_t header[UDH_LEN])
{
	uint8_t *whole = arena_alloc(a, UDH_LEN + len);

	memcpy(whole, header, UDH_LEN);
	memcpy(whole + UDH_LEN, octets, len);
	return whole;
}

/*
 * A text as the short messages that carry it. Pure.
 *
 * 3GPP TS 23.040, 9.2.3.24.1: a text past 160 septets (70 in UCS-2) goes in
 * parts of 153 (67), each led by a user data header that says which it is.
 */
#ifndef GATEWAY_SMS_H
#define GATEWAY_SMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define SMS_PARTS_MAX 8

struct sms_part {
	uint8_t esm_class;
	uint8_t data_coding;
	const uint8_t *octets;
	size_t len;
};

/* How many parts, in PARTS; what does not fit SMS_PARTS_MAX is left out, at a
 * character's border. REFERENCE ties them together and must be the same when
 * the message is sent again. */
size_t sms_split(struct arena *a, const char *text, uint8_t reference,
    struct sms_part parts[SMS_PARTS_MAX]);

#endif

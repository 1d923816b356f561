/*
 * GSM 03.38 (3GPP TS 23.038): the alphabet of screens and messages, how much
 * room a text takes in it, and the way in and out of UTF-8. ICU stays behind
 * this wall; a text of plain letters never gets that far. Bad UTF-8 counts and
 * goes out as one '?' an octet.
 */
#ifndef BASE_GSM_H
#define BASE_GSM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * The room a UTF-8 text takes. In the default alphabet a character is one
 * septet, or two where it is in the extension table ([ ] { } ^ ~ \ | and the
 * euro); one character outside both makes the whole text UCS-2, where a
 * character past U+FFFF takes two.
 */
struct gsm_room {
	size_t septets; /* meaningful only while in_alphabet */
	size_t ucs2;
	bool in_alphabet;
};
struct gsm_room gsm_measure(const char *utf8, size_t len);

/* 1, 2, or 0 when the alphabet does not have the character. */
int gsm_septets(uint32_t character);

/*
 * UTF-8 to one octet a septet (unpacked) and back. Encoding a text outside
 * the alphabet writes '?' for what is not there; decoding reads an unknown
 * extension as its plain character (23.038, 6.2.1.1), an octet over 0x7f
 * as U+FFFD.
 */
uint8_t *gsm_encode(
    struct arena *a, const char *utf8, size_t len, size_t *out_len);
char *gsm_decode(struct arena *a, const uint8_t *octets, size_t len);

/*
 * UCS-2, in truth UTF-16BE: a lone surrogate or an odd last octet reads
 * U+FFFD. A NUL is dropped, here and in Latin-1: what follows it would be lost.
 */
uint8_t *gsm_to_utf16(
    struct arena *a, const char *utf8, size_t len, size_t *out_len);
char *gsm_from_utf16(struct arena *a, const uint8_t *octets, size_t len);

/* ISO 8859-1 octets as UTF-8. */
char *gsm_from_latin1(struct arena *a, const uint8_t *octets, size_t len);

/*
 * TEXT with every character that the alphabet lacks replaced by its nearest
 * kin (a curly quote by a straight one), and by '?' where there is none.
 * Control characters other than a line feed, and those that turn the reading
 * direction, are dropped. Bad UTF-8 reads as '?'.
 */
char *gsm_transliterate(struct arena *a, const char *utf8, size_t len);

/* The same cleaning for a text that may leave the alphabet. */
char *gsm_clean(struct arena *a, const char *utf8, size_t len);

#endif

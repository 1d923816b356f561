/*
 * Small questions about text: UTF-8, hex, masks, the nearest word.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"

/*
 * The character at TEXT (LEN > 0) and how many octets it takes. What is not
 * UTF-8 (RFC 3629: no overlong form, no surrogate, nothing past U+10FFFF) is
 * one octet long and reads as TEXT_BAD.
 */
#define TEXT_BAD 0xffffffff
size_t text_next(const char *text, size_t len, uint32_t *character);
bool text_is_utf8(const char *text, size_t len);

/* Writes up to 4 octets and returns how many; CHARACTER is a scalar value. */
size_t text_put(uint32_t character, char out[4]);

/* OUT takes 2 * LEN + 1 octets, lower case. */
void text_to_hex(const void *data, size_t len, char *out);

/* LEN hex digits into LEN / 2 octets; -1 when they are not. */
MUST_USE int text_from_hex(const char *hex, size_t len, void *out);

/* 255712345123 as 2557****123; of less than 10, only how many there are. */
#define TEXT_MASKED 32
void text_mask(const char *number, char out[TEXT_MASKED]);

/*
 * The word of WORDS (ended by NULL) nearest to WORD by edits and swaps, or
 * NULL when none is near enough to be what was meant.
 */
const char *text_nearest(const char *word, const char *const *words);

bool text_is_digits(const char *text);

/*
 * A control character of C0 or C1, a line feed among them, or one that turns
 * the reading direction: what may hide or forge what a person reads.
 */
bool text_is_control(uint32_t character);

#endif

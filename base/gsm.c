/*
 * GSM 03.38 by two small tables, one for each direction, made from ICU's when
 * the first text comes by. Measuring and encoding are look-ups after that.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/gsm_icu.h"
#include "base/text.h"

/* The euro, U+20AC, is the alphabet's last character. */
#define CODES_MAX 0x2100

#define REPLACEMENT 0xfffd

/* Septets 0 is a character that the alphabet lacks. */
struct code {
	uint8_t septets;
	uint8_t last; /* after the escape, where there are two */
};

static struct gsm_alphabet alphabet;
static struct code codes[CODES_MAX];

static const struct code *code_of(uint32_t character);
static void make_codes(void);
static void enter(const uint16_t table[GSM_SEPTETS], uint8_t septets);
static size_t next(const char *text, size_t len, uint32_t *character);
static uint32_t decode_pair(const uint8_t *octets, size_t len, size_t *took);
static void put_unit(uint8_t **at, uint32_t unit);
static uint32_t next_utf16(const uint8_t *octets, size_t len, size_t *took);
static uint32_t unit_at(const uint8_t *octets, size_t len);
static bool is_high(uint32_t unit);
static bool is_low(uint32_t unit);
static bool needs_kin(const char *utf8, size_t len);
static void replace_strangers(char *text);

struct gsm_room
gsm_measure(const char *utf8, size_t len)
{
	struct gsm_room room = { .in_alphabet = true };
	uint32_t character;
	size_t took;

	for (; len > 0; utf8 += took, len -= took) {
		const struct code *code;

		took = next(utf8, len, &character);
		code = code_of(character);
		room.septets += code->septets;
		room.ucs2 += character > 0xffff ? 2 : 1;
		if (code->septets == 0)
			room.in_alphabet = false;
	}
	return room;
}

int
gsm_septets(uint32_t character)
{
	return code_of(character)->septets;
}

static const struct code *
code_of(uint32_t character)
{
	static const struct code none;

	if (codes['a'].septets == 0)
		make_codes();
	return character < CODES_MAX ? &codes[character] : &none;
}

static void
make_codes(void)
{
	gsm_icu_alphabet(&alphabet);
	enter(alphabet.plain, 1);
	enter(alphabet.extension, 2);
}

static void
enter(const uint16_t table[GSM_SEPTETS], uint8_t septets)
{
	int i;

	for (i = 0; i < GSM_SEPTETS; i++) {
		CHECK(table[i] < CODES_MAX);
		if (table[i] != 0)
			codes[table[i]] = (struct code){ septets, (uint8_t)i };
	}
}

/* The next character, by a short way for ASCII; bad UTF-8 reads as '?'. */
static inline size_t
next(const char *text, size_t len, uint32_t *character)
{
	size_t took;

	*character = (unsigned char)*text;
	if (*character < 0x80)
		return 1;
	took = text_next(text, len, character);
	if (*character == TEXT_BAD)
		*character = '?';
	return took;
}

uint8_t *
gsm_encode(struct arena *a, const char *utf8, size_t len, size_t *out_len)
{
	/* No character has fewer octets in UTF-8 than half its septets. */
	uint8_t *octets = arena_alloc(a, 2 * len), *at = octets;
	uint32_t character;
	size_t took;

	for (; len > 0; utf8 += took, len -= took) {
		const struct code *code;

		took = next(utf8, len, &character);
		code = code_of(character);
		if (code->septets == 2)
			*at++ = GSM_ESCAPE;
		*at++ = code->septets > 0 ? code->last : '?';
	}
	*out_len = (size_t)(at - octets);
	return octets;
}

char *
gsm_decode(struct arena *a, const uint8_t *octets, size_t len)
{
	char *text = arena_alloc(a, 3 * len + 1), *at = text;
	size_t took;

	(void)code_of('a'); /* The alphabet is there from here on. */
	for (; len > 0; octets += took, len -= took)
		at += text_put(decode_pair(octets, len, &took), at);
	*at = '\0';
	return text;
}

static uint32_t
decode_pair(const uint8_t *octets, size_t len, size_t *took)
{
	*took = 1;
	if (octets[0] >= GSM_SEPTETS)
		return REPLACEMENT;
	if (octets[0] != GSM_ESCAPE)
		return alphabet.plain[octets[0]];
	/* An escape to nothing, or to yet another table, is a space. */
	if (len < 2 || octets[1] >= GSM_SEPTETS)
		return ' ';
	*took = 2;
	if (octets[1] == GSM_ESCAPE)
		return ' ';
	if (alphabet.extension[octets[1]] != 0)
		return alphabet.extension[octets[1]];
	return alphabet.plain[octets[1]];
}

uint8_t *
gsm_to_utf16(struct arena *a, const char *utf8, size_t len, size_t *out_len)
{
	uint8_t *octets = arena_alloc(a, 2 * len), *at = octets;
	uint32_t character;
	size_t took;

	for (; len > 0; utf8 += took, len -= took) {
		took = next(utf8, len, &character);
		if (character > 0xffff) {
			put_unit(&at, 0xd800 | (character - 0x10000) >> 10);
			put_unit(&at, 0xdc00 | (character & 0x3ff));
		} else
			put_unit(&at, character);
	}
	*out_len = (size_t)(at - octets);
	return octets;
}

static void
put_unit(uint8_t **at, uint32_t unit)
{
	*(*at)++ = (uint8_t)(unit >> 8);
	*(*at)++ = (uint8_t)unit;
}

char *
gsm_from_utf16(struct arena *a, const uint8_t *octets, size_t len)
{
	/* Two octets become three at most, and so does an odd last one. */
	char *text = arena_alloc(a, 3 * (len / 2 + 1) + 1), *at = text;
	uint32_t character;
	size_t took;

	for (; len > 0; octets += took, len -= took) {
		character = next_utf16(octets, len, &took);
		if (character != 0)
			at += text_put(character, at);
	}
	*at = '\0';
	return text;
}

static uint32_t
next_utf16(const uint8_t *octets, size_t len, size_t *took)
{
	uint32_t unit = unit_at(octets, len), low;

	*took = len < 2 ? 1 : 2;
	if (!is_high(unit) && !is_low(unit))
		return unit;
	low = is_high(unit) && len > 2 ? unit_at(octets + 2, len - 2) : 0;
	if (!is_low(low))
		return REPLACEMENT;
	*took = 4;
	return 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff));
}

static uint32_t
unit_at(const uint8_t *octets, size_t len)
{
	return len < 2 ? REPLACEMENT : (uint32_t)octets[0] << 8 | octets[1];
}

static bool
is_high(uint32_t unit)
{
	return unit >= 0xd800 && unit < 0xdc00;
}

static bool
is_low(uint32_t unit)
{
	return unit >= 0xdc00 && unit < 0xe000;
}

char *
gsm_from_latin1(struct arena *a, const uint8_t *octets, size_t len)
{
	char *text = arena_alloc(a, 2 * len + 1), *at = text;

	for (; len > 0; octets++, len--)
		if (*octets != 0)
			at += text_put(*octets, at);
	*at = '\0';
	return text;
}

char *
gsm_transliterate(struct arena *a, const char *utf8, size_t len)
{
	char *text = gsm_clean(a, utf8, len);

	len = strlen(text);
	if (!needs_kin(text, len))
		return text;
	text = gsm_icu_kin(a, &alphabet, text, len);
	replace_strangers(text);
	return text;
}

static bool
needs_kin(const char *utf8, size_t len)
{
	return !gsm_measure(utf8, len).in_alphabet;
}

/* In place: '?' is never longer than what it stands for. */
static void
replace_strangers(char *text)
{
	size_t len = strlen(text), took;
	char *out = text;
	uint32_t character;

	for (; len > 0; text += took, len -= took) {
		took = next(text, len, &character);
		if (gsm_septets(character) == 0)
			character = '?';
		out += text_put(character, out);
	}
	*out = '\0';
}

char *
gsm_clean(struct arena *a, const char *utf8, size_t len)
{
	char *text = arena_alloc(a, len + 1), *at = text;
	uint32_t character;
	size_t took;

	for (; len > 0; utf8 += took, len -= took) {
		took = next(utf8, len, &character);
		if (character == '\n' || !text_is_control(character))
			at += text_put(character, at);
	}
	*at = '\0';
	return text;
}

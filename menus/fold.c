/*
 * Folding what people type.
 */
#include <stdbool.h>
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "menus/fold.h"

static size_t put_folded(char *at, uint32_t c);
static size_t put_plain(char *at, uint32_t c);

char *
fold_spaces(struct arena *a, const char *text)
{
	size_t left = strlen(text), took;
	char *folded = arena_alloc(a, left + 1), *at = folded;
	bool parted = false;
	uint32_t c;

	for (; left > 0; text += took, left -= took) {
		took = text_next(text, left, &c);
		if (fold_is_space(c)) {
			parted = at > folded;
			continue;
		}
		if (parted)
			*at++ = ' ';
		parted = false;
		memcpy(at, text, took);
		at += took;
	}
	*at = '\0';
	return folded;
}

char *
fold_words(struct arena *a, const char *text)
{
	const char *spaced = fold_spaces(a, text);
	const char *plain = gsm_transliterate(a, spaced, strlen(spaced));
	size_t left = strlen(plain), took;
	/* One letter of two octets becomes two letters at most. */
	char *folded = arena_alloc(a, left + 1), *at = folded;
	uint32_t c;

	for (; left > 0; plain += took, left -= took) {
		took = text_next(plain, left, &c);
		at += put_folded(at, c);
	}
	*at = '\0';
	return fold_spaces(a, folded);
}

bool
fold_is_space(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 ||
	    c == 0x1680 || (c >= 0x2000 && c <= 0x200b) || c == 0x2028 ||
	    c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 ||
	    c == 0xfeff;
}

/* An apostrophe joins ("ng'ombe"), every other mark parts. */
static size_t
put_folded(char *at, uint32_t c)
{
	if (c == '\'')
		return 0;
	if (c >= 'a' && c <= 'z')
		c -= 'a' - 'A';
	else if (c >= 0x80)
		return put_plain(at, c);
	*at = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? (char)c : ' ';
	return 1;
}

/* The accented letters of the GSM alphabet; its Greek ones part. */
static size_t
put_plain(char *at, uint32_t c)
{
	static const char from_c0[] =
	    "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO OUUUUYTY";

	*at = c >= 0xc0 && c <= 0xff ? from_c0[c - 0xc0] : ' ';
	if (c != 0xc6 && c != 0xe6 && c != 0xdf)
		return 1;
	at[1] = c == 0xdf ? 'S' : 'E';
	return 2;
}

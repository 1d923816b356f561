/*
 * Small questions about text.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define NEAREST_MAX 64

/* Seven digits of a number are shown; at least three must stay hidden. */
#define MASKABLE_MIN 10
#define MASKABLE_MAX 20

static size_t sequence_length(unsigned char lead);
static int hex_value(char c);
static size_t edits(const char *a, const char *b);
static size_t least(size_t a, size_t b);

size_t
text_next(const char *text, size_t len, uint32_t *character)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *at = (const unsigned char *)text;
	size_t need = sequence_length(at[0]), i;
	uint32_t c;

	*character = TEXT_BAD;
	if (need == 0 || need > len)
		return 1;
	c = need == 1 ? at[0] : at[0] & (0x7fu >> need);
	for (i = 1; i < need; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 1;
		c = c << 6 | (at[i] & 0x3f);
	}
	if (c < smallest[need] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 1;
	*character = c;
	return need;
}

bool
text_is_utf8(const char *text, size_t len)
{
	uint32_t c;
	size_t took;

	while (len > 0) {
		took = text_next(text, len, &c);
		if (c == TEXT_BAD)
			return false;
		text += took;
		len -= took;
	}
	return true;
}

size_t
text_put(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

void
text_to_hex(const void *data, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *at = data;

	for (; len > 0; len--, at++) {
		*out++ = digits[*at >> 4];
		*out++ = digits[*at & 15];
	}
	*out = '\0';
}

int
text_from_hex(const char *hex, size_t len, void *out)
{
	uint8_t *at = out;
	size_t i;

	if (len % 2 != 0)
		return -1;
	for (i = 0; i < len; i += 2) {
		int high = hex_value(hex[i]), low = hex_value(hex[i + 1]);

		if (high == -1 || low == -1)
			return -1;
		*at++ = (uint8_t)(high << 4 | low);
	}
	return 0;
}

void
text_mask(const char *number, char out[TEXT_MASKED])
{
	size_t len = strlen(number);

	if (len < MASKABLE_MIN || len > MASKABLE_MAX)
		snprintf(out, TEXT_MASKED, "(%zu digits)", len);
	else
		snprintf(
		    out, TEXT_MASKED, "%.4s****%s", number, number + len - 3);
}

const char *
text_nearest(const char *word, const char *const *words)
{
	const char *best = NULL;
	size_t len = strlen(word), best_edits = len / 3 + 1, n;

	/* Something of the word must stay, or it is another word. */
	if (best_edits >= len)
		best_edits = len > 0 ? len - 1 : 0;

	for (; *words != NULL; words++) {
		n = edits(word, *words);
		if (n <= best_edits && (best == NULL || n < best_edits)) {
			best = *words;
			best_edits = n;
		}
	}
	return best;
}

bool
text_is_digits(const char *text)
{
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

bool
text_is_control(uint32_t c)
{
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return true;
	/* The marks, embeddings, overrides and isolates of UAX 9. */
	return c == 0x61c || c == 0x200e || c == 0x200f ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static size_t
sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead < 0xe0)
		return 2;
	if (lead >= 0xe0 && lead < 0xf0)
		return 3;
	if (lead >= 0xf0 && lead < 0xf5)
		return 4;
	return 0;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/*
 * Optimal string alignment: insert, delete, replace, swap neighbours. Long
 * words are near to none.
 */
static size_t
edits(const char *a, const char *b)
{
	size_t rows[3][NEAREST_MAX + 1], la = strlen(a), lb = strlen(b);
	size_t *before = rows[0], *above = rows[1], *row = rows[2], *spare;
	size_t i, j;

	if (la > NEAREST_MAX || lb > NEAREST_MAX)
		return SIZE_MAX;
	for (j = 0; j <= lb; j++)
		above[j] = before[j] = j;
	for (i = 1; i <= la; i++) {
		row[0] = i;
		for (j = 1; j <= lb; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1);
			row[j] = least(
			    row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		spare = before;
		before = above;
		above = row;
		row = spare;
	}
	return above[lb];
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Every character is taken as one column wide, as a feature phone's are.
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "simulator/phone_display.h"

struct lines {
	const char *corners[4]; /* upper left and right, lower left and right */
	const char *across, *down;
};

static const struct lines drawn = {
	{ "\u250c", "\u2510", "\u2514", "\u2518" },
	"\u2500",
	"\u2502",
};
static const struct lines typed = { { "+", "+", "+", "+" }, "-", "|" };

static void draw_edge(FILE *out, const struct lines *l, const char *left,
    const char *right, const char *word);
static size_t columns(const char *text, size_t len);

void
display_draw(FILE *out, bool unicode, const char *title, const char *text,
    const char *foot)
{
	const struct lines *l = unicode ? &drawn : &typed;
	size_t len, skip;

	draw_edge(out, l, l->corners[0], l->corners[1], title);
	do {
		len = display_row(text, DISPLAY_WIDTH, &skip);
		fprintf(out, "%s %.*s%*s %s\n", l->down, (int)len, text,
		    (int)(DISPLAY_WIDTH - columns(text, len)), "", l->down);
		text += len + skip;
	} while (*text != '\0');
	draw_edge(out, l, l->corners[2], l->corners[3], foot);
}

size_t
display_row(const char *text, size_t width, size_t *skip)
{
	size_t len = strcspn(text, "\n"), at = 0, fits, word = 0, column;
	uint32_t character;

	for (column = 0; at < len && column < width; column++) {
		if (text[at] == ' ')
			word = at;
		at += text_next(text + at, len - at, &character);
	}
	fits = at;
	if (at == len || text[at] == ' ')
		word = at;
	*skip = text[len] == '\n' && at == len;
	if (at == len || word == 0)
		return fits;
	*skip = 1; /* the space */
	return word;
}

static void
draw_edge(FILE *out, const struct lines *l, const char *left, const char *right,
    const char *word)
{
	size_t column = 0, wide = DISPLAY_WIDTH + 2;

	fputs(left, out);
	if (word[0] != '\0') {
		fprintf(out, "%s %s ", l->across, word);
		column = columns(word, strlen(word)) + 3;
	}
	for (; column < wide; column++)
		fputs(l->across, out);
	fprintf(out, "%s\n", right);
}

static size_t
columns(const char *text, size_t len)
{
	size_t at, count = 0;
	uint32_t character;

	for (at = 0; at < len; count++)
		at += text_next(text + at, len - at, &character);
	return count;
}

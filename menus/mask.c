/*
 * A mask shows fewer characters of a short value, and of a long one does not
 * tell how long it is.
 */
#include <string.h>

#include "base/text.h"
#include "menus/mask.h"

#define STARS 3

/* Of a value of at least so many characters, so many at its ends are shown. */
static const struct {
	size_t least, head, tail;
} shown[] = { { 8, 3, 2 }, { 5, 1, 1 }, { 2, 0, 1 }, { 0, 0, 0 } };

static char character_at(const char *text, size_t at);

char *
mask(struct arena *a, const char *text)
{
	size_t left = strlen(text), count = 0, stars, i, row = 0;
	const char *from = text;
	uint32_t c;
	char *out, *to;

	for (; left > 0; count++) {
		size_t took = text_next(from, left, &c);

		from += took;
		left -= took;
	}
	while (count < shown[row].least)
		row++;
	stars = count - shown[row].head - shown[row].tail;
	if (stars > STARS)
		stars = STARS;
	out = to =
	    arena_alloc(a, shown[row].head + stars + shown[row].tail + 1);
	for (i = 0; i < shown[row].head; i++)
		*to++ = character_at(text, i);
	for (i = 0; i < stars; i++)
		*to++ = '*';
	for (i = count - shown[row].tail; i < count; i++)
		*to++ = character_at(text, i);
	return out;
}

static char
character_at(const char *text, size_t at)
{
	size_t left = strlen(text), took;
	uint32_t c = 0;

	for (;; text += took, left -= took) {
		took = text_next(text, left, &c);
		if (at-- == 0)
			break;
	}
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z'))
		return (char)c;
	return '*';
}

/*
 * Packed rows. The empty text has none; otherwise there is one more than
 * there are separators.
 */
#include <string.h>

#include "menus/rows.h"

static const char *part(const char *from, const char *end, char separator,
    size_t number, const char **part_end);

size_t
rows_count(const char *packed)
{
	size_t count = 1;

	if (packed == NULL || *packed == '\0')
		return 0;
	for (; *packed != '\0'; packed++)
		count += *packed == ROWS_ROW;
	return count;
}

const char *
rows_cell(struct arena *a, const char *packed, size_t row, size_t column)
{
	const char *from, *end;

	if (packed == NULL || *packed == '\0')
		return NULL;
	end = packed + strlen(packed);
	from = part(packed, end, ROWS_ROW, row, &end);
	if (from != NULL)
		from = part(from, end, ROWS_COLUMN, column, &end);
	return from == NULL ? NULL : arena_copy(a, from, (size_t)(end - from));
}

/* The part with that NUMBER, and its end; NULL when there are not so many. */
static const char *
part(const char *from, const char *end, char separator, size_t number,
    const char **part_end)
{
	const char *stop;

	for (;; from = stop + 1, number--) {
		stop = memchr(from, separator, (size_t)(end - from));
		if (number == 0)
			break;
		if (stop == NULL)
			return NULL;
	}
	*part_end = stop == NULL ? end : stop;
	return from;
}

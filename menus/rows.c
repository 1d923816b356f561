/*
 * Packed rows. The empty text has none; otherwise there is one more than
 * there are separators.
 */
#include <string.h>

#include "menus/rows.h"

static const char separators[] = { ROWS_COLUMN, ROWS_ROW, '\0' };

size_t
rows_count(const char *packed)
{
	size_t count = 0;

	if (packed == NULL || *packed == '\0')
		return 0;
	for (; packed != NULL; packed = rows_next(packed))
		count++;
	return count;
}

const char *
rows_next(const char *packed)
{
	const char *end = strchr(packed, ROWS_ROW);

	return end == NULL ? NULL : end + 1;
}

const char *
rows_cell(struct arena *a, const char *packed, size_t row, size_t column)
{
	if (packed == NULL || *packed == '\0')
		return NULL;
	for (; row > 0 && packed != NULL; row--)
		packed = rows_next(packed);
	for (; column > 0 && packed != NULL; column--) {
		packed += strcspn(packed, separators);
		packed = *packed == ROWS_COLUMN ? packed + 1 : NULL;
	}
	if (packed == NULL)
		return NULL;
	return arena_copy(a, packed, strcspn(packed, separators));
}

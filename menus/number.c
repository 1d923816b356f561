/*
 * Whole numbers of 64 bits.
 */
#include <inttypes.h>
#include <string.h>

#include "menus/number.h"

#define DIGITS      "0123456789"
#define NUMBER_ROOM 32 /* a sign, 19 digits, and thousands parted */

static bool add_digit(int64_t *n, int digit, bool negative);
static bool starts_thousand(const char *at);

bool
number_read(const char *text, int64_t *n)
{
	bool negative = *text == '-';

	*n = 0;
	if (*text == '-' || *text == '+')
		text++;
	if (*text == '\0' || text[strspn(text, DIGITS)] != '\0')
		return false;
	for (; *text != '\0'; text++)
		if (!add_digit(n, *text - '0', negative))
			return false;
	return true;
}

bool
number_typed(const char *text, int64_t *n)
{
	char joined[NUMBER_ROOM];
	size_t sign = *text == '-' || *text == '+';
	size_t first = strspn(text + sign, DIGITS), len = sign + first;
	const char *at = text + len;

	if (*at == '\0')
		return number_read(text, n);
	if (first == 0 || first > 3)
		return false;
	memcpy(joined, text, len);
	for (; starts_thousand(at); at += 4, len += 3) {
		if (len + 3 >= sizeof(joined))
			return false;
		memcpy(joined + len, at + 1, 3);
	}
	joined[len] = '\0';
	return *at == '\0' && number_read(joined, n);
}

bool
number_given(const char *text, int64_t *n)
{
	char whole[NUMBER_ROOM];
	const char *point = strchr(text, '.');
	size_t len = point == NULL ? strlen(text) : (size_t)(point - text);

	if (len >= sizeof(whole))
		return false;
	if (point != NULL &&
	    (point[1] == '\0' || point[1 + strspn(point + 1, "0")] != '\0'))
		return false;
	memcpy(whole, text, len);
	whole[len] = '\0';
	return number_read(whole, n);
}

const char *
number_text(struct arena *a, int64_t n)
{
	return arena_printf(a, "%" PRId64, n);
}

const char *
number_with_thousands(struct arena *a, const char *text)
{
	size_t left = strlen(text), sign = *text == '-';
	char *out, *at;
	int64_t n;

	if (left - sign <= 3 || left >= NUMBER_ROOM || !number_read(text, &n))
		return text;
	out = at = arena_alloc(a, left + left / 3 + 1);
	for (; left > 0; left--) {
		*at++ = *text++;
		if (left % 3 == 1 && left > 1 && at > out + sign)
			*at++ = ',';
	}
	return out;
}

/* Towards the sign, so that the least number there is can be read too. */
static bool
add_digit(int64_t *n, int digit, bool negative)
{
	return !__builtin_mul_overflow(*n, 10, n) &&
	    !__builtin_add_overflow(*n, negative ? -digit : digit, n);
}

static bool
starts_thousand(const char *at)
{
	return (*at == ',' || *at == ' ') && strspn(at + 1, DIGITS) == 3;
}

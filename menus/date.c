/*
 * Days of the calendar.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "menus/date.h"

struct day {
	int year, month, day;
};

static bool read_parts(const char *text, int parts[3], size_t lens[3]);
static bool exists(struct day d);
static int month_days(int year, int month);
static int two(const char *digits);

bool
date_typed(const char *text, char *out)
{
	struct day d;
	size_t lens[3];
	int parts[3];

	if (strlen(text) == 8 && text_is_digits(text))
		d = (struct day){ two(text + 4) * 100 + two(text + 6),
			two(text + 2), two(text) };
	else if (!read_parts(text, parts, lens))
		return false;
	else if (lens[0] <= 2 && lens[1] <= 2 && lens[2] == 4)
		d = (struct day){ parts[2], parts[1], parts[0] };
	else if (lens[0] == 4 && lens[1] <= 2 && lens[2] <= 2)
		d = (struct day){ parts[0], parts[1], parts[2] };
	else
		return false;
	if (!exists(d))
		return false;
	/* Bounds that exists() has seen to, said again for the compiler. */
	snprintf(out, DATE_LEN + 1, "%04u-%02u-%02u", (unsigned)d.year % 10000,
	    (unsigned)d.month % 100, (unsigned)d.day % 100);
	return true;
}

bool
date_is_day(const char *text)
{
	char day[DATE_LEN + 1];

	return strlen(text) == DATE_LEN && date_typed(text, day) &&
	    strcmp(text, day) == 0;
}

const char *
date_show(struct arena *a, const char *kept)
{
	if (!date_is_day(kept))
		return kept;
	return arena_printf(a, "%.2s-%.2s-%.4s", kept + 8, kept + 5, kept);
}

/* Three numbers of up to four digits with one separator between each. */
static bool
read_parts(const char *text, int parts[3], size_t lens[3])
{
	int i;

	for (i = 0; i < 3; i++) {
		parts[i] = 0;
		lens[i] = strspn(text, "0123456789");
		if (lens[i] == 0 || lens[i] > 4)
			return false;
		for (; *text >= '0' && *text <= '9'; text++)
			parts[i] = parts[i] * 10 + (*text - '0');
		if (i < 2 && (*text == '\0' || strchr("-/. ", *text++) == NULL))
			return false;
	}
	return *text == '\0';
}

static bool
exists(struct day d)
{
	return d.year >= 1000 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	    d.day <= month_days(d.year, d.month);
}

static int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static int
two(const char *digits)
{
	return (digits[0] - '0') * 10 + (digits[1] - '0');
}

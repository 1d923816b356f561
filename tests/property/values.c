/*
 * Values, by a variable's type.
 */
#include <string.h>

#include "menus/rows.h"
#include "tests/property/draft.h"
#include "tests/property/values.h"

static const char *given_text(struct arena *a, struct chance *chance,
    const struct variable *v, size_t width);
static size_t count_of(const char *const *choices);
static const char *given_rows(
    struct arena *a, struct chance *chance, const struct variable *v);

const char *
values_given(struct arena *a, struct chance *chance, const struct variable *v)
{
	if (chance_in(chance, 25))
		return chance_in(chance, 4) ? "a\xff\xc3(b\nc"
					    : values_garbage(a, chance);
	switch (v->type) {
	case VAR_TEXT:
		return given_text(a, chance, v, v->max);
	case VAR_DIGITS:
	case VAR_PIN:
	case VAR_NUMBER:
		return values_repeated(
		    a, "9", chance_range(chance, 1, (unsigned)v->max));
	case VAR_MONEY:
		return chance_in(chance, 3)
		    ? "0"
		    : values_repeated(a, "8", 1 + (v->max - 1) * 3 / 4);
	case VAR_DATE:
		return chance_in(chance, 2) ? "2025-12-31" : "2026-06-01T10:00";
	case VAR_CHOICE:
		return values_good(a, v, chance_pick(chance, VALUES_GOOD));
	case VAR_ROWS:
		return given_rows(a, chance, v);
	}
	return "";
}

static const char *
given_rows(struct arena *a, struct chance *chance, const struct variable *v)
{
	unsigned most = (unsigned)v->max + (chance_in(chance, 9) ? 3 : 0);
	const char column[] = { ROWS_COLUMN, '\0' };
	const char row[] = { ROWS_ROW, '\0' };
	const char *rows = "", *before = "";
	unsigned count = chance_pick(chance, most + 1), i;
	size_t col;

	for (i = 0; i < count; i++, before = row)
		for (col = 0; v->cols[col] != NULL; col++, before = column)
			rows = arena_printf(a, "%s%s%s", rows, before,
			    col == 0 ? arena_printf(a, "%u", i)
				     : given_text(a, chance, v, v->width));
	return rows;
}

static const char *
given_text(struct arena *a, struct chance *chance, const struct variable *v,
    size_t width)
{
	switch (chance_pick(chance, 9)) {
	case 0:
		return values_repeated(a, "[", width / 2);
	case 1:
		return values_repeated(a, "\xd0\x96", width);
	case 2:
		return values_repeated(a, "\xf0\x9f\x98\x80", width / 2);
	case 3:
		return v->cut ? values_repeated(a, "m ", width) : "{t0}";
	case 4:
		return "{t0}";
	case 5:
		return "a\xff\n{";
	case 6:
		return draft_sample(chance_pick(chance, 9));
	case 7:
		return values_repeated(a, "W", chance_range(chance, 1, 70));
	default:
		return values_repeated(a, "W", width);
	}
}

const char *
values_typed(struct arena *a, struct chance *chance, const struct variable *v)
{
	if (chance_in(chance, 6))
		return values_garbage(a, chance);
	if (v->type == VAR_TEXT && chance_in(chance, 3))
		return given_text(a, chance, v, v->max);
	return values_good(a, v, chance_pick(chance, VALUES_GOOD));
}

const char *
values_good(struct arena *a, const struct variable *v, size_t n)
{
	switch (v->type) {
	case VAR_TEXT:
		if (v->match != NULL)
			return draft_sample((unsigned)n);
		if (n % 4 == 0 && v->cut)
			return values_repeated(a, "W", v->max + 9);
		return values_repeated(a, "W", n % 2 ? v->max : 1);
	case VAR_DIGITS:
	case VAR_PIN:
	case VAR_NUMBER:
		return values_repeated(a, n % 3 ? "5" : "1", v->max);
	case VAR_MONEY:
		return values_repeated(a, "7", 1 + (v->max - 1) * 3 / 4);
	case VAR_DATE:
		return n % 2 ? "31-12-2025" : "1/6/2026";
	case VAR_CHOICE:
		return v->choices[n % count_of(v->choices)];
	case VAR_ROWS:
		break;
	}
	return "";
}

static size_t
count_of(const char *const *choices)
{
	size_t count = 0;

	while (choices[count] != NULL)
		count++;
	return count;
}

const char *
values_garbage(struct arena *a, struct chance *chance)
{
	static const char *const garbage[] = { "", " ", "[]^~{}", "{t0}",
		"\xd0\x94\xd0\xb0 \xf0\x9f\x98\x80", "a\x01(b\nc",
		"neno tupu tu", "-1", "00000", "1.", "*#*", "\xe2\x80\xae",
		"98 98", "\x1bX", "3.14", "1e9" };

	if (chance_in(chance, 8))
		return values_repeated(a, "ndefu ", chance_pick(chance, 60));
	return garbage[chance_pick(chance, ARRAY_SIZE(garbage))];
}

const char *
values_repeated(struct arena *a, const char *unit, size_t times)
{
	size_t len = strlen(unit);
	char *text = arena_alloc(a, len * times + 1), *at = text;

	for (; times > 0; times--, at += len)
		memcpy(at, unit, len);
	return text;
}

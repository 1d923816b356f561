/*
 * Values from outside.
 */
#include <string.h>

#include "base/pack.h"
#include "menus/rows.h"
#include "menus/take.h"
#include "menus/value.h"

/* No cell is longer, in septets: it is to fit one screen line at most. */
#define CELL_MAX 160

static const char *take_rows(
    struct arena *a, const struct graph *g, uint16_t var, const char *packed);
static void pack_row(struct pack *rows, const struct variable *v,
    const size_t *widths, const char *row);
static const size_t *greatest_widths(
    struct arena *a, const struct graph *g, uint16_t var);
static bool can_pick(
    struct arena *a, const struct graph *g, uint16_t var, const char *rows);
static bool takes_all(
    struct arena *a, const struct variable *into, const char *rows, size_t col);
static bool is_only_shown(const struct graph *g, uint16_t var, size_t col);

bool
take_values(struct arena *a, const struct graph *g, const struct api *api,
    const char *const *values, const char **vars)
{
	const char **taken = arena_array(a, api->take_count, sizeof(*taken));
	size_t i;

	for (i = 0; i < api->take_count; i++) {
		uint16_t var = api->takes[i].var;
		const struct variable *v = &g->vars[var];

		if (values[i] == NULL)
			return false;
		taken[i] = v->type == VAR_ROWS ? take_rows(a, g, var, values[i])
					       : value_given(a, v, values[i]);
		if (taken[i] == NULL ||
		    (v->type == VAR_ROWS && !can_pick(a, g, var, taken[i])))
			return false;
	}
	for (i = 0; i < api->take_count; i++)
		vars[api->takes[i].var] = taken[i];
	return true;
}

static const char *
take_rows(
    struct arena *a, const struct graph *g, uint16_t var, const char *packed)
{
	const struct variable *v = &g->vars[var];
	const size_t *widths = greatest_widths(a, g, var);
	const char *row = rows_count(packed) == 0 ? NULL : packed;
	struct pack rows;
	size_t count;

	pack_init(&rows, a);
	for (count = 0; row != NULL && count < v->max; count++) {
		if (count > 0)
			pack_u8(&rows, ROWS_ROW);
		pack_row(&rows, v, widths, row);
		row = rows_next(row);
	}
	pack_u8(&rows, '\0');
	return (const char *)rows.octets;
}

static void
pack_row(struct pack *rows, const struct variable *v, const size_t *widths,
    const char *row)
{
	const char *cell;
	size_t col;

	for (col = 0; v->cols[col] != NULL; col++) {
		if (col > 0)
			pack_u8(rows, ROWS_COLUMN);
		cell = rows_cell(rows->arena, row, 0, col);
		if (cell == NULL)
			continue;
		cell = value_cut(rows->arena, value_clean(rows->arena, v, cell),
		    widths[col]);
		pack_fixed(rows, cell, strlen(cell));
	}
}

/* A column that is only shown is kept as short as it will be shown. */
static const size_t *
greatest_widths(struct arena *a, const struct graph *g, uint16_t var)
{
	size_t cols = 0, col, *widths;

	while (g->vars[var].cols[cols] != NULL)
		cols++;
	widths = arena_array(a, cols, sizeof(*widths));
	for (col = 0; col < cols; col++)
		widths[col] =
		    is_only_shown(g, var, col) ? g->vars[var].width : CELL_MAX;
	return widths;
}

static bool
is_only_shown(const struct graph *g, uint16_t var, size_t col)
{
	bool shown = false;
	size_t i;

	for (i = 0; i < g->state_count; i++) {
		const struct state *st = &g->states[i];

		if (st->kind != STATE_LIST || st->rows != var)
			continue;
		if (st->value_col == col)
			return false;
		shown = shown || st->label_col == col;
	}
	return shown;
}

/* A row that a list shows is one that a citizen may pick: its value fits the
 * variable where it would go. */
static bool
can_pick(struct arena *a, const struct graph *g, uint16_t var, const char *rows)
{
	size_t i;

	for (i = 0; i < g->state_count; i++) {
		const struct state *st = &g->states[i];

		if (st->kind == STATE_LIST && st->rows == var &&
		    !takes_all(a, &g->vars[st->into], rows, st->value_col))
			return false;
	}
	return true;
}

static bool
takes_all(
    struct arena *a, const struct variable *into, const char *rows, size_t col)
{
	const char *row = rows_count(rows) == 0 ? NULL : rows;

	for (; row != NULL; row = rows_next(row))
		if (value_given(a, into, rows_cell(a, row, 0, col)) == NULL)
			return false;
	return true;
}

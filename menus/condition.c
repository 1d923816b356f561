/*
 * Conditions: every test must hold.
 */
#include <string.h>

#include "menus/builtins.h"
#include "menus/condition.h"
#include "menus/number.h"

static bool test_holds(const struct scene *sc, const struct test *t);
static bool agrees(enum compare op, int order);
static const char *test_text(
    struct arena *a, const struct graph *g, const struct test *t);
static const char *sign_of(enum compare op);

bool
condition_holds(const struct scene *sc, const struct condition *c)
{
	size_t i;

	for (i = 0; i < c->count; i++)
		if (!test_holds(sc, &c->tests[i]))
			return false;
	return true;
}

static bool
test_holds(const struct scene *sc, const struct test *t)
{
	const char *value = scene_value(sc, t->var);
	int64_t n;

	if (t->op == COMPARE_EMPTY)
		return value == NULL || *value == '\0';
	if (value == NULL || (t->numeric && !number_read(value, &n)))
		return t->op == COMPARE_NE;
	if (t->numeric)
		return agrees(t->op, (n > t->number) - (n < t->number));
	/* Days compare as text, too: YYYY-MM-DD. */
	return agrees(t->op, strcmp(value, t->literal));
}

static bool
agrees(enum compare op, int order)
{
	switch (op) {
	case COMPARE_EQ:
		return order == 0;
	case COMPARE_NE:
		return order != 0;
	case COMPARE_LT:
		return order < 0;
	case COMPARE_LE:
		return order <= 0;
	case COMPARE_GT:
		return order > 0;
	case COMPARE_GE:
		return order >= 0;
	case COMPARE_EMPTY:
		break;
	}
	return false;
}

/* ---- as it was written */

const char *
condition_text(
    struct arena *a, const struct graph *g, const struct condition *c)
{
	const char *text = "";
	size_t i;

	for (i = 0; i < c->count; i++)
		text = arena_printf(a, "%s%s%s", text, i == 0 ? "" : " and ",
		    test_text(a, g, &c->tests[i]));
	return text;
}

static const char *
test_text(struct arena *a, const struct graph *g, const struct test *t)
{
	const char *name = builtin_or_own(g, t->var)->name;

	if (t->op == COMPARE_EMPTY)
		return arena_printf(a, "empty %s", name);
	if (t->numeric)
		return arena_printf(
		    a, "%s %s %s", name, sign_of(t->op), t->literal);
	return arena_printf(a, "%s %s '%s'", name, sign_of(t->op), t->literal);
}

static const char *
sign_of(enum compare op)
{
	switch (op) {
	case COMPARE_EQ:
		return "==";
	case COMPARE_NE:
		return "!=";
	case COMPARE_LT:
		return "<";
	case COMPARE_LE:
		return "<=";
	case COMPARE_GT:
		return ">";
	case COMPARE_GE:
		return ">=";
	case COMPARE_EMPTY:
		break;
	}
	return "empty";
}

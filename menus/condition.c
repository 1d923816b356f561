/*
 * Conditions: every test must hold.
 */
#include <string.h>

#include "menus/condition.h"
#include "menus/number.h"

static bool test_holds(const struct scene *sc, const struct test *t);
static bool agrees(enum compare op, int order);

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

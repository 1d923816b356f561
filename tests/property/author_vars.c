/*
 * Variables, with rules of all sorts, and what is asked of them.
 */
#include <stdio.h>

#include "tests/property/author.h"

static void write_text(struct author *w, struct node *n, struct var *v);
static void write_rule(struct author *w, struct node *n, struct var *v);
static void write_digits(struct author *w, struct node *n, struct var *v);
static void write_number(struct author *w, struct node *n, struct var *v);
static void write_choice(struct author *w, struct node *n);
static void write_rows(struct author *w, struct node *n, struct var *v);
static void write_keep(struct author *w, struct node *n, const struct var *v);
static const char *compared(struct author *w, const struct var *v);

static const struct {
	const char *match, *fold;
	unsigned width;
} rules[] = {
	{ "^[A-Z][0-9]{7,11}$", "upper", 12 },
	{ "^[a-z]{3,5}$", "lower", 5 },
	{ "^S[0-9]{4}-[0-9]{4}$", "upper", 10 },
};

const char *
draft_sample(unsigned number)
{
	static const char *const samples[] = { "A1234567", "b 123-456 7890",
		"Z12345678901", "dar", "MOSHI", "s0334/0556", "S0001-9999" };

	return samples[number % ARRAY_SIZE(samples)];
}

/* Sometimes one more of these types, sometimes one that is there. */
int
author_var(struct author *w, unsigned types)
{
	static const char *const names[] = { "text", "digits", "number",
		"money", "date", "choice", "rows", "pin" };
	struct var *v = &w->list[w->var_count];
	struct node *n;
	unsigned type;
	int known = author_known(w, ~UINT64_C(0), types);

	if (w->var_count == AUTHOR_VARS ||
	    (known >= 0 && chance_in(&w->chance, 2)))
		return known;
	do
		type = chance_in(&w->chance, 4)
		    ? VAR_TEXT
		    : chance_pick(&w->chance, ARRAY_SIZE(names));
	while ((types & OF(type)) == 0);
	*v = (struct var){ .name = arena_printf(
			       w->arena, "%c%zu", names[type][0], w->var_count),
		.type = (enum var_type)type,
		.width = 10 };
	n = v->node = tree_group(w->arena, w->vars, v->name);
	tree_text(w->arena, n, "type", names[type]);
	switch (v->type) {
	case VAR_TEXT:
		write_text(w, n, v);
		break;
	case VAR_DIGITS:
	case VAR_PIN:
		write_digits(w, n, v);
		break;
	case VAR_NUMBER:
	case VAR_MONEY:
		write_number(w, n, v);
		break;
	case VAR_DATE:
		break;
	case VAR_CHOICE:
		write_choice(w, n);
		break;
	case VAR_ROWS:
		write_rows(w, n, v);
		break;
	}
	return (int)w->var_count++;
}

static void
write_text(struct author *w, struct node *n, struct var *v)
{
	if (chance_in(&w->chance, 3)) {
		write_rule(w, n, v);
		return;
	}
	v->width =
	    chance_range(&w->chance, 1, chance_in(&w->chance, 5) ? 60 : 20);
	tree_number(w->arena, n, "max", v->width);
	if (chance_in(&w->chance, 2))
		tree_flag(w->arena, n, "cut", true);
	if (chance_in(&w->chance, 6)) {
		tree_flag(w->arena, n, "unicode", true);
		v->unicode = true;
	}
	write_keep(w, n, v);
}

static void
write_rule(struct author *w, struct node *n, struct var *v)
{
	unsigned i = chance_pick(&w->chance, ARRAY_SIZE(rules));

	v->width = rules[i].width;
	tree_number(w->arena, n, "max", v->width);
	tree_text(w->arena, n, "match", rules[i].match);
	tree_text(w->arena, n, "fold", rules[i].fold);
	write_keep(w, n, v);
}

static void
write_digits(struct author *w, struct node *n, struct var *v)
{
	v->width = chance_range(&w->chance, 3, 16);
	tree_number(w->arena, n, "max", v->width);
	tree_number(w->arena, n, "min_length", 3);
	if (v->type == VAR_DIGITS)
		write_keep(w, n, v);
}

static void
write_number(struct author *w, struct node *n, struct var *v)
{
	v->width = chance_range(&w->chance, 2, 16);
	tree_number(w->arena, n, "max", v->width);
	if (chance_in(&w->chance, 2))
		tree_number(w->arena, n, "least_value", 1);
	write_keep(w, n, v);
}

static void
write_choice(struct author *w, struct node *n)
{
	struct node *choices = tree_array(w->arena, n, "choices");

	tree_text(w->arena, choices, NULL, "csee");
	tree_text(w->arena, choices, NULL, "[acsee]");
	tree_text(w->arena, choices, NULL, "darasa la 7");
}

/* Of more than 97 some would be keys of navigation. */
static void
write_rows(struct author *w, struct node *n, struct var *v)
{
	struct node *cols = tree_array(w->arena, n, "cols");

	v->unicode = chance_in(&w->chance, 6);
	v->width = 0;
	tree_number(w->arena, n, "max", chance_range(&w->chance, 1, 9));
	tree_number(w->arena, n, "width",
	    chance_range(&w->chance, 1, w->plan->septets / 5));
	tree_text(w->arena, cols, NULL, "id");
	tree_text(w->arena, cols, NULL, "label");
	if (v->unicode)
		tree_flag(w->arena, n, "unicode", true);
}

/* Only what is asked for is kept, and who asks says so. */
static void
write_keep(struct author *w, struct node *n, const struct var *v)
{
	bool share = chance_in(&w->chance, 2);

	if (!w->asking || !chance_in(&w->chance, 3))
		return;
	tree_text(w->arena, n, "keep", "90d");
	tree_flag(w->arena, n, "share", share);
	if (share)
		author_share(w, v);
}

int
author_known(struct author *w, uint64_t known, unsigned types)
{
	size_t from, i, at;

	if (w->var_count == 0)
		return -1;
	from = chance_pick(&w->chance, (unsigned)w->var_count);
	for (i = 0; i < w->var_count; i++) {
		at = (from + i) % w->var_count;
		if ((known & BIT(at)) && (types & OF(w->list[at].type)))
			return (int)at;
	}
	return -1;
}

uint64_t
author_secrets(const struct author *w)
{
	uint64_t secrets = 0;
	size_t i;

	for (i = 0; i < w->var_count; i++)
		if (w->list[i].type == VAR_PIN)
			secrets |= BIT(i);
	return secrets;
}

/* EMPTY: the variable that is known where it does not hold, or -1. FREE: it is
 * for the citizen whether it holds. */
const char *
author_condition(struct author *w, uint64_t known, int *empty, bool *free)
{
	static const char *const always[] = { "lang == 'sw'", "lang != 'sw'",
		"time > '12:00'", "date < '2026-06-30'", "operator != 'x'" };
	int unknown = author_known(w, ~known, TYPED);
	int var = author_known(w, known, TYPED);

	*empty = -1;
	*free = false;
	if (unknown >= 0 && chance_in(&w->chance, 4)) {
		*empty = unknown;
		return arena_printf(
		    w->arena, "empty %s", w->list[unknown].name);
	}
	if (var >= 0 && !chance_in(&w->chance, 3)) {
		*free = true;
		return compared(w, &w->list[var]);
	}
	return always[chance_pick(&w->chance, ARRAY_SIZE(always))];
}

static const char *
compared(struct author *w, const struct var *v)
{
	static const char *const literals[] = { "== 'dar'", "!= '555'", "> 100",
		"<= 0", ">= '2026-01-01'", "== 'csee'" };
	static const char *const ands[] = { "", "", "", " and lang == 'sw'" };

	return arena_printf(w->arena, "%s %s%s", v->name, literals[v->type],
	    ands[chance_pick(&w->chance, ARRAY_SIZE(ands))]);
}

/*
 * What institutions have of one another: services that are shared, and values
 * that may be read. Who is written later borrows of who was written before.
 */
#include "tests/property/author.h"

static const char *copy_variable(
    struct author *w, const struct var *theirs, const char *reads);

void
author_lend(struct author *w, const struct offered *o, struct node *api)
{
	struct plan *plan = w->plan;
	struct lent *lent = &plan->lent[plan->lent_count];
	struct node *share;
	size_t i;

	if (plan->lent_count == AUTHOR_LENT || (o->needs & (o->needs - 1)) ||
	    (o->needs & author_secrets(w)))
		return;
	*lent = (struct lent){ .name = arena_printf(
				   w->arena, "%s.%s", w->name, o->name),
		.own = w->number,
		.safe = o->safe };
	for (i = 0; i < w->var_count; i++) {
		if (o->needs & BIT(i))
			lent->needs = w->list[i];
		if ((o->takes & BIT(i)) && lent->take_count < AUTHOR_TAKES)
			lent->takes[lent->take_count++] = w->list[i];
	}
	plan->lent_count++;
	share = tree_array(w->arena, api, "share");
	for (i = w->number + 1; i < plan->institution_count; i++)
		tree_text(w->arena, share, NULL, plan->institutions[i]);
}

/* A service that can be given what it needs; NULL when there is none. */
const struct lent *
author_borrow(struct author *w, uint64_t known, bool safe, int *gives)
{
	const struct plan *plan = w->plan;
	const struct lent *lent;

	*gives = -1;
	if (plan->lent_count == 0)
		return NULL;
	lent = &plan->lent[chance_pick(&w->chance, (unsigned)plan->lent_count)];
	if (lent->own == w->number || (safe && !lent->safe))
		return NULL;
	if (lent->needs.name == NULL)
		return lent;
	*gives = author_known(w, known, OF(lent->needs.type));
	return *gives >= 0 && w->list[*gives].width <= lent->needs.width ? lent
									 : NULL;
}

/* What it takes goes into variables like the owner's; these are known then. */
uint64_t
author_write_loan(
    struct author *w, struct node *n, const struct lent *lent, int gives)
{
	struct node *group;
	uint64_t takes = 0;
	size_t i;

	if (gives >= 0) {
		group = tree_group(w->arena, n, "give");
		tree_text(
		    w->arena, group, lent->needs.name, w->list[gives].name);
	}
	group = tree_group(w->arena, n, "take");
	for (i = 0; i < lent->take_count; i++) {
		if (w->var_count == AUTHOR_VARS)
			break;
		takes |= BIT(w->var_count);
		tree_text(w->arena, group,
		    copy_variable(w, &lent->takes[i], NULL),
		    lent->takes[i].name);
	}
	return takes;
}

static const char *
copy_variable(struct author *w, const struct var *theirs, const char *reads)
{
	static const char *const own[] = { "keep", "share", "reads" };
	struct var *v = &w->list[w->var_count];
	struct node *n;
	size_t i;

	*v = *theirs;
	v->name =
	    arena_printf(w->arena, "%c%zu", theirs->name[0], w->var_count++);
	v->node = tree_group(w->arena, w->vars, v->name);
	tree_copy(w->arena, v->node, theirs->node);
	for (i = 0; i < ARRAY_SIZE(own); i++)
		if ((n = tree_member(v->node, own[i])) != NULL)
			n->gone = true;
	if (reads != NULL)
		tree_text(w->arena, v->node, "reads", reads);
	return v->name;
}

/* ---- values */

void
author_share(struct author *w, const struct var *v)
{
	struct plan *plan = w->plan;

	if (plan->shared_count == AUTHOR_LENT)
		return;
	plan->shared[plan->shared_count].name =
	    arena_printf(w->arena, "%s.%s", w->name, v->name);
	plan->shared[plan->shared_count].own = w->number;
	plan->shared[plan->shared_count++].var = *v;
}

int
author_read(struct author *w)
{
	const struct plan *plan = w->plan;
	const struct shared *s;

	if (plan->shared_count == 0 || w->var_count == AUTHOR_VARS)
		return -1;
	s = &plan->shared[chance_pick(
	    &w->chance, (unsigned)plan->shared_count)];
	if (s->own == w->number)
		return -1;
	copy_variable(w, &s->var, s->name);
	return (int)w->var_count - 1;
}

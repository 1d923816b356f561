/*
 * Services and applications.
 */
#include "tests/property/author.h"

#define APPS_MAX 4

static bool suits(
    const struct offered *o, uint64_t known, bool safe, bool again);
static void write_get(
    struct author *w, struct node *n, uint64_t known, struct offered *o);
static void write_post(
    struct author *w, struct node *n, uint64_t known, struct offered *o);
static void write_takes(struct author *w, struct node *n, struct offered *o);

/* AGAIN: it may be asked until it answers. */
const struct offered *
author_api(struct author *w, uint64_t known, bool safe, bool again)
{
	struct offered *o = &w->offered[w->api_count];
	struct node *n;
	size_t i;

	for (i = 0; i < w->api_count; i++)
		if (suits(&w->offered[i], known, safe, again) &&
		    (chance_in(&w->chance, 3) || w->api_count == AUTHOR_APIS))
			return &w->offered[i];
	if (w->api_count == AUTHOR_APIS)
		return NULL;
	*o = (struct offered){ .name =
				   arena_printf(w->arena, "a%zu", w->api_count),
		.safe = safe || chance_in(&w->chance, 2),
		.again = again };
	n = tree_group(w->arena, w->apis, o->name);
	if (o->safe && !again && chance_in(&w->chance, 2))
		write_get(w, n, known, o);
	else
		write_post(w, n, known, o);
	tree_number(w->arena, n, "timeout",
	    w->plan->turn + chance_range(&w->chance, 1, 5000));
	write_takes(w, n, o);
	if (!again && chance_in(&w->chance, 2))
		author_lend(w, o, n);
	w->api_count++;
	return o;
}

static bool
suits(const struct offered *o, uint64_t known, bool safe, bool again)
{
	return (o->needs & ~known) == 0 && (o->safe || !safe) &&
	    (!again || o->again);
}

static void
write_get(struct author *w, struct node *n, uint64_t known, struct offered *o)
{
	int var = author_known(w, known, TYPED);
	const char *in = "{lang}";

	if (var >= 0 && chance_in(&w->chance, 2)) {
		o->needs |= BIT(var);
		in = arena_printf(w->arena, "{%s}", w->list[var].name);
	}
	tree_text(w->arena, n, "get",
	    arena_printf(w->arena, "/x/%s?by={msisdn}", in));
	if (chance_in(&w->chance, 3))
		tree_number(w->arena, n, "retry", 2);
	if (chance_in(&w->chance, 3))
		tree_number(w->arena, n, "cache", 60);
}

static void
write_post(struct author *w, struct node *n, uint64_t known, struct offered *o)
{
	struct node *body;
	int var = author_known(w, known, TYPED);

	tree_text(w->arena, n, "post", "https://h/y");
	tree_flag(w->arena, n, "safe", o->safe);
	tree_flag(w->arena, n, "idempotent", o->again);
	body = tree_group(w->arena, n, "body");
	tree_text(w->arena, body, "phone", "{msisdn}");
	if (!o->again && author_known(w, known, OF(VAR_PIN)) >= 0)
		var = author_known(w, known, OF(VAR_PIN));
	if (var < 0)
		return;
	o->needs |= BIT(var);
	tree_text(w->arena, body, "value",
	    arena_printf(
		w->arena, "%s {%s}", draft_mark(0), w->list[var].name));
}

static void
write_takes(struct author *w, struct node *n, struct offered *o)
{
	struct node *take = tree_group(w->arena, n, "take");
	unsigned count = chance_pick(&w->chance, 4);
	const struct var *v;
	int var;

	for (; count > 0; count--) {
		var = author_var(
		    w, chance_in(&w->chance, 2) ? OF(VAR_ROWS) : TYPED);
		if (var < 0 || (o->takes & BIT(var)))
			continue;
		v = &w->list[var];
		o->takes |= BIT(var);
		tree_text(w->arena, take, v->name,
		    v->type == VAR_ROWS
			? "$.rows[*](id,label)"
			: arena_printf(w->arena, "$.x.%s", v->name));
	}
}

const char *
author_app(struct author *w)
{
	bool native = chance_in(&w->chance, 2);
	struct node *n;
	const char *name;

	if (w->app_count == APPS_MAX)
		return "p0";
	name = arena_printf(w->arena, "p%zu", w->app_count++);
	n = tree_group(w->arena, w->apps, name);
	tree_text(w->arena, n, "post", "https://h/app");
	tree_number(w->arena, n, "timeout", w->plan->turn - 1);
	tree_text(w->arena, n, "speaks", native ? "native" : "africastalking");
	if (native)
		tree_flag(w->arena, n, "sms", true);
	return name;
}

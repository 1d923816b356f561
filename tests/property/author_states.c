/*
 * States of each kind, written when somebody was promised them.
 */
#include "tests/property/author.h"

typedef void write_kind(
    struct author *w, struct node *n, const struct made *st);

static write_kind write_menu, write_ask, write_list, write_say, write_call,
    write_route, write_app, write_sub, write_end;
static void write_option(struct author *w, struct node *n,
    const struct made *st, unsigned number, bool keyed);
static uint64_t write_service(
    struct author *w, struct node *n, uint64_t known, bool *safe);
static void write_outcomes(struct author *w, struct node *n,
    const struct made *st, uint64_t brings, unsigned by);
static void write_channels(
    struct author *w, struct node *n, const struct made *st);
static void write_limits(struct author *w, struct node *n);
static const struct talked *some_dialogue(struct author *w);
static void write_plan(struct author *w, struct node *n, uint64_t known);
static unsigned room(struct author *w);

void
author_state(struct author *w, const struct made *st)
{
	static write_kind *const kinds[] = { [STATE_MENU] = write_menu,
		[STATE_ASK] = write_ask,
		[STATE_LIST] = write_list,
		[STATE_SAY] = write_say,
		[STATE_CALL] = write_call,
		[STATE_ROUTE] = write_route,
		[STATE_APP] = write_app,
		[STATE_SUB] = write_sub,
		[STATE_END] = write_end };

	kinds[st->kind](
	    w, tree_group(w->arena, w->scope->states, st->name), st);
}

static void
write_menu(struct author *w, struct node *n, const struct made *st)
{
	unsigned count = chance_range(&w->chance, 1, 7), i;
	bool keyed = chance_in(&w->chance, 4);
	struct node *menu;

	author_words(w, n, "text", st->known, room(w));
	menu = tree_list(w->arena, n, "menu");
	for (i = 1; i <= count; i++)
		write_option(w, menu, st, i, keyed);
	if (chance_in(&w->chance, 4))
		write_limits(w, n);
	if (chance_in(&w->chance, 4))
		tree_flag(w->arena, n, "resume", false);
}

/* The first is always offered, so that there is a way on. */
static void
write_option(struct author *w, struct node *n, const struct made *st,
    unsigned number, bool keyed)
{
	struct node *option = tree_group(w->arena, n, NULL);
	uint64_t known = st->known;
	bool free;
	int empty;

	if (keyed)
		tree_text(w->arena, option, "key",
		    arena_printf(w->arena, "%u", number * 7 + number % 3));
	author_texts(w, option, st->known, room(w));
	if (number > 1 && chance_in(&w->chance, 4))
		tree_text(w->arena, option, "when",
		    author_condition(w, known, &empty, &free));
	tree_text(w->arena, option, "next",
	    author_target(w, known, st->by | (number == 1 ? ONWARD : 0)));
}

static void
write_ask(struct author *w, struct node *n, const struct made *st)
{
	struct node *ask;
	bool told = w->scope->talked != NULL || chance_in(&w->chance, 3);
	int var;

	w->asking = true;
	var = !st->secret && chance_in(&w->chance, 4) ? author_read(w) : -1;
	if (var < 0)
		var = author_var(w, st->secret ? OF(VAR_PIN) : TYPED);
	w->asking = false;
	author_words(w, n, "text", st->known, room(w));
	ask = tree_group(w->arena, n, "ask");
	tree_text(w->arena, ask, "into", w->list[var].name);
	if (told) {
		tree_number(
		    w->arena, ask, "tries", chance_range(&w->chance, 1, 3));
		author_words(w, ask, "bad", 0, 1 + room(w) / 2);
		tree_text(
		    w->arena, ask, "fail", author_target(w, st->known, st->by));
	} else
		w->met_ask = true;
	tree_text(w->arena, n, "next",
	    author_target(w, st->known | BIT(var), st->by | ONWARD));
}

static void
write_list(struct author *w, struct node *n, const struct made *st)
{
	int rows = author_known(w, st->known, OF(VAR_ROWS));
	int into = author_var(w, OF(VAR_TEXT));
	struct node *list;

	author_words(w, n, "text", st->known, room(w));
	list = tree_group(w->arena, n, "list");
	tree_text(w->arena, list, "rows", w->list[rows].name);
	tree_text(w->arena, list, "show", "label");
	tree_text(w->arena, list, "value", "id");
	tree_text(w->arena, list, "into", w->list[into].name);
	if (w->scope->talked != NULL || chance_in(&w->chance, 2))
		tree_text(w->arena, list, "empty",
		    author_target(w, st->known, st->by | FROM_UNSEEN | ONWARD));
	else
		w->met_list = true;
	tree_text(w->arena, n, "next",
	    author_target(w, st->known | BIT(into), st->by | ONWARD));
}

static void
write_say(struct author *w, struct node *n, const struct made *st)
{
	unsigned most = w->plan->septets * (w->plan->pages - 1) / 2;

	author_words(w, n, "say", st->known,
	    chance_range(&w->chance, 1, most < 300 ? most : 300));
	tree_text(
	    w->arena, n, "next", author_target(w, st->known, st->by | ONWARD));
	if (chance_in(&w->chance, 4))
		write_limits(w, n);
}

static void
write_limits(struct author *w, struct node *n)
{
	struct node *limits = tree_group(w->arena, n, "limits");
	unsigned septets = w->plan->septets;

	tree_number(w->arena, limits, "septets", septets - septets / 10);
	tree_number(w->arena, limits, "ucs2", w->plan->ucs2 - 1);
	tree_number(w->arena, limits, "pages", w->plan->pages);
}

/* ---- unseen */

/* What is told late is a text; and after a deed one may be by SMS too. */
static void
write_call(struct author *w, struct node *n, const struct made *st)
{
	bool inside = w->scope->talked != NULL;
	bool safe = inside || chance_in(&w->chance, 2);
	unsigned by = st->by | FROM_UNSEEN;
	uint64_t takes;

	takes = write_service(w, n, st->known, &safe);
	if (!safe) {
		tree_flag(w->arena, n, "once", true);
		by |= ONLY_PLAIN;
	}
	if (!inside && chance_in(&w->chance, 3)) {
		tree_flag(w->arena, n, "later", true);
		by |= ONLY_TEXT;
	}
	write_outcomes(w, n, st, takes, by);
}

/* One's own, or another institution's. What it brings. */
static uint64_t
write_service(struct author *w, struct node *n, uint64_t known, bool *safe)
{
	const struct lent *lent;
	const struct offered *o;
	int gives;

	lent = author_borrow(w, known, *safe, &gives);
	if (lent != NULL && chance_in(&w->chance, 2)) {
		tree_text(w->arena, n, "call", lent->name);
		*safe = lent->safe;
		return author_write_loan(w, n, lent, gives);
	}
	o = author_api(w, known, *safe, false);
	if (o == NULL)
		o = &w->offered[0];
	tree_text(w->arena, n, "call", o->name);
	*safe = o->safe;
	return o->takes;
}

static void
write_outcomes(struct author *w, struct node *n, const struct made *st,
    uint64_t brings, unsigned by)
{
	uint64_t known = st->known & ~author_secrets(w);
	bool told = w->scope->talked != NULL || chance_in(&w->chance, 2);

	if ((by & ONLY_TEXT) && st->by == BY_USSD && chance_in(&w->chance, 2) &&
	    w->scope->count + 4 < AUTHOR_STATES)
		tree_text(w->arena, n, "ok",
		    author_promise(w, STATE_ROUTE, known | brings,
			BY_USSD | BY_SMS | ONLY_TEXT));
	else
		tree_text(w->arena, n, "ok",
		    author_target(w, known | brings, by | ONWARD));
	if (!told) {
		w->met_call = true;
		return;
	}
	tree_text(w->arena, n, "missing", author_target(w, known, by));
	tree_text(w->arena, n, "fail", author_target(w, known, by));
	tree_text(w->arena, n, "slow", author_target(w, known, by));
}

/* The route behind a late call tells who waits from who reads an SMS. */
static void
write_route(struct author *w, struct node *n, const struct made *st)
{
	struct node *route = tree_list(w->arena, n, "route"), *branch;
	unsigned by = st->by | FROM_UNSEEN;
	uint64_t known = st->known;
	bool free;
	int empty;

	if (st->by == (BY_USSD | BY_SMS)) {
		write_channels(w, route, st);
		return;
	}
	branch = tree_group(w->arena, route, NULL);
	tree_text(w->arena, branch, "when",
	    author_condition(w, known, &empty, &free));
	if (!free || (by & BY_SMS))
		by |= ONWARD;
	tree_text(w->arena, branch, "next", author_target(w, known, by));
	if (empty >= 0)
		known |= BIT(empty);
	branch = tree_group(w->arena, route, NULL);
	tree_text(
	    w->arena, branch, "next", author_target(w, known, by | ONWARD));
}

static void
write_channels(struct author *w, struct node *route, const struct made *st)
{
	struct node *branch = tree_group(w->arena, route, NULL);

	tree_text(w->arena, branch, "when", "channel == 'sms'");
	tree_text(w->arena, branch, "next",
	    author_target(
		w, st->known, BY_USSD | BY_SMS | ONLY_TEXT | FROM_UNSEEN));
	branch = tree_group(w->arena, route, NULL);
	tree_text(w->arena, branch, "next",
	    author_target(w, st->known, BY_USSD | FROM_UNSEEN | ONWARD));
}

static void
write_sub(struct author *w, struct node *n, const struct made *st)
{
	const struct talked *t = some_dialogue(w);
	unsigned by = st->by | FROM_UNSEEN | ONWARD, i;

	tree_text(w->arena, n, "sub", t->name);
	for (i = 0; i < 2; i++)
		if (t->given[i])
			tree_text(w->arena, n, i == 0 ? "x" : "y",
			    author_target(w, st->known | t->brings[i], by));
}

/* One that is written, or a new one; in a dialogue a new one alone, so that
 * none comes to run itself. */
static const struct talked *
some_dialogue(struct author *w)
{
	struct talked *t = &w->talked[w->talked_count];
	bool inside = w->scope->talked != NULL;

	if (w->talked_count == AUTHOR_DIALOGUES ||
	    (!inside && w->talked_count > 0 && chance_in(&w->chance, 2)))
		return &w->talked[chance_pick(
		    &w->chance, (unsigned)w->talked_count)];
	*t = (struct talked){ .name = arena_printf(
				  w->arena, "d%zu", w->talked_count),
		.by = BY_USSD | BY_SMS };
	w->talked_count++;
	author_dialogue(w, t);
	return t;
}

/* ---- the last ones */

static void
write_app(struct author *w, struct node *n, const struct made *st)
{
	uint64_t known = st->known & ~author_secrets(w);

	tree_text(w->arena, n, "app", author_app(w));
	if (chance_in(&w->chance, 2))
		tree_text(w->arena, n, "next", author_target(w, known, st->by));
	if (chance_in(&w->chance, 2))
		tree_text(w->arena, n, "fail",
		    author_target(w, known, st->by | FROM_UNSEEN | ONWARD));
	else
		w->met_app = true;
}

static void
write_end(struct author *w, struct node *n, const struct made *st)
{
	unsigned room = w->plan->septets, sms = w->plan->sms_parts * 150;

	if (chance_in(&w->chance, 2))
		room = 1 + room / 3;
	author_words(w, n, "end", st->known, room);
	if (chance_in(&w->chance, 3))
		author_words(
		    w, n, "sms", st->known, chance_range(&w->chance, 1, sms));
	if (chance_in(&w->chance, 4))
		write_plan(w, n, st->known);
}

static void
write_plan(struct author *w, struct node *n, uint64_t known)
{
	const struct offered *o = author_api(w, known, false, true);
	struct node *then;

	if (o == NULL)
		return;
	then = tree_group(w->arena, n, "then");
	tree_text(w->arena, then, "call", o->name);
	tree_text(w->arena, then, "after", "3d");
}

/* For one line of a page: as much as there may be, or less. */
static unsigned
room(struct author *w)
{
	unsigned beside = 6 * (w->plan->word + 4), septets = w->plan->septets;
	unsigned most = septets > beside + 8 ? septets - beside : 8;

	if (chance_in(&w->chance, 12))
		return most;
	return chance_range(&w->chance, 1, most < 20 ? most : 20);
}

/*
 * Which state comes next: one that is there already, a new one, or the way
 * out.
 *
 * A state may be reached by whoever knows at least what was known when it was
 * promised, in every way in which it may be met.
 */
#include "tests/property/author.h"

#define ENDS_MAX 5

static bool may_go(uint64_t known, unsigned by, const struct made *to);
static const char *elsewhere(struct author *w);
static bool may_leave(const struct author *w, unsigned by);
static enum state_kind some_kind(struct author *w, uint64_t known, unsigned by);
static bool is_plain(enum state_kind kind);
static const char *way_out(struct author *w, uint64_t known, unsigned by);
static const char *hand_back(struct author *w, uint64_t known);

const char *
author_target(struct author *w, uint64_t known, unsigned by)
{
	struct scope *s = w->scope;
	const char *to;

	if (may_leave(w, by) && chance_in(&w->chance, 12))
		return elsewhere(w);
	if (!(by & ONWARD) &&
	    chance_in(&w->chance, s->count < s->most ? 6 : 2)) {
		to = author_link(w, known, by);
		if (to != NULL)
			return to;
	}
	if (s->count >= s->most || (by & ONLY_TEXT))
		return way_out(w, known, by);
	return author_promise(w, some_kind(w, known, by), known, by);
}

/* Not out of a dialogue, nor where somebody might be by SMS. */
static bool
may_leave(const struct author *w, unsigned by)
{
	return w->scope->talked == NULL && w->plan->institution_count > 1 &&
	    (by & (BY_SMS | ONLY_TEXT | ONLY_PLAIN)) == 0;
}

static const char *
elsewhere(struct author *w)
{
	const struct plan *plan = w->plan;
	size_t to = (w->number + 1 +
			chance_pick(&w->chance,
			    (unsigned)plan->institution_count - 1)) %
	    plan->institution_count;

	return chance_in(&w->chance, 2)
	    ? plan->institutions[to]
	    : arena_printf(w->arena, "%s.in", plan->institutions[to]);
}

const char *
author_link(struct author *w, uint64_t known, unsigned by)
{
	const struct scope *s = w->scope;
	size_t from, i;

	if (s->count == 0)
		return NULL;
	from = chance_pick(&w->chance, (unsigned)s->count);
	for (i = 0; i < s->count; i++) {
		const struct made *to = &s->made[(from + i) % s->count];

		if (may_go(known, by, to))
			return to->name;
	}
	return NULL;
}

static bool
may_go(uint64_t known, unsigned by, const struct made *to)
{
	if ((to->known & ~known) != 0)
		return false;
	if ((by & (BY_SMS | ONLY_TEXT | ONLY_PLAIN)) && !(to->by & BY_SMS))
		return false;
	if (by & ONLY_TEXT)
		return to->kind == STATE_END;
	if (by & ONLY_PLAIN)
		return is_plain(to->kind) && !to->secret;
	return !(by & FROM_UNSEEN) || is_plain(to->kind);
}

/* Always seen: a list may be empty, and an application may fail. */
static bool
is_plain(enum state_kind kind)
{
	return kind == STATE_MENU || kind == STATE_SAY || kind == STATE_ASK ||
	    kind == STATE_END;
}

/* ---- a new one */

static enum state_kind
some_kind(struct author *w, uint64_t known, unsigned by)
{
	static const enum state_kind kinds[] = { STATE_MENU, STATE_MENU,
		STATE_MENU, STATE_ASK, STATE_ASK, STATE_ASK, STATE_SAY,
		STATE_CALL, STATE_CALL, STATE_ROUTE, STATE_LIST, STATE_SUB,
		STATE_APP, STATE_END };
	bool rows = author_known(w, known, OF(VAR_ROWS)) >= 0;
	enum state_kind kind;

	for (;;) {
		kind = kinds[chance_pick(&w->chance, ARRAY_SIZE(kinds))];
		if (rows && chance_in(&w->chance, 2))
			kind = STATE_LIST;
		if ((known & author_secrets(w)) && chance_in(&w->chance, 2))
			kind = STATE_CALL;
		if ((by & ONLY_PLAIN) && !is_plain(kind))
			continue;
		if (kind == STATE_LIST && !rows)
			continue;
		if (kind == STATE_APP &&
		    ((by & BY_SMS) || w->scope->talked != NULL))
			continue;
		if (kind == STATE_END && w->scope->talked != NULL)
			continue;
		if (kind == STATE_SUB && w->scope->talked != NULL &&
		    w->talked_count == AUTHOR_DIALOGUES)
			continue;
		return kind;
	}
}

const char *
author_promise(
    struct author *w, enum state_kind kind, uint64_t known, unsigned by)
{
	struct scope *s = w->scope;
	struct made *st = &s->made[s->count];

	CHECK(s->count < AUTHOR_STATES);
	*st = (struct made){ .name = arena_printf(
				 w->arena, "%s%zu", s->prefix, s->count),
		.kind = kind,
		.known = known,
		.by = by & (BY_USSD | BY_SMS) };
	/* By SMS it is met too, and so is all that follows, where a call's
	 * outcome may be told so. */
	if (by & (ONLY_TEXT | ONLY_PLAIN))
		st->by |= BY_SMS;
	st->secret = kind == STATE_ASK && !(st->by & BY_SMS) &&
	    s->talked == NULL && chance_in(&w->chance, 4);
	s->count++;
	s->ends += kind == STATE_END;
	return st->name;
}

/* ---- out */

static const char *
way_out(struct author *w, uint64_t known, unsigned by)
{
	const struct scope *s = w->scope;
	const char *to = NULL;

	if (s->talked != NULL)
		return hand_back(w, known);
	if (s->ends >= 1)
		to = author_link(w, known & ~author_secrets(w), by | ONLY_TEXT);
	if (to != NULL && (s->ends >= ENDS_MAX || chance_in(&w->chance, 2)))
		return to;
	if (s->ends >= ENDS_MAX || s->count + 1 >= AUTHOR_STATES)
		known = 0;
	if (s->count == AUTHOR_STATES)
		return s->made[0].name;
	return author_promise(
	    w, STATE_END, known & ~author_secrets(w), BY_USSD | BY_SMS);
}

static const char *
hand_back(struct author *w, uint64_t known)
{
	struct talked *t = w->scope->talked;
	unsigned i = chance_pick(&w->chance, 2);

	t->brings[i] = t->given[i] ? t->brings[i] & known : known;
	t->given[i] = true;
	return i == 0 ? "return x" : "return y";
}

/*
 * Check 8, calls: their times make sense, and what is told late can be told.
 *
 * That every call which changes something is made `once`, and what a url may
 * hold, was seen when the file was read.
 */
#include "menus/check_parts.h"
#include "menus/limits.h"

/* What a late call's path has been through, by the number of the walk. */
struct steps {
	unsigned *walked;
	unsigned walk;
};

static void check_times(const struct proof *p, const struct state *st);
static void check_later(
    const struct proof *p, const struct state *st, struct steps *s);
static const struct state *first_question(
    const struct proof *p, uint16_t state, struct steps *s);

void
check_calls(const struct proof *p)
{
	size_t count = p->g->state_count;
	struct steps s = { .walk = 0 };
	uint16_t i;

	s.walked = arena_array(p->arena, count, sizeof(*s.walked));
	for (i = 0; i < count; i++) {
		const struct state *st = &p->g->states[i];

		if (st->kind != STATE_CALL)
			continue;
		check_times(p, st);
		if (st->later)
			check_later(p, st, &s);
	}
}

static void
check_times(const struct proof *p, const struct state *st)
{
	const struct limits l = limits_at(p->c, st);
	bool doubtful = false;
	const char *says;

	/* Of another's service, see menus/check_services.c. */
	if (st->borrowed != NULL)
		return;
	says = check_call_times(
	    p->arena, &l, &p->g->apis[st->api], st->later, &doubtful);
	if (says != NULL && doubtful)
		proof_doubt(p, CHECK_SAFETY, st->line, st, "%s", says);
	else if (says != NULL)
		proof_wrong(p, CHECK_SAFETY, st->line, st, "%s", says);
}

const char *
check_call_times(struct arena *a, const struct limits *l, const struct api *api,
    bool later, bool *doubtful)
{
	int timeout = api->timeout_ms, longest = timeout * (1 + api->retry);

	if (later && l->later_ms <= l->turn_ms)
		return arena_printf(a,
		    "a late answer is given up after %d ms (limits.later), and "
		    "a citizen waits %d (limits.turn): 'slow' could never "
		    "happen",
		    l->later_ms, l->turn_ms);
	if (later && longest <= l->turn_ms)
		return arena_printf(a,
		    "'slow' could never happen: '%s' gives up after %d ms, and "
		    "a citizen waits %d (limits.turn); take out 'later', or "
		    "let the timeout be longer",
		    api->name, longest, l->turn_ms);
	if (later && timeout > l->later_ms)
		return arena_printf(a,
		    "'%s' may take %d ms, and a late answer is given up after "
		    "%d (limits.later): let the timeout be shorter",
		    api->name, timeout, l->later_ms);
	if (later || timeout <= l->turn_ms)
		return NULL;
	*doubtful = true;
	return arena_printf(a,
	    "'%s' may take %d ms, but after %d (limits.turn) the citizen is "
	    "led to 'slow' and never hears the answer: say later = true, or "
	    "let the timeout be shorter",
	    api->name, timeout, l->turn_ms);
}

/* The answer goes out by one SMS, which ends the dialogue. `slow` itself is
 * still shown to who waits. */
static void
check_later(const struct proof *p, const struct state *st, struct steps *s)
{
	static const struct {
		enum outcome outcome;
		const char *name;
	} late[] = { { OUTCOME_OK, "ok" }, { OUTCOME_MISSING, "missing" },
		{ OUTCOME_FAIL, "fail" } };
	const struct state *question;
	const struct target *t;
	size_t i;

	s->walk++;
	for (i = 0; i < ARRAY_SIZE(late); i++) {
		t = &st->outcomes[late[i].outcome];
		question = first_question(p, t->state, s);
		if (question != NULL)
			proof_wrong(p, CHECK_SAFETY, t->line, st,
			    "'%s' leads to '%s', which waits for an answer; a "
			    "'later' one is told by SMS and ends there: lead "
			    "to an 'end' when channel == 'sms'",
			    late[i].name, question->name);
	}
}

/* Through what is unseen by SMS; NULL where every way leads to a mere text. */
static const struct state *
first_question(const struct proof *p, uint16_t state, struct steps *s)
{
	const struct ways *w = p->ways;
	const struct state *st;
	uint32_t *queue = arena_array(p->arena, w->spots, sizeof(*queue)), spot;
	size_t head, count = 0, i;

	/* Through a door nobody gets by SMS, which check 2 finds. */
	if (state == NOWHERE)
		return NULL;
	queue[count++] = ways_spot(state, LAYER_LATE);
	for (head = 0; head < count; head++) {
		spot = queue[head];
		st = ways_state(w, spot);
		if (st->kind == STATE_MENU || st->kind == STATE_ASK ||
		    st->kind == STATE_LIST)
			return st;
		for (i = w->first[spot]; i < w->first[spot + 1]; i++) {
			if (w->list[i].to == SPOT_OUT ||
			    s->walked[w->list[i].to / LAYERS] == s->walk)
				continue;
			s->walked[w->list[i].to / LAYERS] = s->walk;
			queue[count++] = w->list[i].to;
		}
	}
	return NULL;
}

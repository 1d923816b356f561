/*
 * What a citizen might do next who has all the time in the world, and what a
 * service might answer.
 */
#include <stdio.h>
#include <string.h>

#include "tests/property/draft.h"
#include "tests/property/tour.h"
#include "tests/property/values.h"

static void dial(const struct tour *t, struct chance *chance, struct event *e);
static void text(const struct tour *t, struct chance *chance, struct event *e);
static void answer(
    const struct tour *t, struct chance *chance, struct event *e);
static const char *some_input(const struct tour *t, struct chance *chance,
    const struct graph *g, const struct state *st);
static const char *some_key(const struct tour *t, struct chance *chance);
static void outcome(struct chance *chance, struct event *e);
static void say(struct event *e, const char *text);

struct event
stroll(const struct tour *t, struct chance *chance)
{
	struct event e = { .seed = chance_seed(chance) };

	if (!t->stands || chance_in(chance, 25)) {
		if (chance_in(chance, 3))
			text(t, chance, &e);
		else
			dial(t, chance, &e);
		return e;
	}
	switch (t->move.kind) {
	case MOVE_SHOW:
		answer(t, chance, &e);
		break;
	case MOVE_CALL:
		outcome(chance, &e);
		break;
	case MOVE_APP:
		e.kind = EVENT_APP;
		break;
	case MOVE_END:
	case MOVE_PROFILE:
	case MOVE_FORGET:
	case MOVE_TELL:
	case MOVE_ANEW:
		break;
	}
	return e;
}

static void
dial(const struct tour *t, struct chance *chance, struct event *e)
{
	const char *code =
	    t->c->codes[chance_pick(chance, (unsigned)t->c->code_count)].code;
	unsigned parts = chance_in(chance, 3) ? chance_pick(chance, 6) : 0;
	char *dialled = arena_copy(t->arena, code, strlen(code) - 1);

	e->kind = EVENT_DIAL;
	e->choice = chance_pick(chance, LANGS_MAX);
	t->figures->count[DIALLED]++;
	t->figures->count[DIALLED_THROUGH] += parts > 0;
	for (; parts > 0; parts--)
		dialled = arena_printf(t->arena, "%s*%s", dialled,
		    chance_in(chance, 4) ? draft_sample(chance_pick(chance, 9))
					 : some_key(t, chance));
	say(e, arena_printf(t->arena, "%s#", dialled));
}

static void
text(const struct tour *t, struct chance *chance, struct event *e)
{
	const struct catalogue *c = t->c;
	const struct graph *g =
	    c->graphs[chance_pick(chance, (unsigned)c->graph_count)];
	size_t words = g->keyword_count + g->alias_count, count, i;
	const struct keyword *k;
	const char *said;

	e->kind = EVENT_TEXT;
	e->choice = chance_pick(chance, LANGS_MAX);
	t->figures->count[TEXTED]++;
	if (chance_in(chance, 6)) {
		say(e, chance_in(chance, 2) ? "futa" : "Taarifa zangu");
		return;
	}
	if (words == 0 || chance_in(chance, 8)) {
		t->figures->count[TEXT_UNKNOWN]++;
		say(e, values_garbage(t->arena, chance));
		return;
	}
	k = &g->keywords[chance_pick(chance, (unsigned)words)];
	said = k->word;
	count = chance_pick(chance, (unsigned)k->arg_count + 2);
	if (chance_in(chance, 2))
		count = k->arg_count;
	t->figures->count[TEXT_REST] += k->rest && count >= k->arg_count;
	t->figures->count[TEXT_SHORT] += count < k->least;
	t->figures->count[TEXT_OPTIONAL] +=
	    count >= k->least && count < k->arg_count;
	for (i = 0; i < count; i++)
		said = arena_printf(t->arena, "%s %s", said,
		    i < k->arg_count
			? values_typed(t->arena, chance, &g->vars[k->args[i]])
			: "zaidi, na zaidi");
	say(e, said);
}

static void
answer(const struct tour *t, struct chance *chance, struct event *e)
{
	const struct graph *g = session_graph(t->c, &t->kept);

	e->kind = chance_in(chance, 20) ? EVENT_DROP : EVENT_INPUT;
	t->figures->count[TEXT_ANSWERED] += t->kept.channel == CHANNEL_SMS;
	if (e->kind == EVENT_INPUT)
		say(e,
		    some_input(t, chance, g, &g->states[t->kept.here.state]));
}

static const char *
some_input(const struct tour *t, struct chance *chance, const struct graph *g,
    const struct state *st)
{
	static const char *const offers[] = { "1", "1", "2", "3" };

	if (chance_in(chance, 4))
		return some_key(t, chance);
	if (chance_in(chance, 10))
		return values_garbage(t->arena, chance);
	if (t->kept.forgets)
		return chance_in(chance, 2) ? "ndiyo" : "la";
	if (t->kept.dropped || t->kept.phase != PHASE_ASK)
		return offers[chance_pick(chance, ARRAY_SIZE(offers))];
	if (st->kind == STATE_ASK)
		return values_typed(t->arena, chance, &g->vars[st->into]);
	if (st->kind == STATE_MENU)
		return st
		    ->options[chance_pick(chance, (unsigned)st->option_count)]
		    .key;
	return some_key(t, chance);
}

static const char *
some_key(const struct tour *t, struct chance *chance)
{
	static const char *const keys[] = { "1", "2", "3", "1", "4", "5", "6",
		"1.", "10" };
	const struct nav *const navs[] = { &t->c->back, &t->c->home,
		&t->c->more, &t->c->more, &t->c->lang };

	if (chance_in(chance, 2))
		return navs[chance_pick(chance, ARRAY_SIZE(navs))]->key;
	return keys[chance_pick(chance, ARRAY_SIZE(keys))];
}

static void
outcome(struct chance *chance, struct event *e)
{
	e->kind = EVENT_OUTCOME;
	if (chance_in(chance, 3))
		e->choice = chance_pick(chance, OUTCOME_COUNT);
	if (chance_in(chance, 4))
		e->choice |= OUTCOME_LATE;
	if (chance_in(chance, 8))
		e->choice |= NODE_DIED;
}

static void
say(struct event *e, const char *text)
{
	snprintf(e->text, sizeof(e->text), "%s", text);
}

/*
 * A dialogue that an SMS begins: its arguments are taken by the same rules as
 * answers on a screen, then the keyword's state is entered.
 */
#include "menus/keyword.h"
#include "menus/play.h"
#include "menus/reserved.h"
#include "menus/screen.h"
#include "menus/value.h"

static bool take_reserved(struct play *p, const char *text);
static bool take_args(struct play *p, const struct keyword_found *k);
static void explain(struct play *p, const struct keyword_found *k, size_t arg);
static const struct words *wrong_words(
    const struct play *p, const struct keyword_found *k, size_t arg);
static void suggest(struct play *p, const char *text);
static void say(struct play *p, const char *text);

bool
step_is_keyword(const struct catalogue *c, const char *text)
{
	struct arena *a = arena_new();
	struct keyword_found k;
	enum reserved_word word = reserved_find(c, text);
	bool found = keyword_find(a, c, text, &k);

	arena_free(a);
	return found || word == RESERVED_FORGET || word == RESERVED_TELL;
}

struct move
step_keyword(const struct catalogue *c, const struct facts *facts, uint8_t lang,
    const char *text, struct arena *a)
{
	struct session s = { .channel = CHANNEL_SMS,
		.lang = lang,
		.here = { .graph = NOWHERE },
		.code = NOWHERE };
	struct keyword_found k;
	bool found = keyword_find(a, c, text, &k);
	struct play p;

	if (found)
		s.here = (struct place){ k.number, k.keyword->next.state, 0 };
	play_init(&p, a, c, facts, &s);
	if (take_reserved(&p, text))
		return play_done(&p);
	if (!found)
		suggest(&p, text);
	else if (take_args(&p, &k))
		play_follow(&p, &k.keyword->next);
	return play_done(&p);
}

/* Before all institutions' words. */
static bool
take_reserved(struct play *p, const char *text)
{
	switch (reserved_find(p->scene.c, text)) {
	case RESERVED_FORGET:
		play_forget(p);
		return true;
	case RESERVED_TELL:
		p->move.kind = MOVE_TELL;
		return true;
	case RESERVED_YES:
	case RESERVED_NONE:
		break;
	}
	return false;
}

/* False when something else was said instead. */
static bool
take_args(struct play *p, const struct keyword_found *k)
{
	struct session *s = &p->move.session;
	size_t i;

	for (i = 0; i < k->keyword->arg_count; i++) {
		uint16_t var = k->keyword->args[i];

		if (i < k->arg_count)
			s->vars[var] = value_typed(
			    p->scene.arena, &k->graph->vars[var], k->args[i]);
		if (i >= k->arg_count && i >= k->keyword->least)
			break;
		if (s->vars[var] == NULL) {
			explain(p, k, i);
			return false;
		}
	}
	return true;
}

/* What is wrong with that argument, and how all is written. */
static void
explain(struct play *p, const struct keyword_found *k, size_t arg)
{
	struct scene *sc = &p->scene;
	const char *wrong = scene_text(sc, wrong_words(p, k, arg));
	const char *example = k->keyword->example;

	if (example != NULL)
		say(p,
		    arena_printf(sc->arena, "%s\n%s %s", wrong,
			scene_text(sc, &sc->c->example), example));
	else
		say(p,
		    arena_printf(sc->arena, "%s\n%s", wrong,
			keyword_usage(sc->arena, k->graph, k->keyword)));
}

/* An ask for the same variable says it best, where something was given. */
static const struct words *
wrong_words(const struct play *p, const struct keyword_found *k, size_t arg)
{
	uint16_t var = k->keyword->args[arg];
	size_t i;

	if (arg >= k->arg_count)
		return &p->scene.c->incomplete;
	for (i = 0; i < k->graph->state_count; i++) {
		const struct state *st = &k->graph->states[i];

		if (st->kind == STATE_ASK && st->into == var)
			return &st->bad;
	}
	return &p->scene.c->bad;
}

static void
suggest(struct play *p, const char *text)
{
	struct scene *sc = &p->scene;
	const char *unknown = scene_text(sc, &sc->c->unknown);
	const char *nearest = keyword_nearest(sc->arena, sc->c, text);

	if (nearest != NULL)
		unknown = arena_printf(sc->arena, "%s?\n%s", nearest, unknown);
	say(p, unknown);
}

static void
say(struct play *p, const char *text)
{
	p->move.kind = MOVE_END;
	p->move.reading = READING_WRONG;
	p->move.screen = screen_plain(&p->scene, text);
}

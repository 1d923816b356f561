/*
 * The steps.
 *
 * Answers that were dialled through are played one by one, each as if typed on
 * the screen where it arrives. A call on the way interrupts them: the rest
 * waits in the session for its outcome. While the session has such a rest, be
 * it empty, what happens was dialled and not answered to a screen, and so must
 * not lead to a call that is made only once.
 */
#include <string.h>

#include "menus/callee.h"
#include "menus/catalogue.h"
#include "menus/play.h"
#include "menus/reserved.h"

static const char *parts_of(struct arena *a, const char *rest);
static void dial_through(struct play *p);
static bool asks_secrets(const struct play *p);
static const char *next_part(struct play *p);
static bool is_at_once(const struct play *p);
static void take_outcome(
    struct play *p, enum outcome outcome, const char *const *values);
static void resume_dialling(struct play *p, enum outcome outcome);

/* ---- a dial */

struct move
step_begin(const struct catalogue *c, const struct facts *facts, uint8_t lang,
    const char *dialled, struct arena *a)
{
	struct session s = { .channel = CHANNEL_USSD, .lang = lang };
	const char *rest = "";
	const struct code *code =
	    catalogue_code(c, dialled, facts->msisdn, &rest);
	struct play p;

	s.here = (struct place){ NOWHERE, 0, 0 };
	s.code = code == NULL ? NOWHERE : (uint16_t)(code - c->codes);
	s.dialled = parts_of(a, rest);
	play_init(&p, a, c, facts, &s);
	if (code == NULL) {
		play_end(&p, &c->sorry);
		return play_done(&p);
	}
	play_home(&p);
	dial_through(&p);
	return play_done(&p);
}

/* "6*1#" as "6*1"; NULL when nothing was dialled through. What is too long to
 * be kept loses whole parts. */
static const char *
parts_of(struct arena *a, const char *rest)
{
	size_t len = strcspn(rest, "#");

	if (len > SESSION_DIALLED_MAX) {
		len = SESSION_DIALLED_MAX;
		while (len > 0 && rest[len] != '*')
			len--;
	}
	return len == 0 ? NULL : arena_copy(a, rest, len);
}

static void
dial_through(struct play *p)
{
	struct play before;
	const char *part;

	while (p->move.kind == MOVE_SHOW && !p->wrong &&
	    !play_state(p)->secret && (part = next_part(p)) != NULL) {
		before = *p;
		p->dialling = true;
		play_answer(p, part);
		p->dialling = false;
		if (is_at_once(p)) {
			*p = before;
			break;
		}
	}
	if (p->move.kind == MOVE_APP && p->move.session.dialled != NULL)
		play_dialled_app(
		    p, asks_secrets(p) ? "" : p->move.session.dialled);
	if (p->move.kind != MOVE_CALL)
		p->move.session.dialled = NULL;
	else if (p->move.session.dialled != NULL && asks_secrets(p))
		p->move.session.dialled = "";
}

/* The rest is stored while the call is open, and where an institution asks
 * for a secret somewhere, it may have been dialled along. */
static bool
asks_secrets(const struct play *p)
{
	const struct graph *g = p->scene.graph;
	size_t i;

	for (i = 0; i < g->var_count; i++)
		if (g->vars[i].secret)
			return true;
	return false;
}

static const char *
next_part(struct play *p)
{
	const char *from = p->move.session.dialled;
	size_t len;

	if (from == NULL || *from == '\0')
		return NULL;
	len = strcspn(from, "*");
	p->move.session.dialled = from + len + (from[len] == '*');
	return arena_copy(p->scene.arena, from, len);
}

static bool
is_at_once(const struct play *p)
{
	return p->move.kind == MOVE_CALL && play_state(p)->once;
}

/* ---- an answer */

struct move
step_input(const struct catalogue *c, const struct facts *facts,
    const struct session *s, const char *input, struct arena *a)
{
	struct play p;

	bool confirmed = s->forgets && reserved_find(c, input) == RESERVED_YES;

	if (s->channel == CHANNEL_SMS &&
	    (step_is_keyword(c, input) || (s->forgets && !confirmed)))
		return step_keyword(c, facts, s->lang, input, a);
	play_init(&p, a, c, facts, s);
	if (confirmed) {
		play_forgotten(&p);
		return play_done(&p);
	}
	if (s->dropped)
		play_dropped(&p, input);
	else if (session_waits_at(play_state(&p)))
		play_answer(&p, input);
	else
		play_end(&p, &c->expired);
	return play_done(&p);
}

/* ---- an outcome */

struct move
step_outcome(const struct catalogue *c, const struct facts *facts,
    const struct session *s, enum outcome outcome, const char *const *values,
    struct arena *a)
{
	struct play p;

	play_init(&p, a, c, facts, s);
	if (play_state(&p)->kind != STATE_CALL) {
		play_end(&p, &c->expired);
		return play_done(&p);
	}
	take_outcome(&p, outcome, values);
	return play_done(&p);
}

static void
take_outcome(struct play *p, enum outcome outcome, const char *const *values)
{
	const struct state *st = play_state(p);
	struct session *s = &p->move.session;

	if (outcome == OUTCOME_OK &&
	    !callee_take(p->scene.arena, p->scene.c, p->scene.graph, st, values,
		s->vars))
		outcome = OUTCOME_FAIL;
	/* Nobody goes back to before a deed that is done, nor to where a secret
	 * would be missing that is forgotten now. */
	if (play_forget_secrets(p) || st->once)
		s->depth = 0;
	play_follow(p, &st->outcomes[outcome]);
	if (s->dialled != NULL)
		resume_dialling(p, outcome);
}

/* The rest was dialled in the hope that all goes well. */
static void
resume_dialling(struct play *p, enum outcome outcome)
{
	struct session *s = &p->move.session;
	bool too_far = is_at_once(p) && s->depth > 0;

	if (outcome != OUTCOME_OK || too_far)
		s->dialled = "";
	if (too_far)
		play_back(p);
	dial_through(p);
}

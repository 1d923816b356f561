/*
 * What a citizen's profile has to do with an ask.
 *
 *	arrive -> (the profile is read) -> use it? -> next
 *	                              \\-> ask -> keep it? -> next
 *
 * Only on a screen, and only what was typed there: who dials through or writes
 * an SMS is not stopped by a question.
 */
#include <string.h>

#include "menus/play.h"
#include "menus/screen.h"
#include "menus/value.h"

static const struct variable *asked(const struct play *p);
static const struct known *find(
    const struct profile *profile, const char *institution, const char *name);
static const char *known_value(
    const struct play *p, const struct profile *profile);
static struct move with_screen(struct move m, struct move shown);
static void offer(struct play *p, const char *value);
static void answer_use(struct play *p, const char *key);
static void answer_keep(struct play *p, const char *key);
static void note(struct play *p, enum consent consent);

bool
play_wants_profile(const struct play *p)
{
	const struct session *s = &p->move.session;
	const struct variable *v;

	if (p->move.kind != MOVE_SHOW || s->channel != CHANNEL_USSD ||
	    s->dropped || s->consent != CONSENT_UNKNOWN || p->wrong ||
	    play_state(p)->kind != STATE_ASK)
		return false;
	v = asked(p);
	return !v->secret && (v->keep_s > 0 || v->reads != NULL);
}

static const struct variable *
asked(const struct play *p)
{
	return &p->scene.graph->vars[play_state(p)->into];
}

struct move
step_profile(const struct catalogue *c, const struct facts *facts,
    const struct move *m, const struct profile *profile, struct arena *a)
{
	const struct known *own;
	const struct variable *v;
	const char *value;
	struct play p;

	CHECK(m->kind == MOVE_PROFILE);
	play_init(&p, a, c, facts, &m->session);
	v = asked(&p);
	own = find(profile, p.scene.graph->name, v->name);
	p.move.session.consent = v->keep_s == 0 ? CONSENT_NO
	    : own == NULL                       ? CONSENT_UNASKED
						: own->consent;
	value = known_value(&p, profile);
	if (value != NULL)
		offer(&p, value);
	return with_screen(*m, play_done(&p));
}

/* All that came of the answer before stays. */
static struct move
with_screen(struct move m, struct move shown)
{
	m.kind = shown.kind;
	m.session = shown.session;
	m.screen = shown.screen;
	return m;
}

static const struct known *
find(const struct profile *profile, const char *institution, const char *name)
{
	size_t i;

	for (i = 0; i < profile->count; i++)
		if (strcmp(profile->list[i].institution, institution) == 0 &&
		    strcmp(profile->list[i].name, name) == 0)
			return &profile->list[i];
	return NULL;
}

/* The institution's own, or what another one shares. */
static const char *
known_value(const struct play *p, const struct profile *profile)
{
	const struct variable *v = asked(p);
	const struct known *k = NULL;

	if (v->keep_s > 0)
		k = find(profile, p->scene.graph->name, v->name);
	if (k != NULL && k->consent != CONSENT_NO)
		return k->value;
	if (v->reads == NULL)
		return NULL;
	k = find(profile, v->reads_from, v->reads);
	return k != NULL && k->consent == CONSENT_SHARED ? k->value : NULL;
}

/* A rule may have changed since, and another institution has another. */
static void
offer(struct play *p, const char *value)
{
	struct session *s = &p->move.session;

	s->offered = value_typed(p->scene.arena, asked(p), value);
	if (s->offered != NULL)
		s->phase = PHASE_USE;
}

bool
play_keeps(struct play *p, const char *value)
{
	struct session *s = &p->move.session;

	if (p->dialling)
		return false;
	switch (s->consent) {
	case CONSENT_UNASKED:
		s->vars[play_state(p)->into] = value;
		s->phase = PHASE_KEEP;
		return true;
	case CONSENT_YES:
	case CONSENT_SHARED:
		s->vars[play_state(p)->into] = value;
		note(p, asked(p)->share ? s->consent : CONSENT_YES);
		return false;
	case CONSENT_UNKNOWN:
	case CONSENT_NO:
		break;
	}
	return false;
}

/* ---- answers to what the gateway asks */

void
play_profile_answer(struct play *p, const char *key)
{
	if (p->move.session.phase == PHASE_USE)
		answer_use(p, key);
	else
		answer_keep(p, key);
}

static void
answer_use(struct play *p, const char *key)
{
	struct session *s = &p->move.session;
	const char *value = s->offered;

	if (strcmp(key, OFFER_TAKE) != 0 && strcmp(key, OFFER_LEAVE) != 0) {
		play_refuse(p);
		return;
	}
	s->phase = PHASE_ASK;
	s->offered = NULL;
	if (strcmp(key, OFFER_TAKE) == 0)
		play_take(p, value);
}

static void
answer_keep(struct play *p, const char *key)
{
	struct session *s = &p->move.session;
	enum consent said;

	if (strcmp(key, OFFER_TAKE) == 0)
		said = CONSENT_YES;
	else if (strcmp(key, OFFER_LEAVE) == 0)
		said = CONSENT_NO;
	else if (strcmp(key, OFFER_SHARE) == 0 && asked(p)->share)
		said = CONSENT_SHARED;
	else {
		play_refuse(p);
		return;
	}
	note(p, said);
	s->phase = PHASE_ASK;
	play_take(p, s->vars[play_state(p)->into]);
}

/* A no is kept as long as a yes would be, without the value. */
static void
note(struct play *p, enum consent consent)
{
	const struct variable *v = asked(p);
	struct known *k = arena_alloc(p->scene.arena, sizeof(*k));

	*k = (struct known){
		.institution = p->scene.graph->name,
		.name = v->name,
		.value = consent == CONSENT_NO
		    ? ""
		    : p->move.session.vars[play_state(p)->into],
		.consent = consent,
		.until_ms = v->keep_s * INT64_C(1000),
	};
	p->move.keeps = k;
}

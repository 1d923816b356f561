/*
 * A crowd: so many citizens that nobody names them, who all do the same, and
 * each of whom must see what is its own. In what they type and see, {n} is the
 * last nine digits of each one's number.
 *
 * So many requests at once wait for their screens, and the next goes out with
 * every screen that comes.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "simulator/act_crowd.h"
#include "simulator/histogram.h"

#define FIRST       UINT64_C(255710000000)
#define TAIL        9 /* digits of {n} */
#define AT_ONCE     500
#define IN_A_BREATH 500 /* so many in the patience of one wait */

struct member {
	struct actor actor;
	char number[16];
	const char *screen, *sms;
	bool ended;
	int64_t asked_ms, took_ms;
};

struct crowd {
	struct act *act;
	struct arena *texts; /* of the last step */
	struct member *members;
	size_t count;
	size_t asked, answered; /* in this step */
	size_t texted; /* SMS, of all */
	const char *answers; /* NULL: they dial */
	const char *code;
	bool failed;
};

struct milestone {
	const size_t *counted;
	size_t wanted;
};

static bool step(struct crowd *c);
static void ask_next(struct crowd *c);
static bool all_come(
    struct crowd *c, const size_t *counted, const char *expected);
static bool is_reached(void *arg);
static const char *of_member(
    struct arena *a, const struct member *m, const char *text);
static bool sees(struct act *act, const char *goes_on, const char *ends);
static bool saw(
    const struct member *m, const char *wanted, bool ended, struct arena *a);

/* ---- what they do */

bool
act_crowd_dials(struct act *act, const char *const *args)
{
	struct crowd *c = act->crowd;
	size_t i;

	if (c == NULL) {
		c = act->crowd = arena_alloc(act->arena, sizeof(*c));
		c->act = act;
		c->count = (size_t)atol(args[0]);
		c->members =
		    arena_array(act->arena, c->count, sizeof(*c->members));
		for (i = 0; i < c->count; i++) {
			struct member *m = &c->members[i];

			snprintf(m->number, sizeof(m->number), "%" PRIu64,
			    FIRST + i);
			m->actor.act = act;
			m->actor.number = m->number;
			m->actor.crowd = c;
			m->actor.phone =
			    smsc_phone(stage_smsc(act->stage), m->number);
			phone_set_owner(m->actor.phone, &m->actor);
		}
	}
	if (c->count != (size_t)atol(args[0]))
		return act_fail(act, "there is one crowd in a talk");
	c->answers = NULL;
	c->code = args[1];
	return step(c);
}

bool
act_crowd_answers(struct act *act, const char *const *args)
{
	if (act->crowd == NULL)
		return act_fail(act, "there is no crowd");
	act->crowd->answers = args[0];
	return step(act->crowd);
}

static bool
step(struct crowd *c)
{
	if (c->texts != NULL)
		arena_free(c->texts);
	c->texts = arena_new();
	c->asked = c->answered = 0;
	while (c->asked < c->count && c->asked < AT_ONCE)
		ask_next(c);
	return all_come(c, &c->answered, "each of the crowd sees a screen");
}

static void
ask_next(struct crowd *c)
{
	struct member *m = &c->members[c->asked++];
	struct phone *p = m->actor.phone;
	int result;

	m->screen = NULL;
	m->asked_ms = clock_steady_ms();
	result = c->answers == NULL
	    ? phone_dial(p, c->code)
	    : phone_answer(p, of_member(c->texts, m, c->answers));
	if (result == -1)
		act_crowd_gets_nothing(c, &m->actor, "could not be said");
}

/* As long as some come, more are waited for. */
static bool
all_come(struct crowd *c, const size_t *counted, const char *expected)
{
	struct milestone m = { counted, 0 };

	while (m.wanted < c->count) {
		m.wanted += IN_A_BREATH;
		if (m.wanted > c->count)
			m.wanted = c->count;
		if (!act_wait(c->act, is_reached, &m, expected))
			return act_fail(
			    c->act, "%zu of %zu came", *counted, c->count);
	}
	return true;
}

static bool
is_reached(void *arg)
{
	const struct milestone *m = arg;

	return *m->counted >= m->wanted;
}

static const char *
of_member(struct arena *a, const struct member *m, const char *text)
{
	const char *mark = strstr(text, "{n}");

	if (mark == NULL)
		return text;
	return arena_printf(a, "%.*s%s%s", (int)(mark - text), text,
	    m->number + strlen(m->number) - TAIL, mark + 3);
}

/* ---- what the operator tells of them */

void
act_crowd_gets_screen(
    struct crowd *c, struct actor *who, const char *text, bool ended)
{
	struct member *m = (struct member *)who;

	if (m->screen != NULL) { /* a second one for one request */
		c->failed = true;
		return;
	}
	m->screen = arena_string(c->texts, text);
	m->ended = ended;
	m->took_ms = clock_steady_ms() - m->asked_ms;
	c->answered++;
	if (c->asked < c->count)
		ask_next(c);
}

void
act_crowd_gets_nothing(struct crowd *c, struct actor *who, const char *why)
{
	act_crowd_gets_screen(c, who, why, true);
}

void
act_crowd_gets_sms(struct crowd *c, struct actor *who, const char *text)
{
	struct member *m = (struct member *)who;

	c->failed |= m->sms != NULL;
	m->sms = arena_string(c->act->arena, text);
	c->texted++;
}

/* ---- what they see */

bool
act_crowd_sees(struct act *act, const char *const *args)
{
	return sees(act, args[0], NULL);
}

bool
act_crowd_sees_end(struct act *act, const char *const *args)
{
	return sees(act, NULL, args[0]);
}

bool
act_crowd_sees_either(struct act *act, const char *const *args)
{
	return sees(act, args[0], args[1]);
}

static bool
sees(struct act *act, const char *goes_on, const char *ends)
{
	struct crowd *c = act->crowd;
	size_t i;

	if (c == NULL)
		return act_fail(act, "there is no crowd");
	for (i = 0; i < c->count; i++) {
		const struct member *m = &c->members[i];

		if (!saw(m, goes_on, false, c->texts) &&
		    !saw(m, ends, true, c->texts))
			return act_fail(act, "%s was shown %s%s", m->number,
			    m->ended ? "the last screen " : "",
			    act_quoted(act, m->screen));
	}
	return !c->failed ||
	    act_fail(act, "one of the crowd was shown two screens");
}

static bool
saw(const struct member *m, const char *wanted, bool ended, struct arena *a)
{
	if (wanted == NULL || m->ended != ended)
		return false;
	wanted = of_member(a, m, wanted);
	return *wanted == '=' ? strcmp(m->screen, wanted + 1) == 0
			      : strstr(m->screen, wanted) != NULL;
}

bool
act_crowd_gets(struct act *act, const char *const *args)
{
	struct crowd *c = act->crowd;
	size_t i;

	if (c == NULL)
		return act_fail(act, "there is no crowd");
	if (!all_come(c, &c->texted, "each of the crowd gets an SMS"))
		return false;
	for (i = 0; i < c->count; i++) {
		const struct member *m = &c->members[i];

		if (m->sms == NULL ||
		    strstr(m->sms, of_member(c->texts, m, args[0])) == NULL)
			return act_fail(act, "%s got %s", m->number,
			    m->sms == NULL ? "no SMS" : m->sms);
	}
	return !c->failed || act_fail(act, "one of the crowd got two");
}

/* Of those whose dialogue ended with this, or of those that go on. */
bool
act_crowd_is_told(struct act *act, const char *const *args)
{
	struct crowd *c = act->crowd;
	size_t i, ended = 0;

	for (i = 0; c != NULL && i < c->count; i++)
		ended += c->members[i].ended;
	return ended >= (size_t)atol(args[0]) ||
	    act_fail(act, "%zu of them saw a last screen", ended);
}

bool
act_crowd_goes_on(struct act *act, const char *const *args)
{
	struct crowd *c = act->crowd;
	size_t i, live = 0;

	for (i = 0; c != NULL && i < c->count; i++)
		live += !c->members[i].ended;
	return live >= (size_t)atol(args[0]) ||
	    act_fail(act, "%zu of them go on", live);
}

/* All but one in a hundred. */
bool
act_crowd_waited(struct act *act, const char *const *args)
{
	struct histogram *h = arena_alloc(act->arena, sizeof(*h));
	struct crowd *c = act->crowd;
	bool ended = strcmp(args[0], "told") == 0;
	uint64_t most;
	size_t i;

	for (i = 0; c != NULL && i < c->count; i++)
		if (c->members[i].ended == ended)
			histogram_add(h, (uint64_t)c->members[i].took_ms);
	most = histogram_part(h, 0.99);
	return most <= (uint64_t)atol(args[1]) ||
	    act_fail(act, "p99 is %" PRIu64 " ms", most);
}

void
act_crowd_leaves(struct crowd *c)
{
	if (c != NULL && c->texts != NULL)
		arena_free(c->texts);
}

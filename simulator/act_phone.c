/*
 * What citizens do with their phones, and what the operator tells of it.
 */
#include <string.h>

#include "base/clock.h"
#include "gateway/pdu.h"
#include "simulator/act_crowd.h"

static bool types(struct act *act, struct actor *who, const char *text);
static void on_screen(
    void *owner, struct phone *p, const char *text, bool ended);
static void on_sms(
    void *owner, struct phone *p, const char *from, const char *text);
static void on_refused(void *owner, struct phone *p, uint32_t status);
static void on_silent(void *owner, struct phone *p);
static void on_trace(
    void *owner, int bind, bool from_esme, const struct pdu *pdu);
static void arrive(
    struct act *act, struct arrivals *at, const char *text, bool ended);

const struct smsc_events act_phone_events = {
	.screen = on_screen,
	.sms = on_sms,
	.refused = on_refused,
	.silent = on_silent,
	.trace = on_trace,
};

struct actor *
act_actor(struct act *act, const char *number)
{
	struct actor *who;

	for (who = act->actors; who != NULL; who = who->next)
		if (strcmp(who->number, number) == 0)
			return who;
	who = arena_alloc(act->arena, sizeof(*who));
	who->act = act;
	who->number = arena_string(act->arena, number);
	who->phone = smsc_phone(stage_smsc(act->stage), number);
	who->acknowledged = true;
	STAILQ_INIT(&who->screens);
	STAILQ_INIT(&who->texts);
	phone_set_owner(who->phone, who);
	who->next = act->actors;
	act->actors = who;
	return who;
}

/* ---- what they do */

bool
act_dials(struct act *act, const char *const *args)
{
	struct actor *who = act_actor(act, args[0]);

	act_tell(act, ACT_DIALS, who->number, args[1], NULL);
	act_requests(act, who);
	return act_said(act, who, phone_dial(who->phone, args[1]));
}

bool
act_types(struct act *act, const char *const *args)
{
	return act_speaks(act) && types(act, act->speaker, args[0]);
}

bool
act_answers(struct act *act, const char *const *args)
{
	return types(act, act_actor(act, args[0]), args[1]);
}

static bool
types(struct act *act, struct actor *who, const char *text)
{
	act_tell(act, ACT_TYPES, who->number, text, NULL);
	act_requests(act, who);
	return act_said(act, who, phone_answer(who->phone, text));
}

bool
act_texts(struct act *act, const char *const *args)
{
	struct actor *who = act_actor(act, args[0]);

	act_tell(act, ACT_TEXTS, who->number, args[1], args[2]);
	act_requests(act, who);
	return act_said(act, who, phone_text(who->phone, args[2], args[1]));
}

bool
act_hangs_up(struct act *act, const char *const *args)
{
	struct actor *who = act->speaker;

	(void)args;
	if (!act_speaks(act))
		return false;
	act_tell(act, ACT_HANGS_UP, who->number, NULL, NULL);
	act_requests(act, who);
	return act_said(act, who, phone_cancel(who->phone));
}

bool
act_is_cut(struct act *act, const char *const *args)
{
	struct actor *who = act->speaker;

	(void)args;
	if (!act_speaks(act))
		return false;
	act_requests(act, who);
	return act_said(act, who, phone_cut(who->phone));
}

bool
act_walks_away(struct act *act, const char *const *args)
{
	(void)args;
	if (!act_speaks(act))
		return false;
	act_tell(act, ACT_WALKS_AWAY, act->speaker->number, NULL, NULL);
	phone_walk_away(act->speaker->phone);
	return true;
}

void
act_requests(struct act *act, struct actor *who)
{
	act->speaker = who;
	act->requested_ms = clock_steady_ms();
	act->requesting = true;
	who->acknowledged = false;
}

bool
act_said(struct act *act, struct actor *who, int result)
{
	/* A dialect that cannot say it leaves the operator silent. */
	if (act->requesting)
		who->acknowledged = true;
	act->requesting = false;
	if (result == 0)
		return true;
	return act_fail(act,
	    "%s cannot say that: there is no bind for it, or "
	    "no dialogue is open, or the dialect has no words for it",
	    who->number);
}

bool
act_speaks(struct act *act)
{
	return act->speaker != NULL || act_fail(act, "nobody has spoken yet");
}

/* ---- what the operator tells us */

static void
on_screen(void *owner, struct phone *p, const char *text, bool ended)
{
	struct act *act = owner;
	struct actor *who = phone_owner(p);

	if (who == NULL)
		who = act_actor(act, phone_number(p));
	if (who->crowd != NULL) {
		act_crowd_gets_screen(who->crowd, who, text, ended);
		return;
	}
	arrive(act, &who->screens, text, ended);
	act_tell(
	    act, ended ? ACT_LAST_SCREEN : ACT_SCREEN, who->number, text, NULL);
}

static void
on_sms(void *owner, struct phone *p, const char *from, const char *text)
{
	struct act *act = owner;
	struct actor *who = phone_owner(p);

	if (who == NULL)
		who = act_actor(act, phone_number(p));
	if (who->crowd != NULL) {
		act_crowd_gets_sms(who->crowd, who, text);
		return;
	}
	arrive(act, &who->texts, text, true);
	act_tell(act, ACT_SMS, who->number, text, from);
}

static void
arrive(struct act *act, struct arrivals *at, const char *text, bool ended)
{
	struct arrival *new = arena_alloc(act->arena, sizeof(*new));

	new->text = arena_string(act->arena, text);
	new->ended = ended;
	STAILQ_INSERT_TAIL(at, new, entry);
}

static void
on_refused(void *owner, struct phone *p, uint32_t status)
{
	struct actor *who = phone_owner(p);

	if (who == NULL)
		return;
	if (who->crowd != NULL) {
		act_crowd_gets_nothing(
		    who->crowd, who, pdu_status_name(status));
		return;
	}
	who->refused = status;
	act_tell(
	    owner, ACT_REFUSAL, who->number, pdu_status_name(status), NULL);
}

static void
on_silent(void *owner, struct phone *p)
{
	struct actor *who = phone_owner(p);

	(void)owner;
	if (who != NULL && who->crowd != NULL)
		act_crowd_gets_nothing(who->crowd, who, "nothing in time");
	else if (who != NULL)
		who->silent = true;
}

static void
on_trace(void *owner, int bind, bool from_esme, const struct pdu *pdu)
{
	struct act *act = owner;
	struct actor *who;

	if (!from_esme && act->requesting) {
		act->speaker->bind = bind;
		act->speaker->sequence = pdu->sequence;
		act->requesting = false;
	}
	if (from_esme && pdu->command == PDU_SUBMIT_SM)
		act_looks_at_screen(act, pdu);
	if (!from_esme || (pdu->command & PDU_RESPONSE) == 0)
		return;
	for (who = act->actors; who != NULL; who = who->next)
		if (who->bind == bind && who->sequence == pdu->sequence)
			who->acknowledged = true;
}

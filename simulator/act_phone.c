/*
 * What citizens do with their phones, and what they see on them.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/pdu.h"
#include "simulator/act_parts.h"

static bool types(struct act *act, struct actor *who, const char *text);
static bool said(struct act *act, struct actor *who, int result);
static bool speaks(struct act *act);
static bool sees(struct act *act, const char *wanted, bool ended);
static bool has_screen(void *arg);
static bool has_sms(void *arg);
static bool has_refusal(void *arg);
static bool has_answer(void *arg);
static struct arrival *take(struct arrivals *from);
static bool is_wanted(const char *text, const char *wanted);
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
	return said(act, who, phone_dial(who->phone, args[1]));
}

bool
act_types(struct act *act, const char *const *args)
{
	return speaks(act) && types(act, act->speaker, args[0]);
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
	return said(act, who, phone_answer(who->phone, text));
}

bool
act_texts(struct act *act, const char *const *args)
{
	struct actor *who = act_actor(act, args[0]);

	act_tell(act, ACT_TEXTS, who->number, args[1], args[2]);
	act_requests(act, who);
	return said(act, who, phone_text(who->phone, args[2], args[1]));
}

bool
act_hangs_up(struct act *act, const char *const *args)
{
	struct actor *who = act->speaker;

	(void)args;
	if (!speaks(act))
		return false;
	act_tell(act, ACT_HANGS_UP, who->number, NULL, NULL);
	act_requests(act, who);
	return said(act, who, phone_cancel(who->phone));
}

bool
act_walks_away(struct act *act, const char *const *args)
{
	(void)args;
	if (!speaks(act))
		return false;
	act_tell(act, ACT_WALKS_AWAY, act->speaker->number, NULL, NULL);
	phone_walk_away(act->speaker->phone);
	return true;
}

void
act_requests(struct act *act, struct actor *who)
{
	act->speaker = who;
	act->requesting = true;
	who->acknowledged = false;
}

static bool
said(struct act *act, struct actor *who, int result)
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

static bool
speaks(struct act *act)
{
	return act->speaker != NULL || act_fail(act, "nobody has spoken yet");
}

/* ---- what they see */

bool
act_sees_screen(struct act *act, const char *const *args)
{
	return sees(act, args[0], false);
}

bool
act_sees_end(struct act *act, const char *const *args)
{
	return sees(act, args[0], true);
}

static bool
sees(struct act *act, const char *wanted, bool ended)
{
	struct actor *who = act->speaker;
	struct arrival *screen;
	const char *expected;

	if (!speaks(act))
		return false;
	expected = arena_printf(
	    act->arena, "a screen says %s", act_quoted(act, wanted));
	if (!act_wait(act, has_screen, who, expected))
		return false;
	screen = take(&who->screens);
	if (screen == NULL)
		return act_fail(act, "expected that %s: %s", expected,
		    who->refused != 0 ? pdu_status_name(who->refused)
				      : "the operator gave up");
	if (!is_wanted(screen->text, wanted))
		return act_fail(act, "expected that %s; it says %s", expected,
		    act_quoted(act, screen->text));
	if (screen->ended != ended)
		return act_fail(act, "the dialogue %s with %s",
		    ended ? "goes on" : "has ended",
		    act_quoted(act, screen->text));
	return true;
}

bool
act_sees_sms(struct act *act, const char *const *args)
{
	struct actor *who = act->speaker;
	struct arrival *sms;
	const char *expected;

	if (!speaks(act))
		return false;
	expected = arena_printf(
	    act->arena, "an SMS says %s", act_quoted(act, args[0]));
	if (!act_wait(act, has_sms, who, expected))
		return false;
	sms = take(&who->texts);
	return is_wanted(sms->text, args[0]) ||
	    act_fail(act, "expected that %s; it says %s", expected,
		act_quoted(act, sms->text));
}

bool
act_sees_copies(struct act *act, const char *const *args)
{
	act->spare_copies = atoi(args[0]);
	return true;
}

bool
act_sees_no_late_screen(struct act *act, const char *const *args)
{
	(void)args;
	act->none_late = true;
	return true;
}

bool
act_sees_refusal(struct act *act, const char *const *args)
{
	struct actor *who = act->speaker;
	uint32_t status;

	if (!speaks(act) ||
	    !act_wait(act, has_refusal, who, "the request is refused"))
		return false;
	status = who->refused;
	who->refused = 0;
	if (status == 0)
		return act_fail(act, "the request was accepted");
	return strcmp(pdu_status_name(status), args[0]) == 0 ||
	    act_fail(act, "refused with %s", pdu_status_name(status));
}

/* An answer is written behind its acknowledgement in one go, and both have
 * been read when the gateway has ended: end_in_order finds what came later. */
bool
act_sees_nothing(struct act *act, const char *const *args)
{
	struct actor *who = act->speaker;
	struct arrival *screen;

	(void)args;
	if (!speaks(act) ||
	    !act_wait(act, has_answer, who, "the request is acknowledged"))
		return false;
	screen = take(&who->screens);
	return screen == NULL ||
	    act_fail(act, "a screen came: %s", act_quoted(act, screen->text));
}

/* So far; a gateway that has died will not say it any more. */
bool
act_sees_no_acknowledgement(struct act *act, const char *const *args)
{
	(void)args;
	return speaks(act) &&
	    (!act->speaker->acknowledged ||
		act_fail(act, "the last request was acknowledged"));
}

static bool
has_screen(void *arg)
{
	struct actor *who = arg;

	return !STAILQ_EMPTY(&who->screens) || who->silent || who->refused != 0;
}

static bool
has_sms(void *arg)
{
	struct actor *who = arg;

	return !STAILQ_EMPTY(&who->texts);
}

static bool
has_refusal(void *arg)
{
	struct actor *who = arg;

	return who->acknowledged;
}

static bool
has_answer(void *arg)
{
	struct actor *who = arg;

	return who->acknowledged;
}

static struct arrival *
take(struct arrivals *from)
{
	struct arrival *first = STAILQ_FIRST(from);

	if (first != NULL)
		STAILQ_REMOVE_HEAD(from, entry);
	return first;
}

static bool
is_wanted(const char *text, const char *wanted)
{
	return *wanted == '=' ? strcmp(text, wanted + 1) == 0
			      : strstr(text, wanted) != NULL;
}

bool
act_phones_are_done(struct act *act)
{
	uint64_t late = smsc_figures(stage_smsc(act->stage)).stale;
	struct arrival *left;
	struct actor *who;

	if (act->none_late && late > 0)
		return act_fail(act,
		    "screens came for dialogues that were over: %" PRIu64,
		    late);
	for (who = act->actors; who != NULL; who = who->next) {
		if ((left = take(&who->screens)) != NULL)
			return act_fail(act,
			    "%s was shown what no line expects: %s",
			    who->number, act_quoted(act, left->text));
		while ((left = take(&who->texts)) != NULL)
			if (act->spare_copies-- <= 0)
				return act_fail(act,
				    "%s got an SMS that no line expects: %s",
				    who->number, act_quoted(act, left->text));
		if (who->refused != 0)
			return act_fail(act, "a request of %s was refused: %s",
			    who->number, pdu_status_name(who->refused));
		if (!who->acknowledged)
			return act_fail(act,
			    "the last request of %s was never acknowledged",
			    who->number);
	}
	return true;
}

/* ---- what the operator tells us */

static void
on_screen(void *owner, struct phone *p, const char *text, bool ended)
{
	struct act *act = owner;
	struct actor *who = phone_owner(p);

	if (who == NULL)
		who = act_actor(act, phone_number(p));
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
	who->refused = status;
	act_tell(
	    owner, ACT_REFUSAL, who->number, pdu_status_name(status), NULL);
}

static void
on_silent(void *owner, struct phone *p)
{
	struct actor *who = phone_owner(p);

	(void)owner;
	if (who != NULL)
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
	if (!from_esme || (pdu->command & PDU_RESPONSE) == 0)
		return;
	for (who = act->actors; who != NULL; who = who->next)
		if (who->bind == bind && who->sequence == pdu->sequence)
			who->acknowledged = true;
}

/*
 * What citizens see on their phones, held against what a talk expects.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/pdu.h"
#include "simulator/act_parts.h"

static bool sees(struct act *act, const char *wanted, bool ended);
static bool has_screen(void *arg);
static bool has_sms(void *arg);
static bool has_answer(void *arg);
static bool is_silent(void *arg);
static struct arrival *take(struct arrivals *from);
static bool is_wanted(const char *text, const char *wanted);

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

	if (!act_speaks(act))
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

	if (!act_speaks(act))
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

	if (!act_speaks(act) ||
	    !act_wait(act, has_answer, who, "the request is refused"))
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
	if (!act_speaks(act) ||
	    !act_wait(act, has_answer, who, "the request is acknowledged"))
		return false;
	screen = take(&who->screens);
	return screen == NULL ||
	    act_fail(act, "a screen came: %s", act_quoted(act, screen->text));
}

/* Who asked waits no longer: the dialogue is over. */
bool
act_sees_silence(struct act *act, const char *const *args)
{
	struct actor *who = act->speaker;

	(void)args;
	if (!act_speaks(act) ||
	    !act_wait(act, is_silent, who, "the operator gives up"))
		return false;
	who->silent = false;
	who->acknowledged = true;
	return true;
}

static bool
is_silent(void *arg)
{
	struct actor *who = arg;

	return who->silent;
}

/* So far; a gateway that has died will not say it any more. */
bool
act_sees_no_acknowledgement(struct act *act, const char *const *args)
{
	(void)args;
	return act_speaks(act) &&
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

	if (act->broken != NULL)
		return act_fail(act, "a screen was sent that %s", act->broken);
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

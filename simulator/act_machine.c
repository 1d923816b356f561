/*
 * What befalls the machines while citizens talk to them.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/pdu.h"
#include "simulator/act_parts.h"
#include "simulator/process.h"

#define STATUSES 0x500 /* one more than the last there is */

struct bind_wait {
	struct act *act;
	const char *name;
	int fallen;
};

struct tally_wait {
	struct act *act;
	const char *what, *which;
	long wanted, seen;
};

static bool start(
    struct act *act, const char *name, const char *variable, const char *place);
static bool has_died(void *arg);
static bool has_stopped(void *arg);
static const char *gateway_of(struct act *act, int bind);
static bool is_bound_again(void *arg);
static bool repeat(struct act *act, int bind, bool same_number);
static bool was_asked(void *arg);

/* ---- redis */

bool
act_redis_dies(struct act *act, const char *const *args)
{
	(void)args;
	private_redis_kill(stage_redis(act->stage));
	return true;
}

bool
act_redis_starts(struct act *act, const char *const *args)
{
	(void)args;
	return act_came(act, stage_redis_again(act->stage),
	    "every gateway finds its Redis again");
}

/* As a Redis does that was given an empty disk. */
bool
act_redis_forgets(struct act *act, const char *const *args)
{
	(void)args;
	return private_redis_ask(
		   stage_redis(act->stage), act->arena, "FLUSHALL") != NULL ||
	    act_fail(act, "Redis does not answer");
}

/* ---- gateways */

bool
act_gateway_dies(struct act *act, const char *const *args)
{
	stage_kill(act->stage, args[0]);
	return true;
}

bool
act_gateway_starts(struct act *act, const char *const *args)
{
	return start(act, args[0], NULL, NULL);
}

bool
act_gateway_ends(struct act *act, const char *const *args)
{
	int status;

	if (!act_came(act, stage_stop(act->stage, args[0], &status),
		arena_printf(act->arena, "gateway %s ends in order", args[0])))
		return false;
	return status == 0 ||
	    act_fail(act, "gateway %s ended with status %d", args[0], status);
}

/* PLACE is a fail point, and behind a colon the time that counts. */
bool
act_gateway_dies_at(struct act *act, const char *const *args)
{
	return start(act, args[0], "MLANGO_FAIL", args[1]);
}

bool
act_gateway_stops_at(struct act *act, const char *const *args)
{
	return start(act, args[0], "MLANGO_STOP", args[1]);
}

static bool
start(
    struct act *act, const char *name, const char *variable, const char *place)
{
	const char *set = variable == NULL
	    ? NULL
	    : arena_printf(act->arena, "%s=%s", variable, place);

	return act_came(act, stage_start(act->stage, name, set, place != NULL),
	    arena_printf(act->arena, "gateway %s starts", name));
}

/* And all that it said before has been heard. */
bool
act_gateway_has_died(struct act *act, const char *const *args)
{
	struct bind_wait w = { act, args[0], 0 };

	if (stage_process(act->stage, args[0]) == NULL)
		return act_fail(act, "gateway %s does not run", args[0]);
	if (!act_wait(act, has_died, &w, "the gateway dies"))
		return false;
	stage_kill(act->stage, args[0]);
	return true;
}

static bool
has_died(void *arg)
{
	struct bind_wait *w = arg;
	struct stage *s = w->act->stage;

	return !process_runs(stage_process(s, w->name)) &&
	    stage_bind(s, w->name) == 0;
}

bool
act_gateway_has_stopped(struct act *act, const char *const *args)
{
	struct process *p = stage_process(act->stage, args[0]);

	if (p == NULL)
		return act_fail(act, "gateway %s does not run", args[0]);
	return act_wait(act, has_stopped, p, "the gateway stops");
}

static bool
has_stopped(void *arg)
{
	return process_is_stopped(arg);
}

bool
act_gateway_goes_on(struct act *act, const char *const *args)
{
	struct process *p = stage_process(act->stage, args[0]);

	if (p == NULL)
		return act_fail(act, "gateway %s does not run", args[0]);
	process_signal(p, SIGCONT);
	return true;
}

/* The files, which a gateway reads when it starts, or is told to. */
bool
act_menus_become(struct act *act, const char *const *args)
{
	const char *menus = act_beside(act, args[0]), *why = "";
	int result = stage_change_menus(act->stage, menus, &why);

	return result == 0 || act_fail(act, "%s", why);
}

/* ---- the operator */

bool
act_bind_falls(struct act *act, const char *const *args)
{
	struct bind_wait w = { act, NULL, 0 };

	(void)args;
	if (!act_speaks(act))
		return false;
	w.fallen = act->speaker->bind;
	w.name = gateway_of(act, w.fallen);
	if (w.name == NULL)
		return act_fail(act, "that bind is not there any more");
	smsc_kill(stage_smsc(act->stage), w.fallen);
	return act_wait(act, is_bound_again, &w, "the gateway binds again");
}

static const char *
gateway_of(struct act *act, int bind)
{
	const char *const *name = stage_running(act->stage, act->arena);

	for (; *name != NULL; name++)
		if (stage_bind(act->stage, *name) == bind)
			return *name;
	return NULL;
}

static bool
is_bound_again(void *arg)
{
	struct bind_wait *w = arg;
	int now = stage_bind(w->act->stage, w->name);

	return now != 0 && now != w->fallen;
}

bool
act_speaks_through(struct act *act, const char *const *args)
{
	int bind = stage_bind(act->stage, args[1]);

	if (bind == 0)
		return act_fail(act, "gateway %s has no bind", args[1]);
	phone_use_bind(act_actor(act, args[0])->phone, bind);
	return true;
}

bool
act_repeats(struct act *act, const char *const *args)
{
	(void)args;
	return repeat(act, 0, true);
}

bool
act_repeats_anew(struct act *act, const char *const *args)
{
	(void)args;
	return repeat(act, 0, false);
}

bool
act_repeats_through(struct act *act, const char *const *args)
{
	return repeat(act, stage_bind(act->stage, args[0]), true);
}

/* Over the bind it went over first when that is up, or else another. */
static bool
repeat(struct act *act, int bind, bool same_number)
{
	struct actor *who = act->speaker;
	int result;

	if (!act_speaks(act))
		return false;
	act_requests(act, who);
	result =
	    phone_repeat(who->phone, bind != 0 ? bind : who->bind, same_number);
	act->requesting = false;
	return result == 0 || act_fail(act, "there is no bind for it");
}

bool
act_repeats_dial(struct act *act, const char *const *args)
{
	struct actor *who = act->speaker;
	int result;

	(void)args;
	if (!act_speaks(act))
		return false;
	act_requests(act, who);
	result = phone_repeat_dial(who->phone, who->bind);
	act->requesting = false;
	return result == 0 || act_fail(act, "there is no bind for it");
}

bool
act_operator_refuses(struct act *act, const char *const *args)
{
	struct smsc_knobs *knobs = smsc_knobs(stage_smsc(act->stage));
	uint32_t status;

	for (status = 0; status < STATUSES; status++)
		if (strcmp(pdu_status_name(status), args[1]) == 0)
			break;
	if (status == STATUSES)
		return act_fail(act, "SMPP has no status '%s'", args[1]);
	knobs->submit_status = status;
	knobs->status_count = atoi(args[0]);
	return true;
}

/* To submits; enquire_link is answered. */
bool
act_operator_is_silent(struct act *act, const char *const *args)
{
	(void)args;
	smsc_knobs(stage_smsc(act->stage))->never_responds = true;
	return true;
}

bool
act_operator_is_well(struct act *act, const char *const *args)
{
	(void)args;
	smsc_knobs(stage_smsc(act->stage))->never_responds = false;
	return true;
}

/* ---- institutions */

bool
act_backend_waits(struct act *act, const char *const *args)
{
	backend_delay(stage_backend(act->stage), atoi(args[0]));
	return true;
}

bool
act_backend_is_silent(struct act *act, const char *const *args)
{
	(void)args;
	backend_delay(stage_backend(act->stage), -1);
	return true;
}

bool
act_backend_says(struct act *act, const char *const *args)
{
	backend_delay(stage_backend(act->stage), 0);
	backend_status(stage_backend(act->stage), atoi(args[0]));
	return true;
}

bool
act_backend_is_well(struct act *act, const char *const *args)
{
	(void)args;
	backend_delay(stage_backend(act->stage), 0);
	backend_status(stage_backend(act->stage), 0);
	return backend_manner(stage_backend(act->stage), "", NULL) == 0;
}

bool
act_backend_was_asked(struct act *act, const char *const *args)
{
	struct tally_wait w = { act, args[1], NULL, atol(args[0]), 0 };

	if (!act_wait(act, was_asked, &w, "the back end is asked"))
		return false;
	return w.seen == w.wanted ||
	    act_fail(act, "it was asked %ld times", w.seen);
}

static bool
was_asked(void *arg)
{
	struct tally_wait *w = arg;

	w->seen = (long)backend_requests(stage_backend(w->act->stage), w->what);
	return w->seen >= w->wanted;
}

bool
act_backend_heard_repeats(struct act *act, const char *const *args)
{
	long heard = (long)backend_repeats(stage_backend(act->stage), args[1]);

	return heard == atol(args[0]) || act_fail(act, "it heard %ld", heard);
}

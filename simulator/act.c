/*
 * An act from its first line to its last.
 *
 *	settings -> stage -> line -> line -> ... -> everything ends in order
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/dialects.h"
#include "simulator/act_crowd.h"
#include "simulator/data.h"
#include "simulator/workspace.h"

#define LOG_LINES 12 /* of each gateway, shown when something failed */

static cue_deed sets_menu, sets_dialect, sets_limit, sets_answer, sets_numbers,
    sets_gateway_text, sets_gateway_number;

const struct cue act_cues[] = {
	{ CUE_SETTING, "menu {word}", sets_menu },
	{ CUE_SETTING, "dialect {word}", sets_dialect },
	{ CUE_SETTING, "limit {word} {number}", sets_limit },
	{ CUE_SETTING, "session numbers {number}", sets_numbers },
	{ CUE_SETTING, "operator waits {number} s", sets_answer },
	{ CUE_SETTING, "gateway {word} {text}", sets_gateway_text },
	{ CUE_SETTING, "gateway {word} {number}", sets_gateway_number },

	{ CUE_SAYS, "{number} dials {text}", act_dials },
	{ CUE_SAYS, "{number} texts {text} to {number}", act_texts },
	{ CUE_SAYS, "{text}", act_types },
	{ CUE_SAYS, "{number} answers {text}", act_answers },
	{ CUE_SAYS, "octets {text} as {number}", act_answers_octets },
	{ CUE_SAYS, "{number} looks", act_looks },
	{ CUE_SAYS, "{number} citizens dial {text}", act_crowd_dials },
	{ CUE_SAYS, "all answer {text}", act_crowd_answers },
	{ CUE_SAYS, "hangs up", act_hangs_up },
	{ CUE_SAYS, "walks away", act_walks_away },
	{ CUE_STAGE, "the network ends the dialogue", act_is_cut },

	{ CUE_SEES, "{text}", act_sees_screen },
	{ CUE_SEES, "end {text}", act_sees_end },
	{ CUE_SEES, "sms {text}", act_sees_sms },
	{ CUE_SEES, "at most {number} more copies", act_sees_copies },
	{ CUE_SEES, "no screen comes too late", act_sees_no_late_screen },
	{ CUE_SEES, "refused {word}", act_sees_refusal },
	{ CUE_SEES, "all {text}", act_crowd_sees },
	{ CUE_SEES, "all end {text}", act_crowd_sees_end },
	{ CUE_SEES, "each {text} or end {text}", act_crowd_sees_either },
	{ CUE_SEES, "all sms {text}", act_crowd_gets },
	{ CUE_SEES, "at least {number} are told", act_crowd_is_told },
	{ CUE_SEES, "at least {number} go on", act_crowd_goes_on },
	{ CUE_SEES, "those {word} wait at most {number} ms", act_crowd_waited },
	{ CUE_SEES, "nothing", act_sees_nothing },
	{ CUE_SEES, "the operator gives up", act_sees_silence },
	{ CUE_SEES, "no acknowledgement", act_sees_no_acknowledgement },

	{ CUE_STAGE, "redis is killed", act_redis_dies },
	{ CUE_STAGE, "redis starts", act_redis_starts },
	{ CUE_STAGE, "redis forgets everything", act_redis_forgets },
	{ CUE_STAGE, "redis forgets {text}", act_redis_forgets_some },
	{ CUE_STAGE, "the time of every session is over", act_time_is_over },
	{ CUE_STAGE, "keys hold {text}", act_keys_hold },
	{ CUE_STAGE, "no key holds {text}", act_no_key_holds },
	{ CUE_STAGE, "nowhere stands {text}", act_is_written_nowhere },
	{ CUE_STAGE, "no log tells {text}", act_is_logged_nowhere },
	{ CUE_STAGE, "every screen is stored before it comes",
	    act_screens_are_stored },
	{ CUE_STAGE, "at most {number} ms have passed", act_was_in_time },
	{ CUE_STAGE, "gateway {word} is killed", act_gateway_dies },
	{ CUE_STAGE, "gateway {word} starts", act_gateway_starts },
	{ CUE_STAGE, "gateway {word} ends", act_gateway_ends },
	{ CUE_STAGE, "gateway {word} dies at {word}", act_gateway_dies_at },
	{ CUE_STAGE, "gateway {word} has died", act_gateway_has_died },
	{ CUE_STAGE, "gateway {word} stops at {word}", act_gateway_stops_at },
	{ CUE_STAGE, "gateway {word} has stopped", act_gateway_has_stopped },
	{ CUE_STAGE, "gateway {word} goes on", act_gateway_goes_on },

	{ CUE_STAGE, "the menus become {word}", act_menus_become },
	{ CUE_STAGE, "gateway {word} reads its menus again",
	    act_gateway_reloads },

	{ CUE_STAGE, "the bind falls", act_bind_falls },
	{ CUE_STAGE, "{number} speaks through gateway {word}",
	    act_speaks_through },
	{ CUE_STAGE, "{number} has the session number of {number}",
	    act_shares_session },
	{ CUE_STAGE, "the dial is repeated", act_repeats_dial },
	{ CUE_STAGE, "the last request is repeated", act_repeats },
	{ CUE_STAGE, "the last request is repeated with another number",
	    act_repeats_anew },
	{ CUE_STAGE, "the last request is repeated through gateway {word}",
	    act_repeats_through },
	{ CUE_STAGE, "the operator refuses the next {number} with {word}",
	    act_operator_refuses },
	{ CUE_STAGE, "the operator answers nothing", act_operator_is_silent },
	{ CUE_STAGE, "the operator answers", act_operator_is_well },

	{ CUE_STAGE, "the back end answers after {number} ms",
	    act_backend_waits },
	{ CUE_STAGE, "the back end never answers", act_backend_is_silent },
	{ CUE_STAGE, "the back end answers with {number}", act_backend_says },
	{ CUE_STAGE, "the back end answers", act_backend_is_well },
	{ CUE_STAGE, "the back end says {text} for {word}", act_backend_tells },
	{ CUE_STAGE, "the back end sends {word} for {word}",
	    act_backend_has_manner },
	{ CUE_STAGE, "the back end has answered {number} times late",
	    act_backend_was_late },
	{ CUE_STAGE, "the back end was asked {number} times for {word}",
	    act_backend_was_asked },
	{ CUE_STAGE, "the back end heard {number} repeats for {word}",
	    act_backend_heard_repeats },
	{ CUE_STAGE, "count {word} {word} becomes {number}", act_counts },
	{ CUE_STAGE, "count {word} {word} ends at {number}", act_counts_last },

	{ .pattern = NULL },
};

static bool sets_gateway(
    struct act *act, const char *name, const char *value);
static const char *const *every_dialect(
    struct arena *a, const struct script *script, struct findings *f);
static bool play_line(struct act *act);
static bool open_stage(struct act *act);
static bool end_in_order(struct act *act);
static void show_logs(struct act *act);
static void show_tail(struct act *act, const char *name);

enum act_result
act_play(const struct script *script, const char *dialect,
    const struct act_audience *audience, struct findings *f)
{
	struct arena *a = arena_new();
	struct act act = { .arena = a,
		.script = script,
		.audience = audience,
		.findings = f };
	bool good = true;
	size_t i;

	act.settings = (struct stage_settings){ .dialect = dialect,
		.limits = act.limits,
		.events = &act_phone_events,
		.owner = &act };
	for (i = 0; good && i < script->count; i++) {
		act.line = &script->lines[i];
		good = play_line(&act);
	}
	good = good && end_in_order(&act);
	if (act.stage != NULL) {
		if (!good && !act.interrupted)
			show_logs(&act);
		stage_close(act.stage);
	}
	act_crowd_leaves(act.crowd);
	arena_free(a);
	if (act.interrupted)
		return ACT_INTERRUPTED;
	return good ? ACT_PASSED : ACT_FAILED;
}

static bool
play_line(struct act *act)
{
	const struct cue *cue = act->line->cue;

	if (cue->side != CUE_SETTING && act->stage == NULL && !open_stage(act))
		return false;
	if (cue->side == CUE_STAGE)
		act_tell(act, ACT_MACHINES, NULL, act->line->written, NULL);
	return cue->does(act, act->line->args);
}

static bool
open_stage(struct act *act)
{
	const char *why = "";

	act->stage = stage_open(act->arena, &act->settings, &why);
	if (act->stage == NULL)
		return act_fail(act, "the stage cannot be set: %s", why);
	return act_came(
	    act, stage_start(act->stage, "a", NULL, false), "gateway a starts");
}

/* Whatever was still on its way has arrived when the last gateway is gone. */
static bool
end_in_order(struct act *act)
{
	const char *const *name;

	if (act->stage == NULL)
		return act_fail(act, "nothing is said in this talk");
	for (name = stage_running(act->stage, act->arena); *name != NULL;
	     name++)
		if (!act_gateway_ends(act, name))
			return false;
	return act_phones_are_done(act) && act_counts_end(act);
}

/* ---- settings */

static bool
sets_menu(struct act *act, const char *const *args)
{
	act->settings.menus = act_beside(act, args[0]);
	return true;
}

/* Who plays it has asked act_dialects. */
static bool
sets_dialect(struct act *act, const char *const *args)
{
	(void)act;
	(void)args;
	return true;
}

static bool
sets_limit(struct act *act, const char *const *args)
{
	if (act->settings.limit_count == ACT_LIMITS)
		return act_fail(act, "too many limits");
	act->limits[act->settings.limit_count++] =
	    (struct stage_limit){ args[0], args[1] };
	return true;
}

static bool
sets_answer(struct act *act, const char *const *args)
{
	act->settings.answer_s = atoi(args[0]);
	/* A little longer than it says, since our clock starts later. */
	act->settings.answer_ms = 1500 * act->settings.answer_s;
	return true;
}

static bool
sets_numbers(struct act *act, const char *const *args)
{
	act->settings.session_numbers = (uint32_t)atol(args[0]);
	return true;
}

static bool
sets_gateway_text(struct act *act, const char *const *args)
{
	return sets_gateway(act, args[0], act_quoted(act, args[1]));
}

static bool
sets_gateway_number(struct act *act, const char *const *args)
{
	return sets_gateway(act, args[0], args[1]);
}

static bool
sets_gateway(struct act *act, const char *name, const char *value)
{
	const char *lines = act->settings.gateway;

	act->settings.gateway = arena_printf(act->arena, "%s%s = %s;\n",
	    lines != NULL ? lines : "", name, value);
	return true;
}

const char *const *
act_dialects(struct arena *a, const struct script *script, struct findings *f)
{
	const char **names = arena_array(a, script->count + 2, sizeof(*names));
	size_t count = 0, i;

	for (i = 0; i < script->count; i++)
		if (script->lines[i].cue->does == sets_dialect)
			names[count++] = script->lines[i].args[0];
	if (count == 0)
		names[0] = "spec";
	return strcmp(names[0], "every") == 0 ? every_dialect(a, script, f)
					      : names;
}

static const char *const *
every_dialect(struct arena *a, const struct script *script, struct findings *f)
{
	const char *why, *folder = data_folder(a, &why);
	struct dialects *all;
	const char **names;
	size_t i, count;

	if (folder == NULL) {
		findings_add(
		    f, FINDING_ERROR, 0, script->file, 0, NULL, "%s", why);
		return NULL;
	}
	all = dialects_read(arena_printf(a, "%s/dialects.cfg", folder), f);
	count = all == NULL ? 0 : dialects_count(all);
	names = arena_array(a, count + 1, sizeof(*names));
	for (i = 0; i < count; i++)
		names[i] = arena_string(a, dialects_at(all, i)->name);
	dialects_free(all);
	return count > 0 ? names : NULL;
}

const char *
act_beside(const struct act *act, const char *file)
{
	const char *slash = strrchr(act->script->file, '/');
	int len = slash == NULL ? 0 : (int)(slash + 1 - act->script->file);

	return arena_printf(act->arena, "%.*s%s", *file == '/' ? 0 : len,
	    act->script->file, file);
}

/* ---- what went wrong */

bool
act_fail(struct act *act, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	findings_addv(act->findings, FINDING_ERROR, 0, act->script->file,
	    act->line != NULL ? act->line->line : 0, NULL, format, args);
	va_end(args);
	return false;
}

bool
act_wait(
    struct act *act, stage_condition *holds, void *arg, const char *expected)
{
	return act_came(act, stage_wait(act->stage, holds, arg), expected);
}

bool
act_came(struct act *act, enum stage_wait w, const char *expected)
{
	if (w == STAGE_CAME)
		return true;
	act->interrupted = w == STAGE_INTERRUPTED;
	return act_fail(
	    act, "expected that %s: %s", expected, stage_wait_says(w));
}

const char *
act_quoted(const struct act *act, const char *text)
{
	char *out = arena_alloc(act->arena, 2 * strlen(text) + 3);
	char *to = out;

	*to++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '\n' || *text == '"' || *text == '\\')
			*to++ = '\\';
		*to++ = *text == '\n' ? 'n' : *text;
	}
	*to = '"';
	return out;
}

void
act_tell(struct act *act, enum act_kind kind, const char *number,
    const char *text, const char *other)
{
	const struct act_audience *audience = act->audience;

	if (audience != NULL)
		audience->happens(audience->owner, kind, number, text, other);
}

static void
show_logs(struct act *act)
{
	static const char *const names[] = { "a", "b", "c", "d" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (stage_log(act->stage, names[i]) != NULL)
			show_tail(act, names[i]);
}

static void
show_tail(struct act *act, const char *name)
{
	char *text = workspace_read(act->arena, stage_log(act->stage, name));
	char *line, *from = text;
	int lines = 0;

	if (text == NULL)
		return;
	for (line = text + strlen(text); line > text && lines <= LOG_LINES;)
		if (*--line == '\n' && lines++ < LOG_LINES)
			from = line;
	while ((line = strsep(&from, "\n")) != NULL)
		if (*line != '\0')
			printf("# %s.log: %s\n", name, line);
}

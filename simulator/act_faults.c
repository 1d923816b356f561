/*
 * What a fault's dialogue needs beyond what citizens and machines do: numbers
 * that come twice, octets that nobody types, and a look at what was stored,
 * logged and sent.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "config/dialects.h"
#include "gateway/dialect.h"
#include "simulator/act_parts.h"
#include "simulator/workspace.h"

#define OCTETS_MOST 254

/* What a key holds: the screen of a record stands in it as it was shown. */
#define IS_STORED                                                    \
	"EVAL \"for _, k in ipairs(redis.call('keys', ARGV[1])) do " \
	"if string.find(redis.call('get', k), ARGV[2], 1, true) "    \
	"then return 1 end end return 0\" 0 mlango:session:*:%s:*:ussd %s"
#define FORGET                                                        \
	"EVAL \"local n = 0 for _, k in ipairs(redis.call('keys', "   \
	"ARGV[1])) do n = n + redis.call('del', k) end return n\" 0 " \
	"mlango:%s"
/* A session's key is kept a minute longer than it lives. */
#define AGE                                                          \
	"EVAL \"for _, k in ipairs(redis.call('keys', "              \
	"'mlango:session:*')) do if redis.call('pttl', k) > 60000 "  \
	"then redis.call('pexpire', k, 60000) end end "              \
	"for _, k in ipairs(redis.call('keys', 'mlango:due:*')) do " \
	"for _, m in ipairs(redis.call('zrange', k, 0, -1)) do "     \
	"if string.sub(m, 1, 2) == 's:' then "                       \
	"redis.call('zadd', k, 0, m) end end end return 1\" 0"

struct lateness {
	struct act *act;
	size_t times;
};

static bool was_late(void *arg);
static const char *misfit(const struct act *act, const struct pdu *pdu);
static const char *octets_misfit(const struct pdu *pdu, int septets);
static bool is_stored(struct act *act, const char *number, const char *text);
static bool all_is_in_files(void *arg);

/* ---- citizens */

/* The text is hexadecimal. */
bool
act_answers_octets(struct act *act, const char *const *args)
{
	uint8_t octets[OCTETS_MOST];
	struct actor *who = act->speaker;
	size_t len = strlen(args[0]) / 2;

	if (!act_speaks(act))
		return false;
	if (len > sizeof(octets) ||
	    text_from_hex(args[0], 2 * len, octets) == -1)
		return act_fail(act, "octets are written in hex");
	act_tell(act, ACT_TYPES, who->number, args[0], NULL);
	act_requests(act, who);
	return act_said(act, who,
	    phone_answer_octets(
		who->phone, (uint8_t)atoi(args[1]), octets, len));
}

/* What is seen from here on is seen by that one. */
bool
act_looks(struct act *act, const char *const *args)
{
	act->speaker = act_actor(act, args[0]);
	return true;
}

bool
act_shares_session(struct act *act, const char *const *args)
{
	phone_share_session(
	    act_actor(act, args[0])->phone, act_actor(act, args[1])->phone);
	return true;
}

/* ---- Redis, the files and the clock */

bool
act_redis_forgets_some(struct act *act, const char *const *args)
{
	const char *gone = private_redis_ask(stage_redis(act->stage),
	    act->arena, arena_printf(act->arena, FORGET, args[0]));

	return (gone != NULL && atoi(gone) > 0) ||
	    act_fail(act, "Redis had nothing of that name");
}

/* As if all had been silent for as long as they may be. */
bool
act_time_is_over(struct act *act, const char *const *args)
{
	(void)args;
	return private_redis_ask(stage_redis(act->stage), act->arena, AGE) !=
	    NULL ||
	    act_fail(act, "Redis does not answer");
}

/* Whatever was in Redis at any time stands in its append-only file. */
bool
act_is_written_nowhere(struct act *act, const char *const *args)
{
	const char *where;

	if (!act_wait(act, all_is_in_files, act, "Redis writes its file"))
		return false;
	where =
	    workspace_find(act->arena, stage_folder(act->stage), "", args[0]);
	return where == NULL || act_fail(act, "it stands in %s", where);
}

bool
act_is_logged_nowhere(struct act *act, const char *const *args)
{
	const char *where = workspace_find(
	    act->arena, stage_folder(act->stage), ".log", args[0]);

	return where == NULL || act_fail(act, "it stands in %s", where);
}

static bool
all_is_in_files(void *arg)
{
	struct act *act = arg;
	const char *info = private_redis_ask(
	    stage_redis(act->stage), act->arena, "INFO persistence");

	return info != NULL && strstr(info, "aof_buffer_length:0\r") != NULL;
}

bool
act_was_in_time(struct act *act, const char *const *args)
{
	int64_t passed = clock_steady_ms() - act->requested_ms;

	return passed <= atol(args[0]) ||
	    act_fail(act, "%" PRId64 " ms have passed", passed);
}

/* ---- institutions */

bool
act_backend_has_manner(struct act *act, const char *const *args)
{
	return backend_manner(stage_backend(act->stage), args[1], args[0]) ==
	    0 ||
	    act_fail(act, "nobody answers like '%s'", args[0]);
}

bool
act_backend_tells(struct act *act, const char *const *args)
{
	backend_says(stage_backend(act->stage), args[1],
	    arena_string(act->arena, args[0]));
	return true;
}

/* Whether or not anybody listened. */
bool
act_backend_was_late(struct act *act, const char *const *args)
{
	struct lateness l = { act, (size_t)atol(args[0]) };

	return act_wait(act, was_late, &l, "the back end answers");
}

static bool
was_late(void *arg)
{
	struct lateness *l = arg;

	return backend_late_answers(stage_backend(l->act->stage)) >= l->times;
}

/* ---- every screen */

bool
act_screens_are_stored(struct act *act, const char *const *args)
{
	(void)args;
	act->all_stored = true;
	return true;
}

void
act_looks_at_screen(struct act *act, const struct pdu *pdu)
{
	struct arena *a = arena_new();
	struct ussd_heard heard;
	const char *broken = NULL;

	if (act->broken == NULL &&
	    dialect_hear(smsc_dialect(stage_smsc(act->stage)), pdu, a,
		&heard) == DIALECT_USSD) {
		broken = misfit(act, pdu);
		if (broken == NULL && act->all_stored && *heard.text != '\0' &&
		    !is_stored(act, heard.msisdn, heard.text))
			broken = arena_printf(
			    act->arena, "is not in Redis: %s", heard.text);
	}
	if (broken != NULL)
		act->broken = broken;
	arena_free(a);
}

/* A text that is wrapped into another is not ours to measure here. */
static const char *
misfit(const struct act *act, const struct pdu *pdu)
{
	const struct dialect *d = smsc_dialect(stage_smsc(act->stage));
	size_t len = pdu->text_len;

	if (d->wrap.there || d->text.packed)
		return NULL;
	if (pdu->data_coding != 0x08)
		return octets_misfit(pdu, d->limits.septets);
	if (len % 2 != 0 || len > 2 * (size_t)d->limits.ucs2)
		return "is longer than the operator takes in UCS-2";
	return len > 0 && (pdu->text[len - 2] & 0xfc) == 0xd8
	    ? "ends in half a character"
	    : NULL;
}

static const char *
octets_misfit(const struct pdu *pdu, int septets)
{
	if (pdu->text_len > (size_t)septets)
		return "is longer than the operator takes";
	return pdu->text_len > 0 && pdu->text[pdu->text_len - 1] == 0x1b
	    ? "ends in half a character"
	    : NULL;
}

static bool
is_stored(struct act *act, const char *number, const char *text)
{
	const char *answer = private_redis_ask(stage_redis(act->stage),
	    act->arena,
	    arena_printf(act->arena, IS_STORED, number, act_quoted(act, text)));

	return answer != NULL && strcmp(answer, "1") == 0;
}

/*
 * What Redis holds, looked for in every key: its name and all its values, of
 * whatever kind, packed ones too.
 */
#include <stdlib.h>

#include "simulator/act_parts.h"

#define HOLDERS                                                              \
	"EVAL \"local n = 0 local function look(v) if type(v) == 'table' "   \
	"then for _, e in ipairs(v) do look(e) end "                         \
	"elseif string.find(tostring(v), ARGV[1], 1, true) then n = n + 1 "  \
	"end end for _, k in ipairs(redis.call('keys', '*')) do look(k) "    \
	"local t = redis.call('type', k).ok "                                \
	"if t == 'string' then look(redis.call('get', k)) "                  \
	"elseif t == 'hash' then look(redis.call('hgetall', k)) "            \
	"elseif t == 'zset' then look(redis.call('zrange', k, 0, -1)) "      \
	"elseif t == 'set' then look(redis.call('smembers', k)) "            \
	"elseif t == 'list' then look(redis.call('lrange', k, 0, -1)) "      \
	"elseif t == 'stream' then look(redis.call('xrange', k, '-', '+')) " \
	"end look(redis.call('dump', k)) end return n\" 0 %s"

struct search {
	struct act *act;
	const char *text;
};

static bool is_gone(void *arg);
static long holders(struct act *act, const char *text);

bool
act_no_key_holds(struct act *act, const char *const *args)
{
	struct search s = { act, args[0] };

	return act_wait(act, is_gone, &s, "no key holds it");
}

static bool
is_gone(void *arg)
{
	struct search *s = arg;

	return holders(s->act, s->text) == 0;
}

bool
act_keys_hold(struct act *act, const char *const *args)
{
	return holders(act, args[0]) > 0 ||
	    act_fail(act, "no key holds %s", args[0]);
}

static long
holders(struct act *act, const char *text)
{
	const char *count = private_redis_ask(stage_redis(act->stage),
	    act->arena, arena_printf(act->arena, HOLDERS, text));

	return count == NULL ? -1 : strtol(count, NULL, 10);
}

/*
 * A call that is still being made: its node says that it lives.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/check.h"
#include "storage/store.h"

static redis_done kept;

struct store_ask *
store_keep_call(struct store *s, const char *msisdn, const char *call_id,
    int64_t alive_ms, store_committed *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	int partition = store_partition(s, msisdn);
	struct key due, call, member;
	char alive[24];
	const char *arguments[] = { due.text, call.text, member.text, alive };

	ask->done.committed = done;
	keys_due(&s->keys, partition, &due);
	keys_call(&s->keys, partition, call_id, &call);
	keys_member_call(call_id, &member);
	snprintf(alive, sizeof(alive), "%" PRId64, alive_ms);
	ask->redis = redis_script(s->redis, kept, ask, &scripts[SCRIPT_KEEP], 2,
	    ARRAY_SIZE(arguments), arguments, NULL);
	return ask;
}

static void
kept(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_committed *done = ask->done.committed;
	void *asker = ask->arg;
	enum store_result told = store_of_order(result, reply);

	if (result == REDIS_OK && reply_number(reply) == 0)
		told = STORE_CONFLICT;
	store_ask_end(ask);
	done(asker, told);
}

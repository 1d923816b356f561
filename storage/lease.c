/*
 * Leases: who owns a bind slot, or sweeps a partition.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/check.h"
#include "storage/store.h"

static redis_done lease_answered;

struct store_ask *
store_lease(struct store *s, const char *name, const char *node, int64_t ttl_ms,
    store_leased *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key lease;
	char ttl[24];
	const char *arguments[] = { lease.text, node, ttl };

	ask->done.leased = done;
	keys_lease(&s->keys, name, &lease);
	snprintf(ttl, sizeof(ttl), "%" PRId64, ttl_ms);
	ask->redis = redis_script(s->redis, lease_answered, ask,
	    &scripts[SCRIPT_LEASE], 1, ARRAY_SIZE(arguments), arguments, NULL);
	return ask;
}

static void
lease_answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_leased *done = ask->done.leased;
	void *asker = ask->arg;

	store_ask_end(ask);
	done(asker, store_of_order(result, reply),
	    result == REDIS_OK && reply_number(reply) == 1);
}

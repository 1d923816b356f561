/*
 * What a citizen has a right to: to be told what is held, and to have it
 * erased.
 *
 *	moved -> tell  -> told   -> moved (an answer like any other)
 *	     \-> erase -> erased
 *
 * An erasure stores its own answer and leaves no session, so it is no commit.
 */
#include "base/log.h"
#include "config/settings.h"
#include "gateway/operators.h"
#include "gateway/turn_parts.h"

static void turn_told(void *arg, enum store_result result, size_t messages,
    const struct kept *list, size_t count);
static void turn_erased(void *arg, enum store_result result);

enum turn_next
turn_tell(struct turn *t)
{
	t->store_ask =
	    store_tell(t->gateway->store, t->key.msisdn, turn_told, t);
	return TURN_WAIT;
}

static void
turn_told(void *arg, enum store_result result, size_t messages,
    const struct kept *list, size_t count)
{
	struct turn *t = arg;
	const struct move before = t->move;
	struct profile profile;

	t->store_ask = NULL;
	if (result != STORE_OK) {
		turn_not_stored(t, STORE_DOWN);
		return;
	}
	profile = turn_known(t->arena, list, count);
	t->move = step_tell(
	    t->catalogue, &t->facts, &before, &profile, messages, t->arena);
	turn_go(t, turn_moved);
}

enum turn_next
turn_erase(struct turn *t)
{
	char *id = t->message_ids[0];
	struct store_message says = {
		.id = id,
		.link = link_settings(t->link)->name,
		.to = t->key.msisdn,
		.from = t->number,
		.text = t->move.screen,
	};

	if (id[0] == '\0')
		message_id_new(t->gateway->store, t->key.msisdn, id);
	t->store_ask = store_erase(
	    t->gateway->store, &t->key, t->stamp, &says, turn_erased, t);
	return TURN_WAIT;
}

static void
turn_erased(void *arg, enum store_result result)
{
	struct turn *t = arg;

	t->store_ask = NULL;
	if (result != STORE_OK) {
		turn_not_stored(t, result);
		return;
	}
	log_line(LOG_LEVEL_NOTICE, "profile", "a number was erased");
	store_count(t->gateway->store, "profiles", "erased", 1);
	operators_wake(t->gateway, t->key.operator_name, t->key.msisdn);
	turn_go(t, turn_quiet);
}

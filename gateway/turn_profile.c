/*
 * A turn that comes to an ask for what may be kept, or was: the citizen's
 * profile is looked into, and the ask goes on with what is known.
 *
 *	moved -> profile -> profiled -> moved
 */
#include <time.h>

#include "gateway/turn_parts.h"

static void turn_profiled(
    void *arg, enum store_result result, const struct kept *list, size_t count);
static const char *day_of(struct arena *a, int64_t wall_ms);
static enum consent consent_of(char letter);
static char letter_of(enum consent consent);

enum turn_next
turn_profile(struct turn *t)
{
	t->store_ask =
	    store_profile(t->gateway->store, t->key.msisdn, turn_profiled, t);
	return TURN_WAIT;
}

static void
turn_profiled(
    void *arg, enum store_result result, const struct kept *list, size_t count)
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
	t->move =
	    step_profile(t->catalogue, &t->facts, &before, &profile, t->arena);
	turn_go(t, turn_moved);
}

struct profile
turn_known(struct arena *a, const struct kept *list, size_t count)
{
	struct known *known = arena_array(a, count, sizeof(*known));
	size_t i;

	for (i = 0; i < count; i++)
		known[i] = (struct known){
			.institution = arena_string(a, list[i].institution),
			.name = arena_string(a, list[i].name),
			.value = arena_string(a, list[i].value),
			.consent = consent_of(list[i].consent),
			.until_ms = list[i].until_ms,
			.until = day_of(a, list[i].until_ms),
		};
	return (struct profile){ known, count };
}

static const char *
day_of(struct arena *a, int64_t wall_ms)
{
	time_t at = (time_t)(wall_ms / 1000);
	char day[11];
	struct tm local;

	localtime_r(&at, &local);
	strftime(day, sizeof(day), "%Y-%m-%d", &local);
	return arena_string(a, day);
}

const struct kept *
turn_keeps(struct turn *t)
{
	const struct known *k = t->move.keeps;
	struct kept *kept;

	if (k == NULL)
		return NULL;
	kept = arena_alloc(t->arena, sizeof(*kept));
	*kept = (struct kept){
		.institution = k->institution,
		.name = k->name,
		.value = k->value,
		.consent = letter_of(k->consent),
		.until_ms = k->until_ms,
	};
	return kept;
}

/* Of another letter nothing is known: no harm is done by that. */
static enum consent
consent_of(char letter)
{
	if (letter == 's')
		return CONSENT_SHARED;
	return letter == 'y' ? CONSENT_YES : CONSENT_NO;
}

static char
letter_of(enum consent consent)
{
	switch (consent) {
	case CONSENT_SHARED:
		return 's';
	case CONSENT_YES:
		return 'y';
	case CONSENT_UNKNOWN:
	case CONSENT_UNASKED:
	case CONSENT_NO:
		break;
	}
	return 'n';
}

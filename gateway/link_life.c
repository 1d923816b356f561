/*
 * The states of a link as they follow one another, what is due in each when
 * its time is over, and the way down, which is the same from everywhere.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "gateway/link_inside.h"
#include "gateway/link_state.h"

/* The log: so many lines at once, and one a second after that. */
#define LINES_AT_ONCE 10
/* A bind that lived for so many least pauses has proved itself, and the next
 * one may follow at once. */
#define PROVEN 10

static void link_stop(struct link *l);
static int link_pause(struct link *l);
static void link_say(struct link *l, const char *why);

static void (*const due[LINK_STATE_COUNT])(struct link *) = {
	[LINK_DOWN] = link_try,
	[LINK_RESOLVING] = link_unresolved,
	[LINK_CONNECTING] = link_unconnected,
	[LINK_BINDING] = link_unbound,
	[LINK_BOUND] = link_silence,
	[LINK_DRAINING] = link_drain_over,
};

void
link_life_due(evutil_socket_t fd, short what, void *arg)
{
	struct link *l = arg;

	(void)fd;
	(void)what;
	link_enter(l);
	if (l->ending && l->state < LINK_BOUND)
		link_stop(l);
	else
		due[l->state](l);
	link_leave(l);
}

static void
link_stop(struct link *l)
{
	if (l->state == LINK_DOWN)
		l->events->state(l->owner, l, LINK_DOWN);
	else
		link_fall(l, "asked to");
}

void
link_fall(struct link *l, const char *why)
{
	char reason[160];
	int pause = link_pause(l);

	if (l->ending)
		snprintf(reason, sizeof(reason), "%s", why);
	else
		snprintf(reason, sizeof(reason), "%s retry_ms=%d", why, pause);
	if (l->state >= LINK_BOUND)
		l->figures.disconnects++;
	link_let_go(l);
	link_send_end(l);
	if (l->ending)
		event_del(l->life);
	else
		link_arm(l, l->life, pause);
	link_become(l, LINK_DOWN, reason);
}

/* How long until the next try, and where it goes: a link that has fallen
 * begins with the first host, one that never came up tries the next. */
static int
link_pause(struct link *l)
{
	bool was_bound = l->state >= LINK_BOUND;
	int64_t proven = (int64_t)PROVEN * l->settings->retry_least_ms;
	uint32_t chance;

	if (!was_bound && ++l->place < l->known[l->host].count)
		return 0;
	l->place = 0;
	if (!was_bound && l->settings->hosts[++l->host] != NULL)
		return 0;
	l->host = 0;
	if (was_bound && clock_steady_ms() - l->bound_ms >= proven)
		backoff_reset(&l->backoff);
	digest_random(&chance, sizeof(chance));
	return backoff_next(&l->backoff, chance);
}

void
link_let_go(struct link *l)
{
	places_cancel(l->asking);
	if (l->connected != NULL)
		event_free(l->connected);
	if (l->fd != -1)
		close(l->fd);
	wire_free(l->wire);
	l->asking = NULL;
	l->connected = NULL;
	l->fd = -1;
	l->wire = NULL;
	l->peer_left = l->unbinding = false;
}

void
link_become(struct link *l, enum link_state next, const char *why)
{
	if (l->freed)
		return;
	if (!link_state_may_follow(l->state, next)) {
		log_line(LOG_LEVEL_ERROR, l->settings->name,
		    "no way from %s to %s", link_state_name(l->state),
		    link_state_name(next));
		l->figures.illegal_transitions++;
		return;
	}
	l->state = next;
	link_say(l, why);
	l->events->state(l->owner, l, next);
}

static void
link_say(struct link *l, const char *why)
{
	bool settled = l->state == LINK_DOWN || l->state >= LINK_BOUND;
	int64_t now = clock_steady_ms();

	if (!settled) {
		log_line(LOG_LEVEL_DEBUG, l->settings->name, "%s %s",
		    link_state_name(l->state), why);
		return;
	}
	if (l->lines_ms < now)
		l->lines_ms = now;
	if (l->lines_ms - now >= LINES_AT_ONCE * 1000) {
		l->unsaid++;
		return;
	}
	l->lines_ms += 1000;
	if (l->unsaid > 0)
		log_line(LOG_LEVEL_NOTICE, l->settings->name, "%s %s unsaid=%d",
		    link_state_name(l->state), why, l->unsaid);
	else
		log_line(LOG_LEVEL_NOTICE, l->settings->name, "%s %s",
		    link_state_name(l->state), why);
	l->unsaid = 0;
}

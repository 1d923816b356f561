/*
 * The states of a bind as they follow one another, what is due in each when
 * its time is over, and the way down, which is the same from everywhere.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "gateway/bind_inside.h"
#include "gateway/bind_state.h"

/* The log: so many lines at once, and one a second after that. */
#define LINES_AT_ONCE 10
/* A bind that lived for so many least pauses has proved itself, and the next
 * one may follow at once. */
#define PROVEN 10

static void bind_stop(struct bind *b);
static int bind_pause(struct bind *b);
static void bind_say(struct bind *b, const char *why);

static void (*const due[BIND_STATE_COUNT])(struct bind *) = {
	[BIND_DOWN] = bind_try,
	[BIND_RESOLVING] = bind_unresolved,
	[BIND_CONNECTING] = bind_unconnected,
	[BIND_BINDING] = bind_unanswered,
	[BIND_BOUND] = bind_silence,
	[BIND_DRAINING] = bind_drain_over,
};

void
bind_life_due(evutil_socket_t fd, short what, void *arg)
{
	struct bind *b = arg;

	(void)fd;
	(void)what;
	bind_enter(b);
	if (b->ending && b->state < BIND_BOUND)
		bind_stop(b);
	else
		due[b->state](b);
	bind_leave(b);
}

static void
bind_stop(struct bind *b)
{
	if (b->state == BIND_DOWN)
		b->events->state(b->owner, b, BIND_DOWN);
	else
		bind_fall(b, "asked to");
}

void
bind_fall(struct bind *b, const char *why)
{
	char reason[320];
	int pause = bind_pause(b);

	if (b->ending)
		snprintf(reason, sizeof(reason), "%s", why);
	else
		snprintf(reason, sizeof(reason), "%s retry_ms=%d", why, pause);
	if (b->state >= BIND_BOUND)
		b->figures.disconnects++;
	bind_let_go(b);
	bind_send_end(b);
	if (b->ending)
		event_del(b->life);
	else
		bind_arm(b, b->life, pause);
	bind_become(b, BIND_DOWN, reason);
}

/* How long until the next try, and where it goes: a link that has fallen
 * begins with the first host, one that never came up tries the next. */
static int
bind_pause(struct bind *b)
{
	bool was_bound = b->state >= BIND_BOUND;
	int64_t proven = (int64_t)PROVEN * b->settings->retry_least_ms;
	uint32_t chance;

	if (!was_bound && ++b->place < b->known[b->host].count)
		return 0;
	b->place = 0;
	if (!was_bound && b->settings->hosts[++b->host] != NULL)
		return 0;
	b->host = 0;
	if (was_bound && clock_steady_ms() - b->bound_ms >= proven)
		backoff_reset(&b->backoff);
	digest_random(&chance, sizeof(chance));
	return backoff_next(&b->backoff, chance);
}

void
bind_let_go(struct bind *b)
{
	places_cancel(b->asking);
	if (b->connected != NULL)
		event_free(b->connected);
	if (b->fd != -1)
		close(b->fd);
	securing_cancel(b->securing);
	wire_free(b->wire);
	b->asking = NULL;
	b->connected = NULL;
	b->fd = -1;
	b->securing = NULL;
	b->wire = NULL;
	b->peer_left = b->unbinding = false;
}

void
bind_become(struct bind *b, enum bind_state next, const char *why)
{
	if (b->freed)
		return;
	if (!bind_state_may_follow(b->state, next)) {
		log_line(LOG_LEVEL_ERROR, b->name, "no way from %s to %s",
		    bind_state_name(b->state), bind_state_name(next));
		b->figures.illegal_transitions++;
		return;
	}
	b->state = next;
	bind_say(b, why);
	b->events->state(b->owner, b, next);
}

static void
bind_say(struct bind *b, const char *why)
{
	bool settled = b->state == BIND_DOWN || b->state >= BIND_BOUND;
	int64_t now = clock_steady_ms();

	if (!settled) {
		log_line(LOG_LEVEL_DEBUG, b->name, "%s %s",
		    bind_state_name(b->state), why);
		return;
	}
	if (b->lines_ms < now)
		b->lines_ms = now;
	if (b->lines_ms - now >= LINES_AT_ONCE * 1000) {
		b->unsaid++;
		return;
	}
	b->lines_ms += 1000;
	if (b->unsaid > 0)
		log_line(LOG_LEVEL_NOTICE, b->name, "%s %s unsaid=%d",
		    bind_state_name(b->state), why, b->unsaid);
	else
		log_line(LOG_LEVEL_NOTICE, b->name, "%s %s",
		    bind_state_name(b->state), why);
	b->unsaid = 0;
}

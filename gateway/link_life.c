/*
 * From down to bound, and down again: the steps stand in the order they run.
 *
 *	link_try -> link_connect -> link_bind -> link_bound
 *	   \___________\_______________\____________\___ link_fall -> link_try
 *
 * In each state one thing is due when its time is over. link_become is the
 * last thing a step does, since its listener may do anything to the link.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "gateway/link_inside.h"
#include "gateway/link_state.h"

/* The log: so many lines at once, and one a second after that. */
#define LINES_AT_ONCE 10
/* A peer that leaves so many enquire_links unanswered is dead. */
#define MISSES_MOST 2
/* A bind that lived for so many least pauses has proved itself, and the next
 * one may follow at once. */
#define PROVEN 10

static void link_stop(struct link *l);
static void link_try(struct link *l);
static void link_found(void *arg, const struct places *found);
static void link_unresolved(struct link *l);
static void link_connect(struct link *l);
static void link_connected(evutil_socket_t fd, short what, void *arg);
static void link_unconnected(struct link *l);
static void link_bind(struct link *l);
static void link_unbound(struct link *l);
static void link_bound(struct link *l);
static void link_bind_refused(struct link *l, uint32_t status);
static void link_silence(struct link *l);
static void link_unbind(struct link *l);
static void link_drain_over(struct link *l);
static int link_pause(struct link *l);
static void link_become(struct link *l, enum link_state next, const char *why);
static void link_say(struct link *l, const char *why);
static const char *current_host(const struct link *l);
static const struct place *current_place(const struct link *l);

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

/* ---- resolving */

static void
link_try(struct link *l)
{
	struct places *known = &l->known[l->host];
	const char *host = current_host(l);

	link_arm(l, l->life, l->settings->connect_ms);
	link_become(l, LINK_RESOLVING, host);
	if (l->freed || l->ending)
		return;
	if (l->place > 0 ||
	    places_of_number(host, l->settings->port, known) == 0)
		link_connect(l);
	else
		l->asking = places_of_name(
		    l->base, host, l->settings->port, link_found, l);
}

static void
link_found(void *arg, const struct places *found)
{
	struct link *l = arg;

	link_enter(l);
	l->asking = NULL;
	if (found->count > 0)
		l->known[l->host] = *found;
	link_unresolved(l);
	link_leave(l);
}

/* No answer, or none in time: the addresses it had before will do. */
static void
link_unresolved(struct link *l)
{
	places_cancel(l->asking);
	l->asking = NULL;
	if (l->known[l->host].count > 0)
		link_connect(l);
	else
		link_fall(l, "no such host");
}

/* ---- connecting */

static void
link_connect(struct link *l)
{
	const struct place *p = current_place(l);

	if (place_is_public(p) && !l->settings->allow_plain) {
		link_fall(l, "plain SMPP to a public address is not allowed");
		return;
	}
	l->fd = socket(p->address.ss_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (l->fd == -1 ||
	    (connect(l->fd, (const struct sockaddr *)&p->address, p->len) ==
	     -1 && errno != EINPROGRESS)) {
		link_fall(l, strerror(errno));
		return;
	}
	l->connected =
	    event_new(l->base, l->fd, EV_WRITE, link_connected, l);
	CHECK(l->connected != NULL);
	event_add(l->connected, NULL);
	link_arm(l, l->life, l->settings->connect_ms);
	link_become(l, LINK_CONNECTING, place_name(p));
}

static void
link_connected(evutil_socket_t fd, short what, void *arg)
{
	struct link *l = arg;
	socklen_t len = sizeof(int);
	int error = 0;

	(void)what;
	link_enter(l);
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
	if (error != 0)
		link_fall(l, strerror(error));
	else
		link_bind(l);
	link_leave(l);
}

static void
link_unconnected(struct link *l)
{
	link_fall(l, "no connection in time");
}

/* ---- binding */

static void
link_bind(struct link *l)
{
	const struct link_settings *s = l->settings;
	struct pdu bind = {
		.command = PDU_BIND_TRANSCEIVER,
		.interface_version = (uint8_t)s->interface_version,
		.addr_ton = (uint8_t)s->addr_ton,
		.addr_npi = (uint8_t)s->addr_npi,
	};

	snprintf(bind.system_id, sizeof(bind.system_id), "%s", s->system_id);
	snprintf(bind.password, sizeof(bind.password), "%s", s->password);
	snprintf(bind.system_type, sizeof(bind.system_type), "%s",
	    s->system_type);
	snprintf(bind.address_range, sizeof(bind.address_range), "%s",
	    s->address_range);
	event_free(l->connected);
	l->connected = NULL;
	l->wire = wire_new(l->base, l->fd,
	    s->enquire_s * 1000 + MISSES_MOST * s->response_ms,
	    &link_wire_events, l);
	l->fd = -1;
	l->handshake = link_ask(l, &bind);
	link_arm(l, l->life, s->response_ms);
	link_become(l, LINK_BINDING, s->system_id);
}

void
link_heard_bind(struct link *l, const struct pdu *pdu)
{
	if (l->state != LINK_BINDING || pdu->sequence != l->handshake)
		l->figures.bad_in++;
	else if (pdu->status == PDU_ROK)
		link_bound(l);
	else
		link_bind_refused(l, pdu->status);
}

static void
link_unbound(struct link *l)
{
	link_fall(l, "no answer to the bind");
}

static void
link_bind_refused(struct link *l, uint32_t status)
{
	char why[64];

	/* Somebody has to call the operator; but once is enough. */
	if (status != l->alarm)
		log_line(LOG_LEVEL_ERROR, l->settings->name,
		    "the operator refuses our bind status=%s system_id=%s",
		    pdu_status_name(status), l->settings->system_id);
	l->alarm = status;
	snprintf(why, sizeof(why), "bind refused %s", pdu_status_name(status));
	link_fall(l, why);
}

/* ---- bound */

static void
link_bound(struct link *l)
{
	char where[64];

	snprintf(where, sizeof(where), "%s", place_name(current_place(l)));
	digest_random(&l->generation, sizeof(l->generation));
	l->figures.binds++;
	l->alarm = PDU_ROK;
	l->bound_ms = clock_steady_ms();
	l->enquired_ms = 0;
	l->misses = 0;
	link_send_begin(l);
	link_arm(l, l->life, l->settings->enquire_s * 1000);
	link_become(l, LINK_BOUND, where);
}

static void
link_silence(struct link *l)
{
	struct pdu enquire = { .command = PDU_ENQUIRE_LINK };
	int64_t now = clock_steady_ms();
	int64_t most = l->settings->enquire_s * 1000;
	int64_t quiet = now - wire_heard_ms(l->wire);

	if (wire_heard_ms(l->wire) >= l->enquired_ms)
		l->misses = 0;
	if (quiet < most) {
		link_arm(l, l->life, most - quiet);
		return;
	}
	if (l->misses == MISSES_MOST) {
		link_fall(l, "no answer to enquire_link");
		return;
	}
	l->misses++;
	l->enquired_ms = now;
	(void)link_ask(l, &enquire);
	link_arm(l, l->life, l->settings->response_ms);
}

/* ---- draining */

void
link_begin_drain(struct link *l, const char *why)
{
	link_arm(l, l->life, l->settings->drain_ms);
	link_become(l, LINK_DRAINING, why);
	link_check_drain(l);
}

void
link_check_drain(struct link *l)
{
	if (l->freed || l->state != LINK_DRAINING || l->unbinding ||
	    window_used(l->window) > 0 || l->waiting.count > 0)
		return;
	if (l->peer_left)
		link_fall(l, "peer has unbound");
	else if (l->owed == 0)
		link_unbind(l);
}

static void
link_unbind(struct link *l)
{
	struct pdu unbind = { .command = PDU_UNBIND };

	l->unbinding = true;
	l->handshake = link_ask(l, &unbind);
	link_arm(l, l->life, l->settings->response_ms);
}

static void
link_drain_over(struct link *l)
{
	if (l->peer_left)
		link_fall(l, "peer has unbound");
	else if (!l->unbinding)
		link_unbind(l);
	else
		link_fall(l, "no answer to unbind");
}

void
link_heard_unbind_answer(struct link *l, const struct pdu *pdu)
{
	if (l->unbinding && pdu->sequence == l->handshake)
		link_fall(l, "unbound");
	else
		l->figures.bad_in++;
}

void
link_heard_unbind(struct link *l, const struct pdu *pdu)
{
	link_reply(l, pdu->command, pdu->sequence, PDU_ROK);
	l->peer_left = true;
	if (l->state == LINK_BOUND)
		link_begin_drain(l, "peer unbinds");
	else if (l->state == LINK_DRAINING && !l->unbinding)
		link_check_drain(l);
	else
		link_fall(l, "peer has unbound");
}

/* ---- and down */

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

static void
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

static const char *
current_host(const struct link *l)
{
	return l->settings->hosts[l->host];
}

static const struct place *
current_place(const struct link *l)
{
	return &l->known[l->host].list[l->place];
}

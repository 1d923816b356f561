/*
 * The way up: the steps stand in the order they run.
 *
 *	link_try -> link_connect -> link_bind -> link_bound
 *
 * Any of them may end in link_fall. link_become is the last thing a step
 * does, since its listener may do anything to the link.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "gateway/link_inside.h"

static void link_found(void *arg, const struct places *found);
static void link_connect(struct link *l);
static void link_connected(evutil_socket_t fd, short what, void *arg);
static void link_bind(struct link *l);
static void link_bound(struct link *l);
static void link_bind_refused(struct link *l, uint32_t status);
static const char *current_host(const struct link *l);
static const struct place *current_place(const struct link *l);

/* ---- resolving */

void
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
void
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
		    -1 &&
		errno != EINPROGRESS)) {
		link_fall(l, strerror(errno));
		return;
	}
	l->connected = event_new(l->base, l->fd, EV_WRITE, link_connected, l);
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

void
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
	snprintf(
	    bind.system_type, sizeof(bind.system_type), "%s", s->system_type);
	snprintf(bind.address_range, sizeof(bind.address_range), "%s",
	    s->address_range);
	event_free(l->connected);
	l->connected = NULL;
	l->wire = wire_new(l->base, l->fd,
	    s->enquire_s * 1000 + LINK_MISSES_MOST * s->response_ms,
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

void
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

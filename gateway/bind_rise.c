/*
 * The way up: the steps stand in the order they run.
 *
 *	bind_try -> bind_connect ----------------> bind_introduce -> bind_stand
 *	                        \-> bind_secure -/
 *
 * Any of them may end in bind_fall. bind_become is the last thing a step
 * does, since its listener may do anything to the bind.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "gateway/bind_inside.h"
#include "gateway/link_tls.h"
#include "gateway/octets.h"

/* In the order of enum bind_role. */
static const uint32_t commands[] = { PDU_BIND_TRANSCEIVER, PDU_BIND_TRANSMITTER,
	PDU_BIND_RECEIVER };

static void bind_found(void *arg, const struct places *found);
static void bind_connect(struct bind *b);
static void bind_connected(evutil_socket_t fd, short what, void *arg);
static void bind_secure(struct bind *b);
static void bind_secured(void *arg, struct octets *octets, const char *why);
static void bind_introduce(struct bind *b, struct octets *octets);
static void bind_stand(struct bind *b);
static void bind_refused(struct bind *b, uint32_t status);
static const char *current_host(const struct bind *b);
static const struct place *current_place(const struct bind *b);
static int bind_take_socket(struct bind *b);

/* ---- resolving */

void
bind_try(struct bind *b)
{
	struct places *known = &b->known[b->host];
	const char *host = current_host(b);

	bind_arm(b, b->life, b->settings->connect_ms);
	bind_become(b, BIND_RESOLVING, host);
	if (b->freed || b->ending)
		return;
	if (b->place > 0 ||
	    places_of_number(host, b->settings->port, known) == 0)
		bind_connect(b);
	else
		b->asking = places_of_name(
		    b->base, host, b->settings->port, bind_found, b);
}

static void
bind_found(void *arg, const struct places *found)
{
	struct bind *b = arg;

	bind_enter(b);
	b->asking = NULL;
	if (found->count > 0)
		b->known[b->host] = *found;
	bind_unresolved(b);
	bind_leave(b);
}

/* No answer, or none in time: the addresses it had before will do. */
void
bind_unresolved(struct bind *b)
{
	places_cancel(b->asking);
	b->asking = NULL;
	if (b->known[b->host].count > 0)
		bind_connect(b);
	else
		bind_fall(b, "no such host");
}

/* ---- connecting */

static void
bind_connect(struct bind *b)
{
	const struct place *p = current_place(b);

	if (b->settings->tls == LINK_TLS_OFF && place_is_public(p) &&
	    !b->settings->allow_plain) {
		bind_fall(b, "plain SMPP to a public address is not allowed");
		return;
	}
	b->fd = socket(p->address.ss_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (b->fd == -1 ||
	    (connect(b->fd, (const struct sockaddr *)&p->address, p->len) ==
		    -1 &&
		errno != EINPROGRESS)) {
		bind_fall(b, strerror(errno));
		return;
	}
	b->connected = event_new(b->base, b->fd, EV_WRITE, bind_connected, b);
	CHECK(b->connected != NULL);
	event_add(b->connected, NULL);
	bind_arm(b, b->life, b->settings->connect_ms);
	bind_become(b, BIND_CONNECTING, place_name(p));
}

static void
bind_connected(evutil_socket_t fd, short what, void *arg)
{
	struct bind *b = arg;
	socklen_t len = sizeof(int);
	int error = 0;

	(void)what;
	bind_enter(b);
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
	event_free(b->connected);
	b->connected = NULL;
	if (error != 0)
		bind_fall(b, strerror(error));
	else if (b->settings->tls == LINK_TLS_ON)
		bind_secure(b);
	else
		bind_introduce(b, octets_plain(bind_take_socket(b)));
	bind_leave(b);
}

/* Still connecting: the handshake has what is left of that time. */
static void
bind_secure(struct bind *b)
{
	char why[TLS_WHY];
	struct tls_session *session =
	    link_tls_session(b->settings, current_host(b), why);

	if (session == NULL)
		bind_fall(b, why);
	else
		b->securing = securing_new(
		    b->base, bind_take_socket(b), session, bind_secured, b);
}

static void
bind_secured(void *arg, struct octets *octets, const char *why)
{
	struct bind *b = arg;

	bind_enter(b);
	b->securing = NULL;
	if (octets != NULL)
		bind_introduce(b, octets);
	else
		bind_fall(b, why);
	bind_leave(b);
}

void
bind_unconnected(struct bind *b)
{
	bind_fall(b,
	    b->securing != NULL ? "no TLS: no handshake in time"
				: "no connection in time");
}

/* ---- binding */

static void
bind_introduce(struct bind *b, struct octets *octets)
{
	const struct link_settings *s = b->settings;
	struct pdu bind = {
		.command = commands[b->role],
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
	b->wire = wire_over(b->base, octets,
	    s->enquire_s * 1000 + BIND_MISSES_MOST * s->response_ms,
	    &bind_wire_events, b);
	b->handshake = bind_ask(b, &bind);
	bind_arm(b, b->life, s->response_ms);
	bind_become(b, BIND_BINDING, s->system_id);
}

void
bind_heard_bind(struct bind *b, const struct pdu *pdu)
{
	if (b->state != BIND_BINDING || pdu->sequence != b->handshake)
		b->figures.bad_in++;
	else if (pdu->status == PDU_ROK)
		bind_stand(b);
	else
		bind_refused(b, pdu->status);
}

void
bind_unanswered(struct bind *b)
{
	bind_fall(b, "no answer to the bind");
}

static void
bind_refused(struct bind *b, uint32_t status)
{
	char why[64];

	/* Somebody has to call the operator; but once is enough. */
	if (status != b->alarm)
		log_line(LOG_LEVEL_ERROR, b->name,
		    "the operator refuses our bind status=%s system_id=%s",
		    pdu_status_name(status), b->settings->system_id);
	b->alarm = status;
	snprintf(why, sizeof(why), "bind refused %s", pdu_status_name(status));
	bind_fall(b, why);
}

/* ---- bound */

static void
bind_stand(struct bind *b)
{
	char where[64];

	snprintf(where, sizeof(where), "%s", place_name(current_place(b)));
	digest_random(&b->generation, sizeof(b->generation));
	b->figures.binds++;
	b->alarm = PDU_ROK;
	b->bound_ms = clock_steady_ms();
	b->enquired_ms = 0;
	b->misses = 0;
	bind_arm(b, b->life, b->settings->enquire_s * 1000);
	bind_become(b, BIND_BOUND, where);
}

static const char *
current_host(const struct bind *b)
{
	return b->settings->hosts[b->host];
}

static const struct place *
current_place(const struct bind *b)
{
	return &b->known[b->host].list[b->place];
}

/* To whoever is to close it from now on. */
static int
bind_take_socket(struct bind *b)
{
	int fd = b->fd;

	b->fd = -1;
	return fd;
}

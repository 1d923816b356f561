/*
 * The server of the operator in a box: who may connect, who is bound, and
 * whose turn it is to take a handset's request.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "simulator/smsc_inside.h"

static void smsc_accepted(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg);
static bool may_receive(const struct smsc_bind *b);

struct smsc *
smsc_new(struct event_base *base, const struct smsc_settings *settings,
    const struct smsc_events *events, void *owner)
{
	struct sockaddr_in here = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons((uint16_t)settings->port),
	};
	struct smsc *s = calloc(1, sizeof(*s));

	CHECK(s != NULL && settings->dialect != NULL);
	s->base = base;
	s->settings = *settings;
	s->events = events;
	s->owner = owner;
	s->knobs.receipt = "DELIVRD";
	TAILQ_INIT(&s->binds);
	TAILQ_INIT(&s->waiting);
	STAILQ_INIT(&s->late);
	s->listener = evconnlistener_new_bind(base, smsc_accepted, s,
	    LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE,
	    -1, (struct sockaddr *)&here, sizeof(here));
	if (s->listener == NULL) {
		free(s);
		return NULL;
	}
	s->silence = evtimer_new(base, phone_silence_due, s);
	s->response = evtimer_new(base, smsc_responses_due, s);
	CHECK(s->silence != NULL && s->response != NULL);
	return s;
}

void
smsc_free(struct smsc *s)
{
	struct late_response *late;
	struct phone *p, *next;
	struct smsc_bind *b;

	if (s == NULL)
		return;
	while ((b = TAILQ_FIRST(&s->binds)) != NULL) {
		TAILQ_REMOVE(&s->binds, b, entry);
		smsc_bind_free(b);
	}
	HASH_ITER(hh, s->phones, p, next)
	{
		HASH_DEL(s->phones, p);
		phone_free(p);
	}
	while ((late = STAILQ_FIRST(&s->late)) != NULL) {
		STAILQ_REMOVE_HEAD(&s->late, entry);
		free(late);
	}
	evconnlistener_free(s->listener);
	event_free(s->silence);
	event_free(s->response);
	free(s);
}

const struct dialect *
smsc_dialect(const struct smsc *s)
{
	return s->settings.dialect;
}

int
smsc_port(const struct smsc *s)
{
	struct sockaddr_in here;
	socklen_t len = sizeof(here);

	getsockname(
	    evconnlistener_get_fd(s->listener), (struct sockaddr *)&here, &len);
	return ntohs(here.sin_port);
}

struct smsc_knobs *
smsc_knobs(struct smsc *s)
{
	return &s->knobs;
}

struct smsc_figures
smsc_figures(const struct smsc *s)
{
	return s->figures;
}

static void
smsc_accepted(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg)
{
	struct smsc *s = arg;
	struct smsc_bind *b = smsc_bind_new(s, fd, ++s->last_number);

	(void)listener;
	(void)from;
	(void)len;
	TAILQ_INSERT_TAIL(&s->binds, b, entry);
}

/* ---- binds */

int
smsc_binds(const struct smsc *s)
{
	return s->bind_count;
}

int
smsc_bind_at(const struct smsc *s, int n)
{
	const struct smsc_bind *b;

	TAILQ_FOREACH(b, &s->binds, entry)
	if (b->kind != BIND_NONE && n-- == 0)
		return b->number;
	return 0;
}

const char *
smsc_bind_name(const struct smsc *s, int number)
{
	const struct smsc_bind *b = smsc_find_bind(s, number);

	return b != NULL ? b->system_id : "";
}

struct smsc_bind *
smsc_find_bind(const struct smsc *s, int number)
{
	struct smsc_bind *b;

	TAILQ_FOREACH(b, &s->binds, entry)
	if (b->number == number)
		return b;
	return NULL;
}

struct smsc_bind *
smsc_receiver(struct smsc *s, int wish)
{
	struct smsc_bind *b = smsc_find_bind(s, wish);
	int tries;

	if (b != NULL)
		return may_receive(b) ? b : NULL;
	for (tries = 0; tries <= s->last_number; tries++) {
		b = s->turn != NULL ? TAILQ_NEXT(s->turn, entry) : NULL;
		s->turn = b != NULL ? b : TAILQ_FIRST(&s->binds);
		if (s->turn == NULL || may_receive(s->turn))
			return s->turn;
	}
	return NULL;
}

static bool
may_receive(const struct smsc_bind *b)
{
	return b->kind == BIND_RECEIVER || b->kind == BIND_TRANSCEIVER;
}

void
smsc_end_bind(struct smsc_bind *b, const char *why)
{
	struct smsc *s = b->smsc;
	bool was_bound = b->kind != BIND_NONE;

	if (b->dead)
		return;
	b->dead = true;
	b->kind = BIND_NONE;
	if (s->turn == b)
		s->turn = TAILQ_PREV(b, smsc_bind_list, entry);
	TAILQ_REMOVE(&s->binds, b, entry);
	wire_free(b->wire);
	b->wire = NULL;
	s->bind_count -= was_bound;
	if (was_bound && s->events->unbound != NULL)
		s->events->unbound(s->owner, b->number, why);
	if (!b->calling)
		smsc_bind_free(b);
}

void
smsc_kill(struct smsc *s, int number)
{
	struct smsc_bind *b = smsc_find_bind(s, number);

	if (b != NULL)
		smsc_end_bind(b, "killed");
}

void
smsc_unbind(struct smsc *s, int number)
{
	struct smsc_bind *b = smsc_find_bind(s, number);
	struct pdu unbind = { .command = PDU_UNBIND };

	if (b == NULL)
		return;
	unbind.sequence = window_number(b->window);
	smsc_say(b, &unbind);
}

void
smsc_arm(struct event *timer, int64_t ms)
{
	struct timeval wait = {
		.tv_sec = (time_t)(ms / 1000),
		.tv_usec = (suseconds_t)(ms % 1000 * 1000),
	};

	event_add(timer, &wait);
}

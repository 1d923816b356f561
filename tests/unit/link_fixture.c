/*
 * The link's owner and its operator, both as plain as can be.
 */
#include <arpa/inet.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "gateway/octets_tls.h"
#include "gateway/tls.h"
#include "tests/unit/link_fixture.h"

static const char *const default_hosts[] = { "127.0.0.1", NULL };

static void on_pulse(evutil_socket_t fd, short what, void *arg);
static void on_request(
    void *owner, struct link *l, const struct link_request *r);
static void on_state(void *owner, struct link *l, enum bind_state now);
static void on_answer(void *arg, const struct link_answer *answer);
static void then(struct fixture *f);
static void peer_open(struct peer *p, struct event_base *base);
static void peer_accepted(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg);
static void peer_secured(void *arg, struct octets *octets, const char *why);
static void peer_hears(void *owner, const uint8_t *octets, size_t len);
static void peer_bind(struct peer *p, const struct pdu *pdu);
static void peer_garbled(void *owner, const uint8_t *head, size_t len);
static void peer_room(void *owner);
static void peer_gone(void *owner, const char *why);

static const struct link_events link_events = { on_request, on_state };
static const struct wire_events peer_events = {
	peer_hears,
	peer_garbled,
	peer_room,
	peer_gone,
};

/* ---- the owner */

struct fixture *
fixture_new(void)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct timeval often = { .tv_usec = 5000 };

	assert_non_null(f);
	log_setup(LOG_LEVEL_ERROR + 1, LOG_FORM_TEXT);
	f->base = event_base_new();
	f->pulse = event_new(f->base, -1, EV_PERSIST, on_pulse, NULL);
	event_add(f->pulse, &often);
	peer_open(&f->peer, f->base);
	f->responds = true;
	f->settings = (struct link_settings){
		.name = "tigo",
		.hosts = default_hosts,
		.port = f->peer.port,
		.system_id = "mlango",
		.password = "secret",
		.system_type = "USSD",
		.address_range = "^152",
		.addr_ton = 1,
		.addr_npi = 1,
		.interface_version = 0x34,
		.window = 10,
		.binds = 1,
		.enquire_s = 30,
		.response_ms = 5000,
		.connect_ms = 1000,
		.retry_least_ms = 10,
		.retry_most_ms = 40,
		.drain_ms = 2000,
	};
	return f;
}

struct fixture *
fixture_bound(void)
{
	struct fixture *f = fixture_new();

	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	return f;
}

void
fixture_start(struct fixture *f)
{
	f->link = link_new(f->base, &f->settings, &link_events, f);
	link_start(f->link);
}

void
fixture_free(struct fixture *f)
{
	link_free(f->link);
	peer_close(&f->peer);
	evconnlistener_free(f->peer.listener);
	event_free(f->pulse);
	/* What was cancelled ends in the loop. */
	event_base_loop(f->base, EVLOOP_NONBLOCK);
	event_base_free(f->base);
	free(f);
}

void
fixture_turns(struct fixture *f, int ms)
{
	int64_t until = clock_steady_ms() + ms;

	while (clock_steady_ms() < until)
		event_base_loop(f->base, EVLOOP_ONCE);
}

static void
on_pulse(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

static void
on_request(void *owner, struct link *l, const struct link_request *r)
{
	const struct pdu *pdu = r->pdu;
	struct fixture *f = owner;

	assert_true(r->len >= PDU_HEADER && r->octets != NULL);
	f->request_sequences[f->requests++ % HEARD_MOST] = pdu->sequence;
	f->request_generation = r->generation;
	snprintf(f->request_text, sizeof(f->request_text), "%.*s",
	    (int)pdu->text_len, (const char *)pdu->text);
	if (f->responds)
		link_respond(
		    l, r->generation, pdu->command, pdu->sequence, PDU_ROK);
	then(f);
}

static void
on_state(void *owner, struct link *l, enum bind_state now)
{
	struct fixture *f = owner;

	(void)l;
	if (f->state_count < ARRAY_SIZE(f->states))
		f->states[f->state_count++] = now;
	if (now == BIND_BOUND || now == BIND_DOWN)
		then(f);
}

void
submit(struct fixture *f, enum link_class class, const char *text, int live_ms,
    int number)
{
	struct pdu pdu = a_submit(text);
	struct whose *w = &f->whose[f->submits++ % HEARD_MOST];

	*w = (struct whose){ f, number };
	f->submitting = true;
	link_submit(f->link,
	    &(struct link_order){ .class = class, .live_ms = live_ms }, &pdu,
	    on_answer, w);
	f->submitting = false;
}

static void
on_answer(void *arg, const struct link_answer *answer)
{
	struct whose *w = arg;
	struct fixture *f = w->f;

	assert_false(f->submitting);
	f->order[f->answers++ % HEARD_MOST] = w->number;
	f->results[answer->result]++;
	f->status = answer->status;
	snprintf(
	    f->message_id, sizeof(f->message_id), "%s", answer->message_id);
	then(f);
}

static void
then(struct fixture *f)
{
	int what = f->then;

	f->then = THEN_NOTHING;
	if (what == THEN_FREE) {
		link_free(f->link);
		f->link = NULL;
	} else if (what == THEN_DRAIN)
		link_drain(f->link);
	else if (what == THEN_SUBMIT)
		submit(f, LINK_CLASS_IN_SESSION, "then", 1000, 99);
}

struct pdu
a_submit(const char *text)
{
	struct pdu pdu = {
		.command = PDU_SUBMIT_SM,
		.dest = { 1, 1, "255712345678" },
		.text = (const uint8_t *)text,
		.text_len = strlen(text),
	};

	return pdu;
}

struct pdu
a_deliver(uint32_t sequence, const char *text)
{
	struct pdu pdu = {
		.command = PDU_DELIVER_SM,
		.sequence = sequence,
		.source = { 1, 1, "255712345678" },
		.text = (const uint8_t *)text,
		.text_len = strlen(text),
	};

	return pdu;
}

/* ---- the operator */

static void
peer_open(struct peer *p, struct event_base *base)
{
	struct sockaddr_in here = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(here);

	p->base = base;
	p->listener = evconnlistener_new_bind(base, peer_accepted, p,
	    LEV_OPT_CLOSE_ON_FREE | LEV_OPT_REUSEABLE, -1,
	    (struct sockaddr *)&here, sizeof(here));
	assert_non_null(p->listener);
	getsockname(
	    evconnlistener_get_fd(p->listener), (struct sockaddr *)&here, &len);
	p->port = ntohs(here.sin_port);
}

static void
peer_accepted(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg)
{
	struct peer *p = arg;

	(void)listener;
	(void)from;
	(void)len;
	p->connections++;
	peer_close(p);
	p->open = 0;
	p->fd = fd;
	if (p->tls == NULL) {
		p->wire = wire_new(p->base, fd, 0, &peer_events, p);
		wire_freeze(p->wire, p->deaf);
	} else
		p->securing = securing_new(p->base, fd,
		    tls_session_new(p->tls, NULL), peer_secured, p);
	if (p->closes_at_once)
		peer_close(p);
}

static void
peer_secured(void *arg, struct octets *octets, const char *why)
{
	struct peer *p = arg;

	(void)why;
	p->securing = NULL;
	if (octets != NULL)
		p->wire = wire_over(p->base, octets, 0, &peer_events, p);
}

static void
peer_hears(void *owner, const uint8_t *octets, size_t len)
{
	struct peer *p = owner;
	struct heard_pdu *h = &p->heard[p->count++ % HEARD_MOST];
	enum pdu_status answer;
	struct pdu pdu;

	assert_int_equal(pdu_decode(octets, len, &pdu, &answer), PDU_OK);
	*h = (struct heard_pdu){ pdu.command, pdu.status, pdu.sequence, "" };
	snprintf(h->text, sizeof(h->text), "%.*s", (int)pdu.text_len,
	    pdu.text_len > 0 ? (const char *)pdu.text : "");
	if (pdu.command == PDU_BIND_TRANSCEIVER)
		peer_bind(p, &pdu);
	else if (pdu.command == PDU_SUBMIT_SM) {
		if (++p->open > p->most_open)
			p->most_open = p->open;
		if (!p->ignores_submits)
			peer_answer(p, pdu.sequence, p->submit_status);
	} else if ((pdu.command == PDU_ENQUIRE_LINK && !p->ignores_enquires) ||
	    (pdu.command == PDU_UNBIND && !p->ignores_unbinds))
		peer_say(p, pdu.command | PDU_RESPONSE, pdu.sequence);
}

static void
peer_bind(struct peer *p, const struct pdu *pdu)
{
	struct pdu answer = {
		.command = pdu->command | PDU_RESPONSE,
		.sequence = pdu->sequence,
		.system_id = "operator",
	};
	uint8_t header[PDU_HEADER] = { 0, 0, 0, 16, 0x80, 0, 0, 9 };

	p->last_bind = *pdu;
	if (p->ignores_binds)
		return;
	if (p->bind_answers_left > 0) {
		answer.status = *p->bind_answers++;
		p->bind_answers_left--;
	}
	if (p->header_only) {
		header[11] = (uint8_t)answer.status;
		header[15] = (uint8_t)answer.sequence;
		wire_send_octets(p->wire, header, sizeof(header));
	} else
		peer_send(p, &answer);
	if (p->closes_when_bound)
		peer_close(p);
}

void
peer_send(struct peer *p, const struct pdu *pdu)
{
	assert_int_equal(wire_send(p->wire, pdu), 0);
}

void
peer_say(struct peer *p, uint32_t command, uint32_t sequence)
{
	struct pdu pdu = { .command = command, .sequence = sequence };

	peer_send(p, &pdu);
}

void
peer_answer(struct peer *p, uint32_t sequence, uint32_t status)
{
	struct pdu answer = {
		.command = PDU_SUBMIT_SM | PDU_RESPONSE,
		.sequence = sequence,
		.status = status,
		.message_id = "4f2A",
	};
	uint8_t header[PDU_HEADER] = { 0, 0, 0, 16, 0x80, 0, 0, 4 };

	p->open--;
	if (!p->header_only) {
		peer_send(p, &answer);
		return;
	}
	header[10] = (uint8_t)(status >> 8);
	header[11] = (uint8_t)status;
	header[15] = (uint8_t)sequence;
	wire_send_octets(p->wire, header, sizeof(header));
}

size_t
peer_heard(const struct peer *p, uint32_t command)
{
	size_t i, count = 0;

	assert_true(p->count <= HEARD_MOST);
	for (i = 0; i < p->count; i++)
		count += p->heard[i].command == command;
	return count;
}

const struct heard_pdu *
peer_nth(const struct peer *p, uint32_t command, size_t n)
{
	size_t i;

	for (i = 0; i < p->count; i++)
		if (p->heard[i].command == command && n-- == 0)
			return &p->heard[i];
	fail_msg("%s was not heard so often", pdu_command_name(command));
	return NULL;
}

void
peer_close(struct peer *p)
{
	securing_cancel(p->securing);
	p->securing = NULL;
	wire_free(p->wire);
	p->wire = NULL;
}

static void
peer_garbled(void *owner, const uint8_t *head, size_t len)
{
	struct peer *p = owner;
	struct pdu nack = {
		.command = PDU_GENERIC_NACK,
		.status = PDU_RINVCMDLEN,
	};

	(void)head;
	(void)len;
	if (!p->nacks_garbled)
		fail_msg("the link lost its framing");
	peer_send(p, &nack);
	peer_close(p);
}

static void
peer_room(void *owner)
{
	(void)owner;
}

static void
peer_gone(void *owner, const char *why)
{
	(void)why;
	peer_close(owner);
}

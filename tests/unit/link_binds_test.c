/*
 * A link of several binds: it is one thing to whoever sends, and what happens
 * to one bind is not felt by the others.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/bind_inside.h"
#include "gateway/link_inside.h"
#include "gateway/wire.h"

#define SEATS 8
#define WAITS 64

/* One connection of the operator's. */
struct seat {
	struct operator* o;
	struct wire *wire;
	uint32_t bound_by; /* the bind's command */
	uint32_t numbers[WAITS]; /* of the submits it was given */
	size_t submits, responses, nacks;
	uint32_t last_status;
};

struct operator
{
	struct event_base *base;
	struct event *pulse;
	struct evconnlistener *listener;
	struct seat seats[SEATS];
	size_t seat_count;
	bool answers; /* submits, at once */

	const char *hosts[2];
	struct link_settings settings;
	struct link *link;
	size_t requests;
	uint64_t generation;
	size_t results[LINK_DROPPED + 1];
};

#define UNTIL(o, truth)                                            \
	do {                                                       \
		int64_t until_ms = clock_steady_ms() + 20000;      \
		while (!(truth)) {                                 \
			assert_true(clock_steady_ms() < until_ms); \
			event_base_loop((o)->base, EVLOOP_ONCE);   \
		}                                                  \
	} while (0)

static void hears(void *owner, const uint8_t *octets, size_t len);
static void garbled(void *owner, const uint8_t *head, size_t len);
static void roomy(void *owner);
static void gone(void *owner, const char *why);
static void requested(
    void *owner, struct link *l, const struct link_request *r);
static void changed(void *owner, struct link *l, enum bind_state now);

static const struct wire_events seat_events = { hears, garbled, roomy, gone };
static const struct link_events link_events = { requested, changed };

/* ---- the operator */

static void
says(struct seat *s, uint32_t command, uint32_t sequence, uint32_t status)
{
	struct pdu pdu = {
		.command = command, .sequence = sequence, .status = status
	};

	assert_int_equal(wire_send(s->wire, &pdu), 0);
}

static void
delivers(struct seat *s, uint32_t sequence)
{
	struct pdu pdu = { .command = PDU_DELIVER_SM,
		.sequence = sequence,
		.source = { 1, 1, "255712345678" },
		.dest = { 0, 1, "15200" },
		.text = (const uint8_t *)"1",
		.text_len = 1 };

	assert_int_equal(wire_send(s->wire, &pdu), 0);
}

static void
hears(void *owner, const uint8_t *octets, size_t len)
{
	struct seat *s = owner;
	enum pdu_status status;
	struct pdu pdu;

	assert_int_equal(pdu_decode(octets, len, &pdu, &status), PDU_OK);
	switch (pdu.command) {
	case PDU_BIND_TRANSCEIVER:
	case PDU_BIND_TRANSMITTER:
	case PDU_BIND_RECEIVER:
		s->bound_by = pdu.command;
		says(s, pdu.command | PDU_RESPONSE, pdu.sequence, PDU_ROK);
		break;
	case PDU_UNBIND:
		says(s, pdu.command | PDU_RESPONSE, pdu.sequence, PDU_ROK);
		break;
	case PDU_SUBMIT_SM:
		assert_true(s->submits < WAITS);
		s->numbers[s->submits++] = pdu.sequence;
		if (s->o->answers)
			says(s, pdu.command | PDU_RESPONSE, pdu.sequence,
			    PDU_ROK);
		break;
	case PDU_DELIVER_SM | PDU_RESPONSE:
		s->responses++;
		s->last_status = pdu.status;
		break;
	default:
		break;
	}
}

static void
garbled(void *owner, const uint8_t *head, size_t len)
{
	(void)owner;
	(void)head;
	(void)len;
	fail();
}

static void
roomy(void *owner)
{
	(void)owner;
}

static void
gone(void *owner, const char *why)
{
	struct seat *s = owner;

	(void)why;
	wire_free(s->wire);
	s->wire = NULL;
}

static void
accepts(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *address, int len, void *arg)
{
	struct operator* o = arg;
	struct seat *s = &o->seats[o->seat_count++];

	(void)listener;
	(void)address;
	(void)len;
	assert_true(o->seat_count <= SEATS);
	*s = (struct seat){ .o = o };
	s->wire = wire_new(o->base, fd, 60000, &seat_events, s);
}

static void
beats(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

/* ---- and us */

static void
requested(void *owner, struct link *l, const struct link_request *r)
{
	struct operator* o = owner;

	o->requests++;
	o->generation = r->generation;
	link_respond(
	    l, r->generation, r->pdu->command, r->pdu->sequence, PDU_ROK);
}

static void
changed(void *owner, struct link *l, enum bind_state now)
{
	(void)owner;
	(void)l;
	(void)now;
}

static void
answered(void *arg, const struct link_answer *answer)
{
	struct operator* o = arg;

	o->results[answer->result]++;
}

static void
submits(struct operator* o, int count, uint64_t near)
{
	struct pdu pdu = { .command = PDU_SUBMIT_SM,
		.dest = { 1, 1, "255712345678" },
		.text = (const uint8_t *)"Karibu",
		.text_len = 6 };

	while (count-- > 0)
		link_submit(o->link,
		    &(struct link_order){ .class = LINK_CLASS_IN_SESSION,
			.live_ms = 20000,
			.near = near },
		    &pdu, answered, o);
}

static size_t
bound(const struct operator* o)
{
	size_t i, count = 0;

	for (i = 0; i < o->link->bind_count; i++)
		count += bind_state(o->link->binds[i]) == BIND_BOUND;
	return count;
}

static size_t
heard(const struct operator* o)
{
	size_t i, count = 0;

	for (i = 0; i < o->seat_count; i++)
		count += o->seats[i].submits;
	return count;
}

static struct operator*
    an_operator(enum link_binding bind, int binds, int window)
{
	struct operator* o = calloc(1, sizeof(*o));
	struct sockaddr_in here = { .sin_family = AF_INET };
	struct timeval often = { .tv_usec = 5000 };
	socklen_t len = sizeof(here);

	assert_non_null(o);
	log_setup(LOG_LEVEL_ERROR + 1, LOG_FORM_TEXT);
	o->base = event_base_new();
	o->pulse = event_new(o->base, -1, EV_PERSIST, beats, NULL);
	event_add(o->pulse, &often);
	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	o->listener = evconnlistener_new_bind(o->base, accepts, o,
	    LEV_OPT_CLOSE_ON_FREE, 16, (struct sockaddr *)&here, sizeof(here));
	assert_non_null(o->listener);
	getsockname(
	    evconnlistener_get_fd(o->listener), (struct sockaddr *)&here, &len);
	o->hosts[0] = "127.0.0.1";
	o->settings = (struct link_settings){
		.name = "tigo",
		.hosts = o->hosts,
		.port = ntohs(here.sin_port),
		.system_id = "mlango",
		.password = "secret",
		.system_type = "",
		.address_range = "",
		.interface_version = 0x34,
		.bind = bind,
		.binds = binds,
		.window = window,
		.enquire_s = 30,
		.response_ms = 20000,
		.connect_ms = 5000,
		.retry_least_ms = 10,
		.retry_most_ms = 600000,
		.drain_ms = 2000,
	};
	o->link = link_new(o->base, &o->settings, &link_events, o);
	link_start(o->link);
	UNTIL(o, bound(o) == o->link->bind_count);
	return o;
}

static void operator_free(struct operator* o)
{
	size_t i;

	link_free(o->link);
	for (i = 0; i < o->seat_count; i++)
		wire_free(o->seats[i].wire);
	evconnlistener_free(o->listener);
	event_free(o->pulse);
	event_base_free(o->base);
	free(o);
}

/* ---- the tests */

static void
every_binds_window_is_used_and_none_is_overrun(void **state)
{
	struct operator* o = an_operator(LINK_TRANSCEIVER, 3, 2);
	size_t i;

	(void)state;
	submits(o, 10, 0);
	UNTIL(o, heard(o) == 6);
	for (i = 0; i < 3; i++)
		assert_int_equal(o->seats[i].submits, 2);
	assert_int_equal(link_figures(o->link).waiting, 4);
	assert_int_equal(link_figures(o->link).window_used, 6);
	says(&o->seats[1], PDU_SUBMIT_SM | PDU_RESPONSE, o->seats[1].numbers[0],
	    PDU_ROK);
	UNTIL(o, heard(o) == 7);
	assert_int_equal(o->seats[1].submits, 3);
	operator_free(o);
}

static void
what_waits_outlives_a_bind_that_falls(void **state)
{
	struct operator* o = an_operator(LINK_TRANSCEIVER, 2, 2);

	(void)state;
	submits(o, 10, 0);
	UNTIL(o, heard(o) == 4);
	wire_free(o->seats[0].wire);
	o->seats[0].wire = NULL;
	o->answers = true;
	UNTIL(o, o->results[LINK_UNKNOWN] == 2);
	says(&o->seats[1], PDU_SUBMIT_SM | PDU_RESPONSE, o->seats[1].numbers[0],
	    PDU_ROK);
	says(&o->seats[1], PDU_SUBMIT_SM | PDU_RESPONSE, o->seats[1].numbers[1],
	    PDU_ROK);
	UNTIL(o, o->results[LINK_SENT] == 8);
	assert_int_equal(o->results[LINK_DROPPED], 0);
	operator_free(o);
}

static void
without_any_bind_what_waits_is_dropped(void **state)
{
	struct operator* o = an_operator(LINK_TRANSCEIVER, 2, 1);

	(void)state;
	submits(o, 3, 0);
	UNTIL(o, heard(o) == 2);
	evconnlistener_disable(o->listener);
	wire_free(o->seats[0].wire);
	wire_free(o->seats[1].wire);
	o->seats[0].wire = o->seats[1].wire = NULL;
	UNTIL(o, o->results[LINK_UNKNOWN] == 2);
	UNTIL(o, o->results[LINK_DROPPED] == 1);
	operator_free(o);
}

static void
a_screen_goes_out_where_its_dialogue_runs(void **state)
{
	struct operator* o = an_operator(LINK_TRANSCEIVER, 4, 10);
	size_t i;

	(void)state;
	o->answers = true;
	for (i = 0; i < 8; i++) {
		delivers(&o->seats[i % 4], 100 + (uint32_t)i);
		UNTIL(o, o->requests == i + 1);
		submits(o, 1, o->generation);
		UNTIL(o, o->seats[i % 4].submits == i / 4 + 1);
	}
	assert_int_equal(heard(o), 8);
	operator_free(o);
}

static void
a_full_bind_leaves_its_screens_to_the_others(void **state)
{
	struct operator* o = an_operator(LINK_TRANSCEIVER, 2, 1);

	(void)state;
	delivers(&o->seats[0], 1);
	UNTIL(o, o->requests == 1);
	submits(o, 2, o->generation);
	UNTIL(o, heard(o) == 2);
	assert_int_equal(o->seats[0].submits, 1);
	assert_int_equal(o->seats[1].submits, 1);
	operator_free(o);
}

static const struct seat *
seat_bound_by(struct operator* o, uint32_t command)
{
	size_t i;

	for (i = 0; i < o->seat_count; i++)
		if (o->seats[i].bound_by == command)
			return &o->seats[i];
	return NULL;
}

static void
a_pair_submits_on_one_and_hears_on_the_other(void **state)
{
	struct operator* o = an_operator(LINK_PAIR, 1, 10);
	struct seat *tx = (struct seat *)seat_bound_by(o, PDU_BIND_TRANSMITTER);
	struct seat *rx = (struct seat *)seat_bound_by(o, PDU_BIND_RECEIVER);

	(void)state;
	assert_non_null(tx);
	assert_non_null(rx);
	delivers(rx, 5);
	UNTIL(o, rx->responses == 1);
	assert_int_equal(rx->last_status, PDU_ROK);
	submits(o, 3, o->generation);
	UNTIL(o, tx->submits == 3);
	assert_int_equal(rx->submits, 0);
	operator_free(o);
}

static void
a_transmitter_is_delivered_nothing_and_lives(void **state)
{
	struct operator* o = an_operator(LINK_PAIR, 1, 10);
	struct seat *tx = (struct seat *)seat_bound_by(o, PDU_BIND_TRANSMITTER);

	(void)state;
	delivers(tx, 5);
	UNTIL(o, tx->responses == 1);
	assert_int_equal(tx->last_status, PDU_RINVBNDSTS);
	assert_int_equal(o->requests, 0);
	assert_int_equal(bound(o), 2);
	operator_free(o);
}

static void
a_bind_that_is_let_in_hurries_the_others(void **state)
{
	struct operator* o = an_operator(LINK_TRANSCEIVER, 2, 10);

	(void)state;
	/* Both fall, and the second has the longest pause before it. */
	o->settings.retry_least_ms = 10;
	backoff_init(
	    &((struct bind *)o->link->binds[1])->backoff, 600000, 600000);
	wire_free(o->seats[0].wire);
	wire_free(o->seats[1].wire);
	o->seats[0].wire = o->seats[1].wire = NULL;
	UNTIL(o, bound(o) == 2);
	operator_free(o);
}

static void
a_drain_ends_every_bind(void **state)
{
	struct operator* o = an_operator(LINK_TRANSCEIVER, 2, 1);
	size_t i;

	(void)state;
	submits(o, 4, 0);
	UNTIL(o, heard(o) == 2);
	link_drain(o->link);
	o->answers = true;
	for (i = 0; i < 2; i++)
		says(&o->seats[i], PDU_SUBMIT_SM | PDU_RESPONSE,
		    o->seats[i].numbers[0], PDU_ROK);
	UNTIL(o, link_state(o->link) == BIND_DOWN);
	assert_int_equal(o->results[LINK_SENT], 4);
	operator_free(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_binds_window_is_used_and_none_is_overrun),
		cmocka_unit_test(what_waits_outlives_a_bind_that_falls),
		cmocka_unit_test(without_any_bind_what_waits_is_dropped),
		cmocka_unit_test(a_screen_goes_out_where_its_dialogue_runs),
		cmocka_unit_test(a_full_bind_leaves_its_screens_to_the_others),
		cmocka_unit_test(a_pair_submits_on_one_and_hears_on_the_other),
		cmocka_unit_test(a_transmitter_is_delivered_nothing_and_lives),
		cmocka_unit_test(a_bind_that_is_let_in_hurries_the_others),
		cmocka_unit_test(a_drain_ends_every_bind),
	};

	return cmocka_run_group_tests_name("link binds", tests, NULL, NULL);
}

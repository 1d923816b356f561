/*
 * A wire whose other end is held by the test, octet by octet.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <event2/event.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/pdu.h"
#include "gateway/wire.h"

struct end {
	struct event_base *base;
	struct wire *wire;
	int far; /* the other end's socket */
	size_t heard;
	bool gone, roomy;
	bool frees; /* the wire, in whatever it says */
};

static void
say_nothing_more(struct end *e)
{
	if (!e->frees)
		return;
	wire_free(e->wire);
	e->wire = NULL;
}

static void
heard(void *owner, const uint8_t *octets, size_t len)
{
	struct end *e = owner;

	assert_true(octets != NULL && len >= PDU_HEADER);
	e->heard++;
	say_nothing_more(e);
}

static void
garbled(void *owner, const uint8_t *head, size_t len)
{
	assert_true(head != NULL && len >= 4);
	say_nothing_more(owner);
}

static void
room(void *owner)
{
	struct end *e = owner;

	e->roomy = true;
	say_nothing_more(e);
}

static void
gone(void *owner, const char *why)
{
	struct end *e = owner;

	assert_true(strlen(why) > 0);
	e->gone = true;
	say_nothing_more(e);
}

static const struct wire_events events = { heard, garbled, room, gone };

/* Two ends of one connection, with the smallest buffers that there are. */
static struct end *
an_end(void)
{
	struct sockaddr_in here = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(here);
	int least = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
	struct end *e = calloc(1, sizeof(*e));
	int near;

	setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &least, sizeof(least));
	assert_int_equal(bind(listener, (struct sockaddr *)&here, len), 0);
	assert_int_equal(listen(listener, 1), 0);
	getsockname(listener, (struct sockaddr *)&here, &len);
	near = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(near, SOL_SOCKET, SO_SNDBUF, &least, sizeof(least));
	assert_int_equal(connect(near, (struct sockaddr *)&here, len), 0);
	e->far = accept(listener, NULL, NULL);
	close(listener);
	fcntl(near, F_SETFL, O_NONBLOCK);
	fcntl(e->far, F_SETFL, O_NONBLOCK);
	e->base = event_base_new();
	e->wire = wire_new(e->base, near, 0, &events, e);
	return e;
}

static void
an_end_free(struct end *e)
{
	wire_free(e->wire);
	close(e->far);
	event_base_free(e->base);
	free(e);
}

static void
send_large(struct end *e, uint32_t sequence)
{
	static const uint8_t text[200];
	struct pdu pdu = {
		.command = PDU_SUBMIT_SM,
		.sequence = sequence,
		.text = text,
		.text_len = sizeof(text),
	};

	assert_int_equal(wire_send(e->wire, &pdu), 0);
}

static uint32_t
word(const uint8_t *at)
{
	uint32_t be;

	memcpy(&be, at, sizeof(be));
	return ntohl(be);
}

static void
what_is_sent_ahead_passes_all_that_has_not_begun_to_leave(void **state)
{
	static uint8_t stream[1 << 20];
	struct pdu answer = {
		.command = PDU_ENQUIRE_LINK | PDU_RESPONSE,
		.sequence = 7,
	};
	struct end *e = an_end();
	uint32_t sent, next = 1, place = 0;
	size_t len = 0, at = 0;
	ssize_t got;

	(void)state;
	for (sent = 1; sent <= 1000; sent++)
		send_large(e, sent);
	event_base_loop(e->base, EVLOOP_NONBLOCK);
	assert_int_equal(wire_send_ahead(e->wire, &answer), 0);
	while (place == 0 || next <= 1000) {
		event_base_loop(e->base, EVLOOP_NONBLOCK);
		got = read(e->far, stream + len, sizeof(stream) - len);
		len += got > 0 ? (size_t)got : 0;
		while (len - at >= 16 && len - at >= word(stream + at)) {
			if (word(stream + at + 4) == PDU_SUBMIT_SM)
				assert_int_equal(
				    word(stream + at + 12), next++);
			else
				place = next;
			at += word(stream + at);
		}
	}
	assert_in_range(place, 1, 500);
	assert_int_equal(at, len);
	an_end_free(e);
}

static void
a_wire_is_full_until_its_peer_reads(void **state)
{
	static uint8_t octets[65536];
	struct end *e = an_end();
	uint32_t sent = 0;

	(void)state;
	while (wire_has_room(e->wire)) {
		send_large(e, ++sent);
		event_base_loop(e->base, EVLOOP_NONBLOCK);
	}
	assert_in_range(sent, 500, 5000);
	/* And now it does not read either. */
	assert_int_equal(
	    write(e->far, "\0\0\0\20\0\0\0\25\0\0\0\0\0\0\0\1", 16), 16);
	event_base_loop(e->base, EVLOOP_NONBLOCK);
	assert_int_equal(e->heard, 0);
	while (!e->roomy) {
		(void)!read(e->far, octets, sizeof(octets));
		event_base_loop(e->base, EVLOOP_NONBLOCK);
	}
	while (e->heard == 0)
		event_base_loop(e->base, EVLOOP_ONCE);
	an_end_free(e);
}

static void
a_wire_may_be_freed_in_whatever_it_says(void **state)
{
	static const char two_enquiries[32] =
	    "\0\0\0\20\0\0\0\25\0\0\0\0\0\0\0\1\0\0\0\20\0\0\0\25\0\0\0\0\0\0"
	    "\0";
	struct end *e;

	(void)state;
	e = an_end(); /* in heard */
	e->frees = true;
	assert_int_equal(write(e->far, two_enquiries, 32), 32);
	while (e->wire != NULL)
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_int_equal(e->heard, 1);
	an_end_free(e);

	e = an_end(); /* in garbled */
	e->frees = true;
	assert_int_equal(write(e->far, "\0\0\0\1", 4), 4);
	while (e->wire != NULL)
		event_base_loop(e->base, EVLOOP_ONCE);
	an_end_free(e);

	e = an_end(); /* in gone */
	e->frees = true;
	shutdown(e->far, SHUT_WR);
	while (e->wire != NULL)
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_true(e->gone);
	an_end_free(e);
}

static void
what_was_sent_last_leaves_before_the_end(void **state)
{
	struct pdu unbind = { .command = PDU_UNBIND, .sequence = 1 };
	struct end *e = an_end();
	uint8_t octets[64];

	(void)state;
	assert_int_equal(wire_send(e->wire, &unbind), 0);
	wire_free(e->wire);
	e->wire = NULL;
	fcntl(e->far, F_SETFL, 0);
	assert_int_equal(read(e->far, octets, sizeof(octets)), 16);
	assert_int_equal(read(e->far, octets, sizeof(octets)), 0);
	an_end_free(e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_is_sent_ahead_passes_all_that_has_not_begun_to_leave),
		cmocka_unit_test(a_wire_is_full_until_its_peer_reads),
		cmocka_unit_test(a_wire_may_be_freed_in_whatever_it_says),
		cmocka_unit_test(what_was_sent_last_leaves_before_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * A wire in TLS whose other end is held by the test: sealed octet by sealed
 * octet. What wire_test.c proves of a plain one must hold here too.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "gateway/octets.h"
#include "gateway/octets_tls.h"
#include "gateway/pdu.h"
#include "gateway/tls_inside.h"
#include "gateway/wire.h"
#include "tests/unit/certificates.h"

static char folder[] = "/tmp/mlango-tls-XXXXXX";

struct end {
	struct event_base *base;
	struct wire *wire;
	struct securing *securing;
	int far; /* the other end's socket */
	struct tls_session *session; /* and its session */
	struct evbuffer *raw, *in,
	    *out; /* what it got: sealed, open; to seal */
	size_t heard, heard_octets;
	char gone[TLS_WHY];
	bool roomy;
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
	e->heard_octets += len;
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

	assert_string_equal(e->gone, "");
	say_nothing_more(e);
	snprintf(e->gone, sizeof(e->gone), "%s", why);
}

static const struct wire_events events = { heard, garbled, room, gone };

static void
secured(void *arg, struct octets *octets, const char *why)
{
	struct end *e = arg;

	e->securing = NULL;
	if (octets != NULL)
		e->wire = wire_over(e->base, octets, 0, &events, e);
	else
		gone(e, why);
}

/* What the far end does: takes all that came, and says what it must. */
static void
far_reads(struct end *e)
{
	uint8_t octets[65536];
	ssize_t got = recv(e->far, octets, sizeof(octets), MSG_DONTWAIT);

	if (got <= 0)
		return;
	evbuffer_add(e->raw, octets, (size_t)got);
	evbuffer_add(tls_coming(e->session), octets, (size_t)got);
	tls_read(e->session, e->in);
}

static void
far_seals(struct end *e, const void *octets, size_t len)
{
	ssize_t sealed;

	evbuffer_add(e->out, octets, len);
	while (evbuffer_get_length(e->out) > 0) {
		sealed = tls_write(e->session, e->out);
		assert_true(sealed > 0);
		evbuffer_drain(e->out, (size_t)sealed);
	}
}

static void
far_says(struct end *e)
{
	struct evbuffer *leaving = tls_leaving(e->session);

	while (evbuffer_get_length(leaving) > 0) {
		if (evbuffer_write(leaving, e->far) == -1)
			assert_int_equal(errno, EAGAIN);
		event_base_loop(e->base, EVLOOP_NONBLOCK);
	}
}

/* Sealed octets up to LEN before the last. */
static void
far_says_but(struct end *e, size_t len)
{
	struct evbuffer *leaving = tls_leaving(e->session);
	size_t most = evbuffer_get_length(leaving) - len;

	while (most > 0) {
		int sent =
		    evbuffer_write_atmost(leaving, e->far, (ev_ssize_t)most);

		assert_true(sent > 0);
		most -= (size_t)sent;
	}
	evbuffer_drain(leaving, len);
}

/* An octet of what is to be said. */
static void
change(struct end *e)
{
	uint8_t *octets = evbuffer_pullup(tls_leaving(e->session), -1);

	octets[20] ^= 1;
}

/* ---- two ends of one connection, with the smallest buffers that there are */

static void
connect_ends(int *near, int *far)
{
	struct sockaddr_in here = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(here);
	int least = 1, listener = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &least, sizeof(least));
	assert_int_equal(bind(listener, (struct sockaddr *)&here, len), 0);
	assert_int_equal(listen(listener, 1), 0);
	getsockname(listener, (struct sockaddr *)&here, &len);
	*near = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(*near, SOL_SOCKET, SO_SNDBUF, &least, sizeof(least));
	assert_int_equal(connect(*near, (struct sockaddr *)&here, len), 0);
	*far = accept(listener, NULL, NULL);
	close(listener);
	fcntl(*near, F_SETFL, O_NONBLOCK);
	fcntl(*far, F_SETFL, O_NONBLOCK);
}

static struct tls_session *
a_session(bool client)
{
	const struct tls_files files[] = {
		{ NULL, certificate_file(folder, "good", "pem"),
		    certificate_file(folder, "good", "key") },
		{ certificate_file(folder, "ca", "pem"), NULL, NULL },
	};
	char why[TLS_WHY] = "";
	struct tls *t =
	    client ? tls_client(&files[1], why) : tls_server(&files[0], why);
	struct tls_session *s;

	assert_string_equal(why, "");
	s = tls_session_new(t, client ? "127.0.0.1" : NULL);
	tls_free(t);
	return s;
}

static struct end *
an_end_before(bool client)
{
	struct end *e = calloc(1, sizeof(*e));
	int near;

	connect_ends(&near, &e->far);
	e->base = event_base_new();
	e->raw = evbuffer_new();
	e->in = evbuffer_new();
	e->out = evbuffer_new();
	e->session = a_session(!client);
	e->securing =
	    securing_new(e->base, near, a_session(client), secured, e);
	return e;
}

/* One step of the far end's handshake. */
static enum tls_step
far_shakes(struct end *e)
{
	uint8_t octets[8192];
	ssize_t got = recv(e->far, octets, sizeof(octets), MSG_DONTWAIT);

	if (got > 0)
		evbuffer_add(tls_coming(e->session), octets, (size_t)got);
	return tls_shake(e->session);
}

static struct end *
an_end(void)
{
	struct end *e = an_end_before(true);

	while (far_shakes(e) != TLS_DONE || e->wire == NULL) {
		far_says(e);
		event_base_loop(e->base, EVLOOP_NONBLOCK);
	}
	return e;
}

static void
an_end_free(struct end *e)
{
	securing_cancel(e->securing);
	wire_free(e->wire);
	close(e->far);
	tls_session_free(e->session);
	evbuffer_free(e->raw);
	evbuffer_free(e->in);
	evbuffer_free(e->out);
	event_base_free(e->base);
	free(e);
}

static void
turns(struct end *e)
{
	int i;

	for (i = 0; i < 5; i++)
		event_base_loop(e->base, EVLOOP_NONBLOCK);
}

static void
send_text(struct end *e, uint32_t sequence, size_t len)
{
	static const uint8_t text[200] = "NENOSIRI";
	struct pdu pdu = {
		.command = PDU_SUBMIT_SM,
		.sequence = sequence,
		.text = text,
		.text_len = len,
	};

	assert_int_equal(wire_send(e->wire, &pdu), 0);
}

static void
send_large(struct end *e, uint32_t sequence)
{
	send_text(e, sequence, 200);
}

static uint32_t
word(struct evbuffer *in, size_t at)
{
	struct evbuffer_ptr place;
	uint32_t be = 0;

	evbuffer_ptr_set(in, &place, at, EVBUFFER_PTR_SET);
	evbuffer_copyout_from(in, &place, &be, sizeof(be));
	return ntohl(be);
}

static const char enquiry[16] = "\0\0\0\20\0\0\0\25\0\0\0\0\0\0\0\1";

/* ---- in */

static void
a_dribble_of_sealed_octets_gives_whole_pdus(void **state)
{
	struct end *e = an_end();
	struct evbuffer *leaving = tls_leaving(e->session);

	(void)state;
	far_seals(e, enquiry, 16); /* one in a record, two, and one in two */
	far_seals(e, enquiry, 16);
	far_seals(e, enquiry, 7);
	far_seals(e, enquiry + 7, 9);
	while (evbuffer_get_length(leaving) > 0) {
		assert_int_equal(evbuffer_write_atmost(leaving, e->far, 1), 1);
		turns(e);
	}
	while (e->heard < 3)
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_string_equal(e->gone, "");
	an_end_free(e);
}

static void
two_hundred_pdus_in_one_record_are_heard_at_once(void **state)
{
	char burst[200 * 16];
	struct end *e = an_end();
	size_t i;

	(void)state;
	for (i = 0; i < 200; i++)
		memcpy(burst + 16 * i, enquiry, 16);
	far_seals(e, burst, sizeof(burst));
	far_says(e);
	while (e->heard == 0)
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_int_equal(e->heard, 200);
	an_end_free(e);
}

static void
sixty_kilobytes_are_one_pdu(void **state)
{
	static uint8_t large[61440] = "\0\0\360\0\0\0\1\3\0\0\0\0\0\0\0\1";
	struct end *e = an_end();

	(void)state;
	far_seals(e, large, sizeof(large));
	far_says(e);
	while (e->heard == 0)
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_int_equal(e->heard_octets, sizeof(large));

	wire_send_octets(e->wire, large, sizeof(large));
	while (evbuffer_get_length(e->in) < sizeof(large)) {
		event_base_loop(e->base, EVLOOP_NONBLOCK);
		far_reads(e);
	}
	assert_int_equal(evbuffer_get_length(e->in), sizeof(large));
	assert_memory_equal(evbuffer_pullup(e->in, -1), large, sizeof(large));
	an_end_free(e);
}

/* A client may say its first PDU in the same breath as its last word of the
 * handshake. */
static void
what_came_with_the_handshake_is_heard(void **state)
{
	struct end *e = an_end_before(false);

	(void)state;
	while (far_shakes(e) != TLS_DONE) {
		far_says(e);
		turns(e);
	}
	far_seals(e, enquiry, 16);
	far_says(e);
	while (e->heard == 0)
		event_base_loop(e->base, EVLOOP_ONCE);
	an_end_free(e);
}

/* ---- out */

static void
what_is_sent_in_one_turn_leaves_together_and_unreadable(void **state)
{
	struct end *e = an_end();
	uint32_t i;

	(void)state;
	for (i = 1; i <= 5; i++)
		send_text(e, i, 8);
	event_base_loop(e->base, EVLOOP_NONBLOCK);
	far_reads(e);
	/* One record: five would each add 22 octets. */
	assert_in_range(evbuffer_get_length(e->raw),
	    evbuffer_get_length(e->in) + 1, evbuffer_get_length(e->in) + 40);
	for (i = 0; i < 5; i++) {
		assert_int_equal(word(e->in, 12), i + 1);
		evbuffer_drain(e->in, word(e->in, 0));
	}
	assert_int_equal(evbuffer_search(e->raw, "NENOSIRI", 8, NULL).pos, -1);
	an_end_free(e);
}

static void
what_is_sent_ahead_passes_all_that_is_not_sealed(void **state)
{
	struct pdu answer = {
		.command = PDU_ENQUIRE_LINK | PDU_RESPONSE,
		.sequence = 7,
	};
	struct end *e = an_end();
	uint32_t sent, next = 1, place = 0;

	(void)state;
	for (sent = 1; sent <= 1000; sent++)
		send_large(e, sent);
	event_base_loop(e->base, EVLOOP_NONBLOCK);
	assert_int_equal(wire_send_ahead(e->wire, &answer), 0);
	while (place == 0 || next <= 1000) {
		event_base_loop(e->base, EVLOOP_NONBLOCK);
		far_reads(e);
		while (evbuffer_get_length(e->in) >= 16 &&
		    evbuffer_get_length(e->in) >= word(e->in, 0)) {
			if (word(e->in, 4) == PDU_SUBMIT_SM)
				assert_int_equal(word(e->in, 12), next++);
			else
				place = next;
			evbuffer_drain(e->in, word(e->in, 0));
		}
	}
	assert_in_range(place, 1, 500);
	assert_int_equal(evbuffer_get_length(e->in), 0);
	an_end_free(e);
}

static void
a_wire_is_full_until_its_peer_reads(void **state)
{
	struct end *e = an_end();
	uint32_t sent = 0;

	(void)state;
	while (wire_has_room(e->wire)) {
		send_large(e, ++sent);
		event_base_loop(e->base, EVLOOP_NONBLOCK);
	}
	assert_in_range(sent, 500, 5000);
	/* And now it does not read either. */
	far_seals(e, enquiry, 16);
	far_says(e);
	turns(e);
	assert_int_equal(e->heard, 0);
	while (!e->roomy) {
		far_reads(e);
		event_base_loop(e->base, EVLOOP_NONBLOCK);
	}
	while (e->heard == 0)
		event_base_loop(e->base, EVLOOP_ONCE);
	an_end_free(e);
}

static void
a_frozen_wire_reads_when_it_thaws(void **state)
{
	struct end *e = an_end();

	(void)state;
	wire_freeze(e->wire, true);
	far_seals(e, enquiry, 16);
	far_says(e);
	turns(e);
	assert_int_equal(e->heard, 0);
	wire_freeze(e->wire, false);
	while (e->heard == 0)
		event_base_loop(e->base, EVLOOP_ONCE);
	an_end_free(e);
}

/* An operator may change its keys in mid-talk, and want ours to change too (RFC
 * 8446, 4.6.3). */
static void
new_keys_may_come_in_mid_talk(void **state)
{
	struct end *e = an_end();

	(void)state;
	assert_int_equal(
	    SSL_key_update(e->session->ssl, SSL_KEY_UPDATE_REQUESTED), 1);
	tls_shake(e->session);
	far_seals(e, enquiry, 16);
	far_says(e);
	while (e->heard == 0)
		event_base_loop(e->base, EVLOOP_ONCE);
	send_text(e, 7, 8);
	while (evbuffer_get_length(e->in) == 0) {
		event_base_loop(e->base, EVLOOP_NONBLOCK);
		far_reads(e);
	}
	assert_int_equal(word(e->in, 12), 7);
	an_end_free(e);
}

/* ---- ends */

static void
a_wire_may_be_freed_in_whatever_it_says(void **state)
{
	struct end *e;

	(void)state;
	e = an_end(); /* in heard */
	e->frees = true;
	far_seals(e, enquiry, 16);
	far_seals(e, enquiry, 16);
	far_says(e);
	while (e->wire != NULL)
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_int_equal(e->heard, 1);
	an_end_free(e);

	e = an_end(); /* in garbled */
	e->frees = true;
	far_seals(e, "\0\0\0\1", 4);
	far_says(e);
	while (e->wire != NULL)
		event_base_loop(e->base, EVLOOP_ONCE);
	an_end_free(e);

	e = an_end(); /* in gone */
	e->frees = true;
	shutdown(e->far, SHUT_WR);
	while (e->wire != NULL)
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_string_not_equal(e->gone, "");
	an_end_free(e);

	e = an_end(); /* and there for what TLS says */
	e->frees = true;
	far_seals(e, enquiry, 16);
	change(e);
	far_says(e);
	while (e->wire != NULL)
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_string_equal(
	    e->gone, "no TLS: somebody has changed what was sent");
	an_end_free(e);
}

static void
a_record_that_is_cut_gives_nothing_and_is_a_drop(void **state)
{
	size_t but;

	(void)state;
	for (but = 1; but < 38; but++) {
		struct end *e = an_end();

		far_seals(e, enquiry, 16);
		far_seals(e, enquiry, 16);
		far_says_but(e, but);
		shutdown(e->far, SHUT_WR);
		while (e->gone[0] == '\0')
			event_base_loop(e->base, EVLOOP_ONCE);
		assert_int_equal(e->heard, 1);
		assert_string_equal(e->gone, "cut off: TLS was not closed");
		an_end_free(e);
	}
}

static void
an_end_between_records_is_a_drop_too(void **state)
{
	struct end *e = an_end();

	(void)state;
	far_seals(e, enquiry, 16);
	far_says(e);
	shutdown(e->far, SHUT_WR);
	while (e->gone[0] == '\0')
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_int_equal(e->heard, 1);
	assert_string_equal(e->gone, "cut off: TLS was not closed");
	an_end_free(e);
}

/* Whether or not the connection ends as well. */
static void
who_takes_leave_has_closed(void **state)
{
	struct end *e = an_end();

	(void)state;
	far_seals(e, enquiry, 16);
	tls_close(e->session);
	far_says(e);
	while (e->gone[0] == '\0')
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_int_equal(e->heard, 1);
	assert_string_equal(e->gone, "closed by peer");
	an_end_free(e);
}

static void
octets_that_somebody_changed_are_never_heard(void **state)
{
	struct end *e = an_end();

	(void)state;
	far_seals(e, enquiry, 16);
	change(e);
	far_says(e);
	while (e->gone[0] == '\0')
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_int_equal(e->heard, 0);
	assert_string_equal(
	    e->gone, "no TLS: somebody has changed what was sent");
	an_end_free(e);
}

static void
what_was_sent_last_leaves_before_we_take_leave(void **state)
{
	struct pdu unbind = { .command = PDU_UNBIND, .sequence = 1 };
	struct end *e = an_end();
	uint8_t octets[1024];
	ssize_t got;

	(void)state;
	assert_int_equal(wire_send(e->wire, &unbind), 0);
	wire_free(e->wire);
	e->wire = NULL;
	fcntl(e->far, F_SETFL, 0);
	while ((got = read(e->far, octets, sizeof(octets))) > 0)
		evbuffer_add(tls_coming(e->session), octets, (size_t)got);
	assert_int_equal(tls_read(e->session, e->in), TLS_CLOSED);
	assert_int_equal(evbuffer_get_length(e->in), 16);
	an_end_free(e);
}

static void
a_handshake_may_be_called_off(void **state)
{
	struct end *e = an_end_before(true);

	(void)state;
	turns(e);
	securing_cancel(e->securing);
	e->securing = NULL;
	far_shakes(e);
	turns(e);
	assert_null(e->wire);
	assert_string_equal(e->gone, "");
	an_end_free(e);
}

static void
who_hangs_up_on_our_greeting_is_told_so(void **state)
{
	struct end *e = an_end_before(true);

	(void)state;
	turns(e);
	shutdown(e->far, SHUT_WR);
	while (e->gone[0] == '\0')
		event_base_loop(e->base, EVLOOP_ONCE);
	assert_string_equal(
	    e->gone, "no TLS: the peer hung up on our greeting");
	assert_null(e->wire);
	an_end_free(e);
}

static int
make_certificates(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	certificates_make(folder);
	return 0;
}

static int
remove_certificates(void **state)
{
	char command[256];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dribble_of_sealed_octets_gives_whole_pdus),
		cmocka_unit_test(
		    two_hundred_pdus_in_one_record_are_heard_at_once),
		cmocka_unit_test(sixty_kilobytes_are_one_pdu),
		cmocka_unit_test(what_came_with_the_handshake_is_heard),
		cmocka_unit_test(
		    what_is_sent_in_one_turn_leaves_together_and_unreadable),
		cmocka_unit_test(
		    what_is_sent_ahead_passes_all_that_is_not_sealed),
		cmocka_unit_test(a_wire_is_full_until_its_peer_reads),
		cmocka_unit_test(a_frozen_wire_reads_when_it_thaws),
		cmocka_unit_test(new_keys_may_come_in_mid_talk),
		cmocka_unit_test(a_wire_may_be_freed_in_whatever_it_says),
		cmocka_unit_test(
		    a_record_that_is_cut_gives_nothing_and_is_a_drop),
		cmocka_unit_test(an_end_between_records_is_a_drop_too),
		cmocka_unit_test(who_takes_leave_has_closed),
		cmocka_unit_test(octets_that_somebody_changed_are_never_heard),
		cmocka_unit_test(
		    what_was_sent_last_leaves_before_we_take_leave),
		cmocka_unit_test(a_handshake_may_be_called_off),
		cmocka_unit_test(who_hangs_up_on_our_greeting_is_told_so),
	};

	return cmocka_run_group_tests(
	    tests, make_certificates, remove_certificates);
}

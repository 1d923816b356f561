/*
 * What a link costs a turn: deliver_sm in, deliver_sm_resp out, submit_sm out,
 * submit_sm_resp in. The operator is another process; OUTSTANDING turns are
 * open at once. Run: link_bench [TURNS [OUTSTANDING [tls]]]
 */
#include <arpa/inet.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/link.h"
#include "gateway/octets_tls.h"
#include "gateway/tls.h"
#include "gateway/wire.h"
#include "tests/unit/certificates.h"

/* Where the certificates are. */
static char folder[] = "/tmp/mlango-bench-XXXXXX";
static bool in_tls;

struct carrier {
	struct event_base *base;
	struct tls *tls;
	struct wire *wire;
	int outstanding;
	uint8_t deliver[256], submitted[64];
	size_t deliver_len, submitted_len;
	uint32_t sequence;
};

struct application {
	struct event_base *base;
	struct pdu screen;
	long turns, most;
	int64_t began_us;
	struct rusage began;
};

/* ---- the operator: as cheap as can be */

static void
number(uint8_t *octets, uint32_t sequence)
{
	sequence = htonl(sequence);
	memcpy(octets + 12, &sequence, sizeof(sequence));
}

static void
deliver(struct carrier *o)
{
	number(o->deliver, ++o->sequence);
	wire_send_octets(o->wire, o->deliver, o->deliver_len);
}

static void
heard(void *owner, const uint8_t *octets, size_t len)
{
	struct carrier *o = owner;
	struct pdu bind = { .command = PDU_BIND_TRANSCEIVER | PDU_RESPONSE,
		.sequence = 1,
		.system_id = "bench" };
	int i;

	(void)len;
	if (octets[7] == PDU_SUBMIT_SM && octets[4] == 0) {
		memcpy(o->submitted + 12, octets + 12, 4);
		wire_send_octets(o->wire, o->submitted, o->submitted_len);
		deliver(o);
	} else if (octets[7] == PDU_BIND_TRANSCEIVER) {
		CHECK(wire_send(o->wire, &bind) == 0);
		for (i = 0; i < o->outstanding; i++)
			deliver(o);
	}
}

static void
garbled(void *owner, const uint8_t *head, size_t len)
{
	(void)owner;
	(void)head;
	(void)len;
}

static void
room(void *owner)
{
	(void)owner;
}

static void
gone(void *owner, const char *why)
{
	(void)owner;
	(void)why;
	_exit(0);
}

static const struct wire_events wire_events = { heard, garbled, room, gone };

static void secured(void *arg, struct octets *octets, const char *why);

static void
accepted(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg)
{
	struct carrier *o = arg;

	(void)listener;
	(void)from;
	(void)len;
	if (o->tls == NULL)
		o->wire = wire_new(o->base, fd, 0, &wire_events, o);
	else
		securing_new(
		    o->base, fd, tls_session_new(o->tls, NULL), secured, o);
}

static void
secured(void *arg, struct octets *octets, const char *why)
{
	struct carrier *o = arg;

	(void)why;
	CHECK(octets != NULL);
	o->wire = wire_over(o->base, octets, 0, &wire_events, o);
}

static struct tls *
server(void)
{
	const struct tls_files files = { NULL,
		certificate_file(folder, "good", "pem"),
		certificate_file(folder, "good", "key") };
	char why[TLS_WHY];
	struct tls *t = tls_server(&files, why);

	CHECK(t != NULL);
	return t;
}

static void
carrier(int fd, int outstanding)
{
	static const uint8_t tlvs[] = {
		0x05,
		0x01,
		0,
		1,
		0x12,
		0x13,
		0x83,
		0,
		2,
		0x12,
		0x34,
	};
	struct pdu asked = {
		.command = PDU_DELIVER_SM,
		.service_type = "USSD",
		.source = { 1, 1, "255712345678" },
		.dest = { 0, 1, "152" },
		.text = (const uint8_t *)"1",
		.text_len = 1,
		.tlvs = { tlvs, sizeof(tlvs) },
	};
	struct pdu submitted = { .command = PDU_SUBMIT_SM | PDU_RESPONSE,
		.message_id = "0000A1B2" };
	struct carrier o = { .outstanding = outstanding };

	o.deliver_len = (size_t)pdu_pack(&asked, o.deliver, sizeof(o.deliver));
	o.submitted_len =
	    (size_t)pdu_pack(&submitted, o.submitted, sizeof(o.submitted));
	o.base = event_base_new();
	o.tls = in_tls ? server() : NULL;
	evutil_make_socket_nonblocking(fd);
	evconnlistener_new(o.base, accepted, &o, 0, 0, fd);
	event_base_dispatch(o.base);
}

/* ---- the application: answers at once */

static void
submitted(void *arg, const struct link_answer *answer)
{
	struct application *a = arg;

	CHECK(answer->result == LINK_SENT);
	if (a->turns++ == 0) {
		a->began_us = clock_steady_us();
		getrusage(RUSAGE_SELF, &a->began);
	} else if (a->turns == a->most)
		event_base_loopbreak(a->base);
}

static void
requested(void *owner, struct link *l, const struct link_request *r)
{
	struct application *a = owner;

	link_respond(
	    l, r->generation, r->pdu->command, r->pdu->sequence, PDU_ROK);
	link_submit(l,
	    &(struct link_order){
		.class = LINK_CLASS_IN_SESSION, .live_ms = 1000 },
	    &a->screen, submitted, a);
}

static void
changed(void *owner, struct link *l, enum bind_state now)
{
	(void)owner;
	(void)l;
	(void)now;
}

static double
spent_us(const struct timeval *from, const struct timeval *to)
{
	return (double)(to->tv_sec - from->tv_sec) * 1e6 +
	    (double)(to->tv_usec - from->tv_usec);
}

static void
application(int port, long turns, int outstanding)
{
	static const char *const hosts[] = { "127.0.0.1", NULL };
	static const char text[] = "Karibu\n1 Salio\n2 Tuma pesa\n0 Rudi";
	static const uint8_t tlvs[] = {
		0x05,
		0x01,
		0,
		1,
		0x02,
		0x13,
		0x83,
		0,
		2,
		0x12,
		0x34,
	};
	static const struct link_events events = { requested, changed };
	struct link_settings settings = {
		.name = "bench",
		.hosts = hosts,
		.port = port,
		.system_id = "bench",
		.password = "",
		.system_type = "",
		.address_range = "",
		.window = outstanding,
		.binds = 1,
		.enquire_s = 30,
		.response_ms = 5000,
		.connect_ms = 1000,
		.retry_least_ms = 10,
		.retry_most_ms = 40,
		.drain_ms = 1000,
		.tls = in_tls ? LINK_TLS_ON : LINK_TLS_OFF,
		.tls_ca_file = certificate_file(folder, "ca", "pem"),
	};
	struct application a = {
		.base = event_base_new(), .most = turns,
		.screen = {
			.command = PDU_SUBMIT_SM, .service_type = "USSD",
			.source = { 0, 1, "152" },
			.dest = { 1, 1, "255712345678" },
			.text = (const uint8_t *)text,
			.text_len = sizeof(text) - 1,
			.tlvs = { tlvs, sizeof(tlvs) },
		},
	};
	struct link *l = link_new(a.base, &settings, &events, &a);
	struct rusage ended;
	double wall;

	link_start(l);
	event_base_dispatch(a.base);
	wall = (double)(clock_steady_us() - a.began_us);
	getrusage(RUSAGE_SELF, &ended);
	printf(
	    "%ld turns, %d outstanding%s: %.0f turns/s, a turn costs %.2f us "
	    "user and %.2f us system\n",
	    turns, outstanding, in_tls ? ", TLS" : "",
	    (double)turns * 1e6 / wall,
	    spent_us(&a.began.ru_utime, &ended.ru_utime) / (double)turns,
	    spent_us(&a.began.ru_stime, &ended.ru_stime) / (double)turns);
	link_free(l);
}

int
main(int argc, char **argv)
{
	long turns = argc > 1 ? atol(argv[1]) : 500000;
	int outstanding = argc > 2 ? atoi(argv[2]) : 500;
	struct sockaddr_in here = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(here);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char remove[64];
	pid_t child;

	in_tls = argc > 3 && strcmp(argv[3], "tls") == 0;
	CHECK(mkdtemp(folder) != NULL);
	certificates_make(folder);
	CHECK(bind(fd, (struct sockaddr *)&here, len) == 0);
	CHECK(listen(fd, 1) == 0);
	getsockname(fd, (struct sockaddr *)&here, &len);
	child = fork();
	if (child == 0) {
		carrier(fd, outstanding);
		return 0;
	}
	close(fd);
	application(ntohs(here.sin_port), turns, outstanding);
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	snprintf(remove, sizeof(remove), "rm -rf %s", folder);
	CHECK(system(remove) == 0);
	return 0;
}

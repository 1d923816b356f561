/*
 * A link and the operator it talks to, in one loop: what the tests of links
 * share. The operator is played by the test through the same wire.
 */
#ifndef TESTS_LINK_FIXTURE_H
#define TESTS_LINK_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <event2/event.h>
#include <string.h>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/link.h"
#include "gateway/wire.h"

#define HEARD_MOST 4096

struct heard_pdu {
	uint32_t command, status, sequence;
	char text[32];
};

struct peer {
	struct evconnlistener *listener;
	struct event_base *base;
	struct wire *wire; /* the newest connection, or NULL */
	struct securing *securing; /* or it is not yet in TLS */
	int port;
	int connections;
	int fd; /* of the newest */
	struct heard_pdu heard[HEARD_MOST];
	size_t count;
	struct pdu last_bind;

	/* how it behaves */
	const uint32_t *bind_answers; /* status of each bind; then ROK */
	size_t bind_answers_left;
	bool ignores_binds, ignores_submits, ignores_enquires, ignores_unbinds;
	bool header_only; /* responses without a body */
	uint32_t submit_status;
	struct tls *tls; /* NULL: plain */
	bool deaf; /* reads nothing of a plain connection */
	bool nacks_garbled; /* else the test fails */
	bool closes_at_once;
	bool closes_when_bound;

	int open, most_open; /* submits not answered yet */
};

struct fixture;

struct whose {
	struct fixture *f;
	int number;
};

struct fixture {
	struct event_base *base;
	struct event *pulse; /* so that waiting never sleeps for good */
	struct peer peer;
	const char *hosts[3];
	struct link_settings settings;
	struct link *link;

	bool responds; /* to requests, at once */
	size_t requests;
	uint32_t request_sequences[HEARD_MOST];
	char request_text[32];
	uint64_t request_generation;

	enum bind_state states[64];
	size_t state_count;

	size_t submits;
	struct whose whose[HEARD_MOST];
	bool submitting; /* no answer may come now */
	size_t answers;
	size_t results[LINK_DROPPED + 1];
	int order[HEARD_MOST]; /* whose answers came */
	uint32_t status;
	char message_id[66];

	/* what an answer, a request or a state does to the link */
	enum { THEN_NOTHING, THEN_FREE, THEN_DRAIN, THEN_SUBMIT } then;
};

#define UNTIL(f, truth)                                            \
	do {                                                       \
		int64_t until_ms = clock_steady_ms() + 20000;      \
		while (!(truth)) {                                 \
			assert_true(clock_steady_ms() < until_ms); \
			event_base_loop((f)->base, EVLOOP_ONCE);   \
		}                                                  \
	} while (0)

/* A link that has not started; and one that is bound. */
struct fixture *fixture_new(void);
struct fixture *fixture_bound(void);
void fixture_free(struct fixture *f);

/* Applies the settings to a new link and starts it. */
void fixture_start(struct fixture *f);
/* A few turns of the loop: for what must not happen. */
void fixture_turns(struct fixture *f, int ms);

struct pdu a_submit(const char *text);
struct pdu a_deliver(uint32_t sequence, const char *text);
void submit(struct fixture *f, enum link_class class, const char *text,
    int live_ms, int whose);

void peer_send(struct peer *p, const struct pdu *pdu);
void peer_say(struct peer *p, uint32_t command, uint32_t sequence);
void peer_answer(struct peer *p, uint32_t sequence, uint32_t status);
size_t peer_heard(const struct peer *p, uint32_t command);
/* The N-th of that command, from 0. */
const struct heard_pdu *peer_nth(
    const struct peer *p, uint32_t command, size_t n);
void peer_close(struct peer *p);

#endif

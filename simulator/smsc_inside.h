/*
 * The operator in a box from the inside: what its rooms share.
 *
 *	smsc.c		the server, its binds' list, its knobs
 *	smsc_bind.c	one bind: what the ESME says, and our responses
 *	smsc_hear.c	what a submit means to a handset
 *	smsc_join.c	long messages out of their parts
 *	phone.c		what a handset says
 */
#ifndef SIMULATOR_SMSC_INSIDE_H
#define SIMULATOR_SMSC_INSIDE_H

#include <event2/event.h>
#include <sys/queue.h>
#include <uthash.h>

#include "base/arena.h"
#include "config/dialects.h"
#include "gateway/dialect.h"
#include "gateway/octets_tls.h"
#include "gateway/pdu.h"
#include "gateway/window.h"
#include "gateway/wire.h"
#include "simulator/smsc.h"

enum bind_kind {
	BIND_NONE, /* connected, and no more */
	BIND_TRANSMITTER,
	BIND_RECEIVER,
	BIND_TRANSCEIVER,
};

struct smsc_bind {
	TAILQ_ENTRY(smsc_bind) entry;
	struct smsc *smsc;
	int number;
	enum bind_kind kind;
	char system_id[16];
	struct securing *securing; /* or, where TLS is spoken, not yet */
	struct wire *wire;
	struct window *window; /* our requests; whose: a phone */
	bool calling, dead; /* freed when what it hears is dealt with */
};

struct phone {
	UT_hash_handle hh;
	struct smsc *smsc;
	void *owner;
	char number[21];

	/* ---- its dialogue */
	bool live;
	bool closing; /* shown as ended; the release is to come */
	uint8_t session[4]; /* the operator's number of it */
	uint8_t heard_as[4]; /* that number after the dialect's masks */
	bool shares; /* the next dialogue keeps this number */
	uint8_t turn;
	char code[64];

	/* ---- its last request */
	int wish; /* a bind's number, or SMSC_ANY_BIND */
	int bind; /* by which it went; a dialogue stays there */
	uint32_t sequence;
	uint32_t said; /* the sequence of the last one of a dialogue */
	struct phone_octets {
		uint8_t *at;
		size_t len, room;
	} last, dial; /* that one, and the one that began its dialogue */

	struct phone_parts *parts; /* of a long SMS, or NULL */

	bool waits; /* for a screen, since ASKED_MS */
	int64_t asked_ms;
	TAILQ_ENTRY(phone) waiting;
};

/* A response that is due later. */
struct late_response {
	STAILQ_ENTRY(late_response) entry;
	int bind;
	int64_t due_ms;
	struct pdu pdu;
};

struct smsc {
	struct event_base *base;
	struct smsc_settings settings;
	const struct smsc_events *events;
	void *owner;
	struct smsc_knobs knobs;
	struct smsc_figures figures;
	struct evconnlistener *listener;

	TAILQ_HEAD(smsc_bind_list, smsc_bind) binds;
	int bind_count, last_number;
	struct smsc_bind *turn; /* who is given the next request */

	struct phone *phones; /* by number */
	TAILQ_HEAD(smsc_waiting, phone) waiting;
	struct event *silence;
	bool silence_armed;
	uint32_t sessions, messages;

	STAILQ_HEAD(, late_response) late;
	struct event *response;
	uint8_t scratch[PDU_MAX];
};

/* ---- smsc.c */

struct smsc_bind *smsc_find_bind(const struct smsc *s, int number);
/* One that can be given requests: that one, or each in its turn. */
struct smsc_bind *smsc_receiver(struct smsc *s, int wish);
void smsc_end_bind(struct smsc_bind *b, const char *why);
void smsc_arm(struct event *timer, int64_t ms);

/* ---- smsc_bind.c */

struct smsc_bind *smsc_bind_new(struct smsc *s, int fd, int number);
void smsc_bind_free(struct smsc_bind *b);
void smsc_say(struct smsc_bind *b, const struct pdu *pdu);
/* A request of octets whose sequence is not yet set; NULL: no phone's. Returns
 * that sequence, or 0 when too many wait for their responses. */
MUST_USE uint32_t smsc_ask(
    struct smsc_bind *b, uint8_t *octets, size_t len, struct phone *whose);
void smsc_responses_due(evutil_socket_t fd, short what, void *arg);

/* ---- smsc_hear.c */

/* What the ESME's submit does; returns the status to answer it with. What is
 * to be told afterwards is put off until smsc_tell. */
struct smsc_news {
	struct phone *phone;
	enum { NEWS_NONE, NEWS_SCREEN, NEWS_SMS } kind;
	const char *from, *text;
	bool ended, acknowledged, receipt;
	char message_id[12];
};
uint32_t smsc_hear(struct smsc *s, const struct pdu *pdu, struct arena *a,
    struct smsc_news *news);
void smsc_tell(struct smsc *s, const struct smsc_news *news, struct arena *a);

/* ---- smsc_join.c */

/* The text to show: TEXT itself, all parts together, or NULL: not yet. */
const char *smsc_join(
    struct phone *p, const struct pdu *pdu, const char *text, struct arena *a);
void smsc_join_free(struct phone *p);

/* ---- phone.c */

MUST_USE int phone_request(struct phone *p, const struct pdu *pdu);
MUST_USE int phone_say(
    struct phone *p, enum ussd_event_kind event, const char *text);
/* A dialogue with FROM, under that number; under a new one where it is 0. */
void phone_is_pushed(
    struct phone *p, const uint8_t session[4], const char *from);
void phone_await_screen(struct phone *p);
void phone_got_screen(struct phone *p);
void phone_refused(struct phone *p, uint32_t sequence, uint32_t status);
void phone_silence_due(evutil_socket_t fd, short what, void *arg);
void phone_free(struct phone *p);

#endif

/*
 * The operator in a box: an SMPP server on loopback with handsets behind it.
 *
 * It accepts binds of every kind, plays USSD dialogues in any dialect, sends
 * SMS and takes them, and gives receipts. Its knobs make it as bad as the
 * operators that tests and benches need.
 */
#ifndef SIMULATOR_SMSC_H
#define SIMULATOR_SMSC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"

struct dialect;
struct event_base;
struct pdu;
struct phone;
struct smsc;
struct tls;

struct smsc_settings {
	int port; /* on 127.0.0.1; 0: any that is free */
	const struct dialect *dialect;
	const char *password; /* NULL: any */
	int answer_ms; /* how long a handset waits for a screen */
	uint32_t session_numbers; /* then they come round; 0: at 2^31 */
	struct tls *tls; /* for every connection; NULL: none */
};

/* Each may be NULL, and may use phones and knobs, but not end the SMSC. Texts
 * live only during the call. */
struct smsc_events {
	/* A screen; after one that ENDED the dialogue is over. A dialogue
	 * that ends without a screen has an empty text. */
	void (*screen)(
	    void *owner, struct phone *p, const char *text, bool ended);
	void (*sms)(
	    void *owner, struct phone *p, const char *from, const char *text);
	/* What the handset sent was answered with an error. */
	void (*refused)(void *owner, struct phone *p, uint32_t status);
	/* No screen came in time; the dialogue is over. */
	void (*silent)(void *owner, struct phone *p);
	void (*bound)(void *owner, int bind, const char *system_id);
	void (*unbound)(void *owner, int bind, const char *why);
	/* Connected, and could not agree on TLS. */
	void (*unsecured)(void *owner, int bind, const char *why);
	/* Every PDU, for those who want to watch. */
	void (*trace)(
	    void *owner, int bind, bool from_esme, const struct pdu *pdu);
};

/* NULL and errno when the port cannot be had. */
struct smsc *smsc_new(struct event_base *base, const struct smsc_settings *s,
    const struct smsc_events *events, void *owner);
void smsc_free(struct smsc *s);
int smsc_port(const struct smsc *s);
const struct dialect *smsc_dialect(const struct smsc *s);

/* ---- handsets */

/* The handset with that number, made when there is none; the SMSC's. */
struct phone *smsc_phone(struct smsc *s, const char *number);
const char *phone_number(const struct phone *p);
bool phone_is_live(const struct phone *p); /* in a dialogue */

/* A place for the caller. */
void phone_set_owner(struct phone *p, void *owner);
void *phone_owner(const struct phone *p);

/* Each returns -1 when it cannot be: no bind can take it, no dialogue is
 * open, the dialect cannot say it. */
MUST_USE int phone_dial(struct phone *p, const char *code);
MUST_USE int phone_answer(struct phone *p, const char *text);
MUST_USE int phone_cancel(struct phone *p);
MUST_USE int phone_text(struct phone *p, const char *to, const char *text);

/* The network ends its dialogue: by the dialect's end, or else its abort. */
MUST_USE int phone_cut(struct phone *p);

/* Forgets the dialogue without telling anyone. */
void phone_walk_away(struct phone *p);

/* The number of OTHER's dialogue is P's too: of the one it is in, and of the
 * one that it begins next. */
void phone_share_session(struct phone *p, const struct phone *other);

/* As phone_answer, with octets that no handset makes of a text. */
MUST_USE int phone_answer_octets(
    struct phone *p, uint8_t data_coding, const uint8_t *octets, size_t len);

/* ---- binds: numbered from 1 in the order they came */

#define SMSC_ANY_BIND 0

int smsc_binds(const struct smsc *s);
/* The number of the N-th bind that is up, from 0; or 0. */
int smsc_bind_at(const struct smsc *s, int n);
/* The account that it bound with. */
const char *smsc_bind_name(const struct smsc *s, int bind);

/* What this handset says goes over that bind from now on. */
void phone_use_bind(struct phone *p, int bind);

/* The handset's last request once more, octet by octet, with a new sequence
 * number or the old one. */
MUST_USE int phone_repeat(struct phone *p, int bind, bool same_sequence);

/* The request that began its dialogue, with a new sequence number. */
MUST_USE int phone_repeat_dial(struct phone *p, int bind);

/* ---- knobs */

struct smsc_knobs {
	int response_ms; /* how late submits are answered */
	bool never_responds; /* to submits */
	uint32_t submit_status; /* of the next STATUS_COUNT submits */
	int status_count;
	uint32_t bind_status; /* of binds, while it is not 0 */
	const char *receipt; /* DELIVRD, UNDELIV, EXPIRED, ...; NULL: none */
};

struct smsc_knobs *smsc_knobs(struct smsc *s);
/* Cuts the connection without a word; or says unbind first. */
void smsc_kill(struct smsc *s, int bind);
void smsc_unbind(struct smsc *s, int bind);

struct smsc_figures {
	uint64_t requests; /* of handsets, sent to ESMEs */
	uint64_t submits; /* of ESMEs */
	uint64_t screens, texts, receipts;
	uint64_t stale; /* screens for dialogues that were over */
	uint64_t refused, silent;
};
struct smsc_figures smsc_figures(const struct smsc *s);

#endif

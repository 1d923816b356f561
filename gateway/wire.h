/*
 * One SMPP connection: whole PDUs in, PDUs out. Both sides of SMPP use it.
 *
 * What is sent within one turn of the loop leaves together: in one system
 * call, or in TLS in one for each 16 KB. A peer that does not read is not read
 * from either, until it does.
 */
#ifndef GATEWAY_WIRE_H
#define GATEWAY_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"

struct event_base;
struct octets;
struct pdu;
struct wire;

/* Each may free the wire. None comes before wire_new has returned. */
struct wire_events {
	/* OCTETS are one whole PDU, and live only during the call. */
	void (*heard)(void *owner, const uint8_t *octets, size_t len);
	/* An impossible length: whoever this is, the framing is lost, and
	 * nothing more will be heard. HEAD is what there is of a header. */
	void (*garbled)(void *owner, const uint8_t *head, size_t len);
	/* wire_has_room is true again. */
	void (*room)(void *owner);
	/* The connection is over; free the wire. */
	void (*gone)(void *owner, const char *why);
};

/* Takes over FD, a connected TCP socket. Octets that stay unacknowledged for
 * DEAD_MS end the connection. */
struct wire *wire_new(struct event_base *base, int fd, int dead_ms,
    const struct wire_events *events, void *owner);

/* The same over OCTETS that travel in another way; the wire's from now on. */
struct wire *wire_over(struct event_base *base, struct octets *octets,
    int dead_ms, const struct wire_events *events, void *owner);

/* Tries once to send what waits, and closes. */
void wire_free(struct wire *w);

/* -1 when the PDU cannot be encoded. */
MUST_USE int wire_send(struct wire *w, const struct pdu *pdu);

/* The same for what is encoded already. */
void wire_send_octets(struct wire *w, const uint8_t *octets, size_t len);

/* In front of all PDUs of which no octet has left: an enquire_link_resp must
 * not wait behind a full buffer. */
MUST_USE int wire_send_ahead(struct wire *w, const struct pdu *pdu);

/* False while a peer leaves so much unread that it is better to keep back
 * what can be kept back. */
bool wire_has_room(const struct wire *w);

/* A peer that has frozen, for tests: nothing is read while true. */
void wire_freeze(struct wire *w, bool frozen);

/* Steady milliseconds when octets last came. */
int64_t wire_heard_ms(const struct wire *w);

#endif

/*
 * The rooms behind gateway/trace.h, in the order that octets go through them:
 *
 *	trace_capture	a file's packets
 *	trace_packet	a packet's link, IP and TCP headers
 *	trace_flow	segments in order, PDUs out of them
 *
 * or trace_hex alone. Nobody else includes this.
 */
#ifndef GATEWAY_TRACE_PARTS_H
#define GATEWAY_TRACE_PARTS_H

#include "gateway/trace.h"

struct flow;

/* A trace on its way. */
struct tracing {
	struct arena *arena;
	struct trace *trace;
	int port;
	const char *why;

	struct trace_pdu *pdus;
	size_t pdu_room;
	struct trace_flow *flows;
	size_t flow_room;

	struct flow *by_ends; /* of captures */
	int64_t first_us;
};

/* ---- trace.c */

void trace_add_pdu(struct tracing *t, const struct trace_pdu *pdu);
size_t trace_add_flow(struct tracing *t);

/* ---- trace_hex.c */

bool trace_is_hex(const uint8_t *data, size_t len);
/* -1 and T's WHY. */
MUST_USE int trace_hex(struct tracing *t, const uint8_t *data, size_t len);

/* ---- trace_capture.c */

bool trace_is_capture(const uint8_t *data, size_t len);
MUST_USE int trace_capture(struct tracing *t, const uint8_t *data, size_t len);

/* ---- trace_packet.c */

struct trace_packet {
	uint32_t link; /* LINKTYPE_... */
	const uint8_t *octets;
	size_t len;
	int64_t at_us;
};
void trace_packet(struct tracing *t, const struct trace_packet *p);

/* ---- trace_flow.c */

/* An address of 16 octets (IPv4 in the last four), and a port. */
struct trace_end {
	uint8_t address[16];
	uint8_t is_v6;
	uint8_t port[2];
};

struct trace_segment {
	struct trace_end from, to;
	uint32_t sequence;
	bool syn;
	const uint8_t *octets;
	size_t len; /* that were captured */
	size_t missing; /* that were not */
	int64_t at_us;
};
void trace_segment(struct tracing *t, const struct trace_segment *s);
/* What still waits is over a gap that nothing fills. */
void trace_flows_end(struct tracing *t);

#endif

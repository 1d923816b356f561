/*
 * A trace: the PDUs that went over somebody's SMPP links, out of a capture
 * (pcap, pcapng) or out of hex text. Pure, and hardened: what is in such a
 * file comes from outside.
 */
#ifndef GATEWAY_TRACE_H
#define GATEWAY_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define TRACE_MAX     (64 * 1024 * 1024) /* octets of a file */
#define TRACE_END_MAX sizeof("[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535")

/* One direction of a connection; a hex text has one, without ends. */
struct trace_flow {
	char from[TRACE_END_MAX], to[TRACE_END_MAX];
	size_t back; /* the other direction; its own place: none */
	size_t repeated; /* segments that came again */
	size_t gaps; /* places where octets are missing */
	uint64_t missing; /* octets */
	size_t garbled; /* places where no PDU could begin */
};

struct trace_pdu {
	const uint8_t *octets; /* in the trace's arena */
	size_t len;
	bool cut; /* there should be more of it, or it is no frame at all */
	size_t flow;
	size_t place; /* the packet that ended it, or the line; from 1 */
	int64_t at_us; /* since the first packet */
	size_t order; /* in which they were found */
};

struct trace {
	const char *form; /* "pcap", "pcapng", "hex" */
	const char *unit; /* what PLACE counts: "packet", "line" */
	const struct trace_pdu *pdus;
	size_t count;
	const struct trace_flow *flows;
	size_t flow_count;
	size_t packets;
	size_t strange; /* packets that are no TCP, or of an unknown link */
	size_t fragments; /* of IP packets, which are not put together */
	size_t foreign; /* flows that speak something else */
	size_t left_out; /* segments and PDUs beyond what we look at */
	bool torn; /* the file ends in the middle of a packet */
};

/*
 * Of PORT only, unless it is 0; then every flow that begins like SMPP. NULL,
 * and WHY told, when the file is no trace. Points into A, not into DATA.
 */
const struct trace *trace_read(struct arena *a, const uint8_t *data, size_t len,
    int port, const char **why);

#endif

/*
 * A packet's headers: of the link, of IP, of TCP. Each takes what it knows
 * from the front; what it does not know is counted, and no more.
 */
#include <string.h>

#include "gateway/trace_parts.h"

#define ETHERTYPE_IPV4 0x0800
#define ETHERTYPE_IPV6 0x86dd
#define TAGS_MAX       4 /* of VLANs, one in another */
#define HEADERS_MAX    8 /* of IPv6, before TCP's */
#define TCP            6
#define TCP_SYN        0x02

/* Octets still to be looked at. */
struct rest {
	const uint8_t *at;
	size_t len;
};

static bool take(struct rest *r, size_t len);
static uint16_t be16(const uint8_t *at);
static uint16_t link_take(const struct trace_packet *p, struct rest *r);
static uint16_t ethernet_take(struct rest *r);
static uint16_t loopback_take(struct rest *r);
static uint16_t bare_take(const struct rest *r);
static bool ipv4_take(
    struct tracing *t, struct rest *r, struct trace_segment *s);
static bool ipv6_take(
    struct tracing *t, struct rest *r, struct trace_segment *s);
static bool ipv6_skip(struct tracing *t, struct rest *r, uint8_t next);
static void clip(struct rest *r, size_t len, struct trace_segment *s);
static bool tcp_take(struct rest *r, struct trace_segment *s);

void
trace_packet(struct tracing *t, const struct trace_packet *p)
{
	struct trace_segment s = { .at_us = p->at_us };
	struct rest r = { p->octets, p->len };
	size_t fragments = t->trace->fragments;
	bool taken = false;

	switch (link_take(p, &r)) {
	case ETHERTYPE_IPV4:
		taken = ipv4_take(t, &r, &s);
		break;
	case ETHERTYPE_IPV6:
		taken = ipv6_take(t, &r, &s);
		break;
	}
	if (taken && tcp_take(&r, &s))
		trace_segment(t, &s);
	else if (t->trace->fragments == fragments)
		t->trace->strange++;
}

static bool
take(struct rest *r, size_t len)
{
	if (r->len < len)
		return false;
	r->at += len;
	r->len -= len;
	return true;
}

static uint16_t
be16(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

/* ---- the link: what follows it, as Ethernet names it; 0: nothing of ours */

static uint16_t
link_take(const struct trace_packet *p, struct rest *r)
{
	switch (p->link) {
	case 0: /* NULL: the system's number of the family */
	case 108: /* LOOP: the same, big endian */
		return loopback_take(r);
	case 1:
		return ethernet_take(r);
	case 12: /* RAW, as systems number it */
	case 14:
	case 101:
	case 228: /* IPv4 */
	case 229: /* IPv6 */
		return bare_take(r);
	case 113: /* Linux cooked */
		return take(r, 16) ? be16(r->at - 2) : 0;
	case 276: /* Linux cooked, v2 */
		return take(r, 20) ? be16(r->at - 20) : 0;
	default:
		return 0;
	}
}

static uint16_t
ethernet_take(struct rest *r)
{
	uint16_t type;
	int tags;

	if (!take(r, 14))
		return 0;
	type = be16(r->at - 2);
	for (tags = 0; tags < TAGS_MAX && (type == 0x8100 || type == 0x88a8);
	     tags++) {
		if (!take(r, 4))
			return 0;
		type = be16(r->at - 2);
	}
	return type;
}

/* The numbers differ between systems, and the version is told again. */
static uint16_t
loopback_take(struct rest *r)
{
	return take(r, 4) ? bare_take(r) : 0;
}

static uint16_t
bare_take(const struct rest *r)
{
	if (r->len == 0)
		return 0;
	switch (r->at[0] >> 4) {
	case 4:
		return ETHERTYPE_IPV4;
	case 6:
		return ETHERTYPE_IPV6;
	default:
		return 0;
	}
}

/* ---- IP */

static bool
ipv4_take(struct tracing *t, struct rest *r, struct trace_segment *s)
{
	const uint8_t *at = r->at;
	size_t header, total;

	if (r->len < 20 || at[0] >> 4 != 4)
		return false;
	header = (size_t)(at[0] & 0x0f) * 4;
	total = be16(at + 2);
	/* A length of 0: the network card was to fill it in. */
	if (total == 0)
		total = r->len;
	if (header < 20 || total < header)
		return false;
	if ((be16(at + 6) & 0x3fff) != 0) {
		t->trace->fragments++;
		return false;
	}
	memcpy(s->from.address + 12, at + 12, 4);
	memcpy(s->to.address + 12, at + 16, 4);
	clip(r, total, s);
	return at[9] == TCP && take(r, header);
}

static bool
ipv6_take(struct tracing *t, struct rest *r, struct trace_segment *s)
{
	const uint8_t *at = r->at;

	if (!take(r, 40) || at[0] >> 4 != 6)
		return false;
	memcpy(s->from.address, at + 8, 16);
	memcpy(s->to.address, at + 24, 16);
	s->from.is_v6 = s->to.is_v6 = 1;
	if (be16(at + 4) != 0)
		clip(r, be16(at + 4), s);
	return ipv6_skip(t, r, at[6]);
}

/* Options for hops, routing and the destination stand before TCP. */
static bool
ipv6_skip(struct tracing *t, struct rest *r, uint8_t next)
{
	const uint8_t *at;
	int headers;

	for (headers = 0; headers < HEADERS_MAX && next != TCP; headers++) {
		at = r->at;
		if (next == 44) {
			t->trace->fragments++;
			return false;
		}
		if ((next != 0 && next != 43 && next != 60) || r->len < 8 ||
		    !take(r, (size_t)(at[1] + 1) * 8))
			return false;
		next = at[0];
	}
	return next == TCP;
}

/* What follows a packet is padding; what it lacks was not captured. */
static void
clip(struct rest *r, size_t len, struct trace_segment *s)
{
	if (len < r->len)
		r->len = len;
	s->missing = len - r->len;
}

/* ---- TCP */

static bool
tcp_take(struct rest *r, struct trace_segment *s)
{
	const uint8_t *at = r->at;
	size_t header;

	if (r->len < 20)
		return false;
	header = (size_t)(at[12] >> 4) * 4;
	if (header < 20 || !take(r, header))
		return false;
	memcpy(s->from.port, at, 2);
	memcpy(s->to.port, at + 2, 2);
	s->sequence = (uint32_t)be16(at + 4) << 16 | be16(at + 6);
	s->syn = (at[13] & TCP_SYN) != 0;
	s->octets = r->at;
	s->len = r->len;
	return true;
}

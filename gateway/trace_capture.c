/*
 * Captures: the packets of a pcap or a pcapng file, whoever wrote it.
 *
 * pcap is a header of 24 octets and packets behind headers of 16; pcapng is
 * blocks, each with its length at both ends. Both are written in the order of
 * octets of the machine that captured, and say in which.
 */
#include <string.h>

#include "gateway/trace_parts.h"

#define PCAP_HEADER   24
#define PACKET_HEADER 16
#define BLOCK_LEAST   12 /* type, length, and the length again */
#define INTERFACES    64

#define BLOCK_SECTION   0x0a0d0d0au
#define BLOCK_INTERFACE 1
#define BLOCK_OLD       2 /* packet, obsolete and still met */
#define BLOCK_SIMPLE    3
#define BLOCK_ENHANCED  6
#define SECTION_MAGIC   0x1a2b3c4du
#define OPTION_TSRESOL  9

struct interface {
	uint32_t link;
	uint64_t per_second;
};

struct capture {
	struct tracing *t;
	const uint8_t *data;
	size_t len;
	bool swapped; /* against big endian */
	struct interface interfaces[INTERFACES];
	size_t interface_count;
};

static int read_pcap(struct capture *c);
static int read_pcapng(struct capture *c);
static bool read_block(
    struct capture *c, const uint8_t *at, uint32_t type, size_t len);
static bool read_section(struct capture *c, const uint8_t *at);
static void read_interface(struct capture *c, const uint8_t *at, size_t len);
static uint64_t resolution(
    const struct capture *c, const uint8_t *at, size_t len);
static void read_packet(struct capture *c, const uint8_t *at, size_t len,
    uint32_t which, size_t header);
static int64_t microseconds(uint64_t units, uint64_t per_second);
static void hand_on(struct capture *c, const struct interface *from,
    const uint8_t *octets, size_t len, int64_t at_us);
static uint32_t u32(const struct capture *c, const uint8_t *at);
static uint16_t u16(const struct capture *c, const uint8_t *at);

/* pcap's first four octets; the last two hold nanoseconds. */
static const struct {
	uint32_t magic;
	bool swapped;
	uint64_t per_second;
} magics[] = {
	{ 0xa1b2c3d4, false, 1000000 },
	{ 0xd4c3b2a1, true, 1000000 },
	{ 0xa1b23c4d, false, 1000000000 },
	{ 0x4d3cb2a1, true, 1000000000 },
};

bool
trace_is_capture(const uint8_t *data, size_t len)
{
	struct capture c = { .data = data };
	size_t i;

	if (len < 4)
		return false;
	for (i = 0; i < ARRAY_SIZE(magics); i++)
		if (u32(&c, data) == magics[i].magic)
			return true;
	return u32(&c, data) == BLOCK_SECTION;
}

int
trace_capture(struct tracing *t, const uint8_t *data, size_t len)
{
	struct capture c = { .t = t, .data = data, .len = len };
	int result;

	t->first_us = -1;
	t->trace->unit = "packet";
	result =
	    u32(&c, data) == BLOCK_SECTION ? read_pcapng(&c) : read_pcap(&c);
	trace_flows_end(t);
	return result;
}

/* ---- pcap */

static int
read_pcap(struct capture *c)
{
	struct interface *only = &c->interfaces[0];
	size_t at = PCAP_HEADER, len, i;
	uint64_t fraction;

	c->t->trace->form = "pcap";
	if (c->len < PCAP_HEADER) {
		c->t->why = "a pcap file that ends in its header";
		return -1;
	}
	for (i = 0; i < ARRAY_SIZE(magics); i++)
		if (u32(&(struct capture){ 0 }, c->data) == magics[i].magic) {
			c->swapped = magics[i].swapped;
			only->per_second = magics[i].per_second;
		}
	only->link = u32(c, c->data + 20) & 0xffff;
	for (; c->len - at >= PACKET_HEADER; at += PACKET_HEADER + len) {
		len = u32(c, c->data + at + 8);
		if (len > c->len - at - PACKET_HEADER)
			break;
		fraction = u32(c, c->data + at + 4);
		hand_on(c, only, c->data + at + PACKET_HEADER, len,
		    u32(c, c->data + at) * INT64_C(1000000) +
			microseconds(fraction, only->per_second));
	}
	c->t->trace->torn = at != c->len;
	return 0;
}

/* ---- pcapng */

static int
read_pcapng(struct capture *c)
{
	size_t at = 0, len;
	uint32_t type;

	c->t->trace->form = "pcapng";
	while (c->len - at >= BLOCK_LEAST) {
		type = u32(c, c->data + at);
		/* The same in both orders, and the order stands behind it. */
		if (type == BLOCK_SECTION && !read_section(c, c->data + at))
			break;
		len = u32(c, c->data + at + 4);
		if (len < BLOCK_LEAST || len % 4 != 0 || len > c->len - at)
			break;
		if (!read_block(c, c->data + at, type, len))
			break;
		at += len;
	}
	if (at == 0)
		c->t->why = "a pcapng file whose first block is broken";
	c->t->trace->torn = at != c->len;
	return at == 0 ? -1 : 0;
}

static bool
read_block(struct capture *c, const uint8_t *at, uint32_t type, size_t len)
{
	switch (type) {
	case BLOCK_SECTION:
		return len >= 28;
	case BLOCK_INTERFACE:
		if (len < 20 || c->interface_count == INTERFACES)
			return false;
		read_interface(c, at, len);
		return true;
	case BLOCK_ENHANCED:
		if (len >= 32)
			read_packet(c, at, len, u32(c, at + 8), 28);
		return len >= 32;
	case BLOCK_OLD:
		if (len >= 32)
			read_packet(c, at, len, u16(c, at + 8), 28);
		return len >= 32;
	case BLOCK_SIMPLE:
		if (len >= 16)
			read_packet(c, at, len, 0, 12);
		return len >= 16;
	default:
		return true;
	}
}

static bool
read_section(struct capture *c, const uint8_t *at)
{
	c->swapped = false;
	if (u32(c, at + 8) != SECTION_MAGIC)
		c->swapped = true;
	c->interface_count = 0;
	return u32(c, at + 8) == SECTION_MAGIC;
}

static void
read_interface(struct capture *c, const uint8_t *at, size_t len)
{
	c->interfaces[c->interface_count++] = (struct interface){
		.link = u16(c, at + 8),
		.per_second = resolution(c, at + 16, len - 20),
	};
}

/* An option: 10^-N seconds, or 2^-N with the highest bit. */
static uint64_t
resolution(const struct capture *c, const uint8_t *at, size_t len)
{
	uint64_t units = 1;
	size_t took;
	int i;

	for (; len >= 4; at += took, len -= took) {
		took = 4 + (u16(c, at + 2) + 3u) / 4 * 4;
		if (u16(c, at) == 0 || took > len)
			break;
		if (u16(c, at) != OPTION_TSRESOL || u16(c, at + 2) < 1)
			continue;
		if ((at[4] & 0x80) != 0)
			return UINT64_C(1) << (at[4] & 0x7f) % 63;
		for (i = 0; i < at[4] && i < 18; i++)
			units *= 10;
		return units;
	}
	return 1000000;
}

/* The packet's octets stand behind HEADER octets of the block. */
static void
read_packet(struct capture *c, const uint8_t *at, size_t len, uint32_t which,
    size_t header)
{
	bool simple = header == 12;
	size_t room = len - header - 4, caught;
	uint64_t units = 0;

	if (which >= c->interface_count) {
		c->t->trace->packets++;
		c->t->trace->strange++;
		return;
	}
	caught = u32(c, at + (simple ? 8 : 20));
	if (!simple)
		units = (uint64_t)u32(c, at + 12) << 32 | u32(c, at + 16);
	hand_on(c, &c->interfaces[which], at + header,
	    caught < room ? caught : room,
	    microseconds(units, c->interfaces[which].per_second));
}

static int64_t
microseconds(uint64_t units, uint64_t per_second)
{
	uint64_t seconds = units / per_second % UINT32_MAX;
	double rest = (double)(units % per_second) / (double)per_second;

	return (int64_t)(seconds * 1000000) + (int64_t)(rest * 1e6 + 0.5);
}

/* ---- both */

static void
hand_on(struct capture *c, const struct interface *from, const uint8_t *octets,
    size_t len, int64_t at_us)
{
	struct tracing *t = c->t;

	if (t->first_us == -1)
		t->first_us = at_us;
	t->trace->packets++;
	trace_packet(t,
	    &(struct trace_packet){
		from->link, octets, len, at_us - t->first_us });
}

static uint32_t
u32(const struct capture *c, const uint8_t *at)
{
	if (c->swapped)
		return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 |
		    (uint32_t)at[1] << 8 | at[0];
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	    (uint32_t)at[2] << 8 | at[3];
}

static uint16_t
u16(const struct capture *c, const uint8_t *at)
{
	return (uint16_t)(c->swapped ? at[1] << 8 | at[0] : at[0] << 8 | at[1]);
}

/*
 * Hex text: a PDU in a line, with spaces as one likes, and remarks behind #.
 */
#include <arpa/inet.h>
#include <string.h>

#include "gateway/pdu.h"
#include "gateway/trace_parts.h"

static int read_line(struct tracing *t, const struct trace_pdu *where,
    const char *text, size_t len, uint8_t **room);
static int digit_of(char c);
static void cut_up(struct tracing *t, const struct trace_pdu *where,
    const uint8_t *octets, size_t len);
static size_t frame_at(const uint8_t *octets, size_t len);

/* Text at all: what is wrong with a digit is told by its line. */
bool
trace_is_hex(const uint8_t *data, size_t len)
{
	return len > 0 && memchr(data, '\0', len) == NULL;
}

int
trace_hex(struct tracing *t, const uint8_t *data, size_t len)
{
	const char *at = (const char *)data, *end = at + len, *stop;
	struct trace_pdu where = { .flow = trace_add_flow(t) };
	uint8_t *room = arena_alloc(t->arena, len / 2 + 1);

	t->trace->form = "hex";
	t->trace->unit = "line";
	for (; at < end; at = stop < end ? stop + 1 : end) {
		stop = memchr(at, '\n', (size_t)(end - at));
		if (stop == NULL)
			stop = end;
		where.place++;
		if (read_line(t, &where, at, (size_t)(stop - at), &room) == -1)
			return -1;
	}
	t->trace->packets = where.place;
	return 0;
}

/* Its octets go to ROOM, which moves on. */
static int
read_line(struct tracing *t, const struct trace_pdu *where, const char *text,
    size_t len, uint8_t **room)
{
	uint8_t *octets = *room;
	size_t i, digits = 0;
	int digit;

	for (i = 0; i < len && text[i] != '#'; i++) {
		if (strchr(" \t\r:,", text[i]) != NULL)
			continue;
		digit = digit_of(text[i]);
		if (digit == -1) {
			t->why = arena_printf(t->arena,
			    "line %zu: octet %zu of it is no hex digit",
			    where->place, i + 1);
			return -1;
		}
		octets[digits / 2] = (uint8_t)(octets[digits / 2] << 4 | digit);
		digits++;
	}
	if (digits % 2 != 0) {
		t->why = arena_printf(t->arena,
		    "line %zu: half an octet at its end", where->place);
		return -1;
	}
	*room += digits / 2;
	cut_up(t, where, octets, digits / 2);
	return 0;
}

static int
digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Several PDUs may stand in a line; what is no whole one ends it. */
static void
cut_up(struct tracing *t, const struct trace_pdu *where, const uint8_t *octets,
    size_t len)
{
	struct trace_pdu pdu = *where;

	while (len > 0 && !pdu.cut) {
		pdu.len = frame_at(octets, len);
		pdu.cut = pdu.len == 0;
		if (pdu.cut)
			pdu.len = len;
		pdu.octets = octets;
		trace_add_pdu(t, &pdu);
		octets += pdu.len;
		len -= pdu.len;
	}
}

/* The length of the whole PDU there, or 0. */
static size_t
frame_at(const uint8_t *octets, size_t len)
{
	uint32_t be;

	if (len < PDU_HEADER)
		return 0;
	memcpy(&be, octets, sizeof(be));
	be = ntohl(be);
	return be < PDU_HEADER || be > PDU_MAX || be > len ? 0 : be;
}

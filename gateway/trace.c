/*
 * A trace as it is built: which form a file has, and its PDUs in the order in
 * which they were whole.
 */
#include <stdlib.h>
#include <string.h>

#include "gateway/trace_parts.h"

#define PDUS_MAX 1000000

static int by_place(const void *one, const void *other);
static void *grown(
    struct arena *a, const void *list, size_t count, size_t *room, size_t size);

const struct trace *
trace_read(struct arena *a, const uint8_t *data, size_t len, int port,
    const char **why)
{
	struct trace *trace = arena_alloc(a, sizeof(*trace));
	struct tracing t = { .arena = a, .trace = trace, .port = port };
	int result = -1;

	if (trace_is_capture(data, len))
		result = trace_capture(&t, data, len);
	else if (trace_is_hex(data, len))
		result = trace_hex(&t, data, len);
	else
		t.why = "neither pcap, pcapng nor hex text";
	trace->pdus = t.pdus;
	trace->flows = t.flows;
	if (trace->count > 0)
		qsort(t.pdus, trace->count, sizeof(*t.pdus), by_place);
	*why = t.why;
	return result == 0 ? trace : NULL;
}

/* Those of one packet in the order of their octets, which are copied in that
 * order. */
static int
by_place(const void *one, const void *other)
{
	const struct trace_pdu *a = one, *b = other;

	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

void
trace_add_pdu(struct tracing *t, const struct trace_pdu *pdu)
{
	if (t->trace->count == PDUS_MAX) {
		t->trace->left_out++;
		return;
	}
	t->pdus = grown(
	    t->arena, t->pdus, t->trace->count, &t->pdu_room, sizeof(*t->pdus));
	t->pdus[t->trace->count] = *pdu;
	t->pdus[t->trace->count].order = t->trace->count;
	t->trace->count++;
}

size_t
trace_add_flow(struct tracing *t)
{
	size_t place = t->trace->flow_count++;

	t->flows =
	    grown(t->arena, t->flows, place, &t->flow_room, sizeof(*t->flows));
	t->flows[place] = (struct trace_flow){ .back = place };
	return place;
}

/* Room for one more. */
static void *
grown(
    struct arena *a, const void *list, size_t count, size_t *room, size_t size)
{
	void *larger;

	if (count < *room)
		return (void *)(uintptr_t)list;
	*room = *room == 0 ? 16 : 2 * *room;
	larger = arena_array(a, *room, size);
	if (count > 0)
		memcpy(larger, list, count * size);
	return larger;
}

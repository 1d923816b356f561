/*
 * One direction of a connection: its segments in their order, and the PDUs
 * out of them.
 *
 * A segment that came before is a repetition; one that comes too early waits
 * until the gap before it is filled, or until so many wait that nothing will
 * fill it. Behind a gap, and where a capture begins in the middle of a
 * connection, PDUs are found again by what a header may look like.
 */
#include <arpa/inet.h>
#include <event2/buffer.h>
#include <stdio.h>
#include <string.h>
#include <uthash.h>

#include "gateway/pdu.h"
#include "gateway/trace_parts.h"

#define FLOWS_MAX   20000
#define HELD_MAX    64 /* segments behind a gap */
#define STRANGE_MAX 65536 /* octets without a header: no SMPP */

struct flow_key {
	struct trace_end from, to;
};

/* A segment that waits for those before it. */
struct held {
	struct trace_segment segment;
	size_t packet;
};

struct flow {
	UT_hash_handle hh;
	struct flow_key key;
	size_t place; /* in the trace */
	bool begun; /* NEXT is known */
	bool aligned; /* a PDU begins where STREAM does */
	bool foreign;
	uint32_t next;
	size_t strange; /* octets without a header, in a row */
	struct evbuffer *stream;
	struct held *held; /* by sequence; NULL until one must wait */
	size_t held_count;
	size_t pdus;
};

static bool is_wanted(const struct tracing *t, const struct trace_segment *s);
static struct flow *flow_of(struct tracing *t, const struct trace_segment *s);
static void name_end(const struct trace_end *end, char *out);
static void find_back(struct tracing *t, struct flow *f);
static void begin(struct tracing *t, struct flow *f, uint32_t sequence);
static void take(struct tracing *t, struct flow *f,
    const struct trace_segment *s, size_t packet);
static void hold(struct tracing *t, struct flow *f,
    const struct trace_segment *s, size_t packet);
static void release(struct tracing *t, struct flow *f);
static void jump(struct tracing *t, struct flow *f);
static void lose(struct tracing *t, struct flow *f, size_t octets);
static void cut_up(
    struct tracing *t, struct flow *f, int64_t at_us, size_t packet);
static bool align(struct tracing *t, struct flow *f);
static bool looks_like_header(struct evbuffer *stream);
static void take_pdu(struct tracing *t, struct flow *f, size_t len,
    int64_t at_us, size_t packet);

void
trace_segment(struct tracing *t, const struct trace_segment *s)
{
	size_t packet = t->trace->packets;
	struct flow *f;

	if (!is_wanted(t, s) || (s->len + s->missing == 0 && !s->syn))
		return;
	f = flow_of(t, s);
	if (f == NULL) {
		t->trace->left_out++;
		return;
	}
	if (s->syn) {
		begin(t, f, s->sequence + 1);
		return;
	}
	if (!f->begun) {
		f->begun = true;
		f->next = s->sequence;
	}
	if ((int32_t)(s->sequence - f->next) > 0)
		hold(t, f, s, packet);
	else
		take(t, f, s, packet);
	release(t, f);
	if (f->held_count == HELD_MAX)
		jump(t, f);
}

void
trace_flows_end(struct tracing *t)
{
	struct flow *f, *next;

	HASH_ITER (hh, t->by_ends, f, next) {
		while (f->held_count > 0)
			jump(t, f);
		if (f->foreign || f->strange > 0)
			t->trace->foreign++;
		HASH_DEL(t->by_ends, f);
		evbuffer_free(f->stream);
	}
}

/* ---- whose it is */

static bool
is_wanted(const struct tracing *t, const struct trace_segment *s)
{
	int from = s->from.port[0] << 8 | s->from.port[1];
	int to = s->to.port[0] << 8 | s->to.port[1];

	return t->port == 0 || from == t->port || to == t->port;
}

static struct flow *
flow_of(struct tracing *t, const struct trace_segment *s)
{
	struct flow_key key;
	struct flow *f;

	memset(&key, 0, sizeof(key));
	key.from = s->from;
	key.to = s->to;
	HASH_FIND(hh, t->by_ends, &key, sizeof(key), f);
	if (f != NULL || t->trace->flow_count == FLOWS_MAX)
		return f;
	f = arena_alloc(t->arena, sizeof(*f));
	f->key = key;
	f->stream = evbuffer_new();
	CHECK(f->stream != NULL);
	f->place = trace_add_flow(t);
	name_end(&key.from, t->flows[f->place].from);
	name_end(&key.to, t->flows[f->place].to);
	find_back(t, f);
	HASH_ADD(hh, t->by_ends, key, sizeof(key), f);
	return f;
}

static void
name_end(const struct trace_end *end, char *out)
{
	char address[INET6_ADDRSTRLEN];

	inet_ntop(end->is_v6 ? AF_INET6 : AF_INET,
	    end->address + (end->is_v6 ? 0 : 12), address, sizeof(address));
	snprintf(out, TRACE_END_MAX, end->is_v6 ? "[%s]:%d" : "%s:%d", address,
	    end->port[0] << 8 | end->port[1]);
}

static void
find_back(struct tracing *t, struct flow *f)
{
	struct flow_key key;
	struct flow *back;

	memset(&key, 0, sizeof(key));
	key.from = f->key.to;
	key.to = f->key.from;
	HASH_FIND(hh, t->by_ends, &key, sizeof(key), back);
	if (back == NULL)
		return;
	t->flows[f->place].back = back->place;
	t->flows[back->place].back = f->place;
}

/* ---- in their order */

/* A SYN again is a repetition, or the same two ports once more. */
static void
begin(struct tracing *t, struct flow *f, uint32_t sequence)
{
	if (f->begun && f->next == sequence)
		return;
	while (f->held_count > 0)
		jump(t, f);
	evbuffer_drain(f->stream, evbuffer_get_length(f->stream));
	f->begun = f->aligned = true;
	f->foreign = false;
	f->strange = 0;
	f->next = sequence;
}

/* Its sequence is NEXT or before it. */
static void
take(struct tracing *t, struct flow *f, const struct trace_segment *s,
    size_t packet)
{
	size_t whole = s->len + s->missing;
	uint32_t old = f->next - s->sequence;

	if (old > 0)
		t->flows[f->place].repeated++;
	if (old >= whole)
		return;
	f->next = s->sequence + (uint32_t)whole;
	if (f->foreign)
		return;
	if (old < s->len) {
		CHECK(evbuffer_add(f->stream, s->octets + old, s->len - old) ==
		    0);
		cut_up(t, f, s->at_us, packet);
	}
	if (s->missing > 0)
		lose(t, f, old < s->len ? s->missing : whole - old);
}

static void
hold(struct tracing *t, struct flow *f, const struct trace_segment *s,
    size_t packet)
{
	size_t i = f->held_count++;

	if (f->held == NULL)
		f->held = arena_array(t->arena, HELD_MAX, sizeof(*f->held));
	for (; i > 0 &&
	     (int32_t)(f->held[i - 1].segment.sequence - s->sequence) > 0;
	     i--)
		f->held[i] = f->held[i - 1];
	f->held[i] = (struct held){ *s, packet };
}

/* Those whose turn it is now. */
static void
release(struct tracing *t, struct flow *f)
{
	size_t done;

	for (done = 0; done < f->held_count; done++) {
		struct held *h = &f->held[done];

		if ((int32_t)(h->segment.sequence - f->next) > 0)
			break;
		take(t, f, &h->segment, h->packet);
	}
	if (done == 0)
		return;
	f->held_count -= done;
	memmove(f->held, f->held + done, f->held_count * sizeof(*f->held));
}

/* Over a gap that nothing filled. */
static void
jump(struct tracing *t, struct flow *f)
{
	uint32_t sequence = f->held[0].segment.sequence;

	lose(t, f, sequence - f->next);
	f->next = sequence;
	release(t, f);
}

static void
lose(struct tracing *t, struct flow *f, size_t octets)
{
	t->flows[f->place].gaps++;
	t->flows[f->place].missing += octets;
	evbuffer_drain(f->stream, evbuffer_get_length(f->stream));
	f->aligned = false;
}

/* ---- PDUs */

static void
cut_up(struct tracing *t, struct flow *f, int64_t at_us, size_t packet)
{
	size_t len;

	while (f->aligned || align(t, f)) {
		if (f->pdus == 0 &&
		    evbuffer_get_length(f->stream) >= PDU_HEADER &&
		    t->port == 0 && !looks_like_header(f->stream)) {
			f->foreign = true;
			break;
		}
		switch (pdu_frame(f->stream, &len)) {
		case PDU_PARTIAL:
			return;
		case PDU_WHOLE:
			take_pdu(t, f, len, at_us, packet);
			break;
		case PDU_BROKEN:
			t->flows[f->place].garbled++;
			f->aligned = false;
			evbuffer_drain(f->stream, 1);
			break;
		}
	}
	if (f->foreign)
		evbuffer_drain(f->stream, evbuffer_get_length(f->stream));
}

/* To where a PDU may begin; false: not yet. */
static bool
align(struct tracing *t, struct flow *f)
{
	while (evbuffer_get_length(f->stream) >= PDU_HEADER) {
		if (looks_like_header(f->stream)) {
			f->strange = 0;
			f->aligned = true;
			return true;
		}
		evbuffer_drain(f->stream, 1);
		if (++f->strange >= STRANGE_MAX && f->pdus == 0 &&
		    t->port == 0) {
			f->foreign = true;
			return false;
		}
	}
	return false;
}

/* A sound length and a known command; a request has no status. */
static bool
looks_like_header(struct evbuffer *stream)
{
	uint32_t header[4], command;

	if (evbuffer_copyout(stream, header, sizeof(header)) !=
	    (ev_ssize_t)sizeof(header))
		return false;
	command = ntohl(header[1]);
	if (ntohl(header[0]) < PDU_HEADER || ntohl(header[0]) > PDU_MAX ||
	    pdu_command_name(command)[0] == '0')
		return false;
	return (command & PDU_RESPONSE) != 0 || header[2] == 0;
}

static void
take_pdu(
    struct tracing *t, struct flow *f, size_t len, int64_t at_us, size_t packet)
{
	uint8_t *octets = arena_alloc(t->arena, len);

	CHECK(evbuffer_remove(f->stream, octets, len) == (int)len);
	f->pdus++;
	trace_add_pdu(t,
	    &(struct trace_pdu){ .octets = octets,
		.len = len,
		.flow = f->place,
		.place = packet,
		.at_us = at_us });
}

/*
 * Fuzzes the reader of traces, and what explains them: whatever is in a file,
 * nothing steps outside of it, and every PDU is told.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "gateway/explain_trace.h"

#define PDUS_MAX 200 /* a run is to be short */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void explain_all(const struct trace *trace);
static struct dialects *read_dialects(void);
static void check_flows(const struct trace *trace);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *why = NULL;
	const struct trace *trace = trace_read(a, data, size, 0, &why);

	CHECK((trace == NULL) == (why != NULL));
	if (trace != NULL) {
		check_flows(trace);
		explain_all(trace);
	}
	arena_free(a);
	return 0;
}

static void
check_flows(const struct trace *trace)
{
	size_t i;

	for (i = 0; i < trace->flow_count; i++)
		CHECK(trace->flows[i].back < trace->flow_count);
	for (i = 0; i < trace->count; i++) {
		CHECK(trace->pdus[i].flow < trace->flow_count);
		CHECK(trace->pdus[i].len > 0);
	}
}

static void
explain_all(const struct trace *trace)
{
	static struct dialects *dialects;
	static FILE *nowhere;
	struct trace some = *trace;
	struct explain_trace x = { &some, NULL, false, NULL };

	if (dialects == NULL) {
		dialects = read_dialects();
		nowhere = fopen("/dev/null", "w");
		CHECK(nowhere != NULL);
	}
	if (some.count > PDUS_MAX)
		some.count = PDUS_MAX;
	x.dialects = dialects;
	x.out = nowhere;
	explain_trace_tell(&x);
	explain_trace_json(&x);
}

static struct dialects *
read_dialects(void)
{
	struct arena *a = arena_new();
	const char *source = getenv("MLANGO_SRCDIR");
	struct dialects *dialects;
	struct findings f;

	findings_init(&f, a);
	dialects = dialects_read(arena_printf(a, "%s/config/dialects.cfg",
				     source != NULL ? source : FUZZ_SOURCE),
	    &f);
	CHECK(dialects != NULL);
	arena_free(a);
	return dialects;
}

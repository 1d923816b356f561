/*
 * Errands as octets, and when they are tried again.
 */
#include <string.h>

#include "base/pack.h"
#include "gateway/errand.h"

/* The first octet tells it from a call, whose versions count from 1. */
#define ERRAND_VERSION 0x81

#define PAUSE_LEAST_MS 5000
#define PAUSE_MOST_MS  3600000
#define DAY_MS         (24 * PAUSE_MOST_MS)
#define NOTICE_TRIES   6

uint8_t *
errand_pack(struct arena *a, const struct errand *e, size_t *len)
{
	struct pack p;

	pack_init(&p, a);
	pack_u8(&p, ERRAND_VERSION);
	pack_u8(&p, (uint8_t)e->kind);
	pack_string(&p, e->id);
	pack_string(&p, e->msisdn);
	pack_string(&p, e->institution);
	pack_string(&p, e->name);
	pack_string(&p, e->method);
	pack_string(&p, e->url);
	pack_string(&p, e->body);
	pack_string(&p, e->content);
	pack_number(&p, (uint64_t)e->timeout_ms);
	pack_number(&p, (uint64_t)e->max_calls);
	*len = p.len;
	return p.octets;
}

int
errand_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct errand *out)
{
	struct unpack u;
	uint8_t kind;

	memset(out, 0, sizeof(*out));
	unpack_init(&u, a, octets, len);
	if (unpack_u8(&u) != ERRAND_VERSION)
		return -1;
	kind = unpack_u8(&u);
	out->kind = (enum errand_kind)kind;
	out->id = unpack_string(&u);
	out->msisdn = unpack_string(&u);
	out->institution = unpack_string(&u);
	out->name = unpack_string(&u);
	out->method = unpack_string(&u);
	out->url = unpack_string(&u);
	out->body = unpack_string(&u);
	out->content = unpack_string(&u);
	out->timeout_ms = (int)unpack_number(&u);
	out->max_calls = (int)unpack_number(&u);
	if (unpack_end(&u) == -1 ||
	    (kind != ERRAND_NOTICE && kind != ERRAND_REMINDER) ||
	    out->id == NULL || out->msisdn == NULL ||
	    out->institution == NULL || out->name == NULL ||
	    out->method == NULL || out->url == NULL || out->timeout_ms <= 0 ||
	    out->max_calls <= 0)
		return -1;
	return 0;
}

struct store_call
errand_plan(struct arena *a, const struct errand *e, int64_t in_ms)
{
	struct store_call plan = { .id = e->id,
		.deadline_ms = in_ms,
		.kept_ms = 2 * (int64_t)DAY_MS };

	plan.octets = errand_pack(a, e, &plan.len);
	return plan;
}

int64_t
errand_pause_ms(enum errand_kind kind, int n)
{
	int64_t pause = PAUSE_LEAST_MS, waited = 0;
	int i;

	if (kind == ERRAND_NOTICE && n >= NOTICE_TRIES)
		return -1;
	for (i = 1; i < n; i++) {
		waited += pause;
		pause = pause < PAUSE_MOST_MS / 2 ? 2 * pause : PAUSE_MOST_MS;
	}
	return waited + pause > DAY_MS ? -1 : pause;
}

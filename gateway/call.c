/*
 * A call in flight.
 */
#include <stdio.h>
#include <string.h>

#include "base/pack.h"
#include "gateway/call.h"

#define CALL_VERSION 1

uint8_t *
call_pack(struct arena *a, const struct call *c, size_t *len)
{
	struct pack p;

	pack_init(&p, a);
	pack_u8(&p, CALL_VERSION);
	pack_string(&p, c->id);
	pack_string(&p, c->msisdn);
	pack_string(&p, c->operator_name);
	pack_string(&p, c->channel);
	pack_string(&p, c->number);
	pack_u64(&p, c->epoch);
	pack_u8(&p, c->secret_lost);
	pack_fixed(&p, c->catalogue.octets, sizeof(c->catalogue.octets));
	pack_octets(&p, c->menu, c->menu_len);
	pack_octets(&p, c->ref, c->ref_len);
	*len = p.len;
	return p.octets;
}

int
call_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct call *out)
{
	struct unpack u;
	const char *id;

	memset(out, 0, sizeof(*out));
	unpack_init(&u, a, octets, len);
	if (unpack_u8(&u) != CALL_VERSION)
		return -1;
	id = unpack_string(&u);
	out->msisdn = unpack_string(&u);
	out->operator_name = unpack_string(&u);
	out->channel = unpack_string(&u);
	out->number = unpack_string(&u);
	out->epoch = unpack_u64(&u);
	out->secret_lost = unpack_u8(&u) != 0;
	unpack_fixed(&u, out->catalogue.octets, sizeof(out->catalogue.octets));
	out->menu = unpack_octets(&u, &out->menu_len);
	out->ref = unpack_octets(&u, &out->ref_len);
	if (unpack_end(&u) == -1 || id == NULL || strlen(id) >= CALL_ID ||
	    out->msisdn == NULL || out->operator_name == NULL ||
	    out->channel == NULL || out->number == NULL)
		return -1;
	snprintf(out->id, sizeof(out->id), "%s", id);
	return 0;
}

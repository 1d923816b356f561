/*
 * A record's octets: the stamp as numbers of fixed width, so that a script can
 * compare it, then the format and all the rest.
 *
 * RECORD_FORMAT changes whenever anything behind it does. A node that meets a format
 * it does not know takes the record for none of ours.
 */
#include "base/pack.h"
#include "storage/record.h"

#define FLAG_BEGIN  0x01
#define FLAG_TURN   0x02
#define FLAGS_KNOWN (FLAG_BEGIN | FLAG_TURN)

static void pack_request(struct pack *p, const struct request_id *id);
static void unpack_request(struct unpack *u, struct request_id *id);

uint8_t *
record_pack(struct arena *a, const struct record *r, size_t *len)
{
	struct pack p;

	pack_init(&p, a);
	pack_u64(&p, r->epoch);
	pack_u32(&p, r->version);
	CHECK(p.len == RECORD_STAMP);
	pack_u8(&p, RECORD_FORMAT);
	pack_u8(&p, (uint8_t)r->life);
	pack_u8(&p, (uint8_t)(r->resume_s >> 8));
	pack_u8(&p, (uint8_t)r->resume_s);
	pack_request(&p, &r->last);
	pack_number(&p, (uint64_t)r->begun_ms);
	pack_u64(&p, r->begun_hash);
	pack_number(&p, r->screens);
	pack_fixed(&p, r->catalogue.octets, sizeof(r->catalogue.octets));
	pack_octets(&p, r->identity, r->identity_len);
	pack_string(&p, r->screen);
	pack_octets(&p, r->menu, r->menu_len);
	*len = p.len;
	return p.octets;
}

int
record_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct record *out)
{
	struct unpack u;
	struct record r = { 0 };
	uint64_t screens;

	unpack_init(&u, a, octets, len);
	r.epoch = unpack_u64(&u);
	r.version = unpack_u32(&u);
	if (unpack_u8(&u) != RECORD_FORMAT)
		return -1;
	r.life = (enum record_life)unpack_u8(&u);
	r.resume_s = (uint16_t)(unpack_u8(&u) << 8);
	r.resume_s |= unpack_u8(&u);
	unpack_request(&u, &r.last);
	r.begun_ms = (int64_t)unpack_number(&u);
	r.begun_hash = unpack_u64(&u);
	screens = unpack_number(&u);
	unpack_fixed(&u, r.catalogue.octets, sizeof(r.catalogue.octets));
	r.identity = unpack_octets(&u, &r.identity_len);
	r.screen = unpack_string(&u);
	r.menu = unpack_octets(&u, &r.menu_len);
	if (unpack_end(&u) == -1 || r.screen == NULL || screens > UINT16_MAX ||
	    r.life < RECORD_LIVE || r.life > RECORD_ENDED)
		return -1;
	r.screens = (uint16_t)screens;
	*out = r;
	return 0;
}

static void
pack_request(struct pack *p, const struct request_id *id)
{
	uint8_t flags = 0;

	if (id->begin)
		flags |= FLAG_BEGIN;
	if (id->has_turn)
		flags |= FLAG_TURN;
	pack_u8(p, flags);
	pack_u8(p, id->turn);
	pack_u32(p, id->sequence);
	pack_u64(p, id->generation);
	pack_u64(p, id->hash);
	pack_number(p, (uint64_t)id->at_ms);
}

static void
unpack_request(struct unpack *u, struct request_id *id)
{
	uint8_t flags = unpack_u8(u);

	if ((flags & ~FLAGS_KNOWN) != 0)
		u->bad = 1;
	id->begin = (flags & FLAG_BEGIN) != 0;
	id->has_turn = (flags & FLAG_TURN) != 0;
	id->turn = unpack_u8(u);
	id->sequence = unpack_u32(u);
	id->generation = unpack_u64(u);
	id->hash = unpack_u64(u);
	id->at_ms = (int64_t)unpack_number(u);
}

/*
 * A record's octets, numbers big endian, so that the stamp compares as text:
 *
 *	epoch 8, version 4			the stamp
 *	format 1, life 1, flags 1, turn 1
 *	sequence 4, generation 8, hash 8, at 8	the last request
 *	begun 8, screens 2, catalogue 16
 *	identity, screen, menu			each: length 2, octets
 *
 * FORMAT changes whenever anything after it does: a node that finds a format
 * it does not know treats the record as none of ours.
 */
#include <string.h>

#include "base/check.h"
#include "storage/record.h"

#define FORMAT	    1
#define FLAG_BEGIN  0x01
#define FLAG_TURN   0x02
#define FLAGS_KNOWN (FLAG_BEGIN | FLAG_TURN)
#define FIXED	    (RECORD_STAMP + 4 + 28 + 26)
#define PART_MAX    0xffff

struct cursor {
	const uint8_t *at, *end;
	bool short_of; /* asked for more than there is */
};

static uint8_t *put(uint8_t *at, uint64_t number, size_t octets);
static uint8_t *put_part(uint8_t *at, const void *octets, size_t len);
static uint64_t get(struct cursor *c, size_t octets);
static const uint8_t *get_part(struct cursor *c, size_t *len);

uint8_t *
record_pack(struct arena *a, const struct record *r, size_t *len)
{
	size_t screen_len = strlen(r->screen);
	size_t whole =
	    FIXED + 3 * 2 + r->identity_len + screen_len + r->menu_len;
	uint8_t *octets = arena_alloc(a, whole), *at = octets;
	uint8_t flags = 0;

	if (r->last.begin)
		flags |= FLAG_BEGIN;
	if (r->last.has_turn)
		flags |= FLAG_TURN;
	at = put(at, r->epoch, 8);
	at = put(at, r->version, 4);
	at = put(at, FORMAT, 1);
	at = put(at, r->life, 1);
	at = put(at, flags, 1);
	at = put(at, r->last.turn, 1);
	at = put(at, r->last.sequence, 4);
	at = put(at, r->last.generation, 8);
	at = put(at, r->last.hash, 8);
	at = put(at, (uint64_t)r->last.at_ms, 8);
	at = put(at, (uint64_t)r->begun_ms, 8);
	at = put(at, r->screens, 2);
	memcpy(at, r->catalogue.octets, sizeof(r->catalogue.octets));
	at += sizeof(r->catalogue.octets);
	at = put_part(at, r->identity, r->identity_len);
	at = put_part(at, r->screen, screen_len);
	at = put_part(at, r->menu, r->menu_len);
	CHECK(at == octets + whole);
	*len = whole;
	return octets;
}

int
record_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct record *out)
{
	struct cursor c = { octets, octets + len, false };
	const uint8_t *identity, *screen, *menu;
	struct record r = { 0 };
	size_t screen_len;
	uint8_t flags;

	if (len < FIXED)
		return -1;
	r.epoch = get(&c, 8);
	r.version = (uint32_t)get(&c, 4);
	if (get(&c, 1) != FORMAT)
		return -1;
	r.life = (enum record_life)get(&c, 1);
	flags = (uint8_t)get(&c, 1);
	r.last.begin = flags & FLAG_BEGIN;
	r.last.has_turn = flags & FLAG_TURN;
	r.last.turn = (uint8_t)get(&c, 1);
	r.last.sequence = (uint32_t)get(&c, 4);
	r.last.generation = get(&c, 8);
	r.last.hash = get(&c, 8);
	r.last.at_ms = (int64_t)get(&c, 8);
	r.begun_ms = (int64_t)get(&c, 8);
	r.screens = (uint16_t)get(&c, 2);
	memcpy(r.catalogue.octets, c.at, sizeof(r.catalogue.octets));
	c.at += sizeof(r.catalogue.octets);
	identity = get_part(&c, &r.identity_len);
	screen = get_part(&c, &screen_len);
	menu = get_part(&c, &r.menu_len);

	if (c.short_of || c.at != c.end || (flags & ~FLAGS_KNOWN) != 0 ||
	    r.life < RECORD_LIVE || r.life > RECORD_ENDED ||
	    memchr(screen, '\0', screen_len) != NULL)
		return -1;
	r.identity = arena_copy(a, identity, r.identity_len);
	r.screen = arena_copy(a, screen, screen_len);
	r.menu = arena_copy(a, menu, r.menu_len);
	*out = r;
	return 0;
}

static uint8_t *
put(uint8_t *at, uint64_t number, size_t octets)
{
	size_t i;

	for (i = octets; i > 0; i--, number >>= 8)
		at[i - 1] = (uint8_t)number;
	return at + octets;
}

static uint8_t *
put_part(uint8_t *at, const void *octets, size_t len)
{
	CHECK(len <= PART_MAX);
	at = put(at, len, 2);
	if (len > 0)
		memcpy(at, octets, len);
	return at + len;
}

static uint64_t
get(struct cursor *c, size_t octets)
{
	uint64_t number = 0;

	if ((size_t)(c->end - c->at) < octets) {
		c->short_of = true;
		return 0;
	}
	while (octets-- > 0)
		number = number << 8 | *c->at++;
	return number;
}

/* Never NULL: an empty part when there are not as many octets. */
static const uint8_t *
get_part(struct cursor *c, size_t *len)
{
	const uint8_t *part;

	*len = get(c, 2);
	if ((size_t)(c->end - c->at) < *len) {
		c->short_of = true;
		*len = 0;
	}
	part = c->at;
	c->at += *len;
	return part;
}

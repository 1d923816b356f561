/*
 * Octets for the store and back.
 */
#include <string.h>

#include "base/pack.h"

static uint8_t *more(struct pack *p, size_t len);
static const uint8_t *take(struct unpack *u, size_t len);
static void put_be(struct pack *p, uint64_t n, int octets);
static uint64_t get_be(struct unpack *u, int octets);

void
pack_init(struct pack *p, struct arena *a)
{
	p->arena = a;
	p->len = 0;
	p->room = 256;
	p->octets = arena_alloc(a, p->room);
}

void
pack_u8(struct pack *p, uint8_t n)
{
	*more(p, 1) = n;
}

void
pack_u32(struct pack *p, uint32_t n)
{
	put_be(p, n, 4);
}

void
pack_u64(struct pack *p, uint64_t n)
{
	put_be(p, n, 8);
}

void
pack_number(struct pack *p, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		pack_u8(p, (uint8_t)(n | 0x80));
	pack_u8(p, (uint8_t)n);
}

void
pack_fixed(struct pack *p, const void *data, size_t len)
{
	if (len > 0)
		memcpy(more(p, len), data, len);
}

void
pack_octets(struct pack *p, const void *data, size_t len)
{
	pack_number(p, len);
	pack_fixed(p, data, len);
}

void
pack_string(struct pack *p, const char *text)
{
	if (text == NULL) {
		pack_number(p, 0);
		return;
	}
	pack_number(p, strlen(text) + 1);
	pack_fixed(p, text, strlen(text));
}

void
unpack_init(struct unpack *u, struct arena *a, const void *data, size_t len)
{
	u->arena = a;
	u->at = data;
	u->left = len;
	u->bad = 0;
}

uint8_t
unpack_u8(struct unpack *u)
{
	return (uint8_t)get_be(u, 1);
}

uint32_t
unpack_u32(struct unpack *u)
{
	return (uint32_t)get_be(u, 4);
}

uint64_t
unpack_u64(struct unpack *u)
{
	return get_be(u, 8);
}

uint64_t
unpack_number(struct unpack *u)
{
	uint64_t n = 0;
	uint8_t octet;
	int shift;

	for (shift = 0; shift < 64; shift += 7) {
		octet = unpack_u8(u);
		if (shift == 63 && octet > 1)
			break;
		n |= (uint64_t)(octet & 0x7f) << shift;
		if (octet < 0x80)
			return n;
	}
	u->bad = 1;
	return 0;
}

void
unpack_fixed(struct unpack *u, void *out, size_t len)
{
	const uint8_t *at = take(u, len);

	if (at != NULL)
		memcpy(out, at, len);
	else
		memset(out, 0, len);
}

const uint8_t *
unpack_octets(struct unpack *u, size_t *len)
{
	const uint8_t *at;
	uint64_t n = unpack_number(u);

	*len = 0;
	at = n <= u->left ? take(u, (size_t)n) : NULL;
	if (at == NULL) {
		u->bad = 1;
		return (const uint8_t *)"";
	}
	*len = (size_t)n;
	return arena_copy(u->arena, at, (size_t)n);
}

const char *
unpack_string(struct unpack *u)
{
	const uint8_t *at;
	uint64_t n = unpack_number(u);

	if (u->bad)
		return "";
	if (n == 0)
		return NULL;
	at = n - 1 <= u->left ? take(u, (size_t)n - 1) : NULL;
	if (at == NULL || memchr(at, '\0', (size_t)n - 1) != NULL) {
		u->bad = 1;
		return "";
	}
	return arena_copy(u->arena, at, (size_t)n - 1);
}

int
unpack_end(const struct unpack *u)
{
	return u->bad || u->left > 0 ? -1 : 0;
}

static uint8_t *
more(struct pack *p, size_t len)
{
	uint8_t *larger;

	if (p->room - p->len < len) {
		p->room = (p->room + len) * 2;
		larger = arena_alloc(p->arena, p->room);
		memcpy(larger, p->octets, p->len);
		p->octets = larger;
	}
	p->len += len;
	return p->octets + p->len - len;
}

static const uint8_t *
take(struct unpack *u, size_t len)
{
	const uint8_t *at = u->at;

	if (u->bad || len > u->left) {
		u->bad = 1;
		return NULL;
	}
	u->at += len;
	u->left -= len;
	return at;
}

static void
put_be(struct pack *p, uint64_t n, int octets)
{
	uint8_t *at = more(p, (size_t)octets);

	while (octets-- > 0) {
		at[octets] = (uint8_t)n;
		n >>= 8;
	}
}

static uint64_t
get_be(struct unpack *u, int octets)
{
	const uint8_t *at = take(u, (size_t)octets);
	uint64_t n = 0;

	for (; at != NULL && octets > 0; octets--)
		n = n << 8 | *at++;
	return n;
}

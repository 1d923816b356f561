/*
 * A catalogue as one text for the store.
 */
#include <string.h>

#include "base/pack.h"
#include "gateway/manifest.h"

#define MANIFEST_VERSION 1
#define INSTITUTIONS_MAX 10000

uint8_t *
manifest_pack(struct arena *a, const struct catalogue *c, size_t *len)
{
	struct source menus = catalogue_source(c);
	char hex[DIGEST_HEX];
	struct pack p;
	size_t i;

	pack_init(&p, a);
	pack_u8(&p, MANIFEST_VERSION);
	pack_string(&p, menus.name);
	pack_octets(&p, menus.text, menus.len);
	pack_number(&p, c->graph_count);
	for (i = 0; i < c->graph_count; i++) {
		digest_hex(&c->graphs[i]->hash, hex);
		pack_string(&p, arena_printf(a, "%s.cfg", c->graphs[i]->name));
		pack_string(&p, hex);
	}
	*len = p.len;
	return p.octets;
}

int
manifest_unpack(
    struct arena *a, const uint8_t *octets, size_t len, struct manifest *out)
{
	struct digest digest;
	struct unpack u;
	size_t i;

	memset(out, 0, sizeof(*out));
	unpack_init(&u, a, octets, len);
	if (unpack_u8(&u) != MANIFEST_VERSION)
		return -1;
	out->menus.name = unpack_string(&u);
	out->menus.text = (const char *)unpack_octets(&u, &out->menus.len);
	out->count = unpack_number(&u);
	if (u.bad || out->menus.name == NULL || out->count > INSTITUTIONS_MAX)
		return -1;
	out->names = arena_array(a, out->count, sizeof(*out->names));
	out->hashes = arena_array(a, out->count, sizeof(*out->hashes));
	for (i = 0; i < out->count; i++) {
		out->names[i] = unpack_string(&u);
		out->hashes[i] = unpack_string(&u);
		if (out->names[i] == NULL || out->hashes[i] == NULL ||
		    digest_from_hex(out->hashes[i], &digest) == -1)
			return -1;
	}
	return unpack_end(&u);
}

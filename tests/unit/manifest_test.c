/*
 * A catalogue as one text for the store, and what only looks like one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/pack.h"
#include "gateway/manifest.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* A menus file with a NUL in it, and COUNT institutions. */
static uint8_t *
packed(size_t count, size_t *len)
{
	static const char source[] = "codes = (\0)";
	static const struct graph root = {
		.file = "menus.cfg",
		.source = source,
		.source_len = sizeof(source) - 1,
	};
	static const struct graph maji = { .name = "maji",
		.hash = { { 0x00, 0x01, [15] = 0xff } } };
	static const struct graph necta = { .name = "necta",
		.hash = { { 0xab } } };
	static const struct graph *const graphs[] = { &maji, &necta };
	const struct catalogue c = {
		.root = &root, .graphs = graphs, .graph_count = count
	};

	return manifest_pack(arena, &c, len);
}

static void
a_manifest_tells_the_menus_and_every_institution(void **state)
{
	struct manifest m;
	size_t len;
	uint8_t *octets = packed(2, &len);

	(void)state;
	assert_int_equal(manifest_unpack(arena, octets, len, &m), 0);
	/* What was read stands on its own. */
	memset(octets, 0, len);
	assert_string_equal(m.menus.name, "menus.cfg");
	assert_int_equal(m.menus.len, 11);
	assert_memory_equal(m.menus.text, "codes = (\0)", 12);
	assert_int_equal(m.count, 2);
	assert_string_equal(m.names[0], "maji.cfg");
	assert_string_equal(m.hashes[0], "000100000000000000000000000000ff");
	assert_string_equal(m.names[1], "necta.cfg");
	assert_string_equal(m.hashes[1], "ab000000000000000000000000000000");
}

static void
a_catalogue_may_have_no_institution(void **state)
{
	struct manifest m;
	size_t len;
	uint8_t *octets = packed(0, &len);

	(void)state;
	assert_int_equal(manifest_unpack(arena, octets, len, &m), 0);
	assert_int_equal(m.count, 0);
}

static void
a_manifest_cut_short_anywhere_is_none(void **state)
{
	struct manifest m;
	size_t len, all;
	uint8_t *octets = packed(2, &all), *cut;

	(void)state;
	for (len = 0; len < all; len++) {
		cut = test_malloc(len);
		memcpy(cut, octets, len);
		assert_int_equal(manifest_unpack(arena, cut, len, &m), -1);
		test_free(cut);
	}
}

static void
a_manifest_with_something_behind_it_is_none(void **state)
{
	struct manifest m;
	size_t len;
	uint8_t *octets = packed(1, &len);

	(void)state;
	octets = arena_copy(arena, octets, len);
	assert_int_equal(manifest_unpack(arena, octets, len + 1, &m), -1);
}

static const char hash[] = "000102030405060708090a0b0c0d0e0f";
static const struct {
	uint8_t version;
	const char *menus;
	uint64_t count; /* as it says; there is one */
	const char *name, *hash;
	int result;
} manifests[] = {
	{ 1, "menus.cfg", 1, "maji.cfg", hash, 0 },
	{ 0, "menus.cfg", 1, "maji.cfg", hash, -1 },
	{ 2, "menus.cfg", 1, "maji.cfg", hash, -1 },
	{ 1, NULL, 1, "maji.cfg", hash, -1 },
	{ 1, "menus.cfg", 1, NULL, hash, -1 },
	{ 1, "menus.cfg", 1, "maji.cfg", NULL, -1 },
	{ 1, "menus.cfg", 1, "maji.cfg", "", -1 },
	{ 1, "menus.cfg", 1, "maji.cfg", hash + 1, -1 },
	{ 1, "menus.cfg", 1, "maji.cfg", "g00102030405060708090a0b0c0d0e0f",
	    -1 },
	{ 1, "menus.cfg", 0, "maji.cfg", hash, -1 },
	{ 1, "menus.cfg", 2, "maji.cfg", hash, -1 },
	{ 1, "menus.cfg", 10001, "maji.cfg", hash, -1 },
	{ 1, "menus.cfg", UINT64_MAX, "maji.cfg", hash, -1 },
};

static void
what_only_looks_like_a_manifest_is_none(void **state)
{
	struct manifest m;
	struct pack p;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(manifests); i++) {
		pack_init(&p, arena);
		pack_u8(&p, manifests[i].version);
		pack_string(&p, manifests[i].menus);
		pack_octets(&p, "codes", 5);
		pack_number(&p, manifests[i].count);
		pack_string(&p, manifests[i].name);
		pack_string(&p, manifests[i].hash);
		if (manifest_unpack(arena, p.octets, p.len, &m) !=
		    manifests[i].result)
			fail_msg("number %zu", i);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_manifest_tells_the_menus_and_every_institution),
		cmocka_unit_test(a_catalogue_may_have_no_institution),
		cmocka_unit_test(a_manifest_cut_short_anywhere_is_none),
		cmocka_unit_test(a_manifest_with_something_behind_it_is_none),
		cmocka_unit_test(what_only_looks_like_a_manifest_is_none),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

/*
 * The dialects file: what is shipped is sound, and every way in which a
 * dialect can be unsound is refused at its line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "config/dialects.h"

/* A sound dialect. A case replaces one of its lines. */
static const char *const sound[] = {
	/*  1 */ "dialects = ( {",
	/*  2 */ "name = \"a\";",
	/*  3 */ "tlvs = ( { name = \"info\"; tag = 0x1383; length = 2; } );",
	/*  4 */ "match = { op = true; };",
	/*  5 */ "session = { key = ( { tlv = \"info\"; octet = 1; length = 1; } );",
	/*  6 */ "  turn = { tlv = \"info\"; octet = 2; mask = 0xfe; };",
	/*  7 */ "};",
	/*  8 */ "inbound = { rules = (",
	/*  9 */ "  { tlv = \"info\"; octet = 2; bits = 0x01; event = \"end\"; },",
	/* 10 */ "  { op = 0x01; event = \"begin\"; },",
	/* 11 */ "  { op = 0x12; event = \"input\"; }",
	/* 12 */ "); };",
	/* 13 */ "outbound = {",
	/* 14 */ "  continue = { op = 0x02; tlvs = ( { tlv = \"info\"; } ); };",
	/* 15 */ "  end = { op = 0x11; tlvs = ( { tlv = \"info\"; } ); };",
	/* 16 */ "  release = { op = 0x11; tlvs = ( { tlv = \"info\"; } ); };",
	/* 17 */ "};",
	/* 18 */ "text = { zero = \"gsm7\"; };",
	/* 19 */ "limits = { septets = 160; };",
	/* 20 */ "timers = { session = 180; };",
	/* 21 */ "} );",
};

struct broken {
	int line;
	const char *instead;
	int at; /* where it is said */
	const char *says;
};

#define TLV "tlv = \"info\"; "
#define ECHOED "tlvs = ( { " TLV "} ); "

static const struct broken broken[] = {
	/* what the schema sees */
	{ 2, "nmae = \"a\";", 2, "unknown setting 'nmae'; did you mean 'name'" },
	{ 2, "", 1, "'name' is missing" },
	{ 8, "inbound { rules = (", 8, "syntax error" },
	{ 18, "text = { zero = \"gsm\"; };", 18, "did you mean \"gsm7\"" },
	{ 18, "text = { zero = \"ucs2\"; };", 18, "'zero' cannot be \"ucs2\"" },
	{ 15, "", 13, "'end' is missing" },
	/* numbers */
	{ 10, "  { op = 1; event = \"begin\"; },", 10, "'op' is written in hex" },
	{ 15, "  end = { op = 17; " ECHOED "};", 15,
	    "0x17 as it is read in documents, or 0x11 for decimal 17" },
	{ 10, "  { op = 0x101; event = \"begin\"; },", 10,
	    "'op' must be from 0 to 255" },
	{ 19, "limits = { octets = 161; };", 19,
	    "'octets' must be from 1 to 160" },
	{ 19, "limits = { septets = 0; };", 19,
	    "'septets' must be from 1 to 182" },
	{ 19, "limits = { octets = 140; septets = 182; };", 19,
	    "182 septets do not fit 140 octets: 160 do" },
	{ 19, "limits = { octets = 140; ucs2 = 71; };", 19,
	    "71 characters of UCS-2 do not fit 140 octets: 70 do" },
	{ 20, "timers = { session = 60; idle = \"2m\"; };", 20,
	    "a session of 60 s ends before its own timers" },
	/* TLVs */
	{ 3, "tlvs = ( { name = \"info\"; tag = 0x0501; length = 2; } );", 3,
	    "tag 0x0501 has a setting of its own" },
	{ 3, "tlvs = ( { name = \"info\"; tag = 0x1383; length = 2; },"
	    " { name = \"info\"; tag = 0x0204; length = 2; } );", 3,
	    "\"info\" has this name or this tag already" },
	{ 9, "  { tlv = \"inof\"; octet = 2; bits = 0x01; event = \"end\"; },",
	    9, "`tlvs` has no \"inof\"; did you mean \"info\"" },
	{ 9, "  { " TLV "octet = 3; bits = 0x01; event = \"end\"; },", 9,
	    "octet 3 is not in info, which has 2 of them" },
	{ 6, "  turn = { " TLV "octet = 3; mask = 0xfe; };", 6,
	    "octet 3 is not in info" },
	{ 5, "session = { key = ( { " TLV "octet = 2; length = 2; } );", 5,
	    "octet 3 is not in info" },
	{ 5, "session = { key = ( { " TLV "mask = \"ff\"; } );", 5,
	    "'mask' must be 2 octets in hex" },
	{ 14, "  continue = { op = 0x02; tlvs = ( { " TLV
	    "octet = 3; set = 0x01; } ); };", 14, "octet 3 is not in info" },
	{ 14, "  continue = { op = 0x02; tlvs = ( { " TLV
	    "set = 0x03; clear = 0x01; } ); };", 14,
	    "bits 0x01 are both set and cleared" },
	{ 14, "  continue = { op = 0x02; tlvs = ( { " TLV
	    "fill = \"constant\"; } ); };", 14,
	    "'value' is what a \"constant\" TLV holds" },
	/* the key */
	{ 5, "session = { key = ( { " TLV "otherwise = true; } );", 5,
	    "'otherwise' has no part before it" },
	{ 5, "session = { key = ( { from = \"field\"; field = \"110\"; } );",
	    5, "there are fields only in a text that `wrap` describes" },
	{ 5, "session = { global = true; key = ( { " TLV
	    "optional = true; } );", 1,
	    "a 'global' key needs a part that is always there" },
	{ 14, "  continue = { op = 0x02; };", 14,
	    "'continue' must echo info, by which a session is known" },
	{ 17, "  push_menu = { op = 0x05; " ECHOED "}; };", 17,
	    "'push_menu' answers nothing: it has no info to echo" },
	/* what is USSD */
	{ 4, "match = { op = false; };", 4,
	    "every SMS would be taken for USSD" },
	{ 4, "match = { service_types = [ \"USSD12\" ]; };", 4,
	    "\"USSD12\" is longer than a service_type" },
	/* rules */
	{ 9, "  { event = \"input\"; },", 10,
	    "this rule never applies: the one of line 9 takes all" },
	{ 10, "  { op = 0x12; event = \"begin\"; },", 11,
	    "this rule never applies: the one of line 10" },
	{ 9, "  { " TLV "event = \"end\"; }, { " TLV
	    "octet = 2; bits = 0x01; event = \"abort\"; },", 9,
	    "this rule never applies" },
	{ 10, "", 1, "no rule lets a session begin" },
	{ 10, "  { op = 0x01; known = true; event = \"begin\"; },", 1,
	    "no rule lets a session begin" },
	{ 11, "  { op = 0x12; event = \"acknowledged\"; }", 1,
	    "no rule takes a citizen's answer" },
	{ 9, "", 1, "no rule tells that a citizen walked away" },
	{ 7, "silent = true; };", 9, "a 'silent' operator does not tell this" },
	{ 9, "  { no_op = true; event = \"end\"; },", 9,
	    "'no_op' never happens" },
	{ 9, "  { op = 0x13; no_op = true; event = \"end\"; },", 9,
	    "cannot both be true" },
	{ 9, "  { octet = 2; bits = 0x01; event = \"end\"; },", 9,
	    "'tlv' is missing: whose bits?" },
	{ 9, "  { " TLV "clear = true; event = \"end\"; },", 9,
	    "'clear' has no 'bits'" },
	{ 9, "  { esm_class = 0x04; event = \"end\"; },", 9,
	    "is a delivery receipt, which is never USSD" },
	{ 9, "  { esm_class = 0x03; event = \"end\"; },", 9,
	    "is no message type" },
	{ 12, "); code = [ \"txt\" ]; };", 12, "\"txt\" is no place" },
	{ 12, "); input = \"field:109\"; };", 12,
	    "there are fields only in a text" },
	/* actions */
	{ 15, "  end = { op = 0x02; " ECHOED "};", 15,
	    "the operator cannot tell 'end' from 'continue'" },
	{ 16, "  release = { op = 0x02; " ECHOED "};", 16,
	    "the operator cannot tell 'release' from 'continue'" },
	{ 15, "  end = { op = 0x11; then = \"release_when_acknowledged\"; "
	    ECHOED "};", 15, "no rule tells when it is acknowledged" },
	{ 16, "  release = { op = 0x11; then = \"release\"; " ECHOED "};", 16,
	    "cannot be followed by itself" },
	{ 16, "  addresses = { source = \"fixed\"; };", 16,
	    "'digits' is the source address" },
	{ 15, "  end = { op = 0x11; type = \"3\"; " ECHOED "};", 15,
	    "'type' leads a text whose `wrap` is 'typed'" },
	/* what is said of it */
	{ 2, "name = \"a\"; variant_of = \"b\";", 2,
	    "no dialect above is called \"b\"" },
	{ 18, "seen = { destination = [ \"phone\" ]; };", 18,
	    "\"phone\" is no destination" },
	/* text */
	{ 18, "text = { zero = \"ascii\"; packed = true; };", 18,
	    "only septets can be packed" },
	{ 18, "wrap = { between = \"|\"; after_id = \"|\"; reply = \"1\"; };",
	    18, "must not be the same" },
};

struct kept {
	struct arena *arena;
	struct findings f;
	char path[32];
};

static struct dialects *read_with(
    struct kept *k, int line, const char *instead);
static struct dialects *read_text(struct kept *k, const char *text);
static struct kept fresh(void);
static void drop(struct kept *k);
static const struct finding *find(const struct kept *k, int line,
    const char *says);

static void
a_sound_dialect_passes(void **state)
{
	struct kept k = fresh();
	struct dialects *all = read_with(&k, 0, NULL);
	const struct dialect *d;

	(void)state;
	assert_non_null(all);
	d = dialects_find(all, "a");
	assert_non_null(d);
	assert_int_equal(dialects_count(all), 1);
	assert_ptr_equal(dialects_at(all, 0), d);
	assert_null(dialects_find(all, "b"));
	assert_int_equal(d->limits.septets, 160);
	assert_int_equal(d->limits.ucs2, 80);
	assert_int_equal(d->timers.answer_s, 10);
	assert_int_equal(d->turn.shift, 1);
	assert_int_equal(d->begin, DIALECT_REPLACE);
	dialects_free(all);
	drop(&k);
}

/* Else a screen is laid out that cannot be written. */
static void
a_dialect_that_writes_ucs2_alone_has_no_room_for_septets(void **state)
{
	struct kept k = fresh();
	struct dialects *all =
	    read_with(&k, 18, "text = { write = \"ucs2\"; };");

	(void)state;
	assert_non_null(all);
	assert_int_equal(dialects_find(all, "a")->limits.ucs2, 80);
	assert_int_equal(dialects_find(all, "a")->limits.septets, 80);
	dialects_free(all);
	drop(&k);
}

static void
a_broken_dialect_is_refused_at_its_line(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(broken); i++) {
		const struct broken *b = &broken[i];
		struct kept k = fresh();

		assert_null(read_with(&k, b->line, b->instead));
		if (find(&k, b->at, b->says) == NULL) {
			findings_print(&k.f, stderr);
			fail_msg("case %zu is not refused as expected: "
			    "line %d \"%s\"", i, b->at, b->says);
		}
		drop(&k);
	}
}

static void
a_fault_is_told_without_a_flood(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(broken); i++) {
		struct kept k = fresh();

		assert_null(read_with(&k, broken[i].line, broken[i].instead));
		if (k.f.count > 3)
			findings_print(&k.f, stderr);
		assert_in_range(k.f.count, 1, 3);
		drop(&k);
	}
}

static void
several_faults_are_told_in_one_run(void **state)
{
	struct kept k = fresh();

	(void)state;
	assert_null(read_with(&k, 9,
	    "  { esm_class = 0x04; bits = 7; event = \"enn\"; }, "
	    "{ esm_class = 4; bits = 7; event = \"end\"; },"));
	assert_true(k.f.errors >= 4);
	drop(&k);
}

static void
two_dialects_of_one_name_are_refused(void **state)
{
	struct kept k = fresh();
	const char *second = "}, {";
	size_t i;

	(void)state;
	for (i = 1; i < ARRAY_SIZE(sound); i++)
		second = arena_printf(k.arena, "%s\n%s", second, sound[i]);
	assert_null(read_with(&k, 21, second));
	assert_non_null(find(&k, 21, "the dialect of line 1 is called \"a\""));
	drop(&k);
}

static void
a_dialect_is_found_with_the_hyphens_of_others(void **state)
{
	struct kept k = fresh();
	struct dialects *all = read_with(&k, 2, "name = \"a-b-c\";");

	(void)state;
	assert_non_null(all);
	assert_non_null(dialects_find(all, "a-b-c"));
	assert_non_null(dialects_find(all, "a_b_c"));
	assert_null(dialects_find(all, "a_b"));
	assert_null(dialects_find(all, "a_b_cd"));
	assert_null(dialects_find(all, "a b c"));
	dialects_free(all);
	drop(&k);
}

static void
an_absent_file_and_an_empty_list_are_refused(void **state)
{
	struct kept k = fresh();

	(void)state;
	assert_null(dialects_read("/nonexistent/dialects.cfg", &k.f));
	assert_int_equal(k.f.errors, 1);
	assert_null(read_text(&k, "dialects = ();"));
	assert_non_null(find(&k, 1, "there must be at least one dialect"));
	assert_null(read_text(&k, "dialects = ( 5 );"));
	assert_non_null(find(&k, 1, "must be a group"));
	drop(&k);
}

/* ---- helpers */

static struct kept
fresh(void)
{
	struct kept k = { .arena = arena_new(), .path = "/tmp/dialectsXXXXXX" };
	int fd = mkstemp(k.path);

	assert_true(fd != -1);
	close(fd);
	findings_init(&k.f, k.arena);
	return k;
}

static struct dialects *
read_with(struct kept *k, int line, const char *instead)
{
	const char *text = "";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sound); i++)
		text = arena_printf(k->arena, "%s%s\n", text,
		    (int)i + 1 == line ? instead : sound[i]);
	return read_text(k, text);
}

static struct dialects *
read_text(struct kept *k, const char *text)
{
	FILE *out = fopen(k->path, "w");

	assert_non_null(out);
	fputs(text, out);
	fclose(out);
	return dialects_read(k->path, &k->f);
}

static const struct finding *
find(const struct kept *k, int line, const char *says)
{
	size_t i;

	for (i = 0; i < k->f.count; i++)
		if (k->f.list[i].line == line &&
		    strcmp(k->f.list[i].file, k->path) == 0 &&
		    strstr(k->f.list[i].says, says) != NULL)
			return &k->f.list[i];
	return NULL;
}

static void
drop(struct kept *k)
{
	unlink(k->path);
	arena_free(k->arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_dialect_passes),
		cmocka_unit_test(
		    a_dialect_that_writes_ucs2_alone_has_no_room_for_septets),
		cmocka_unit_test(a_broken_dialect_is_refused_at_its_line),
		cmocka_unit_test(a_fault_is_told_without_a_flood),
		cmocka_unit_test(several_faults_are_told_in_one_run),
		cmocka_unit_test(two_dialects_of_one_name_are_refused),
		cmocka_unit_test(a_dialect_is_found_with_the_hyphens_of_others),
		cmocka_unit_test(an_absent_file_and_an_empty_list_are_refused),
	};

	return cmocka_run_group_tests_name("dialects", tests, NULL, NULL);
}

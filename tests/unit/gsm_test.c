/*
 * GSM 03.38 against 3GPP TS 23.038: the alphabet is written out below from the
 * specification's tables 6.2.1 and 6.2.1.1, so that ICU too is under test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/gsm.h"
#include "base/text.h"

/* clang-format off */

/* An escape, octet 0x1b, stands here as U+0000. */
static const uint32_t plain[128] = {
	'@', 0xa3, '$', 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, '\n', 0xd8,
	0xf8, '\r', 0xc5, 0xe5, 0x394, '_', 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0,
	0x3a8, 0x3a3, 0x398, 0x39e, 0, 0xc6, 0xe6, 0xdf, 0xc9, ' ', '!', '"',
	'#', 0xa4, '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/', '0',
	'1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>',
	'?', 0xa1, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L',
	'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
	0xc4, 0xd6, 0xd1, 0xdc, 0xa7, 0xbf, 'a', 'b', 'c', 'd', 'e', 'f', 'g',
	'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
	'v', 'w', 'x', 'y', 'z', 0xe4, 0xf6, 0xf1, 0xfc, 0xe0,
};

static const struct {
	uint8_t last;
	uint32_t character;
} extension[] = {
	{ 0x14, '^' }, { 0x28, '{' }, { 0x29, '}' }, { 0x2f, '\\' },
	{ 0x3c, '[' }, { 0x3d, '~' }, { 0x3e, ']' }, { 0x40, '|' },
	{ 0x65, 0x20ac },
};

/* clang-format on */

static int
fresh_arena(void **state)
{
	*state = arena_new();
	return 0;
}

static int
free_arena(void **state)
{
	arena_free(*state);
	return 0;
}

static bool
in_alphabet(uint32_t character, uint8_t octets[2], size_t *len)
{
	size_t i;

	*len = 1;
	for (i = 0; i < ARRAY_SIZE(plain); i++)
		if (plain[i] == character && character != 0) {
			octets[0] = (uint8_t)i;
			return true;
		}
	*len = 2;
	octets[0] = 0x1b;
	for (i = 0; i < ARRAY_SIZE(extension); i++)
		if (extension[i].character == character) {
			octets[1] = extension[i].last;
			return true;
		}
	return false;
}

/* Every character there is, so that nothing else slips in. */
static void
the_alphabet_is_that_of_the_specification(void **state)
{
	uint8_t octets[2];
	uint32_t c;
	size_t len;
	int have;

	(void)state;
	for (c = 0; c <= 0x10ffff; c++) {
		have = in_alphabet(c, octets, &len) ? (int)len : 0;
		if (gsm_septets(c) != have)
			fail_msg("U+%04X has %d septets, not %d", c,
			    gsm_septets(c), have);
	}
}

static void
every_character_goes_out_and_comes_back(void **state)
{
	uint8_t octets[2], *encoded;
	char text[5] = "", *decoded;
	size_t len, out_len;
	uint32_t c;

	for (c = 1; c < 0x2100; c++) {
		if (!in_alphabet(c, octets, &len))
			continue;
		text[text_put(c, text)] = '\0';
		encoded = gsm_encode(*state, text, strlen(text), &out_len);
		assert_int_equal(out_len, len);
		assert_memory_equal(encoded, octets, len);
		decoded = gsm_decode(*state, encoded, out_len);
		assert_string_equal(decoded, text);
	}
}

static const struct {
	const char *text;
	size_t septets;
	size_t ucs2;
	bool in_alphabet;
} rooms[] = {
	{ "", 0, 0, true },
	{ "Karibu. Chagua lugha:\n1 Kiswahili\n2 English", 43, 43, true },
	{ "Bei ni TZS 1,200/=", 18, 18, true },
	{ "Bei ni \u20ac5 [punguzo]", 22, 19, true },
	{ "{}[]^~\\|", 16, 8, true },
	{ "na\u00efve", 0, 5, false },
	{ "\u201cNdiyo\u201d", 0, 7, false },
	{ "Sawa \U0001f44d", 0, 7, false },
	{ "`", 0, 1, false },
	{ "\t", 0, 1, false },
	{ "\f", 0, 1, false },
	{ "\u00ad\u200b", 0, 2, false },
	{ "a\xff\xc3z", 4, 4, true }, /* It will read a??z. */
};

static void
a_text_takes_the_room_it_takes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rooms); i++) {
		struct gsm_room room =
		    gsm_measure(rooms[i].text, strlen(rooms[i].text));

		assert_int_equal(room.in_alphabet, rooms[i].in_alphabet);
		assert_int_equal(room.ucs2, rooms[i].ucs2);
		if (room.in_alphabet)
			assert_int_equal(room.septets, rooms[i].septets);
	}
}

static void
what_is_measured_is_what_is_encoded(void **state)
{
	size_t i, len;

	for (i = 0; i < ARRAY_SIZE(rooms); i++) {
		const char *text = rooms[i].text;

		if (rooms[i].in_alphabet) {
			gsm_encode(*state, text, strlen(text), &len);
			assert_int_equal(len, rooms[i].septets);
		}
		gsm_to_utf16(*state, text, strlen(text), &len);
		assert_int_equal(len, 2 * rooms[i].ucs2);
	}
}

/* Octets here and below are written in hex. */
static const struct {
	const char *octets;
	const char *text;
} decodings[] = {
	{ "", "" },
	{ "00", "@" },
	{ "4a616d626f00", "Jambo@" },
	{ "1b65", "\u20ac" },
	{ "1b3c411b3e", "[A]" },
	{ "1b41", "A" },
	{ "1b0a", "\n" },
	{ "1b", " " },
	{ "411b", "A " },
	{ "1b1b41", " A" },
	{ "1b80", " \ufffd" },
	{ "41ff42", "A\ufffdB" },
};

static void
every_octet_decodes_to_something(void **state)
{
	uint8_t octets[16];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(decodings); i++) {
		size_t len = strlen(decodings[i].octets);

		assert_int_equal(
		    text_from_hex(decodings[i].octets, len, octets), 0);
		assert_string_equal(
		    gsm_decode(*state, octets, len / 2), decodings[i].text);
	}
}

static const struct {
	const char *octets;
	const char *text;
	bool both_ways;
} utf16[] = {
	{ "", "", true },
	{ "0041", "A", true },
	{ "20ac", "\u20ac", true },
	{ "0645", "\u0645", true },
	{ "d83ddc4d", "\U0001f44d", true },
	{ "dbffdfff", "\U0010ffff", true },
	{ "d83d", "\ufffd", false },
	{ "dc4d", "\ufffd", false },
	{ "d83d0041", "\ufffdA", false },
	{ "d83dd83ddc4d", "\ufffd\U0001f44d", false },
	{ "d83ddc", "\ufffd\ufffd", false },
	{ "004100", "A\ufffd", false },
	{ "00410000", "A", false },
};

static void
utf16_reads_whatever_the_peer_sends(void **state)
{
	uint8_t octets[16], *back;
	size_t i, back_len;

	for (i = 0; i < ARRAY_SIZE(utf16); i++) {
		const char *text = utf16[i].text;
		size_t len = strlen(utf16[i].octets);

		assert_int_equal(
		    text_from_hex(utf16[i].octets, len, octets), 0);
		assert_string_equal(
		    gsm_from_utf16(*state, octets, len / 2), text);
		if (!utf16[i].both_ways)
			continue;
		back = gsm_to_utf16(*state, text, strlen(text), &back_len);
		assert_int_equal(back_len, len / 2);
		assert_memory_equal(back, octets, back_len);
	}
}

static void
latin1_reads_as_utf8(void **state)
{
	static const uint8_t octets[] = { 'a', 0xe9, 0x00, 0xff };

	assert_string_equal(
	    gsm_from_latin1(*state, octets, sizeof(octets)), "a\u00e9\u00ff");
}

static const struct {
	const char *text;
	const char *kin;
	const char *clean; /* NULL when it is the text itself */
} kins[] = {
	{ "", "", NULL },
	{ "Lipa maji: 1,200/=", "Lipa maji: 1,200/=", NULL },
	{ "ng\u2019ombe \u201csita\u201d", "ng'ombe \"sita\"", NULL },
	{ "Dar \u2013 Arusha \u2026", "Dar - Arusha ...", NULL },
	{ "\u20ac5 [\u00e9\u00e0]", "\u20ac5 [\u00e9\u00e0]", NULL },
	{ "gar\u00e7on \u0153uf", "garcon oeuf", NULL },
	{ "e\u0301 m\u0300", "\u00e9 m", NULL },
	{ "`a`", "'a'", NULL },
	{ "\u2022 Moja", "- Moja", NULL },
	{ "a\u00a0b", "a b", NULL },
	{ "10\u2122 x\u00b2", "10TM x2", NULL },
	{ "Sawa \U0001f44d!", "Sawa ?!", NULL },
	{ "\u4e2d\u0645", "??", NULL },
	{ "a\u200bb\u200dc\ufeff", "abc", NULL },
	{ "a\tb\r\n\x1b\x7f\xc2\x85z", "ab\nz", "ab\nz" },
	{ "\u202etxt\u202c \u2067x\u2069\u200f", "txt x", "txt x" },
	{ "a\xff\xe2\x82z", "a???z", "a???z" },
	{ "\xed\xa0\x80", "???", "???" },
};

static void
strangers_become_their_nearest_kin(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kins); i++)
		assert_string_equal(gsm_transliterate(*state, kins[i].text,
					strlen(kins[i].text)),
		    kins[i].kin);
}

static void
a_clean_text_has_no_hidden_controls(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kins); i++)
		assert_string_equal(
		    gsm_clean(*state, kins[i].text, strlen(kins[i].text)),
		    kins[i].clean != NULL ? kins[i].clean : kins[i].text);
}

static void
any_character_transliterates_into_the_alphabet(void **state)
{
	struct gsm_room room;
	char text[5], *kin;
	uint32_t c;

	(void)state;
	for (c = 1; c <= 0x10ffff; c += c < 0x10000 ? 1 : 97) {
		struct arena *a;

		if (c >= 0xd800 && c < 0xe000)
			continue;
		a = arena_new();
		kin = gsm_transliterate(a, text, text_put(c, text));
		room = gsm_measure(kin, strlen(kin));
		if (!room.in_alphabet)
			fail_msg("U+%04X became %s", c, kin);
		arena_free(a);
	}
}

static void
a_text_outside_the_alphabet_is_encoded_with_question_marks(void **state)
{
	const char *text = "\U0001f44d a\xff`";
	size_t len;
	uint8_t *octets = gsm_encode(*state, text, strlen(text), &len);

	assert_int_equal(len, 5);
	assert_memory_equal(octets, "? a??", len);
}

int
main(void)
{
#define IN_ARENA(test) \
	cmocka_unit_test_setup_teardown(test, fresh_arena, free_arena)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_alphabet_is_that_of_the_specification),
		IN_ARENA(every_character_goes_out_and_comes_back),
		cmocka_unit_test(a_text_takes_the_room_it_takes),
		IN_ARENA(what_is_measured_is_what_is_encoded),
		IN_ARENA(every_octet_decodes_to_something),
		IN_ARENA(utf16_reads_whatever_the_peer_sends),
		IN_ARENA(latin1_reads_as_utf8),
		IN_ARENA(strangers_become_their_nearest_kin),
		IN_ARENA(a_clean_text_has_no_hidden_controls),
		cmocka_unit_test(
		    any_character_transliterates_into_the_alphabet),
		IN_ARENA(
		    a_text_outside_the_alphabet_is_encoded_with_question_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

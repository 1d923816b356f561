/*
 * Octets of any kind through every way in and out of an alphabet. What is
 * promised of the results must hold, whatever went in.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void read_as_octets(struct arena *a, const uint8_t *data, size_t len);
static void read_as_text(struct arena *a, const char *text, size_t len);
static void check_utf8(const char *text);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new();

	read_as_octets(a, data, len);
	read_as_text(a, (const char *)data, len);
	arena_free(a);
	return 0;
}

static void
read_as_octets(struct arena *a, const uint8_t *data, size_t len)
{
	check_utf8(gsm_decode(a, data, len));
	check_utf8(gsm_from_utf16(a, data, len));
	check_utf8(gsm_from_latin1(a, data, len));
}

static void
read_as_text(struct arena *a, const char *text, size_t len)
{
	struct gsm_room room = gsm_measure(text, len);
	char *kin = gsm_transliterate(a, text, len);
	size_t out_len;

	gsm_encode(a, text, len, &out_len);
	CHECK(!room.in_alphabet || out_len == room.septets);
	gsm_to_utf16(a, text, len, &out_len);
	CHECK(out_len == 2 * room.ucs2);
	CHECK(gsm_measure(kin, strlen(kin)).in_alphabet);
	check_utf8(kin);
	check_utf8(gsm_clean(a, text, len));
}

static void
check_utf8(const char *text)
{
	CHECK(text_is_utf8(text, strlen(text)));
}

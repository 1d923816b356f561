/*
 * ICU behind its wall. The alphabet is read from the converter's decoding
 * side, which maps 23.038's two tables and nothing else; its encoding side also
 * swallows invisible characters. Kin is found by one transliterator, made
 * when the first text needs it and kept as long as the process lives.
 */
#include <stdio.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/gsm_icu.h"

#define CONVERTER  "gsm-03.38-2009"
#define PAGE_BREAK 0x0a
#define SET_MAX    2048
#define RULES_MAX  (2 * SET_MAX + 256)

/* U+FDFA is 18 characters under NFKC; nothing grows more. */
#define GROWTH_MAX 18

static UChar sole_character(UConverter *c, const char *octets, int32_t len);
static UTransliterator *transliterator(const struct gsm_alphabet *alphabet);
static void strangers(const struct gsm_alphabet *alphabet, char set[SET_MAX]);
static size_t escape(const uint16_t table[GSM_SEPTETS], char *out);

void
gsm_icu_alphabet(struct gsm_alphabet *alphabet)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *c = ucnv_open(CONVERTER, &error);
	int i;

	/* An ICU without it is a broken build of ours, not of the world. */
	CHECK(U_SUCCESS(error));
	for (i = 0; i < GSM_SEPTETS; i++) {
		char octets[] = { GSM_ESCAPE, (char)i };

		alphabet->plain[i] = sole_character(c, octets + 1, 1);
		alphabet->extension[i] = sole_character(c, octets, 2);
	}
	ucnv_close(c);
	alphabet->plain[GSM_ESCAPE] = 0;
	/* No phone turns a page: 6.2.1.1 lets it be a line feed. */
	alphabet->extension[PAGE_BREAK] = 0;
}

/* An escape that means nothing reads as two characters, or as a space. */
static UChar
sole_character(UConverter *c, const char *octets, int32_t len)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar out[4];
	int32_t got;

	got = ucnv_toUChars(c, out, ARRAY_SIZE(out), octets, len, &error);
	CHECK(U_SUCCESS(error));
	return got == 1 && !(len == 2 && out[0] == ' ') ? out[0] : 0;
}

char *
gsm_icu_kin(struct arena *a, const struct gsm_alphabet *alphabet,
    const char *utf8, size_t len)
{
	int32_t room = (int32_t)len * GROWTH_MAX + 1, units, limit, octets;
	UErrorCode error = U_ZERO_ERROR;
	UChar *text = arena_array(a, (size_t)room, sizeof(*text));
	char *kin;

	u_strFromUTF8(text, room, &units, utf8, (int32_t)len, &error);
	limit = units;
	utrans_transUChars(
	    transliterator(alphabet), text, &units, room, 0, &limit, &error);
	kin = arena_alloc(a, (size_t)units * 3 + 1);
	u_strToUTF8(kin, units * 3 + 1, &octets, text, units, &error);
	CHECK(U_SUCCESS(error));
	return kin;
}

/*
 * Compose first, so that an accent in two pieces finds its letter; then only
 * strangers to the alphabet change. What remains unseen is dropped.
 */
static UTransliterator *
transliterator(const struct gsm_alphabet *alphabet)
{
	static UTransliterator *kept;
	char set[SET_MAX], rules[RULES_MAX];
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[RULES_MAX], name[8];

	if (kept != NULL)
		return kept;
	strangers(alphabet, set);
	snprintf(rules, sizeof(rules),
	    "::NFC; ::%s Latin-ASCII; '`' > \\'; \\u2022 > '-'; ::%s NFKC;"
	    " ::[[:Mn:][:Default_Ignorable_Code_Point:]] Remove;",
	    set, set);
	u_uastrcpy(wide, rules);
	u_uastrcpy(name, "kin");
	kept = utrans_openU(name, -1, UTRANS_FORWARD, wide, -1, NULL, &error);
	CHECK(U_SUCCESS(error));
	return kept;
}

/* What the alphabet lacks, as ICU writes a set of characters. */
static void
strangers(const struct gsm_alphabet *alphabet, char set[SET_MAX])
{
	size_t len = 2;

	memcpy(set, "[^", 2);
	len += escape(alphabet->plain, set + len);
	len += escape(alphabet->extension, set + len);
	memcpy(set + len, "]", 2);
}

static size_t
escape(const uint16_t table[GSM_SEPTETS], char *out)
{
	size_t len = 0;
	int i;

	for (i = 0; i < GSM_SEPTETS; i++)
		if (table[i] != 0)
			len += (size_t)sprintf(out + len, "\\u%04X", table[i]);
	return len;
}

/*
 * What base/gsm.c asks of ICU, and nobody else does: which characters the
 * alphabet has, and a text in the nearest characters of it.
 */
#ifndef BASE_GSM_ICU_H
#define BASE_GSM_ICU_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define GSM_SEPTETS 128
#define GSM_ESCAPE  0x1b

/* By septet, alone and after an escape; 0 where the table has no character. */
struct gsm_alphabet {
	uint16_t plain[GSM_SEPTETS];
	uint16_t extension[GSM_SEPTETS];
};

void gsm_icu_alphabet(struct gsm_alphabet *alphabet);

/*
 * Good UTF-8 in, good UTF-8 out. Characters of ALPHABET stay as they are; what
 * has no kin stays too, for the caller to replace.
 */
char *gsm_icu_kin(struct arena *a, const struct gsm_alphabet *alphabet,
    const char *utf8, size_t len);

#endif

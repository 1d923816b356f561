/*
 * The rooms behind config/dialects.c: each reads a part of a dialect's group,
 * and the last one proves the whole. Nobody else includes this.
 */
#ifndef CONFIG_DIALECT_PARSE_H
#define CONFIG_DIALECT_PARSE_H

#include "config/dialects.h"

/* One dialect on its way from a group of the file to a value. */
struct dialect_parse {
	struct findings *f;
	struct arena *arena; /* of all dialects; the value lives in it */
	struct dialect *d;
	const config_setting_t *group;
};

/* ---- dialect_parse.c: what the rooms share */

/* In the order of their enums, ended by NULL. */
extern const char *const dialect_event_words[];
extern const char *const dialect_action_words[];

void dialect_refuse(const struct dialect_parse *p,
    const config_setting_t *where, const char *format, ...) PRINTF_LIKE(3, 4);

/* Fills INTO from the group NAME, or from the fallbacks where there is none.
 * The group, or NULL. */
const config_setting_t *dialect_fill(const struct dialect_parse *p,
    const config_setting_t *above, const char *name,
    const struct schema_key *table, void *into);

bool dialect_has(const config_setting_t *group, const char *name);

/* A number that some standard writes in hex must be written so here: 17 that
 * was meant as 0x17 has been sent to operators for years. */
void dialect_wants_hex(const struct dialect_parse *p,
    const config_setting_t *group, const char *name);

/* The index of the TLV that GROUP's `tlv` names; -1, with a finding unless it
 * names none at all. */
int dialect_tlv_index(const struct dialect_parse *p,
    const config_setting_t *group, const char *name);

/* Whether LEN octets from OCTET on (1 is the first) are in that TLV. */
bool dialect_in_tlv(const struct dialect_parse *p,
    const config_setting_t *group, int tlv, int octet, int len);

/* "text", "destination", "subaddress", "field:115". */
bool dialect_place(const struct dialect_parse *p,
    const config_setting_t *where, const char *word,
    struct dialect_place *out);

/* Octets written in hex; -1 with a finding. */
MUST_USE int dialect_octets(const struct dialect_parse *p,
    const config_setting_t *group, const char *name, const char *hex,
    size_t len, uint8_t *out);

/* What was seen, by which a trace is told. */
void dialect_parse_seen(const struct dialect_parse *p);

/* ---- dialect_session.c: TLVs, match, the session key, the turn number */

void dialect_parse_tlvs(const struct dialect_parse *p);
void dialect_parse_match(const struct dialect_parse *p);
void dialect_parse_session(const struct dialect_parse *p);

/* ---- dialect_rules.c: what comes in */

void dialect_parse_inbound(const struct dialect_parse *p);

/* ---- dialect_actions.c: what goes out */

void dialect_parse_outbound(const struct dialect_parse *p);
void dialect_parse_wrap(const struct dialect_parse *p);

/* ---- dialect_proof.c: what only the whole shows */

void dialect_prove(const struct dialect_parse *p);

#endif

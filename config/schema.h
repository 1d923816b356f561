/*
 * The schema layer over libconfig: tables say which settings a group may
 * have, and every deviation becomes a finding with its file and line.
 *
 * libconfig itself is met only in this folder and in the menu parser. It
 * stops at the first syntax error; what parses is checked whole, so that one
 * run reports everything.
 */
#ifndef CONFIG_SCHEMA_H
#define CONFIG_SCHEMA_H

#include <libconfig.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/check.h"
#include "config/findings.h"

/* ---- findings */

/* As findings_add, at a libconfig setting's own place. */
void findings_at(struct findings *f, enum finding_grade grade, int check,
    const config_setting_t *where, const char *state, const char *format, ...)
    PRINTF_LIKE(6, 7);

/* ---- files */

enum file_result {
	FILE_READ,
	FILE_ABSENT,  /* a finding says so too */
	FILE_REFUSED, /* too large, not UTF-8, a BOM, a syntax error: findings say */
};

/*
 * The whole file as text (in the findings' arena), and parsed from that text,
 * so that what is hashed is what was read. An odd backslash, bad UTF-8, a
 * number that would wrap and @include are findings; the first and the third
 * still come with FILE_READ, so that the rest can be checked too: look at
 * `errors` before using anything. CFG is initialised in every case:
 * config_destroy it. config_setting_source_file tells NAME of every setting.
 */
MUST_USE enum file_result schema_read(struct findings *f, const char *path,
    config_t *cfg, char **source, size_t *source_len);

/* The same from a text that is already there; NAME stands in findings. */
MUST_USE enum file_result schema_parse(struct findings *f, const char *name,
    const char *source, size_t len, config_t *cfg);

/* The whole file as text, not looked into; freed with the findings' arena. */
MUST_USE enum file_result schema_load(
    struct findings *f, const char *path, char **text, size_t *len);

/* The same of a file that may have MOST octets. */
MUST_USE enum file_result schema_load_most(struct findings *f, const char *path,
    size_t most, char **text, size_t *len);

/* ---- tables */

enum schema_type {
	SCHEMA_TEXT,   /* const char *  */
	SCHEMA_NUMBER, /* int */
	SCHEMA_FLAG,   /* bool */
	SCHEMA_CHOICE, /* int: index into CHOICES */
	SCHEMA_NAMES,  /* const char *const *, ended by NULL: an array of text */
	SCHEMA_GROUP,  /* not stored: the caller goes down by itself */
	SCHEMA_LIST,   /* not stored: likewise */
	SCHEMA_SPAN,   /* int, seconds: 365d, 2h, 90s as text, or a number */
};

struct schema_key {
	const char *name;
	enum schema_type type;
	size_t at;	      /* offset in the struct that is filled */
	long long least;      /* number, span: range; text: octets; names: how */
	long long most;	      /* many; 0,0: any */
	const char *fallback; /* the bare value: 2775, true, 365d, a text
			       * without quotes, names with spaces between.
			       * NULL: mandatory unless OPTIONAL */
	const char *help;
	const char *const *choices;
	bool optional;	      /* stays zero when it is not there */
};

/*
 * Fills INTO from GROUP by TABLE (ended by a row without a name). Unknown
 * settings, wrong types and ranges are findings, with the nearest known name.
 * Returns false when any was an error. Strings are copied into ARENA.
 */
bool schema_fill(struct findings *f, struct arena *arena, int check,
    const config_setting_t *group, const struct schema_key *table, void *into);

/* The same where there is no group at all: fallbacks only. */
void schema_defaults(
    struct arena *arena, const struct schema_key *table, void *into);

/* Seconds of "365d", "2h", "15m", "90s" or "90"; -1 when TEXT is none. */
MUST_USE int schema_span(const char *text, long long *seconds);

#endif

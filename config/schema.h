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
#include <stdio.h>

#include "base/arena.h"
#include "base/check.h"

/* ---- findings */

enum finding_grade {
	FINDING_ERROR,
	FINDING_WARNING,
};

struct finding {
	enum finding_grade grade;
	const char *file;
	int line;	   /* 0: the file as a whole */
	int check;	   /* the check of the menu language it belongs to, or 0 */
	const char *state; /* the menu state it concerns, or NULL */
	const char *says;  /* one sentence that says how to mend it */
};

/* Grows in its arena; ordered by file and line when printed. */
struct findings {
	struct arena *arena;
	struct finding *list;
	size_t count;
	size_t room;
	size_t errors;
};

void findings_init(struct findings *f, struct arena *arena);
void findings_add(struct findings *f, enum finding_grade grade, int check,
    const char *file, int line, const char *state, const char *format, ...)
    PRINTF_LIKE(7, 8);

/* The same at a libconfig setting's own place. */
void findings_at(struct findings *f, enum finding_grade grade, int check,
    const config_setting_t *where, const char *state, const char *format, ...)
    PRINTF_LIKE(6, 7);

/* Sorts, and prints "file:line: error: ..." lines. */
void findings_print(struct findings *f, FILE *out);

/* ---- files */

enum file_result {
	FILE_READ,
	FILE_ABSENT,  /* a finding says so too */
	FILE_REFUSED, /* too large, not UTF-8, a BOM, a syntax error: findings say */
};

/*
 * The whole file as text, and parsed from that text, so that what is hashed
 * is what was read. An odd backslash, bad UTF-8 and @include (unless allowed)
 * are findings. CFG is initialised in every case: config_destroy it.
 */
MUST_USE enum file_result schema_read(struct findings *f, const char *path,
    config_t *cfg, char **source, size_t *source_len);

/* The same from a text that is already there; NAME stands in findings. */
MUST_USE enum file_result schema_parse(struct findings *f, const char *name,
    const char *source, size_t len, config_t *cfg);

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
	long long least;      /* number, span: range; text: lengths; 0,0: any */
	long long most;
	const char *fallback; /* as it would stand in a file; NULL: mandatory
			       * unless OPTIONAL */
	const char *help;
	const char *const *choices;
	bool optional;
};

/*
 * Fills INTO from GROUP by TABLE (ended by a row without a name). Unknown
 * settings, wrong types and ranges are findings, with the nearest known name.
 * Returns false when any was an error. Strings are copied into ARENA.
 */
bool schema_fill(struct findings *f, struct arena *arena, int check,
    const config_setting_t *group, const struct schema_key *table, void *into);

#endif

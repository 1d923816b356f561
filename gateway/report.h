/*
 * The answer to an order: what became of it, and its parts in the order in
 * which they were added, as text for people or as JSON for machines. Pure.
 */
#ifndef GATEWAY_REPORT_H
#define GATEWAY_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "config/findings.h"

#define REPORT_COLUMNS_MOST 10

enum report_code {
	REPORT_OK,
	REPORT_USAGE, /* no such verb, or not so */
	REPORT_BROKEN, /* a file has errors: its findings are a part */
	REPORT_ABSENT, /* there is no such thing */
	REPORT_DENIED, /* not by this user, or not without a second one */
	REPORT_MOVED, /* something else was done meanwhile: look again */
	REPORT_TROUBLE, /* Redis or something else is in trouble */
	REPORT_CODES,
};

enum report_kind {
	REPORT_SENTENCE,
	REPORT_TABLE,
	REPORT_TEXT,
	REPORT_FINDINGS,
};

struct report_row {
	const char **cells;
	struct report_row *next;
};

struct report_part {
	enum report_kind kind;
	const char *name; /* a table's or a text's: JSON's key */
	const char *text; /* sentence, text */
	struct findings *findings;
	const char *const *columns;
	size_t count; /* of columns */
	struct report_row *rows, **end;
	struct report_part *next;
};

struct report {
	struct arena *arena;
	enum report_code code;
	const char *problem; /* a sentence, unless it is OK */
	struct report_part *parts, **end;
	struct report_part *table; /* which rows are added to */
};

/* Nothing yet, and all is well. */
struct report *report_new(struct arena *a);

/* It is not well; what was said last stands. */
void report_problem(struct report *r, enum report_code code, const char *format,
    ...) PRINTF_LIKE(3, 4);

void report_says(struct report *r, const char *format, ...) PRINTF_LIKE(2, 3);

/* COLUMNS is ended by NULL and outlives the report. A name that ends in #
 * is a column of whole numbers. */
void report_table(
    struct report *r, const char *name, const char *const *columns);

/* A cell for each column, copied; "" where there is none. */
void report_row(struct report *r, const char *const *cells);

void report_text(struct report *r, const char *name, const char *text);
void report_findings(struct report *r, const struct findings *f);

/* For people, and for machines; both in the report's arena. The problem
 * stands last in the one and first in the other. */
char *report_print(const struct report *r, size_t *len);
char *document_report(const struct report *r, size_t *len);

/* "ok", "denied"; and how a command ends that was answered so. */
const char *report_code_name(enum report_code code);
int report_exit(const char *code_name);

#endif

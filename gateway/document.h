/*
 * JSON, in and out. jansson stays behind this wall.
 */
#ifndef GATEWAY_DOCUMENT_H
#define GATEWAY_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "gateway/check_report.h"
#include "gateway/explain.h"
#include "menus/difference.h"
#include "menus/graph.h"
#include "menus/sizes.h"

enum document_result {
	DOCUMENT_TAKEN,
	DOCUMENT_BROKEN, /* no JSON object, or one with a name twice */
	DOCUMENT_LACKS, /* a path leads to nothing, or to null */
};

/*
 * What each of TAKES finds in TEXT, as clean text in VALUES: a number as JSON
 * wrote it (an integer without a point), true, false, or rows packed as
 * menus/rows.h says. A row that lacks a column is left out. VALUES is filled
 * for DOCUMENT_TAKEN only.
 */
MUST_USE enum document_result document_take(struct arena *a, const char *text,
    size_t len, const struct take *takes, size_t count, const char **values);

/* {"name":"value",...}; every value becomes a JSON string. */
char *document_object(struct arena *a, const char *const *names,
    const char *const *values, size_t count);

/* An object in which each of TAKES finds its value, of the variables VARS.
 * VALUES as they are typed; rows one a line, their cells parted by commas. */
const char *document_example(struct arena *a, const struct take *takes,
    const struct variable *vars, size_t count, const char *const *values);

/* What an object is made of; TEXT is NULL for a JSON null. */
enum document_kind {
	DOCUMENT_TEXT,
	DOCUMENT_NUMBER,
	DOCUMENT_FLAG,
	DOCUMENT_JSON, /* TEXT is JSON of ours */
};
struct document_member {
	const char *name;
	enum document_kind kind;
	const char *text;
	int64_t number;
};
const char *document_write(
    struct arena *a, const struct document_member *members, size_t count);

/* An application's answer as the names and values of app_take (menus/app.h);
 * NULL, and a word for the log in WHY, when it is none. */
const char *const *document_turn(
    struct arena *a, const char *text, size_t len, const char **why);

/* As one object: findings, coverage and summary. mlango(1) tells its members.
 */
void document_check(const struct check_report *r, FILE *out);

/* What changed, in its order, as an array of objects: kind, how, institution,
 * subject, what, lang, was, is, now, line, message. */
void document_difference(
    struct arena *a, const struct difference *d, FILE *out);

/* As an array of objects: institution, state, line, lang, channel, percent,
 * takes, budget, unit, pages or parts, because, widths. */
void document_sizes(
    const struct catalogue *c, const struct sizes *sizes, FILE *out);

/* A PDU of a trace in a line: the members that `means` has in
 * tests/vectors/smpp.json; of USSD also which dialects it fits, and why not
 * the others. */
const char *document_explained(
    const struct dialects *all, const struct explained *e, struct arena *a);

#endif

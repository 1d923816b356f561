/*
 * What a run of mlango check has to tell: for people line by line, for editors
 * as one object (gateway/document.h).
 */
#ifndef GATEWAY_CHECK_REPORT_H
#define GATEWAY_CHECK_REPORT_H

#include <stdio.h>

#include "menus/prove.h"

/* Menus that were proved to the end. */
struct check_proved {
	struct catalogue *c;
	const struct graph *one; /* of an institution's file; NULL: all */
	const struct prove *prove;
	const struct coverage *coverage;
};

struct check_report {
	struct findings *findings;
	const struct check_proved *proved;
	size_t proved_count;
	size_t files;
	bool coverage; /* what no talk came by is listed */
};

/* An institution and what its talks came by. */
struct check_covered {
	const struct graph *graph;
	const struct coverage *coverage;
	struct covered sum;
	size_t failed; /* talks */
};

/* The Nth institution of all that were proved; false behind the last. */
bool check_report_covered(
    const struct check_report *r, size_t n, struct check_covered *out);

/* The findings, and for each institution with talks a line of its coverage. */
void check_report_print(const struct check_report *r, FILE *out);

/* One institution's line, with BEFORE in front of it; and with UNVISITED one
 * more for each edge that no talk came by. */
void check_report_talks(struct arena *a, const struct check_covered *covered,
    const char *before, bool unvisited, FILE *out);

/* "5 files, 0 errors, 2 warnings" */
void check_report_sum(const struct check_report *r, FILE *out);

#endif

/*
 * What is wrong with the files an operator or an institution wrote, each
 * with its place, gathered until all of it can be said at once.
 */
#ifndef CONFIG_FINDINGS_H
#define CONFIG_FINDINGS_H

#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/check.h"

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

/* FILE, STATE and the sentence are copied. */
void findings_add(struct findings *f, enum finding_grade grade, int check,
    const char *file, int line, const char *state, const char *format, ...)
    PRINTF_LIKE(7, 8);
void findings_addv(struct findings *f, enum finding_grade grade, int check,
    const char *file, int line, const char *state, const char *format,
    va_list args) PRINTF_LIKE(7, 0);

/* The same again, for findings that live longer. */
void findings_copy(struct findings *f, const struct finding *from);

/* By file, then by line; what was found first stays first. */
void findings_sort(struct findings *f);

/* Sorts, and prints "file:line: error: ..." lines; a finding about a state
 * has its name before the sentence. */
void findings_print(struct findings *f, FILE *out);

/* One such line, without its end. */
char *finding_text(struct arena *a, const struct finding *one);

/* "error", "warning". */
const char *finding_grade_name(enum finding_grade grade);

#endif

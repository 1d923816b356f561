/*
 * The author of a menu, at a terminal or at the other end of a pipe.
 */
#ifndef SIMULATOR_AUTHOR_H
#define SIMULATOR_AUTHOR_H

#include <stdbool.h>
#include <stdio.h>

#include "menus/graph.h"

struct author {
	FILE *in, *out;
	bool terminal; /* else what is read is told again, as a terminal does */
	bool unicode;
	char *line; /* what was typed last; the owner's to free */
	size_t room;
};

/* What is typed behind PROMPT, until the next is; NULL at the end. */
const char *author_types(struct author *who, const char *prompt);

/* As a phone shows it, and how much of its room it takes. */
void author_sees_screen(const struct author *who, const struct limits *limits,
    const char *text, bool last);
void author_sees_sms(const struct author *who, const char *text);

#endif

/*
 * Words that no institution can have: by SMS they are said to the gateway
 * itself, about the citizen's own data.
 */
#ifndef MENUS_RESERVED_H
#define MENUS_RESERVED_H

#include "menus/graph.h"

enum reserved_word {
	RESERVED_NONE,
	RESERVED_FORGET, /* FUTA */
	RESERVED_TELL,	 /* TAARIFA ZANGU */
	RESERVED_YES,	 /* NDIYO: only after FUTA */
};

/* What TEXT is, folded as keywords are; a message that says more is none. */
enum reserved_word reserved_find(const struct catalogue *c, const char *text);

#endif

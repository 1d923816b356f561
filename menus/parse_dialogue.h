/*
 * Dialogues as they are read: states of their own, which are copied into the
 * graph for every `sub` that runs them (menus/expand.c).
 *
 * While a dialogue is read, the parser's states are the dialogue's, and a
 * target `return known` is a number past all states: RETURNS and the place of
 * `known` among what it gives.
 */
#ifndef MENUS_PARSE_DIALOGUE_H
#define MENUS_PARSE_DIALOGUE_H

#include "menus/parse.h"

#define RETURNS   0xf000 /* STATES_MAX is far below */
#define GIVES_MAX 16

/* What a state of the kind `sub` runs, and where it goes on from there. */
struct use {
	struct dialogue *dialogue; /* NULL: the state is no sub */
	const struct target *returns; /* one for each outcome */
};

struct dialogue {
	const char *name;
	const char *begins_at; /* as written; NULL when that was wrong */
	const char *const *gives; /* its outcomes, ended by NULL */
	size_t give_count; /* 0: they were wrong, which was found */
	struct names names;
	struct state *states;
	struct use *uses; /* one for each state */
	uint16_t start;
	const config_setting_t *where;
	bool used;
};

/* The states of the graph, with those of its dialogues copied in. To be done
 * when all has been read, and without an error. */
void parse_expand(struct parser *p);

/* The place of NAME in an array ended by NULL; its length when it is not
 * there. */
size_t dialogue_outcome(const struct dialogue *d, const char *name);

#endif

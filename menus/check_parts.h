/*
 * The proof, inside: what the files of its checks share.
 */
#ifndef MENUS_CHECK_PARTS_H
#define MENUS_CHECK_PARTS_H

#include "menus/check.h"
#include "menus/session.h"
#include "menus/ways.h"

struct proof {
	const struct catalogue *c;
	const struct graph *g;
	struct findings *findings;
	struct arena *arena; /* gone when the graph is proved */
	const struct ways *ways;
};

/* ST: the state that it concerns, or NULL. */
void proof_wrong(const struct proof *p, enum check check, int line,
    const struct state *st, const char *format, ...) PRINTF_LIKE(5, 6);
void proof_doubt(const struct proof *p, enum check check, int line,
    const struct state *st, const char *format, ...) PRINTF_LIKE(5, 6);

/* The texts of a state, in the order in which they are read; NULL behind the
 * last. */
const struct words *proof_text(const struct state *st, size_t n);

/* The sentences that belong to no state: the institution's title, or the
 * catalogue's own. */
const struct words *proof_sentence(const struct proof *p, size_t n);

/* Can citizens meet the state there? What nobody comes to is proved for
 * screens. */
bool proof_is_seen(
    const struct ways *w, uint16_t state, enum channel channel);

/* What takes its screen out of the alphabet: a character, "'Ж'", or a value. */
const char *proof_stranger(
    struct arena *a, const struct state *st, uint8_t lang);

/* The variables in a text, in one language or in all. */
uint64_t proof_template_vars(const struct template *t);
uint64_t proof_vars(const struct catalogue *c, const struct words *w);

/* What is wrong with the times of a call; NULL when nothing is. DOUBTFUL: it
 * is no error. */
const char *check_call_times(struct arena *a, const struct limits *l,
    const struct api *api, bool later, bool *doubtful);

/* NAMES are sorted and ended by NULL. */
bool check_is_named(const char *const *names, const char *name);

/* ---- the checks, in the order of their numbers */

void check_paths(const struct proof *p); /* 2 */
void check_texts(const struct proof *p); /* 3 */
void check_values(const struct proof *p); /* 4 */
void check_screens(const struct proof *p); /* 5 */
void check_offers(const struct proof *p); /* 5 */
void check_answers(const struct proof *p); /* 7 */
void check_calls(const struct proof *p); /* 8 */
void check_apps(const struct proof *p); /* 5, 8 */
void check_secrets(const struct proof *p); /* 8 */
void check_lengths(const struct proof *p); /* 9 */
void check_examples(const struct proof *p); /* 10 */

#endif

/*
 * Talks: the dialogues scripted in an institution's file, played against its
 * menu with canned answers of its services.
 *
 *	"> 1"		the citizen sends 1
 *	"> *152*00#"	and dials again, be a dialogue open or not
 *	"< Asante"	what was shown last contains this, or else an SMS that
 *			has come since something was sent
 *	"+ 5m"		so much time passes: a dialogue dies of it, and
 *			answers come that took so long
 *
 * A talk that dials begins by USSD, one with a text by SMS.
 */
#ifndef MENUS_TALK_H
#define MENUS_TALK_H

#include <stdbool.h>
#include <stddef.h>

#include "config/findings.h"
#include "menus/coverage.h"
#include "menus/graph.h"

/*
 * The answer of API as CANNED has it, which did answer: with a status, and
 * perhaps a body in a file beside G's own. It means what it would mean in
 * earnest; VALUES has one text for each take for OUTCOME_OK, and lives in A.
 * WHY is set when the file cannot be read, which fails the talk.
 */
typedef enum outcome talk_answer(void *arg, struct arena *a,
    const struct graph *g, const struct api *api, const struct canned *canned,
    const char *const **values, const char **why);

/* One line of a dialogue as it happens: '>' what is sent, '<' a screen, '$' the
 * last one, '@' an SMS, '=' a call that is made, '+' time that passes. */
typedef void talk_line(void *arg, char kind, const char *text);

/* API is asked at M, a CALL or an APP, and called NAME in talks; OWNER is whose
 * it is. Nothing of this outlives the call but what the catalogue has. */
struct talk_wanted {
	const char *name;
	const struct api *api;
	const struct graph *owner;
	const struct move *move;
	const struct facts *facts;
};
typedef void talk_want(void *arg, const struct talk_wanted *wanted);

struct talk_world {
	talk_answer *answer;
	/* Told what is asked of which the talk has no answer left, at which it
	 * fails. NULL: that is a finding, and the last answer goes on. */
	talk_want *want;
	talk_line *line; /* or NULL */
	void *arg;
	struct coverage *coverage; /* what is played is added; or NULL */
};

/* How long LINE, "+ 5m", lets pass; false when it does not say so. */
bool talk_span(const char *line, int64_t *ms);

/* "200 file.json after 30s", of which all but the status may be left out;
 * "slow" or "never". False when TEXT is none of them. */
bool talk_given(struct arena *a, const char *text, struct canned *out);

/* Plays T of G, an institution of C. What differs is a finding at T's line,
 * with what was really shown; false then. */
bool talk_play(const struct catalogue *c, const struct graph *g,
    const struct talk *t, const struct talk_world *world, struct findings *f);

#endif

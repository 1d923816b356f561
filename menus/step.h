/*
 * One step of a dialogue: (catalogue, session, input) -> (session, screen),
 * or (session, call). Pure: no clock, no store, no log. What comes back is
 * what the citizen will see, already within the budget.
 */
#ifndef MENUS_STEP_H
#define MENUS_STEP_H

#include "base/arena.h"
#include "menus/graph.h"
#include "menus/session.h"

#define STEP_MESSAGES_MAX 3

/* What a step may know of the world; texts are shown as they stand, but for the
 * date, which is shown as any date is: DD-MM-YYYY. */
struct facts {
	const char *msisdn;
	const char *operator_name;
	const char *code;	/* "*152*00#" or "15200" */
	const char *date;	/* YYYY-MM-DD, local */
	const char *time;	/* HH:MM, local */
	int septets, ucs2;	/* the screen's budget on this link */
};

enum move_kind {
	MOVE_SHOW, /* a screen, and the citizen may answer */
	MOVE_END,  /* a last screen */
	MOVE_CALL, /* ask the service, then step_outcome */
	MOVE_APP,  /* ask the application, then step_app (menus/app.h) */
	MOVE_PROFILE, /* look into the citizen's profile, then step_profile */
	MOVE_FORGET, /* erase all about the number; SCREEN says so then */
	MOVE_TELL, /* look for what is held about it, then step_tell */
	MOVE_ANEW, /* what was dropped is not wanted: step_begin, on the menus
		    * of today */
};

/* What the step made of the input, for the figures. */
enum reading {
	READING_TAKEN,
	READING_WRONG, /* shown again with an error */
	READING_NAV,
};

/* An edge that was followed, and the one before it. */
struct hop {
	const struct target *followed;
	const struct hop *before;
};

/* A value of a citizen's profile, or that it is not to be kept: then "". */
struct known {
	const char *institution, *name, *value;
	enum consent consent; /* NO, YES or SHARED */
	int64_t until_ms; /* wall clock; to be kept: so long from now */
	const char *until; /* YYYY-MM-DD, local; not of what is to be kept */
};

struct profile {
	const struct known *list;
	size_t count;
};

struct move {
	enum move_kind kind;
	enum reading reading;
	struct session session; /* to be committed */
	const char *screen;	/* SHOW, END: UTF-8 within the budget. By SMS:
				 * the message; NULL when nothing is to be said */
	const char *sms;	/* END by USSD: an SMS to send too, or NULL */
	const struct known *keeps; /* to be committed with it, or NULL */
	const struct graph *graph; /* CALL, APP: whose state */
	const struct state *state;
	const struct hop *trail; /* the last edge first; see menus/coverage.h */

	/* An application's messages to the citizen; by USSD only. */
	const char *messages[STEP_MESSAGES_MAX];
	size_t message_count;
	/* A visit that is over with this move, by the application's own word
	 * or, where it FAILED, without one. */
	const struct visit *left;
	const struct graph *left_graph;
	const struct state *left_state;
	bool left_failed;
	/* END: the state plans a call, which takes its values from SESSION. */
	const struct reminder *reminder;
};

/* DIALLED as it came: "*152*00#", or with answers dialled through. Each of
 * these is played as if typed, until one is wrong, or the next would be a
 * secret or lead to a call that is made only once; the rest is dropped then.
 * A code that the catalogue lacks hears `sorry`. */
struct move step_begin(const struct catalogue *c, const struct facts *facts,
    uint8_t lang, const char *dialled, struct arena *a);

/* A dialogue that was dropped, where session_may_resume: the question whether
 * to go on with it. The answer is an input like any other. */
struct move step_dropped(const struct catalogue *c, const struct facts *facts,
    const struct session *s, struct arena *a);

/* By SMS an input that is a keyword begins anew. A menu or a list may be
 * answered wrongly without end, since the session's time limits that; an ask
 * goes to its `fail`. */
struct move step_input(const struct catalogue *c, const struct facts *facts,
    const struct session *s, const char *input, struct arena *a);

/* M with the citizen's profile, of all institutions, as far as it has not
 * expired: the ask where it stands offers what is known, if its variable's rule
 * allows that. */
struct move step_profile(const struct catalogue *c, const struct facts *facts,
    const struct move *m, const struct profile *profile, struct arena *a);

/* M with what is held about the citizen: PROFILE, and MESSAGES of the last 7
 * days. */
struct move step_tell(const struct catalogue *c, const struct facts *facts,
    const struct move *m, const struct profile *profile, size_t messages,
    struct arena *a);

/*
 * The service answered. VALUES holds, for OUTCOME_OK, one value for each of
 * the api's takes, in order, already as text; they are cleaned and cut here. A
 * value that is not of its variable's type, or that is too wide and may not be
 * cut, makes the outcome OUTCOME_FAIL: the proof of the screens stands on it.
 * Secrets are forgotten. After a call made `once` there is no way back. For an
 * outcome that comes `later`, S is the session with its channel set to SMS.
 */
struct move step_outcome(const struct catalogue *c, const struct facts *facts,
    const struct session *s, enum outcome outcome, const char *const *values,
    struct arena *a);

/*
 * An SMS that begins a dialogue. A word that nobody has is answered with the
 * nearest known one, an argument that its rule refuses with what was wrong and
 * how to write it; both end.
 */
bool step_is_keyword(const struct catalogue *c, const char *text);
struct move step_keyword(const struct catalogue *c, const struct facts *facts,
    uint8_t lang, const char *text, struct arena *a);

/* The URL or a JSON member of a call, with values put in. ENCODE: percent. */
char *step_render(struct arena *a, const struct catalogue *c,
    const struct facts *facts, const struct session *s,
    const struct template *t, bool encode);

/* A text of the catalogue itself, such as `sorry`, in the session's language. */
const char *step_words(struct arena *a, const struct catalogue *c,
    const struct facts *facts, uint8_t lang, const struct words *w);

#endif

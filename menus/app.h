/*
 * What an application answers, as a value, and what becomes of a visit: the
 * application's part of a step. See menus/step.h.
 */
#ifndef MENUS_APP_H
#define MENUS_APP_H

#include "menus/step.h"

enum app_action {
	APP_PROMPT, /* the citizen may answer */
	APP_END, /* its last word */
	APP_MENU, /* back to where it was called from */
};

/* A text by the languages of the catalogue. NULL in one of them: another is
 * shown, the first there is. */
struct app_text {
	const char *in[LANGS_MAX];
};

struct app_answer {
	enum app_action action;
	struct app_text text; /* may be there or not with APP_MENU */
	bool has_data; /* else what it has kept stays */
	const char *data; /* JSON, or NULL: it keeps nothing */
	struct app_text messages[STEP_MESSAGES_MAX];
	size_t message_count;
};

/*
 * The application answered to the MOVE_APP that S was committed with; NULL: it
 * did not, or it said what could not be understood. Its text is shown as it
 * stands, whatever is in it: cleaned, cut to limits.pages, never a template.
 */
struct move step_app(const struct catalogue *c, const struct facts *facts,
    const struct session *s, const struct app_answer *answer, struct arena *a);

/*
 * An answer as names and values one after another, ended by NULL:
 *
 *	action  prompt, end or menu
 *	data    what it keeps, as JSON; "" for nothing
 *	text    to be shown; text:sw in that language only
 *	message begins an SMS: texts from here on are its own
 *
 * False when it has no action that there is, or too many messages.
 */
bool app_take(const struct catalogue *c, const char *const *values,
    struct app_answer *out);

/* The application of a session that stands in one; else NULL. */
const struct app *app_of(const struct catalogue *c, const struct session *s);

#endif

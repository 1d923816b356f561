/*
 * An institution's own application, on the wire: what it is told, and how its
 * answer is read, in either of the languages that it may speak. Pure.
 *
 * Natively a turn is a JSON object, and so is its answer. By the Africa's
 * Talking convention it is a form, answered by plain text that begins with CON
 * or END; the end of a session is a form of another kind, to another address.
 */
#ifndef GATEWAY_APP_H
#define GATEWAY_APP_H

#include "base/arena.h"
#include "menus/app.h"

enum app_event {
	APP_STARTS,
	APP_INPUT,
	APP_TIMES_OUT, /* the citizen walked away */
	APP_ABORTS, /* hung up, dialled anew; or its answer was none */
	APP_IS_OVER, /* by its own word */
};

struct app_told {
	enum app_event event;
	const struct app *app;
	const struct visit *visit;
	const char *state; /* its name */
	const char *msisdn, *code, *operator_name, *lang;
	int deadline_ms;
	const char *failed; /* ABORTS: why there was no answer; or NULL */
	int64_t at_ms; /* wall clock */
};

/* The body of a turn, or of a session's end. */
const char *app_write(struct arena *a, const struct app_told *told);

/* Its Content-Type. */
const char *app_content(enum api_speech speech);

/*
 * An answer as the values that app_take understands; NULL, and WHY, when it is
 * none. Texts are as they came.
 */
const char *const *app_read(struct arena *a, enum api_speech speech,
    const char *body, size_t len, const char **why);

#endif

/*
 * What an institution's answer means for the menu: a status and a body become
 * an outcome with its values. The same for a real answer and for the canned
 * ones of a talk.
 */
#ifndef GATEWAY_ANSWER_H
#define GATEWAY_ANSWER_H

#include <stddef.h>

#include "base/arena.h"
#include "menus/graph.h"

struct answer {
	enum outcome outcome;
	const char *const *values; /* one per take for OUTCOME_OK, else NULL;
				    * of an application as app_take wants */
	const char *why;	   /* a word for the log: "ok", "status-500" */
	bool healthy; /* the institution is at work, whatever it said */
};

/*
 * 2xx with every take path is OK; 404 and 410 MISSING; anything else FAIL. A
 * body is not looked at where the api takes nothing from it.
 */
struct answer answer_read(struct arena *a, const struct api *api, int status,
    const char *body, size_t len);

#endif

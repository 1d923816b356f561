/*
 * A visit: a citizen in an institution's own application, from its first
 * request to its last word. It belongs to a session and is stored with it.
 */
#ifndef MENUS_VISIT_H
#define MENUS_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/pack.h"

/* Octets: with these a session in an app takes 5 KB at most. */
#define VISIT_INPUTS_MAX 400
#define VISIT_DATA_MAX   1024
#define VISIT_TEXT_MAX   2400

struct visit {
	/* Who plays it gives it an id and its begin: the engine knows neither
	 * chance nor time. NULL and 0 until then. */
	const char *id;
	int64_t begun_ms; /* wall clock */

	uint32_t turn; /* requests so far, the open one among them */
	bool ended; /* it has said its last word, which is being read */

	/* Of the convention, all that was dialled through and answered, joined
	 * by *; natively only the open request's. "" when there is none. */
	const char *inputs;
	const char *data; /* the application's own, as JSON; NULL: none */
	const char *text; /* said last, as it is shown; "" while nothing was */
};

/* NULL: of a session that ended before its app was asked. */
void visit_pack(struct pack *p, const struct visit *v);

/* NULL when the octets hold none: U is bad then. */
const struct visit *visit_unpack(struct unpack *u);

const struct visit *visit_copy(struct arena *a, const struct visit *v);

#endif

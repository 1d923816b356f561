/*
 * Canned answers: the files beside an institution's own that its talks take
 * for the answers of its services. A talk_answer of menus/talk.h.
 */
#ifndef GATEWAY_CANNED_H
#define GATEWAY_CANNED_H

#include "gateway/order.h"
#include "menus/talk.h"

/* Files that came along instead. */
struct canned_files {
	const struct order_file *list;
	size_t count;
};

/* ARG is NULL, or the struct canned_files to look in. */

enum outcome canned_answer(void *arg, struct arena *a, const struct graph *g,
    const struct api *api, const struct canned *canned,
    const char *const **values, const char **why);

#endif

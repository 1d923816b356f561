/*
 * A catalogue that is built while turns are played: one file, or one
 * institution, in each round of the loop.
 */
#ifndef GATEWAY_MAKING_H
#define GATEWAY_MAKING_H

#include "config/findings.h"
#include "menus/catalogue.h"

struct event_base;
struct making;

/* What to make it of; all of it stays with the caller until it is done. A
 * source without a text is a file, which is read when its turn comes. */
struct making_plan {
	struct source menus;
	const struct source *institutions; /* NULL: all files of the folder
					    * that the menus file names */
	size_t count;
	int septets, ucs2; /* as for builder_new */
	const struct catalogue *like; /* what did not change is taken over */
	bool stand_in; /* from LIKE, for each that has an error */
	bool prove; /* against menus.lock and by their talks, as `mlango
		     * check` does; see menus/prove.h */
};

struct made {
	struct catalogue *catalogue; /* the hearer's; NULL when the menus file
				      * or its folder cannot be used */
	struct findings *findings; /* as long as the call */
	const struct source *institutions; /* all, good or bad; likewise */
	size_t count;
	size_t compiled, unchanged, stood_in, left_out;
	int64_t longest_us; /* that turns had to wait for one step */
};

/* Never before making_start has returned. */
typedef void making_done(void *arg, const struct made *made);
struct making *making_start(struct event_base *base,
    const struct making_plan *plan, making_done *done, void *arg);
/* Not done yet: nobody will hear of it. */
void making_cancel(struct making *m);

#endif

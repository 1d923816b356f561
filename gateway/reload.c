/*
 * Reloading the menus.
 *
 *	files -> making -> the current catalogue
 *
 * An institution with an error goes on as it is live now; with an error in the
 * menus file all of it does.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/catalogues.h"
#include "gateway/gateway.h"
#include "gateway/making.h"
#include "gateway/publishing.h"
#include "gateway/reload.h"

#define LINES_MAX 100 /* of findings in the log */

struct reload {
	struct gateway *gateway;
	struct making *making; /* NULL: nothing is going on */
	const struct catalogue *like; /* held meanwhile */
	bool again;
	int64_t begun_ms;
};

static void start(struct reload *r);
static void done(void *arg, const struct made *made);
static void tell_findings(struct findings *f);
static void take(struct reload *r, const struct made *made);
static void tell(
    const struct reload *r, const struct made *made, const char *what);

struct reload *
reload_new(struct gateway *g)
{
	struct reload *r = calloc(1, sizeof(*r));

	CHECK(r != NULL);
	r->gateway = g;
	return r;
}

void
reload_free(struct reload *r)
{
	if (r->making != NULL) {
		making_cancel(r->making);
		catalogues_release(r->gateway->catalogues, r->like);
	}
	free(r);
}

void
reload_ask(struct reload *r)
{
	if (r->gateway->stopping)
		return;
	if (r->gateway->settings->publishing == PUBLISHING_APPROVED) {
		log_line(LOG_LEVEL_WARNING, "menus",
		    "not reloaded: what is live was approved, not read from "
		    "files; use mlango ctl submit");
		return;
	}
	if (r->making != NULL)
		r->again = true;
	else
		start(r);
}

static void
start(struct reload *r)
{
	const struct settings *settings = r->gateway->settings;
	struct catalogues *all = r->gateway->catalogues;
	struct making_plan plan = { .menus = { .name = settings->menus },
		.stand_in = true,
		.prove = true };

	settings_screen(settings, &plan.septets, &plan.ucs2);
	r->like = plan.like = catalogues_current(all);
	catalogues_hold(all, r->like);
	r->again = false;
	r->begun_ms = clock_steady_ms();
	r->making = making_start(r->gateway->base, &plan, done, r);
}

static void
done(void *arg, const struct made *made)
{
	struct reload *r = arg;

	r->making = NULL;
	tell_findings(made->findings);
	take(r, made);
	catalogues_release(r->gateway->catalogues, r->like);
	if (r->again && !r->gateway->stopping)
		start(r);
}

static void
tell_findings(struct findings *f)
{
	size_t i;

	findings_sort(f);
	for (i = 0; i < f->count && i < LINES_MAX; i++)
		log_line(f->list[i].grade == FINDING_ERROR ? LOG_LEVEL_ERROR
							   : LOG_LEVEL_WARNING,
		    "menus", "%s", finding_text(f->arena, &f->list[i]));
	if (f->count > LINES_MAX)
		log_line(LOG_LEVEL_WARNING, "menus",
		    "mlango check tells the rest findings=%zu", f->count);
}

static void
take(struct reload *r, const struct made *made)
{
	struct catalogues *all = r->gateway->catalogues;

	if (made->catalogue == NULL) {
		log_line(LOG_LEVEL_ERROR, "menus",
		    "not reloaded: all menus stay as they are");
	} else if (digest_equal(&made->catalogue->hash,
		       &catalogues_current(all)->hash)) {
		catalogue_free(made->catalogue);
		publishing_files(r->gateway->publishing,
		    catalogues_current(all), NULL, made->institutions,
		    made->count);
		tell(r, made, "nothing changed");
	} else {
		catalogues_adopt(all, made->catalogue);
		publishing_files(r->gateway->publishing, made->catalogue,
		    r->like, made->institutions, made->count);
		tell(r, made, "new sessions begin on the new menus");
	}
}

static void
tell(const struct reload *r, const struct made *made, const char *what)
{
	log_line(LOG_LEVEL_NOTICE, "menus",
	    "reloaded: %s; other settings are read by the next start "
	    "compiled=%zu unchanged=%zu kept=%zu left_out=%zu ms=%" PRId64
	    " longest_us=%" PRId64,
	    what, made->compiled, made->unchanged, made->stood_in,
	    made->left_out, clock_steady_ms() - r->begun_ms, made->longest_us);
}

/*
 * The verbs that tell of menus.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "config/settings.h"
#include "gateway/catalogues.h"
#include "gateway/gateway.h"
#include "gateway/publishing.h"
#include "gateway/reload.h"
#include "gateway/report.h"
#include "gateway/verbs_menus.h"

#define AUDIT_SHOWN 20
#define AUDIT_MOST  10000

static void show_live(struct order *o, const struct standing *s);
static void show_submitted(struct order *o, const struct standing *s);
static void show_here(struct gateway *g, struct order *o);
static void show_held(struct gateway *g, struct order *o);
static bool is_asked(const struct order *o, const char *name);
static store_versions history_told;
static store_audited audit_told;
static void tell_version(struct order *o, const struct version *v);
static const char *number(struct arena *a, int64_t n);
static const char *when(struct arena *a, int64_t ms);
static void redis_is_away(struct order *o);

enum verb_next
verbs_reload(struct gateway *g, struct order *o)
{
	if (g->settings->publishing == PUBLISHING_APPROVED) {
		report_problem(o->report, REPORT_DENIED,
		    "what is live was approved, not read from files; submit "
		    "it");
		return VERB_DONE;
	}
	reload_ask(g->reload);
	report_says(o->report,
	    "the files are read again; what comes of it stands in the log");
	return VERB_DONE;
}

/* ---- show menus */

enum verb_next
verbs_show_menus(struct gateway *g, struct order *o)
{
	const struct standing *s = publishing_standing(g->publishing);

	if (s == NULL || s->version == 0) {
		report_says(o->report,
		    "nothing published was seen yet; what plays here is from "
		    "this node's files");
		show_here(g, o);
	} else {
		show_live(o, s);
		show_submitted(o, s);
	}
	show_held(g, o);
	return VERB_DONE;
}

static const char *const version_columns[] = { "name", "version#", "hash",
	"since", "who", "act", NULL };

static void
show_live(struct order *o, const struct standing *s)
{
	size_t i;

	report_table(o->report, "live", version_columns);
	for (i = 0; i < s->live_count; i++)
		if (is_asked(o, s->live[i].name))
			tell_version(o, &s->live[i]);
}

static void
show_submitted(struct order *o, const struct standing *s)
{
	static const char *const columns[] = { "name", "hash", "submitted",
		"who", "trial", "numbers", NULL };
	size_t i;

	report_table(o->report, "submitted", columns);
	for (i = 0; i < s->candidate_count; i++) {
		const struct candidate *c = &s->candidates[i];
		const char *cells[] = { c->name, c->hash,
			when(o->arena, c->at_ms), c->who, c->trial,
			*c->numbers == '-' ? "" : c->numbers };

		if (is_asked(o, c->name))
			report_row(o->report, cells);
	}
}

static void
show_here(struct gateway *g, struct order *o)
{
	static const char *const columns[] = { "name", "hash", NULL };
	const struct catalogue *c = catalogues_current(g->catalogues);
	char hex[DIGEST_HEX];
	size_t i;

	report_table(o->report, "live", columns);
	for (i = 0; i < c->graph_count; i++) {
		const char *cells[] = { c->graphs[i]->name, hex };

		digest_hex(&c->graphs[i]->hash, hex);
		if (is_asked(o, cells[0]))
			report_row(o->report, cells);
	}
}

/* What this node has in memory, and how many turns and calls use it now. */
static void
show_held(struct gateway *g, struct order *o)
{
	static const char *const columns[] = { "catalogue", "institutions#",
		"holders#", "is", NULL };
	const struct catalogue *c;
	char hex[DIGEST_HEX];
	size_t i, holders;

	if (o->argument_count > 0)
		return;
	report_table(o->report, "held", columns);
	for (i = 0; (c = catalogues_at(g->catalogues, i, &holders)) != NULL;
	     i++) {
		const char *cells[] = { hex,
			number(o->arena, (int64_t)c->graph_count),
			number(o->arena, (int64_t)holders),
			c == catalogues_current(g->catalogues)     ? "current"
			    : c == publishing_trial(g->publishing) ? "on trial"
								   : "old" };

		digest_hex(&c->hash, hex);
		report_row(o->report, cells);
	}
}

static bool
is_asked(const struct order *o, const char *name)
{
	return o->argument_count == 0 || strcmp(o->arguments[0], name) == 0;
}

/* ---- history */

enum verb_next
verbs_history(struct gateway *g, struct order *o)
{
	store_history(g->store, o->arguments[0], history_told, o);
	return VERB_WAIT;
}

static void
history_told(void *arg, enum store_result result, const struct version *list,
    size_t count)
{
	struct order *o = arg;
	size_t i;

	if (result != STORE_OK)
		redis_is_away(o);
	else if (count == 0)
		report_problem(o->report, REPORT_ABSENT,
		    "no '%s' was ever published", o->arguments[0]);
	else
		report_table(o->report, "versions", version_columns);
	for (i = 0; i < count; i++)
		tell_version(o, &list[i]);
	o->done(o);
}

static void
tell_version(struct order *o, const struct version *v)
{
	const char *cells[] = { v->name, number(o->arena, v->number), v->hash,
		when(o->arena, v->since_ms), v->who, v->act };

	report_row(o->report, cells);
}

/* ---- audit */

enum verb_next
verbs_audit(struct gateway *g, struct order *o)
{
	const char *said = order_argument(o, 0);
	int count = said == NULL ? AUDIT_SHOWN : atoi(said);

	if (count < 1 || count > AUDIT_MOST ||
	    (said != NULL && !text_is_digits(said))) {
		report_problem(o->report, REPORT_USAGE, "COUNT is from 1 to %d",
		    AUDIT_MOST);
		return VERB_DONE;
	}
	store_audit(g->store, count, audit_told, o);
	return VERB_WAIT;
}

static void
audit_told(void *arg, enum store_result result, const struct audited *list,
    size_t count)
{
	static const char *const columns[] = { "when", "who", "node", "act",
		"on", "outcome", "facts", NULL };
	struct order *o = arg;
	size_t i;

	if (result != STORE_OK)
		redis_is_away(o);
	else
		report_table(o->report, "audit", columns);
	for (i = 0; i < count; i++) {
		const char *cells[] = { when(o->arena, list[i].at_ms),
			list[i].who, list[i].node, list[i].act, list[i].on,
			list[i].outcome, list[i].facts };

		report_row(o->report, cells);
	}
	o->done(o);
}

/* ---- cells */

static const char *
number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%" PRId64, n);
}

static const char *
when(struct arena *a, int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	char text[32] = "";
	struct tm utc;

	if (gmtime_r(&seconds, &utc) != NULL)
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	return arena_string(a, text);
}

static void
redis_is_away(struct order *o)
{
	report_problem(
	    o->report, REPORT_TROUBLE, "Redis cannot be asked just now");
}

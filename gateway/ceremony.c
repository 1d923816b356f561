/*
 * What all acts of the ceremony do.
 */
#include <stdlib.h>
#include <string.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/catalogues.h"
#include "gateway/ceremony_parts.h"
#include "gateway/gateway.h"
#include "gateway/publishing.h"

#define LOOKS_MOST 8

struct ceremony {
	LIST_HEAD(, act) acts;
};

static bool may(
    const struct gateway *g, const char *user, enum act_right right);
static void look(struct act *act);
static void looked(
    void *arg, enum store_result result, const struct standing *s);
static void was_proved(
    void *arg, enum proved result, const struct made *made, const char *lacked);
static bool blames(const struct act *act, const struct finding *one);
static void published(void *arg, enum store_result result);
static void write_down(struct act *act);
static void written(void *arg, enum store_result result);
static void act_free(struct act *act);

struct ceremony *
ceremony_new(void)
{
	struct ceremony *c = calloc(1, sizeof(*c));

	CHECK(c != NULL);
	return c;
}

void
ceremony_free(struct ceremony *c)
{
	struct act *act;

	while ((act = LIST_FIRST(&c->acts)) != NULL) {
		struct order *o = act->order;

		act_free(act);
		order_free(o);
	}
	free(c);
}

/* ---- begin */

enum verb_next
act_begin(struct gateway *g, struct order *o, const char *name,
    enum act_right right, void (*first)(struct act *act))
{
	struct act *act = arena_alloc(o->arena, sizeof(*act));

	*act = (struct act){ .gateway = g,
		.order = o,
		.arena = o->arena,
		.verb = o->words[0],
		.name = name,
		.looked = first };
	act->who = arena_printf(
	    o->arena, "%s(%ju)", o->who.name, (uintmax_t)o->who.uid);
	LIST_INSERT_HEAD(&g->ceremony->acts, act, link);
	if (may(g, o->who.name, right))
		look(act);
	else
		act_refuse(act, REPORT_DENIED, "%s is not among the '%s'",
		    o->who.name,
		    right == RIGHT_SUBMIT ? "submitters" : "approvers");
	return VERB_WAIT;
}

static bool
may(const struct gateway *g, const char *user, enum act_right right)
{
	const char *const *users = NULL;

	switch (right) {
	case RIGHT_LOOK:
		break;
	case RIGHT_SUBMIT:
		users = g->settings->submitters;
		break;
	case RIGHT_APPROVE:
		users = g->settings->approvers;
		break;
	}
	if (users == NULL)
		return true;
	for (; *users != NULL; users++)
		if (strcmp(*users, user) == 0)
			return true;
	return false;
}

static void
look(struct act *act)
{
	act->ask = store_standing(act->gateway->store, -1, looked, act);
}

static void
looked(void *arg, enum store_result result, const struct standing *s)
{
	struct act *act = arg;

	act->ask = NULL;
	if (result != STORE_OK) {
		act_refuse(act, REPORT_TROUBLE,
		    "Redis cannot be asked just now; nothing was changed");
		return;
	}
	act->standing = standing_copy(act->arena, s);
	act->looked(act);
}

/* ---- prove */

void
act_prove(
    struct act *act, void (*proved)(struct act *act, const struct made *made))
{
	struct proving_item one = { act->name, act->hash, act->text, act->len };
	struct proving_item *items;
	size_t count;

	items = standing_items(act->arena, act->standing, false, &count);
	standing_replace(&items, &count, act->arena, &one);
	act->proved = proved;
	act->proving =
	    proving_start(act->gateway, items, count, false, was_proved, act);
}

static void
was_proved(
    void *arg, enum proved result, const struct made *made, const char *lacked)
{
	struct act *act = arg;
	struct catalogue *c;

	act->proving = NULL;
	switch (result) {
	case PROVED:
		c = made->catalogue;
		act->proved(act, made);
		catalogue_free(c);
		return;
	case PROVED_LACKS:
		act_refuse(act, REPORT_ABSENT,
		    "the source of '%s' is not in Redis any more", lacked);
		return;
	case PROVED_DOWN:
		act_refuse(act, REPORT_TROUBLE,
		    "Redis cannot be asked just now; nothing was changed");
		return;
	}
}

bool
act_is_broken(struct act *act, const struct made *made)
{
	const struct findings *f = made->findings;
	struct findings told;
	size_t i;

	findings_init(&told, act->arena);
	for (i = 0; i < f->count; i++)
		if (blames(act, &f->list[i]))
			findings_copy(&told, &f->list[i]);
	if (told.count > 0)
		report_findings(act->order->report, &told);
	if (told.errors == 0 && made->catalogue != NULL)
		return false;
	act_refuse(act, REPORT_BROKEN,
	    "'%s' is not good with what is live: %zu error%s", act->name,
	    told.errors, told.errors == 1 ? "" : "s");
	return true;
}

/* What was left out before is left out still, and nobody's fault. */
static bool
blames(const struct act *act, const struct finding *one)
{
	const struct catalogue *now =
	    catalogues_current(act->gateway->catalogues);
	const char *name =
	    arena_copy(act->arena, one->file, strcspn(one->file, "."));

	return strcmp(name, act->name) == 0 ||
	    strcmp(name, PUBLISH_MENUS) == 0 ||
	    catalogue_graph(now, name) != NOWHERE;
}

/* ---- publish */

void
act_publish(struct act *act, const struct store_change *changes, size_t count,
    const char *done, ...)
{
	struct gateway *g = act->gateway;
	struct store_deed deed =
	    publishing_deed(g, act->who, act->verb, act->name);
	va_list args;

	va_start(args, done);
	act->done = arena_vprintf(act->arena, done, args);
	va_end(args);
	deed.outcome = "done";
	deed.facts = act->done;
	FAILPOINT("ceremony.decided");
	act->ask = store_publish(g->store, act->standing->version, changes,
	    count, &deed, published, act);
}

static void
published(void *arg, enum store_result result)
{
	struct act *act = arg;

	act->ask = NULL;
	switch (result) {
	case STORE_OK:
		FAILPOINT("ceremony.published");
		log_line(LOG_LEVEL_NOTICE, act->name, "%s by=%s: %s", act->verb,
		    act->who, act->done);
		report_says(act->order->report, "%s", act->done);
		publishing_look(act->gateway->publishing);
		act_end(act);
		return;
	case STORE_CONFLICT:
		if (++act->looks < LOOKS_MOST) {
			/* What was found stands in the report once. */
			act->order->report = report_new(act->arena);
			look(act);
		} else
			act_refuse(act, REPORT_MOVED,
			    "others publish all the time; try again");
		return;
	case STORE_MISSING:
		act_refuse(act, REPORT_MOVED,
		    "the source of '%s' went meanwhile; submit it again",
		    act->name);
		return;
	case STORE_DOWN:
		act_refuse(act, REPORT_TROUBLE,
		    "Redis cannot be asked just now; nothing was changed");
		return;
	case STORE_UNKNOWN:
		act_refuse(act, REPORT_TROUBLE,
		    "Redis did not answer; 'show menus' tells what became of "
		    "it");
		return;
	}
}

/* ---- the end */

void
act_refuse(struct act *act, enum report_code code, const char *format, ...)
{
	const char *why;
	va_list args;

	va_start(args, format);
	why = arena_vprintf(act->arena, format, args);
	va_end(args);
	report_problem(act->order->report, code, "%s", why);
	log_line(LOG_LEVEL_NOTICE, act->name, "%s refused by=%s: %s", act->verb,
	    act->who, why);
	write_down(act);
}

/* A refusal stands in the audit log too; where it cannot, in the log alone. */
static void
write_down(struct act *act)
{
	struct store_deed deed =
	    publishing_deed(act->gateway, act->who, act->verb, act->name);

	deed.outcome = "refused";
	deed.facts = act->order->report->problem;
	act->ask = store_publish(
	    act->gateway->store, -1, NULL, 0, &deed, written, act);
}

static void
written(void *arg, enum store_result result)
{
	struct act *act = arg;

	(void)result;
	act->ask = NULL;
	act_end(act);
}

void
act_end(struct act *act)
{
	struct order *o = act->order;

	act_free(act);
	o->done(o);
}

static void
act_free(struct act *act)
{
	if (act->ask != NULL)
		store_cancel(act->ask);
	if (act->proving != NULL)
		proving_cancel(act->proving);
	LIST_REMOVE(act, link);
}

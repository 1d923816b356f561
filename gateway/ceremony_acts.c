/*
 * What becomes of a submission, and how it is taken back.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "config/settings.h"
#include "gateway/catalogues.h"
#include "gateway/ceremony_parts.h"
#include "gateway/gateway.h"
#include "menus/difference.h"

#define NUMBERS_MOST 1000 /* octets */

static const struct candidate *candidate_of(struct act *act);
static void diff_looked(struct act *act);
static void diff_proved(struct act *act, const struct made *made);
static void trial_looked(struct act *act);
static const char *numbers_of(struct act *act);
static void approve_looked(struct act *act);
static bool is_second(const struct act *act, const struct candidate *c);
static void approve_proved(struct act *act, const struct made *made);
static void reject_looked(struct act *act);
static void rollback_looked(struct act *act);
static void rollback_listed(void *arg, enum store_result result,
    const struct version *list, size_t count);
static const struct version *which(
    const struct act *act, const struct version *list, size_t count);
static void rollback_proved(struct act *act, const struct made *made);
static void withdraw_looked(struct act *act);

/* NULL, and refused, when nothing of that name was submitted. */
static const struct candidate *
candidate_of(struct act *act)
{
	const struct candidate *c =
	    standing_candidate(act->standing, act->name);

	if (c == NULL)
		act_refuse(
		    act, REPORT_ABSENT, "no '%s' was submitted", act->name);
	else
		act->hash = c->hash;
	return c;
}

/* ---- diff */

enum verb_next
ceremony_diff(struct gateway *g, struct order *o)
{
	return act_begin(g, o, order_argument(o, 0), RIGHT_LOOK, diff_looked);
}

static void
diff_looked(struct act *act)
{
	if (candidate_of(act) != NULL)
		act_prove(act, diff_proved);
}

static void
diff_proved(struct act *act, const struct made *made)
{
	static const char *const columns[] = { "place", "kind", "how", "line#",
		"says", NULL };
	struct report *r = act->order->report;
	struct difference d;
	size_t i;

	if (act_is_broken(act, made))
		return;
	d = difference_of_all(act->arena,
	    catalogues_current(act->gateway->catalogues), made->catalogue);
	report_table(r, "changes", columns);
	for (i = 0; i < d.count; i++) {
		const struct change *c = &d.list[i];
		const char *cells[] = { difference_place(act->arena, c),
			difference_kind_name(c->kind),
			difference_how_name(c->how),
			arena_printf(act->arena, "%d", c->line),
			difference_says(act->arena, c) };

		report_row(r, cells);
	}
	if (d.count == 0)
		report_says(r, "nothing that citizens would notice");
	act_end(act);
}

/* ---- trial */

enum verb_next
ceremony_trial(struct gateway *g, struct order *o)
{
	const char *how = order_argument(o, 1);

	if (how != NULL && strcmp(how, "on") != 0 && strcmp(how, "off") != 0) {
		report_problem(o->report, REPORT_USAGE,
		    "a trial is 'on' or 'off', not '%s'", how);
		return VERB_DONE;
	}
	return act_begin(
	    g, o, order_argument(o, 0), RIGHT_SUBMIT, trial_looked);
}

static void
trial_looked(struct act *act)
{
	const struct candidate *c = candidate_of(act);
	const char *how = order_argument(act->order, 1);
	struct store_change change = { STORE_IS_CANDIDATE, act->name, "" };
	struct candidate next;

	if (c == NULL)
		return;
	next = *c;
	next.trial = how == NULL ? "on" : how;
	next.numbers = numbers_of(act);
	if (next.numbers == NULL) {
		act_refuse(act, REPORT_USAGE,
		    "numbers are digits with commas between, without a +");
		return;
	}
	change.value = store_candidate_text(act->arena, &next);
	if (strcmp(next.trial, "off") == 0)
		act_publish(act, &change, 1, "'%s' is not on trial any more",
		    act->name);
	else if (*next.numbers == '-')
		act_publish(act, &change, 1,
		    "'%s' is on trial on the codes that are for trials",
		    act->name);
	else
		act_publish(act, &change, 1,
		    "'%s' is on trial on the codes that are for trials, and on "
		    "every code for some numbers",
		    act->name);
}

/* "-" for none; NULL for what are no numbers. */
static const char *
numbers_of(struct act *act)
{
	const char *said = order_option(act->order, "--numbers"), *at;
	size_t len;

	if (said == NULL)
		return "-";
	if (strlen(said) > NUMBERS_MOST)
		return NULL;
	for (at = said; *at != '\0'; at += len + (at[len] == ',')) {
		len = strspn(at, "0123456789");
		if (len == 0 || len > 15 ||
		    (at[len] != '\0' &&
			(at[len] != ',' || at[len + 1] == '\0')))
			return NULL;
	}
	return *said == '\0' ? NULL : said;
}

/* ---- approve */

enum verb_next
ceremony_approve(struct gateway *g, struct order *o)
{
	return act_begin(
	    g, o, order_argument(o, 0), RIGHT_APPROVE, approve_looked);
}

static void
approve_looked(struct act *act)
{
	const struct candidate *c = candidate_of(act);
	const struct version *live = standing_live(act->standing, act->name);

	if (c == NULL)
		return;
	if (!is_second(act, c))
		act_refuse(act, REPORT_DENIED,
		    "'%s' was submitted by the same user; another one must "
		    "approve it",
		    act->name);
	else if (strcmp(c->base, live == NULL ? "-" : live->hash) != 0)
		act_refuse(act, REPORT_MOVED,
		    "'%s' was submitted against what is not live any more; "
		    "submit it again",
		    act->name);
	else
		act_prove(act, approve_proved);
}

static bool
is_second(const struct act *act, const struct candidate *c)
{
	return act->gateway->settings->approval == APPROVAL_SELF ||
	    c->uid != (int64_t)act->order->who.uid;
}

static void
approve_proved(struct act *act, const struct made *made)
{
	const struct candidate *c =
	    standing_candidate(act->standing, act->name);
	struct store_change changes[] = {
		{ STORE_GOES_LIVE, act->name, act->hash },
		{ STORE_IS_DROPPED, act->name, "" },
	};

	if (act_is_broken(act, made))
		return;
	act_publish(act, changes, ARRAY_SIZE(changes),
	    "'%s' is live hash=%s was=%s submitted=%s", act->name, c->hash,
	    c->base, c->who);
}

/* ---- reject */

enum verb_next
ceremony_reject(struct gateway *g, struct order *o)
{
	return act_begin(
	    g, o, order_argument(o, 0), RIGHT_APPROVE, reject_looked);
}

static void
reject_looked(struct act *act)
{
	struct store_change change = { STORE_IS_DROPPED, act->name, "" };
	const char *why = "";
	size_t i;

	if (candidate_of(act) == NULL)
		return;
	for (i = 1; i < act->order->argument_count; i++)
		why = arena_printf(act->arena, "%s%s%s", why,
		    i > 1 ? " " : " why=", act->order->arguments[i]);
	act_publish(act, &change, 1, "'%s' is rejected hash=%s%s", act->name,
	    act->hash, why);
}

/* ---- rollback */

enum verb_next
ceremony_rollback(struct gateway *g, struct order *o)
{
	const char *version = order_argument(o, 1);

	if (version != NULL && !text_is_digits(version)) {
		report_problem(o->report, REPORT_USAGE,
		    "a version is a number, as 'history' lists them");
		return VERB_DONE;
	}
	return act_begin(
	    g, o, order_argument(o, 0), RIGHT_APPROVE, rollback_looked);
}

static void
rollback_looked(struct act *act)
{
	act->ask =
	    store_history(act->gateway->store, act->name, rollback_listed, act);
}

static void
rollback_listed(void *arg, enum store_result result, const struct version *list,
    size_t count)
{
	struct act *act = arg;
	const struct version *live = standing_live(act->standing, act->name);
	const struct version *v = which(act, list, count);

	act->ask = NULL;
	if (result != STORE_OK)
		act_refuse(act, REPORT_TROUBLE,
		    "Redis cannot be asked just now; nothing was changed");
	else if (v == NULL)
		act_refuse(act, REPORT_ABSENT,
		    "there is no such version of '%s'; 'history %s' lists them",
		    act->name, act->name);
	else if (live != NULL && strcmp(v->hash, live->hash) == 0)
		act_refuse(
		    act, REPORT_MOVED, "this '%s' is live already", act->name);
	else {
		act->hash = arena_string(act->arena, v->hash);
		act_prove(act, rollback_proved);
	}
}

/* The one that was named, or else the newest that says something else than
 * what is live. */
static const struct version *
which(const struct act *act, const struct version *list, size_t count)
{
	const struct version *live = standing_live(act->standing, act->name);
	const char *number = order_argument(act->order, 1);
	size_t i;

	for (i = 0; i < count; i++)
		if (number != NULL
			? list[i].number == atoll(number)
			: live == NULL || strcmp(list[i].hash, live->hash) != 0)
			return &list[i];
	return NULL;
}

static void
rollback_proved(struct act *act, const struct made *made)
{
	const struct version *live = standing_live(act->standing, act->name);
	struct store_change change = { STORE_GOES_LIVE, act->name, act->hash };

	if (act_is_broken(act, made))
		return;
	act_publish(act, &change, 1, "'%s' is rolled back hash=%s was=%s",
	    act->name, act->hash, live == NULL ? "-" : live->hash);
}

/* ---- withdraw */

enum verb_next
ceremony_withdraw(struct gateway *g, struct order *o)
{
	return act_begin(
	    g, o, order_argument(o, 0), RIGHT_APPROVE, withdraw_looked);
}

static void
withdraw_looked(struct act *act)
{
	const struct version *live = standing_live(act->standing, act->name);
	struct store_change change = { STORE_IS_GONE, act->name, "" };

	if (live == NULL)
		act_refuse(act, REPORT_ABSENT, "'%s' is not live", act->name);
	else if (strcmp(act->name, PUBLISH_MENUS) == 0)
		act_refuse(act, REPORT_DENIED,
		    "without the menus file there are no menus");
	else
		act_publish(act, &change, 1, "'%s' is withdrawn was=%s",
		    act->name, live->hash);
}

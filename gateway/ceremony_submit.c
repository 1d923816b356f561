/*
 * Submitting: a file is parsed, proved with what is live, its talks are
 * played, and held against what citizens have memorised; then it waits.
 */
#include <string.h>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/canned.h"
#include "gateway/catalogues.h"
#include "gateway/ceremony_parts.h"
#include "gateway/gateway.h"
#include "gateway/publishing.h"
#include "menus/lock.h"

static const char *name_of(
    const struct gateway *g, struct arena *a, const char *file);
static void submit_looked(struct act *act);
static void submit_proved(struct act *act, const struct made *made);
static const struct graph *graph_of(
    const struct catalogue *c, const char *name);
static bool play_talks(struct act *act, const struct made *made);
static bool has_moved(struct act *act, const struct catalogue *made);
static void submit_put(void *arg, enum store_result result);

enum verb_next
ceremony_submit(struct gateway *g, struct order *o)
{
	const char *name = name_of(g, o->arena, o->files[0].name);

	if (name == NULL) {
		report_problem(o->report, REPORT_USAGE,
		    "an institution's file is named with small letters, digits "
		    "and _, such as maji.cfg");
		return VERB_DONE;
	}
	return act_begin(g, o, name, RIGHT_SUBMIT, submit_looked);
}

/* The menus file has whatever name it has here. */
static const char *
name_of(const struct gateway *g, struct arena *a, const char *file)
{
	const char *slash = strrchr(g->settings->menus, '/');
	const char *menus = slash == NULL ? g->settings->menus : slash + 1;
	size_t len = strspn(file, "abcdefghijklmnopqrstuvwxyz0123456789_");

	if (strcmp(file, menus) == 0)
		return PUBLISH_MENUS;
	if (len == 0 || len > 32 || strcmp(file + len, ".cfg") != 0)
		return NULL;
	return arena_copy(a, file, len);
}

static void
submit_looked(struct act *act)
{
	const struct order_file *file = &act->order->files[0];
	const struct version *live = standing_live(act->standing, act->name);
	struct digest digest = digest_of(file->text, file->len);
	char *hex = arena_alloc(act->arena, DIGEST_HEX);

	digest_hex(&digest, hex);
	act->hash = hex;
	act->text = file->text;
	act->len = file->len;
	if (act->standing->version == 0)
		act_refuse(act, REPORT_MOVED,
		    "nothing is published yet; try again in a second");
	else if (live != NULL && strcmp(live->hash, hex) == 0)
		act_refuse(
		    act, REPORT_MOVED, "this '%s' is live already", act->name);
	else
		act_prove(act, submit_proved);
}

static void
submit_proved(struct act *act, const struct made *made)
{
	if (act_is_broken(act, made) || !play_talks(act, made) ||
	    has_moved(act, made->catalogue))
		return;
	act->ask = store_put_source(act->gateway->store, act->name, act->hash,
	    act->text, act->len, submit_put, act);
}

static const struct graph *
graph_of(const struct catalogue *c, const char *name)
{
	uint16_t number;

	if (strcmp(name, PUBLISH_MENUS) == 0)
		return c->root;
	number = catalogue_graph(c, name);
	return number == NOWHERE ? NULL : c->graphs[number];
}

/* ---- talks */

static bool
play_talks(struct act *act, const struct made *made)
{
	const struct catalogue *c = made->catalogue;
	const struct graph *g = graph_of(c, act->name);
	struct canned_files files = { act->order->files,
		act->order->file_count };
	struct talk_world world = { .answer = canned_answer, .arg = &files };
	struct findings found;
	size_t i, passed = 0;

	findings_init(&found, act->arena);
	for (i = 0; g != NULL && i < g->talk_count; i++)
		passed += talk_play(c, g, &g->talks[i], &world, &found);
	if (found.count > 0)
		report_findings(act->order->report, &found);
	if (g == NULL || passed == g->talk_count) {
		if (passed > 0)
			report_says(act->order->report, "%zu talk%s passed",
			    passed, passed == 1 ? "" : "s");
		return true;
	}
	act_refuse(act, REPORT_BROKEN, "%zu of %zu talks of '%s' did not pass",
	    g->talk_count - passed, g->talk_count, act->name);
	return false;
}

/* ---- what citizens have memorised */

static bool
has_moved(struct act *act, const struct catalogue *made)
{
	const struct catalogue *now =
	    catalogues_current(act->gateway->catalogues);
	const struct graph *was = graph_of(now, act->name);
	const struct graph *is = graph_of(made, act->name);
	struct lock before, after;
	struct lock_changes changes;
	size_t i, moved = 0;

	if (was == NULL || is == NULL)
		return false;
	before = lock_of(act->arena, was);
	after = lock_of(act->arena, is);
	changes = lock_compare(act->arena, &before, &after);
	for (i = 0; i < changes.count; i++)
		if (changes.list[i].kind != LOCK_ADDED) {
			moved++;
			report_says(act->order->report, "moved: %s",
			    lock_says(act->arena, &changes.list[i]));
		}
	if (moved == 0 || order_option(act->order, "--moved") != NULL)
		return false;
	act_refuse(act, REPORT_MOVED,
	    "what citizens have memorised would move; if that is meant, say "
	    "--moved");
	return true;
}

/* ---- it waits */

static void
submit_put(void *arg, enum store_result result)
{
	struct act *act = arg;
	const struct version *live = standing_live(act->standing, act->name);
	struct candidate one = { .name = act->name,
		.hash = act->hash,
		.base = live == NULL ? "-" : live->hash,
		.at_ms = clock_wall_ms(),
		.uid = act->order->who.uid,
		.who = act->who,
		.trial = "off",
		.numbers = "-" };
	struct store_change change = { STORE_IS_CANDIDATE, act->name,
		store_candidate_text(act->arena, &one) };

	act->ask = NULL;
	if (result != STORE_OK) {
		act_refuse(act, REPORT_TROUBLE,
		    "Redis cannot be asked just now; nothing was changed");
		return;
	}
	act_publish(act, &change, 1, "'%s' waits for approval hash=%s was=%s",
	    act->name, one.hash, one.base);
}

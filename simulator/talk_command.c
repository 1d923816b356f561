/*
 * mlango talk: plays dialogues, and says of each whether it went as written,
 * in TAP.
 *
 * A *.talk file is played on a stage of its own, through real SMPP. The talks
 * in an institution's file, or in all those of a menus file, are played by the
 * menu engine alone.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/kind.h"
#include "gateway/check_report.h"
#include "gateway/command.h"
#include "menus/catalogue.h"
#include "simulator/act.h"
#include "simulator/rehearsal.h"
#include "simulator/talk_command.h"

#define INTERRUPTED 130 /* as a shell says it of SIGINT */

struct talking {
	struct arena *arena;
	struct findings f; /* of one file */
	const char *menus; /* by -m, or NULL */
	size_t played, failed;
	bool absent; /* a file that was named is not there */
	bool interrupted;
	bool coverage; /* is told */
};

static int read_options(int argc, char **argv, struct talking *t);
static void talk_file(struct talking *t, const char *path);
static void talk_script(struct talking *t, const char *path);
static void talk_dialect(struct talking *t, const struct script *script,
    const char *dialect, bool named);
static void talk_menus(struct talking *t, const char *path);
static void talk_catalogue(
    struct talking *t, const struct catalogue *c, const struct graph *one);
static void on_rehearsed(
    void *arg, const char *institution, const char *talk, bool passed);
static void report(
    struct talking *t, const char *of, const char *name, bool passed);

int
talk_command(int argc, char **argv)
{
	struct talking t = { .menus = NULL };
	int status = read_options(argc, argv, &t);

	if (status != EX_OK)
		return status;
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (; optind < argc && !t.interrupted; optind++)
		talk_file(&t, argv[optind]);
	if (t.interrupted)
		return INTERRUPTED;
	printf("1..%zu\n", t.played);
	if (t.absent)
		return EX_NOINPUT;
	return t.failed == 0 ? EX_OK : EX_DATAERR;
}

static int
read_options(int argc, char **argv, struct talking *t)
{
	static const struct option options[] = {
		{ "coverage", no_argument, NULL, 'C' },
		{ "menus", required_argument, NULL, 'm' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	opterr = 0; /* the usage says it */
	while ((c = getopt_long(argc, argv, "m:", options, NULL)) != -1)
		switch (c) {
		case 'C':
			t->coverage = true;
			break;
		case 'm':
			t->menus = optarg;
			break;
		default:
			return command_usage("talk");
		}
	return optind < argc ? EX_OK : command_usage("talk");
}

static void
talk_file(struct talking *t, const char *path)
{
	const char *dot = strrchr(path, '.');

	if (access(path, F_OK) == -1 ||
	    (t->menus != NULL && access(t->menus, F_OK) == -1))
		t->absent = true;
	t->arena = arena_new();
	findings_init(&t->f, t->arena);
	if (dot != NULL && strcmp(dot, ".talk") == 0)
		talk_script(t, path);
	else
		talk_menus(t, path);
	findings_print(&t->f, stderr);
	arena_free(t->arena);
}

/* ---- on a stage */

static void
talk_script(struct talking *t, const char *path)
{
	const struct script *script =
	    script_read(t->arena, path, act_cues, &t->f);
	const char *const *dialects =
	    script == NULL ? NULL : act_dialects(t->arena, script, &t->f);
	bool several;

	if (dialects == NULL) {
		report(t, NULL, path, false);
		return;
	}
	several = dialects[0] != NULL && dialects[1] != NULL;
	for (; *dialects != NULL && !t->interrupted; dialects++)
		talk_dialect(t, script, *dialects, several);
}

static void
talk_dialect(struct talking *t, const struct script *script,
    const char *dialect, bool named)
{
	const char *of = named ? dialect : NULL;

	switch (act_play(script, dialect, NULL, &t->f)) {
	case ACT_PASSED:
		report(t, of, script->name, true);
		break;
	case ACT_FAILED:
		report(t, of, script->name, false);
		break;
	case ACT_INTERRUPTED:
		t->interrupted = true;
		break;
	}
}

/* ---- by the engine */

static void
talk_menus(struct talking *t, const char *path)
{
	bool whole = t->menus == NULL && kind_of(path) == KIND_MENUS;
	const struct graph *one = NULL;
	struct catalogue *c = whole
	    ? catalogue_read(path, 0, 0, &t->f)
	    : catalogue_read_one(path, t->menus, &t->f, &one);
	size_t played = t->played;
	bool sound = t->f.errors == 0;

	if (whole ? c != NULL : one != NULL)
		talk_catalogue(t, c, one);
	catalogue_free(c);
	if (sound && t->played == played)
		findings_add(&t->f, FINDING_ERROR, 0, path, 0, NULL,
		    "there are no talks in it");
	if (!sound || t->played == played)
		report(t, NULL, path, false);
}

static void
talk_catalogue(
    struct talking *t, const struct catalogue *c, const struct graph *one)
{
	struct coverage *coverage = coverage_new(t->arena, c);
	struct check_covered covered = { .coverage = coverage };
	size_t i;

	rehearse(c, one, coverage, &t->f, on_rehearsed, t);
	for (i = 0; t->coverage && i < c->graph_count; i++) {
		if (one != NULL && one != c->graphs[i])
			continue;
		covered.graph = c->graphs[i];
		covered.sum = coverage_of(coverage, covered.graph);
		check_report_talks(t->arena, &covered, "# ", true, stdout);
	}
}

static void
on_rehearsed(void *arg, const char *institution, const char *talk, bool passed)
{
	report(arg, institution, talk, passed);
}

/* A full stop ends a sentence, but not a name. */
static void
report(struct talking *t, const char *of, const char *name, bool passed)
{
	size_t len = strlen(name);

	if (len > 0 && name[len - 1] == '.')
		len--;
	printf("%s %zu - %s%s%.*s\n", passed ? "ok" : "not ok", ++t->played,
	    of != NULL ? of : "", of != NULL ? ": " : "", (int)len, name);
	t->failed += !passed;
}

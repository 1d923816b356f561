/*
 * mlango talk: plays the dialogues of *.talk files, each on a stage of its
 * own, and says of each whether it went as written, in TAP.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "gateway/command.h"
#include "simulator/act.h"
#include "simulator/talk_command.h"

#define INTERRUPTED 130 /* as a shell says it of SIGINT */

struct talking {
	size_t played, failed;
	bool absent; /* a file that was named is not there */
	bool interrupted;
};

static void talk_file(struct talking *t, const char *path);
static void talk_script(struct talking *t, struct arena *a,
    const struct script *script, struct findings *f);
static void report(struct talking *t, const char *name, const char *dialect,
    bool passed);

int
talk_command(int argc, char **argv)
{
	static const struct option none[] = { { NULL, 0, NULL, 0 } };
	struct talking t = { 0 };
	int i;

	if (getopt_long(argc, argv, "", none, NULL) != -1 || optind == argc)
		return command_usage("talk");
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (i = optind; i < argc && !t.interrupted; i++)
		talk_file(&t, argv[i]);
	if (t.interrupted)
		return INTERRUPTED;
	printf("1..%zu\n", t.played);
	if (t.absent)
		return EX_NOINPUT;
	return t.failed == 0 ? EX_OK : EX_DATAERR;
}

static void
talk_file(struct talking *t, const char *path)
{
	struct arena *a = arena_new();
	const struct script *script;
	struct findings f;

	findings_init(&f, a);
	if (access(path, F_OK) == -1)
		t->absent = true;
	script = script_read(a, path, act_cues, &f);
	if (script != NULL)
		talk_script(t, a, script, &f);
	else
		report(t, path, NULL, false);
	findings_print(&f, stderr);
	arena_free(a);
}

static void
talk_script(struct talking *t, struct arena *a, const struct script *script,
    struct findings *f)
{
	const char *const *dialects = act_dialects(a, script, f);
	bool many = dialects != NULL && dialects[0] != NULL &&
	    dialects[1] != NULL;

	if (dialects == NULL)
		report(t, script->name, NULL, false);
	for (; dialects != NULL && *dialects != NULL; dialects++)
		switch (act_play(script, *dialects, NULL, f)) {
		case ACT_PASSED:
			report(t, script->name, many ? *dialects : NULL, true);
			break;
		case ACT_FAILED:
			report(
			    t, script->name, many ? *dialects : NULL, false);
			break;
		case ACT_INTERRUPTED:
			t->interrupted = true;
			return;
		}
}

/* A full stop ends a sentence, but not a name. */
static void
report(struct talking *t, const char *name, const char *dialect, bool passed)
{
	size_t len = strlen(name);

	if (len > 0 && name[len - 1] == '.')
		len--;
	printf("%s %zu - %.*s%s%s\n", passed ? "ok" : "not ok", ++t->played,
	    (int)len, name, dialect != NULL ? ": " : "",
	    dialect != NULL ? dialect : "");
	t->failed += !passed;
}

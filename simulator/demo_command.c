/*
 * mlango demo: the whole thing on one machine, until somebody has seen enough.
 *
 * With --script it plays a talk instead and tells it. On a terminal it lends
 * the visitor a phone; without one it waits for a signal.
 */
#include <getopt.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/dialects.h"
#include "config/findings.h"
#include "gateway/command.h"
#include "gateway/menu_file.h"
#include "simulator/act.h"
#include "simulator/data.h"
#include "simulator/demo_command.h"
#include "simulator/hints.h"
#include "simulator/phones.h"
#include "simulator/stage.h"
#include "simulator/teller.h"

#define ANSWER_MS   30000
#define INTERRUPTED 130 /* as a shell says it of SIGINT */

struct plan {
	bool script;
	const char *file; /* NULL: the sample's */
	const char *menus; /* likewise */
	const char *hints; /* what to dial and text */
	const char *dialect;
};

static const struct smsc_events handsets = {
	.screen = phones_screen,
	.sms = phones_sms,
	.refused = phones_refused,
	.silent = phones_silent,
};

/* Of the samples. */
static const char examples[] =
    "  dial    *152*00#           the menu\n"
    "          *152*00*6*1#       a water bill; an account is A1234567\n"
    "          *152*00*8*2*1*2#   exam results; a candidate is "
    "S0334-0556-2019\n"
    "          *152*00*2*1#       a birth certificate; a national number is\n"
    "                             19850101123450000123, a notification\n"
    "                             20201231, the PIN 2580\n"
    "          *152*00*9*2#       what became of a complaint; a ticket is "
    "KR00017\n"
    "          *152*00*4*2*1#     parking, an application of the agency's own\n"
    "  text    sms 15200 NAULI DAR ARUSHA\n"
    "          sms 15200 DENI A1234567\n"
    "          sms 15200 MATOKEO CSEE S0334-0556-2019\n"
    "          sms 15200 CHETI RB1234567\n"
    "          sms 15200 LALAMIKO ILALA Taa za barabara haziwaki\n"
    "          sms 15200 TIKETI KR00017\n";

static int read_arguments(int argc, char **argv, struct plan *plan);
static int find_dialect(struct arena *a, const char *name);
static int find_hints(struct arena *a, struct plan *plan);
static int play_script(struct arena *a, const struct plan *plan);
static int tell(
    const struct script *script, const char *dialect, struct findings *f);
static int stand(struct arena *a, const struct plan *plan);
static int open_doors(
    struct arena *a, struct stage *s, const struct plan *plan);
static void welcome(const struct stage *s, const struct plan *plan,
    const char *phones, bool terminal);
static const char *program(char path[PATH_MAX]);

int
demo_command(int argc, char **argv)
{
	struct plan plan = { .dialect = "spec", .hints = examples };
	int status = read_arguments(argc, argv, &plan);
	struct arena *a;

	if (status != EX_OK)
		return status;
	setlocale(LC_CTYPE, "");
	setvbuf(stdout, NULL, _IOLBF, 0);
	a = arena_new();
	status = find_dialect(a, plan.dialect);
	if (status == EX_OK && plan.menus != NULL)
		status = find_hints(a, &plan);
	if (status == EX_OK)
		status = plan.script ? play_script(a, &plan) : stand(a, &plan);
	arena_free(a);
	return status;
}

static int
read_arguments(int argc, char **argv, struct plan *plan)
{
	static const struct option options[] = {
		{ "script", no_argument, NULL, 's' },
		{ "dialect", required_argument, NULL, 'd' },
		{ "menus", required_argument, NULL, 'm' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "m:", options, NULL)) != -1)
		switch (c) {
		case 's':
			plan->script = true;
			break;
		case 'd':
			plan->dialect = optarg;
			break;
		case 'm':
			plan->menus = optarg;
			break;
		default:
			return command_usage("demo");
		}
	if (plan->script && optind < argc)
		plan->file = argv[optind++];
	if (optind < argc || (plan->script && plan->menus != NULL))
		return command_usage("demo");
	return EX_OK;
}

/* A name that is not known is a wrong command line, whatever is played. */
static int
find_dialect(struct arena *a, const char *name)
{
	const char *why = "", *path, *folder = data_folder(a, &why);
	int status = EX_OK;
	struct dialects *all;
	struct findings f;

	if (folder == NULL) {
		fprintf(stderr, "mlango: %s\n", why);
		return EX_NOINPUT;
	}
	path = arena_printf(a, "%s/dialects.cfg", folder);
	findings_init(&f, a);
	all = dialects_read(path, &f);
	findings_print(&f, stderr);
	if (all == NULL)
		return EX_CONFIG;
	if (dialects_find(all, name) == NULL) {
		fprintf(stderr, "mlango: there is no dialect '%s' in %s\n",
		    name, path);
		status = EX_USAGE;
	}
	dialects_free(all);
	return status;
}

/* Menus with an error would be a demonstration of little. */
static int
find_hints(struct arena *a, struct plan *plan)
{
	struct menu_file m = menu_file_read(plan->menus, NULL);

	if (m.status == EX_OK && m.alone != NULL) {
		fprintf(stderr, "mlango: %s is no menus file\n", plan->menus);
		m.status = EX_DATAERR;
	}
	if (m.status == EX_OK)
		plan->hints = hints_list(a, m.c, STAGE_SMS_NUMBER);
	menu_file_close(&m);
	return m.status;
}

/* ---- a talk, told */

static int
play_script(struct arena *a, const struct plan *plan)
{
	const char *folder, *why = "", *file = plan->file;
	const struct script *script;
	int status = EX_DATAERR;
	struct findings f;

	if (file == NULL) {
		folder = data_folder(a, &why);
		if (folder == NULL) {
			fprintf(stderr, "mlango: %s\n", why);
			return EX_NOINPUT;
		}
		file = arena_printf(a, "%s/demo.talk", folder);
	}
	findings_init(&f, a);
	script = script_read(a, file, act_cues, &f);
	if (script != NULL)
		status = tell(script, plan->dialect, &f);
	else if (access(file, F_OK) == -1)
		status = EX_NOINPUT;
	findings_print(&f, stderr);
	return status;
}

static int
tell(const struct script *script, const char *dialect, struct findings *f)
{
	struct teller teller = { .out = stdout,
		.unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 };
	struct act_audience audience = teller_audience(&teller);

	printf("%s\n\n", script->name);
	switch (act_play(script, dialect, &audience, f)) {
	case ACT_PASSED:
		printf("Everything was as it should be.\n");
		return EX_OK;
	case ACT_FAILED:
		printf("Something was not as it should be.\n");
		return EX_DATAERR;
	case ACT_INTERRUPTED:
		return INTERRUPTED;
	}
	return EX_SOFTWARE;
}

/* ---- until somebody has seen enough */

static int
stand(struct arena *a, const struct plan *plan)
{
	struct stage_settings settings = {
		.dialect = plan->dialect,
		.menus = plan->menus,
		.answer_ms = ANSWER_MS,
		.events = &handsets,
	};
	const char *why = "";
	struct stage *s = stage_open(a, &settings, &why);
	enum stage_wait started;
	int status = EX_UNAVAILABLE;

	if (s == NULL) {
		fprintf(stderr, "mlango: %s\n", why);
		return EX_UNAVAILABLE;
	}
	started = stage_start(s, "a", NULL, false);
	if (started == STAGE_CAME)
		status = open_doors(a, s, plan);
	else
		fprintf(stderr, "mlango: the gateway did not start: %s\n",
		    stage_wait_says(started));
	stage_close(s);
	return status;
}

static int
open_doors(struct arena *a, struct stage *s, const struct plan *plan)
{
	const char *path = arena_printf(a, "%s/phones", stage_folder(s));
	struct phones *phones = phones_new(stage_base(s), path, stage_smsc(s));
	const char *const phone[] = { "mlango", "phone", "--phones", path,
		NULL };
	bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);

	if (phones == NULL) {
		fprintf(stderr, "mlango: %s: %m\n", path);
		return EX_UNAVAILABLE;
	}
	welcome(s, plan, path, terminal);
	if (terminal)
		stage_lend(s, phone);
	else
		stage_run(s);
	phones_free(phones);
	return EX_OK;
}

static void
welcome(const struct stage *s, const struct plan *plan, const char *phones,
    bool terminal)
{
	char path[PATH_MAX];

	printf("Mlango is open: an operator in a box, a gateway with its own "
	       "Redis, and\n%s, all on this machine and for you alone.\n"
	       "\n"
	       "%s"
	       "  phone   %s phone --number 255754000002 \\\n"
	       "              --phones %s\n"
	       "          in another terminal\n"
	       "  logs    %s, and redis.log beside it\n"
	       "  stop    %s\n"
	       "\n",
	    plan->menus != NULL ? "your menus"
				: "the systems of six institutions",
	    plan->hints, program(path), phones, stage_log(s, "a"),
	    terminal ? "Ctrl-D, or Ctrl-C when no dialogue is open" : "Ctrl-C");
}

/* By which another terminal finds it, whatever its folder and PATH are. */
static const char *
program(char path[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - 1);

	if (len <= 0)
		return "mlango";
	path[len] = '\0';
	return path;
}

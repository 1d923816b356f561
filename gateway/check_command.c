/*
 * mlango check: proves files before anything starts. A gateway's file brings
 * its dialects and its menus along, a menus file its institutions; an
 * institution's file is proved alone, under the menus file one folder above
 * it or the one named by -m.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/dialects.h"
#include "config/kind.h"
#include "config/settings.h"
#include "gateway/check_command.h"
#include "gateway/command.h"
#include "gateway/document.h"
#include "menus/catalogue.h"

/* How a run ends, the worst of all files. In order of what is said first. */
enum verdict {
	VERDICT_GOOD,
	VERDICT_MENU, /* a menu is broken */
	VERDICT_SETTINGS, /* the configuration is */
	VERDICT_ABSENT, /* a file named on the command line is not there */
};

struct checking {
	struct arena *arena;
	struct findings f;
	const char *menus; /* by -m, or NULL */
	const char **seen; /* files */
	size_t seen_count, seen_room;
	enum verdict verdict;
};

static int check_files(struct checking *c, char **files, bool json);
static void check_file(struct checking *c, const char *path);
static void check_gateway(struct checking *c, const char *path);
static void check_dialects(struct checking *c, const char *path);
static void check_menus(
    struct checking *c, const char *path, int septets, int ucs2);
static void check_institution(struct checking *c, const char *path);
static void see(struct checking *c, const char *path);
static void judge(struct checking *c, size_t errors, enum verdict verdict);
static void summarise(const struct checking *c);
static int exit_status(enum verdict verdict);

int
check_command(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "menus", required_argument, NULL, 'm' },
		{ NULL, 0, NULL, 0 },
	};
	struct checking c = { .menus = NULL };
	bool json = false;
	int option;

	opterr = 0; /* the usage says it */
	while ((option = getopt_long(argc, argv, "m:", options, NULL)) != -1)
		switch (option) {
		case 'j':
			json = true;
			break;
		case 'm':
			c.menus = optarg;
			break;
		default:
			return command_usage("check");
		}
	if (optind == argc)
		return command_usage("check");
	return check_files(&c, argv + optind, json);
}

static int
check_files(struct checking *c, char **files, bool json)
{
	size_t i;

	c->arena = arena_new();
	findings_init(&c->f, c->arena);
	for (; *files != NULL; files++)
		check_file(c, *files);
	for (i = 0; i < c->f.count; i++)
		see(c, c->f.list[i].file);
	if (json)
		document_findings(&c->f, stdout);
	else
		findings_print(&c->f, stdout);
	summarise(c);
	arena_free(c->arena);
	return exit_status(c->verdict);
}

static void
check_file(struct checking *c, const char *path)
{
	see(c, path);
	switch (kind_of(path)) {
	case KIND_ABSENT:
		findings_add(&c->f, FINDING_ERROR, 0, path, 0, NULL,
		    "cannot read: No such file or directory");
		judge(c, 0, VERDICT_ABSENT);
		break;
	case KIND_GATEWAY:
		check_gateway(c, path);
		break;
	case KIND_DIALECTS:
		check_dialects(c, path);
		break;
	case KIND_MENUS:
		check_menus(c, path, 0, 0);
		break;
	case KIND_INSTITUTION:
		check_institution(c, path);
		break;
	}
}

/* ---- a gateway's file */

static void
check_gateway(struct checking *c, const char *path)
{
	size_t errors = c->f.errors;
	struct settings *s = settings_draft(path, &c->f);
	int septets, ucs2;

	judge(c, errors, VERDICT_SETTINGS);
	if (s->dialects != NULL)
		see(c, s->dialects);
	settings_screen(s, &septets, &ucs2);
	if (s->menus != NULL)
		check_menus(c, s->menus, septets, ucs2);
	settings_free(s);
}

static void
check_dialects(struct checking *c, const char *path)
{
	size_t errors = c->f.errors;

	dialects_free(dialects_read(path, &c->f));
	judge(c, errors, VERDICT_SETTINGS);
}

/* ---- menus */

static void
check_menus(struct checking *c, const char *path, int septets, int ucs2)
{
	size_t errors = c->f.errors, i;
	struct catalogue *all = catalogue_read(path, septets, ucs2, &c->f);

	see(c, path);
	for (i = 0; all != NULL && i < all->graph_count; i++)
		see(c, all->graphs[i]->file);
	catalogue_free(all);
	judge(c, errors, VERDICT_MENU);
}

static void
check_institution(struct checking *c, const char *path)
{
	size_t errors = c->f.errors;

	catalogue_free(catalogue_read_one(path, c->menus, &c->f));
	if (c->menus != NULL && access(c->menus, F_OK) == -1)
		judge(c, errors, VERDICT_ABSENT);
	judge(c, errors, VERDICT_MENU);
}

/* ---- the end of it */

static void
see(struct checking *c, const char *path)
{
	const char **more;
	size_t i;

	for (i = 0; i < c->seen_count; i++)
		if (strcmp(c->seen[i], path) == 0)
			return;
	if (c->seen_count == c->seen_room) {
		c->seen_room = 2 * c->seen_room + 64;
		more = arena_array(c->arena, c->seen_room, sizeof(*more));
		for (i = 0; i < c->seen_count; i++)
			more[i] = c->seen[i];
		c->seen = more;
	}
	c->seen[c->seen_count++] = arena_string(c->arena, path);
}

/* When there are more errors than there were, it is no better than that. */
static void
judge(struct checking *c, size_t errors, enum verdict verdict)
{
	if (c->f.errors > errors && verdict > c->verdict)
		c->verdict = verdict;
}

static void
summarise(const struct checking *c)
{
	size_t warnings = c->f.count - c->f.errors;

	fprintf(stderr, "%zu file%s, %zu error%s, %zu warning%s\n",
	    c->seen_count, c->seen_count == 1 ? "" : "s", c->f.errors,
	    c->f.errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}

static int
exit_status(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_GOOD:
		return EX_OK;
	case VERDICT_MENU:
		return EX_DATAERR;
	case VERDICT_SETTINGS:
		return EX_CONFIG;
	case VERDICT_ABSENT:
		return EX_NOINPUT;
	}
	return EX_SOFTWARE;
}

/*
 * mlango check: proves files before anything starts. A gateway's file brings
 * its dialects and its menus along, a menus file its institutions; an
 * institution's file is proved alone, under the menus file one folder above
 * it or the one named by -m.
 *
 * What is found of all files is told at the end, so the catalogues stay until
 * then.
 */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/dialects.h"
#include "config/kind.h"
#include "config/settings.h"
#include "gateway/canned.h"
#include "gateway/check_command.h"
#include "gateway/check_report.h"
#include "gateway/command.h"
#include "gateway/document.h"
#include "gateway/link_tls.h"
#include "gateway/lock_file.h"
#include "menus/catalogue.h"

/* How a run ends, the worst of all files. In order of what is said first. */
enum verdict {
	VERDICT_GOOD,
	VERDICT_MENU, /* a menu is broken */
	VERDICT_SETTINGS, /* the configuration is */
	VERDICT_ABSENT, /* a file named on the command line is not there */
	VERDICT_UNWRITTEN, /* menus.lock could not be */
};

struct checking {
	struct arena *arena;
	struct findings f;
	const char *menus; /* by -m, or NULL */
	int json, coverage, lock; /* options that were given */
	const char **seen; /* files */
	size_t seen_count, seen_room;
	struct check_proved *proved; /* one for each file that is named */
	size_t proved_count;
	enum verdict verdict;
};

static int check_files(struct checking *c, char **files, size_t count);
static void check_file(struct checking *c, const char *path);
static void check_gateway(struct checking *c, const char *path);
static void check_dialects(struct checking *c, const char *path);
static void check_menus(
    struct checking *c, const char *path, int septets, int ucs2);
static void check_institution(struct checking *c, const char *path);
static void prove_all(
    struct checking *c, struct catalogue *all, const struct graph *one);
static void write_lock(struct checking *c, const struct lock_file *file,
    const struct catalogue *all, const struct graph *one);
static void see(struct checking *c, const char *path);
static void judge(struct checking *c, size_t errors, enum verdict verdict);
static void report(const struct checking *c);
static int exit_status(enum verdict verdict);

int
check_command(int argc, char **argv)
{
	struct checking c = { .menus = NULL };
	const struct option options[] = {
		{ "coverage", no_argument, &c.coverage, true },
		{ "json", no_argument, &c.json, true },
		{ "lock", no_argument, &c.lock, true },
		{ "menus", required_argument, NULL, 'm' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	opterr = 0; /* the usage says it */
	while ((option = getopt_long(argc, argv, "m:", options, NULL)) != -1)
		switch (option) {
		case 0:
			break;
		case 'm':
			c.menus = optarg;
			break;
		default:
			return command_usage("check");
		}
	if (optind == argc)
		return command_usage("check");
	return check_files(&c, argv + optind, (size_t)(argc - optind));
}

static int
check_files(struct checking *c, char **files, size_t count)
{
	size_t i;

	c->arena = arena_new();
	findings_init(&c->f, c->arena);
	c->proved = arena_array(c->arena, count, sizeof(*c->proved));
	for (i = 0; i < count; i++)
		check_file(c, files[i]);
	for (i = 0; i < c->f.count; i++)
		see(c, c->f.list[i].file);
	report(c);
	for (i = 0; i < c->proved_count; i++)
		catalogue_free(c->proved[i].c);
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

	link_tls_prove(s, &c->f);
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
	if (all != NULL)
		prove_all(c, all, NULL);
	judge(c, errors, VERDICT_MENU);
}

static void
check_institution(struct checking *c, const char *path)
{
	size_t errors = c->f.errors;
	const struct graph *one;
	struct catalogue *all = catalogue_read_one(path, c->menus, &c->f, &one);

	if (one != NULL)
		prove_all(c, all, one);
	else
		catalogue_free(all);
	if (c->menus != NULL && access(c->menus, F_OK) == -1)
		judge(c, errors, VERDICT_ABSENT);
	judge(c, errors, VERDICT_MENU);
}

/* ---- what stands beside the menus */

static void
prove_all(struct checking *c, struct catalogue *all, const struct graph *one)
{
	struct prove_world *world = arena_alloc(c->arena, sizeof(*world));
	struct lock_file *file = arena_alloc(c->arena, sizeof(*file));
	size_t errors = c->f.errors;
	struct prove *prove;

	*file = lock_file_read(all->root->file, &c->f);
	if (file->there)
		see(c, file->path);
	*world = (struct prove_world){ .lock_name = file->path,
		.answer = canned_answer,
		.coverage = coverage_new(c->arena, all) };
	if (c->f.errors == errors) {
		world->lock = &file->lock;
		if (c->lock)
			write_lock(c, file, all, one);
	}
	prove = prove_new(c->arena, all, one, world, &c->f);
	prove_finish(prove);
	c->proved[c->proved_count++] =
	    (struct check_proved){ all, one, prove, world->coverage };
}

static void
write_lock(struct checking *c, const struct lock_file *file,
    const struct catalogue *all, const struct graph *one)
{
	struct lock is =
	    one != NULL ? lock_of(c->arena, one) : lock_of_all(c->arena, all);
	size_t added;

	if (lock_file_add(file, &is, &added) == 0) {
		fprintf(stderr, "%s: %zu line%s added\n", file->path, added,
		    added == 1 ? "" : "s");
		return;
	}
	findings_add(&c->f, FINDING_ERROR, 0, file->path, 0, NULL,
	    "cannot write: %s", strerror(errno));
	c->verdict = VERDICT_UNWRITTEN;
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
report(const struct checking *c)
{
	struct findings f = c->f;
	const struct check_report r = { &f, c->proved, c->proved_count,
		c->seen_count, c->coverage };

	if (c->json)
		document_check(&r, stdout);
	else
		check_report_print(&r, stdout);
	fflush(stdout); /* the sum stands below it, in one pipe too */
	check_report_sum(&r, stderr);
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
	case VERDICT_UNWRITTEN:
		return EX_CANTCREAT;
	}
	return EX_SOFTWARE;
}

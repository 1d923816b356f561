/*
 * mlango diff: what changed from one version of menus to another, what most
 * citizens would notice first. It ends as diff(1) does: 0 for none, 1 for some.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <sysexits.h>

#include "gateway/command.h"
#include "gateway/diff_command.h"
#include "gateway/document.h"
#include "gateway/menu_file.h"
#include "menus/difference.h"

#define EXIT_DIFFERENT 1

static int diff_files(
    const char *old, const char *new, const char *menus, bool json);
static int compare(
    const struct menu_file *old, const struct menu_file *new, bool json);
static void print(struct arena *a, const struct difference *d);
static void print_text(struct arena *a, const struct change *c);
static const char *heading(enum difference_kind kind);

int
diff_command(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "menus", required_argument, NULL, 'm' },
		{ NULL, 0, NULL, 0 },
	};
	const char *menus = NULL;
	bool json = false;
	int option;

	opterr = 0; /* the usage says it */
	while ((option = getopt_long(argc, argv, "m:", options, NULL)) != -1)
		switch (option) {
		case 'j':
			json = true;
			break;
		case 'm':
			menus = optarg;
			break;
		default:
			return command_usage("diff");
		}
	if (argc - optind != 2)
		return command_usage("diff");
	return diff_files(argv[optind], argv[optind + 1], menus, json);
}

static int
diff_files(const char *old, const char *new, const char *menus, bool json)
{
	struct menu_file was = menu_file_read(old, menus);
	struct menu_file is = menu_file_read(new, menus);
	int status = was.status != EX_OK ? was.status : is.status;

	if (status == EX_OK)
		status = compare(&was, &is, json);
	menu_file_close(&was);
	menu_file_close(&is);
	return status;
}

static int
compare(const struct menu_file *old, const struct menu_file *new, bool json)
{
	struct arena *a;
	struct difference d;

	if ((old->alone == NULL) != (new->alone == NULL)) {
		fputs("mlango: an institution's file cannot be compared with "
		      "a menus file\n",
		    stderr);
		return EX_USAGE;
	}
	a = arena_new();
	d = old->alone != NULL
	    ? difference_of(a, old->c, old->alone, new->c, new->alone)
	    : difference_of_all(a, old->c, new->c);
	if (json)
		document_difference(a, &d, stdout);
	else
		print(a, &d);
	arena_free(a);
	return d.count == 0 ? EX_OK : EXIT_DIFFERENT;
}

static void
print(struct arena *a, const struct difference *d)
{
	const struct change *c;
	size_t i;

	for (i = 0; i < d->count; i++) {
		c = &d->list[i];
		if (i == 0 || c->kind != c[-1].kind)
			printf("%s%s\n", i == 0 ? "" : "\n", heading(c->kind));
		if (c->kind == DIFFERENCE_TEXT && c->lang != NULL)
			print_text(a, c);
		else
			printf("  %s%s%s\n", difference_place(a, c),
			    c->was == NULL && c->is == NULL ? " " : ": ",
			    difference_says(a, c));
	}
}

/* One above the other, so that the eye finds what differs. */
static void
print_text(struct arena *a, const struct change *c)
{
	printf("  %s: %s (%s)\n", difference_place(a, c), c->what, c->lang);
	if (c->was != NULL)
		printf("    - %s\n", difference_quoted(a, c->was));
	if (c->is != NULL)
		printf("    + %s\n", difference_quoted(a, c->is));
}

static const char *
heading(enum difference_kind kind)
{
	static const char *const headings[DIFFERENCE_KINDS] = {
		[DIFFERENCE_CODE] = "Short codes and languages",
		[DIFFERENCE_DOOR] = "Doors",
		[DIFFERENCE_KEY] = "Keys",
		[DIFFERENCE_KEYWORD] = "Keywords",
		[DIFFERENCE_TEXT] = "Texts",
		[DIFFERENCE_WAY] = "Ways",
		[DIFFERENCE_STATE] = "States",
		[DIFFERENCE_VARIABLE] = "Variables",
		[DIFFERENCE_CALL] = "Services",
		[DIFFERENCE_LIMIT] = "Limits",
	};

	return headings[kind];
}

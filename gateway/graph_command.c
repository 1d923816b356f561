/*
 * mlango graph: menus as a picture for Graphviz, one for each file.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <sysexits.h>

#include "gateway/command.h"
#include "gateway/graph_command.h"
#include "gateway/menu_file.h"
#include "menus/drawing.h"

struct graphing {
	const char *menus, *lang; /* or NULL */
	bool doors;
};

static int graph_file(const struct graphing *g, const char *path);

int
graph_command(int argc, char **argv)
{
	static const struct option options[] = {
		{ "doors", no_argument, NULL, 'd' },
		{ "lang", required_argument, NULL, 'l' },
		{ "menus", required_argument, NULL, 'm' },
		{ NULL, 0, NULL, 0 },
	};
	struct graphing g = { .menus = NULL };
	int option, status, worst = EX_OK;

	opterr = 0; /* the usage says it */
	while ((option = getopt_long(argc, argv, "l:m:", options, NULL)) != -1)
		switch (option) {
		case 'd':
			g.doors = true;
			break;
		case 'l':
			g.lang = optarg;
			break;
		case 'm':
			g.menus = optarg;
			break;
		default:
			return command_usage("graph");
		}
	if (optind == argc)
		return command_usage("graph");
	for (; optind < argc; optind++) {
		status = graph_file(&g, argv[optind]);
		worst = status > worst ? status : worst;
	}
	return worst;
}

static int
graph_file(const struct graphing *g, const char *path)
{
	struct menu_file m = menu_file_read(path, g->menus);
	int lang, status = m.status;

	if (m.c == NULL)
		return status;
	lang = menu_file_lang(m.c, g->lang);
	if (lang == -1)
		status = EX_USAGE;
	else
		drawing_write(stdout, m.c, m.alone,
		    (struct drawing_wish){ (uint8_t)lang, g->doors });
	menu_file_close(&m);
	return status;
}

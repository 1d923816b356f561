/*
 * mlango: one program, many subcommands.
 */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "gateway/command.h"
#include "gateway/pdu.h"

static const struct command *find(const char *name);
static void help(FILE *out);

int
main(int argc, char **argv)
{
	const struct command *c;

	if (argc < 2) {
		help(stderr);
		return EX_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		help(stdout);
		return EX_OK;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("mlango %s (%s)\n", PACKAGE_VERSION, pdu_codec());
		return EX_OK;
	}
	c = find(argv[1]);
	if (c == NULL) {
		fprintf(stderr, "mlango: there is no command '%s'; "
		    "'mlango --help' lists them\n", argv[1]);
		return EX_USAGE;
	}
	return c->run(argc - 1, argv + 1);
}

int
command_usage(const char *name)
{
	const struct command *c = find(name);

	fprintf(stderr, "usage: mlango %s %s\n", c->name, c->arguments);
	return EX_USAGE;
}

static const struct command *
find(const char *name)
{
	const struct command *c;

	for (c = commands; c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static void
help(FILE *out)
{
	const struct command *c;

	fputs("usage: mlango COMMAND ...\n\n", out);
	for (c = commands; c->name != NULL; c++)
		fprintf(out, "  %s %s\n\t%s\n", c->name, c->arguments, c->does);
}

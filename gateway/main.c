/*
 * mlango: one program, many subcommands.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/text.h"
#include "gateway/command.h"
#include "gateway/pdu.h"

#define COMMANDS_MAX 32

static bool is_alone(int argc, char **argv, const char *option);
static const struct command *find(const char *name);
static int run(const struct command *c, int argc, char **argv);
static int unknown(const char *name);
static void help(FILE *out);

int
main(int argc, char **argv)
{
	const struct command *c;

	if (argc < 2) {
		help(stderr);
		return EX_USAGE;
	}
	if (is_alone(argc, argv, "--help") || is_alone(argc, argv, "-h")) {
		help(stdout);
		return EX_OK;
	}
	if (is_alone(argc, argv, "--version")) {
		printf("mlango %s (%s)\n", PACKAGE_VERSION, pdu_codec());
		return EX_OK;
	}
	c = find(argv[1]);
	if (c == NULL)
		return unknown(argv[1]);
	if (argc > 2 && strcmp(argv[2], "--help") == 0) {
		printf("usage: mlango %s %s\n\t%s\n", c->name, c->arguments,
		    c->does);
		return EX_OK;
	}
	return run(c, argc - 1, argv + 1);
}

static bool
is_alone(int argc, char **argv, const char *option)
{
	return argc == 2 && strcmp(argv[1], option) == 0;
}

/* getopt names the program in its complaints by argv[0]. */
static int
run(const struct command *c, int argc, char **argv)
{
	char name[64];

	snprintf(name, sizeof(name), "mlango %s", c->name);
	argv[0] = name;
	return c->run(argc, argv);
}

static int
unknown(const char *name)
{
	const char *names[COMMANDS_MAX + 1] = { NULL }, *near;
	size_t i;

	for (i = 0; i < COMMANDS_MAX && commands[i].name != NULL; i++)
		names[i] = commands[i].name;
	near = text_nearest(name, names);
	if (near != NULL)
		fprintf(stderr,
		    "mlango: there is no command '%s'; did you "
		    "mean '%s'?\n",
		    name, near);
	else
		fprintf(stderr,
		    "mlango: there is no command '%s'; "
		    "'mlango --help' lists them\n",
		    name);
	return EX_USAGE;
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

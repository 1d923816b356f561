/*
 * The subcommands of `mlango`. The table is filled in by the outermost
 * folder, which alone may know them all; main only looks a name up.
 */
#ifndef GATEWAY_COMMAND_H
#define GATEWAY_COMMAND_H

struct command {
	const char *name;
	const char *arguments;	/* "-c FILE" for the usage line */
	const char *does;
	int (*run)(int argc, char **argv); /* a sysexits code */
};

/* Ended by a row without a name. */
extern const struct command commands[];

/* Prints "usage: mlango NAME ARGUMENTS" and returns EX_USAGE. */
int command_usage(const char *name);

#endif

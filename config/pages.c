/*
 * What the tables of settings say, for files that people read: `make pages`
 * writes the sample of gateway.cfg and the keys of mlango.cfg(5) by it, and
 * tests/docs.t holds those files against it. Neither built nor needed by who
 * only wants the program.
 */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "config/settings.h"

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "sample") == 0) {
		settings_sample(stdout);
	} else if (argc == 2 && strcmp(argv[1], "keys") == 0) {
		settings_manual(stdout);
	} else {
		fputs("usage: pages sample | keys\n", stderr);
		return EX_USAGE;
	}
	return EX_OK;
}

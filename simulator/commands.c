/*
 * Every subcommand of `mlango`, in the order that `mlango --help` shows.
 */
#include <stddef.h>

#include "gateway/check_command.h"
#include "gateway/command.h"
#include "gateway/run_command.h"

const struct command commands[] = {
	{ "run", "-c FILE", "the daemon", run_command },
	{ "check", "[--json] [-m MENUS] FILE...",
	    "proves settings and menus before anything starts", check_command },
	{ NULL, NULL, NULL, NULL },
};

/*
 * Every subcommand of `mlango`, in the order that `mlango --help` shows.
 */
#include <stddef.h>

#include "gateway/command.h"

const struct command commands[] = {
	{ NULL, NULL, NULL, NULL },
};

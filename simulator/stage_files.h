/*
 * The files of a stage: a gateway's configuration as an operator of it would
 * write it, and the sample menus with another address in them.
 */
#ifndef SIMULATOR_STAGE_FILES_H
#define SIMULATOR_STAGE_FILES_H

#include "simulator/stage.h"

struct stage_place {
	const char *folder;
	const char *data; /* where the sample files are */
	const char *redis; /* its socket */
	int smsc_port, backend_port;
};

/* Menus, institutions, dialects and the password of the account; -1 when WHY,
 * living in A, stands in the way. */
MUST_USE int stage_files_write(struct arena *a, const struct stage_place *p,
    const struct stage_settings *settings, const char **why);

/* The configuration of one gateway: its path, or NULL. */
const char *stage_files_gateway(struct arena *a, const struct stage_place *p,
    const char *name, const struct stage_settings *settings);

#endif

/*
 * Menus that a command was given: by a gateway's file, a menus file, or an
 * institution's file.
 */
#ifndef GATEWAY_MENU_FILE_H
#define GATEWAY_MENU_FILE_H

#include "config/findings.h"
#include "menus/graph.h"

struct menu_file {
	struct catalogue *c; /* NULL when it cannot be used */
	const struct graph *alone; /* an institution's file: its graph */
	int status; /* a sysexits code; not EX_OK where it had an error, be
		     * what is whole of it used all the same */
};

/*
 * Reads PATH, an institution's file under MENUS or, when that is NULL, under
 * the menus.cfg one folder above it. What is wrong is said on standard error,
 * warnings left out: those are told by `mlango check`.
 */
struct menu_file menu_file_read(const char *path, const char *menus);
void menu_file_close(struct menu_file *m);

/* The number of the language that is called so, 0 for NULL; -1 when C has no
 * such language, which is said on standard error. */
int menu_file_lang(const struct catalogue *c, const char *name);

#endif

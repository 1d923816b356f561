/*
 * The file of the control socket: made, replaced when it was left behind, and
 * connected to.
 */
#ifndef GATEWAY_CONTROL_SOCKET_H
#define GATEWAY_CONTROL_SOCKET_H

#include <sys/un.h>

#include "base/check.h"

struct settings;

/* A socket bound at the settings' `control`, 0660, of their group; -1, errno
 * and why. Nothing listens yet. */
MUST_USE int control_socket(
    const struct settings *s, struct sockaddr_un *here, const char **why);

/* Connected, waiting when it must; -1 and errno. */
MUST_USE int control_connect(const char *path);

#endif

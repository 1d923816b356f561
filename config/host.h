/*
 * What can be said of a machine's name or address without looking it up.
 */
#ifndef CONFIG_HOST_H
#define CONFIG_HOST_H

#include <stdbool.h>

/* A numeric address, without port or brackets. */
bool host_is_numeric(const char *host);

/* A numeric address, or what may be a machine's name. */
bool host_is_sound(const char *host);

/* A numeric address that anybody on the way may listen to. False for names:
 * what they stand for is not known before they are looked up. */
bool host_is_public(const char *host);

#endif

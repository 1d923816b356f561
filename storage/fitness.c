/*
 * The version, the eviction policy and whether there is an append-only file
 * stand in INFO, which every user may ask; only appendfsync does not.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "storage/fitness.h"

static const char *field(const char *info, const char *name);
static bool field_is(const char *info, const char *name, const char *value);
static bool is_old(const char *version);

struct fitness
fitness_of(const char *info, enum durability durability)
{
	struct fitness f = { NULL, NULL };

	if (is_old(field(info, "redis_version")))
		f.trouble = "Redis 6.2 or newer is needed";
	else if (!field_is(info, "maxmemory_policy", "noeviction"))
		f.trouble = "Redis may forget what it holds: "
			    "set maxmemory-policy noeviction";
	else if (field_is(info, "aof_enabled", "1"))
		return f;
	else if (durability == DURABILITY_DISK)
		f.trouble = "durability on disk wants "
			    "appendonly yes and appendfsync always";
	else
		f.warning = "Redis loses everything when it ends: "
			    "set appendonly yes";
	return f;
}

struct fitness
fitness_of_sync(const char *appendfsync)
{
	struct fitness f = { NULL, NULL };

	if (strcmp(appendfsync, "always") != 0)
		f.trouble = "durability on disk wants appendfsync always";
	return f;
}

static bool
is_old(const char *version)
{
	char *rest;
	long major = strtol(version, &rest, 10);
	long minor = *rest == '.' ? strtol(rest + 1, NULL, 10) : 0;

	return major < 6 || (major == 6 && minor < 2);
}

static bool
field_is(const char *info, const char *name, const char *value)
{
	const char *found = field(info, name);
	size_t len = strlen(value);

	return strncmp(found, value, len) == 0 &&
	    (found[len] == '\0' || strchr("\r\n", found[len]) != NULL);
}

/* The value of "name:value", a line of INFO; "" when there is none. */
static const char *
field(const char *info, const char *name)
{
	size_t len = strlen(name);
	const char *line = info;

	while (line != NULL) {
		if (strncmp(line, name, len) == 0 && line[len] == ':')
			return line + len + 1;
		line = strchr(line, '\n');
		if (line != NULL)
			line++;
	}
	return "";
}

/*
 * Secrets stand in files of their own, never in a configuration file.
 */
#ifndef CONFIG_SECRET_H
#define CONFIG_SECRET_H

#include "config/schema.h"

/*
 * What stands in the file that WHERE names (read as PATH: absolute), without
 * its last line feed; copied into ARENA. NULL with a finding at WHERE when it
 * cannot be read, others may read it, or it holds nothing or several lines.
 */
const char *secret_read(struct findings *f, struct arena *arena,
    const config_setting_t *where, const char *path);

#endif

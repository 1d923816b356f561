/*
 * Every setting of gateway.cfg: one row each. What parses the file, fills in
 * the defaults, writes the sample, explains a key and shows what is in force
 * all read these rows.
 */
#ifndef CONFIG_SETTINGS_KEYS_H
#define CONFIG_SETTINGS_KEYS_H

#include "config/schema.h"

/* The file itself into struct settings, its `redis` into struct
 * redis_settings, each of its `links` into struct link_settings. */
extern const struct schema_key settings_keys[];
extern const struct schema_key settings_redis_keys[];
extern const struct schema_key settings_link_keys[];

#endif

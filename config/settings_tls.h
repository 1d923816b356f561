/*
 * What must hold among a link's settings of TLS. Whether the files are any
 * good is for the gateway to say, who knows TLS.
 */
#ifndef CONFIG_SETTINGS_TLS_H
#define CONFIG_SETTINGS_TLS_H

#include "config/schema.h"
#include "config/settings.h"

void settings_prove_tls(struct findings *f, const config_setting_t *group,
    const struct link_settings *l);

#endif

/*
 * TLS on a link, as far as its settings alone can tell.
 */
#include "base/check.h"
#include "config/host.h"
#include "config/settings_tls.h"

static void prove_use(struct findings *f, const config_setting_t *group);
static void prove_pair(struct findings *f, const config_setting_t *group,
    const char *one, const char *other);

void
settings_prove_tls(struct findings *f, const config_setting_t *group,
    const struct link_settings *l)
{
	if (l->tls == LINK_TLS_OFF)
		prove_use(f, group);
	prove_pair(f, group, "tls_certificate_file", "tls_key_file");
	prove_pair(f, group, "tls_key_file", "tls_certificate_file");
	if (l->tls_name != NULL && !host_is_sound(l->tls_name))
		findings_at(f, FINDING_ERROR, 0,
		    config_setting_get_member(group, "tls_name"), NULL,
		    "\"%s\" is neither an address nor the name of a machine",
		    l->tls_name);
}

/* Somebody who wrote one of these believes that the link is safe. */
static void
prove_use(struct findings *f, const config_setting_t *group)
{
	static const char *const names[] = { "tls_ca_file", "tls_name",
		"tls_certificate_file", "tls_key_file" };
	const config_setting_t *where;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		where = config_setting_get_member(group, names[i]);
		if (where != NULL)
			findings_at(f, FINDING_ERROR, 0, where, NULL,
			    "'%s' does nothing without tls = \"on\"", names[i]);
	}
}

static void
prove_pair(struct findings *f, const config_setting_t *group, const char *one,
    const char *other)
{
	const config_setting_t *where = config_setting_get_member(group, one);

	if (where != NULL && config_setting_get_member(group, other) == NULL)
		findings_at(f, FINDING_ERROR, 0, where, NULL,
		    "'%s' needs a '%s' beside it", one, other);
}

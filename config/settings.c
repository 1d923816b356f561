/*
 * gateway.cfg: read by the tables of settings_keys.c, then proved where a
 * table cannot: names that must differ, files that must be there, values that
 * must fit one another.
 *
 *	read -> gateway -> redis
 *	               \-> dialects -> links
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "config/dialects.h"
#include "config/host.h"
#include "config/secret.h"
#include "config/settings.h"
#include "config/settings_keys.h"
#include "config/settings_tls.h"

#define LINKS_MAX    64
#define PASSWORD_MAX 8 /* SMPP 3.4, 4.1.1: a C-octet string of at most 9 */

/* What is read, and what it is being read into. */
struct reading {
	struct findings *f;
	struct settings *s;
};

static void read_gateway(struct reading *r, const config_setting_t *root);
static void prove_node(struct reading *r, const config_setting_t *root);
static const char *beside_itself(struct reading *r);
static void read_redis(struct reading *r, const config_setting_t *group);
static void prove_redis(struct reading *r, const config_setting_t *group);
static void read_dialects(struct reading *r);
static void read_links(struct reading *r, const config_setting_t *list);
static void read_link(
    struct reading *r, const config_setting_t *group, struct link_settings *l);
static void prove_name(struct reading *r, const config_setting_t *group,
    const struct link_settings *l);
static void prove_hosts(struct reading *r, const config_setting_t *group,
    const struct link_settings *l);
static void prove_dialect(
    struct reading *r, const config_setting_t *group, struct link_settings *l);
static void read_tls(
    struct reading *r, const config_setting_t *group, struct link_settings *l);
static const char *read_secret(
    struct reading *r, const config_setting_t *group, const char **file);
static const char *find_file(struct reading *r, const config_setting_t *group,
    const char *name, const char *file);
static bool is_name(const char *text, const char *besides);
static const char *beside(struct reading *r, const char *path);
static const char *in_credentials(struct reading *r, const char *name);
static const config_setting_t *at(
    const config_setting_t *group, const char *name);
static void refuse(struct reading *r, const config_setting_t *where,
    const char *format, ...) PRINTF_LIKE(3, 4);

struct settings *
settings_read(const char *path, struct findings *f)
{
	size_t errors = f->errors;
	struct settings *s = settings_draft(path, f);

	if (f->errors == errors)
		return s;
	settings_free(s);
	return NULL;
}

struct settings *
settings_draft(const char *path, struct findings *f)
{
	struct arena *arena = arena_new();
	struct settings *s = arena_alloc(arena, sizeof(*s));
	struct reading r = { .f = f, .s = s };
	char *source;
	config_t cfg;
	size_t len;

	s->arena = arena;
	s->file = arena_string(arena, path);
	if (schema_read(f, path, &cfg, &source, &len) == FILE_READ)
		read_gateway(&r, config_root_setting(&cfg));
	config_destroy(&cfg);
	return s;
}

void
settings_free(struct settings *s)
{
	if (s == NULL)
		return;
	dialects_free(s->known_dialects);
	arena_free(s->arena);
}

void
settings_screen(const struct settings *s, int *septets, int *ucs2)
{
	const struct dialect_limits *limits;
	size_t i;

	*septets = *ucs2 = 0;
	for (i = 0; i < s->link_count; i++) {
		if (s->links[i].dialect == NULL)
			continue;
		limits = &s->links[i].dialect->limits;
		if (*septets == 0 || limits->septets < *septets)
			*septets = limits->septets;
		if (*ucs2 == 0 || limits->ucs2 < *ucs2)
			*ucs2 = limits->ucs2;
	}
}

static void
read_gateway(struct reading *r, const config_setting_t *root)
{
	struct settings *s = r->s;

	schema_fill(r->f, s->arena, 0, root, settings_keys, s);
	prove_node(r, root);
	s->menus = beside(r, s->menus);
	s->dialects = beside(r, s->dialects);
	s->log_file = beside(r, s->log_file);
	s->control_named = s->control != NULL;
	s->control = s->control_named ? beside(r, s->control)
				      : beside_itself(r);
	read_redis(r, config_setting_get_member(root, "redis"));
	read_dialects(r);
	read_links(r, config_setting_get_member(root, "links"));
}

static void
prove_node(struct reading *r, const config_setting_t *root)
{
	char name[65] = "";

	if (r->s->node == NULL) {
		/* Cut or not: sizeof(name) - 1 octets at most. */
		(void)gethostname(name, sizeof(name) - 1);
		r->s->node = arena_string(
		    r->s->arena, name[0] != '\0' ? name : "mlango");
	} else if (!is_name(r->s->node, "_-.")) {
		refuse(r, at(root, "node"),
		    "'node' may only have letters, "
		    "digits, '_', '-' and '.'");
	}
}

/* gateway.cfg listens at gateway.sock. */
static const char *
beside_itself(struct reading *r)
{
	const char *file = r->s->file;
	size_t len = strlen(file);

	if (len > 4 && strcmp(file + len - 4, ".cfg") == 0)
		len -= 4;
	return arena_printf(r->s->arena, "%.*s.sock", (int)len, file);
}

/* ---- Redis */

static void
read_redis(struct reading *r, const config_setting_t *group)
{
	struct redis_settings *redis = &r->s->redis;

	if (group == NULL) {
		schema_defaults(r->s->arena, settings_redis_keys, redis);
	} else if (config_setting_is_group(group)) {
		schema_fill(
		    r->f, r->s->arena, 0, group, settings_redis_keys, redis);
		prove_redis(r, group);
	}
	if (redis->socket == NULL && redis->host == NULL)
		redis->host = "127.0.0.1";
}

static void
prove_redis(struct reading *r, const config_setting_t *group)
{
	struct redis_settings *redis = &r->s->redis;
	unsigned parts = (unsigned)redis->partitions;

	if (redis->socket != NULL && redis->host != NULL)
		refuse(r, at(group, "socket"),
		    "'socket' and 'host' are two "
		    "ways to one Redis; leave one of them out");
	if (redis->host != NULL && !host_is_numeric(redis->host))
		refuse(r, at(group, "host"),
		    "'host' must be a numeric "
		    "address: looking \"%s\" up would hold up every session",
		    redis->host);
	if (redis->prefix != NULL && !is_name(redis->prefix, ":_-"))
		refuse(r, at(group, "prefix"),
		    "'prefix' may only have "
		    "letters, digits, ':', '_' and '-'");
	if ((parts & (parts - 1)) != 0)
		refuse(r, at(group, "partitions"),
		    "'partitions' must be a "
		    "power of two (16, 32, 64), not %u",
		    parts);
	if (redis->username != NULL && redis->password_file == NULL)
		refuse(r, at(group, "username"),
		    "'username' needs a "
		    "'password_file' beside it");
	redis->socket = beside(r, redis->socket);
	redis->password = read_secret(r, group, &redis->password_file);
}

/* ---- links */

static void
read_dialects(struct reading *r)
{
	if (r->s->dialects != NULL)
		r->s->known_dialects = dialects_read(r->s->dialects, r->f);
}

static void
read_links(struct reading *r, const config_setting_t *list)
{
	struct settings *s = r->s;
	struct link_settings *links;
	int i, count;

	if (list == NULL || !config_setting_is_list(list))
		return;
	count = config_setting_length(list);
	if (count == 0 || count > LINKS_MAX) {
		refuse(r, list, "'links' must have from 1 to %d links, not %d",
		    LINKS_MAX, count);
		return;
	}
	links = arena_array(s->arena, (size_t)count, sizeof(*links));
	s->links = links;
	for (i = 0; i < count; i++) {
		read_link(
		    r, config_setting_get_elem(list, (unsigned)i), &links[i]);
		s->link_count++;
	}
}

static void
read_link(
    struct reading *r, const config_setting_t *group, struct link_settings *l)
{
	l->line = (int)config_setting_source_line(group);
	if (!config_setting_is_group(group)) {
		refuse(r, group, "each of 'links' must be a group { ... }");
		return;
	}
	schema_fill(r->f, r->s->arena, 0, group, settings_link_keys, l);
	prove_name(r, group, l);
	prove_hosts(r, group, l);
	prove_dialect(r, group, l);
	read_tls(r, group, l);
	if (l->retry_least_ms > l->retry_most_ms)
		refuse(r, at(group, "retry_least_ms"),
		    "'retry_least_ms' (%d) "
		    "must not be above 'retry_most_ms' (%d)",
		    l->retry_least_ms, l->retry_most_ms);
	l->password = read_secret(r, group, &l->password_file);
	if (l->password != NULL && strlen(l->password) > PASSWORD_MAX)
		refuse(r, at(group, "password_file"),
		    "the password in %s is "
		    "longer than the %d octets that SMPP allows",
		    l->password_file, PASSWORD_MAX);
}

static void
prove_name(struct reading *r, const config_setting_t *group,
    const struct link_settings *l)
{
	const struct link_settings *other;

	if (l->name == NULL)
		return;
	if (!is_name(l->name, "_-"))
		refuse(r, at(group, "name"),
		    "'name' may only have letters, "
		    "digits, '_' and '-'");
	for (other = r->s->links; other < l; other++)
		if (other->name != NULL && strcmp(other->name, l->name) == 0)
			refuse(r, at(group, "name"),
			    "the link of line %d has "
			    "the name \"%s\" too; each needs its own",
			    other->line, l->name);
}

static void
prove_hosts(struct reading *r, const config_setting_t *group,
    const struct link_settings *l)
{
	size_t i;

	for (i = 0; l->hosts != NULL && l->hosts[i] != NULL; i++)
		if (!host_is_sound(l->hosts[i]))
			refuse(r, at(group, "hosts"),
			    "\"%s\" is neither an "
			    "address nor the name of a machine",
			    l->hosts[i]);
		else if (l->tls == LINK_TLS_OFF && !l->allow_plain &&
		    host_is_public(l->hosts[i]))
			refuse(r, at(group, "hosts"),
			    "%s is a public address "
			    "and SMPP to it would be in the clear; say tls = "
			    "\"on\", use a tunnel, or say allow_plain = true",
			    l->hosts[i]);
}

static void
prove_dialect(
    struct reading *r, const config_setting_t *group, struct link_settings *l)
{
	const struct dialects *known = r->s->known_dialects;
	const char *names[256] = { NULL }, *near;
	size_t i;

	/* Without a sound dialects file its own findings say enough. */
	if (l->dialect_name == NULL || known == NULL)
		return;
	l->dialect = dialects_find(known, l->dialect_name);
	if (l->dialect != NULL)
		return;
	for (i = 0; i < dialects_count(known) && i < ARRAY_SIZE(names) - 1; i++)
		names[i] = dialects_at(known, i)->name;
	near = text_nearest(l->dialect_name, names);
	refuse(r, at(group, "dialect"),
	    near != NULL ? "%s has no dialect \"%s\"; did you mean \"%s\"?"
			 : "%s has no dialect \"%s\"",
	    r->s->dialects, l->dialect_name, near);
}

static void
read_tls(
    struct reading *r, const config_setting_t *group, struct link_settings *l)
{
	settings_prove_tls(r->f, group, l);
	l->tls_ca_file = find_file(r, group, "tls_ca_file", l->tls_ca_file);
	l->tls_certificate_file = find_file(
	    r, group, "tls_certificate_file", l->tls_certificate_file);
	l->tls_key_file = find_file(r, group, "tls_key_file", l->tls_key_file);
}

/* ---- values */

/* *FILE becomes the path that was read; NULL stays NULL. */
static const char *
read_secret(struct reading *r, const config_setting_t *group, const char **file)
{
	*file = find_file(r, group, "password_file", *file);
	return *file == NULL
	    ? NULL
	    : secret_read(
		  r->f, r->s->arena, at(group, "password_file"), *file);
}

/* The path of the FILE that the setting NAME tells, or NULL. */
static const char *
find_file(struct reading *r, const config_setting_t *group, const char *name,
    const char *file)
{
	static const char credentials[] = "$CREDENTIALS_DIRECTORY/";
	size_t len = sizeof(credentials) - 1;
	const char *path;

	if (file == NULL || strncmp(file, credentials, len) != 0)
		return beside(r, file);
	path = in_credentials(r, file + len);
	if (path == NULL)
		refuse(r, at(group, name),
		    "$CREDENTIALS_DIRECTORY "
		    "is not set here; systemd sets it for a unit with "
		    "LoadCredential=");
	return path;
}

static bool
is_name(const char *text, const char *besides)
{
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++)
		if (!isalnum((unsigned char)*text) &&
		    strchr(besides, *text) == NULL)
			return false;
	return true;
}

/* A relative path begins where the file is. NULL stays NULL. */
static const char *
beside(struct reading *r, const char *path)
{
	const char *slash = strrchr(r->s->file, '/');

	if (path == NULL || path[0] == '/' || slash == NULL)
		return path;
	return arena_printf(r->s->arena, "%.*s/%s", (int)(slash - r->s->file),
	    r->s->file, path);
}

static const char *
in_credentials(struct reading *r, const char *name)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");

	return folder == NULL
	    ? NULL
	    : arena_printf(r->s->arena, "%s/%s", folder, name);
}

/* Where a setting stands, or else its group. */
static const config_setting_t *
at(const config_setting_t *group, const char *name)
{
	const config_setting_t *s = config_setting_get_member(group, name);

	return s != NULL ? s : group;
}

static void
refuse(
    struct reading *r, const config_setting_t *where, const char *format, ...)
{
	const char *says;
	va_list args;

	va_start(args, format);
	says = arena_vprintf(r->f->arena, format, args);
	va_end(args);
	findings_at(r->f, FINDING_ERROR, 0, where, NULL, "%s", says);
}
